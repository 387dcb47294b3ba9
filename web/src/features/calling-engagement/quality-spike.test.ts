import { expect, test } from 'vitest';
import { isSpike, spikeLimit } from './quality-spike.ts';

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
