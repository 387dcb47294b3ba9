import { expect, test } from 'vitest';
import { faultOf, mayBeOpen, periodOf, shifted, trendOf, weekSoFar, weeksBefore } from './period.ts';

const today = '2026-11-24'; // a Tuesday
const last = { from: '2026-11-15', to: '2026-11-21' };

test('an address without a possible range means the last week that is over', () => {
  for (const search of [{}, { from: 'x', to: '2026-11-01' }, { from: '2026-11-02', to: '2026-11-01' }])
    expect(periodOf(search, today)).toEqual({ ...last, kind: 'week', is: 'last' });
});

test('Sunday to Saturday is a week, the one of today may end today, all else is a range', () => {
  expect(periodOf({ from: '2026-11-08', to: '2026-11-14' }, today)).toMatchObject({ kind: 'week', is: 'other' });
  expect(weekSoFar(today)).toEqual({ from: '2026-11-22', to: today });
  expect(periodOf(weekSoFar(today), today)).toMatchObject({ kind: 'week', is: 'soFar' });
  expect(periodOf({ from: '2026-11-16', to: '2026-11-22' }, today)).toMatchObject({ kind: 'range', is: 'other' });
});

test('earlier and later go by weeks, and the week of today ends today', () => {
  const week = periodOf({}, today);
  expect(shifted(week, -1, today)).toEqual({ from: '2026-11-08', to: '2026-11-14' });
  expect(shifted(week, 1, today)).toEqual(weekSoFar(today));
  expect(shifted(periodOf(weekSoFar(today), today), -1, today)).toEqual(last);
  expect(shifted(periodOf({ from: '2026-11-01', to: '2026-11-10' }, today), -1, today)).toEqual({
    from: '2026-10-22',
    to: '2026-10-31',
  });
});

test('a week of another zone may be open until a day after it', () => {
  expect(mayBeOpen({ from: '2026-11-22', to: today }, today, undefined)).toBe(true);
  expect(mayBeOpen(last, '2026-11-22', undefined)).toBe(false);
  expect(mayBeOpen(last, '2026-11-22', 'America/New_York')).toBe(true);
  expect(mayBeOpen(last, '2026-11-23', 'America/New_York')).toBe(false);
});

test('a trend is the week with the seven before it, a range by its days, a long one by weeks', () => {
  expect(trendOf(periodOf({}, today))).toEqual({ from: '2026-09-27', to: '2026-11-21', bucket: 'week' });
  expect(trendOf(periodOf({ from: '2026-11-01', to: '2026-11-10' }, today)).bucket).toBe('day');
  expect(trendOf(periodOf({ from: '2026-08-01', to: '2026-11-10' }, today)).bucket).toBe('week');
  expect(weeksBefore(today, 2)).toEqual([last, { from: '2026-11-08', to: '2026-11-14' }]);
});

test('a range of more than 400 days is too long', () => {
  expect(faultOf({ from: '2025-10-21', to: '2026-11-24' })).toBeNull();
  expect(faultOf({ from: '2025-10-20', to: '2026-11-24' })).toBe('tooLong');
});
