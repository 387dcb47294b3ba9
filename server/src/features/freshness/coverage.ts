import { freshnessDays } from '@hub/contract/freshness';
import { feedOf, isPeriodic } from '../imports/index.ts';
import type { KnownDays } from './coverage-queries.ts';
import { type Coverage, coverageOf } from './coverage-rules.ts';
import { addDays } from './days.ts';

/** The days that a list and a calendar look at: 53 weeks up to today. */
export const lastWeeks = (today: string): { from: string; to: string } => ({
  from: addDays(today, 1 - freshnessDays),
  to: today,
});

/**
 * A day counts as missing from the end of the next day on: until then its records may be on their way. Records of several days come after
 * their period, so that the next period has its time first.
 */
export const dueDay = (today: string, periodDays: number): string => addDays(today, -1 - periodDays);

/** `to`: of days after the end of what was looked at nothing is said. */
export function knownCoverage(known: KnownDays, from: string, to: string, today: string): Coverage | undefined {
  const due = dueDay(today, known.period_days);
  const counts = isPeriodic(feedOf(known.feed)) ? {} : { records: known.by_weekday };
  return coverageOf({ from, days: known.days, ...counts }, due < to ? due : to);
}
