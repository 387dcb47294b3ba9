import { featureMetrics } from '@hub/contract/calling-engagement';
import type { MetricKey } from '@hub/contract/metrics';
import { lazy, Suspense } from 'react';
import { useText, withWords } from '../../lib/i18n.ts';
import { FormulaPopover } from '../../ui/formula-popover.tsx';
import { SkeletonRows } from '../../ui/states.tsx';
import type { View } from './scope.ts';

const ColumnFormulas = lazy(async () => ({
  default: (await withWords(['formulas'], import('./column-formulas.tsx'))).ColumnFormulas,
}));

/** The (i) of a table: how its columns are counted, and the features of the picture above it. */
export function TableFormulas({ name, view, metrics }: { name: string; view: View; metrics: readonly MetricKey[] }) {
  const { t } = useText();
  const told = view === 'features' ? [...new Set([...metrics, ...featureMetrics])] : metrics;
  return (
    <FormulaPopover name={name} label={t('engagement.formula.of', { name })}>
      {() => (
        <Suspense fallback={<SkeletonRows rows={6} />}>
          <ColumnFormulas metrics={told} />
        </Suspense>
      )}
    </FormulaPopover>
  );
}
