const day = 86_400_000;

const at = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const text = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** Calendar dates are YYYY-MM-DD and whole UTC days. */
export function addDays(date: string, days: number): string {
  return text(at(date) + days * day);
}

/** Days from the first to the last, both counted. */
export function daysBetween(from: string, to: string): number {
  return Math.round((at(to) - at(from)) / day) + 1;
}

/** Days that must pass from the first date to the last; below 0 where the last is earlier. */
export function daysUntil(from: string, to: string): number {
  return daysBetween(from, to) - 1;
}

/** The last completed week, Sunday to Saturday. */
export function lastCompletedWeek(today: string): { from: string; to: string } {
  const to = addDays(today, -(new Date(at(today)).getUTCDay() + 1));
  return { from: addDays(to, -6), to };
}

export function thisMonth(today: string): { from: string; to: string } {
  return { from: `${today.slice(0, 7)}-01`, to: today };
}

export function previousMonth(today: string): { from: string; to: string } {
  const to = addDays(`${today.slice(0, 7)}-01`, -1);
  return { from: `${to.slice(0, 7)}-01`, to };
}

export function isCalendarDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(at(value)) && text(at(value)) === value;
}

/** The date that the calendar of a time zone shows at an instant (milliseconds since 1970). */
export function dateIn(timeZone: string, instant: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const of = Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${of['year']}-${of['month']}-${of['day']}`;
}
