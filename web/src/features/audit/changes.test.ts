import { expect, test } from 'vitest';
import { changesOf } from './changes.ts';

test('what changed comes first, what stayed after it', () => {
  expect(changesOf({ name: 'Ina', role: 'partner_admin' }, { name: 'Ina', role: 'partner_full' })).toEqual([
    { field: 'role', before: 'partner_admin', after: 'partner_full', isChanged: true },
    { field: 'name', before: 'Ina', after: 'Ina', isChanged: false },
  ]);
});

test('what was made or taken away has one side only, and nothing of it is a change', () => {
  expect(changesOf(null, { name: 'Ina' })).toEqual([{ field: 'name', before: '', after: 'Ina', isChanged: false }]);
  expect(changesOf({ name: 'Ina' }, null)).toEqual([{ field: 'name', before: 'Ina', after: '', isChanged: false }]);
});

test('what lies deeper is named by its path; what is empty is left out', () => {
  const after = { customer: { name: 'Ostrava' }, scopes: ['a', 'b'], rows: [{ line: 3 }, null], note: null };
  expect(changesOf(null, after).map(({ field, after: value }) => [field, value])).toEqual([
    ['customer.name', 'Ostrava'],
    ['scopes', 'a, b'],
    ['rows[1].line', '3'],
  ]);
});

test('an entry without values has no changes, a bare value has one without a name', () => {
  expect(changesOf(null, null)).toEqual([]);
  expect(changesOf(null, 7)).toEqual([{ field: '', before: '', after: '7', isChanged: false }]);
});
