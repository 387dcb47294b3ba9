import type { TrendPoint } from '@hub/contract/subscription-analytics';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { Numbers } from '../../lib/numbers.ts';
import type { Bucket, Series } from '../../ui/charts/chart-data.ts';
import type { Trend } from './queries.ts';

/** How licenses are held, in the order of the legend. */
export const holdings = [
  { key: 'ordered', tone: 'ink' },
  { key: 'assigned', tone: 'assigned' },
  { key: 'used', tone: 'used' },
  { key: 'available', tone: 'available' },
] as const;
export type Holding = (typeof holdings)[number]['key'];

/** Of what is purchased, in percent. */
export function shareOf(point: TrendPoint, key: Holding): number | null {
  if (key === 'ordered') return point.ordered === null || point.ordered === 0 ? null : 100;
  return { assigned: point.assignedShare, used: point.usedShare, available: point.availableShare }[key];
}

export function bucketsOf({ points }: Trend, kind: 'week' | 'day', f: Format): Bucket[] {
  return points.map(({ from, to, isOpen }) => ({
    key: from,
    label: f.day(from),
    name: kind === 'week' ? f.dayRange(from, to) : f.date(from),
    isOpen,
  }));
}

/** The series of a picture: licenses, or their shares; with those of the time before behind them. */
export function seriesOfTrend(
  { points, previous }: Trend,
  { isPercent, hasPrevious }: { isPercent: boolean; hasPrevious: boolean },
  numbers: Numbers,
  t: Translate,
): Series[] {
  const make = (of: readonly TrendPoint[], key: Holding, tone: Series['tone'], isEarlier: boolean): Series => ({
    key: isEarlier ? `${key} earlier` : key,
    tone,
    name: isEarlier
      ? t('analytics.trend.earlier', { name: t(`analytics.holding.${key}`) })
      : t(`analytics.holding.${key}`),
    values: of.map((point) => (isPercent ? shareOf(point, key) : point[key])),
    text: (value) => numbers.fixed(value, isPercent ? 1 : 0),
    unit: isPercent ? t('analytics.unit.percent') : undefined,
    isEarlier,
  });
  // A share of what is purchased says nothing of the purchased.
  const shown = holdings.filter(({ key }) => !isPercent || key !== 'ordered');
  return [
    ...(hasPrevious ? shown.map(({ key, tone }) => make(previous, key, tone, true)) : []),
    ...shown.map(({ key, tone }) => make(points, key, tone, false)),
  ];
}
