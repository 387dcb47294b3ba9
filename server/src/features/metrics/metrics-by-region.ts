import type { MetricFeed, MetricsBefore, MetricValues } from '@hub/contract/metrics';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, requirePermission } from '../access/index.ts';
import { countTold } from './answer.ts';
import { factsOf } from './ask-metrics.ts';
import { answerCompared, type Comparable, type Compared, gatherCompared } from './compared.ts';
import { type Gathered, prepare } from './gather.ts';
import type { MetricQuestion } from './metric-question.ts';
import { answersInTime } from './within-patience.ts';

interface OfRegion {
  region: RegionCode;
  hasAnswered: boolean;
  customers: number;
  values: MetricValues;
  before: MetricsBefore;
  dataAsOf: string | null;
}

/** All regions: aggregates only, added up where they can be. A region that is away or slow is named and is in no total. Throws region_unavailable where none answers. */
export async function askMetricsByRegion(ctx: Ctx, question: MetricQuestion, left?: AbortSignal) {
  requirePermission(ctx, 'calling_usage.read');
  const regions = [...ctx.stores.keys()];
  const now = ctx.clock.now();
  const { partnerId } = ctx.actor;
  const answers = await answersInTime(ctx, regions, async (region) =>
    gatherCompared(await prepare(ctx, region, question), { partnerId, now }, left),
  );
  const answered = answers.flatMap((gathered) => (gathered ? [gathered] : []));
  const rows = regions.map((region, at): OfRegion => {
    const gathered = answers[at];
    if (!gathered) return { region, hasAnswered: false, customers: 0, values: {}, before: null, dataAsOf: null };
    const { totals, totalsBefore } = answerCompared(gathered, question, now);
    return {
      region,
      hasAnswered: true,
      customers: countTold(gathered.present, now),
      values: totals,
      before: totalsBefore,
      dataAsOf: gathered.present.visible.dataAsOf?.toISOString() ?? null,
    };
  });
  const presents = answered.map(({ present }) => present);
  return { regions: rows, ...totalsOf(answered, question, now), ...factsOf(presents, question) };
}

/** As if it were one region: sums are added before anything is divided. Users and calls are told apart within a region only. */
function totalsOf(answered: readonly Comparable[], question: MetricQuestion, now: Date): Omit<Compared, 'rows'> {
  const [first] = answered;
  if (!first) throw new Error('No region answered.');
  const earlier = answered.flatMap((one) => one.earlier ?? []);
  const all = {
    ...first,
    present: merged(answered.map(({ present }) => present)),
    earlier: earlier.length === 0 ? undefined : merged(earlier),
  };
  const { rows: _, ...totals } = answerCompared(all, question, now);
  return totals;
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
