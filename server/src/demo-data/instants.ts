const two: readonly string[] = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const three: readonly string[] = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));

export const dayMilliseconds = 86_400_000;

/** Whole days since 1970-01-01. Throws on what is no calendar date. */
export function dayNumber(day: string): number {
  const milliseconds = Date.parse(`${day}T00:00:00.000Z`);
  if (Number.isNaN(milliseconds)) throw new Error(`"${day}" is not a calendar date; write YYYY-MM-DD`);
  return milliseconds / dayMilliseconds;
}

/** YYYY-MM-DD of a day number. */
export const dayText = (day: number): string => new Date(day * dayMilliseconds).toISOString().slice(0, 10);

let prefixDay = -1;
let prefix = '';

const partsOf = (milliseconds: number): { date: string; time: string } => {
  const day = Math.floor(milliseconds / dayMilliseconds);
  if (day !== prefixDay) {
    prefixDay = day;
    prefix = dayText(day);
  }
  const inDay = milliseconds - day * dayMilliseconds;
  const hour = two[Math.floor(inDay / 3_600_000)] ?? '';
  const minute = two[Math.floor(inDay / 60_000) % 60] ?? '';
  const second = two[Math.floor(inDay / 1000) % 60] ?? '';
  return { date: prefix, time: `${hour}:${minute}:${second}.${three[inDay % 1000] ?? ''}` };
};

/** 2026-11-20T09:15:02.417Z; about five times as fast as Date, which four times per row are worth. */
export function instantText(milliseconds: number): string {
  const { date, time } = partsOf(milliseconds);
  return `${date}T${time}Z`;
}

/** The second spelling that Release time comes in: 2023-10-12 21:22:32.621. */
export function spacedInstantText(milliseconds: number): string {
  const { date, time } = partsOf(milliseconds);
  return `${date} ${time}`;
}
