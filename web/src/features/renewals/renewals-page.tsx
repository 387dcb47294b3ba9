import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { QueryBar } from '../customers/index.ts';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { regionOf } from '../../lib/region-choice.ts';
import { useTitle } from '../../lib/use-title.ts';
import '../../ui/analytics.css';
import { PageHead } from '../../ui/page-head.tsx';
import { RegionSegments } from '../../ui/region-segments.tsx';
import { SkeletonRows } from '../../ui/states.tsx';
import './renewals.css';
import { type Go, searchOf } from './renewals-search.ts';
import { useWork } from './use-work.ts';

// Cards and tables come with much that other pages have besides.
const UrgencyStrip = lazy(async () => ({ default: (await import('./urgency-strip.tsx')).UrgencyStrip }));
const RegionTotals = lazy(async () => ({ default: (await import('./region-totals.tsx')).RegionTotals }));
const RegionsChip = lazy(async () => ({ default: (await import('./region-totals.tsx')).RegionsChip }));
const RenewalRows = lazy(async () => ({ default: (await import('./renewal-rows.tsx')).RenewalRows }));
const ConflictDialog = lazy(async () => ({ default: (await import('./conflict-dialog.tsx')).ConflictDialog }));

/** What renews or ends soon: who works on it, until when licenses can be reduced, and what the next term brings. */
export function RenewalsPage() {
  const { t } = useText();
  useTitle(t('renewals.title'));
  const session = useSession();
  const navigate = useNavigate({ from: '/renewals' });
  const asked = useSearch({ from: '/frame/renewals' });
  const search = useMemo(() => searchOf(asked), [asked]);
  const region = regionOf(search.region, session.regions, session.partner.homeRegion);
  const go = useCallback<Go>(
    (change, isPassing = false) =>
      void navigate({ search: (before) => ({ ...before, ...change }), resetScroll: false, replace: isPassing }),
    [navigate],
  );
  const onFilter = useCallback(
    (filter: string, isPassing: boolean) => go({ filter: filter === '' ? undefined : filter }, isPassing),
    [go],
  );
  const { save, conflict, settle } = useWork();
  return (
    <div className="page renewals">
      <PageHead title={t('renewals.title')}>
        <RegionSegments
          regions={session.regions}
          value={region}
          onChange={(value) => go({ region: value, open: undefined })}
        />
        {region === 'all' ? (
          <Suspense fallback={null}>
            <RegionsChip search={search} />
          </Suspense>
        ) : null}
      </PageHead>
      <div className="list-query">
        <Suspense fallback={null}>
          <QueryBar value={search.filter ?? ''} onChange={onFilter} />
        </Suspense>
      </div>
      <Suspense fallback={<SkeletonRows rows={10} />}>
        <UrgencyStrip region={region} search={search} go={go} />
        {region === 'all' ? (
          <RegionTotals search={search} />
        ) : (
          <RenewalRows
            region={region}
            search={search}
            go={go}
            save={session.may('subscriptions.write') ? save : undefined}
          />
        )}
      </Suspense>
      {conflict === null ? null : (
        <Suspense fallback={null}>
          <ConflictDialog conflict={conflict} onSettle={settle} />
        </Suspense>
      )}
    </div>
  );
}
