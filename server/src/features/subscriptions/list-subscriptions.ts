import type { CustomerId } from '@hub/contract/ids';
import type { Subscription } from '@hub/contract/subscriptions';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getCustomer } from '../customers/index.ts';
import { findSubscriptions } from './subscriptions-queries.ts';

/** Throws customer_not_found. */
export async function listSubscriptions(
  ctx: Ctx,
  { customerId }: { customerId: CustomerId },
): Promise<{ items: Subscription[] }> {
  requirePermission(ctx, 'subscriptions.read');
  return inTenant(ctx, async (tx) => {
    await getCustomer(tx, customerId);
    return { items: await findSubscriptions(tx, customerId) };
  });
}
