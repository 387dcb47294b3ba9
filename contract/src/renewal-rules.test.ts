import { expect, test } from 'vitest';
import { dayAfter, lastDayToReduce, urgencyOf } from './renewal-rules.ts';

const today = '2026-12-01';
const renews = (inDays: number, noticeDays = 30) => ({ endsOn: dayAfter(today, inDays), autoRenews: true, noticeDays });
const ends = (inDays: number) => ({ endsOn: dayAfter(today, inDays), autoRenews: false, noticeDays: 30 });

test('the last day to reduce lies notice days before a renewal, and what ends has none', () => {
  expect(lastDayToReduce({ endsOn: '2027-03-01', autoRenews: true, noticeDays: 30 })).toBe('2027-01-30');
  expect(lastDayToReduce({ endsOn: '2028-03-01', autoRenews: true, noticeDays: 1 })).toBe('2028-02-29');
  expect(lastDayToReduce({ endsOn: '2027-03-01', autoRenews: true, noticeDays: 0 })).toBe('2027-03-01');
  expect(lastDayToReduce({ endsOn: '2027-03-01', autoRenews: false, noticeDays: 30 })).toBeNull();
});

test.each([
  // The last day to reduce is 14 days away with 44, 15 with 45; it has passed below 30, and the term runs on its last day.
  [renews(44), 'high'],
  [renews(45), 'upcoming'],
  [renews(30), 'high'],
  [renews(29), 'high'],
  [renews(0), 'high'],
  [renews(-1), undefined],
  [renews(90), 'upcoming'],
  [renews(91), undefined],
  // With a long notice somebody has to act before the 90 days begin; with none, 14 days before the renewal.
  [renews(134, 120), 'high'],
  [renews(135, 120), undefined],
  [renews(14, 0), 'high'],
  [renews(15, 0), 'upcoming'],
  [ends(0), 'high'],
  [ends(30), 'high'],
  [ends(31), 'upcoming'],
  [ends(90), 'upcoming'],
  [ends(91), undefined],
  [ends(-1), 'grace'],
  [ends(-30), 'grace'],
  [ends(-31), undefined],
] as const)('%o is %s', (term, urgency) => {
  expect(urgencyOf(term, today)).toBe(urgency);
});
