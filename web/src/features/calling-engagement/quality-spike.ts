// DOMAIN, decisions: a week's poor share above twice the median of the 8 weeks before, with at least 200 legs of known quality.
const weeksBefore = 8;
const factor = 2;
const leastLegs = 200;

type Shares = readonly (number | null)[];

/** Above this a week would be a spike; null without a week before it. */
export function spikeLimit(shares: Shares, index: number): number | null {
  const before = shares.slice(Math.max(0, index - weeksBefore), index).filter((share) => share !== null);
  if (before.length === 0) return null;
  const sorted = before.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? 0;
  const high = sorted[Math.floor(middle)] ?? 0;
  return (factor * (low + high)) / 2;
}

export function isSpike(shares: Shares, knownLegs: Shares, index: number): boolean {
  const limit = spikeLimit(shares, index);
  const share = shares[index] ?? null;
  return limit !== null && share !== null && share > limit && (knownLegs[index] ?? 0) >= leastLegs;
}
