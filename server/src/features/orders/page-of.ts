import { cursorOf } from './line-cursor.ts';

/** Of one row more than was asked for the page, and where the next one begins. */
export function pageOf<Line extends { id: string }>(
  rows: readonly Line[],
  limit: number,
  dayOf: (line: Line) => string,
): { items: Line[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    next: last === undefined || rows.length <= limit ? null : cursorOf({ day: dayOf(last), id: last.id }),
  };
}
