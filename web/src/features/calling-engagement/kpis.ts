import type { MetricKey } from '@hub/contract/metrics';
import { freshRows, type EngagementSearch } from './engagement-search.ts';
import type { View } from './scope.ts';

export interface Kpi {
  key:
    | 'activeUsers'
    | 'activeShare'
    | 'callLegs'
    | 'poorShare'
    | 'queueAbandonedShare'
    | 'queueAnswerTime'
    | 'queueAbandonTime';
  /** Said in the strip, where the full name is too long. */
  short?: 'kpi.queueAbandonment';
  /** Numerator and denominator. */
  parts?: readonly [MetricKey, MetricKey];
  /** Further numbers that its formula tells. */
  others?: readonly MetricKey[];
  /** Where its rows stand. */
  view: View;
}

export const headKpis: readonly Kpi[] = [
  { key: 'activeUsers', view: 'usage' },
  { key: 'activeShare', parts: ['activeUsers', 'assignedLicenses'], view: 'usage' },
  { key: 'callLegs', view: 'usage' },
  { key: 'poorShare', parts: ['poorLegs', 'knownLegs'], others: ['unknownLegs'], view: 'quality' },
  {
    key: 'queueAbandonedShare',
    short: 'kpi.queueAbandonment',
    parts: ['queueAbandoned', 'queueTotalCalls'],
    others: ['queueAbandonedShareMean'],
    view: 'features',
  },
];

export const queueKpis: readonly Kpi[] = [
  { key: 'queueAnswerTime', others: ['queueAnswered', 'queueOverflowed'], view: 'features' },
  { key: 'queueAbandonTime', others: ['queueAbandoned'], view: 'features' },
  {
    key: 'queueAbandonedShare',
    parts: ['queueAbandoned', 'queueTotalCalls'],
    others: ['queueAbandonedShareMean'],
    view: 'features',
  },
];

export const metricsOf = (kpis: readonly Kpi[]): MetricKey[] => [
  ...new Set(kpis.flatMap(({ key, parts = [], others = [] }) => [key, ...parts, ...others])),
];

/** The table that its rows stand in, those that count most first. */
export const rowsOf = ({ key, view }: Kpi, search: EngagementSearch): EngagementSearch => ({
  ...search,
  ...freshRows,
  view,
  sort: key,
  sortBy: 'last',
  order: 'desc',
});
