import { lazy, Suspense } from 'react';
import { withWords } from '../../lib/i18n.ts';
import { SkeletonRows } from '../../ui/states.tsx';
import type { View } from './scope.ts';
import type { ViewProps } from './view-props.ts';

// Below what a window shows at first.
const MetricTable = lazy(async () => ({
  default: (await withWords(['freshness'], import('./metric-table.tsx'))).MetricTable,
}));
const Regions = lazy(async () => ({ default: (await import('./regions.tsx')).Regions }));

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
