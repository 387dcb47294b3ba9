import { callingUsageMaximumDays } from '@hub/contract/calling-usage';
import {
  addDays,
  daysBetween,
  isCalendarDate,
  lastCompletedWeek,
  previousMonth,
  thisMonth,
} from '../../lib/calendar.ts';
import type { MessageId } from '../../locales/en.ts';

export interface Range {
  from: string;
  to: string;
}

export interface Preset {
  key: MessageId;
  range: Range;
}

/** Counted from the server's day, in UTC. */
export function presets(today: string): Preset[] {
  return [
    { key: 'usage.range.last7', range: lastDays(today, 7) },
    { key: 'usage.range.last31', range: lastDays(today, 31) },
    { key: 'usage.range.week', range: lastCompletedWeek(today) },
    { key: 'usage.range.thisMonth', range: thisMonth(today) },
    { key: 'usage.range.previousMonth', range: previousMonth(today) },
  ];
}

export function lastDays(today: string, days: number): Range {
  return { from: addDays(today, 1 - days), to: today };
}

export type RangeFault = 'invalid' | 'reversed' | 'tooLong';

export function faultOf(range: Range, maximumDays = callingUsageMaximumDays): RangeFault | null {
  if (!isCalendarDate(range.from) || !isCalendarDate(range.to)) return 'invalid';
  if (range.from > range.to) return 'reversed';
  return daysBetween(range.from, range.to) > maximumDays ? 'tooLong' : null;
}

interface AskedRange {
  from?: string | undefined;
  to?: string | undefined;
}

/** Why the range of the address cannot be shown. An address without one asks for nothing. */
export function linkFaultOf({ from, to }: AskedRange, maximumDays?: number): RangeFault | null {
  return from === undefined && to === undefined ? null : faultOf({ from: from ?? '', to: to ?? '' }, maximumDays);
}

/** What the address asks for, or the last 31 days where it asks for nothing possible. */
export function rangeOf(search: AskedRange, today: string, maximumDays?: number): Range {
  const range = { from: search.from ?? '', to: search.to ?? '' };
  return faultOf(range, maximumDays) === null ? range : lastDays(today, 31);
}

/** The same number of days before or after. */
export function shifted(range: Range, direction: -1 | 1): Range {
  const days = daysBetween(range.from, range.to) * direction;
  return { from: addDays(range.from, days), to: addDays(range.to, days) };
}
