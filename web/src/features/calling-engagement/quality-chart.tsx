import { otherPolicyMetrics, trendWeeks } from '@hub/contract/calling-engagement';
import type { QualityPolicy } from '@hub/contract/calling-policy';
import { isSpike, spikeLimit } from '@hub/contract/calling-anomaly-rules';
import type { MetricKey } from '@hub/contract/metrics';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { type Panel, type Series, seriesOf, type Tone } from '../../ui/charts/chart-data.ts';
import { ChartFrame } from '../../ui/charts/chart-frame.tsx';
import { Legend } from '../../ui/charts/legend.tsx';
import { TrendChart } from '../../ui/charts/trend-chart.tsx';
import { summaryOf } from '../../ui/charts/summary.ts';
import { bucketsOf } from './bucket-words.ts';
import { lastOf, metricName, metricText, metricUnit, numbersOf } from './metric-words.ts';
import { type Period, trendOf } from './period.ts';
import { otherPolicy, PolicyChip } from './policy-chip.tsx';
import { type Answer, totalsQuery } from './queries.ts';
import type { Scope } from './scope.ts';
import type { Figures } from './use-figures.ts';

/** Poor legs over the weeks above all legs with media. Rings fill where a week is a spike. */
export function QualityChart({
  figures,
  scope,
  period,
  about,
  onPolicy,
}: {
  figures: Figures;
  scope: Scope;
  period: Period;
  about: readonly string[];
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
  return (
    <ChartFrame
      title={t('engagement.chart.quality')}
      context={t(bucket === 'week' ? 'engagement.weeks' : 'engagement.days', { count: buckets.length })}
      chip={<PolicyChip policy={present.policy} version={present.policyVersion} onChange={onPolicy} />}
      bucketHead={t(bucket === 'week' ? 'engagement.week' : 'engagement.day')}
      buckets={buckets}
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
      />
      {[...share.values, ...known.values, ...unknown.values].every((value) => value === null) ? null : (
        <>
          <Legend series={seriesOf(panels)} label={t('chart.legend')} hidden={hidden} onHide={setHidden} />
          <OtherReading scope={scope} period={period} present={present} />
        </>
      )}
    </ChartFrame>
  );
}

/** What the other policy would show of the same legs. */
function OtherReading({ scope, period, present }: { scope: Scope; period: Period; present: Answer }) {
  const { t, language } = useText();
  const numbers = numbersFor(language);
  const policy = otherPolicy(present.policy);
  const { from, to } = period;
  const { data: answer, isPlaceholderData } = useQuery(
    totalsQuery({ ...scope, policy }, { from, to, bucket: 'whole', metrics: otherPolicyMetrics }),
  );
  const data = isPlaceholderData ? undefined : answer; // an answer before may be of the other policy
  const share = data === undefined ? null : lastOf(data.totals, 'poorShare');
  return (
    <p className="help engagement-other" aria-live="polite">
      {data === undefined
        ? '\u00A0'
        : share === null
          ? t('quality.other.nothing', { policy: t(`quality.policy.${policy}`) })
          : t('quality.other', {
              policy: t(`quality.policy.${policy}`),
              share: numbers.fixed(share, 2),
              poor: lastOf(data.totals, 'poorLegs') ?? 0,
              known: lastOf(data.totals, 'knownLegs') ?? 0,
            })}
    </p>
  );
}
