import type { SourceRow } from './source-queries.ts';
import { bucketsOfDays, dayNumber, type Window } from './window.ts';

const windowsAtMost = 8;
const questionsAtMost = 500;

/** Windows that the same was asked of lately: what was counted in each bucket of a longer one need not be counted again for a shorter. */
export class WiderWindows {
  readonly #asked = new Map<string, Window[]>();

  /** The shortest window whose buckets are those of this one, and more; undefined where none was asked that `isKnown`. */
  find(question: string, window: Window, isKnown: (wider: Window) => boolean): Window | undefined {
    return this.#asked
      .get(question)
      ?.filter((wider) => holds(wider, window) && isKnown(wider))
      .toSorted((a, b) => a.labels.length - b.labels.length)[0];
  }

  note(question: string, window: Window): void {
    const others = (this.#asked.get(question) ?? []).filter(({ from, to }) => from !== window.from || to !== window.to);
    this.#asked.delete(question);
    this.#asked.set(question, [window, ...others].slice(0, windowsAtMost));
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > questionsAtMost && oldest !== undefined) this.#asked.delete(oldest);
  }
}

/** Days of a bucket that only one of the windows cuts off would be missing, or too many. */
function holds(wider: Window, { from, to, bucket, zone }: Window): boolean {
  if (bucket === 'whole' || bucket === 'hour' || wider.bucket !== bucket || wider.zone !== zone) return false;
  if (from < wider.from || to > wider.to || (from === wider.from && to === wider.to)) return false;
  if (bucket === 'day') return true;
  const isSunday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 0;
  const isSaturday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 6;
  return (isSunday(from) || from === wider.from) && (isSaturday(to) || to === wider.to);
}

/** What the shorter window's buckets have; rows that have nothing in them are left out. */
export function withinWindow(rows: readonly SourceRow[], wider: Window, window: Window): SourceRow[] {
  const firstDay = dayNumber(window.from) - dayNumber(wider.from);
  const days = { begin: firstDay, end: firstDay + dayNumber(window.to) - dayNumber(window.from) + 1 };
  const first = bucketsOfDays(wider)[firstDay] ?? 0;
  const buckets = { begin: first, end: first + window.labels.length };
  return rows.flatMap((row) => {
    let hasAny = false;
    const parts: Record<string, readonly number[]> = {};
    for (const name in row.parts) {
      const { begin, end } = name.endsWith('ByDay') ? days : buckets;
      const values = (row.parts[name] ?? []).slice(begin, end);
      parts[name] = values;
      hasAny ||= values.some((value) => value !== 0);
    }
    return hasAny ? [{ ...row, parts }] : [];
  });
}
