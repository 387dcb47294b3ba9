import type { ReconciliationRow, ReconciliationSort } from '@hub/contract/reconciliation';
import { findings } from '@hub/contract/reconciliation-rules';
import { z } from 'zod';
import { compareText, pageOf } from '../subscription-analytics/index.ts';

export interface Ordering {
  sort: ReconciliationSort;
  order: 'asc' | 'desc';
}

type Value = number | string | null;

const sizeOf = ({ money }: ReconciliationRow): Value => (money === null ? null : -Math.abs(Number(money.amount)));

/** What comes first, and what decides between equals. Amounts are numbers here for their order only. */
const sortValues: Record<ReconciliationSort, (row: ReconciliationRow) => [Value, Value, Value?]> = {
  customer: ({ customerName }) => [customerName, null],
  reference: ({ reference }) => [reference, null],
  product: ({ product }) => [product, null],
  finding: (row) => [findings.indexOf(row.finding), row.money?.currency ?? null, sizeOf(row)],
  bought: ({ bought }) => [bought, null],
  assigned: ({ assigned }) => [assigned, null],
  billed: ({ billed }) => [billed, null],
  unitPrice: ({ unitPrice }) => ofMoney(unitPrice),
  billedLessBought: (row) => [row.billedLessBought, null],
  assignedLessBought: (row) => [row.assignedLessBought, null],
  billedLessAssigned: (row) => [row.billedLessAssigned, null],
  money: ({ money }) => ofMoney(money),
};

/** Currencies are not compared: each has its rows together. */
const ofMoney = (money: ReconciliationRow['money']): [Value, Value] =>
  money === null ? [null, null] : [money.currency, Number(money.amount)];

interface Placed {
  first: Value;
  second: Value;
  third: Value;
  name: string;
  reference: string;
  key: string;
}

function placed(row: ReconciliationRow, { sort }: Ordering): Placed {
  const [first, second, third = null] = sortValues[sort](row);
  return { first, second, third, name: row.customerName, reference: row.reference, key: row.key };
}

function comparePlaced({ sort, order }: Ordering): (a: Placed, b: Placed) => number {
  const sign = order === 'desc' ? -1 : 1;
  const isMoney = sort === 'money' || sort === 'unitPrice';
  return (a, b) =>
    compareValue(a.first, b.first, isMoney ? 1 : sign) ||
    compareValue(a.second, b.second, isMoney ? sign : 1) ||
    compareValue(a.third, b.third, 1) ||
    compareText(a.name, b.name) ||
    compareText(a.reference, b.reference) ||
    (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/** Rows without a value come last, whatever the order. */
function compareValue(a: Value, b: Value, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b)));
}

/** The rows in their order; what places each is told once, not with every comparison. */
export function sortRows(rows: readonly ReconciliationRow[], ordering: Ordering): ReconciliationRow[] {
  const compare = comparePlaced(ordering);
  return rows
    .map((row) => ({ row, place: placed(row, ordering) }))
    .sort((a, b) => compare(a.place, b.place))
    .map(({ row }) => row);
}

const SortValue = z.union([z.number(), z.string(), z.null()]);
const Place = z.object({
  /** Sort and order of the question. */
  of: z.string(),
  first: SortValue,
  second: SortValue,
  third: SortValue,
  name: z.string(),
  reference: z.string(),
  key: z.string(),
});

/** One page of rows in their order. The cursor is the last row itself, so that it survives an import between two pages. Throws cursor_invalid. */
export function pageOfRows(
  rows: readonly ReconciliationRow[],
  ordering: Ordering,
  { after, limit }: { after: string | undefined; limit: number },
): { page: ReconciliationRow[]; next: string | null } {
  const of = `${ordering.sort} ${ordering.order}`;
  return pageOf(rows, {
    after,
    limit,
    schema: Place.refine((place) => place.of === of),
    placeOf: (row) => ({ of, ...placed(row, ordering) }),
    compare: comparePlaced(ordering),
  });
}
