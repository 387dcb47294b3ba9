import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import type { RowGroup, RowSort, SubscriptionRow } from '@hub/contract/subscription-analytics';
import type { Section } from '@hub/contract/subscription-metrics';
import { z } from 'zod';
import type { Line } from './lines.ts';
import { bandOf } from './low-assignment-rules.ts';
import { compareText, pageOf } from './paging.ts';

export interface Ordering {
  section: Section;
  group: RowGroup;
  sort: RowSort;
  order: 'asc' | 'desc';
}

export interface GroupOfRows {
  key: string;
  /** Of a customer its name; the others are rendered from their key. */
  name: string;
  /** Groups stand in the order of these texts. */
  place: string;
}

/** The group of a line; undefined where nothing is grouped. */
export function groupOf({ contract, total }: Line, group: RowGroup, rule: LowAssignmentRule): GroupOfRows | undefined {
  if (group === 'none') return undefined;
  if (group === 'customer')
    return { key: contract.customer.id, name: contract.customer.name, place: contract.customer.name };
  if (group === 'kind') return named(contract.kind);
  if (group === 'end') return { ...named(contract.endsOn?.slice(0, 7) ?? ''), place: contract.endsOn ?? '~' };
  const { from, to } = bandOf(total, rule);
  return { ...named(`${from}-${to ?? ''}`), place: String(from).padStart(9, '0') };
}

const named = (key: string): GroupOfRows => ({ key, name: key, place: key });

type Value = number | string | null;

const sortValue: Record<RowSort, (row: SubscriptionRow) => Value> = {
  customer: ({ customerName }) => customerName,
  reference: ({ reference }) => reference,
  daysSinceAdded: (row) => row.daysSinceAdded,
  daysUntilExpiration: (row) => row.daysUntilEnd,
  daysUntilRenewal: (row) => row.daysUntilEnd,
  monthsSinceAdded: (row) => row.daysSinceAdded,
  monthsRemaining: (row) => row.daysUntilEnd,
  autoRenews: (row) => Number(row.autoRenews),
  total: (row) => row.total,
  licenses: (row) => row.available,
  assignedShare: (row) => row.assignedShare,
  usedShare: (row) => row.usedShare,
  weeklyAssignmentChange: (row) => row.weeklyAssignmentChange,
  weeklyUsageChange: (row) => row.weeklyUsageChange,
  lastThreeMonthsUsage: (row) => row.lastThreeMonthsUsage,
  usageWeeks: (row) => row.used,
  peerMedian: (row) => row.peers?.median ?? null,
  assigned: (row) => row.assigned,
  used: (row) => row.used,
  available: (row) => row.available,
  over: (row) => row.over,
};

/** What places a row. */
interface Placed {
  place: string;
  group: string;
  value: Value;
  name: string;
  reference: string;
  key: string;
}

function placed(row: SubscriptionRow, { sort }: Ordering, groups: ReadonlyMap<string, GroupOfRows>): Placed {
  return {
    place: groups.get(row.group ?? '')?.place ?? '',
    group: row.group ?? '',
    value: sortValue[sort](row),
    name: row.customerName,
    reference: row.reference,
    key: row.key,
  };
}

function comparePlaced(order: 'asc' | 'desc'): (a: Placed, b: Placed) => number {
  const sign = order === 'desc' ? -1 : 1;
  return (a, b) =>
    compareText(a.place, b.place) ||
    compareText(a.group, b.group) ||
    compareValue(a.value, b.value, sign) ||
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
export function sortRows<Row extends SubscriptionRow>(
  rows: readonly Row[],
  ordering: Ordering,
  groups: ReadonlyMap<string, GroupOfRows>,
): Row[] {
  const compare = comparePlaced(ordering.order);
  return rows
    .map((row) => ({ row, place: placed(row, ordering, groups) }))
    .sort((a, b) => compare(a.place, b.place))
    .map(({ row }) => row);
}

const Place = z.object({
  /** Section, group, sort and order of the question. */
  of: z.string(),
  place: z.string(),
  group: z.string(),
  value: z.union([z.number(), z.string(), z.null()]),
  name: z.string(),
  reference: z.string(),
  key: z.string(),
});

/** One page of rows in their order. The cursor is the last row itself, so that it survives an import between two pages. Throws cursor_invalid. */
export function pageOfRows<Row extends SubscriptionRow>(
  rows: readonly Row[],
  { ordering, groups }: { ordering: Ordering; groups: ReadonlyMap<string, GroupOfRows> },
  { after, limit }: { after: string | undefined; limit: number },
): { page: Row[]; next: string | null } {
  const { section, group, sort, order } = ordering;
  const of = [section, group, sort, order].join(' ');
  const compare = comparePlaced(order);
  return pageOf(rows, {
    after,
    limit,
    schema: Place.refine((place) => place.of === of),
    placeOf: (row) => ({ of, ...placed(row, ordering, groups) }),
    compare,
  });
}
