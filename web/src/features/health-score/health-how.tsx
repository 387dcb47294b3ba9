import { useText } from '../../lib/i18n.ts';
import { FormulaPopover } from '../../ui/formula-popover.tsx';
import { HealthRules } from './health-rules.tsx';

/** The (i) that tells how a score is made. */
export function HealthHow() {
  const { t } = useText();
  return (
    <FormulaPopover name={t('health.score')} label={t('health.how')}>
      {() => <HealthRules />}
    </FormulaPopover>
  );
}
