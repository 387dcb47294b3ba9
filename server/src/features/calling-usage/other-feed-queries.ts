import { countedWhere, mediaRollup, rollupWhere } from '../imports/index.ts';
import { mediaMeasures, queueMeasures } from './measures.ts';
import { type FactsQuestion, narrowedByKey, ofPlaces, type Place, type PlaceSums } from './facts-question.ts';

export type MediaSums = PlaceSums & { videoMilliseconds: number };

/** Media rows added up per place: from the rollup where that is built, or else from the rows, by the same definitions. */
export function findMediaSums(question: FactsQuestion, of: Place): Promise<MediaSums[]> {
  const { store, scope, visible, range, policy, hasRollups } = question;
  const { poorLegs, videoMinutes, audioLegs, videoLegs } = mediaMeasures(policy);
  const sumOf = ({ sum }: { sum: string }): string => (hasRollups ? `sum(${sum})` : (mediaRollup.sums[sum] ?? ''));
  const { sql, parameters } = narrowedByKey(
    hasRollups ? rollupWhere(scope, visible) : countedWhere(scope, visible, 'record_id'),
    of,
  );
  return store.ask(
    ofPlaces(`
      SELECT place_key, ${sumOf(poorLegs)} AS poorLegs, ${sumOf(videoMinutes)} AS videoMilliseconds,
        ${sumOf(audioLegs)} AS audioLegs, ${sumOf(videoLegs)} AS videoLegs
      FROM @region.${hasRollups ? mediaRollup.table : 'media_quality'}
      WHERE ${sql} AND day BETWEEN {from:Date} AND {to:Date}
      GROUP BY place_key HAVING ${sumOf({ sum: 'legs' })} != 0`),
    { parameters: { ...parameters, from: range.from, to: range.to } },
  );
}

/** Rows of queue statistics whose whole period lies in the range, added up per place. */
export function findQueueSums({ store, scope, visible, range }: FactsQuestion, of: Place): Promise<PlaceSums[]> {
  const { sql, parameters } = narrowedByKey(countedWhere(scope, visible, 'record_id'), of);
  const sums = Object.entries(queueMeasures).map(([key, sum]) => `${sum} AS ${key}`);
  return store.ask(
    ofPlaces(`
      SELECT place_key, ${sums.join(', ')}
      FROM @region.call_queue_stat
      WHERE ${sql} AND period_from >= {from:Date} AND period_to <= {to:Date}
      GROUP BY place_key`),
    { parameters: { ...parameters, from: range.from, to: range.to } },
  );
}
