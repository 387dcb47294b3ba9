import { lazy, Suspense } from 'react';
import { useText } from '../../lib/i18n.ts';
import { FormulaPopover } from '../../ui/formula-popover.tsx';
import type { Explained } from './kpi-formula.tsx';

const KpiFormula = lazy(async () => ({ default: (await import('./kpi-formula.tsx')).KpiFormula }));

/** The (i) of a number. What it says comes when somebody asks. */
export function FormulaButton({ name, ...explained }: Explained & { name: string }) {
  const { t } = useText();
  return (
    <FormulaPopover name={name} label={t('engagement.formula.of', { name })}>
      {(close) => (
        <Suspense fallback={null}>
          <KpiFormula {...explained} close={close} />
        </Suspense>
      )}
    </FormulaPopover>
  );
}
