import type { FeedCoverage, MissingDays } from '@hub/contract/freshness';
import { addDays, daysBetween } from '../../lib/calendar.ts';

export interface CalendarDay {
  day: string;
  records: number;
  /** Expected, and nothing there. */
  isMissing: boolean;
  /** 0 without records, 1 to 3 by how many there are. */
  level: number;
}

/** Weeks from Monday to Sunday; undefined is a day outside the range. */
export type CalendarWeek = { monday: string; days: (CalendarDay | undefined)[] };

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** The range in weeks, each day with what is known of it. */
export function weeksOf(
  { days, gaps, late, cadence }: Pick<FeedCoverage, 'days' | 'gaps' | 'late' | 'cadence'>,
  range: { from: string; to: string },
): CalendarWeek[] {
  const records = new Map(days.map((entry) => [entry.day, entry.records]));
  const most = Math.max(1, ...records.values());
  const holes: MissingDays[] = [...gaps, ...(late === null ? [] : [late])];
  const dayAt = (day: string): CalendarDay | undefined => {
    if (day < range.from || day > range.to) return undefined;
    const count = records.get(day) ?? 0;
    const isMissing =
      count === 0 &&
      cadence.weekdays.includes(weekdayOf(day)) &&
      holes.some(({ from, to }) => from <= day && day <= to);
    return { day, records: count, isMissing, level: levelOf(count, most) };
  };
  const first = addDays(range.from, 1 - weekdayOf(range.from));
  return Array.from({ length: Math.ceil(daysBetween(first, range.to) / 7) }, (_, week) => {
    const monday = addDays(first, 7 * week);
    return { monday, days: Array.from({ length: 7 }, (__, at) => dayAt(addDays(monday, at))) };
  });
}

/** Thirds of the logarithm: a quiet day is told from a busy one, whatever the size of the customer. */
function levelOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(1, Math.ceil((3 * Math.log(1 + count)) / Math.log(1 + most)));
}
