import { hiddenAtFirst, tableColumns } from '@hub/contract/calling-engagement';
import { type Dimension, type MetricKey, metricOf } from '@hub/contract/metrics';
import { isToldBy, isToldOf, type Scope, type View } from './scope.ts';

/** Sought first; the change and the trend of a table are its, unless it is sorted by another. */
const leading: Record<View, readonly MetricKey[]> = {
  usage: ['activeShare', 'callLegs'],
  quality: ['poorShare'],
  features: ['queueAbandonedShare'],
};

export function tableMetrics(view: View, scope: Scope, dimension: Dimension): MetricKey[] {
  return tableColumns[view].filter(
    (key) => isToldBy(key, dimension) && isToldOf({ ...scope, location: undefined }, key),
  );
}

export function leadingMetric(view: View, metrics: readonly MetricKey[]): MetricKey {
  return leading[view].find((key) => metrics.includes(key)) ?? metrics[0] ?? 'callLegs';
}

/** Names, such as that of the worst location, are no aggregates; of the numbers those that stand there at first. */
export function regionMetrics(view: View, scope: Scope): MetricKey[] {
  return tableMetrics(view, scope, 'customer').filter(
    (key) => metricOf(key).unit !== 'text' && !hiddenAtFirst[view].includes(key),
  );
}

interface Order {
  sort: MetricKey | 'name';
  sortBy: 'last' | 'change';
  order: 'asc' | 'desc';
}

/** What the address asks for, where it can be; else what needs a look comes first: falling use, poor quality, abandoned calls. */
export function orderOf(
  asked: { sort?: string | undefined; sortBy?: 'last' | 'change' | undefined; order?: 'asc' | 'desc' | undefined },
  view: View,
  metrics: readonly MetricKey[],
  hasChange: boolean,
): Order {
  const lead = leadingMetric(view, metrics);
  const sort = asked.sort === 'name' ? asked.sort : metrics.find((key) => key === asked.sort);
  if (sort === undefined)
    return lead === 'activeShare' && hasChange
      ? { sort: lead, sortBy: 'change', order: 'asc' }
      : { sort: lead, sortBy: 'last', order: 'desc' };
  const sortBy = hasChange && sort !== 'name' ? (asked.sortBy ?? 'last') : 'last';
  return { sort, sortBy, order: asked.order ?? 'asc' };
}
