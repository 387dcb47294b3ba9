import type { Kpi } from '@hub/contract/calling-engagement';
import { legsBehind } from '@hub/contract/legs-behind';
import { type MetricKey, metricOf } from '@hub/contract/metrics';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { FormulaFacts } from '../../ui/formula-popover.tsx';
import { EngagementLink } from './engagement-link.tsx';
import type { EngagementSearch } from './engagement-search.ts';
import type { Legs } from './legs-search.ts';
import { metricName, metricText, metricUnit } from './metric-words.ts';
import type { Period } from './period.ts';
import type { Figures } from './use-figures.ts';

export interface Explained {
  kpi: Kpi;
  figures: Figures;
  period: Period;
  /** Where what is counted stands. */
  rows: EngagementSearch;
  /** The page of the call legs of the scope; null where there is none. */
  legs: Legs;
}

/** How a number is counted, in words and with its numbers, of when, by which policy and data. */
export function KpiFormula({ kpi, figures, period, rows, legs, close }: Explained & { close: () => void }) {
  const { t, f, language } = useText();
  const numbers = numbersFor(language);
  const { key, parts, others = [] } = kpi;
  const { present } = figures;
  const text = (metric: MetricKey, value: number | null): string => {
    const unit = metricUnit(metric, t);
    return value === null
      ? t('chart.nothing')
      : `${metricText(metric, value, numbers)}${unit === undefined ? '' : ` ${unit}`}`;
  };
  const [over, under] = parts ?? [];
  const feed = t(`engagement.feed.${metricOf(key).feed}`);
  const facts = [
    ...others.map((other) => [metricName(other, t), text(other, figures.now(other))] as const),
    [
      t(period.kind === 'week' ? 'engagement.formula.week' : 'engagement.formula.range'),
      f.dateRange(period.from, period.to),
    ] as const,
    ...(metricOf(key).isJudged === true
      ? [
          [
            t('quality.policy'),
            `${t(`quality.policy.${present.policy}`)}, ${t('quality.version', { version: present.policyVersion })}`,
          ] as const,
        ]
      : []),
    [
      t('engagement.formula.feed'),
      present.dataAsOf === null ? feed : `${feed}, ${f.shortDateTime(present.dataAsOf)} UTC`,
    ] as const,
  ];
  return (
    <>
      <p className="quiet">{t(`formula.${key}`)}</p>
      {over === undefined || under === undefined || !isQuotient(figures, key, over, under) ? null : (
        <p className="formula-numbers num">
          {text(over, figures.now(over))} ÷ {text(under, figures.now(under))} = {text(key, figures.now(key))}
        </p>
      )}
      <FormulaFacts facts={facts} />
      <p className="help">{t(`rule.${key}`)}</p>
      <EngagementLink search={rows} hash="rows" onClick={close}>
        {t('engagement.formula.rows')}
      </EngagementLink>
      {legs === null || legsBehind[key] === undefined ? null : (
        <Link
          to="/analytics/calling-usage/legs"
          search={{ ...legs, measure: legsBehind[key] }}
          preload={false}
          onClick={close}
        >
          {t('engagement.openLegs')}
        </Link>
      )}
    </>
  );
}

/** Of some customers the denominator is unknown: then the numbers shown are those of more customers than the share is of. */
function isQuotient({ now }: Figures, key: MetricKey, over: MetricKey, under: MetricKey): boolean {
  const [value, dividend, divisor] = [now(key), now(over), now(under)];
  if (value === null || dividend === null || divisor === null || divisor === 0) return false;
  return Math.abs((100 * dividend) / divisor - value) < 0.01;
}
