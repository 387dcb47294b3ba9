import { type Bucket, metricMaximumBuckets, metricMaximumDays } from '@hub/contract/metrics';
import { HubError } from '../../platform/hub-error.ts';

const dayMilliseconds = 86_400_000;
const hourMilliseconds = 3_600_000;

export interface RangeQuestion {
  from: string;
  to: string;
  bucket: Bucket;
  zone: string;
}

/** The buckets of a question, and how SQL tells which of them a row is in. */
export interface Window extends RangeQuestion {
  /** First day of each bucket, or first instant of each hour. */
  labels: string[];
  /** Whether the end of each bucket lies ahead. */
  areOpen: boolean[];
  /** Whole UTC days decide, so that what is known by the day can be told. */
  isOfUtcDays: boolean;
  /** Instants: from the first of the range, until the end of it. */
  begins: Date;
  ends: Date;
  /** Until when each bucket goes. */
  untils: Date[];
  /** How many of the buckets have begun. */
  begun: number;
}

/** Throws range_invalid, range_too_long. */
export function windowOf({ from, to, bucket, zone }: RangeQuestion, now: Date): Window {
  if (from > to) throw new HubError('range_invalid');
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days > metricMaximumDays) throw new HubError('range_too_long', { maximumDays: metricMaximumDays });
  const begins = midnightIn(zone, from);
  const ends = midnightIn(zone, dayOf(dayNumber(to) + 1));
  const starts = startsOf({ from, to, bucket, zone }, begins, ends);
  if (starts.length > metricMaximumBuckets)
    throw new HubError('range_too_long', { maximumDays: Math.floor(metricMaximumBuckets / 25) });
  const nextOf = (at: number): Date => starts[at + 1]?.at ?? ends;
  return {
    from,
    to,
    bucket,
    zone,
    labels: starts.map(({ label }) => label),
    untils: starts.map((_, at) => nextOf(at)),
    begun: starts.filter(({ at }) => at <= now).length,
    areOpen: starts.map((_, at) => nextOf(at) > now),
    isOfUtcDays: zone === 'UTC' && bucket !== 'hour',
    begins,
    ends,
  };
}

function startsOf({ from, to, bucket, zone }: RangeQuestion, begins: Date, ends: Date): { label: string; at: Date }[] {
  if (bucket === 'whole') return [{ label: from, at: begins }];
  if (bucket === 'hour') {
    const hours = Math.ceil((ends.getTime() - begins.getTime()) / hourMilliseconds);
    return Array.from({ length: Math.min(hours, metricMaximumBuckets + 1) }, (_, hour) => {
      const at = new Date(begins.getTime() + hour * hourMilliseconds);
      return { label: at.toISOString(), at };
    });
  }
  const step = bucket === 'week' ? 7 : 1;
  const first = bucket === 'week' ? sundayOf(from) : dayNumber(from);
  const count = Math.floor((dayNumber(to) - first) / step) + 1;
  return Array.from({ length: count }, (_, at) => {
    const label = dayOf(first + at * step);
    return { label, at: midnightIn(zone, label) };
  });
}

/** Which bucket a day of the window's zone is in; `days` from 1970 on, as the engine's toInt32 of a date. */
const indexOfDay = ({ bucket, from }: Window, days: string): string => {
  if (bucket === 'day') return `${days} - ${dayNumber(from)}`;
  if (bucket === 'week') return `intDiv(${days} - ${sundayOf(from)}, 7)`;
  return '0';
};

/** The same buckets under one name: the whole of a week is that week. */
export function namedAlike(window: Window): Window {
  const isWeek = window.bucket === 'whole' && dayNumber(window.from) === sundayOf(window.from);
  return isWeek && dayNumber(window.to) - dayNumber(window.from) === 6 ? { ...window, bucket: 'week' } : window;
}

/** The number of the bucket of a row that has a UTC day, such as of a rollup or of statistics; its window has isOfUtcDays. */
export const bucketOfDay = (window: Window, column = 'day'): string =>
  `toInt32(${indexOfDay(window, `toInt32(${column})`)})`;

/** The number of the bucket of a fact with a start time, and which facts lie in the window. */
export function bucketOfTime(window: Window): { bucket: string; where: string } {
  if (window.isOfUtcDays) return { bucket: bucketOfDay(window), where: daysWhere };
  const [first, last] = [window.begins.getTime() / 1000, window.ends.getTime() / 1000];
  const inside = `start_time >= toDateTime64(${first}, 3, 'UTC') AND start_time < toDateTime64(${last}, 3, 'UTC')
      AND day BETWEEN toDate(toDateTime(${first}, 'UTC')) AND toDate(toDateTime(${last}, 'UTC'))`;
  const bucket =
    window.bucket === 'hour'
      ? `intDiv(toUnixTimestamp(start_time) - ${first}, 3600)`
      : indexOfDay(window, 'toInt32(toDate(start_time, {zone:String}))');
  return { bucket: `toInt32(${bucket})`, where: inside };
}

/** Which facts with a start time lie in whole days of a zone; of UTC their parameters are from and to. */
export const insideDays = (days: Omit<RangeQuestion, 'bucket'>): string =>
  bucketOfTime(windowOf({ ...days, bucket: 'whole' }, new Date(0))).where; // whether it is over changes nothing

/** Rows that have a UTC day, in the window. */
export const daysWhere = 'day BETWEEN {from:Date} AND {to:Date}';
export const windowParameters = ({ from, to, zone }: Window): Record<string, string> => ({ from, to, zone });

/** The weeks that lie in the window with all of their UTC days, where none of them is cut by a bucket. */
export function wholeWeeksOf({ from, to, bucket, isOfUtcDays }: Window): { from: string; to: string } | undefined {
  if (!isOfUtcDays || bucket === 'day') return undefined;
  const first = sundayOf(dayOf(dayNumber(from) + 6));
  const end = sundayOf(dayOf(dayNumber(to) + 1)); // the Sunday after the last of them
  return first < end ? { from: dayOf(first), to: dayOf(end - 1) } : undefined;
}

/** Of each UTC day of the range the number of its bucket. */
export function bucketsOfDays({ bucket, from, to }: Window): number[] {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  return Array.from({ length: last - first + 1 }, (_, at) => {
    if (bucket === 'week') return Math.floor((first + at - sundayOf(from)) / 7);
    return bucket === 'day' ? at : 0;
  });
}

/** The last day of each bucket, within the range. */
export function lastDaysOf(window: Window): string[] {
  const buckets = bucketsOfDays(window);
  return window.labels.map((_, bucket) => dayOf(dayNumber(window.from) + buckets.lastIndexOf(bucket)));
}

/** Of a day, how many there were since 1970. */
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMilliseconds;
export const dayOf = (number: number): string => new Date(number * dayMilliseconds).toISOString().slice(0, 10);
export const sundayOf = (day: string): number => dayNumber(day) - new Date(`${day}T00:00:00Z`).getUTCDay();

/** The first instant of a day in a zone: mostly midnight, an hour later where the clock skips it. */
export function midnightIn(zone: string, day: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const offsetAt = (at: number): number => offsetOf(format, at);
  // The offset before the day begins, and where that is past a change the one after.
  const guess = wanted - offsetAt(wanted - dayMilliseconds / 2);
  const again = wanted - offsetAt(guess);
  const candidates = [...new Set([guess, again])].sort((a, b) => a - b);
  const isOfDay = (at: number): boolean => at + offsetAt(at) >= wanted;
  return new Date(candidates.find(isOfDay) ?? Math.max(...candidates));
}

/** Milliseconds to add to an instant for the clock on the wall. */
function offsetOf(format: Intl.DateTimeFormat, at: number): number {
  const text = format.formatToParts(new Date(at)).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] =
    /^GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text) ?? [];
  return (sign === '-' ? -1000 : 1000) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}
