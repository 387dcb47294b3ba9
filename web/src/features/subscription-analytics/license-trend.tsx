import { productNames } from '@hub/contract/products';
import { regionLabels } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { ChartFrame } from '../../ui/charts/chart-frame.tsx';
import { ChartSkeleton } from '../../ui/charts/chart-skeleton.tsx';
import { Lines } from '../../ui/charts/lines-panel.tsx';
import { summaryOf } from '../../ui/charts/summary.ts';
import { TrendChart } from '../../ui/charts/trend-chart.tsx';
import { FormulaPopover } from '../../ui/formula-popover.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { type AnalyticsSearch, firstWeeks, type Go } from './analytics-search.ts';
import { trendQuery } from './queries.ts';
import { isOfRegion, type Scope } from './scope.ts';
import { bucketsOf, holdings, seriesOfTrend } from './trend-series.ts';
import { TrendLegend } from './trend-legend.tsx';
import { TrendNotes } from './trend-notes.tsx';
import { TrendTools } from './trend-tools.tsx';

const height = 260; // of the picture, in CSS pixels

/** How licenses of the product were held over time. A week leads to the customers that moved it. */
export function LicenseTrend({ scope, search, go }: { scope: Scope; search: AnalyticsSearch; go: Go }) {
  const { t, f, language } = useText();
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const numbers = useMemo(() => numbersFor(language), [language]);
  const { weeks = firstWeeks, bucket = 'week' } = search;
  const isPercent = search.unit === 'percent';
  const { data, error, refetch } = useQuery(trendQuery(scope, weeks, bucket));
  if (data === undefined)
    return (
      <div className="trend">
        {error === null ? (
          <ChartSkeleton height={height + 60} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} title={t('analytics.trend.failed')} />
        )}
      </div>
    );
  const buckets = bucketsOf(data, bucket, f);
  const series = seriesOfTrend(data, { isPercent, hasPrevious: search.previous === 'true' }, numbers, t);
  const hiddenSeries = hidden.flatMap((key) => [key, `${key} earlier`]);
  const first = data.points[0]?.from ?? '';
  const last = data.points.at(-1)?.to ?? '';
  const about = [
    productNames[scope.product],
    scope.region === 'all' ? t('region.all') : regionLabels[scope.region],
    `${f.dateRange(first, last)}, ${t('common.utc')}`,
    t(isPercent ? 'analytics.trend.unit.percent' : 'analytics.trend.unit'),
  ];
  const title = t('analytics.trend');
  const assigned = series.find(({ key }) => key === 'assigned');
  return (
    <div className="trend">
      <ChartFrame
        title={title}
        context={t(bucket === 'week' ? 'analytics.trend.weeks' : 'analytics.trend.days', { count: buckets.length })}
        chip={
          <FormulaPopover name={title} label={t('analytics.formula.of', { name: title })}>
            {() => (
              <>
                <p className="quiet">{t('analytics.trend.formula')}</p>
                <ul className="formula-list">
                  {holdings.map(({ key }) => (
                    <li key={key}>{t(`analytics.holding.${key}.formula`)}</li>
                  ))}
                </ul>
                <p className="help">{t('analytics.trend.previous.formula')}</p>
              </>
            )}
          </FormulaPopover>
        }
        tools={<TrendTools search={search} go={go} />}
        bucketHead={t(bucket === 'week' ? 'analytics.trend.week' : 'analytics.trend.day')}
        buckets={buckets}
        series={series}
        fileName={`license-trend-${scope.product}-${scope.region}-${first}-${last}`}
        about={about}
      >
        <div className="trend-body">
          <TrendChart
            summary={assigned === undefined ? title : summaryOf(assigned, buckets, t)}
            buckets={buckets}
            panels={[
              {
                kind: 'lines',
                unit: t(isPercent ? 'analytics.trend.unit.percent' : 'analytics.trend.unit'),
                height,
                series,
                draw: Lines,
              },
            ]}
            hidden={hiddenSeries}
            compact={numbers.compact}
            pick={
              isOfRegion(scope)
                ? {
                    key: search.moved,
                    label: () => t('analytics.trend.pick'),
                    onPick: ({ key }) => go({ moved: key, counted: undefined }),
                  }
                : undefined
            }
          />
          <TrendLegend trend={data} hidden={hidden} onHide={setHidden} />
        </div>
        <TrendNotes trend={data} hasPick={isOfRegion(scope)} />
      </ChartFrame>
    </div>
  );
}
