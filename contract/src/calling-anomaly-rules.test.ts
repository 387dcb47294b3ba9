import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSpike, median, spikeLimit, type WeekOfUse, weekOfUse, weeksInARow } from './calling-anomaly-rules.ts';

const enough = Array.from({ length: 10 }, () => 200);

test('the limit is twice the median of the eight weeks before, weeks without a share left out', () => {
  expect(spikeLimit([9, 1, 2, 3, 4, 5, 6, 7, 8, 0], 9)).toBe(9); // the median of 1 to 8 is 4.5
  expect(spikeLimit([1, null, 3, 0], 3)).toBe(4);
  expect(spikeLimit([1], 0)).toBeNull();
  expect(spikeLimit([null, 1], 1)).toBeNull();
});

test('a spike lies above the limit and has 200 legs of known quality', () => {
  expect(isSpike([1, 1, 2], enough, 2)).toBe(false);
  expect(isSpike([1, 1, 2.01], enough, 2)).toBe(true);
  expect(isSpike([1, 1, 2.01], [500, 500, 199], 2)).toBe(false);
  expect(isSpike([1, 1, null], enough, 2)).toBe(false);
});

const weeksOf = (...weeks: number[][]): number[] => weeks.flat();
const usual = [0, 100, 100, 100, 100, 100, 0];
const eight = Array.from({ length: 8 }, () => usual);

test('use falls where more than half of the weekdays that usually have calls are low', () => {
  expect(weekOfUse(weeksOf(...eight, usual), 8)).toMatchObject({ usualLegs: 500, usedDays: 5, lowDays: 0 });
  // A deviation is at least a tenth: 70 is the limit, and not below it.
  expect(weekOfUse(weeksOf(...eight, [0, 70, 70, 70, 70, 70, 0]), 8)?.isFalling).toBe(false);
  expect(weekOfUse(weeksOf(...eight, [0, 69, 69, 69, 100, 100, 0]), 8)).toMatchObject({ lowDays: 3, isFalling: true });
  // Two public holidays are no fall.
  expect(weekOfUse(weeksOf(...eight, [0, 0, 0, 100, 100, 100, 0]), 8)?.isFalling).toBe(false);
  expect(weekOfUse(weeksOf(...eight, [0, 0, 0, 0, 0, 0, 0]), 8)).toMatchObject({ legs: 0, isFalling: true });
});

test('a weekday that differs much from week to week is not soon low, and few calls are no fall', () => {
  const uneven = Array.from({ length: 8 }, (_, week) => usual.map((legs) => (week % 2 === 0 ? legs / 4 : legs * 2)));
  expect(weekOfUse(weeksOf(...uneven, [0, 0, 0, 0, 0, 0, 0]), 8)?.isFalling).toBe(false);
  const few = Array.from({ length: 8 }, () => [0, 9, 9, 9, 9, 9, 0]);
  expect(weekOfUse(weeksOf(...few, [0, 0, 0, 0, 0, 0, 0]), 8)).toMatchObject({ lowDays: 5, isFalling: false });
});

test('days before the first call say nothing: four weeks of each weekday are needed', () => {
  const none = [0, 0, 0, 0, 0, 0, 0];
  const silent = [0, 0, 0, 0, 0, 0, 0];
  const began = [0, 0, 0, 100, 100, 100, 0]; // on a Wednesday
  expect(weekOfUse(weeksOf(none, none, began, usual, usual, usual, silent), 6)).toBeNull();
  expect(weekOfUse(weeksOf(none, began, usual, usual, usual, usual, silent), 6)?.isFalling).toBe(true);
  expect(weekOfUse([], 0)).toBeNull();
});

/** By dates instead of places, one leg after another. */
function naive(
  daily: readonly number[],
  week: number,
): Pick<WeekOfUse, 'legs' | 'lowDays' | 'usedDays' | 'isFalling'> | null {
  const legsOn = new Map(daily.map((legs, day) => [day, legs]));
  const first = Math.min(...[...legsOn].filter(([, legs]) => legs > 0).map(([day]) => day));
  let [legs, low, used, sum] = [0, 0, 0, 0];
  for (const weekday of [0, 1, 2, 3, 4, 5, 6]) {
    const day = 7 * week + weekday;
    const past = [8, 7, 6, 5, 4, 3, 2, 1].map((back) => day - 7 * back).filter((each) => each >= first);
    if (past.length < 4) return null;
    const counts = past.map((each) => legsOn.get(each) ?? 0);
    const middle = middleOf(counts);
    const mad = middleOf(counts.map((count) => Math.abs(count - middle)));
    const here = legsOn.get(day) ?? 0;
    legs += here;
    sum += middle;
    if (middle > 0) used += 1;
    if (middle > 0 && middle - here > 3 * Math.max(mad, middle / 10)) low += 1;
  }
  return { legs, lowDays: low, usedDays: used, isFalling: sum >= 50 && low > used / 2 };
}

function middleOf(values: number[]): number {
  const left = [...values];
  while (left.length > 2) {
    left.splice(left.indexOf(Math.max(...left)), 1);
    left.splice(left.indexOf(Math.min(...left)), 1);
  }
  return left.reduce((sum, value) => sum + value, 0) / left.length;
}

test('falling use and the median are what a naive computation gives', { timeout: 120_000 }, () => {
  const legs = fc.oneof(fc.constantFrom(0, 0, 40, 50), fc.nat({ max: 60 }));
  fc.assert(
    fc.property(fc.array(legs, { minLength: 70, maxLength: 70 }), fc.integer({ min: 0, max: 9 }), (daily, week) => {
      const told = weekOfUse(daily, week);
      const verdict = told && {
        legs: told.legs,
        lowDays: told.lowDays,
        usedDays: told.usedDays,
        isFalling: told.isFalling,
      };
      expect(verdict).toEqual(naive(daily, week));
    }),
    { numRuns: 3000 },
  );
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      expect(median(values)).toBe(middleOf(values));
    }),
  );
});

test('a spike is what a naive computation gives', () => {
  const share = fc.oneof(fc.constant(null), fc.nat({ max: 12 }));
  fc.assert(
    fc.property(
      fc.array(share, { maxLength: 17 }),
      fc.nat({ max: 16 }),
      fc.nat({ max: 400 }),
      (shares, week, known) => {
        const before = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((back) => shares[week - back] ?? []);
        const here = shares[week];
        const expected = before.length > 0 && typeof here === 'number' && here / 2 > middleOf(before) && known > 199;
        expect(
          isSpike(
            shares,
            Array.from({ length: 17 }, () => known),
            week,
          ),
        ).toBe(expected);
      },
    ),
    { numRuns: 3000 },
  );
});

test('weeks in a row end with the one that is asked about, and are no more than eight', () => {
  const is = (week: number): boolean => ![3, 12].includes(week);
  expect([weeksInARow(5, is), weeksInARow(3, is), weeksInARow(2, is), weeksInARow(11, is)]).toEqual([2, 0, 3, 8]);
  expect(weeksInARow(30, () => true)).toBe(8);
});
