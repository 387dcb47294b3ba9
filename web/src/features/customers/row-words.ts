import type { CustomerRow, LicenseSums } from '@hub/contract/customers';
import { addDays, daysUntil } from '../../lib/calendar.ts';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';

const nearDays = 60; // farther off, a date says more than a number of days

/** "ends in 9 days", "renews Feb 12": the verb matters. Null where nothing ends or renews. */
export function nextText({ next }: Pick<CustomerRow, 'next'>, today: string, t: Translate, f: Format): string | null {
  if (next === null) return null;
  const days = daysUntil(today, next.on);
  if (days < 0) return t('next.ended', { date: f.day(next.on) });
  const isNear = next.on <= addDays(today, nearDays) && next.verb === 'ends';
  if (isNear) return t('next.endsIn', { days });
  if (next.on.slice(0, 4) !== today.slice(0, 4))
    return t(next.verb === 'ends' ? 'next.endsMonth' : 'next.renewsMonth', { date: f.month(next.on) });
  return t(next.verb === 'ends' ? 'next.endsOn' : 'next.renewsOn', { date: f.day(next.on) });
}

/** Which contract it is, and the day. */
export function nextTitle({ next }: Pick<CustomerRow, 'next'>, f: Format): string | undefined {
  if (next === null) return undefined;
  return next.reference === null ? f.date(next.on) : `${next.reference}: ${f.date(next.on)}`;
}

/** When one of its administrators signed in last; empty where no feed tells. */
export function signInText(
  { lastSignIn }: Pick<CustomerRow, 'lastSignIn'>,
  today: string,
  t: Translate,
  f: Format,
): string {
  if (!lastSignIn.isKnown) return '';
  return lastSignIn.on === null
    ? t('customers.neverSignedIn')
    : f.daysAgo(Math.max(0, daysUntil(lastSignIn.on, today)));
}

/** The numbers of the license bar in words. */
export function licensesLabel(licenses: LicenseSums, t: Translate): string {
  return licenses.assigned === null
    ? t('customers.licenses.unknown', { total: licenses.ordered })
    : t('customers.licenses.label', {
        assigned: licenses.assigned,
        total: licenses.ordered,
        over: licenses.over,
      });
}
