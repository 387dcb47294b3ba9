import { exportCallingUsage } from '@hub/contract/calling-usage';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useSession } from '../sessions/index.ts';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useTitle } from '../../lib/use-title.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Segments } from '../../ui/segments.tsx';
import { AllRegions } from './all-regions.tsx';
import { ExportButton } from './export-button.tsx';
import { FreshnessChip } from './freshness-chip.tsx';
import { LinkNotice } from './link-notice.tsx';
import { rangeOf } from './range.ts';
import { RangePicker } from './range-picker.tsx';
import { UsageRows } from './usage-rows.tsx';
import './calling-usage.css';
import { usageQuery } from './queries.ts';

export function UsagePage() {
  const { t } = useText();
  const session = useSession();
  const navigate = useNavigate({ from: '/analytics/calling-usage' });
  const search = useSearch({ from: '/frame/analytics/calling-usage' });
  useTitle(t('usage.title'));
  const range = rangeOf(search, session.today);
  const region = regionOf(search.region, session.regions, session.partner.homeRegion);
  const go = useCallback(
    (change: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...change }) }),
    [navigate],
  );
  const mend = useCallback(
    (shown: { region: string; from: string; to: string }) =>
      void navigate({ search: (before) => ({ ...before, ...shown }), replace: true }),
    [navigate],
  );
  const segments = [
    ...(session.regions.length > 1 ? [{ value: 'all' as const, label: t('region.all') }] : []),
    ...session.regions.map((value) => ({ value, label: regionLabels[value], title: t(`region.${value}`) })),
  ];
  const question = {
    ...range,
    ...(search.q === undefined ? {} : { q: search.q }),
    ...(search.customerId === undefined ? {} : { customerId: search.customerId }),
    ...(search.filter === undefined ? {} : { filter: search.filter }),
    // Unless the address says otherwise: where most is going on comes first.
    sort: search.sort ?? ('calls' as const),
    order: search.order ?? (search.sort === undefined ? ('desc' as const) : ('asc' as const)),
  };
  return (
    <div className="page page-fixed usage">
      <PageHead
        title={t('usage.title')}
        context={
          <RangePicker value={range} today={session.today} onChange={(next) => go({ from: next.from, to: next.to })} />
        }
      >
        <Segments
          label={t('region.selector')}
          segments={segments}
          value={region}
          onChange={(value) => go({ region: value })}
        />
        {region === 'all' ? null : <RegionActions region={region} question={question} />}
      </PageHead>
      <LinkNotice asked={search} shown={{ region, ...range }} onMend={mend} />
      {region === 'all' ? (
        <AllRegions range={range} />
      ) : (
        <UsageRows region={region} range={range} question={question} onSearch={go} />
      )}
    </div>
  );
}

function RegionActions({
  region,
  question,
}: {
  region: RegionCode;
  question: Omit<Parameters<typeof usageQuery>[0], 'region'>;
}) {
  const { data, isPlaceholderData } = useInfiniteQuery(usageQuery({ region, ...question }));
  const first = data?.pages[0];
  if (first === undefined || (isPlaceholderData && first.items.length === 0)) return null;
  return (
    <>
      <FreshnessChip region={region} dataAsOf={first.dataAsOf} />
      <ExportButton rows={first.rows} href={addressOf(exportCallingUsage, { query: { region, ...question } })} />
    </>
  );
}

function regionOf(wanted: string | undefined, served: readonly RegionCode[], home: RegionCode): RegionCode | 'all' {
  if (wanted === 'all' && served.length > 1) return 'all';
  return served.find((region) => region === wanted) ?? home;
}
