import { MetricRow } from '@hub/contract/metrics';
import { expect, test } from 'vitest';
import { endpointShares, poorShareOf, sumOf } from './endpoint-shares.ts';

const row = (endpointType: string, knownLegs: number | null, poorLegs: number | null) =>
  MetricRow.parse({
    key: endpointType,
    name: endpointType,
    customerId: null,
    orgUuid: null,
    endpointType,
    userKey: null,
    location: null,
    values: { knownLegs: [knownLegs], poorLegs: [poorLegs] },
    before: null,
  });

test('legs of one type in two regions are added, and the share is that of the sums', () => {
  const shares = endpointShares([
    row('browser', 100, 10),
    row('desk_phone', 300, 3),
    row('browser', 300, 0),
    row('gateway', null, null),
  ]);
  expect(shares).toEqual([
    { type: 'browser', known: 400, poor: 10 },
    { type: 'desk_phone', known: 300, poor: 3 },
    { type: 'gateway', known: 0, poor: 0 },
  ]);
  expect(shares.map(poorShareOf)).toEqual([2.5, 1, null]);
  expect(sumOf(shares)).toEqual({ known: 700, poor: 13 });
});
