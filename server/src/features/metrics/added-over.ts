import type { AddedUp, SourceRow } from './source-queries.ts';

/** Few enough to be named in a question. */
export const mostNamed = 1000;

/** How rows that are one for all customers are added up over them, of everybody who has any; undefined where naming them would take too many words. */
export function overCustomers(
  customers: ReadonlyMap<string, unknown>,
  everybody: readonly SourceRow[],
): AddedUp | undefined {
  const others = new Set(everybody.flatMap(({ org }) => (customers.has(org) ? [] : [org])));
  if (others.size <= mostNamed) return { orgs: [...others].sort(), areLeftOut: true };
  return customers.size > 0 && customers.size <= mostNamed
    ? { orgs: [...customers.keys()].sort(), areLeftOut: false }
    : undefined;
}
