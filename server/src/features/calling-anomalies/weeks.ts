import { weeksCompared } from '@hub/contract/calling-anomaly-rules';

const dayMilliseconds = 86_400_000;

/** As many as the last two weeks that are over, their run and what they are compared with reach back. */
const weekCount = 2 * weeksCompared + 1;
const lastWeek = weekCount - 1;
/** Sunday and Saturday may be without a call anywhere. */
const friday = 5;

/** Whole weeks, Sunday to Saturday in UTC, the last of which is over. */
export interface Weeks {
  from: string;
  to: string;
  days: number;
}

export function weeksBefore(today: string): Weeks {
  const sunday = plusDays(today, -new Date(`${today}T00:00:00Z`).getUTCDay());
  return { from: plusDays(sunday, -7 * weekCount), to: plusDays(sunday, -1), days: 7 * weekCount };
}

export const firstDayOf = ({ from }: Weeks, week: number): string => plusDays(from, 7 * week);

/**
 * The week that is judged: the last one that is over, once the records of the region have come as far as its Friday, until then the one
 * before. Null: not even those have come, and what is not there says nothing.
 */
export function judgedWeek(weeks: Weeks, until: string | null): number | null {
  if (until === null) return null;
  const week = [lastWeek, lastWeek - 1].find((each) => until >= plusDays(firstDayOf(weeks, each), friday));
  return week ?? null;
}

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10);
}
