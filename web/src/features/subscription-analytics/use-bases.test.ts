import { expect, test } from 'vitest';
import { baseOf } from './use-bases.ts';

const sums = {
  rows: 3,
  customers: 3,
  total: 237,
  assigned: 208,
  used: 139,
  available: 29,
  over: 16,
  assignedShare: 87.763,
  usedShare: 58.65,
};

test('a share has the sums that it divides, an average its licenses and customers', () => {
  expect(baseOf('expiringAssignment', 87.7637, sums)).toEqual({ part: 208, whole: 237 });
  expect(baseOf('overAverage', 16 / 3, sums)).toEqual({ part: 16, whole: 3 });
});

test('where a row does not tell its assignment, the sums of all rows are not those of the share', () => {
  expect(baseOf('expiringAssignment', 91.2, sums)).toBeUndefined();
  expect(baseOf('expiringUsage', 58.6, { ...sums, used: null })).toBeUndefined();
  expect(baseOf('overAverage', 0, { ...sums, customers: 0 })).toBeUndefined();
  expect(baseOf('newCustomers', 3, sums)).toBeUndefined();
});
