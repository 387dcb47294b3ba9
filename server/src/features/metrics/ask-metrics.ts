import { qualityPolicyVersion } from '@hub/contract/calling-policy';
import type { MetricFeed, MetricKey } from '@hub/contract/metrics';
import { metricOf } from '@hub/contract/metrics';
import type { RegionCode } from '@hub/contract/regions';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { type Ctx, requirePermission } from '../access/index.ts';
import { onlyOf } from './answer.ts';
import { AnswerMemory } from './answer-memory.ts';
import { answerCompared, type Compared, gatherCompared } from './compared.ts';
import { comparedWith } from './comparison.ts';
import { type Gathered, keyOf, type Prepared, prepare } from './gather.ts';
import type { MetricQuestion } from './metric-question.ts';
import { cursorOf, inOrder, type Order, placeAfter } from './row-order.ts';

export interface TableQuestion extends MetricQuestion, Order {
  region: RegionCode;
  q?: string | undefined;
}

/** What is said of every answer beside its rows. */
export function factsOf(gathered: readonly Gathered[], { metrics }: MetricQuestion) {
  const [first] = gathered;
  if (!first) throw new Error('Nothing was gathered.');
  const feeds = new Set(metrics.map((key) => metricOf(key).feed));
  return {
    buckets: first.window.labels,
    areOpen: first.window.areOpen,
    policy: first.policy,
    policyVersion: qualityPolicyVersion,
    bands: first.bands,
    missingFeeds: [...feeds].filter((feed) => gathered.every((one) => isMissing(one, feed))),
  };
}

function isMissing({ known, byCustomer, assignedToday }: Gathered, feed: MetricFeed): boolean {
  if (feed === 'licenses')
    return (
      assignedToday.values().every((assigned) => assigned === null) && (byCustomer.get('licenses')?.length ?? 0) === 0
    );
  return (known.get(feed)?.size ?? 0) === 0;
}

/** All rows that match, in the asked order: screen, CSV and API ask this. */
export async function askTable(ctx: Ctx, question: TableQuestion, left?: AbortSignal) {
  requirePermission(ctx, 'calling_usage.read');
  const prepared = await prepare(ctx, question.region, question);
  const { rows, ...rest } = await answerTo(ctx, prepared, question, left);
  const ranks = new Map(question.by === 'customer' ? prepared.told.names.map(({ id, rank }) => [id, rank]) : []);
  return {
    ...rest,
    rows: inOrder(rows, question, ({ customerId }) => (customerId === null ? undefined : ranks.get(customerId))),
    dataAsOf: prepared.told.visible.dataAsOf?.toISOString() ?? null,
  };
}

interface TableAnswer extends Compared, ReturnType<typeof factsOf> {
  customers: Gathered['customers'];
}

// Numbers of a region, some 16 bytes each: 130 MB.
const rememberedNumbers = 8_000_000;
const memories = new WeakMap<RegionalStore, AnswerMemory<TableAnswer>>();

/** As it was answered before, while nothing that it hangs on has changed. */
async function answerTo(
  ctx: Ctx,
  prepared: Prepared,
  question: TableQuestion,
  left: AbortSignal | undefined,
): Promise<TableAnswer> {
  const now = ctx.clock.now();
  const part = fold((question.q ?? '').trim());
  const memory = memories.get(prepared.store) ?? new AnswerMemory(rememberedNumbers);
  memories.set(prepared.store, memory);
  const { at, ...days } = comparedWith(question, prepared.window) ?? {};
  const key = `${keyOf(prepared, now)} ${JSON.stringify([at, days])} ${part}`;
  const known = memory.find(key);
  if (known) return known;
  const { partnerId } = ctx.actor;
  const gathered = await gatherCompared(prepared, { partnerId, now, sortBy: question.sortBy }, left);
  const isMatching = ({ name }: { name: string }): boolean => part === '' || fold(name).includes(part);
  // Totals are of the customers that match; of parts of customers they stay those of everybody.
  const isNarrowed = question.by === 'customer' && part !== '';
  const narrowed = (told: Gathered): Gathered => (isNarrowed ? onlyOf(told, isMatching) : told);
  const { present, earlier } = gathered;
  const asked = { ...gathered, present: narrowed(present), earlier: earlier && narrowed(earlier) };
  const { rows, totals, totalsBefore, ...rest } = answerCompared(asked, question, now);
  const answer = {
    ...rest,
    rows: rows.filter(isMatching),
    totals: onlyAsked(totals, question.metrics),
    totalsBefore: totalsBefore && onlyAsked(totalsBefore, question.metrics),
    customers: present.customers,
    ...factsOf([present], question),
  };
  const ofRow = 24 + question.metrics.length * (9 + answer.buckets.length);
  memory.keep(key, answer, key.length / 8 + 16 * answer.customers.size + ofRow * (1 + answer.rows.length));
  return answer;
}

/** One page of the rows. The cursor is the last row itself, so that it survives an import between two pages. */
export async function askMetrics(
  ctx: Ctx,
  question: TableQuestion & { after?: string | undefined; limit: number },
  left?: AbortSignal,
) {
  requirePermission(ctx, 'calling_usage.read');
  const { rows, customers: _, ...rest } = await askTable(ctx, question, left);
  const begin = question.after === undefined ? 0 : placeAfter(rows, question, question.after);
  const page = rows.slice(begin, begin + question.limit);
  const last = page.at(-1);
  return {
    ...rest,
    rows: page,
    count: rows.length,
    next: last && begin + question.limit < rows.length ? cursorOf(last, question) : null,
  };
}

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('und');
const onlyAsked = <Value>(
  values: Partial<Record<MetricKey, Value>>,
  metrics: readonly MetricKey[],
): Partial<Record<MetricKey, Value>> =>
  Object.fromEntries(metrics.flatMap((key) => (values[key] === undefined ? [] : [[key, values[key]]])));
