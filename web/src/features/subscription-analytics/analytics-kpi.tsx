import type { Kpi } from '@hub/contract/subscription-analytics';
import { type ReactNode, useMemo } from 'react';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { TrendLine } from '../../ui/charts/trend-line.tsx';
import { KpiCell, KpiValue } from '../../ui/kpi-cell.tsx';
import { KpiFormula } from './kpi-formula.tsx';
import type { Analytics } from './queries.ts';
import type { Base } from './use-bases.ts';
import { isWorse, kpiChange, kpiText, kpiUnit } from './unit-words.ts';

/** A card: the number, its nights and its change in a week. */
export function AnalyticsKpi({
  kpi,
  analytics,
  isNobody = false,
  base,
  link,
  rowsLink,
}: {
  kpi: Kpi;
  analytics: Analytics;
  /** It counts nobody, so that there is nothing to divide by. */
  isNobody?: boolean;
  base?: Base | undefined;
  /** Around the value, with its whole name. */
  link: (label: string, value: ReactNode) => ReactNode;
  /** The same way in words, in the formula. */
  rowsLink: (close: () => void) => ReactNode;
}) {
  const { t, f, language } = useText();
  const numbers = useMemo(() => numbersFor(language), [language]);
  const { key, value, change, history } = kpi;
  const name = t(`analytics.kpi.${key}`);
  const unit = value === null ? undefined : kpiUnit(key, t);
  const text = value === null ? t('analytics.kpi.none') : kpiText(key, value, numbers);
  const known = history.filter((night) => night.value !== null);
  const [first] = known;
  const last = known.at(-1);
  return (
    <KpiCell
      name={name}
      info={<KpiFormula kpi={kpi} name={name} analytics={analytics} base={base} rowsLink={rowsLink} />}
      link={link(
        t('analytics.kpi.open', { name, value: unit === undefined ? text : `${text} ${unit}` }),
        <KpiValue text={text} unit={unit} />,
      )}
      trend={
        known.length < 2 || first === undefined || last === undefined ? null : (
          <TrendLine
            values={history.map((night) => night.value)}
            height={28}
            hasGround
            label={t('analytics.kpi.trend', {
              name,
              from: kpiText(key, first.value ?? 0, numbers),
              first: f.date(first.day),
              to: kpiText(key, last.value ?? 0, numbers),
              last: f.date(last.day),
            })}
          />
        )
      }
    >
      {value === null ? (
        t(isNobody ? 'analytics.kpi.nobody' : 'analytics.kpi.unknown')
      ) : change === null ? (
        t(history.length === 0 ? 'analytics.kpi.noHistory' : 'analytics.kpi.noChange')
      ) : (
        <>
          {base === undefined || unit === undefined ? null : `${t('analytics.kpi.base', { ...base })} · `}
          <span className={isWorse(key, change) ? 'bad' : undefined}>{kpiChange(key, change, numbers, t)}</span>{' '}
          {t('analytics.kpi.vsWeek')}
        </>
      )}
    </KpiCell>
  );
}
