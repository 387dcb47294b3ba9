import { expect, test } from 'vitest';
import { askedAlone, comparedWith, type Compares } from './comparison.ts';
import { type RangeQuestion, windowOf } from './window.ts';

// November 2026: the 1st, 8th and 15th are Sundays.
const compare = (range: Pick<RangeQuestion, 'from' | 'to' | 'bucket'>, how: Compares) =>
  comparedWith(how, windowOf({ ...range, zone: 'Europe/Sofia' }, new Date('2026-12-24T00:00:00Z')));
const whole = { from: '2026-11-03', to: '2026-11-07', bucket: 'whole' } as const;
const weeks = { from: '2026-10-25', to: '2026-11-21', bucket: 'week' } as const;
const days = { from: '2026-11-01', to: '2026-11-21', bucket: 'day' } as const;

test('nothing is compared unless it is asked for, by itself or as an order', () => {
  expect(compare(weeks, {})).toBeUndefined();
  expect(compare(weeks, { comparison: 'none', sortBy: 'last' })).toBeUndefined();
  expect(compare(weeks, { comparison: 'none', sortBy: 'change' })).toMatchObject({ from: '2026-11-08' });
});

test('the previous period of a range is as long, and of a trend it is the bucket before, which is asked already', () => {
  const previous = { comparison: 'previous' } as const;
  expect(compare(whole, previous)).toEqual({ from: '2026-10-29', to: '2026-11-02', at: undefined });
  expect(compare(weeks, previous)).toEqual({ from: '2026-11-08', to: '2026-11-14', at: 2 });
  expect(compare({ ...weeks, from: '2026-11-10' }, previous)).toEqual({ from: '2026-11-10', to: '2026-11-14', at: 0 });
  expect(compare({ ...weeks, from: '2026-11-15' }, previous)).toEqual({
    from: '2026-11-08',
    to: '2026-11-14',
    at: undefined,
  });
  expect(compare(days, previous)).toEqual({ from: '2026-11-20', to: '2026-11-20', at: 19 });
  expect(compare({ ...days, from: days.to }, previous)).toEqual({
    from: '2026-11-20',
    to: '2026-11-20',
    at: undefined,
  });
  expect(compare({ ...days, bucket: 'hour', from: days.to }, previous)).toEqual({
    from: days.to,
    to: days.to,
    at: 22,
  });
});

test('the same days some weeks before are a bucket of the question where it has all of them, and asked alone elsewhere', () => {
  const back = (weeksBefore: number) => ({ comparison: 'weeks_before', weeksBefore }) as const;
  expect(compare(whole, back(4))).toEqual({ from: '2026-10-06', to: '2026-10-10', at: undefined });
  expect(compare(weeks, back(1))).toEqual({ from: '2026-11-08', to: '2026-11-14', at: 2 });
  expect(compare(weeks, back(3))).toEqual({ from: '2026-10-25', to: '2026-10-31', at: 0 });
  expect(compare(weeks, back(52))).toEqual({ from: '2025-11-16', to: '2025-11-22', at: undefined });
  // A week that is cut off is told of as many days before.
  expect(compare({ ...weeks, to: '2026-11-18' }, back(1))).toEqual({
    from: '2026-11-08',
    to: '2026-11-11',
    at: undefined,
  });
  expect(compare({ ...weeks, from: '2026-10-27' }, back(3))).toMatchObject({ from: '2026-10-25', at: undefined });
  expect(compare(days, back(2))).toEqual({ from: '2026-11-07', to: '2026-11-07', at: 6 });
  expect(compare(days, back(3))).toEqual({ from: '2026-10-31', to: '2026-10-31', at: undefined });
  // Its clocks went back on 25 October: hours are found by their day.
  expect(compare({ ...days, bucket: 'hour', from: '2026-11-19' }, back(4))).toEqual({
    from: '2026-10-24',
    to: '2026-10-24',
    at: undefined,
  });
});

test('what is asked alone is one bucket, but for hours', () => {
  const span = { from: '2026-10-24', to: '2026-10-24' };
  expect(askedAlone({ ...weeks, zone: 'UTC' }, span)).toEqual({ ...span, bucket: 'whole', zone: 'UTC' });
  expect(askedAlone({ ...days, bucket: 'hour', zone: 'UTC' }, span).bucket).toBe('hour');
});
