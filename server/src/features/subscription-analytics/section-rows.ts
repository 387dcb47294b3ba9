import type { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import type { RowGroup, RowSort, RowSums, SubscriptionRow } from '@hub/contract/subscription-analytics';
import { type Section, sectionColumns } from '@hub/contract/subscription-metrics';
import { type Ctx, requirePermission } from '../access/index.ts';
import { availableOf, type Line, monthsRemaining, monthsSinceAdded, overOf, shareOf } from './lines.ts';
import { type RegionLines, regionLines } from './region-lines.ts';
import type { Ordering } from './row-order.ts';
import { isIn } from './sections.ts';
import { linesOfProduct, toldOnce } from './told-once.ts';
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

export interface SectionTable {
  /** Those that match, in no order. */
  lines: readonly Line[];
  ordering: Ordering;
  answer: RegionLines;
  /** By key of a line; undefined where it was not asked. */
  months: ReadonlyMap<string, ThreeMonths> | undefined;
}

/** The lines of a section that match: page and CSV ask this. */
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
  const isShown = (sectionColumns[section] as readonly string[]).includes('lastThreeMonthsUsage');
  const inSection = toldOnce(own, section, () => own.filter(isIn[section]));
  const isNarrowed = part !== '' || kind !== undefined;
  const lines = isNarrowed ? inSection.filter((line) => isAsked(line, { kind, part })) : inSection;
  const asksMonths = (isWhole && isShown) || sort === 'lastThreeMonthsUsage';
  const months = asksMonths ? await lastThreeMonths(ctx, answer.question, lines) : undefined;
  return { lines, ordering: { section, group, sort, order, rule: answer.rule, months }, answer, months };
}

const isAsked = ({ contract }: Line, { kind, part }: { kind: SectionQuestion['kind']; part: string }): boolean =>
  (kind === undefined || contract.kind === kind) &&
  (part === '' || fold(contract.customer.name).includes(part) || fold(contract.reference).includes(part));

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

const monthsOf = (
  months: ThreeMonths | undefined,
): Pick<SubscriptionRow, 'lastThreeMonthsUsage' | 'lastThreeMonthsFrom'> => ({
  lastThreeMonthsUsage: months?.used ?? null,
  lastThreeMonthsFrom: months?.from ?? null,
});

/** Of lines together. What a line does not know is in no sum of it; null where none knows. */
export const sumsOf = (lines: readonly Line[]): RowSums => toldOnce(lines, 'sums', () => addUp(lines));

function addUp(lines: readonly Line[]): RowSums {
  const sums = { total: 0, assigned: 0, used: 0, available: 0, over: 0, totalOfAssigned: 0, totalOfUsed: 0 };
  const customers = new Set<string>();
  let [areAssigned, areUsed] = [false, false];
  for (const line of lines) {
    const { total, assigned, used } = line;
    customers.add(line.contract.customer.id);
    sums.total += total;
    if (assigned !== null) {
      areAssigned = true;
      sums.assigned += assigned;
      sums.totalOfAssigned += total;
      sums.available += availableOf(line) ?? 0;
      sums.over += overOf(line) ?? 0;
    }
    if (used === null) continue;
    areUsed = true;
    sums.used += used;
    sums.totalOfUsed += total;
  }
  const assigned = areAssigned ? sums.assigned : null;
  const used = areUsed ? sums.used : null;
  return {
    rows: lines.length,
    customers: customers.size,
    total: sums.total,
    assigned,
    used,
    available: areAssigned ? sums.available : null,
    over: areAssigned ? sums.over : null,
    assignedShare: shareOf(assigned, sums.totalOfAssigned),
    usedShare: shareOf(used, sums.totalOfUsed),
  };
}
