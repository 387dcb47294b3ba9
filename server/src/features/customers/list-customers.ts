import type { Customer, listCustomers as endpoint } from '@hub/contract/customers';
import type { RequestOf } from '@hub/contract/endpoint';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { cursorOf, positionOf } from './customer-cursor.ts';
import { findCustomers } from './customers-queries.ts';

/** By name, a page at a time. Throws cursor_invalid. */
export async function listCustomers(
  ctx: Ctx,
  { q, region, unlinked, after, limit }: RequestOf<typeof endpoint>['query'],
): Promise<{ items: Customer[]; next: string | null }> {
  requirePermission(ctx, 'customers.read');
  const position = after === undefined ? undefined : positionOf(after);
  const isLinked = unlinked === undefined ? undefined : !unlinked;
  // One more than asked for tells whether there is a next page.
  const found = await inTenant(ctx, (tx) =>
    findCustomers(tx, { q, region, isLinked, after: position, limit: limit + 1 }),
  );
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last ? cursorOf(last) : null };
}
