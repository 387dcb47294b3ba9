import type { CustomerId } from '@hub/contract/ids';
import type { Trial } from '@hub/contract/trials';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getCustomer } from '../customers/index.ts';
import { findTrials } from './trials-queries.ts';

/** Throws customer_not_found. */
export async function listTrials(ctx: Ctx, { customerId }: { customerId: CustomerId }): Promise<{ items: Trial[] }> {
  requirePermission(ctx, 'subscriptions.read');
  return inTenant(ctx, async (tx) => {
    await getCustomer(tx, customerId);
    return { items: await findTrials(tx, customerId) };
  });
}
