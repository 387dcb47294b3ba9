import { addDays } from '../../lib/calendar.ts';
import type { Format } from '../../lib/format.ts';
import type { Bucket } from '../../ui/charts/chart-data.ts';
import type { Answer } from './queries.ts';

/** The time axis of an answer in words. A week is named by its first day, and in full by both. */
export function bucketsOf({ buckets, areOpen }: Answer, kind: 'day' | 'week', to: string, f: Format): Bucket[] {
  return buckets.map((key, index) => {
    const end = addDays(key, 6) > to ? to : addDays(key, 6);
    return {
      key,
      label: f.day(key),
      name: kind === 'week' ? f.dayRange(key, end) : f.date(key),
      isOpen: areOpen[index] ?? false,
    };
  });
}
