import {
  type Bucket,
  type Comparison,
  type Dimension,
  isOfWholeDays,
  type MetricKey,
  metricOf,
} from '@hub/contract/metrics';
import type { QualityPolicy } from '@hub/contract/calling-policy';
import { HubError } from '../../platform/hub-error.ts';
import type { Window } from './window.ts';

export interface MetricQuestion {
  from: string;
  to: string;
  bucket: Bucket;
  zone: string;
  metrics: readonly MetricKey[];
  policy?: QualityPolicy | undefined;
  filter?: string | undefined;
  hasQueues: boolean;
  customerId?: string | undefined;
  location?: string | undefined;
  by?: Dimension | undefined;
  /** What the last bucket is compared with; nothing where it is absent. */
  comparison?: Comparison | undefined;
  weeksBefore?: number | undefined;
}

/** Throws metric_not_by, metric_needs_days, customer_needed. */
export function requireAnswerable({ metrics, by, customerId, location }: MetricQuestion, window: Window): void {
  if ((by === 'user' || location !== undefined) && customerId === undefined) throw new HubError('customer_needed');
  for (const metric of metrics) {
    const known = metricOf(metric);
    if (by !== undefined && !(known.by ?? []).includes(by))
      throw new HubError('metric_not_by', { metric, dimension: by });
    if (location !== undefined && known.feed === 'licenses')
      throw new HubError('metric_not_by', { metric, dimension: 'location' });
    if (!window.isOfUtcDays && isOfWholeDays(metric)) throw new HubError('metric_needs_days', { metric });
  }
}
