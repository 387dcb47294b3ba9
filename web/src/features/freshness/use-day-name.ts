import { useText } from '../../lib/i18n.ts';
import type { CalendarDay } from './calendar-weeks.ts';

/** A day in words: its date, and how many records it has or that they are missing. */
export function useDayName(): (day: CalendarDay) => string {
  const { t, f } = useText();
  return ({ day, records, isMissing }) => {
    const date = f.date(day);
    if (records > 0) return t('fresh.day.records', { day: date, count: records });
    return t(isMissing ? 'fresh.day.missing' : 'fresh.day.none', { day: date });
  };
}
