import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Product } from './products.ts';
import {
  forecastAsIs,
  forecastOf,
  nextTermMonths,
  type RenewalChange,
  type RenewalMoney,
  type RenewalOffer,
  type RenewalPrice,
  type RenewalProduct,
  seatsOf,
  sumOfMoney,
  whatIf,
} from './renewal-forecast.ts';

const price = (amount: string, extra: Partial<RenewalPrice> = {}): RenewalPrice => ({
  from: '2026-11-01',
  to: '2026-11-30',
  quantity: 10,
  amounts: [{ amount, currency: 'EUR' }],
  ...extra,
});
const euros = (amount: string): RenewalMoney[] => [{ amount, currency: 'EUR' }];

test('a month’s amount is told for the term, by license', () => {
  expect(forecastOf({ price: price('100') }, { seats: 10, months: 12 })).toEqual(euros('1200.00'));
  expect(forecastOf({ price: price('100') }, { seats: 9, months: 12 })).toEqual(euros('1080.00'));
  expect(forecastOf({ price: price('100') }, { seats: 10, months: 12, pricePercent: 2.5 })).toEqual(euros('1230.00'));
});

test('a period counts by the months of the calendar, and a part of a month by its days', () => {
  const year = price('1200', { from: '2026-02-15', to: '2027-02-14' });
  expect(forecastOf({ price: year }, { seats: 10, months: 36 })).toEqual(euros('3600.00'));
  const half = price('50', { from: '2026-11-16', to: '2026-11-30' });
  expect(forecastOf({ price: half }, { seats: 10, months: 1 })).toEqual(euros('100.00'));
  const fromLast = price('100', { from: '2027-01-31', to: '2027-02-27' });
  expect(forecastOf({ price: fromLast }, { seats: 10, months: 1 })).toEqual(euros('100.00'));
  expect(
    forecastOf({ price: price('31', { from: '2026-12-05', to: '2026-12-05' }) }, { seats: 10, months: 1 }),
  ).toEqual(euros('961.00'));
});

test('what is not known is empty, and a license that costs nothing is 0', () => {
  expect(forecastOf({ price: null }, { seats: 10, months: 12 })).toEqual([]);
  expect(forecastOf({ price: price('0') }, { seats: 10, months: 12 })).toEqual(euros('0.00'));
});

test('an amount that names no licenses stays the same, until there are none', () => {
  const flat = price('100', { quantity: 0 });
  expect(forecastOf({ price: flat }, { seats: 500, months: 2 })).toEqual(euros('200.00'));
  expect(forecastOf({ price: flat }, { seats: 0, months: 2 })).toEqual(euros('0.00'));
});

test('money is rounded to the smallest unit of its currency, a half up', () => {
  const yen = price('100', { quantity: 3, amounts: [{ amount: '100', currency: 'JPY' }] });
  expect(forecastOf({ price: yen }, { seats: 1, months: 1 })).toEqual([{ amount: '33', currency: 'JPY' }]);
  expect(forecastOf({ price: price('0.0500') }, { seats: 1, months: 1 })).toEqual(euros('0.01'));
  expect(forecastOf({ price: price('0.0499') }, { seats: 1, months: 1 })).toEqual(euros('0.00'));
});

test('the next term is as long as it is said to be, else as the one that ends', () => {
  expect(nextTermMonths(24, { from: '2026-01-01', to: '2026-12-31' })).toBe(24);
  expect(nextTermMonths(null, { from: '2026-01-01', to: '2026-12-31' })).toBe(12);
  expect(nextTermMonths(null, { from: '2026-01-15', to: '2027-01-15' })).toBe(12);
  expect(nextTermMonths(null, { from: '2026-01-01', to: '2026-01-03' })).toBe(1);
});

const product = (extra: Partial<RenewalProduct> = {}): RenewalProduct => ({
  product: 'calling',
  ordered: 15,
  assigned: 14,
  assignedAsOf: null,
  price: price('150', { quantity: 15 }),
  ...extra,
});
const offer = (extra: Partial<RenewalOffer> = {}): RenewalOffer => ({
  endsOn: '2026-12-31',
  autoRenews: true,
  noticeDays: 30,
  nextTermMonths: 12,
  products: [product()],
  ...extra,
});
const less: RenewalChange = { seatsPercent: -10, pricePercent: 0 };

test('a tenth fewer of 15 licenses is 14: a part of one is rounded up', () => {
  const outcome = whatIf(offer(), less, '2026-12-01');
  expect(outcome.products).toEqual([
    { product: 'calling', ordered: 15, seats: 14, assigned: 14, isBelowAssigned: false, forecast: euros('1680.00') },
  ]);
  expect(outcome).toMatchObject({ now: euros('1800.00'), after: euros('1680.00'), difference: euros('-120.00') });
  expect(seatsOf({ product: 'calling', ordered: 100 }, { seatsPercent: 10, pricePercent: 0 })).toBe(110);
});

test('a number for one product goes before the percent for all', () => {
  const two = offer({ products: [product(), product({ product: 'meetings' })] });
  const { products } = whatIf(two, { ...less, seats: { calling: 3 } }, '2026-12-01');
  expect(products.map(({ seats }) => seats)).toEqual([3, 14]);
});

test('fewer licenses than are assigned now are told, and so is the last day to reduce that has passed', () => {
  const of = (change: Partial<RenewalChange>, today: string) =>
    whatIf(offer(), { ...less, seatsPercent: 0, ...change }, today);
  expect(of({ seats: { calling: 13 } }, '2026-12-01').products[0]?.isBelowAssigned).toBe(true);
  expect(of({ seats: { calling: 14 } }, '2026-12-01').products[0]?.isBelowAssigned).toBe(false);
  expect(of({ seats: { calling: 14 } }, '2026-12-01').isTooLate).toBe(false);
  expect(of({ seats: { calling: 14 } }, '2026-12-02').isTooLate).toBe(true);
  expect(of({ seats: { calling: 15 } }, '2026-12-02').isTooLate).toBe(false);
  expect(whatIf(offer({ autoRenews: false }), less, '2026-12-31').isTooLate).toBe(false);
  const unknown = offer({ products: [product({ assigned: null })] });
  expect(whatIf(unknown, { ...less, seatsPercent: -100 }, '2026-12-01').products[0]?.isBelowAssigned).toBe(false);
});

const amount = fc
  .tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 9999 }))
  .map(([units, rest]) => `${units}.${String(rest).padStart(4, '0')}`);
const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'KRW');
const somePrice = fc.record({
  from: fc.constantFrom('2026-01-31', '2026-11-01', '2026-10-15'),
  to: fc.constantFrom('2026-11-30', '2026-12-31', '2027-10-14'),
  quantity: fc.integer({ min: 0, max: 500 }),
  amounts: fc.uniqueArray(fc.record({ amount, currency }), {
    minLength: 1,
    maxLength: 3,
    selector: (one) => one.currency,
  }),
});
const someOffer: fc.Arbitrary<RenewalOffer> = fc.record({
  endsOn: fc.constant('2026-12-31'),
  autoRenews: fc.boolean(),
  noticeDays: fc.integer({ min: 0, max: 90 }),
  nextTermMonths: fc.integer({ min: 1, max: 60 }),
  products: fc.uniqueArray(
    fc.record({
      product: fc.constantFrom(...Product.options),
      ordered: fc.integer({ min: 0, max: 100_000 }),
      assigned: fc.option(fc.nat(100_000)),
      assignedAsOf: fc.constant(null),
      price: fc.option(somePrice),
    }),
    { maxLength: 4, selector: (one) => one.product },
  ),
});
const percent = fc.integer({ min: -10_000, max: 30_000 }).map((hundredths) => hundredths / 100);

const minorOf = (money: readonly RenewalMoney[], of: string): bigint =>
  BigInt((money.find((one) => one.currency === of)?.amount ?? '0').replace('.', ''));

test('whatever changes: whole licenses, no currency that was not there, and a difference that adds up', () => {
  fc.assert(
    fc.property(someOffer, percent, percent, (given, seatsPercent, pricePercent) => {
      const outcome = whatIf(given, { seatsPercent, pricePercent }, '2026-12-01');
      for (const { ordered, seats } of outcome.products) {
        const exact = BigInt(ordered) * BigInt(10_000 + Math.round(seatsPercent * 100)); // in ten thousandths
        expect(Number.isInteger(seats)).toBe(true);
        expect(BigInt(seats) * 10_000n >= exact && BigInt(seats - 1) * 10_000n < exact).toBe(true);
      }
      const known = given.products.flatMap(({ price: own }) => own?.amounts ?? []);
      const currencies = [...new Set(known.map((one) => one.currency))].toSorted();
      for (const money of [outcome.now, outcome.after, outcome.difference])
        expect(money.map((one) => one.currency)).toEqual(currencies);
      for (const one of currencies)
        expect(minorOf(outcome.now, one) + minorOf(outcome.difference, one)).toBe(minorOf(outcome.after, one));
      expect(outcome.after).toEqual(sumOfMoney(outcome.products.flatMap(({ forecast }) => forecast)));
      expect(outcome.now).toEqual(forecastAsIs(given));
    }),
  );
}, 240_000);

test('no change changes nothing, and neither more licenses nor a higher price ever brings less', () => {
  fc.assert(
    fc.property(someOffer, percent, percent, fc.nat(5000), (given, seatsPercent, pricePercent, more) => {
      const at = (change: RenewalChange) => whatIf(given, change, '2026-12-01');
      const same = at({ seatsPercent: 0, pricePercent: 0 });
      expect(same.after).toEqual(same.now);
      expect(same.difference.every(({ amount: zero }) => Number(zero) === 0)).toBe(true);
      const base = at({ seatsPercent, pricePercent });
      const richer = [
        at({ seatsPercent: seatsPercent + more / 100, pricePercent }),
        at({ seatsPercent, pricePercent: pricePercent + more / 100 }),
      ];
      for (const { after } of richer)
        for (const { currency: one } of after) expect(minorOf(after, one) >= minorOf(base.after, one)).toBe(true);
    }),
  );
}, 240_000);

test('a forecast is the exact quotient, rounded once for each product', () => {
  fc.assert(
    fc.property(
      amount,
      fc.integer({ min: 1, max: 300 }),
      fc.nat(10_000),
      fc.integer({ min: 1, max: 60 }),
      (text, quantity, seats, months) => {
        const [told] = forecastOf({ price: price(text, { quantity }) }, { seats, months });
        const exact = BigInt(text.replace('.', '')) * BigInt(seats) * BigInt(months); // by quantity, in ten thousandths
        const off = BigInt((told?.amount ?? '').replace('.', '')) * 100n * BigInt(quantity) - exact;
        expect(2n * off <= 100n * BigInt(quantity) && 2n * off > -100n * BigInt(quantity)).toBe(true);
      },
    ),
  );
}, 240_000);
