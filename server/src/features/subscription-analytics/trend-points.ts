import type { TrendPoint } from '@hub/contract/subscription-analytics';
import { shareOf } from './lines.ts';
import type { Held } from './trend-queries.ts';
import type { TrendBucket } from './trend-window.ts';

/** A point of the trend from sums of all who are in it. Undefined, or no line: a gap. */
export function pointOf({ from, to, isOpen }: TrendBucket, held: Held | undefined): TrendPoint {
  const known = (lines: number | undefined, value: number | undefined): number | null =>
    (lines ?? 0) === 0 ? null : (value ?? 0);
  const compared = held?.compared_lines;
  const available = known(compared, held?.available);
  return {
    from,
    to,
    isOpen,
    ordered: known(held?.ordered_lines, held?.ordered),
    assigned: known(held?.assigned_lines, held?.assigned),
    used: known(held?.used_lines, held?.used),
    available,
    over: known(compared, held?.over),
    assignedShare: shareOf(known(compared, held?.assigned_of_ordered), held?.ordered_of_assigned ?? 0),
    usedShare: shareOf(known(held?.used_lines, held?.used_of_ordered), held?.ordered_of_used ?? 0),
    availableShare: shareOf(available, held?.ordered_of_assigned ?? 0),
    lines: held?.lines ?? 0,
    withoutAssigned: (held?.lines ?? 0) - (held?.assigned_lines ?? 0),
    withoutUse: (held?.lines ?? 0) - (held?.used_lines ?? 0),
    usedFromLegs: held?.leg_lines ?? 0,
  };
}
