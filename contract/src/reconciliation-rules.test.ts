import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountOf, unitsOf } from './decimals.ts';
import {
  type BilledLine,
  billingOf,
  findingOf,
  licensesAtStake,
  moneyOf,
  monthsOf,
  sumByCurrency,
  unitPriceOf,
} from './reconciliation-rules.ts';

const of = (bought: number | null, assigned: number | null, billed: number | null) => ({ bought, assigned, billed });

test('each line has one finding, and billing is judged before assignment', () => {
  expect(findingOf(of(0, null, 1))).toBe('billed_not_bought');
  expect(findingOf(of(1, null, 0))).toBe('bought_not_billed');
  expect(findingOf(of(1, 1, -1))).toBe('bought_not_billed');
  expect(findingOf(of(10, 10, 11))).toBe('billed_more');
  expect(findingOf(of(10, 30, 9))).toBe('billed_less');
  expect(findingOf(of(10, 11, 10))).toBe('assigned_beyond_billed');
  expect(findingOf(of(10, 10, 10))).toBe('agreement');
  expect(findingOf(of(10, null, 10))).toBe('agreement');
  expect(findingOf(of(0, null, 0))).toBe('agreement');
  expect(findingOf(of(null, 3, 10))).toBe('not_comparable');
  expect(findingOf(of(10, 3, null))).toBe('not_comparable');
});

test('what is at stake is what the finding is about', () => {
  expect(licensesAtStake(of(0, null, 7))).toBe(7);
  expect(licensesAtStake(of(7, 9, 0))).toBe(-7);
  expect(licensesAtStake(of(10, 30, 9))).toBe(-1);
  expect(licensesAtStake(of(10, 13, 10))).toBe(-3);
  expect(licensesAtStake(of(10, 3, 10))).toBe(0);
  expect(licensesAtStake(of(null, 3, 10))).toBeNull();
  expect(licensesAtStake(of(10, 3, null))).toBeNull();
});

const line = (over: Partial<BilledLine> = {}): BilledLine => ({
  quantity: 10,
  amount: '100',
  currency: 'EUR',
  periodFrom: '2026-11-01',
  periodTo: '2026-11-30',
  ...over,
});

test('a period covers its first and last day; a newer one that has ended gives way to it', () => {
  expect(billingOf([line()], '2026-11-01')?.standing).toBe('current');
  expect(billingOf([line()], '2026-11-30')?.standing).toBe('current');
  expect(billingOf([line()], '2026-10-31')).toBeUndefined();
  expect(billingOf([], '2026-10-31')).toBeUndefined();
  const year = line({ periodFrom: '2026-01-01', periodTo: '2026-12-31', quantity: 3 });
  const october = line({ periodFrom: '2026-10-01', periodTo: '2026-10-31' });
  expect(billingOf([october, year], '2026-11-15')).toMatchObject({ standing: 'current', billed: 3, to: '2026-12-31' });
});

test('billing that ended longer ago than its period lasted has stopped, and its price stays known', () => {
  const ended = [line({ periodFrom: '2026-09-01', periodTo: '2026-09-30' })];
  expect(billingOf(ended, '2026-10-30')).toMatchObject({ standing: 'ended', billed: 10, from: '2026-09-01' });
  expect(billingOf(ended, '2026-10-31')).toMatchObject({ standing: 'stopped', billed: 0, to: '2026-09-30' });
  expect(billingOf(ended, '2026-10-31')?.price).toEqual({ currency: 'EUR', exact: { units: 1_000_000n, over: 10n } });
});

test('credits take licenses away and leave the price; only their own period is told', () => {
  const credited = billingOf([line(), line({ quantity: 4, amount: '-40' })], '2026-11-20');
  expect(credited).toMatchObject({ billed: 6, monthly: [{ currency: 'EUR', amount: '60' }] });
  expect(credited?.price && moneyOf(1, credited.price)).toBe('10');
  expect(billingOf([line({ amount: '-100' })], '2026-11-20')).toMatchObject({ billed: -10, price: null });
});

const fee = (over: Partial<BilledLine> = {}): BilledLine => line({ quantity: 0, amount: '25', ...over });
const october = { periodFrom: '2026-10-01', periodTo: '2026-10-31' };
const oneDay = { periodFrom: '2026-11-10', periodTo: '2026-11-10' };

test.each([
  ['a fee of a later day', fee(oneDay)],
  ['a fee of today', fee()],
  ['a fee that began with the charge and goes on', fee({ periodFrom: '2026-10-15' })],
  ['a credit of a later day', line({ ...oneDay, quantity: 5, amount: '-50' })],
  ['a credit of today', line({ quantity: 5, amount: '-50' })],
])('%s hides no charge that was told without it', (_, other) => {
  const charge = line(october);
  const alone = billingOf([charge], '2026-11-23');
  expect(alone).toMatchObject({ standing: 'ended', billed: 10, to: '2026-10-31', isCredited: false });
  expect(billingOf([charge, other], '2026-11-23')).toEqual(alone);
  expect(billingOf([other, charge], '2026-11-23')).toEqual(alone);
});

test('a credit counts while it covers the day that is told of, and never makes a charge last', () => {
  const year = line({ periodFrom: '2026-01-01', periodTo: '2026-12-31', amount: '1200' });
  const march = line({ periodFrom: '2026-03-01', periodTo: '2026-03-31', quantity: 4, amount: '-40' });
  expect(billingOf([year, march], '2026-03-31')).toMatchObject({ billed: 6, isCredited: true });
  expect(billingOf([year, march], '2026-11-20')).toMatchObject({ billed: 10, isCredited: false });
  const goesOn = line({ periodFrom: '2026-10-20', periodTo: '2026-12-31', quantity: 4, amount: '-40' });
  expect(billingOf([line(october), goesOn], '2026-11-23')).toMatchObject({
    standing: 'ended',
    billed: 6,
    to: '2026-10-31',
  });
});

test('where licenses were never charged, fees and credits are told', () => {
  expect(billingOf([fee()], '2026-11-23')).toMatchObject({ standing: 'current', billed: 0, isCredited: false });
  const credit = line({ quantity: 5, amount: '-50' });
  expect(billingOf([fee(), credit], '2026-11-23')).toMatchObject({ billed: -5, isCredited: true, price: null });
});

test('currencies never meet: several leave the price unknown', () => {
  const both = billingOf([line(), line({ currency: 'USD', amount: '7.5', quantity: 1 })], '2026-11-20');
  expect(both).toMatchObject({
    billed: 11,
    price: null,
    monthly: [
      { currency: 'EUR', amount: '100' },
      { currency: 'USD', amount: '7.5' },
    ],
  });
  expect(
    sumByCurrency([
      { currency: 'USD', amount: '0.1' },
      { currency: 'EUR', amount: '-1' },
      { currency: 'USD', amount: '0.2' },
    ]),
  ).toEqual([
    { currency: 'EUR', amount: '-1' },
    { currency: 'USD', amount: '0.3' },
  ]);
});

test('what is paid is told in the decimals of its currency, half a unit away from zero', () => {
  const third = { units: 10_000n * 100n, over: 3n };
  expect(['USD', 'JPY', 'KRW', 'KWD'].map((currency) => moneyOf(1, { currency, exact: third }))).toEqual([
    '33.33',
    '33',
    '33',
    '33.333',
  ]);
  const half = { units: 5n, over: 1n }; // 0.0005
  expect(moneyOf(-1, { currency: 'KWD', exact: half })).toBe('-0.001');
  expect(moneyOf(10, { currency: 'USD', exact: half })).toBe('0.01');
  expect(moneyOf(-9, { currency: 'USD', exact: half })).toBe('0');
  expect(unitPriceOf({ currency: 'JPY', exact: third })).toBe('33.3333');
});

test.each([
  ['in the middle of the time that the main charge lasted', '2026-10-20', '2026-11-19', 14],
  ['after it, for a few more', '2026-11-10', '2026-11-30', 14],
  ['after it, of a single day that is over', '2026-11-02', '2026-11-02', 10],
  ['with the next day: its place is taken', '2026-11-01', '2026-11-30', 4],
])('what is added %s', (_, periodFrom, periodTo, billed) => {
  const added = line({ periodFrom, periodTo, quantity: 4, amount: '40' });
  for (const lines of [
    [line(october), added],
    [added, line(october)],
  ])
    expect(billingOf(lines, '2026-11-15')?.billed).toBe(billed);
});

test('a main charge stands beside what was added for a month at most, and what is for half as many follows it', () => {
  const added = line({ periodFrom: '2026-10-20', periodTo: '2027-10-19', quantity: 4, amount: '480' });
  const quarter = line({ periodFrom: '2026-08-01', periodTo: '2026-10-31' });
  expect(billingOf([quarter, added], '2026-12-01')).toMatchObject({ billed: 14, standing: 'current' });
  expect(billingOf([quarter, added], '2026-12-02')).toMatchObject({ billed: 4, from: '2026-10-20' });
  const later = line({ periodFrom: '2026-11-05', periodTo: '2026-12-04', quantity: 5, amount: '50' });
  expect(billingOf([quarter, later], '2026-11-15')?.billed).toBe(5);
  expect(billingOf([quarter, { ...later, quantity: 4 }], '2026-11-15')?.billed).toBe(14);
  const goneAway = line({ periodFrom: '2026-10-20', periodTo: '2026-10-31', amount: '-100' });
  expect(billingOf([quarter, added, goneAway], '2026-11-15')).toMatchObject({ billed: 4, isCredited: true });
});

test('whole months of the calendar count as such, other periods by their days', () => {
  expect(monthsOf('2026-02-01', '2026-02-28')).toEqual({ months: 1n, parts: 1n });
  expect(monthsOf('2026-01-15', '2026-04-14')).toEqual({ months: 3n, parts: 1n });
  expect(monthsOf('2026-01-31', '2026-02-27')).toEqual({ months: 1n, parts: 1n });
  expect(monthsOf('2026-03-01', '2027-02-28')).toEqual({ months: 12n, parts: 1n });
  expect(monthsOf('2026-11-01', '2026-11-01')).toEqual({ months: 12n, parts: 365n });
  expect(monthsOf('2026-11-01', '2026-12-01')).toEqual({ months: 372n, parts: 365n });
  const year = billingOf([line({ periodFrom: '2026-01-01', periodTo: '2026-12-31', amount: '1000' })], '2026-11-20');
  expect(year?.price && unitPriceOf(year.price)).toBe('8.3333');
  expect(year?.price && moneyOf(1, year.price)).toBe('8.33');
  expect(year?.price && moneyOf(-3, year.price)).toBe('-25');
  expect(year?.monthly).toEqual([{ currency: 'EUR', amount: '83.33' }]);
});

const amount = fc
  .tuple(fc.boolean(), fc.bigInt(0n, 999_999_999_999n), fc.integer({ min: 0, max: 9999 }))
  .map(([isCredit, whole, part]) => `${isCredit ? '-' : ''}${whole}.${String(part).padStart(4, '0')}`);

test('sums of amounts are exact, however long', () => {
  expect(amountOf(unitsOf('-0.05'))).toBe('-0.05');
  expect(amountOf(unitsOf('12'))).toBe('12');
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 30 }), (amounts) => {
      const [sum] = sumByCurrency(amounts.map((one) => ({ currency: 'EUR', amount: one })));
      const naive = amounts.reduce((all, one) => all + BigInt(one.replace('.', '')), 0n);
      expect(unitsOf(sum?.amount ?? '')).toBe(naive);
    }),
  );
});

const month = fc.integer({ min: 0, max: 14 }).map((at) => {
  const day = (months: number, date: number): string =>
    new Date(Date.UTC(2026, months, date)).toISOString().slice(0, 10);
  return { periodFrom: day(at, 1), periodTo: day(at + 1, 0) };
});
const someLine = fc
  .record({ quantity: fc.nat({ max: 50 }), cents: fc.integer({ min: -9999, max: 9999 }), month })
  .map(({ quantity, cents, month: period }) => ({
    cents,
    ...line({ quantity, amount: (cents / 100).toFixed(2), ...period }),
  }));

test('what is billed of months is what a naive count by month gives', () => {
  fc.assert(
    fc.property(fc.array(someLine, { maxLength: 12 }), (lines) => {
      const today = '2026-11-20';
      const begun = lines.filter(({ periodFrom }) => periodFrom <= '2026-11-01');
      const begunCharges = begun.filter(({ cents, quantity }) => cents >= 0 && quantity > 0);
      const newest = (begunCharges.length > 0 ? begunCharges : begun)
        .map(({ periodFrom }) => periodFrom)
        .toSorted()
        .at(-1);
      const told = begun.filter(
        ({ periodFrom, cents, quantity }) =>
          periodFrom === newest && (begunCharges.length === 0 || cents < 0 || quantity > 0),
      );
      const billing = billingOf(lines, today);
      expect(billing?.from).toBe(newest);
      if (billing === undefined) return;
      // November covers today, October ended 20 days ago; September 51 days ago, and it has 30.
      expect(billing.standing).toBe(
        newest === '2026-11-01' ? 'current' : newest === '2026-10-01' ? 'ended' : 'stopped',
      );
      const naive = told.reduce((sum, { cents, quantity }) => sum + (cents < 0 ? -quantity : quantity), 0);
      expect(billing.billed).toBe(billing.standing === 'stopped' ? 0 : naive);
      expect(billing.monthly).toEqual([
        { currency: 'EUR', amount: amountOf(BigInt(told.reduce((sum, { cents }) => sum + cents, 0)) * 100n) },
      ]);
      const charges = told.filter(({ cents, quantity }) => cents >= 0 && quantity > 0);
      const licenses = charges.reduce((sum, { quantity }) => sum + quantity, 0);
      const charged = charges.reduce((sum, { cents }) => sum + cents, 0);
      const price = billing.price === null ? null : Number(moneyOf(licenses, billing.price)).toFixed(2);
      expect(price).toBe(licenses === 0 ? null : (charged / 100).toFixed(2));
    }),
  );
});
