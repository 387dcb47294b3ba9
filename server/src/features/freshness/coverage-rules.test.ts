import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Coverage, coverageOf } from './coverage-rules.ts';
import { dueDay } from './coverage.ts';
import { addDays, weekdayOf } from './days.ts';

const monday = '2026-06-01';

/** The days of so many weeks from a Monday on, by a pattern a week; `·` is a day without data. */
const weeks = (count: number, pattern: string): string => pattern.replaceAll('·', '0').repeat(count);
const without = (days: string, at: number, count: number): string =>
  days.slice(0, at) + '0'.repeat(count) + days.slice(at + count);
const judged = (days: string, due = addDays(monday, days.length - 1)): Coverage => {
  const coverage = coverageOf({ from: monday, days }, due);
  if (!coverage) throw new Error('There is no data.');
  return coverage;
};

test('nothing is known of a feed without a record', () => {
  expect(coverageOf({ from: monday, days: '0000' }, '2026-06-04')).toBeUndefined();
  expect(coverageOf({ from: monday, days: '' }, '2026-06-04')).toBeUndefined();
});

test.each([
  ['daily', weeks(4, '1111111'), [1, 2, 3, 4, 5, 6, 7]],
  ['workdays', weeks(4, '11111··'), [1, 2, 3, 4, 5]],
  ['weekly', weeks(5, '··1····'), [3]],
  ['weekdays', weeks(4, '1111··1'), [1, 2, 3, 4, 7]],
  ['weekdays', weeks(4, '1·1····'), [1, 3]],
  ['irregular', weeks(4, '··1···········'), []],
  ['irregular', '1000000000000000000000000000100000000000010000000', []],
  ['too_short', weeks(3, '1111111').slice(1), []],
])('%s', (kind, days, weekdays) => {
  expect(judged(days).cadence).toEqual({ kind, weekdays, usualBreak: 0 });
});

test('a weekend is no gap where none is expected, and one where data comes on it', () => {
  expect(judged(weeks(8, '11111··')).gaps).toEqual([]);
  expect(judged(without(weeks(8, '1111111'), 26, 2)).gaps).toEqual([{ from: '2026-06-27', to: '2026-06-28', days: 2 }]);
});

test('a gap over a weekend is one gap of the workdays in it', () => {
  expect(judged(without(weeks(8, '11111··'), 17, 5)).gaps).toEqual([{ from: '2026-06-18', to: '2026-06-22', days: 3 }]);
});

test('a gap of weeks does not turn a daily feed into an irregular one', () => {
  const { cadence, gaps } = judged(without(weeks(12, '1111111'), 14, 42));
  expect([cadence.kind, gaps]).toEqual(['daily', [{ from: '2026-06-15', to: '2026-07-26', days: 42 }]]);
});

test('breaks that are usual for a customer with little traffic are no gaps, a longer one is', () => {
  const quiet = [3, 11, 16, 27, 33, 42].reduce((days, at) => without(days, at, 1), weeks(8, '1111111'));
  expect(judged(quiet)).toMatchObject({ cadence: { kind: 'daily', usualBreak: 1 }, gaps: [], late: null });
  expect(judged(without(quiet, 44, 4)).gaps).toEqual([{ from: '2026-07-15', to: '2026-07-18', days: 4 }]);
});

test('days that bring few records may be empty by chance, until five would have come', () => {
  const days = without(weeks(8, '1111111'), 20, 2);
  const judge = (perDay: number) =>
    coverageOf(
      { from: monday, days, records: Array.from({ length: 7 }, (_, at) => perDay * (at >= 6 || at === 0 ? 7 : 8)) },
      due8,
    );
  const due8 = addDays(monday, 58);
  expect(judge(3)).toMatchObject({ gaps: [{ from: '2026-06-21', to: '2026-06-22', days: 2 }], late: { days: 3 } });
  expect(judge(2)).toMatchObject({ gaps: [], late: { days: 3 } });
  expect(judge(1)).toMatchObject({ cadence: { kind: 'daily' }, gaps: [], late: null });
});

test('the end is late from the day on that should be there, and never a gap as well', () => {
  const days = weeks(4, '11111··');
  const lastDay = '2026-06-26';
  expect(judged(days, lastDay).late).toBeNull();
  expect(judged(days, '2026-06-28').late).toBeNull();
  expect(judged(days, '2026-06-29')).toMatchObject({
    gaps: [],
    late: { from: '2026-06-29', to: '2026-06-29', days: 1 },
  });
  expect(judged(days, '2026-07-07').late).toEqual({ from: '2026-06-29', to: '2026-07-07', days: 7 });
  expect(judged('1', '2026-12-31').late).toBeNull();
});

test('a day has until the end of the next one, a report of a week until the next week is over', () => {
  expect(dueDay('2026-12-01', 1)).toBe('2026-11-29');
  expect(dueDay('2026-12-01', 7)).toBe('2026-11-23');
});

// The same rules, a day at a time over dates, from the words of docs/metrics.md.
function naive(from: string, days: string, due: string, records?: readonly number[]): Coverage | undefined {
  const dates = [...days].flatMap((digit, at) => (digit === '1' ? [addDays(from, at)] : []));
  const [firstDay] = dates;
  const lastDay = dates.at(-1);
  if (firstDay === undefined || lastDay === undefined) return undefined;
  const has = new Set(dates);
  const weekOf = (date: string): string => addDays(date, 1 - weekdayOf(date));
  const span = range(firstDay, lastDay);
  const activeWeeks = new Set(dates.map(weekOf));
  const allWeeks = new Set(span.map(weekOf));
  const often = [1, 2, 3, 4, 5, 6, 7].filter((weekday) => {
    const asked = span.filter((date) => weekdayOf(date) === weekday && activeWeeks.has(weekOf(date)));
    return asked.length > 0 && asked.filter((date) => has.has(date)).length / asked.length >= 0.75;
  });
  const isTooShort = span.length < 21;
  const isSparse = often.length < 5 && activeWeeks.size / allWeeks.size < 2 / 3;
  const weekdays = isTooShort || isSparse ? [] : often;
  const runs: string[][] = [];
  for (const date of range(firstDay, due > lastDay ? due : lastDay)) {
    if (has.has(date)) runs.push([]);
    else if (weekdays.includes(weekdayOf(date))) runs.at(-1)?.push(date);
  }
  const missing = runs.filter((run) => run.length > 0);
  const inner = missing.filter(([begin = '']) => begin < lastDay);
  const seldom = Math.max(1, Math.floor(span.length / 28));
  let usualBreak = 0;
  while (inner.filter((run) => run.length > usualBreak).length > seldom) usualBreak += 1;
  const usual = (date: string): number => {
    const same = range(from, addDays(from, days.length - 1)).filter((other) => weekdayOf(other) === weekdayOf(date));
    const at = (range(from, date).length - 1) % 7;
    return (records?.[at] ?? 0) / same.filter((other) => has.has(other)).length;
  };
  const isGap = (run: string[]): boolean =>
    run.length > usualBreak && (records === undefined || run.reduce((sum, date) => sum + usual(date), 0) >= 5);
  const told = (run: string[]) => ({ from: run[0] ?? '', to: run.at(-1) ?? '', days: run.length });
  const [end = []] = missing.filter(([begin = '']) => begin > lastDay).map((run) => run.filter((date) => date <= due));
  const names: Record<string, Coverage['cadence']['kind']> = {
    '12345': 'workdays',
    '1234567': 'daily',
    '': 'irregular',
  };
  const kind = names[weekdays.join('')] ?? (weekdays.length === 1 ? 'weekly' : 'weekdays');
  return {
    firstDay,
    lastDay,
    cadence: { kind: isTooShort ? 'too_short' : kind, weekdays, usualBreak },
    gaps: inner.filter(isGap).map(told),
    late: end.length > 0 && isGap(end) ? told(end) : null,
  };
}

const range = (from: string, to: string): string[] => {
  const dates: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
};

/** Weeks of one pattern with holes in them, as feeds are, from any weekday on. */
const someDays = fc
  .record({
    pattern: fc.array(fc.constantFrom('1', '1', '0'), { minLength: 7, maxLength: 7 }),
    count: fc.integer({ min: 1, max: 20 }),
    holes: fc.array(fc.tuple(fc.nat(140), fc.integer({ min: 1, max: 20 })), { maxLength: 8 }),
    start: fc.nat(6),
  })
  .map(({ pattern, count, holes, start }) => ({
    from: addDays(monday, start),
    days: holes.reduce((days, [at, length]) => {
      const begin = at % days.length;
      return without(days, begin, Math.min(length, days.length - begin));
    }, pattern.join('').repeat(count)),
  }));

const someRecords = fc.array(fc.nat(60), { minLength: 7, maxLength: 7 });

test('the rules are those of a naive reading of their words', () => {
  fc.assert(
    fc.property(someDays, fc.integer({ min: -3, max: 30 }), someRecords, ({ from, days }, ahead, records) => {
      const due = addDays(from, days.length - 1 + ahead);
      expect(coverageOf({ from, days }, due)).toEqual(naive(from, days, due));
      expect(coverageOf({ from, days, records }, due)).toEqual(naive(from, days, due, records));
    }),
    { numRuns: 2000, seed: 11 },
  );
});

test('a gap has no data in it, filling it ends it, and what lies before the first day changes nothing', () => {
  fc.assert(
    fc.property(someDays, fc.nat(50), ({ from, days }, before) => {
      const due = addDays(from, days.length - 1);
      const coverage = coverageOf({ from, days }, due);
      expect(coverageOf({ from: addDays(from, -before), days: '0'.repeat(before) + days }, due)).toEqual(coverage);
      for (const gap of coverage?.gaps ?? []) {
        const at = range(from, gap.from).length - 1;
        const length = range(gap.from, gap.to).length;
        const expected = range(gap.from, gap.to).filter((date) => coverage?.cadence.weekdays.includes(weekdayOf(date)));
        expect([days.slice(at, at + length), expected.length]).toEqual(['0'.repeat(length), gap.days]);
        const filled = coverageOf(
          { from, days: days.slice(0, at) + '1'.repeat(length) + days.slice(at + length) },
          due,
        );
        expect(filled?.gaps.some((other) => other.from <= gap.to && other.to >= gap.from)).toBe(false);
      }
    }),
    { numRuns: 500, seed: 12 },
  );
});
