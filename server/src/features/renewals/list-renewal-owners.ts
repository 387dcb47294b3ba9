import type { ReplyOf, RequestOf } from '@hub/contract/endpoint';
import type * as api from '@hub/contract/renewals';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getCustomer } from '../customers/index.ts';
import { findOwners } from './work-queries.ts';

/** Of a customer only those whom changeRenewal takes as its owner. Throws customer_not_found. */
export async function listRenewalOwners(
  ctx: Ctx,
  { customerId }: RequestOf<typeof api.listRenewalOwners>['query'],
): Promise<ReplyOf<typeof api.listRenewalOwners>> {
  requirePermission(ctx, 'subscriptions.read');
  return inTenant(ctx, async (tx) => {
    // Who sees a customer is told only to whoever sees it.
    if (customerId !== undefined) await getCustomer(tx, customerId);
    return { items: await findOwners(tx, ctx.actor.partnerId, customerId) };
  });
}
