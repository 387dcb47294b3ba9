import { countryNames } from './country-names.ts';
import { plainKey } from '@hub/contract/record-columns';

/** A calendar date in the ways people write one without doubt; undefined: none. A time behind it is passed over. */
export function dateOf(text: string): string | undefined {
  if (text.length > 60) return undefined; // no date is, and the patterns below are for short texts
  const [, date = text] = /^(\S+?)(?:[T ]\d{1,2}:\d{2}\S*(?: ?[A-Z]{2,4})?)?$/.exec(text) ?? [];
  const yearFirst =
    /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(date) ??
    /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/.exec(date) ??
    /^(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.?$/.exec(date);
  if (yearFirst) return calendarDate(yearFirst[1], yearFirst[2], yearFirst[3]);
  const dayFirst = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\.?$/.exec(date);
  return dayFirst ? calendarDate(dayFirst[3], dayFirst[2], dayFirst[1]) : undefined;
}

function calendarDate(year = '', month = '', day = ''): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${text}T00:00:00Z`);
  // A 30 February would be read as 2 March; years beyond these are slips of the keyboard.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) return undefined;
  return text >= '1970' && text < '2200' ? text : undefined;
}

/** The instant of a time with its zone; undefined: it is none. */
export function instantOf(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)? ?(?:Z|[+-]\d{2}:?\d{2})$/i.test(text))
    return undefined;
  const at = new Date(text.replace(' ', 'T').replaceAll(' ', ''));
  return Number.isNaN(at.getTime()) || dateOf(text.slice(0, 10)) === undefined ? undefined : at;
}

/** A whole number from 0; undefined: none, or a larger one. */
export function countOf(text: string, most: number): number | undefined {
  return /^\d{1,12}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}

const spaces = "[ \u00a0\u202f'\u2019]";
const amountForms = [
  /^\d{1,12}(?:[.,]\d{1,4})?$/,
  new RegExp(`^\\d{1,3}(?:${spaces}\\d{3}){1,3}(?:[.,]\\d{1,4})?$`),
  /^\d{1,3}(?:,\d{3}){1,3}\.\d{1,4}$/,
  /^\d{1,3}(?:\.\d{3}){1,3},\d{1,4}$/,
  /^\d{1,3}(?:,\d{3}){2,3}$/,
  /^\d{1,3}(?:\.\d{3}){2,3}$/,
];
const thousandOrThousandth = /^[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * An amount of money as exact text with a point and no zeros at its ends, such as -1234.5: at most 12 digits before the point and 4 behind
 * it. Written with a comma or a point, and separators of thousands. 'unclear': 1.234 may be a thousand or little more than one.
 */
export function amountOf(text: string): { amount: string } | 'unclear' | undefined {
  if (text.length > 40) return undefined;
  const [, sign = '', digits = ''] = /^([-+\u2212]?) ?(\d.*)$/.exec(text) ?? [];
  if (thousandOrThousandth.test(digits)) return 'unclear';
  if (!amountForms.some((form) => form.test(digits))) return undefined;
  const separators = digits.match(/[.,]/g) ?? [];
  const last = separators.at(-1);
  const isDecimal = last !== undefined && separators.filter((one) => one === last).length === 1;
  const point = isDecimal ? digits.lastIndexOf(last) : digits.length;
  const whole = digits
    .slice(0, point)
    .replace(/\D/g, '')
    .replace(/^0+(?=\d)/, '');
  const decimals = digits.slice(point + 1).replace(/0+$/, '');
  const amount = decimals === '' ? whole : `${whole}.${decimals}`;
  return { amount: sign === '' || sign === '+' || amount === '0' ? amount : `-${amount}` };
}

let currencies: ReadonlySet<string> | undefined;

/** ISO 4217 of a code, whatever its case; undefined: no currency. */
export function currencyOf(text: string): string | undefined {
  currencies ??= new Set(Intl.supportedValuesOf('currency'));
  const code = text.toUpperCase();
  return currencies.has(code) ? code : undefined;
}

/** The days of a period written in one cell, a month (2026-11) or two days with a slash or "to" between them; undefined: none. */
export function periodOf(text: string): { from: string; to: string } | undefined {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(text) ?? [];
  if (year !== undefined && month !== undefined) {
    const from = calendarDate(year, month, '1');
    const end = new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
    return from === undefined ? undefined : { from, to: end };
  }
  const [, first = '', last = ''] = /^(\S{8,10})(?:\/| ?to | - | \u2013 )(\S{8,10})$/.exec(text.slice(0, 60)) ?? [];
  const [from, to] = [dateOf(first), dateOf(last)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Which choice a text means, by its spellings. */
export function choiceOf<Choice extends string>(text: string, choices: Choices<Choice>): Choice | undefined {
  return choices.byKey.get(plainKey(text));
}

export interface Choices<Choice extends string> {
  byKey: ReadonlyMap<string, Choice>;
  /** For whoever wrote another. */
  hint: string;
}

export function choices<Choice extends string>(
  spellings: Readonly<Record<Choice, readonly string[]>>,
): Choices<Choice> {
  const all = Object.entries(spellings) as [Choice, readonly string[]][];
  return {
    byKey: new Map(all.flatMap(([choice, also]) => [choice, ...also].map((text) => [plainKey(text), choice] as const))),
    hint: all.map(([choice, [first]]) => first ?? choice.replaceAll('_', ' ')).join(', '),
  };
}

/** ISO 3166 alpha-2 of a code or an English name; undefined: no country. */
export function countryOf(text: string): string | undefined {
  const code = text.toUpperCase();
  if (code === 'UK') return 'GB'; // what everybody writes
  return countryNames().codes.has(code) ? code : countryNames().byName.get(plainKey(text));
}
