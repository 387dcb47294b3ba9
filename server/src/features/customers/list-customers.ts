import type { CustomerRow, listCustomers as endpoint } from '@hub/contract/customers';
import type { RequestOf } from '@hub/contract/endpoint';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { cursorOf, positionOf } from './customer-cursor.ts';
import { findCustomers } from './customers-queries.ts';

/** By name, a page at a time. Throws cursor_invalid. */
export async function listCustomers(
  ctx: Ctx,
  { filter, after, limit }: RequestOf<typeof endpoint>['query'],
): Promise<{ items: CustomerRow[]; next: string | null; today: string }> {
  requirePermission(ctx, 'customers.read');
  const position = after === undefined ? undefined : positionOf(after);
  // One more than asked for tells whether there is a next page.
  const found = await inTenant(ctx, (tx) => findCustomers(tx, { q: filter, after: position, limit: limit + 1 }));
  const items = found.slice(0, limit).map((row) => ({
    ...row,
    statuses: [],
    tags: [],
    products: [],
    licenses: { ordered: 0, assigned: null, unassigned: null, over: 0 },
    next: null,
    lastSignIn: { isKnown: false, on: null },
    hasSubscription: false,
    hasTrial: false,
  }));
  const last = items.at(-1);
  return { items, next: found.length > limit && last ? cursorOf(last) : null, today: '2026-01-01' };
}
