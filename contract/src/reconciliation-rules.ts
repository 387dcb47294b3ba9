import { addFractions, amountOf, type Fraction, paidOf, rounded, unitsOf } from './decimals.ts';
import type { InvoiceLine } from './orders.ts';

/** What is found of a line, the one that needs somebody most first. A line is a product of a subscription, and has one of them. */
export const findings = [
  'bought_not_billed',
  'billed_less',
  'assigned_beyond_billed',
  'billed_not_bought',
  'billed_more',
  'not_comparable',
  'agreement',
] as const;
export type Finding = (typeof findings)[number];

/** Null: not known. */
export interface Quantities {
  bought: number | null;
  assigned: number | null;
  billed: number | null;
}

/** The one rule of findings. What is billed otherwise than bought is told before what is assigned. */
export function findingOf({ bought, assigned, billed }: Quantities): Finding {
  if (bought === null || billed === null) return 'not_comparable';
  if (bought === 0 && billed > 0) return 'billed_not_bought';
  if (bought > 0 && billed <= 0) return 'bought_not_billed';
  if (billed > bought) return 'billed_more';
  if (billed < bought) return 'billed_less';
  return assigned !== null && assigned > billed ? 'assigned_beyond_billed' : 'agreement';
}

/** So many licenses are billed too many (above 0) or are not billed (below 0): against what is bought, or where that agrees, what is assigned. */
export function licensesAtStake(of: Quantities): number | null {
  const { bought, assigned, billed } = of;
  if (bought === null || billed === null) return null;
  return findingOf(of) === 'assigned_beyond_billed' && assigned !== null ? billed - assigned : billed - bought;
}

/** A line of an invoice, as far as it tells what is billed. */
export type BilledLine = Pick<InvoiceLine, 'quantity' | 'amount' | 'currency' | 'periodFrom' | 'periodTo'>;

/**
 * current: a period covers today. ended: none does, and the newest one ended no longer ago than it lasted, as where invoices come afterwards.
 * stopped: it ended longer ago; nothing is billed any more.
 */
export const standings = ['current', 'ended', 'stopped'] as const;
export type Standing = (typeof standings)[number];

export interface Billing {
  standing: Standing;
  /** First and last day of the charged periods told of. */
  from: string;
  to: string;
  /** Licenses: credits (amounts below zero) take away; 0 where billing has stopped. */
  billed: number;
  /** Credits are among what is told. */
  isCredited: boolean;
  /** What the periods come to in a month, by currency, as it is paid. */
  monthly: { currency: string; amount: string }[];
  /** Of one license in a month: what is charged, credits not counted, over its licenses. Null: nothing is charged, or in several currencies. */
  price: { currency: string; exact: Fraction } | null;
}

/** What is billed of a line as of a day; undefined: no period of it has begun. Void lines are not given. */
export function billingOf(lines: readonly BilledLine[], today: string): Billing | undefined {
  const { leading, credits } = newestOf(lines, today);
  const [first] = leading;
  if (first === undefined) return undefined;
  const told = [...leading, ...credits];
  const standing = standingOf(leading, today);
  const from = leading.reduce((least, { periodFrom }) => (periodFrom < least ? periodFrom : least), first.periodFrom);
  const to = leading.reduce((most, { periodTo }) => (periodTo > most ? periodTo : most), first.periodTo);
  const billed = told.reduce((sum, line) => sum + (isCredit(line) ? -line.quantity : line.quantity), 0);
  return {
    standing,
    from,
    to,
    billed: standing === 'stopped' ? 0 : billed,
    isCredited: told.some(isCredit),
    monthly: [...Map.groupBy(told, ({ currency }) => currency)]
      .map(([currency, own]) => ({ currency, amount: paidOf(monthlySum(own), currency) }))
      .toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
    price: priceOf(told),
  };
}

/**
 * Of the charges that have begun those that cover today, or else those that ended last, and those beside them; with the credits that cover the same
 * day: a fee, which is of no license, and a credit of another day hide no charge. Where no license was ever charged, fees and credits lead.
 */
function newestOf(lines: readonly BilledLine[], today: string): { leading: BilledLine[]; credits: BilledLine[] } {
  const begun = lines.filter(({ periodFrom }) => periodFrom <= today);
  const charges = begun.filter(isCharge);
  const leading = charges.length > 0 ? charges : begun;
  const until = ({ periodTo }: BilledLine): string => (periodTo < today ? periodTo : today);
  const newest = leading.reduce((most, line) => (until(line) > most ? until(line) : most), '');
  const covers = ({ periodFrom, periodTo }: BilledLine, day: string): boolean => periodFrom <= day && day <= periodTo;
  if (charges.length === 0) return { leading: leading.filter((line) => covers(line, newest)), credits: [] };
  const since = charges.reduce(
    (most, line) => (covers(line, newest) && line.periodFrom > most ? line.periodFrom : most),
    '',
  );
  const found = charges.filter((line) => covers(line, newest) || isBeside(line, { charges, since, today }));
  const lasting = found.filter((line) => !isOver(line, today));
  const told = lasting.length > 0 ? lasting : found;
  const days = new Set(told.map((line) => (covers(line, newest) ? newest : line.periodTo)));
  const isToldOf = (line: BilledLine): boolean => [...days].some((day) => covers(line, day));
  return { leading: told, credits: begun.filter((line) => isCredit(line) && isToldOf(line)) };
}

/** For so long the next invoice of a charge may be still to come while others for the same product go on: those of a month come within a month. */
export const besideDays = 31;

/**
 * A main charge that has ended stands beside what was added to it later, of which the newest began on `since`. What follows it takes its place: what
 * begins with the next day, or after it for at least half as many.
 */
const isBeside = (
  line: BilledLine,
  { charges, since, today }: { charges: readonly BilledLine[]; since: string; today: string },
): boolean =>
  line.periodFrom < since &&
  daysBetween(line.periodTo, today) <= besideDays &&
  !charges.some(
    ({ periodFrom, quantity }) =>
      periodFrom > line.periodTo && (periodFrom === plusDays(line.periodTo, 1) || 2 * quantity >= line.quantity),
  );

function standingOf(leading: readonly BilledLine[], today: string): Standing {
  if (leading.some(({ periodTo }) => periodTo >= today)) return 'current';
  return leading.every((line) => isOver(line, today)) ? 'stopped' : 'ended';
}

/** It ended longer ago than it lasted. */
const isOver = ({ periodFrom, periodTo }: BilledLine, today: string): boolean =>
  daysBetween(periodTo, today) > daysBetween(periodFrom, periodTo) + 1;

const isCredit = ({ amount }: BilledLine): boolean => amount.startsWith('-');
const isCharge = (line: BilledLine): boolean => line.quantity > 0 && !isCredit(line);

function priceOf(told: readonly BilledLine[]): Billing['price'] {
  const charges = told.filter(isCharge);
  const [first] = charges;
  if (first === undefined || charges.some(({ currency }) => currency !== first.currency)) return null;
  const { units, over } = monthlySum(charges);
  const licenses = charges.reduce((sum, { quantity }) => sum + quantity, 0);
  return { currency: first.currency, exact: { units, over: over * BigInt(licenses) } };
}

const monthlySum = (lines: readonly BilledLine[]): Fraction =>
  lines.reduce<Fraction>(
    (sum, { amount, periodFrom, periodTo }) => {
      const { months, parts } = monthsOf(periodFrom, periodTo);
      return addFractions(sum, { units: unitsOf(amount) * parts, over: months });
    },
    { units: 0n, over: 1n },
  );

/** How many months a period lasts, as `months / parts`: whole ones of the calendar, or else its days, of which 365 are twelve months. */
export function monthsOf(from: string, to: string): { months: bigint; parts: bigint } {
  const after = plusDays(to, 1);
  const months = (yearOf(after) - yearOf(from)) * 12 + monthOf(after) - monthOf(from);
  if (months > 0 && plusMonths(from, months) === after) return { months: BigInt(months), parts: 1n };
  return { months: BigInt(daysBetween(from, to) + 1) * 12n, parts: 365n };
}

type Price = NonNullable<Billing['price']>;

/** So many licenses at a price, in a month: what is paid of it. */
export const moneyOf = (licenses: number, { currency, exact: { units, over } }: Price): string =>
  paidOf({ units: units * BigInt(licenses), over }, currency);

/** Of one license, which nobody pays by itself: to four decimals. */
export const unitPriceOf = ({ exact }: Price): string => amountOf(rounded(exact));

const dayMilliseconds = 86_400_000;
const yearOf = (day: string): number => Number(day.slice(0, 4));
const monthOf = (day: string): number => Number(day.slice(5, 7));
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMilliseconds;
const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10);

/** Months later, on the last day of a month that has no such day. */
function plusMonths(day: string, months: number): string {
  const [year, month] = [yearOf(day), monthOf(day)];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const date = Math.min(Number(day.slice(8)), last);
  return new Date(Date.UTC(year, month - 1 + months, date)).toISOString().slice(0, 10);
}

/** Sums of money by currency, which never meet. */
export function sumByCurrency(
  amounts: readonly { currency: string; amount: string }[],
): { currency: string; amount: string }[] {
  const sums = new Map<string, bigint>();
  for (const { currency, amount } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + unitsOf(amount));
  return [...sums]
    .map(([currency, units]) => ({ currency, amount: amountOf(units) }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}
