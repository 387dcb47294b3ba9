import type { Language } from '@hub/contract/sessions';
import { now } from './clock.ts';

const locales: Record<Language, string> = { en: 'en-US', bg: 'bg', ko: 'ko' };
const utc = { timeZone: 'UTC' } as const;
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** Numbers, dates and names in one language. Instants are shown in UTC, as the API tells them. */
export interface Format {
  number: (value: number) => string;
  /** One decimal at most, for shares that arrive as 0 to 100. */
  decimal: (value: number) => string;
  /** An exact decimal as text, in units of an ISO 4217 currency, with its decimals. */
  money: (amount: string, currency: string) => string;
  /** The same of a price, which may be told more exactly than it can be paid. */
  price: (amount: string, currency: string) => string;
  bytes: (value: number) => string;
  date: (calendarDate: string) => string;
  dateRange: (from: string, to: string) => string;
  /** Nov 15 to 21; with the year where it is not this one. */
  dayRange: (from: string, to: string) => string;
  /** Nov 24; with the year where it is not this one. */
  day: (calendarDate: string) => string;
  /** Feb 2027 */
  month: (calendarDate: string) => string;
  /** Feb */
  monthName: (month: string) => string;
  /** Mon */
  weekday: (calendarDate: string) => string;
  /** today, yesterday, 3 days ago */
  daysAgo: (days: number) => string;
  dateTime: (instant: string) => string;
  /** Nov 24, 06:09 */
  shortDateTime: (instant: string) => string;
  seconds: (instant: string) => string;
  list: (items: string[]) => string;
  country: (code: string) => string;
  compare: (left: string, right: string) => number;
}

const formats = new Map<Language, Format>();

export function formatFor(language: Language): Format {
  const known = formats.get(language);
  if (known) return known;
  const made = makeFormat(locales[language]);
  formats.set(language, made);
  return made;
}

function makeFormat(locale: string): Format {
  const number = new Intl.NumberFormat(locale);
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...utc });
  const dayMonth = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...utc });
  const dateTime = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
    ...utc,
  });
  const short = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...clock, ...utc });
  const exact = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    ...clock,
    second: '2-digit',
    ...utc,
  });
  const month = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', ...utc });
  const monthName = new Intl.DateTimeFormat(locale, { month: 'short', ...utc });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', ...utc });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const collator = new Intl.Collator(locale, { numeric: true });
  const moneys = formatsByCurrency((currency) => new Intl.NumberFormat(locale, { style: 'currency', currency }));
  const prices = formatsByCurrency(
    (currency) => new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 4 }),
  );
  const day = (value: string): Date => new Date(value.length === 10 ? `${value}T00:00:00Z` : value);
  return {
    number: (value) => minus(number.format(value)),
    decimal: (value) => minus(decimal.format(value)),
    money: (amount, currency) => minus(moneys(currency).format(amount as Intl.StringNumericLiteral)),
    price: (amount, currency) => minus(prices(currency).format(amount as Intl.StringNumericLiteral)),
    bytes: (value) => bytesText(value, decimal),
    date: (value) => date.format(day(value)),
    dateRange: (from, to) => date.formatRange(day(from), day(to)),
    dayRange: (from, to) => (isThisYear(from) && isThisYear(to) ? dayMonth : date).formatRange(day(from), day(to)),
    day: (value) => (isThisYear(value) ? dayMonth : date).format(day(value)),
    month: (value) => month.format(day(value)),
    monthName: (value) => monthName.format(day(`${value}-01`)),
    weekday: (value) => weekday.format(day(value)),
    daysAgo: (days) => relative.format(days === 0 ? 0 : -days, 'day'),
    dateTime: (value) => dateTime.format(day(value)),
    shortDateTime: (value) => short.format(day(value)),
    seconds: (value) => exact.format(day(value)),
    list: (items) => list.format(items),
    country: (code) => countries.of(code) ?? code,
    compare: (left, right) => collator.compare(left, right),
  };
}

/** A format takes long to make, and there are few currencies. */
function formatsByCurrency(make: (currency: string) => Intl.NumberFormat): (currency: string) => Intl.NumberFormat {
  const made = new Map<string, Intl.NumberFormat>();
  return (currency) => {
    const format = made.get(currency) ?? make(currency);
    made.set(currency, format);
    return format;
  };
}

const isThisYear = (date: string): boolean => date.slice(0, 4) === new Date(now()).toISOString().slice(0, 4);

const minus = (text: string): string => text.replace('-', '\u2212');

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

function bytesText(value: number, decimal: Intl.NumberFormat): string {
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${decimal.format(size >= 100 ? Math.round(size) : size)}\u00A0${units[unit] ?? ''}`;
}
