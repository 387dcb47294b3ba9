import { trendWeeks } from '@hub/contract/calling-engagement';
import { metricMaximumDays } from '@hub/contract/metrics';
import { addDays, daysBetween, isCalendarDate, lastCompletedWeek } from '../../lib/calendar.ts';

/** What the page shows: one week with the seven before it, or any range of days with the same number of days before it. Both days count. */
export interface Period {
  kind: 'week' | 'range';
  from: string;
  to: string;
  /** Of the words for it: the last week that is over, the week of today, another one. */
  is: 'last' | 'soFar' | 'other';
}

export type Span = Pick<Period, 'from' | 'to'>;

export const zoneName = (zone: string): string => zone.replaceAll('_', ' ');

export type PeriodFault = 'invalid' | 'reversed' | 'tooLong';

export function faultOf({ from, to }: Span): PeriodFault | null {
  if (!isCalendarDate(from) || !isCalendarDate(to)) return 'invalid';
  if (from > to) return 'reversed';
  return daysBetween(from, to) > metricMaximumDays ? 'tooLong' : null;
}

/** The Sunday on or before a day. */
const weekStart = (day: string): string => addDays(lastCompletedWeek(day).to, 1);

export function weekSoFar(today: string): Span {
  return { from: weekStart(today), to: today };
}

/** What the address asks for, else the last week that is over. `today` is the UTC day. */
export function periodOf(search: { from?: string | undefined; to?: string | undefined }, today: string): Period {
  const asked = { from: search.from ?? '', to: search.to ?? '' };
  const last = lastCompletedWeek(today);
  if (faultOf(asked) !== null) return { ...last, kind: 'week', is: 'last' };
  const isSunday = weekStart(asked.from) === asked.from;
  const isWhole = isSunday && addDays(asked.from, 6) === asked.to;
  const isSoFar = isSunday && asked.from === weekStart(today) && (asked.to === today || isWhole);
  if (isSoFar) return { ...asked, kind: 'week', is: 'soFar' };
  if (!isWhole) return { ...asked, kind: 'range', is: 'other' };
  return { ...asked, kind: 'week', is: asked.from === last.from ? 'last' : 'other' };
}

/** Whether days of it may still lie ahead: in a zone behind UTC until a day after. Only the answer knows. */
export function mayBeOpen({ to }: Span, today: string, zone: string | undefined): boolean {
  return to >= (zone === undefined ? today : addDays(today, -1));
}

/** The weeks to choose from, the newest first. */
export function weeksBefore(today: string, count: number): Span[] {
  const { from } = lastCompletedWeek(today);
  return Array.from({ length: count }, (_, index) => {
    const start = addDays(from, -7 * index);
    return { from: start, to: addDays(start, 6) };
  });
}

/** One week, or the range's own length, before or after. The week of today ends today. */
export function shifted(period: Period, direction: -1 | 1, today: string): Span {
  const days = (period.kind === 'week' ? 7 : daysBetween(period.from, period.to)) * direction;
  const from = addDays(period.from, days);
  const to = period.kind === 'week' ? addDays(from, 6) : addDays(period.to, days);
  return period.kind === 'week' && from <= today && today < to ? { from, to: today } : { from, to };
}

/** What is asked for a trend: eight weeks (or more) that end with this one, or the range by days or weeks. */
export function trendOf({ kind, from, to }: Period, weeks = trendWeeks): Span & { bucket: 'day' | 'week' } {
  if (kind === 'week') return { from: addDays(from, -7 * (weeks - 1)), to, bucket: 'week' };
  return { from, to, bucket: daysBetween(from, to) > 42 ? 'week' : 'day' };
}
