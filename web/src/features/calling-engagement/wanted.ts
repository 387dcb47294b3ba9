import type { MetricKey } from '@hub/contract/metrics';
import { featureMetrics } from './feature-bars.tsx';
import { headKpis, metricsOf, queueKpis } from './kpis.ts';
import { trendWeeks } from './period.ts';
import type { Scope, View } from './scope.ts';
import { regionMetrics } from './table-metrics.ts';
import type { Wanted } from './use-figures.ts';

const usage: readonly MetricKey[] = [...metricsOf(headKpis), 'usersNone', 'usersLight', 'usersRegular', 'usersHeavy'];
const quality: readonly MetricKey[] = ['poorShare', 'poorLegs', 'knownLegs', 'goodLegs', 'unknownLegs', 'mediaLegs'];
const features: readonly MetricKey[] = [...featureMetrics, ...metricsOf(queueKpis)];

/** The question behind the pictures of a view; of all regions also behind their rows. Features are told of customers that have queues. */
export function wantedOf(view: View, scope: Scope): Wanted {
  const shown = { usage, quality, features }[view];
  const metrics = scope.region === 'all' ? [...new Set([...shown, ...regionMetrics(view, scope)])] : shown;
  if (view === 'usage') return { metrics };
  // The rule of spikes looks at the 8 weeks before each of those that are shown.
  if (view === 'quality') return { metrics, weeks: 2 * trendWeeks };
  return { metrics, hasQueues: scope.customerId === undefined };
}
