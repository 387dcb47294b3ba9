import { qualityPolicyVersion } from '@hub/contract/calling-policy';
import type { MetricFeed, MetricKey, MetricRow, MetricValue, MetricValues } from '@hub/contract/metrics';
import { metricOf } from '@hub/contract/metrics';
import type { RegionCode } from '@hub/contract/regions';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, requirePermission } from '../access/index.ts';
import { answerOf, onlyOf } from './answer.ts';
import { type Gathered, gather } from './gather.ts';
import type { MetricQuestion } from './metric-question.ts';

export interface TableQuestion extends MetricQuestion {
  region: RegionCode;
  sort: 'name' | MetricKey;
  sortBy: 'last' | 'change';
  order: 'asc' | 'desc';
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
  if (feed === 'licenses') return assignedToday.size === 0 && (byCustomer.get('licenses')?.length ?? 0) === 0;
  return (known.get(feed)?.size ?? 0) === 0;
}

/** All rows that match, in the asked order: screen, CSV and API ask this. */
export async function askTable(ctx: Ctx, question: TableQuestion, left?: AbortSignal) {
  requirePermission(ctx, 'calling_usage.read');
  const gathered = await gather(ctx, question.region, question, left);
  const part = fold((question.q ?? '').trim());
  const isMatching = ({ name }: { name: string }): boolean => part === '' || fold(name).includes(part);
  // Totals are of the customers that match; of parts of customers they stay those of everybody.
  const asked = question.by === 'customer' && part !== '' ? onlyOf(gathered, isMatching) : gathered;
  const { rows, totals } = answerOf(asked, question, ctx.clock.now());
  const matching = rows.filter(isMatching);
  return {
    rows: matching.sort(ordering(question)),
    totals: onlyAsked(totals, question.metrics),
    customers: gathered.customers,
    dataAsOf: gathered.visible.dataAsOf?.toISOString() ?? null,
    ...factsOf([gathered], question),
  };
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
const onlyAsked = (values: MetricValues, metrics: readonly MetricKey[]): MetricValues =>
  Object.fromEntries(metrics.flatMap((key) => (values[key] === undefined ? [] : [[key, values[key]]])));

type Sorted = Pick<MetricRow, 'name' | 'key'> & { value: MetricValue };

/** What a row is sorted by: its last value, or how much that is more than the one before. */
function sortedValue({ values }: MetricRow, { sort, sortBy }: TableQuestion): MetricValue {
  if (sort === 'name') return null;
  const [before, last] = [values[sort]?.at(-2) ?? null, values[sort]?.at(-1) ?? null];
  if (sortBy === 'last') return last;
  return typeof last === 'number' && typeof before === 'number' ? last - before : null;
}

// One collation for every language of the interface; digits in names count as numbers.
const collator = new Intl.Collator('und', { numeric: true, sensitivity: 'variant' });

function compareSorted({ sort, order }: TableQuestion): (a: Sorted, b: Sorted) => number {
  const sign = order === 'desc' ? -1 : 1;
  const byName = (a: Sorted, b: Sorted): number =>
    collator.compare(a.name, b.name) || compareText(a.name, b.name) || compareText(a.key, b.key);
  if (sort === 'name') return (a, b) => sign * byName(a, b);
  return (a, b) => {
    if (a.value === null || b.value === null)
      return (a.value === null ? 1 : 0) - (b.value === null ? 1 : 0) || byName(a, b);
    const order =
      typeof a.value === 'number' && typeof b.value === 'number'
        ? a.value - b.value
        : collator.compare(String(a.value), String(b.value));
    return sign * order || byName(a, b);
  };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const sortable = (row: MetricRow, question: TableQuestion): Sorted => ({ ...row, value: sortedValue(row, question) });

function ordering(question: TableQuestion): (a: MetricRow, b: MetricRow) => number {
  const compare = compareSorted(question);
  return (a, b) => compare(sortable(a, question), sortable(b, question));
}

/** What places the last row of a page: what it was sorted by, and the row's identity. */
const Cursor = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.union([z.number(), z.string(), z.null()]),
  z.string(),
  z.string(),
]);

function cursorOf(row: MetricRow, question: TableQuestion): string {
  const { sort, sortBy, order } = question;
  const cursor = [sort, sortBy, order, sortedValue(row, question), row.name, row.key];
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function placeAfter(rows: readonly MetricRow[], question: TableQuestion, text: string): number {
  const [sort, sortBy, order, value, name, key] = readCursor(text);
  if (sort !== question.sort || sortBy !== question.sortBy || order !== question.order)
    throw new HubError('cursor_invalid');
  const compare = compareSorted(question);
  const last = { value, name, key };
  const at = rows.findIndex((row) => compare(sortable(row, question), last) > 0);
  return at < 0 ? rows.length : at;
}

function readCursor(text: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new HubError('cursor_invalid', {}, { cause });
  }
}
