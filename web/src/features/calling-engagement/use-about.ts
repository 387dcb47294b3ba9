import { regionLabels } from '@hub/contract/regions';
import { useText } from '../../lib/i18n.ts';
import type { Period } from './period.ts';
import type { Scope } from './scope.ts';

/** What a picture must say when it stands alone: region, days and zone. */
export function useAbout(scope: Scope, { from, to }: Period): string[] {
  const { t, f } = useText();
  return [
    scope.region === 'all' ? t('region.all') : regionLabels[scope.region],
    ...(scope.location === undefined || scope.location === '' ? [] : [scope.location]),
    `${f.dateRange(from, to)}, ${scope.zone ?? t('common.utc')}`,
  ];
}
