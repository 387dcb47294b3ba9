import { expect, test } from 'vitest';
import { aSubscriptionRow } from '../../testing/analytics-fixtures.ts';
import { formatFor } from '../../lib/format.ts';
import { translate } from '../../lib/i18n.ts';
import { groupName, itemsOf } from './row-items.ts';

const sums = {
  rows: 2,
  customers: 1,
  total: 3,
  assigned: null,
  used: null,
  available: null,
  over: null,
  assignedShare: null,
  usedShare: null,
};
const group = (key: string) => ({ key, name: `group ${key}`, sums });

test('a group has one head before its rows, also where it goes on on the next page', () => {
  const pages = [
    {
      rows: [aSubscriptionRow(0, { group: 'a' }), aSubscriptionRow(1, { group: 'b' })],
      groups: [group('a'), group('b')],
    },
    {
      rows: [aSubscriptionRow(2, { group: 'b' }), aSubscriptionRow(3, { group: 'c' })],
      groups: [group('b'), group('c')],
    },
  ];
  expect(itemsOf(pages, ({ name }) => name).map(({ key }) => key)).toEqual([
    'group a',
    'row 0',
    'group b',
    'row 1',
    'row 2',
    'group c',
    'row 3',
  ]);
});

test('rows that are not grouped have no heads', () => {
  const pages = [{ rows: [aSubscriptionRow(0), aSubscriptionRow(1)], groups: [] }];
  expect(itemsOf(pages, ({ name }) => name).map(({ is }) => is)).toEqual(['row', 'row']);
});

test('a month without a name is told in words', () => {
  const f = formatFor('en');
  expect(groupName(group('2026-12'), 'end', translate, f)).toBe('Dec 2026');
  expect(groupName(group('a'), 'customer', translate, f)).toBe('group a');
});
