import type { MetricKey } from '@hub/contract/metrics';
import { featureMetrics } from './feature-bars.tsx';
import { headKpis, metricsOf, queueKpis } from './kpis.ts';
import { trendWeeks } from './period.ts';
import type { Scope, View } from './scope.ts';
import type { Wanted } from './use-figures.ts';

const usage: readonly MetricKey[] = [...metricsOf(headKpis), 'usersNone', 'usersLight', 'usersRegular', 'usersHeavy'];
const quality: readonly MetricKey[] = ['poorShare', 'poorLegs', 'knownLegs', 'goodLegs', 'unknownLegs', 'mediaLegs'];
const features: readonly MetricKey[] = [...featureMetrics, ...metricsOf(queueKpis)];

/** The question behind the pictures of a view. Features are told of customers that have queues. */
export function wantedOf(view: View, { customerId }: Scope): Wanted {
  if (view === 'usage') return { metrics: usage };
  // The rule of spikes looks at the 8 weeks before each of those that are shown.
  if (view === 'quality') return { metrics: quality, weeks: 2 * trendWeeks };
  return { metrics: features, hasQueues: customerId === undefined };
}
