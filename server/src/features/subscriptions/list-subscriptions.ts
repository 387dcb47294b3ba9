import type { CustomerId } from '@hub/contract/ids';
import type { ReplyOf } from '@hub/contract/endpoint';
import type * as api from '@hub/contract/subscriptions';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getCustomer } from '../customers/index.ts';
import { findSubscriptions, findTagsOfSubscriptions } from './subscriptions-queries.ts';

/** Throws customer_not_found. */
export async function listSubscriptions(
  ctx: Ctx,
  { customerId }: { customerId: CustomerId },
): Promise<ReplyOf<typeof api.listSubscriptions>> {
  requirePermission(ctx, 'subscriptions.read');
  return inTenant(ctx, async (tx) => {
    await getCustomer(tx, customerId);
    const items = await findSubscriptions(tx, customerId);
    const tags = await findTagsOfSubscriptions(tx, customerId);
    return { items: items.map((item) => ({ ...item, tags: tags.get(item.id) ?? [] })) };
  });
}
