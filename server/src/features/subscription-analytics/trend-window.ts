import { windowOf } from '../metrics/index.ts';
import { plusDays } from './running-contracts.ts';

export interface TrendBucket {
  from: string;
  to: string;
  isOpen: boolean;
  /** As of which day it is told: its last one, or today where it is open. */
  end: string;
}

/** As many weeks as asked, by week or day, the last of them holding `today`, and as long a time before. Weeks run from Sunday to Saturday. */
export function trendWindow(
  today: string,
  { weeks, bucket }: { weeks: number; bucket: 'week' | 'day' },
): { points: TrendBucket[]; previous: TrendBucket[] } {
  const thisSunday = plusDays(today, -new Date(`${today}T00:00:00Z`).getUTCDay());
  const shift = 7 * weeks;
  const from = bucket === 'week' ? plusDays(thisSunday, -7 * (weeks - 1)) : plusDays(today, 1 - shift);
  const to = bucket === 'week' ? plusDays(thisSunday, 6) : today;
  const points = bucketsOf({ from, to, bucket }, today);
  const before = { from: plusDays(from, -shift), to: plusDays(to, -shift), bucket };
  return { points, previous: bucketsOf(before, today) };
}

/** The bucket that begins on a day, and the one before. Undefined: none does, or it lies ahead. */
export function bucketPair(
  today: string,
  { from, bucket }: { from: string; bucket: 'week' | 'day' },
): { before: TrendBucket; of: TrendBucket } | undefined {
  const step = bucket === 'week' ? 7 : 1;
  if (from > today || (bucket === 'week' && new Date(`${from}T00:00:00Z`).getUTCDay() !== 0)) return undefined;
  const [before, of] = bucketsOf({ from: plusDays(from, -step), to: plusDays(from, step - 1), bucket }, today);
  return before && of && { before, of };
}

function bucketsOf(range: { from: string; to: string; bucket: 'week' | 'day' }, today: string): TrendBucket[] {
  const { labels } = windowOf({ ...range, zone: 'UTC' }, new Date(`${today}T00:00:00Z`));
  const length = range.bucket === 'week' ? 7 : 1;
  return labels.map((from) => {
    const to = plusDays(from, length - 1);
    return { from, to, isOpen: to >= today, end: to < today ? to : today };
  });
}
