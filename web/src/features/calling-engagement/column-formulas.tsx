import type { MetricKey } from '@hub/contract/metrics';
import { useText } from '../../lib/i18n.ts';
import { columnName, metricUnit } from './metric-words.ts';

/** How each number is counted, in words. */
export function ColumnFormulas({ metrics }: { metrics: readonly MetricKey[] }) {
  const { t } = useText();
  return (
    <dl className="column-formulas">
      {metrics.map((key) => (
        <div key={key}>
          <dt>{[columnName(key, t), metricUnit(key, t) ?? ''].join(' ').trim()}</dt>
          <dd>{t(`formula.${key}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
