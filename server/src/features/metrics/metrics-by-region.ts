import type { MetricFeed, MetricValues } from '@hub/contract/metrics';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, requirePermission } from '../access/index.ts';
import { answerOf, countTold } from './answer.ts';
import { factsOf } from './ask-metrics.ts';
import { type Gathered, gather, prepare } from './gather.ts';
import type { MetricQuestion } from './metric-question.ts';
import { answersInTime } from './within-patience.ts';

interface OfRegion {
  region: RegionCode;
  hasAnswered: boolean;
  customers: number;
  values: MetricValues;
  dataAsOf: string | null;
}

/** All regions: aggregates only, added up where they can be. A region that is away or slow is named and is in no total. Throws region_unavailable where none answers. */
export async function askMetricsByRegion(ctx: Ctx, question: MetricQuestion, left?: AbortSignal) {
  requirePermission(ctx, 'calling_usage.read');
  const regions = [...ctx.stores.keys()];
  const answers = await answersInTime(ctx, regions, (region) => gathering(ctx, region, question, left));
  const answered = answers.flatMap((gathered) => (gathered ? [gathered] : []));
  const now = ctx.clock.now();
  const rows = regions.map((region, at): OfRegion => {
    const gathered = answers[at];
    if (!gathered) return { region, hasAnswered: false, customers: 0, values: {}, dataAsOf: null };
    return {
      region,
      hasAnswered: true,
      customers: countTold(gathered, now),
      values: answerOf(gathered, question, now).totals,
      dataAsOf: gathered.visible.dataAsOf?.toISOString() ?? null,
    };
  });
  return { regions: rows, totals: totalOf(answered, question, now), ...factsOf(answered, question) };
}

async function gathering(ctx: Ctx, region: RegionCode, question: MetricQuestion, left: AbortSignal | undefined) {
  return gather(await prepare(ctx, region, question), ctx.actor.partnerId, left);
}

/** As if it were one region: sums are added before anything is divided. Users and calls are told apart within a region only. */
function totalOf(answered: readonly Gathered[], question: MetricQuestion, now: Date): MetricValues {
  const [first] = answered;
  if (!first) return {};
  return answerOf(merged(answered), question, now).totals;
}

function merged(answered: readonly Gathered[]): Gathered {
  const [first, ...others] = answered;
  if (!first) throw new Error('Nothing was gathered.');
  return others.reduce<Gathered>(
    (sum, one) => ({
      ...sum,
      customers: new Map([...sum.customers, ...one.customers]),
      byCustomer: joined(sum.byCustomer, one.byCustomer),
      byKey: joined(sum.byKey, one.byKey),
      known: new Map(
        [...sum.known].map(([feed, organizations]) => [
          feed,
          new Set([...organizations, ...(one.known.get(feed) ?? [])]),
        ]),
      ),
      silent: new Map([...sum.silent].map(([feed, silent]) => [feed, silentOfBoth(sum, one, feed, silent)])),
      assignedToday: new Map([...sum.assignedToday, ...one.assignedToday]),
    }),
    first,
  );
}

/** A region without anything of a feed says nothing of when it began. */
function silentOfBoth(sum: Gathered, one: Gathered, feed: MetricFeed, silent: number): number {
  const other = one.silent.get(feed) ?? 0;
  if ((sum.known.get(feed)?.size ?? 0) === 0) return other;
  return (one.known.get(feed)?.size ?? 0) === 0 ? silent : Math.min(silent, other);
}

const joined = <Key, Row>(
  one: ReadonlyMap<Key, readonly Row[]>,
  other: ReadonlyMap<Key, readonly Row[]>,
): Map<Key, readonly Row[]> => new Map([...one].map(([key, rows]) => [key, [...rows, ...(other.get(key) ?? [])]]));
