import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import type { Product } from '@hub/contract/products';

/** What is compared: a line, its age, and what is known of it. */
export interface Compared {
  product: Product;
  total: number;
  assigned: number | null;
  ageDays: number;
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

/** The size band of so many licenses; 0 licenses are in the first. */
export function bandOf(total: number, { sizeBands }: LowAssignmentRule): Band {
  const at = sizeBands.findLastIndex((from) => total >= from);
  const next = sizeBands[at + 1];
  return { from: at < 0 ? 1 : (sizeBands[at] ?? 1), to: next === undefined ? null : next - 1 };
}

/** As PERCENTILE.INC of spreadsheets: between two values in proportion. `sorted` rises and has at least one value. */
export function percentileOf(sorted: readonly number[], percent: number): number {
  const place = ((sorted.length - 1) * percent) / 100;
  const lower = sorted[Math.floor(place)] ?? 0;
  const upper = sorted[Math.ceil(place)] ?? lower;
  return lower + (upper - lower) * (place - Math.floor(place));
}

/**
 * By place, how each line stands among its peers: lines of its product and size band whose assignment is known (docs/metrics.md#rule-of-low-assignment).
 * Undefined where nothing can be compared: assignment is not known, or there is no license.
 */
export function judge(lines: readonly Compared[], rule: LowAssignmentRule): (Judgment | undefined)[] {
  const shares = lines.map(({ total, assigned }) =>
    assigned === null || total === 0 ? undefined : (100 * assigned) / total,
  );
  const groups = new Map<Product, Map<number, number[]>>();
  for (const [at, { product, total }] of lines.entries()) {
    const share = shares[at];
    if (share === undefined) continue;
    const ofProduct = groups.get(product) ?? new Map<number, number[]>();
    groups.set(product, ofProduct);
    const { from } = bandOf(total, rule);
    const known = ofProduct.get(from);
    if (known) known.push(share);
    else ofProduct.set(from, [share]);
  }
  const measured = new Map(
    [...groups].map(([product, bands]) => [
      product,
      new Map(
        [...bands].map(([from, own]) => {
          const sorted = own.sort((a, b) => a - b);
          const figures = { median: percentileOf(sorted, 50), limit: percentileOf(sorted, rule.percentile) };
          return [from, { ...figures, peers: sorted.length - 1 }];
        }),
      ),
    ]),
  );
  return lines.map((line, at) => {
    const share = shares[at];
    const band = bandOf(line.total, rule);
    const group = measured.get(line.product)?.get(band.from);
    if (share === undefined || group === undefined) return undefined;
    const isOld = line.ageDays >= rule.minimumAgeDays;
    const by = group.peers >= rule.minimumPeers ? 'peers' : 'fallback';
    const isFew =
      by === 'peers' ? share <= group.limit && share < rule.belowPercent : share < rule.fallbackBelowPercent;
    return { band, ...group, by, isLow: isOld && isFew };
  });
}
