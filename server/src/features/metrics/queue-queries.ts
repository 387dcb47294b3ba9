import { countedWhere, locationName } from '../imports/index.ts';
import { askGrouped, narrowing, placeKeys, type Source, withPlaceNames } from './source-queries.ts';
import { bucketOfDay, windowParameters } from './window.ts';

/** What is added up over rows of queue statistics. */
export const queueSums = {
  total: 'sum(ifNull(total_calls, 0))',
  answered: 'sum(ifNull(answered_calls, 0))',
  abandoned: 'sum(ifNull(abandoned_calls, 0))',
  overflowed: 'sum(ifNull(overflowed_calls, 0))',
  timedOut: 'sum(ifNull(timed_out_calls, 0))',
  transferred: 'sum(ifNull(transferred_calls, 0))',
  // Waits, and the calls that they are of: a report without the one says nothing of the other.
  waitSeconds: 'sumIf(total_wait_seconds, isNotNull(total_wait_seconds))',
  waitCalls: 'sumIf(ifNull(answered_calls, 0) + ifNull(overflowed_calls, 0), isNotNull(total_wait_seconds))',
  abandonedSeconds: 'sumIf(total_abandoned_seconds, isNotNull(total_abandoned_seconds))',
  abandonedCalls: 'sumIf(ifNull(abandoned_calls, 0), isNotNull(total_abandoned_seconds))',
};
const sumNames = Object.keys(queueSums);
export const queueParts = [
  ...sumNames,
  'queues',
  'agentsAssigned',
  'agentsHandling',
  'queuesWithAssigned',
  'queuesWithHandling',
];

/** Queue statistics. A row of several days is in a bucket that holds all of them, and in no other. Agents: the mean of a queue's rows, added up over queues. */
export const queueSource: Source = (question) => {
  const { store, scope, visible, window, by } = question;
  const { sql, parameters } = countedWhere(scope, visible, 'record_id');
  const narrow = narrowing(question);
  const key = by === 'queue' ? 'queue_key' : placeKeys(by);
  const [begin, end] = [bucketOfDay(window, 'period_from'), bucketOfDay(window, 'period_to')];
  const names =
    by === 'queue'
      ? 'any(queue_name) AS row_name, any(queue_location) AS row_location'
      : "'' AS row_name, '' AS row_location";
  const ofQueue = `SELECT org_uuid, place_key, sipHash64(place_key, toString(call_queue)) AS queue_key, ${begin} AS bucket,
      any(toString(call_queue)) AS queue_name, any(toString(${locationName})) AS queue_location,
      ${Object.entries(queueSums)
        .map(([name, of]) => `${of} AS of_${name}`)
        .join(', ')},
      ifNull(avg(average_agents_assigned), 0) AS of_assigned, ifNull(avg(average_agents_handling), 0) AS of_handling,
      countIf(isNotNull(average_agents_assigned)) > 0 AS has_assigned, countIf(isNotNull(average_agents_handling)) > 0 AS has_handling
    FROM @region.call_queue_stat WHERE ${sql} AND period_from >= {from:Date} AND period_to <= {to:Date} AND ${begin} = ${end}${narrow.sql}
    GROUP BY org_uuid, place_key, queue_key, bucket`;
  const grouped = `SELECT org_uuid, ${key} AS row_key, ${names}, bucket, ${sumNames.map((name) => `sum(of_${name}) AS ${name}`).join(', ')},
      count() AS queues, sum(of_assigned) AS agentsAssigned, sum(of_handling) AS agentsHandling,
      countIf(has_assigned) AS queuesWithAssigned, countIf(has_handling) AS queuesWithHandling
    FROM (${ofQueue}) GROUP BY org_uuid, row_key, bucket`;
  return askGrouped(store, {
    grouped: withPlaceNames(grouped, by),
    parts: queueParts,
    parameters: { ...parameters, ...narrow.parameters, ...windowParameters(window) },
    length: window.labels.length,
  });
};
