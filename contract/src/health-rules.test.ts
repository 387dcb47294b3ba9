import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factorOf, type HealthFactor, healthFactors, type HealthWeights, scoreOf } from './health-rules.ts';

const points = <Factor extends HealthFactor>(factor: Factor, facts: Parameters<typeof factorOf>[1][Factor]) =>
  factorOf(factor, { [factor]: facts }).points;

test('use is its share of what is assigned, at most 100', () => {
  expect(points('use', { used: 0, assigned: 10 })).toBe(0);
  expect(points('use', { used: 7, assigned: 10 })).toBe(70);
  expect(points('use', { used: 12, assigned: 10 })).toBe(100);
  expect(points('use', { used: 0, assigned: 0 })).toBeNull();
});

test('a fall of use costs two points for each percent, growth gives none', () => {
  expect(points('trend', { now: 20, before: 10 })).toBe(100);
  expect(points('trend', { now: 9, before: 10 })).toBe(80);
  expect(points('trend', { now: 5, before: 10 })).toBe(0);
  expect(points('trend', { now: 0, before: 10 })).toBe(0);
  expect(points('trend', { now: 5, before: 0 })).toBeNull();
});

test('few legs of known quality say nothing', () => {
  expect(points('quality', { poor: 0, known: 19 })).toBeNull();
  expect(points('quality', { poor: 1, known: 20 })).toBe(50);
  expect(points('quality', { poor: 2, known: 20 })).toBe(0);
  expect(points('quality', { poor: 0, known: 20 })).toBe(100);
});

test('a fifth over the limit is the end of overage; assigned without any license is as well', () => {
  expect(points('overage', { over: 0, total: 10 })).toBe(100);
  expect(points('overage', { over: 1, total: 10 })).toBe(50);
  expect(points('overage', { over: 3, total: 10 })).toBe(0);
  expect(points('overage', { over: 1, total: 0 })).toBe(0);
  expect(points('overage', { over: 0, total: 0 })).toBeNull();
});

test('of payment the worst counts', () => {
  const fine = { suspended: 0, pastDue: 0, overdue: 0 };
  expect(points('payment', fine)).toBe(100);
  expect(points('payment', { ...fine, overdue: 3 })).toBe(60);
  expect(points('payment', { ...fine, overdue: 3, pastDue: 1 })).toBe(30);
  expect(points('payment', { suspended: 1, pastDue: 1, overdue: 1 })).toBe(0);
});

test('activity falls to 0 on the day of inactivity; who never signed in has 0 once settled', () => {
  const of = (days: number | null, ageDays = 400) => points('activity', { days, ageDays, inactiveDays: 90 });
  expect(of(0)).toBe(100);
  expect(of(45)).toBe(50);
  expect(of(90)).toBe(0);
  expect(of(400)).toBe(0);
  expect(of(null, 29)).toBeNull();
  expect(of(null, 30)).toBe(0);
});

test('what nothing is known of is unknown', () => {
  for (const factor of healthFactors) expect(factorOf(factor, {})).toEqual({ value: null, points: null });
});

const weight = fc.integer({ min: 0, max: 100 });
const someWeights: fc.Arbitrary<HealthWeights> = fc.record({
  use: weight,
  trend: weight,
  quality: weight,
  overage: weight,
  payment: weight,
  activity: weight,
});
const share = fc.option(fc.integer({ min: 0, max: 100 }), { freq: 2 });
const somePoints = fc.record(
  { use: share, trend: share, quality: share, overage: share, payment: share, activity: share },
  { requiredKeys: [] },
);

test('the score is the mean of a bag that holds the points of each known factor as often as it weighs', () => {
  fc.assert(
    fc.property(somePoints, someWeights, (told, weights) => {
      const bag = healthFactors.flatMap((factor) => {
        const own = told[factor] ?? null;
        return own === null ? [] : new Array<number>(weights[factor]).fill(own);
      });
      const naive = bag.length === 0 ? null : Math.round(bag.reduce((sum, one) => sum + one, 0) / bag.length);
      expect(scoreOf(told, weights)).toBe(naive);
    }),
  );
});

test('an unknown factor, as one without weight, changes nothing', () => {
  fc.assert(
    fc.property(somePoints, someWeights, fc.constantFrom(...healthFactors), (told, weights, factor) => {
      const without = Object.fromEntries(Object.entries(told).filter(([name]) => name !== factor));
      expect(scoreOf({ ...told, [factor]: null }, weights)).toBe(scoreOf(without, weights));
      expect(scoreOf(told, { ...weights, [factor]: 0 })).toBe(scoreOf(without, weights));
    }),
  );
});
