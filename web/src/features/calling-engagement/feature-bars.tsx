import { featureMetrics } from '@hub/contract/calling-engagement';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { ChartFrame } from '../../ui/charts/chart-frame.tsx';
import { TrendLine } from '../../ui/charts/trend-line.tsx';
import { spanOfPoint } from './chart-points.tsx';
import { BarCell } from './bar-cell.tsx';
import { bucketsOf } from './bucket-words.ts';
import { type Legs, legsOf } from './legs-search.ts';
import { metricName, metricText, numbersOf } from './metric-words.ts';
import { type Period, trendOf } from './period.ts';
import type { Scope } from './scope.ts';
import type { Figures } from './use-figures.ts';

type FeatureKey = (typeof featureMetrics)[number];

/** Calls that used a feature, most used first. Features overlap: bars of one colour, never a sum. */
export function FeatureBars({
  figures,
  period,
  about,
  scope,
  legs,
  hasQueues,
}: {
  figures: Figures;
  period: Period;
  about: readonly string[];
  scope: Scope;
  /** The page of the call legs of the scope. */
  legs: Legs;
  /** Only customers that have queues are counted. */
  hasQueues: boolean;
}) {
  const { t, f, language } = useText();
  const numbers = numbersFor(language);
  const { trend } = figures;
  const { bucket } = trendOf(period);
  const sorted = featureMetrics.toSorted((a, b) => (figures.now(b) ?? -1) - (figures.now(a) ?? -1));
  const most = Math.max(1, ...sorted.map((key) => figures.now(key) ?? 0));
  const title = t('engagement.chart.features');
  const linked = (of: Legs, key: FeatureKey, text: string, label: string): ReactNode =>
    of === null ? (
      text
    ) : (
      <Link
        to="/analytics/calling-usage/legs"
        search={{ ...of, measure: key, ...(hasQueues ? { hasQueues: 'true' } : {}) }}
        className="count"
        preload={false}
        aria-label={label}
      >
        {text}
      </Link>
    );
  const isFeature = (key: string) => featureMetrics.find((feature) => feature === key);
  return (
    <ChartFrame
      title={title}
      context={t('engagement.chart.features.unit')}
      bucketHead={t(bucket === 'week' ? 'engagement.week' : 'engagement.day')}
      buckets={bucketsOf(trend, bucket, period.to, f)}
      series={sorted.map((key) => ({
        key,
        name: t(`feature.${key}`),
        tone: 'accent',
        values: numbersOf(trend.totals, key),
        text: (value) => metricText(key, value, numbers),
      }))}
      fileName={`feature-usage-${period.from}-${period.to}`}
      about={about}
      hasPicture={false}
      number={(series, point, text, name) => {
        const key = isFeature(series);
        if (key === undefined || legs === null) return text;
        const label = t('engagement.open', { metric: name, value: text, name: point.name });
        return linked(legsOf(scope, spanOfPoint(point.key, period)), key, text, label);
      }}
    >
      <table className="plain-table features">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('engagement.feature')}</th>
            <th scope="col" className="bar-head">
              {t('engagement.axis.calls')}
            </th>
            <th scope="col">{t('engagement.change')}</th>
            <th scope="col">{t('engagement.trend')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((key) => {
            const value = figures.now(key);
            const before = figures.before(key);
            const change = figures.change(key);
            return (
              <tr key={key}>
                <th scope="row" title={metricName(key, t)}>
                  {t(`feature.${key}`)}
                </th>
                <td>
                  <BarCell share={(value ?? 0) / most}>
                    {value === null || value === 0
                      ? value === 0 && metricText(key, value, numbers)
                      : linked(
                          legs,
                          key,
                          metricText(key, value, numbers),
                          t('engagement.openLegs.of', {
                            metric: metricName(key, t),
                            value: metricText(key, value, numbers),
                          }),
                        )}
                  </BarCell>
                </td>
                <td className="quiet">
                  {change === null || before === null || before === 0
                    ? ''
                    : `${numbers.signed((change / before) * 100, 1)} ${t('engagement.unit.percent')}`}
                </td>
                <td>
                  <TrendLine values={numbersOf(trend.totals, key)} tone="quiet" />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="help">{t('engagement.chart.features.overlap')}</p>
    </ChartFrame>
  );
}
