import { trendWeeks } from '@hub/contract/calling-engagement';
import type { QualityPolicy } from '@hub/contract/calling-policy';
import { isSpike, spikeLimit } from '@hub/contract/calling-anomaly-rules';
import type { MetricKey } from '@hub/contract/metrics';
import { lazy, Suspense, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { type Panel, type Series, seriesOf, type Tone } from '../../ui/charts/chart-data.ts';
import { ChartFrame } from '../../ui/charts/chart-frame.tsx';
import { Legend } from '../../ui/charts/legend.tsx';
import { TrendChart } from '../../ui/charts/trend-chart.tsx';
import { summaryOf } from '../../ui/charts/summary.ts';
import { bucketsOf } from './bucket-words.ts';
import { kpiOf, pointsTo } from './chart-points.tsx';
import type { EngagementSearch, Go } from './engagement-search.ts';
import { rowsOf } from './kpis.ts';
import { metricName, metricText, metricUnit, numbersOf } from './metric-words.ts';
import { type Period, trendOf } from './period.ts';
import { PolicyChip } from './policy-chip.tsx';
import type { Scope } from './scope.ts';
import type { Figures } from './use-figures.ts';

const OtherReading = lazy(async () => ({ default: (await import('./other-reading.tsx')).OtherReading }));

/** Poor legs over the weeks above all legs with media. Rings fill where a week is a spike. */
export function QualityChart({
  figures,
  scope,
  period,
  about,
  search,
  go,
  onPolicy,
}: {
  figures: Figures;
  scope: Scope;
  period: Period;
  about: readonly string[];
  search: EngagementSearch;
  go: Go;
  onPolicy: (policy: QualityPolicy) => void;
}) {
  const { t, f, language } = useText();
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const numbers = numbersFor(language);
  const { trend, present } = figures;
  const { bucket } = trendOf(period);
  const all = bucketsOf(trend, bucket, period.to, f);
  // The weeks before those shown are there for the rule of spikes.
  const skipped = bucket === 'week' && period.kind === 'week' ? Math.max(0, all.length - trendWeeks) : 0;
  const make = (key: MetricKey, tone: Tone, name = metricName(key, t)): Series => ({
    key,
    tone,
    name,
    values: numbersOf(trend.totals, key).slice(skipped),
    text: (value) => metricText(key, value, numbers),
    unit: metricUnit(key, t),
  });
  const share = make('poorShare', 'poor');
  const known = make('knownLegs', 'good');
  const poor = make('poorLegs', 'poor');
  const unknown = make('unknownLegs', 'unknown', t('engagement.unknownLegs'));
  const shares = numbersOf(trend.totals, 'poorShare');
  const knownLegs = numbersOf(trend.totals, 'knownLegs');
  const limit = period.kind === 'week' ? spikeLimit(shares, shares.length - 1) : null;
  const buckets = all.slice(skipped);
  const panels: Panel[] = [
    {
      kind: 'lollipop',
      head: t('engagement.chart.poorShare'),
      unit: t('engagement.axis.poor'),
      height: 110,
      series: share,
      isOver: share.values.map((_, index) => period.kind === 'week' && isSpike(shares, knownLegs, index + skipped)),
      ...(limit === null
        ? {}
        : { limit: { value: limit, label: t('engagement.chart.alert', { value: numbers.fixed(limit, 2) }) } }),
    },
    { kind: 'stack', unit: t('engagement.axis.legs'), height: 64, series: [known, unknown] },
  ];
  const points = pointsTo({ t, period, go, rowsOf: (key = 'poorShare') => rowsOf(kpiOf(key, 'quality'), search) });
  return (
    <ChartFrame
      title={t('engagement.chart.quality')}
      context={t(bucket === 'week' ? 'engagement.weeks' : 'engagement.days', { count: buckets.length })}
      chip={<PolicyChip policy={present.policy} version={present.policyVersion} onChange={onPolicy} />}
      bucketHead={t(bucket === 'week' ? 'engagement.week' : 'engagement.day')}
      buckets={buckets}
      number={points.number}
      series={[share, poor, make('goodLegs', 'good'), unknown, known]}
      fileName={`call-quality-${period.from}-${period.to}`}
      about={[
        ...about,
        `${t('quality.policy')}: ${t(`quality.policy.${present.policy}`)} ${t('quality.version', { version: present.policyVersion })}`,
      ]}
    >
      <TrendChart
        summary={summaryOf(share, buckets, t)}
        buckets={buckets}
        panels={panels}
        hidden={hidden}
        compact={numbers.compact}
        pick={points.pick}
      />
      {[...share.values, ...known.values, ...unknown.values].every((value) => value === null) ? null : (
        <>
          <Legend series={seriesOf(panels)} label={t('chart.legend')} hidden={hidden} onHide={setHidden} />
          <Suspense fallback={<p className="help engagement-other">{'\u00A0'}</p>}>
            <OtherReading scope={scope} period={period} present={present} />
          </Suspense>
        </>
      )}
    </ChartFrame>
  );
}
