import { expect, test } from 'vitest';
import { leadingMetric, orderOf, tableMetrics } from './table-metrics.ts';

const scope = {
  region: 'eu',
  customerId: undefined,
  location: undefined,
  filter: undefined,
  zone: undefined,
  policy: undefined,
} as const;

test('a table has the columns that its rows can be told by', () => {
  expect(tableMetrics('usage', scope, 'customer')).toContain('activeShare');
  expect(tableMetrics('usage', scope, 'location')).not.toContain('activeShare');
  expect(tableMetrics('usage', scope, 'user')).toEqual(['callLegs', 'calls', 'callMinutes', 'videoMinutes']);
  expect(tableMetrics('quality', scope, 'user')).not.toContain('worstLocation');
  expect(tableMetrics('features', scope, 'queue')).not.toContain('huntGroupCalls');
});

test('queue statistics are known by UTC days only, so another zone leaves them out', () => {
  expect(tableMetrics('features', { ...scope, zone: 'Europe/Sofia' }, 'customer')).toEqual([
    'huntGroupCalls',
    'autoAttendantCalls',
  ]);
});

test('users by day are those of UTC days, so another zone leaves them out', () => {
  const daily = ['highestDailyActiveUsers', 'averageDailyActiveUsers'];
  expect(tableMetrics('usage', scope, 'customer')).toEqual(expect.arrayContaining(daily));
  for (const key of daily)
    expect(tableMetrics('usage', { ...scope, zone: 'Europe/Sofia' }, 'customer')).not.toContain(key);
});

test('falling use comes first, then what is asked for; without a week before nothing is sorted by change', () => {
  const metrics = tableMetrics('usage', scope, 'customer');
  expect(orderOf({}, 'usage', metrics, true)).toEqual({ sort: 'activeShare', sortBy: 'change', order: 'asc' });
  expect(orderOf({}, 'usage', metrics, false)).toEqual({ sort: 'activeShare', sortBy: 'last', order: 'desc' });
  expect(orderOf({ sort: 'poorShare' }, 'usage', metrics, true).sort).toBe('activeShare');
  expect(orderOf({ sort: 'callLegs', sortBy: 'change', order: 'asc' }, 'usage', metrics, false).sortBy).toBe('last');
  expect(orderOf({ sort: 'name', sortBy: 'change' }, 'usage', metrics, true)).toEqual({
    sort: 'name',
    sortBy: 'last',
    order: 'asc',
  });
  expect(leadingMetric('usage', tableMetrics('usage', scope, 'user'))).toBe('callLegs');
});
