import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayMarks } from './day-marks.ts';
import { plusDays } from './running-contracts.ts';
import { trendWindow } from './trend-window.ts';

const first = '2026-10-01';

test('the mark of a day is that of the imports that cover any of the seven days that end with it', () => {
  const covered = fc.record({ at: fc.integer({ min: -20, max: 40 }), days: fc.nat({ max: 9 }), mark: fc.integer() });
  fc.assert(
    fc.property(fc.array(covered, { maxLength: 12 }), (imports) => {
      const spans = imports.map(({ at, days, mark }) => ({
        from: plusDays(first, at),
        to: plusDays(first, at + days),
        mark,
      }));
      const marks = dayMarks(spans, { from: first, to: plusDays(first, 29) });
      expect(marks.size).toBe(30);
      for (const [day, mark] of marks) {
        const own = spans.filter(({ from, to }) => from <= day && to > plusDays(day, -7));
        expect(mark).toBe(String(own.reduce((sum, span) => sum + span.mark, 0)));
      }
    }),
  );
});

test('a trend ends with today, in weeks from Sunday on, and is compared with as long a time before', () => {
  const { points, previous } = trendWindow('2026-12-01', { weeks: 8, bucket: 'week' });
  expect(points.at(-1)).toEqual({ from: '2026-11-29', to: '2026-12-05', isOpen: true, end: '2026-12-01' });
  expect(points[0]).toEqual({ from: '2026-10-11', to: '2026-10-17', isOpen: false, end: '2026-10-17' });
  expect(previous.map(({ from }) => from)).toEqual(points.map(({ from }) => plusDays(from, -56)));
  const days = trendWindow('2026-12-01', { weeks: 52, bucket: 'day' });
  expect([days.points.length, days.previous.at(-1)?.end]).toEqual([364, plusDays('2026-12-01', -364)]);
});
