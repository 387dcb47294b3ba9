import { z } from 'zod';

/** What is done about a term that ends, the first step first. */
export const RenewalStage = z.enum(['not_started', 'contacted', 'quoted', 'agreed', 'lost']);
export type RenewalStage = z.infer<typeof RenewalStage>;

/** How soon somebody has to act, the soonest first. */
export const RenewalUrgency = z.enum(['high', 'upcoming', 'grace']);
export type RenewalUrgency = z.infer<typeof RenewalUrgency>;

/** In days; each window holds both of its ends. */
export const renewalWindows = {
  /** High priority: so long before the last day to reduce licenses. */
  beforeReducing: 14,
  /** High priority: so long before an end without renewal. */
  beforeEnd: 30,
  upcoming: 90,
  grace: 30,
  /** Between the last day to reduce licenses and the renewal, unless the subscription has its own. */
  notice: 30,
} as const;

const dayMilliseconds = 86_400_000;

/** From one date to the other; below 0 where the second is earlier. */
export const daysFrom = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMilliseconds;

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10);

export interface RenewalTerm {
  /** The last day of the term. */
  endsOn: string;
  autoRenews: boolean;
  noticeDays: number;
}

/** Of what renews by itself: notice days before it does. Null: nothing has to be reduced, since it ends. */
export const lastDayToReduce = ({ endsOn, autoRenews, noticeDays }: RenewalTerm): string | null =>
  autoRenews ? dayAfter(endsOn, -noticeDays) : null;

/**
 * How urgent a term is on a day; undefined: it is none of the workbench. A term runs on its last day.
 * - high: it renews by itself, and the last day to reduce licenses is at most 14 days away or past; or it ends in at most 30 days.
 * - upcoming: any other term that renews or ends in at most 90 days.
 * - grace: it ended at most 30 days ago and does not renew by itself.
 */
export function urgencyOf(term: RenewalTerm, today: string): RenewalUrgency | undefined {
  const { beforeReducing, beforeEnd, upcoming, grace } = renewalWindows;
  const days = daysFrom(today, term.endsOn);
  // What renews by itself has another term once this one is over.
  if (days < 0) return !term.autoRenews && days >= -grace ? 'grace' : undefined;
  const reduce = lastDayToReduce(term);
  if (reduce === null ? days <= beforeEnd : daysFrom(today, reduce) <= beforeReducing) return 'high';
  return days <= upcoming ? 'upcoming' : undefined;
}
