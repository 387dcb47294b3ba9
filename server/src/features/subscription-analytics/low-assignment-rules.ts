import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import type { Product } from '@hub/contract/products';

/** What is compared: a line, its age, and what is known of it. */
export interface Compared {
  product: Product;
  total: number;
  assigned: number | null;
  daysSinceAdded: number;
}

export interface Band {
  from: number;
  /** Null: and above. */
  to: number | null;
}

/** What a line's assignment was compared with. Shares in percent. */
export interface Judgment {
  band: Band;
  /** Peers, itself not counted. */
  peers: number;
  median: number;
  limit: number;
  by: 'peers' | 'fallback';
  isLow: boolean;
}

/** The place of the size band of so many licenses; -1: below the first, which counts as in it. */
function bandAt(total: number, sizeBands: readonly number[]): number {
  let at = sizeBands.length - 1;
  while (at >= 0 && total < (sizeBands[at] ?? 0)) at--;
  return at;
}

/** The size band of so many licenses; 0 licenses are in the first. */
export function bandOf(total: number, { sizeBands }: LowAssignmentRule): Band {
  const at = bandAt(total, sizeBands);
  const next = sizeBands[at + 1];
  return { from: at < 0 ? 1 : (sizeBands[at] ?? 1), to: next === undefined ? null : next - 1 };
}

/** As PERCENTILE.INC of spreadsheets: between two values in proportion. `sorted` rises and has at least one value. */
export function percentileOf(sorted: ArrayLike<number>, percent: number): number {
  const place = ((sorted.length - 1) * percent) / 100;
  const lower = sorted[Math.floor(place)] ?? 0;
  const upper = sorted[Math.ceil(place)] ?? lower;
  return lower + (upper - lower) * (place - Math.floor(place));
}

interface Group {
  shares: number[];
  /** What lines are told that are low, and that are not: the same for each, so that many lines have few of them. */
  told: { isLow: Judgment; isNot: Judgment } | undefined;
}

const shareOf = ({ total, assigned }: Compared): number | undefined =>
  assigned === null || total === 0 ? undefined : (100 * assigned) / total;

/**
 * By place, how each line stands among its peers: lines of its product and size band whose assignment is known (docs/metrics.md#rule-of-low-assignment).
 * Undefined where nothing can be compared: assignment is not known, or there is no license.
 */
export function judge(lines: readonly Compared[], rule: LowAssignmentRule): (Judgment | undefined)[] {
  const groups = new Map<Product, (Group | undefined)[]>();
  const { sizeBands } = rule;
  const groupOf = new Array<Group | undefined>(lines.length);
  for (const [at, line] of lines.entries()) {
    const share = shareOf(line);
    if (share === undefined) continue;
    let ofProduct = groups.get(line.product);
    if (ofProduct === undefined) groups.set(line.product, (ofProduct = []));
    const group = (ofProduct[bandAt(line.total, sizeBands) + 1] ??= { shares: [], told: undefined });
    group.shares.push(share);
    groupOf[at] = group;
  }
  return lines.map((line, at) => {
    const group = groupOf[at];
    const share = shareOf(line);
    if (share === undefined || group === undefined) return undefined;
    group.told ??= measured(group, bandOf(line.total, rule), rule);
    const { isLow, isNot } = group.told;
    const isOld = line.daysSinceAdded >= rule.minimumAgeDays;
    const isFew =
      isLow.by === 'peers' ? share <= isLow.limit && share < rule.belowPercent : share < rule.fallbackBelowPercent;
    return isOld && isFew ? isLow : isNot;
  });
}

function measured({ shares }: Group, band: Band, rule: LowAssignmentRule): NonNullable<Group['told']> {
  const sorted = Float64Array.from(shares).sort();
  const peers = sorted.length - 1;
  const by = peers >= rule.minimumPeers ? 'peers' : 'fallback';
  const figures = {
    band,
    median: percentileOf(sorted, 50),
    limit: percentileOf(sorted, rule.percentile),
    peers,
    by,
  } as const;
  return { isLow: { ...figures, isLow: true }, isNot: { ...figures, isLow: false } };
}
