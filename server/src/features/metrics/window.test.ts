import { expect, test } from 'vitest';
import { bucketsOfDays, lastDaysOf, midnightIn, wholeWeeksOf, windowOf } from './window.ts';

const now = new Date('2026-11-24T10:00:00Z');
const window = (over: Partial<Parameters<typeof windowOf>[0]>) =>
  windowOf({ from: '2026-11-15', to: '2026-11-21', bucket: 'week', zone: 'UTC', ...over }, now);

test('of weeks that have not begun it is known', () => {
  expect(window({ from: '2026-11-15', to: '2026-12-05' })).toMatchObject({
    begun: 2,
    areOpen: [false, true, true],
  });
});

test('weeks begin on Sunday, also where the range begins or ends within one', () => {
  const weeks = window({ from: '2026-11-18', to: '2026-11-24' });
  expect(weeks.labels).toEqual(['2026-11-15', '2026-11-22']);
  expect(weeks.areOpen).toEqual([false, true]);
  expect(bucketsOfDays(weeks)).toEqual([0, 0, 0, 0, 1, 1, 1]);
  expect(lastDaysOf(weeks)).toEqual(['2026-11-21', '2026-11-24']);
  expect(window({ from: '1969-12-30', to: '1970-01-05' }).labels).toEqual(['1969-12-28', '1970-01-04']);
});

test.each([
  ['Europe/Sofia', '2026-10-25', '2026-10-24T21:00:00.000Z'], // in summer still
  ['Europe/Sofia', '2026-10-26', '2026-10-25T22:00:00.000Z'],
  ['Asia/Seoul', '2026-11-15', '2026-11-14T15:00:00.000Z'],
  ['America/St_Johns', '2026-11-15', '2026-11-15T03:30:00.000Z'],
  ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z'], // midnight does not exist: the day begins at one o'clock
  ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z'], // midnight comes twice: the first
])('the day of %s that is called %s begins at %s', (zone, day, instant) => {
  expect(midnightIn(zone, day).toISOString()).toBe(instant);
});

test('a day on which the clocks change has 23 or 25 hours', () => {
  const hours = (day: string): number =>
    window({ from: day, to: day, bucket: 'hour', zone: 'Europe/Sofia' }).labels.length;
  expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-11-15')]).toEqual([23, 25, 24]);
});

test('a range that ends before it begins, is too long, or has too many hours is refused', () => {
  expect(() => window({ from: '2026-11-22' })).toThrow(expect.objectContaining({ code: 'range_invalid' }));
  expect(() => window({ from: '2025-01-01' })).toThrow(expect.objectContaining({ code: 'range_too_long' }));
  expect(() => window({ from: '2026-11-01', bucket: 'hour' })).toThrow(
    expect.objectContaining({ code: 'range_too_long' }),
  );
});

test('weeks that lie in a range with all their days are found, where no bucket cuts them', () => {
  const weeksOf = (from: string, to: string, over: Partial<Parameters<typeof window>[0]> = {}) =>
    wholeWeeksOf(window({ from, to, ...over }));
  expect(weeksOf('2026-11-15', '2026-11-21')).toEqual({ from: '2026-11-15', to: '2026-11-21' });
  expect(weeksOf('2026-11-14', '2026-12-04')).toEqual({ from: '2026-11-15', to: '2026-11-28' });
  expect(weeksOf('2026-11-16', '2026-11-28', { bucket: 'whole' })).toEqual({ from: '2026-11-22', to: '2026-11-28' });
  expect(weeksOf('2026-11-16', '2026-11-27')).toBeUndefined();
  expect(weeksOf('2026-11-15', '2026-11-20')).toBeUndefined();
  expect(weeksOf('2026-11-15', '2026-11-21', { bucket: 'day' })).toBeUndefined();
  expect(weeksOf('2026-11-15', '2026-11-21', { zone: 'Europe/Sofia' })).toBeUndefined();
});
