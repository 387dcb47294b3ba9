import type { Kpi } from '@hub/contract/calling-engagement';
import { metricOf } from '@hub/contract/metrics';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { TrendLine } from '../../ui/charts/trend-line.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { KpiCell, KpiValue } from '../../ui/kpi-cell.tsx';
import { FormulaButton } from './formula-button.tsx';
import { EngagementLink } from './engagement-link.tsx';
import type { EngagementSearch } from './engagement-search.ts';
import type { Legs } from './legs-search.ts';
import { changeText, changeUnit, isWorse, metricText, metricUnit, numbersOf } from './metric-words.ts';
import type { Period } from './period.ts';
import type { Figures } from './use-figures.ts';

/** A number with its past; the cell leads to the rows that are counted. */
export function EngagementKpi({
  kpi,
  figures,
  period,
  rows,
  legs,
  isShort = false,
}: {
  kpi: Kpi;
  figures: Figures;
  period: Period;
  rows: EngagementSearch;
  legs: Legs;
  /** In the strip, where the full name is too long. */
  isShort?: boolean;
}) {
  const { t, f, language } = useText();
  const numbers = numbersFor(language);
  const { key } = kpi;
  const value = figures.now(key);
  const change = figures.change(key);
  const unit = metricUnit(key, t);
  const name = t(isShort && key === 'queueAbandonedShare' ? 'kpi.queueAbandonment' : `kpi.${key}`);
  const isMissing = figures.present.missingFeeds.includes(metricOf(key).feed);
  const text = value === null ? t('engagement.kpi.none') : metricText(key, value, numbers);
  const history = numbersOf(figures.trend.totals, key);
  const since = period.kind === 'week' ? t('engagement.kpi.vsWeek') : t('engagement.kpi.vsRange');
  return (
    <KpiCell
      name={name}
      info={<FormulaButton kpi={kpi} name={name} figures={figures} period={period} rows={rows} legs={legs} />}
      link={
        <EngagementLink
          search={rows}
          hash="rows"
          className="kpi-link"
          aria-label={t('engagement.kpi.open', { name, value: `${text} ${value === null ? '' : (unit ?? '')}`.trim() })}
        >
          <KpiValue text={text} unit={value === null ? undefined : unit} />
        </EngagementLink>
      }
      trend={
        history.filter((each) => each !== null).length < 2 ? null : (
          <TrendLine
            values={history}
            width={80}
            height={28}
            hasGround
            label={t('engagement.kpi.trend', {
              name,
              values: f.list(
                history.map((each) => (each === null ? t('chart.nothing') : metricText(key, each, numbers))),
              ),
            })}
          />
        )
      }
    >
      {value === null ? (
        t(isMissing ? `engagement.noFeed.${metricOf(key).feed}` : 'engagement.kpi.nothing')
      ) : figures.isOpen ? (
        <>
          <Glyph name="running" /> {t('engagement.kpi.unfinished')}
        </>
      ) : change === null ? (
        t('engagement.kpi.first')
      ) : (
        <>
          <span className={isWorse(key, change) ? 'bad' : undefined}>
            {changeText(key, change, numbers)} {changeUnit(key, t) ?? ''}
          </span>{' '}
          {since}
        </>
      )}
    </KpiCell>
  );
}
