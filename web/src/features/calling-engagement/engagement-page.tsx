import { CustomerId } from '@hub/contract/ids';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { GroupChoice } from '../calling-usage/index.ts';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useTitle } from '../../lib/use-title.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Segments } from '../../ui/segments.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { AnswerChip } from './answer-notes.tsx';
import { type EngagementSearch, freshRows, type Go } from './engagement-search.ts';
import { FeaturesView } from './features-view.tsx';
import { periodOf } from './period.ts';
import { PeriodPicker } from './period-picker.tsx';
import { QualityView } from './quality-view.tsx';
import { type Scope, views } from './scope.ts';
import { Trail } from './trail.tsx';
import { UsageView } from './usage-view.tsx';
import './engagement.css';

const shown = { usage: UsageView, quality: QualityView, features: FeaturesView } as const;

/** How much customers call, how well, and with which features: the last week that is over, unless the address says otherwise. */
export function EngagementPage() {
  const { t } = useText();
  const session = useSession();
  const navigate = useNavigate({ from: '/analytics/calling-engagement' });
  const search: EngagementSearch = useSearch({ from: '/frame/analytics/calling-engagement' });
  useTitle(t('engagement.title'));
  const period = periodOf(search, session.today);
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
    (change) => void navigate({ search: (before) => ({ ...before, ...change }), resetScroll: false }),
    [navigate],
  );
  const segments = [
    ...(session.regions.length > 1 ? [{ value: 'all' as const, label: t('region.all') }] : []),
    ...session.regions.map((value) => ({ value, label: regionLabels[value], title: t(`region.${value}`) })),
  ];
  const View = shown[view];
  return (
    <div className="page engagement">
      <PageHead
        title={t('engagement.title')}
        context={<PeriodPicker period={period} today={session.today} zone={zone} onChange={go} />}
      >
        <Segments
          label={t('region.selector')}
          segments={segments}
          value={region}
          onChange={(value) => go({ ...freshRows, region: value, customerId: undefined, location: undefined })}
        />
        <AnswerChip view={view} scope={scope} period={period} />
      </PageHead>
      {scope.customerId === undefined || region === 'all' ? null : (
        <Trail
          region={region}
          customerId={scope.customerId}
          location={scope.location}
          period={period}
          search={search}
        />
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
          <GroupChoice filter={filter} onChange={(next) => go({ filter: next })} />
        )}
      </div>
      <View scope={scope} period={period} search={search} go={go} />
    </div>
  );
}

function regionOf(wanted: string | undefined, served: readonly RegionCode[], home: RegionCode): RegionCode | 'all' {
  if (wanted === 'all' && served.length > 1) return 'all';
  return served.find((region) => region === wanted) ?? home;
}
