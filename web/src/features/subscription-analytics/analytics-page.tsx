import { Product } from '@hub/contract/products';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { regionOf } from '../../lib/region-choice.ts';
import { useTitle } from '../../lib/use-title.ts';
import '../../ui/analytics.css';
import { ChartSkeleton } from '../../ui/charts/chart-skeleton.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { RegionSegments } from '../../ui/region-segments.tsx';
import { closedPanel, type Go, searchOf } from './analytics-search.ts';
import { AnswerChip } from './answer-chip.tsx';
import { AnswerNotes } from './answer-notes.tsx';
import { Headline } from './headline.tsx';
import { AnalyticsFaults } from './analytics-faults.tsx';
import { ProductBar } from './product-bar.tsx';
import { isOfRegion, type Scope } from './scope.ts';
import './subscription-analytics.css';

const PageRest = lazy(async () => ({ default: (await import('./page-rest.tsx')).PageRest }));
const CountedPanel = lazy(async () => ({ default: (await import('./counted-panel.tsx')).CountedPanel }));
const MovesPanel = lazy(async () => ({ default: (await import('./moves-panel.tsx')).MovesPanel }));
// A select is heavy, and most partners have no groups.
const GroupChoice = lazy(async () => ({ default: (await import('../calling-usage/index.ts')).GroupChoice }));

/** Is what customers bought being used? */
export function AnalyticsPage() {
  const { t } = useText();
  const session = useSession();
  const navigate = useNavigate({ from: '/analytics/subscriptions' });
  const asked = useSearch({ from: '/frame/analytics/subscriptions' });
  const search = useMemo(() => searchOf(asked), [asked]);
  useTitle(t('analytics.title'));
  const region = regionOf(search.region, session.regions, session.partner.homeRegion);
  const product = Product.safeParse(search.product).data ?? 'meetings';
  const { filter } = search;
  const everyProduct = search.every === 'true';
  const scope = useMemo<Scope>(
    () => ({ region, product, filter, everyProduct }),
    [region, product, filter, everyProduct],
  );
  const go = useCallback<Go>(
    (change) => void navigate({ search: (before) => ({ ...before, ...change }), resetScroll: false }),
    [navigate],
  );
  const close = useCallback(() => go(closedPanel), [go]);
  const { counted, moved } = search;
  return (
    <div className="page analytics">
      <PageHead title={t('analytics.title')}>
        <RegionSegments
          regions={session.regions}
          value={region}
          onChange={(value) => go({ ...closedPanel, region: value })}
        />
        <Suspense fallback={null}>
          <GroupChoice filter={filter} onChange={(next) => go({ ...closedPanel, filter: next })} />
        </Suspense>
        <AnswerChip scope={scope} />
      </PageHead>
      <div className="with-panel">
        <div>
          <AnalyticsFaults search={search} region={region} product={product} />
          <Headline scope={scope} search={search} go={go} />
          <ProductBar scope={scope} search={search} go={go} />
          <AnswerNotes scope={scope} />
          <Suspense fallback={<RestSkeleton />}>
            <PageRest scope={scope} regions={session.regions} search={search} go={go} />
          </Suspense>
        </div>
        <Suspense fallback={null}>
          {isOfRegion(scope) && counted !== undefined ? (
            <CountedPanel key={counted} scope={scope} counted={counted} onClose={close} />
          ) : null}
          {isOfRegion(scope) && counted === undefined && moved !== undefined ? (
            <MovesPanel key={moved} scope={scope} bucket={search.bucket ?? 'week'} from={moved} onClose={close} />
          ) : null}
        </Suspense>
      </div>
    </div>
  );
}

const RestSkeleton = () => (
  <div className="trend">
    <ChartSkeleton height={320} />
  </div>
);
