import { Checkbox } from '@mantine/core';
import { useText } from '../../lib/i18n.ts';
import { Segments } from '../../ui/segments.tsx';
import { type AnalyticsSearch, firstWeeks, type Go, trendWeeks } from './analytics-search.ts';

/** How long a time, in which steps and units, and against which other time. */
export function TrendTools({ search, go }: { search: AnalyticsSearch; go: Go }) {
  const { t } = useText();
  return (
    <div className="trend-tools">
      <Segments
        label={t('analytics.trend.span')}
        segments={trendWeeks.map((value) => ({
          value,
          label: t('analytics.trend.weeks', { count: Number(value) }),
        }))}
        value={search.weeks ?? firstWeeks}
        onChange={(weeks) => go({ weeks, moved: undefined })}
      />
      <Segments
        label={t('analytics.trend.step')}
        segments={[
          { value: 'week', label: t('analytics.trend.byWeek') },
          { value: 'day', label: t('analytics.trend.byDay') },
        ]}
        value={search.bucket ?? 'week'}
        onChange={(bucket) => go({ bucket: bucket === 'day' ? 'day' : undefined, moved: undefined })}
      />
      <Segments
        label={t('analytics.trend.as')}
        segments={[
          { value: 'count', label: t('analytics.trend.absolute') },
          { value: 'percent', label: t('analytics.trend.percent') },
        ]}
        value={search.unit ?? 'count'}
        onChange={(unit) => go({ unit: unit === 'percent' ? 'percent' : undefined })}
      />
      <Checkbox
        size="xs"
        label={t('analytics.trend.previous')}
        checked={search.previous === 'true'}
        onChange={({ currentTarget: { checked } }) => go({ previous: checked ? 'true' : undefined })}
      />
    </div>
  );
}
