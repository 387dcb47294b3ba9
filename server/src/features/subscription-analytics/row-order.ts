import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import type { RowGroup, RowSort } from '@hub/contract/subscription-analytics';
import type { Section } from '@hub/contract/subscription-metrics';
import { z } from 'zod';
import { availableOf, type Line, overOf, shareOf } from './lines.ts';
import { bandOf } from './low-assignment-rules.ts';
import { compareText, firstAfter } from './paging.ts';

export interface Ordering {
  section: Section;
  group: RowGroup;
  sort: RowSort;
  order: 'asc' | 'desc';
  /** Tells size bands. */
  rule: LowAssignmentRule;
  /** By key of a line, where it is asked what was used in three months. */
  months: ReadonlyMap<string, { used: number }> | undefined;
}

export interface GroupOfRows {
  key: string;
  /** Of a customer its name; the others are rendered from their key. */
  name: string;
  /** Groups stand in the order of these texts. */
  place: string;
}

/** The group of a line; undefined where nothing is grouped. */
export function groupOf(
  { contract, total }: Line,
  { group, rule }: Pick<Ordering, 'group' | 'rule'>,
): GroupOfRows | undefined {
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

const sortValue: Record<RowSort, (line: Line, ordering: Ordering) => Value> = {
  customer: ({ contract }) => contract.customer.name,
  reference: ({ contract }) => contract.reference,
  daysSinceAdded: (line) => line.daysSinceAdded,
  daysUntilExpiration: (line) => line.daysUntilEnd,
  daysUntilRenewal: (line) => line.daysUntilEnd,
  monthsSinceAdded: (line) => line.daysSinceAdded,
  monthsRemaining: (line) => line.daysUntilEnd,
  autoRenews: ({ contract }) => Number(contract.autoRenews),
  total: (line) => line.total,
  licenses: availableOf,
  assignedShare: ({ assigned, total }) => shareOf(assigned, total),
  usedShare: ({ used, total }) => shareOf(used, total),
  weeklyAssignmentChange: (line) => line.weeklyAssignmentChange,
  weeklyUsageChange: (line) => line.weeklyUsageChange,
  lastThreeMonthsUsage: ({ key }, { months }) => months?.get(key)?.used ?? null,
  usageWeeks: (line) => line.used,
  peerMedian: (line) => line.judgment?.median ?? null,
  assigned: (line) => line.assigned,
  used: (line) => line.used,
  available: availableOf,
  over: overOf,
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

function placed(line: Line, ordering: Ordering): Placed {
  const group = groupOf(line, ordering);
  return {
    place: group?.place ?? '',
    group: group?.key ?? '',
    value: sortValue[ordering.sort](line, ordering),
    name: line.contract.customer.name,
    reference: line.contract.reference,
    key: line.key,
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

/** All lines in their order; what places each is told once, not with every comparison. */
export function sortLines(lines: readonly Line[], ordering: Ordering): Line[] {
  const compare = comparePlaced(ordering.order);
  return lines
    .map((line) => ({ line, place: placed(line, ordering) }))
    .sort((a, b) => compare(a.place, b.place))
    .map(({ line }) => line);
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

/** One page of lines, which come in any order. The cursor is the last line's place, so that it survives an import between two pages. Throws cursor_invalid. */
export function pageOfLines(
  lines: readonly Line[],
  ordering: Ordering,
  { after, limit }: { after: string | undefined; limit: number },
): { page: Line[]; next: string | null } {
  const { section, group, sort, order } = ordering;
  const of = [section, group, sort, order].join(' ');
  return firstAfter(lines, {
    after,
    limit,
    schema: Place.refine((place) => place.of === of),
    placeOf: (line) => placed(line, ordering),
    cursorOf: (place) => ({ of, ...place }),
    compare: comparePlaced(order),
  });
}
