import type { CoveredDays } from './day-marks-queries.ts';
import { snapshotDays } from './license-state-queries.ts';
import { plusDays } from './running-contracts.ts';

/**
 * By day, a mark of the imports that what is told as of that day comes from: those that cover a day of the seven that end with it. The same mark
 * means the same facts, so that what was stored under it need not be asked again, whenever imports come late, or are undone.
 */
export function dayMarks(
  covered: readonly CoveredDays[],
  { from, to }: { from: string; to: string },
): ReadonlyMap<string, string> {
  const changes = new Map<string, number>();
  const change = (day: string, by: number): void => void changes.set(day, (changes.get(day) ?? 0) + by);
  for (const { from: first, to: last, mark } of covered) {
    const end = plusDays(last, snapshotDays); // the first day that it no longer reaches
    if (first > to || end <= from) continue;
    change(first < from ? from : first, mark);
    if (end <= to) change(end, -mark);
  }
  const marks = new Map<string, string>();
  let sum = 0;
  for (let day = from; day <= to; day = plusDays(day, 1)) {
    sum += changes.get(day) ?? 0;
    marks.set(day, String(sum));
  }
  return marks;
}
