import { z } from 'zod';
import { digitsOf, smallestUnit } from './decimals.ts';
import { CalendarDate } from './ids.ts';
import { Product } from './products.ts';
import { daysFrom, lastDayToReduce, type RenewalTerm } from './renewal-rules.ts';

const Count = z.int().min(0);

/** An exact decimal as text in units of its currency (ISO 4217). */
export const RenewalMoney = z.object({
  amount: z.string().regex(/^-?\d+(\.\d+)?$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type RenewalMoney = z.infer<typeof RenewalMoney>;

/** The newest period that licenses of a product were invoiced for: their lines of that period together. Of fees only where there is nothing else. */
export const RenewalPrice = z.object({
  from: CalendarDate,
  /** Belongs to it. */
  to: CalendarDate,
  /** Licenses that the amounts are for. 0: an amount that does not depend on them. */
  quantity: Count,
  /** One for each currency. */
  amounts: z.array(RenewalMoney).min(1),
});
export type RenewalPrice = z.infer<typeof RenewalPrice>;

export const RenewalProduct = z.object({
  product: Product,
  ordered: Count,
  /** By the newest license snapshot of the last 7 days; null: there is none that tells it. */
  assigned: Count.nullable(),
  /** Day of that snapshot. */
  assignedAsOf: CalendarDate.nullable(),
  /** Null: nothing was invoiced, so nothing is known. */
  price: RenewalPrice.nullable(),
});
export type RenewalProduct = z.infer<typeof RenewalProduct>;

/** A term with what it holds. */
export interface RenewalOffer extends RenewalTerm {
  /** Of the next term. */
  nextTermMonths: number;
  products: readonly RenewalProduct[];
}

/** A change in percent, of licenses or of their price. */
export const RenewalPercent = z.number().min(-100).max(1000);

export interface RenewalChange {
  /** −10: a tenth fewer licenses of every product. */
  seatsPercent: number;
  /** Instead of the percent, for these products. */
  seats?: Partial<Record<Product, number>>;
  pricePercent: number;
}

const whole = 10_000; // percent are taken to hundredths, amounts have four decimals: both count in ten thousandths

/** Whole licenses; a part of one is rounded up, so that nobody is left without. */
export function seatsOf(
  { product, ordered }: Pick<RenewalProduct, 'product' | 'ordered'>,
  change: RenewalChange,
): number {
  return change.seats?.[product] ?? Math.ceil((ordered * (whole + Math.round(change.seatsPercent * 100))) / whole);
}

/**
 * What so many licenses bring in the next term, by currency: the newest period's amount by license and month, each product rounded to the
 * currency's smallest unit. Empty where nothing is known; never 0 instead.
 */
export function forecastOf(
  { price }: Pick<RenewalProduct, 'price'>,
  { seats, months, pricePercent = 0 }: { seats: number; months: number; pricePercent?: number },
): RenewalMoney[] {
  if (price === null) return [];
  const { parts, of } = lengthInMonths(price);
  const perSeat = price.quantity > 0;
  const factor = BigInt(months) * of * BigInt(whole + Math.round(pricePercent * 100));
  const by = parts * BigInt(whole) * BigInt(perSeat ? price.quantity : 1);
  const times = BigInt(perSeat ? seats : Math.min(seats, 1)) * factor;
  return price.amounts.map(({ amount, currency }) =>
    moneyOf(rounded(tenThousandths(amount) * times, by * smallestUnit(currency)), currency),
  );
}

/** A period in calendar months: `parts` of `of`. A part of a month counts by its days. */
function lengthInMonths({ from, to }: Pick<RenewalPrice, 'from' | 'to'>): { parts: bigint; of: bigint } {
  const end = new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10);
  let full = Math.max(0, monthNumber(end) - monthNumber(from));
  if (addMonths(from, full) > end) full -= 1;
  const last = addMonths(from, full);
  const of = daysFrom(last, addMonths(from, full + 1));
  return { parts: BigInt(full * of + daysFrom(last, end)), of: BigInt(of) };
}

const monthNumber = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

/** On the last day of a month that has no such day. */
function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** How long the next term is: as long as it is said to be, or as the one that ends. */
export function nextTermMonths(termMonths: number | null, { from, to }: Pick<RenewalPrice, 'from' | 'to'>): number {
  if (termMonths !== null) return termMonths;
  const { parts, of } = lengthInMonths({ from, to });
  return Math.max(1, Math.round(Number(parts) / Number(of)));
}

function tenThousandths(amount: string): bigint {
  const [units = '0', decimals = ''] = amount.replace('-', '').split('.');
  const value = BigInt(units + decimals.padEnd(4, '0').slice(0, 4));
  return amount.startsWith('-') ? -value : value;
}

/** To the nearest whole; a half goes away from 0. */
function rounded(value: bigint, by: bigint): bigint {
  const size = value < 0n ? -value : value;
  const result = (2n * size + by) / (2n * by);
  return value < 0n ? -result : result;
}

function moneyOf(smallest: bigint, currency: string): RenewalMoney {
  const digits = digitsOf(currency);
  const size = smallest < 0n ? -smallest : smallest;
  const text = String(size).padStart(digits + 1, '0');
  const amount = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return { amount: smallest < 0n ? `-${amount}` : amount, currency };
}

/** Each currency by itself, in the order of their codes. */
export function sumOfMoney(money: Iterable<RenewalMoney>): RenewalMoney[] {
  const sums = new Map<string, bigint>();
  for (const { amount, currency } of money) sums.set(currency, (sums.get(currency) ?? 0n) + tenThousandths(amount));
  return [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => moneyOf(sum / smallestUnit(currency), currency));
}

/** What the second is more than the first. */
function differenceOf(from: readonly RenewalMoney[], to: readonly RenewalMoney[]): RenewalMoney[] {
  return sumOfMoney([...to, ...from.map(({ amount, currency }) => ({ amount: negative(amount), currency }))]);
}

const negative = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);

export interface RenewalOutcome {
  products: {
    product: Product;
    ordered: number;
    seats: number;
    assigned: number | null;
    /** It would put the customer over the limit: fewer than are assigned now. */
    isBelowAssigned: boolean;
    forecast: RenewalMoney[];
  }[];
  /** As it is now, and with the change; of the products whose price is known. */
  now: RenewalMoney[];
  after: RenewalMoney[];
  difference: RenewalMoney[];
  /** Of these nothing is known. */
  unpriced: Product[];
  /** Licenses are reduced, and the last day for that has passed. */
  isTooLate: boolean;
}

/** What would be if a subscription renewed with other licenses or at another price. Nothing is stored. */
export function whatIf(offer: RenewalOffer, change: RenewalChange, today: string): RenewalOutcome {
  const { nextTermMonths: months, products } = offer;
  const reduce = lastDayToReduce(offer);
  const changed = products.map((own) => {
    const { product, ordered, assigned } = own;
    const seats = seatsOf(own, change);
    const forecast = forecastOf(own, { seats, months, pricePercent: change.pricePercent });
    const isBelowAssigned = assigned !== null && seats < assigned;
    return { product, ordered, seats, assigned, isBelowAssigned, forecast };
  });
  const now = forecastAsIs(offer);
  const after = sumOfMoney(changed.flatMap(({ forecast }) => forecast));
  return {
    products: changed,
    now,
    after,
    difference: differenceOf(now, after),
    unpriced: products.flatMap(({ product, price }) => (price === null ? [product] : [])),
    isTooLate: reduce !== null && reduce < today && changed.some(({ ordered, seats }) => seats < ordered),
  };
}

/** What a subscription's next term is expected to bring as it is. */
export const forecastAsIs = (offer: RenewalOffer): RenewalMoney[] =>
  sumOfMoney(offer.products.flatMap((own) => forecastOf(own, { seats: own.ordered, months: offer.nextTermMonths })));
