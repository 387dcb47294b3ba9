import type { SubscriptionId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { lockCustomers, partnerToday, refreshCustomers } from '../statuses/index.ts';
import { hasEnded } from './contract-rules.ts';
import { deleteSubscription, getCustomerOfSubscription, getSubscriptionForUpdate } from './subscriptions-queries.ts';
import { toldOf } from './told-of.ts';

/** Throws subscription_not_found, contract_ended. */
export async function removeSubscription(
  ctx: Ctx,
  { subscriptionId }: { subscriptionId: SubscriptionId },
): Promise<void> {
  requirePermission(ctx, 'subscriptions.write');
  await inTenant(ctx, async (tx) => {
    await lockCustomers(tx, [await getCustomerOfSubscription(tx, subscriptionId)]);
    const stored = await getSubscriptionForUpdate(tx, subscriptionId);
    const { customerId, reference } = stored;
    if (hasEnded(stored, await partnerToday(tx, ctx))) throw new HubError('contract_ended', { reference });
    await deleteSubscription(tx, subscriptionId);
    await refreshCustomers(tx, ctx, [customerId]);
    const target = { kind: 'subscription', id: subscriptionId };
    await audit(tx, ctx, { action: 'subscriptions.remove', target, customerId, before: toldOf(stored) });
  });
}
