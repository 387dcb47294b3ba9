import type { MetricKey, MetricRow } from '@hub/contract/metrics';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { TrendLine } from '../../ui/charts/trend-line.tsx';
import { MetricCell, nameOf, RowLink, type Ways } from './metric-cell.tsx';
import { changeOf, changeText, changeUnit, columnName, isWorse, metricUnit, numbersOf } from './metric-words.ts';

/** A row on a phone: name; the leading number, its change and trend; two more numbers. */
export function MetricLines({
  row,
  lead,
  others,
  hasTrend,
  hasChange,
  ways,
}: {
  row: MetricRow;
  lead: MetricKey;
  others: readonly MetricKey[];
  hasTrend: boolean;
  hasChange: boolean;
  ways: Ways;
}) {
  const { t, language } = useText();
  const numbers = numbersFor(language);
  const told = (key: MetricKey) =>
    (row.values[key]?.at(-1) ?? null) === null ? (
      t('chart.nothing')
    ) : (
      <>
        <MetricCell row={row} metric={key} ways={ways} /> {metricUnit(key, t)}
      </>
    );
  const change = hasChange ? changeOf(row, lead) : null;
  return (
    <div className="lines metric-lines">
      <div>
        <RowLink row={row} ways={ways} className="strong wrap">
          {nameOf(row, t)}
        </RowLink>
        {hasTrend ? <TrendLine values={numbersOf(row.values, lead)} /> : null}
      </div>
      <div className="num">
        <span>
          {columnName(lead, t)}: {told(lead)}
        </span>
        {change === null ? null : (
          <span className={isWorse(lead, change) ? 'bad' : 'quiet'}>
            {changeText(lead, change, numbers)} {changeUnit(lead, t) ?? ''}
          </span>
        )}
      </div>
      <div className="help num">
        {others.map((key) => (
          <span key={key}>
            {columnName(key, t)}: {told(key)}
          </span>
        ))}
      </div>
    </div>
  );
}
