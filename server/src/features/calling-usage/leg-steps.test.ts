import { expect, test } from 'vitest';
import { stepsOf } from './leg-steps.ts';

const year = { from: '2026-01-01', to: '2026-11-21' };

test('a short range is looked through at once', () => {
  expect(stepsOf({ from: '2026-09-01', to: '2026-12-01' })).toEqual([undefined]);
});

test('steps of a long one hold each day once, the newest first, and the days that a zone adds', () => {
  const steps = stepsOf(year);
  expect(steps[0]).toEqual({ from: '2026-11-16', to: '2026-11-22' });
  expect(steps[1]).toEqual({ from: '2026-11-02', to: '2026-11-15' });
  expect(steps.at(-1)?.from).toBe('2025-12-31');
  const newerFrom = steps.slice(0, -1).map((step) => Date.parse(step?.from ?? ''));
  const olderTo = steps.slice(1).map((step) => Date.parse(step?.to ?? ''));
  expect(olderTo.map((day) => day + 86_400_000)).toEqual(newerFrom);
});

test('after a leg nothing newer is looked for', () => {
  expect(stepsOf(year, '2026-01-03T23:59:59.999Z')).toEqual([{ from: '2025-12-31', to: '2026-01-03' }]);
});
