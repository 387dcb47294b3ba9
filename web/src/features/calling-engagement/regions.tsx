import { useMemo } from 'react';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { RegionTable } from './region-table.tsx';
import type { View } from './scope.ts';
import { regionMetrics } from './table-metrics.ts';
import { useFigures } from './use-figures.ts';
import type { ViewProps } from './view-props.ts';
import { wantedOf } from './wanted.ts';

/** A row for each region, from what the view has asked. */
export function Regions({ view, scope, period, search }: ViewProps & { view: View }) {
  const metrics = useMemo(() => regionMetrics(view, scope), [view, scope]);
  const { figures, error, refetch } = useFigures(scope, period, wantedOf(view, scope));
  if (figures === undefined)
    return error === null ? <SkeletonRows rows={5} /> : <ErrorState error={error} onRetry={refetch} />;
  return (
    <RegionTable answer={figures.present} period={period} view={view} metrics={metrics} scope={scope} search={search} />
  );
}
