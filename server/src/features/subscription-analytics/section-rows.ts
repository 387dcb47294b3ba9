import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import type { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import type { RowGroup, RowSort, RowSums, SubscriptionRow } from '@hub/contract/subscription-analytics';
import { type Section, sectionColumns } from '@hub/contract/subscription-metrics';
import { type Ctx, requirePermission } from '../access/index.ts';
import { availableOf, type Line, monthsRemaining, monthsSinceAdded, overOf, shareOf } from './lines.ts';
import { type RegionLines, regionLines } from './region-lines.ts';
import { sortRows, type GroupOfRows, groupOf, type Ordering } from './row-order.ts';
import { isIn } from './sections.ts';
import { linesOfProduct, toldLately, toldOnce } from './told-once.ts';
import { lastThreeMonths, type ThreeMonths } from './use-over-time.ts';

export interface SectionQuestion {
  region: RegionCode;
  section: Section;
  product: Product;
  filter?: string | undefined;
  kind?: 'subscription' | 'trial' | undefined;
  q?: string | undefined;
  group: RowGroup;
  sort?: RowSort | undefined;
  order?: 'asc' | 'desc' | undefined;
}

/** What a section asks first. */
const firstOrder: Record<Section, { sort: RowSort; order: 'asc' | 'desc' }> = {
  recently_added: { sort: 'daysSinceAdded', order: 'asc' },
  expiring: { sort: 'daysUntilExpiration', order: 'asc' },
  renewing: { sort: 'daysUntilRenewal', order: 'asc' },
  low_assignment: { sort: 'assignedShare', order: 'asc' },
  over_limit: { sort: 'over', order: 'desc' },
};

export interface SectionRow extends SubscriptionRow {
  line: Line;
}

export interface SectionTable {
  /** In their order. */
  rows: readonly SectionRow[];
  groups: ReadonlyMap<string, GroupOfRows>;
  ordering: Ordering;
  answer: RegionLines;
  /** Whether the use of the last three months is filled in. */
  hasThreeMonths: boolean;
}

/** All rows of a section that match, in their order: page and CSV ask this. */
export async function sectionTable(
  ctx: Ctx,
  question: SectionQuestion,
  { isWhole, left }: { isWhole: boolean; left: AbortSignal | undefined },
): Promise<SectionTable> {
  requirePermission(ctx, 'subscriptions.read');
  const { region, section, product, filter, kind, group } = question;
  const answer = await regionLines(ctx, region, filter, left);
  const part = fold((question.q ?? '').trim());
  const own = linesOfProduct(answer.lines, product);
  const sort = question.sort ?? firstOrder[section].sort;
  const order = question.order ?? (question.sort === undefined ? firstOrder[section].order : 'asc');
  const ordering: Ordering = { section, group, sort, order };
  const isShown = (sectionColumns[section] as readonly string[]).includes('lastThreeMonthsUsage');
  const hasThreeMonths = (isWhole && isShown) || sort === 'lastThreeMonthsUsage';
  const inSection = toldOnce(own, section, () => own.filter(isIn[section]));
  const lines = inSection.filter(
    ({ contract }) =>
      (kind === undefined || contract.kind === kind) &&
      (part === '' || fold(contract.customer.name).includes(part) || fold(contract.reference).includes(part)),
  );
  const months = hasThreeMonths ? await lastThreeMonths(ctx, answer.question, lines) : undefined;
  const isAll = part === '' && kind === undefined && months === undefined;
  const rows = (): SectionRow[] => lines.map((line) => ({ ...rowOf(line, answer.day, months?.get(line.key)), line }));
  const tell = () => inOrder(isAll ? toldOnce(own, `rows of ${section}`, rows) : rows(), ordering, answer.rule);
  const told = isAll ? toldLately(own, JSON.stringify(ordering), tell) : tell();
  return { ...told, ordering, answer, hasThreeMonths };
}

function inOrder(
  rows: readonly SectionRow[],
  ordering: Ordering,
  rule: LowAssignmentRule,
): Pick<SectionTable, 'rows' | 'groups'> {
  const groups = new Map<string, GroupOfRows>();
  if (ordering.group === 'none') return { rows: sortRows(rows, ordering, groups), groups };
  const grouped = rows.map((row): SectionRow => {
    const own = groupOf(row.line, ordering.group, rule);
    if (own !== undefined) groups.set(own.key, own);
    return { ...row, group: own?.key ?? null };
  });
  return { rows: sortRows(grouped, ordering, groups), groups };
}

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('und');

export function rowOf(line: Line, day: string, months: ThreeMonths | undefined): SubscriptionRow {
  const { contract, judgment, total, assigned, used } = line;
  return {
    key: line.key,
    group: null,
    // Branded when they were written.
    customerId: contract.customer.id as SubscriptionRow['customerId'],
    customerName: contract.customer.name,
    kind: contract.kind,
    contractId: contract.id,
    reference: contract.reference,
    product: line.product,
    addedOn: contract.addedOn,
    isAddedByOrder: contract.isAddedByOrder,
    endsOn: contract.endsOn,
    autoRenews: contract.autoRenews,
    daysSinceAdded: line.daysSinceAdded,
    monthsSinceAdded: monthsSinceAdded(line, day),
    daysUntilEnd: line.daysUntilEnd,
    monthsRemaining: monthsRemaining(line, day),
    total,
    isTotalFromSnapshot: line.isTotalFromSnapshot,
    asOf: line.asOf,
    assigned,
    used,
    usedFrom: line.usedFrom,
    available: availableOf(line),
    over: overOf(line),
    assignedShare: shareOf(assigned, total),
    usedShare: shareOf(used, total),
    weeklyAssignmentChange: line.weeklyAssignmentChange,
    weeklyUsageChange: line.weeklyUsageChange,
    ...monthsOf(months),
    usageWeeks: [],
    peers: judgment
      ? {
          from: judgment.band.from,
          to: judgment.band.to,
          count: judgment.peers,
          median: judgment.median,
          limit: judgment.limit,
          by: judgment.by,
          isLow: judgment.isLow,
        }
      : null,
  };
}

export const monthsOf = (
  months: ThreeMonths | undefined,
): Pick<SubscriptionRow, 'lastThreeMonthsUsage' | 'lastThreeMonthsFrom'> => ({
  lastThreeMonthsUsage: months?.used ?? null,
  lastThreeMonthsFrom: months?.from ?? null,
});

/** Of rows together. What a row does not know is in no sum of it; null where none knows. */
export function sumsOf(rows: readonly SubscriptionRow[]): RowSums {
  const assigned = rows.filter((row) => row.assigned !== null);
  const used = rows.filter((row) => row.used !== null);
  const sum = (of: readonly SubscriptionRow[], key: 'total' | 'assigned' | 'used' | 'available' | 'over'): number =>
    of.reduce((total, row) => total + (row[key] ?? 0), 0);
  const known = (of: readonly SubscriptionRow[], key: Parameters<typeof sum>[1]): number | null =>
    of.length === 0 ? null : sum(of, key);
  return {
    rows: rows.length,
    customers: new Set(rows.map(({ customerId }) => customerId)).size,
    total: sum(rows, 'total'),
    assigned: known(assigned, 'assigned'),
    used: known(used, 'used'),
    available: known(assigned, 'available'),
    over: known(assigned, 'over'),
    assignedShare: shareOf(known(assigned, 'assigned'), sum(assigned, 'total')),
    usedShare: shareOf(known(used, 'used'), sum(used, 'total')),
  };
}
