import { queryFields } from './customer-query-fields.ts';
import type { QueryTerm } from './customer-query.ts';

/** First and last day, either open. */
export interface Days {
  from?: string;
  to?: string;
}

/**
 * The days that a condition means, seen from today; undefined for `none`. Relative ones count from today forward (ends, renews) or back
 * (created, signed-in): `signed-in>90d` is longer ago than 90 days, `renews<30d` sooner than in 30 days.
 */
export function daysOf({ field, comparison, value }: QueryTerm & { kind: 'date' }, today: string): Days | undefined {
  if (value.kind === 'none') return undefined;
  if (value.kind === 'date') return within(comparison, value.date);
  const isPast = queryFields[field].kind === 'past';
  const day = moved(today, (isPast ? -1 : 1) * value.count, value.unit);
  if (!isPast) return { ...within(comparison, day), ...(comparison.startsWith('<') ? { from: today } : {}) };
  const turned = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;
  return { ...within(turned[comparison], day), ...(comparison.startsWith('<') ? { to: today } : {}) };
}

function within(comparison: '=' | '<' | '<=' | '>' | '>=', day: string): Days {
  switch (comparison) {
    case '=':
      return { from: day, to: day };
    case '<':
      return { to: moved(day, -1, 'd') };
    case '<=':
      return { to: day };
    case '>':
      return { from: moved(day, 1, 'd') };
    case '>=':
      return { from: day };
  }
}

/** A month later than the 31st is the last day of a shorter month. Stays within years of four digits. */
function moved(day: string, count: number, unit: 'd' | 'w' | 'm' | 'y'): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  if (unit === 'd' || unit === 'w') return text(Date.UTC(year, month - 1, date + count * (unit === 'w' ? 7 : 1)));
  const months = month - 1 + count * (unit === 'y' ? 12 : 1);
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return text(Date.UTC(year, months, Math.min(date, last)));
}

const first = Date.UTC(1000, 0, 1);
const last = Date.UTC(9999, 11, 31);
const text = (at: number): string =>
  new Date(Number.isNaN(at) ? last : Math.min(Math.max(at, first), last)).toISOString().slice(0, 10);
