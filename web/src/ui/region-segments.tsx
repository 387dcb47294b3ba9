import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { useText } from '../lib/i18n.ts';
import { Segments } from './segments.tsx';

/** One region, or all of them where there are several. */
export function RegionSegments({
  regions,
  hasAll = regions.length > 1,
  value,
  onChange,
}: {
  regions: readonly RegionCode[];
  hasAll?: boolean;
  value: RegionCode | 'all';
  onChange: (value: RegionCode | 'all') => void;
}) {
  const { t } = useText();
  const segments = [
    ...(hasAll ? [{ value: 'all' as const, label: t('region.all') }] : []),
    ...regions.map((region) => ({ value: region, label: regionLabels[region], title: t(`region.${region}`) })),
  ];
  return <Segments label={t('region.selector')} segments={segments} value={value} onChange={onChange} />;
}
