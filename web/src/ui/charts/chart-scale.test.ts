import { expect, test } from 'vitest';
import { gridOf, labelledOf, runsOf } from './chart-scale.ts';

test.each([
  [6240, [2000, 4000, 6000, 8000]],
  [2.94, [1, 2, 3]],
  [131_000, [50_000, 100_000, 150_000]],
  [7, [2, 4, 6, 8]],
  [1, [0.25, 0.5, 0.75, 1]],
  [0, [1]],
])('the grid of %s', (highest, lines) => {
  expect(gridOf(highest)).toEqual({ top: lines.at(-1), lines });
});

test('a low strip has two lines at most', () => {
  expect(gridOf(35_200, 2)).toEqual({ top: 40_000, lines: [20_000, 40_000] });
});

test('a gap divides a line', () => {
  const at = (index: number, value: number) => ({ index, value });
  expect(runsOf([1, 2, null, null, 0, null, 4])).toEqual([[at(0, 1), at(1, 2)], [at(4, 0)], [at(6, 4)]]);
});

test('all of eight points are labelled, of nine the first, the last and the highest that have a value', () => {
  expect([...labelledOf([1, null, 3])]).toEqual([0, 2]);
  expect([...labelledOf([null, 2, 3, 9, 1, 1, 1, 1, null])].toSorted((a, b) => a - b)).toEqual([1, 3, 7]);
});
