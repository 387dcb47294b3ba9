import type { Kpi } from '@hub/contract/calling-engagement';
import type { MetricKey } from '@hub/contract/metrics';
import type { ReactNode } from 'react';
import { addDays } from '../../lib/calendar.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { Bucket } from '../../ui/charts/chart-data.ts';
import { EngagementLink } from './engagement-link.tsx';
import type { EngagementSearch, Go } from './engagement-search.ts';
import { type Period, type Span, trendOf } from './period.ts';

/** The days of a point that belong to the period's trend. */
export function spanOfPoint(key: string, period: Period): Span {
  const { from, to, bucket } = trendOf(period);
  const end = bucket === 'week' ? addDays(key, 6) : key;
  return { from: key < from ? from : key, to: end > to ? to : end };
}

/** What a picture's points lead to: the rows of their days, by what was pointed at. */
export function pointsTo({
  t,
  period,
  go,
  rowsOf,
}: {
  t: Translate;
  period: Period;
  go: Go;
  /** Of a series, or of the picture as a whole; null where there are none. */
  rowsOf: (key: string | undefined) => EngagementSearch | null;
}) {
  const searchOf = ({ key }: Pick<Bucket, 'key'>, series: string | undefined): EngagementSearch | null => {
    const rows = rowsOf(series);
    return rows === null ? null : { ...rows, ...spanOfPoint(key, period) };
  };
  return {
    pick: {
      isWay: true,
      label: () => t('engagement.formula.rows'),
      onPick: (point: Bucket, series?: string) => {
        const search = searchOf(point, series) ?? searchOf(point, undefined);
        if (search !== null) go(search, 'rows');
      },
    } as const,
    number: (key: string, point: Bucket, text: string, name: string): ReactNode => {
      const search = searchOf(point, key);
      if (search === null) return text;
      return (
        <EngagementLink
          search={search}
          hash="rows"
          className="count"
          aria-label={t('engagement.open', { metric: name, value: text, name: point.name })}
        >
          {text}
        </EngagementLink>
      );
    },
  };
}

/** A number of a view's table, as its key figures lead to it. */
export const kpiOf = (key: string, view: Kpi['view']): { key: MetricKey; view: Kpi['view'] } => ({
  key: key as MetricKey, // series of these pictures are named by their metric
  view,
});
