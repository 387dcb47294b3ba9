import type { MetricKey } from '@hub/contract/metrics';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import type { Panel, Series, Tone } from '../../ui/charts/chart-data.ts';
import { seriesOf } from '../../ui/charts/chart-data.ts';
import { ChartFrame } from '../../ui/charts/chart-frame.tsx';
import { Legend } from '../../ui/charts/legend.tsx';
import { TrendChart } from '../../ui/charts/trend-chart.tsx';
import { summaryOf } from '../../ui/charts/summary.ts';
import { BandTable } from './band-table.tsx';
import { bucketsOf } from './bucket-words.ts';
import { kpiOf, pointsTo } from './chart-points.tsx';
import type { EngagementSearch, Go } from './engagement-search.ts';
import { rowsOf } from './kpis.ts';
import { metricName, metricText, metricUnit, numbersOf } from './metric-words.ts';
import { type Period, trendOf } from './period.ts';
import type { Figures } from './use-figures.ts';

export const bandTones = [
  ['usersHeavy', 'heavy'],
  ['usersRegular', 'regular'],
  ['usersLight', 'light'],
  ['usersNone', 'none'],
] as const satisfies readonly (readonly [MetricKey, Tone])[];

/** Who called how much, as bands over the weeks; of days and ranges, which bands of weeks say nothing of, and of a location, where nobody is assigned, users and legs. */
export function UsageChart({
  figures,
  period,
  about,
  hasBands,
  search,
  go,
  rowsOf: rowsOfBand,
}: {
  figures: Figures;
  period: Period;
  about: readonly string[];
  hasBands: boolean;
  search: EngagementSearch;
  go: Go;
  /** Where who is in a band stands; null where nobody does. */
  rowsOf: (band: MetricKey) => EngagementSearch | null;
}) {
  const { t, f, language } = useText();
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const numbers = numbersFor(language);
  const { trend } = figures;
  const { bucket } = trendOf(period);
  const buckets = bucketsOf(trend, bucket, period.to, f);
  const make = (key: MetricKey, tone: Tone): Series => ({
    key,
    tone,
    name: metricName(key, t),
    values: numbersOf(trend.totals, key),
    text: (value) => metricText(key, value, numbers),
    unit: metricUnit(key, t),
  });
  const share = make('activeShare', 'ink');
  const users = make('activeUsers', 'ink');
  const bands = bandTones.map(([key, tone]) => make(key, tone));
  const legs = make('callLegs', 'accent');
  const panels: Panel[] = hasBands
    ? [
        ...(share.values.some((value) => value !== null)
          ? [{ kind: 'line' as const, head: t('engagement.chart.activeShare'), height: 56, series: share }]
          : []),
        { kind: 'stack', unit: t('engagement.axis.users'), height: 300, series: bands },
      ]
    : [
        { kind: 'line', head: metricName('activeUsers', t), height: 56, series: users },
        {
          kind: 'stack',
          head: metricName('callLegs', t),
          unit: t('engagement.axis.legs'),
          height: 260,
          series: [legs],
        },
      ];
  const series = hasBands ? [share, ...bands] : [users, legs];
  const points = pointsTo({
    t,
    period,
    go,
    rowsOf: (key = 'activeUsers') => {
      const kpi = kpiOf(key, 'usage');
      return bands.some((band) => band.key === key) ? rowsOfBand(kpi.key) : rowsOf(kpi, search);
    },
  });
  const context = t(bucket === 'week' ? 'engagement.weeks' : 'engagement.days', { count: buckets.length });
  return (
    <ChartFrame
      title={t(hasBands ? 'engagement.chart.bands' : 'engagement.chart.activity')}
      context={context}
      bucketHead={t(bucket === 'week' ? 'engagement.week' : 'engagement.day')}
      buckets={buckets}
      series={series}
      fileName={`calling-users-${period.from}-${period.to}`}
      about={about}
      number={points.number}
    >
      <TrendChart
        summary={summaryOf(hasBands ? share : users, buckets, t)}
        buckets={buckets}
        panels={panels}
        hidden={hidden}
        compact={numbers.compact}
        pick={points.pick}
      />
      {series.every(({ values }) => values.every((value) => value === null)) ? null : hasBands ? (
        <BandTable figures={figures} hidden={hidden} onHide={setHidden} rowsOf={rowsOfBand} />
      ) : (
        <Legend series={seriesOf(panels)} label={t('chart.legend')} hidden={hidden} onHide={setHidden} />
      )}
    </ChartFrame>
  );
}
