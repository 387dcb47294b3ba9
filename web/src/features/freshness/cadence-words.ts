import type { Cadence } from '@hub/contract/freshness';
import { addDays } from '../../lib/calendar.ts';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';

const monday = '2024-01-01';

/** The name of a weekday; 1 is Monday. */
export const weekdayName = (weekday: number, f: Format): string => f.weekday(addDays(monday, weekday - 1));

export function cadenceName({ kind, weekdays }: Cadence, t: Translate, f: Format): string {
  return t(`fresh.cadence.${kind}`, { days: f.list(weekdays.map((weekday) => weekdayName(weekday, f))) });
}

/** Whether anything is expected of it at all. */
export const isKnown = ({ weekdays }: Cadence): boolean => weekdays.length > 0;
