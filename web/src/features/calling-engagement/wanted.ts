import { type EngagementView, pictureMetrics, qualityWeeks } from '@hub/contract/calling-engagement';
import type { Scope } from './scope.ts';
import { regionMetrics } from './table-metrics.ts';
import type { Wanted } from './use-figures.ts';

/** The question behind the pictures of a view; of all regions also behind their rows. Features are told of customers that have queues. */
export function wantedOf(view: EngagementView, scope: Scope): Wanted {
  const shown = pictureMetrics[view];
  const metrics = scope.region === 'all' ? [...new Set([...shown, ...regionMetrics(view, scope)])] : shown;
  if (view === 'usage') return { metrics };
  if (view === 'quality') return { metrics, weeks: qualityWeeks };
  return { metrics, hasQueues: scope.customerId === undefined };
}
