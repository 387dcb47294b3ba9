import { lazy, Suspense, useMemo } from 'react';
import { withWords } from '../../lib/i18n.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import type { View } from './scope.ts';
import { regionMetrics } from './table-metrics.ts';
import { useFigures } from './use-figures.ts';
import type { ViewProps } from './view-props.ts';
import { wantedOf } from './wanted.ts';

// Below what a window shows at first.
const MetricTable = lazy(async () => ({
  default: (await withWords(['freshness'], import('./metric-table.tsx'))).MetricTable,
}));
const RegionTable = lazy(async () => ({ default: (await import('./region-table.tsx')).RegionTable }));

/** Below the pictures: customers of a region, or regions. */
export function Rows({ view, ...props }: ViewProps & { view: View }) {
  const { scope, period, search, go } = props;
  const { region } = scope;
  return (
    <div id="rows">
      <Suspense fallback={<SkeletonRows rows={10} />}>
        {region === 'all' ? (
          <Regions view={view} {...props} />
        ) : (
          <MetricTable region={region} scope={scope} period={period} view={view} search={search} go={go} />
        )}
      </Suspense>
    </div>
  );
}

function Regions({ view, scope, period, search }: ViewProps & { view: View }) {
  const metrics = useMemo(() => regionMetrics(view, scope), [view, scope]);
  const { figures, error, refetch } = useFigures(scope, period, wantedOf(view, scope));
  if (figures === undefined)
    return error === null ? <SkeletonRows rows={5} /> : <ErrorState error={error} onRetry={refetch} />;
  return (
    <RegionTable answer={figures.present} period={period} view={view} metrics={metrics} scope={scope} search={search} />
  );
}
