import { CustomerId } from '@hub/contract/ids';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { regionOf } from '../../lib/region-choice.ts';
import { useTitle } from '../../lib/use-title.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { RegionSegments } from '../../ui/region-segments.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { AnswerChip } from './answer-notes.tsx';
import { type EngagementSearch, freshRows, type Go } from './engagement-search.ts';
import { periodOf } from './period.ts';
import { PeriodPicker } from './period-picker.tsx';
import { type Scope, views } from './scope.ts';
import { ViewSkeleton } from './skeletons.tsx';
import { UsageView } from './usage-view.tsx';
import '../../ui/analytics.css';
import './engagement.css';

// Of links that were typed or are old, and of one customer only.
const EngagementFaults = lazy(async () => ({
  default: (await import('./engagement-faults.tsx')).EngagementFaults,
}));
const Trail = lazy(async () => ({ default: (await import('./trail.tsx')).Trail }));
const GroupPart = lazy(async () => ({ default: (await import('./group-part.tsx')).GroupPart }));
const FeaturesView = lazy(async () => ({ default: (await import('./features-view.tsx')).FeaturesView }));
const QualityView = lazy(async () => ({ default: (await import('./quality-view.tsx')).QualityView }));
const shown = { usage: UsageView, quality: QualityView, features: FeaturesView } as const;

/** How much customers call, how well, and with which features: the last week that is over, unless the address says otherwise. */
export function EngagementPage() {
  const { t } = useText();
  const session = useSession();
  const navigate = useNavigate({ from: '/analytics/calling-engagement' });
  const search: EngagementSearch = useSearch({ from: '/frame/analytics/calling-engagement' });
  useTitle(t('engagement.title'));
  const { from, to } = search;
  const { today } = session;
  const period = useMemo(() => periodOf({ from, to }, today), [from, to, today]);
  const region = regionOf(search.region, session.regions, session.partner.homeRegion);
  const view = search.view ?? 'usage';
  const { zone, policy, filter, location } = search;
  const customerId = CustomerId.safeParse(search.customerId).data;
  const scope = useMemo<Scope>(
    () => ({
      region,
      customerId: region === 'all' ? undefined : customerId,
      location: region === 'all' || customerId === undefined ? undefined : location,
      filter: customerId === undefined ? filter : undefined,
      zone,
      policy,
    }),
    [region, customerId, location, filter, zone, policy],
  );
  const go = useCallback<Go>(
    (change, hash) =>
      void navigate({
        search: (before) => ({ ...before, ...change }),
        resetScroll: false,
        ...(hash === undefined ? {} : { hash }),
      }),
    [navigate],
  );
  const View = shown[view];
  return (
    <div className="page engagement">
      <PageHead
        title={t('engagement.title')}
        context={<PeriodPicker period={period} today={session.today} zone={zone} onChange={go} />}
      >
        <RegionSegments
          regions={session.regions}
          value={region}
          onChange={(value) => go({ ...freshRows, region: value, customerId: undefined, location: undefined })}
        />
        <AnswerChip view={view} scope={scope} period={period} />
      </PageHead>
      {search.region === undefined && from === undefined && to === undefined ? null : (
        <Suspense fallback={null}>
          <EngagementFaults search={search} region={region} period={period} />
        </Suspense>
      )}
      {scope.customerId === undefined || region === 'all' ? null : (
        <Suspense fallback={<div className="trail-room" />}>
          <Trail
            region={region}
            customerId={scope.customerId}
            location={scope.location}
            period={period}
            search={search}
          />
        </Suspense>
      )}
      <div className="view-bar">
        <TabBar label={t('engagement.views')}>
          {views.map((value) => (
            <li key={value}>
              <Link
                to="/analytics/calling-engagement"
                search={{ ...search, ...freshRows, view: value }}
                aria-current={value === view ? 'page' : undefined}
                activeProps={{ 'aria-current': value === view ? 'page' : undefined }}
              >
                {t(`engagement.view.${value}`)}
              </Link>
            </li>
          ))}
        </TabBar>
        {region === 'all' || customerId !== undefined ? null : (
          <Suspense fallback={null}>
            <GroupPart filter={filter} onChange={(next) => go({ filter: next })} />
          </Suspense>
        )}
      </div>
      <Suspense fallback={<ViewSkeleton />}>
        <View scope={scope} period={period} search={search} go={go} />
      </Suspense>
    </div>
  );
}
