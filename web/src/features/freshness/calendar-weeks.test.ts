import { expect, test } from 'vitest';
import { weeksOf } from './calendar-weeks.ts';

const coverage = {
  days: [
    { day: '2026-03-02', records: 1 },
    { day: '2026-03-03', records: 30 },
    { day: '2026-03-06', records: 1000 },
  ],
  cadence: { kind: 'workdays' as const, weekdays: [1, 2, 3, 4, 5], usualBreak: 0 },
  gaps: [{ from: '2026-03-04', to: '2026-03-05', days: 2 }],
  late: { from: '2026-03-09', to: '2026-03-10', days: 2 },
};

test('weeks begin on Monday, days outside the range are none, and each day is told once', () => {
  const weeks = weeksOf(coverage, { from: '2026-02-28', to: '2026-03-11' });
  expect(weeks.map(({ monday }) => monday)).toEqual(['2026-02-23', '2026-03-02', '2026-03-09']);
  expect(weeks.every(({ days }) => days.length === 7)).toBe(true);
  const days = weeks.flatMap((week) => week.days).filter((day) => day !== undefined);
  expect(days.map(({ day }) => day)).toEqual(
    Array.from({ length: 12 }, (_, at) => new Date(Date.UTC(2026, 1, 28 + at)).toISOString().slice(0, 10)),
  );
});

test('expected days in a gap and at the late end are missing, a weekend between is not', () => {
  const days = weeksOf(coverage, { from: '2026-02-23', to: '2026-03-15' }).flatMap((week) => week.days);
  expect(days.filter((day) => day?.isMissing).map((day) => day?.day)).toEqual([
    '2026-03-04',
    '2026-03-05',
    '2026-03-09',
    '2026-03-10',
  ]);
});

test('more records are never a lower level, and any are more than none', () => {
  const days = weeksOf(coverage, { from: '2026-03-02', to: '2026-03-08' }).flatMap((week) => week.days);
  expect(days.map((day) => day?.level)).toEqual([1, 2, 0, 0, 3, 0, 0]);
  expect(weeksOf({ ...coverage, days: [] }, { from: '2026-03-02', to: '2026-03-02' })[0]?.days[0]?.level).toBe(0);
});
