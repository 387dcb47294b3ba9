import { setTimeout as sleep } from 'node:timers/promises';
import type { MetricValues } from '@hub/contract/metrics';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, requirePermission } from '../access/index.ts';
import { answerOf } from './answer.ts';
import { factsOf } from './ask-metrics.ts';
import { type Gathered, gather, prepare } from './gather.ts';
import type { MetricQuestion } from './metric-question.ts';

/** A region has so long to answer when all are asked. */
const patienceMilliseconds = 3000;

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
  const answers = await Promise.all(regions.map((region) => answerWithin(ctx, region, question, left)));
  const answered = answers.flatMap((gathered) => (gathered ? [gathered] : []));
  const now = ctx.clock.now();
  const rows = regions.map((region, at): OfRegion => {
    const gathered = answers[at];
    if (!gathered) return { region, hasAnswered: false, customers: 0, values: {}, dataAsOf: null };
    return {
      region,
      hasAnswered: true,
      customers: gathered.customers.size,
      values: answerOf(gathered, question, now).totals,
      dataAsOf: gathered.visible.dataAsOf?.toISOString() ?? null,
    };
  });
  if (answered.length === 0) throw new HubError('region_unavailable', { region: regions.join(', ') });
  return { regions: rows, totals: totalOf(answered, question, now), ...factsOf(answered, question) };
}

/** Undefined: the region's store does not answer, or not in time. */
async function answerWithin(
  ctx: Ctx,
  region: RegionCode,
  question: MetricQuestion,
  left: AbortSignal | undefined,
): Promise<Gathered | undefined> {
  const patience = new AbortController();
  const late = sleep(patienceMilliseconds, 'late' as const, { signal: patience.signal }).catch(() => 'late' as const);
  try {
    const answer = await Promise.race([gathering(ctx, region, question, left), late]);
    if (answer !== 'late') return answer;
    ctx.log.warn({ region, trackingId: ctx.trackingId }, 'a region answered too late');
    return undefined;
  } catch (error) {
    // Anything but the store's own fault is no region's silence and fails the question.
    if (!(error instanceof StoreFault)) throw error;
    ctx.log.warn({ err: error, region, trackingId: ctx.trackingId }, 'a region did not answer');
    return undefined;
  } finally {
    patience.abort();
  }
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
      assignedToday: new Map([...sum.assignedToday, ...one.assignedToday]),
    }),
    first,
  );
}

const joined = <Key, Row>(
  one: ReadonlyMap<Key, readonly Row[]>,
  other: ReadonlyMap<Key, readonly Row[]>,
): Map<Key, readonly Row[]> => new Map([...one].map(([key, rows]) => [key, [...rows, ...(other.get(key) ?? [])]]));
