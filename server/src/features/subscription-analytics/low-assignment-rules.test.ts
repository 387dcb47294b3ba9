import { defaultLowAssignmentRule as rule } from '@hub/contract/low-assignment';
import { expect, test } from 'vitest';
import { bandOf, type Compared, judge, percentileOf } from './low-assignment-rules.ts';

const line = (assigned: number | null, over: Partial<Compared> = {}): Compared => ({
  product: 'calling',
  total: 100,
  assigned,
  daysSinceAdded: 30,
  ...over,
});
const low = (lines: readonly Compared[]): boolean[] => judge(lines, rule).map((judgment) => judgment?.isLow === true);
const others = (count: number, assigned = 90): Compared[] => Array.from({ length: count }, () => line(assigned));

test.each([
  [[10], 25, 10],
  [[10, 20], 25, 12.5],
  [[1, 2, 3, 4, 5], 25, 2],
  [[1, 2, 3, 4, 5], 50, 3],
  [[1, 2, 3, 4], 50, 2.5],
])('of %j the %i. percentile is %d, as PERCENTILE.INC', (values, percent, expected) => {
  expect(percentileOf(values, percent)).toBe(expected);
});

test.each([
  [0, 1, 24],
  [1, 1, 24],
  [24, 1, 24],
  [25, 25, 99],
  [99, 25, 99],
  [100, 100, 499],
  [500, 500, null],
])('%i licenses are in the band from %i to %s', (total, from, to) => {
  expect(bandOf(total, rule)).toEqual({ from, to });
});

test('eight peers are enough for the comparison, seven are not', () => {
  expect(low([line(55), ...others(8)])[0]).toBe(true);
  expect(low([line(55), ...others(7)])[0]).toBe(false);
  expect(low([line(49), ...others(7)])[0]).toBe(true);
  expect(low([line(50), ...others(7)])[0]).toBe(false);
});

test('60 % is not below 60 %, and 30 days are old enough', () => {
  expect(low([line(60), ...others(8)])[0]).toBe(false);
  expect(low([line(59, { daysSinceAdded: 29 }), ...others(8)])[0]).toBe(false);
  expect(low([line(59, { daysSinceAdded: 30 }), ...others(8)])[0]).toBe(true);
});

test('whose assignment is not known, and who has no license, is neither compared nor a peer', () => {
  const silent = [line(null), line(5, { total: 0 }), line(5, { product: 'meetings' }), line(5, { total: 99 })];
  const judged = judge([line(55), ...others(7), ...silent], rule);
  expect(judged[0]).toMatchObject({ peers: 7, by: 'fallback' });
  expect([judged[8], judged[9]]).toEqual([undefined, undefined]);
});
