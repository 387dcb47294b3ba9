import { lazy, Suspense, useCallback } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { QueryBar } from '../customers/index.ts';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { regionOf } from '../../lib/region-choice.ts';
import { useTitle } from '../../lib/use-title.ts';
import '../../ui/analytics.css';
import { PageHead } from '../../ui/page-head.tsx';
import { RegionSegments } from '../../ui/region-segments.tsx';
import { SkeletonRows } from '../../ui/states.tsx';
import { HealthList } from './health-list.tsx';
import './health.css';

const HealthHow = lazy(async () => ({ default: (await import('./health-how.tsx')).HealthHow }));
const HealthRegions = lazy(async () => ({ default: (await import('./health-regions.tsx')).HealthRegions }));
const RegionsChip = lazy(async () => ({ default: (await import('./health-regions.tsx')).RegionsChip }));

/** The customers of a region by health, those in need first; of all regions their numbers. */
export function HealthPage() {
  const { t } = useText();
  const { regions, partner } = useSession();
  const navigate = useNavigate({ from: '/customer-health' });
  const search = useSearch({ from: '/frame/customer-health' });
  useTitle(t('health.title'));
  const region = regionOf(search.region, regions, partner.homeRegion);
  const filter = search.filter === '' ? undefined : search.filter;
  const go = useCallback(
    (change: typeof search, isPassing = false) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: isPassing, resetScroll: false }),
    [navigate],
  );
  const onFilter = useCallback((next: string, isPassing: boolean) => go({ filter: next }, isPassing), [go]);
  return (
    <div className="page health">
      <PageHead
        title={t('health.title')}
        context={
          <Suspense fallback={null}>
            <HealthHow />
          </Suspense>
        }
      >
        <RegionSegments regions={regions} value={region} onChange={(value) => go({ region: value })} />
        {region === 'all' ? (
          <Suspense fallback={null}>
            <RegionsChip filter={filter} />
          </Suspense>
        ) : null}
      </PageHead>
      <div className="health-query">
        <Suspense fallback={<div style={{ minHeight: 36 }} />}>
          <QueryBar value={filter ?? ''} onChange={onFilter} />
        </Suspense>
      </div>
      {region === 'all' ? (
        <Suspense fallback={<SkeletonRows rows={4} />}>
          <HealthRegions filter={filter} />
        </Suspense>
      ) : (
        <HealthList region={region} filter={filter} search={search} go={go} />
      )}
    </div>
  );
}
