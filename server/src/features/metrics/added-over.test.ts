import { expect, test } from 'vitest';
import { mostNamed, overCustomers } from './added-over.ts';
import type { SourceRow } from './source-queries.ts';

const row = (org: string): SourceRow => ({ org, key: '', name: '', location: '', parts: {} });
const named = (count: number, letter: string): string[] => Array.from({ length: count }, (_, at) => `${letter}${at}`);
const customers = (orgs: readonly string[]): Map<string, unknown> => new Map(orgs.map((org) => [org, {}]));

test('who has something and is no customer of the answer is left out', () => {
  expect(overCustomers(customers(['a', 'b', 'c']), [row('b'), row('a')])).toEqual({ orgs: [], areLeftOut: true });
  expect(overCustomers(customers(['b']), [row('c'), row('b'), row('a')])).toEqual({
    orgs: ['a', 'c'],
    areLeftOut: true,
  });
  const most = named(mostNamed, 'o');
  expect(overCustomers(customers([]), most.map(row))).toEqual({ orgs: most.toSorted(), areLeftOut: true });
});

test('where these are too many, the customers are named, and where both are, nobody is', () => {
  const others = named(mostNamed + 1, 'o').map(row);
  expect(overCustomers(customers(['b', 'a']), others)).toEqual({ orgs: ['a', 'b'], areLeftOut: false });
  expect(overCustomers(customers([]), others)).toBeUndefined();
  expect(overCustomers(customers(named(mostNamed + 1, 'c')), others)).toBeUndefined();
});
