import { exportCallingUsage } from '@hub/contract/calling-usage';
import type { RegionCode } from '@hub/contract/regions';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback } from 'react';
import { useSession } from '../sessions/index.ts';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { regionOf } from '../../lib/region-choice.ts';
import { useTitle } from '../../lib/use-title.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { RegionSegments } from '../../ui/region-segments.tsx';
import { ExportButton } from './export-button.tsx';
import { FreshnessChip } from './freshness-chip.tsx';
import { rangeOf } from './range.ts';
import { RangePicker } from './range-picker.tsx';
import { UsageRows } from './usage-rows.tsx';
import { SkeletonRows } from '../../ui/states.tsx';
import '../../ui/analytics.css';
import './calling-usage.css';
import { usageQuery } from './queries.ts';

const AllRegions = lazy(async () => ({ default: (await import('./all-regions.tsx')).AllRegions }));
// Of links that were typed or are old.
const LinkNotice = lazy(async () => ({ default: (await import('./link-notice.tsx')).LinkNotice }));

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
        <RegionSegments regions={session.regions} value={region} onChange={(value) => go({ region: value })} />
        {region === 'all' ? null : <RegionActions region={region} question={question} />}
      </PageHead>
      {search.region === undefined && search.from === undefined && search.to === undefined ? null : (
        <Suspense fallback={null}>
          <LinkNotice asked={search} shown={{ region, ...range }} onMend={mend} />
        </Suspense>
      )}
      {region === 'all' ? (
        <Suspense fallback={<SkeletonRows rows={5} />}>
          <AllRegions range={range} />
        </Suspense>
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
