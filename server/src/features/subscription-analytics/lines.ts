import type { Product } from '@hub/contract/products';
import type { LineState } from './license-state-queries.ts';
import type { Judgment } from './low-assignment-rules.ts';
import { monthsBetween, type RunningContract } from './running-contracts.ts';

/** A product of a subscription or trial that runs today, with what is known of its licenses. Null: not known. */
export interface Line {
  /** Its place among all, which orders rows that are equal otherwise. */
  key: string;
  contract: RunningContract;
  product: Product;
  daysSinceAdded: number;
  /** Until it ends or renews. */
  daysUntilEnd: number | null;
  total: number;
  isTotalFromSnapshot: boolean;
  asOf: string | null;
  assigned: number | null;
  used: number | null;
  usedFrom: 'feed' | 'call_legs' | null;
  usedIn90Days: number | null;
  weeklyAssignmentChange: number | null;
  weeklyUsageChange: number | null;
  judgment: Judgment | undefined;
}

/** People with a call leg in the seven days that end today, and in the seven before. */
export interface LegUse {
  now: number;
  before: number;
}

/** A line as of the day on which its contract runs. `legUse` stands in for use that the feed does not tell; undefined: there is nothing that could. */
export function lineOf(
  contract: RunningContract,
  { product, ordered }: { product: Product; ordered: number },
  { state, legUse }: { state: LineState | undefined; legUse: LegUse | undefined },
): Line {
  const { daysSinceAdded, daysUntilEnd } = contract;
  const isFromLegs = state !== undefined && state.used === null && legUse !== undefined;
  const used = isFromLegs ? legUse.now : (state?.used ?? null);
  const isYoung = daysSinceAdded < 7;
  const usedBefore = isFromLegs ? legUse.before : (state?.before?.used ?? null);
  return {
    key: `${contract.id} ${product}`,
    contract,
    product,
    daysSinceAdded,
    daysUntilEnd,
    total: state?.total ?? ordered,
    isTotalFromSnapshot: state !== undefined && state.total !== null,
    asOf: state?.asOf ?? null,
    assigned: state?.assigned ?? null,
    used,
    usedFrom: used === null ? null : isFromLegs ? 'call_legs' : 'feed',
    usedIn90Days: state?.usedIn90Days ?? null,
    weeklyAssignmentChange: change(state?.assigned ?? null, isYoung ? 0 : (state?.before?.assigned ?? null)),
    weeklyUsageChange: change(used, isYoung ? 0 : usedBefore),
    judgment: undefined,
  };
}

const change = (now: number | null, before: number | null): number | null =>
  now === null || before === null ? null : now - before;

export const availableOf = ({ total, assigned }: Pick<Line, 'total' | 'assigned'>): number | null =>
  assigned === null ? null : Math.max(0, total - assigned);
export const overOf = ({ total, assigned }: Pick<Line, 'total' | 'assigned'>): number | null =>
  assigned === null ? null : Math.max(0, assigned - total);
export const shareOf = (part: number | null, total: number): number | null =>
  part === null || total === 0 ? null : (100 * part) / total;

export const monthsSinceAdded = ({ contract }: Line, day: string): number => monthsBetween(contract.addedOn, day);
export const monthsRemaining = ({ contract }: Line, day: string): number | null =>
  contract.endsOn === null ? null : monthsBetween(day, contract.endsOn);
