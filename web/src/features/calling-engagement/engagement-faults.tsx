import { metricMaximumDays } from '@hub/contract/metrics';
import { regionLabels } from '@hub/contract/regions';
import { daysBetween } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { LinkFaults } from '../../ui/link-faults.tsx';
import type { EngagementSearch } from './engagement-search.ts';
import { faultOf, type Period } from './period.ts';
import type { Scope } from './scope.ts';

/** Says what of the address cannot be shown, until something else is chosen. */
export function EngagementFaults({
  search,
  region,
  period,
}: {
  search: EngagementSearch;
  region: Scope['region'];
  period: Period;
}) {
  const { t, f } = useText();
  const { from = '', to = '' } = search;
  const fault = search.from === undefined && search.to === undefined ? null : faultOf({ from, to });
  const words = {
    invalid: () => t('usage.link.invalid'),
    reversed: () => t('usage.link.reversed'),
    tooLong: () => t('usage.link.tooLong', { days: daysBetween(from, to), maximum: metricMaximumDays }),
  };
  const told = [
    ...(search.region === undefined || search.region === region
      ? []
      : [t('usage.link.region', { region: search.region.slice(0, 40) })]),
    ...(fault === null ? [] : [words[fault]()]),
  ];
  return (
    <LinkFaults
      faults={told}
      shown={t('usage.link.shown', {
        region: region === 'all' ? t('region.all') : regionLabels[region],
        range: f.dateRange(period.from, period.to),
      })}
    />
  );
}
