/**
 * The two rules by which the calling of a customer stands out (docs/metrics.md#anomalies): pure, and the only place where they are defined.
 * Weeks run from Sunday 00:00 UTC. Counted up with each change of them: the server then looks at everybody anew.
 */
export const anomalyRules = 1;

/** The weeks that a week is compared with. */
export const weeksCompared = 8;

/** A spike is above so many times the median of the weeks before, of at least so many legs of known quality. */
export const spikeRule = { factor: 2, leastLegs: 200 } as const;

/**
 * A day is low where it lies below the median of its weekday by more than so many deviations. The deviation is the median absolute one, at
 * least a tenth of the median. A weekday is told from so many of its days on, and use falls where a week usually has so many legs.
 */
export const fallRule = { deviations: 3, leastDeviation: 0.1, leastWeeks: 4, leastLegs: 50 } as const;

const daysOfWeek = 7;

type Shares = readonly (number | null)[];

/** Null of nothing; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.ceil(sorted.length / 2) - 1];
  const high = sorted[Math.floor(sorted.length / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Above this poor share the week would be a spike. Weeks without a share are left out; null where none before it has one. */
export function spikeLimit(shares: Shares, week: number): number | null {
  const before = shares.slice(Math.max(0, week - weeksCompared), week).filter((share) => share !== null);
  const middle = median(before);
  return middle === null ? null : spikeRule.factor * middle;
}

export function isSpike(shares: Shares, knownLegs: Shares, week: number): boolean {
  const limit = spikeLimit(shares, week);
  const share = shares[week] ?? null;
  return limit !== null && share !== null && share > limit && (knownLegs[week] ?? 0) >= spikeRule.leastLegs;
}

/** A day against the same weekday of the weeks before. */
export interface DayOfUse {
  legs: number;
  /** The median of its weekday. */
  usual: number;
  deviation: number;
  /** Below this it is low; 0 or less where the weekday is too uneven for any day to be low. */
  limit: number;
  isLow: boolean;
}

export interface WeekOfUse {
  days: DayOfUse[];
  legs: number;
  /** Of the seven medians. */
  usualLegs: number;
  /** Weekdays that usually have legs, and how many of them are low. */
  usedDays: number;
  lowDays: number;
  isFalling: boolean;
}

/**
 * A week of daily legs against the weeks before it: seven days a week, the oldest first. Days before the customer's first leg say nothing.
 * Use falls where more than half of the weekdays that usually have legs are low. Null where too few weeks came before.
 */
export function weekOfUse(daily: readonly number[], week: number): WeekOfUse | null {
  const began = daily.findIndex((legs) => legs > 0);
  if (began === -1) return null;
  const days: DayOfUse[] = [];
  for (let day = week * daysOfWeek; day < (week + 1) * daysOfWeek; day += 1) {
    const before = sameWeekdays(daily, day, began);
    if (before.length < fallRule.leastWeeks) return null;
    days.push(dayAgainst(daily[day] ?? 0, before));
  }
  const used = days.filter(({ usual }) => usual > 0);
  const low = used.filter(({ isLow }) => isLow);
  const usualLegs = sumOf(days.map(({ usual }) => usual));
  return {
    days,
    legs: sumOf(days.map(({ legs }) => legs)),
    usualLegs,
    usedDays: used.length,
    lowDays: low.length,
    isFalling: low.length * 2 > used.length && usualLegs >= fallRule.leastLegs,
  };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function sameWeekdays(daily: readonly number[], day: number, began: number): number[] {
  return Array.from({ length: weeksCompared }, (_, back) => day - (back + 1) * daysOfWeek)
    .filter((earlier) => earlier >= began)
    .map((earlier) => daily[earlier] ?? 0);
}

function dayAgainst(legs: number, before: readonly number[]): DayOfUse {
  const usual = median(before) ?? 0;
  const spread = median(before.map((value) => Math.abs(value - usual))) ?? 0;
  const deviation = Math.max(spread, usual * fallRule.leastDeviation);
  const limit = usual - fallRule.deviations * deviation;
  return { legs, usual, deviation, limit, isLow: legs < limit };
}

/** How many weeks in a row, the last of them this one, of at most as many as are compared. 0: not this one. */
export function weeksInARow(week: number, is: (week: number) => boolean): number {
  let length = 0;
  while (length < weeksCompared && week - length >= 0 && is(week - length)) length += 1;
  return length;
}
