import type { EngagementView } from '@hub/contract/calling-engagement';
import type { QualityPolicy } from '@hub/contract/calling-policy';
import { type Dimension, type MetricKey, metricOf } from '@hub/contract/metrics';
import type { CustomerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';

/** Of whom the page tells: all regions, one region's customers, one of them, or one of its locations. */
export interface Scope {
  region: RegionCode | 'all';
  customerId: CustomerId | undefined;
  location: string | undefined;
  filter: string | undefined;
  zone: string | undefined;
  policy: QualityPolicy | undefined;
}

export type View = EngagementView;
export const views = ['usage', 'quality', 'features'] as const satisfies readonly View[];

const ofDays: readonly MetricKey[] = ['highestDailyActiveUsers', 'averageDailyActiveUsers'];

/** Whether a metric can be told of a scope: a location's metrics are those that are told by location; licenses, queue statistics and users by day are known by UTC days only. */
export function isToldOf(scope: Pick<Scope, 'location' | 'zone'>, key: MetricKey): boolean {
  const { by = [], feed } = metricOf(key);
  const needsUtc = feed === 'call_queue_stats' || feed === 'licenses' || ofDays.includes(key);
  if (scope.zone !== undefined && needsUtc) return false;
  return scope.location === undefined || by.includes('location');
}

export function isToldBy(key: MetricKey, dimension: Dimension): boolean {
  return metricOf(key).by?.includes(dimension) ?? false;
}

/** What the rows of a scope can be, the first unless another is chosen. Users need call_legs.read. */
export function dimensionsOf(scope: Scope, view: View, mayLegs: boolean): Dimension[] {
  if (scope.customerId === undefined) return ['customer'];
  const parts: Dimension[] = scope.location === undefined ? ['location'] : [];
  if (view === 'features') return [...parts, 'queue'];
  return [
    ...parts,
    ...(mayLegs ? (['user'] as const) : []),
    ...(parts.length === 0 && !mayLegs ? (['location'] as const) : []),
  ];
}
