import type { CustomerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { TabBar } from '../../ui/tab-bar.tsx';
import { Anomalies } from './anomalies.tsx';
import { AnswerChip } from './answer-notes.tsx';
import { EngagementLink, ofTab, ShownOn } from './engagement-link.tsx';
import { type EngagementSearch, freshRows, type Go } from './engagement-search.ts';
import { EngagementFaults } from './engagement-faults.tsx';
import { periodOf } from './period.ts';
import { PeriodPicker } from './period-picker.tsx';
import { type Scope, views } from './scope.ts';
import { ViewSkeleton } from './skeletons.tsx';
import { Trail } from './trail.tsx';
import { UsageView } from './usage-view.tsx';
import '../../ui/analytics.css';
import './engagement.css';

const FeaturesView = lazy(async () => ({ default: (await import('./features-view.tsx')).FeaturesView }));
const QualityView = lazy(async () => ({ default: (await import('./quality-view.tsx')).QualityView }));
const shown = { usage: UsageView, quality: QualityView, features: FeaturesView } as const;

/** Calling engagement of one customer, on its page: what stands out, then the same views as of everybody. */
export function CustomerEngagement({
  customerId,
  name,
  region,
}: {
  customerId: CustomerId;
  name: string;
  region: RegionCode;
}) {
  const { t } = useText();
  const { today } = useSession();
  const navigate = useNavigate({ from: '/customers/$customerId' });
  const { tab: _tab, ...search }: EngagementSearch & { tab?: string | undefined } = useSearch({
    from: '/frame/customers/$customerId',
  });
  const { from, to, zone, policy, location } = search;
  const period = useMemo(() => periodOf({ from, to }, today), [from, to, today]);
  const scope = useMemo<Scope>(
    () => ({ region, customerId, location, filter: undefined, zone, policy }),
    [region, customerId, location, zone, policy],
  );
  const go = useCallback<Go>(
    (change, hash) =>
      void navigate({
        search: (before) => ofTab({ ...before, ...change }),
        resetScroll: false,
        ...(hash === undefined ? {} : { hash }),
      }),
    [navigate],
  );
  const view = search.view ?? 'usage';
  const View = shown[view];
  return (
    <ShownOn value={customerId}>
      <Anomalies customerId={customerId} />
      <section className="engagement" aria-labelledby="customer-engagement">
        <div className="section-head engagement-head">
          <h2 id="customer-engagement">{t('engagement.title')}</h2>
          <PeriodPicker period={period} today={today} zone={zone} onChange={go} />
          <AnswerChip view={view} scope={scope} period={period} />
        </div>
        <EngagementFaults search={search} region={region} period={period} />
        <Trail
          region={region}
          customerId={customerId}
          name={name}
          location={location}
          period={period}
          search={search}
        />
        <div className="view-bar">
          <TabBar label={t('engagement.views')}>
            {views.map((value) => (
              <li key={value}>
                <EngagementLink
                  search={{ ...search, ...freshRows, view: value }}
                  aria-current={value === view ? 'page' : undefined}
                >
                  {t(`engagement.view.${value}`)}
                </EngagementLink>
              </li>
            ))}
          </TabBar>
        </div>
        <Suspense fallback={<ViewSkeleton />}>
          <View scope={scope} period={period} search={search} go={go} />
        </Suspense>
      </section>
    </ShownOn>
  );
}
