import type { Cadence } from '@hub/contract/freshness';
import { addDays, daysBetween, weekdayOf } from './days.ts';

/** What is known of one feed of one customer: a character a day from `from` on, 1 where the day has a record. */
export interface DaysWithData {
  from: string;
  days: string;
  /**
   * How many records there are, by day modulo 7: of the first, eighth and so on, of the second and so on. Absent where the number says nothing
   * of chance, as of statistics, which come whole or not at all.
   */
  records?: readonly number[];
}

/** Days that were expected and have nothing: the first, the last, and how many expected ones lie between them, both counted. */
export interface Missing {
  from: string;
  to: string;
  days: number;
}

export interface Coverage {
  firstDay: string;
  lastDay: string;
  cadence: Cadence;
  gaps: Missing[];
  /** The end that should be there by now and is not. */
  late: Missing | null;
}

/** A cadence is told from so many days on, the first to the last with data. */
export const shortestSpan = 21;

/** Days that would usually bring fewer records than this may be empty by chance: of five, none come in one case of 150. */
const fewRecords = 5;

/**
 * Period, cadence, gaps and lateness from the days that have data; undefined without any. `due`: the last day that should have arrived by now.
 * The rules in words stand in docs/metrics.md.
 */
export function coverageOf({ from, days, records }: DaysWithData, due: string): Coverage | undefined {
  const first = days.indexOf('1');
  if (first < 0) return undefined;
  const last = days.lastIndexOf('1');
  const firstWeekday = weekdayOf(from);
  const weekdayAt = (at: number): number => ((firstWeekday + at - 1) % 7) + 1;
  const weekdays = expectedWeekdays({ days, first, last, weekdayAt });
  const expected = (at: number): boolean => weekdays.includes(weekdayAt(at));
  const dueAt = daysBetween(from, due) - 1;
  const inner = missingRuns(days, first, last, expected);
  const usualBreak = usualBreakOf(inner, last - first + 1);
  const pace = paceOf(days, records);
  const isGap = ({ from: begin, to: end, count }: Run): boolean =>
    count > usualBreak && usualRecords(begin, end, expected, pace) >= fewRecords;
  const missing = (run: Run): Missing => ({
    from: addDays(from, run.from),
    to: addDays(from, run.to),
    days: run.count,
  });
  const [end] = missingRuns(days, last + 1, dueAt, expected);
  return {
    firstDay: addDays(from, first),
    lastDay: addDays(from, last),
    cadence: { kind: kindOf(weekdays, last - first + 1), weekdays, usualBreak },
    gaps: inner.filter(isGap).map(missing),
    late: end && isGap(end) ? missing(end) : null,
  };
}

interface Kept {
  days: string;
  first: number;
  last: number;
  /** 1 is Monday. */
  weekdayAt: (at: number) => number;
}

/**
 * The weekdays, 1 is Monday, that have data in three of four weeks. Only weeks with any data are asked, so that a gap does not hide itself;
 * where four weekdays or fewer are left, two of three weeks must have data at all, or else the feed comes irregularly.
 */
function expectedWeekdays({ days, first, last, weekdayAt }: Kept): number[] {
  if (last - first + 1 < shortestSpan) return [];
  // By weekday: its days in weeks with any data, and those of them that have some.
  const asked = new Map<number, number>();
  const seen = new Map<number, number>();
  let weeks = 0;
  let weeksWithData = 0;
  for (let begin = first; begin <= last; ) {
    const end = Math.min(last, begin + 7 - weekdayAt(begin));
    weeks += 1;
    if (days.slice(begin, end + 1).includes('1')) {
      weeksWithData += 1;
      for (let at = begin; at <= end; at += 1) {
        const weekday = weekdayAt(at);
        asked.set(weekday, (asked.get(weekday) ?? 0) + 1);
        if (days[at] === '1') seen.set(weekday, (seen.get(weekday) ?? 0) + 1);
      }
    }
    begin = end + 1;
  }
  const weekdays = [1, 2, 3, 4, 5, 6, 7].filter((weekday) => {
    const withData = seen.get(weekday) ?? 0;
    return withData > 0 && 4 * withData >= 3 * (asked.get(weekday) ?? 0);
  });
  return weekdays.length <= 4 && 3 * weeksWithData < 2 * weeks ? [] : weekdays;
}

function kindOf(weekdays: readonly number[], span: number): Cadence['kind'] {
  if (span < shortestSpan) return 'too_short';
  if (weekdays.length === 0) return 'irregular';
  if (weekdays.length === 7) return 'daily';
  if (weekdays.length === 1) return 'weekly';
  return weekdays.join('') === '12345' ? 'workdays' : 'weekdays';
}

interface Run {
  from: number;
  to: number;
  count: number;
}

/** Runs of expected days without data from one day to another; a day with data, expected or not, ends a run. */
function missingRuns(days: string, begin: number, end: number, expected: (at: number) => boolean): Run[] {
  const runs: Run[] = [];
  let run: Run | undefined;
  for (let at = begin; at <= end; at += 1) {
    if (days[at] === '1') run = undefined;
    else if (expected(at)) {
      if (run === undefined) runs.push((run = { from: at, to: at, count: 0 }));
      run.to = at;
      run.count += 1;
    }
  }
  return runs;
}

/** The longest break that is usual here: longer ones come once in four weeks at most. */
function usualBreakOf(runs: readonly Run[], span: number): number {
  const seldom = Math.max(1, Math.floor(span / 28));
  const lengths = runs.map(({ count }) => count).sort((a, b) => b - a);
  return lengths[seldom] ?? 0;
}

/** Records of a day that has any, on average, by day modulo 7; nothing is left to chance where their number is not given. */
function paceOf(days: string, records: readonly number[] | undefined): (at: number) => number {
  if (records === undefined) return () => fewRecords;
  const withData = [0, 0, 0, 0, 0, 0, 0].map((_, weekday) => {
    let count = 0;
    for (let at = weekday; at < days.length; at += 7) if (days[at] === '1') count += 1;
    return count;
  });
  return (at) => (records[at % 7] ?? 0) / Math.max(1, withData[at % 7] ?? 0);
}

/** What the expected days of a run would usually have brought. */
function usualRecords(
  begin: number,
  end: number,
  expected: (at: number) => boolean,
  pace: (at: number) => number,
): number {
  let sum = 0;
  for (let at = begin; at <= end; at += 1) if (expected(at)) sum += pace(at);
  return sum;
}
