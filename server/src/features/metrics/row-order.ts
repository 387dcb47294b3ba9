import type { MetricKey, MetricRow, MetricValue } from '@hub/contract/metrics';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';
import { collator, compareText } from './collator.ts';

export interface Order {
  sort: 'name' | MetricKey;
  sortBy: 'last' | 'change';
  order: 'asc' | 'desc';
}

/** `rankOf` tells the place of a row's name among all names where it is known, which spares comparing texts. */
export function inOrder(
  rows: readonly MetricRow[],
  order: Order,
  rankOf: (row: MetricRow) => number | undefined,
): MetricRow[] {
  const compare = comparing(order);
  return rows
    .map((row) => ({ row, name: row.name, key: row.key, value: sortedValue(row, order), rank: rankOf(row) }))
    .sort(compare)
    .map(({ row }) => row);
}

interface Sorted {
  name: string;
  key: string;
  value: MetricValue;
  rank?: number | undefined;
}

/** What a row is sorted by: its last value, or how much that is more than what it is compared with. */
function sortedValue({ values, before: compared }: MetricRow, { sort, sortBy }: Order): MetricValue {
  if (sort === 'name') return null;
  const last = values[sort]?.at(-1) ?? null;
  if (sortBy === 'last') return last;
  const before = compared?.[sort] ?? null;
  return typeof last === 'number' && typeof before === 'number' ? last - before : null;
}

function byName(a: Sorted, b: Sorted): number {
  if (a.rank !== undefined && b.rank !== undefined) return a.rank - b.rank;
  return collator.compare(a.name, b.name) || compareText(a.name, b.name) || compareText(a.key, b.key);
}

function comparing({ sort, order }: Order): (a: Sorted, b: Sorted) => number {
  const sign = order === 'desc' ? -1 : 1;
  if (sort === 'name') return (a, b) => sign * byName(a, b);
  return (a, b) => {
    if (a.value === null || b.value === null)
      return (a.value === null ? 1 : 0) - (b.value === null ? 1 : 0) || byName(a, b);
    const difference =
      typeof a.value === 'number' && typeof b.value === 'number'
        ? a.value - b.value
        : collator.compare(String(a.value), String(b.value));
    return sign * difference || byName(a, b);
  };
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

/** Names a row, so that the page after it survives an import between the two. */
export function cursorOf(row: MetricRow, order: Order): string {
  const cursor = [order.sort, order.sortBy, order.order, sortedValue(row, order), row.name, row.key];
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Throws cursor_invalid. */
export function placeAfter(rows: readonly MetricRow[], asked: Order, text: string): number {
  const [sort, sortBy, order, value, name, key] = readCursor(text);
  if (sort !== asked.sort || sortBy !== asked.sortBy || order !== asked.order) throw new HubError('cursor_invalid');
  const compare = comparing(asked);
  const last = { value, name, key };
  const at = rows.findIndex(
    (row) => compare({ name: row.name, key: row.key, value: sortedValue(row, asked) }, last) > 0,
  );
  return at < 0 ? rows.length : at;
}

function readCursor(text: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new HubError('cursor_invalid', {}, { cause });
  }
}
