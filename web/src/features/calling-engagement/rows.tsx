import { useMemo } from 'react';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { MetricTable } from './metric-table.tsx';
import { RegionTable } from './region-table.tsx';
import type { Scope, View } from './scope.ts';
import { regionMetrics } from './table-metrics.ts';
import { useFigures } from './use-figures.ts';
import type { ViewProps } from './view-props.ts';
import { wantedOf } from './wanted.ts';

/** Below the pictures: customers of a region, or regions. */
export function Rows({ view, ...props }: ViewProps & { view: View }) {
  const { scope, period, search, go } = props;
  const { region } = scope;
  if (region === 'all') return <Regions view={view} {...props} />;
  return <MetricTable region={region} scope={scope} period={period} view={view} search={search} go={go} />;
}

function Regions({ view, scope, period, search }: ViewProps & { view: View }) {
  const metrics = useMemo(() => regionMetrics(view, scope), [view, scope]);
  const { figures, error, refetch } = useFigures(scope, period, wantedOf(view, scope));
  if (figures === undefined)
    return error === null ? <SkeletonRows rows={5} /> : <ErrorState error={error} onRetry={refetch} />;
  return <RegionTable answer={figures.present} period={period} view={view} metrics={metrics} search={search} />;
}
