import type { TagGiven } from '@hub/contract/customer-tags';
import type { CustomerId, SubscriptionId } from '@hub/contract/ids';
import type { Ctx } from '../access/index.ts';
import { type Tagged, tagCustomer, tagSubscription } from './tag-holder.ts';

/** Replaces a customer's tags. Throws customer_not_found, tag_not_found, tag_limit. */
export const setCustomerTags = (
  ctx: Ctx,
  { customerId, tags }: { customerId: CustomerId; tags: readonly TagGiven[] },
): Promise<Tagged> => tagCustomer(ctx, customerId, { add: tags, remove: 'all' });

/** Replaces a subscription's tags. Throws subscription_not_found, tag_not_found, tag_limit. */
export const setSubscriptionTags = (
  ctx: Ctx,
  { subscriptionId, tags }: { subscriptionId: SubscriptionId; tags: readonly TagGiven[] },
): Promise<Tagged> => tagSubscription(ctx, subscriptionId, { add: tags, remove: 'all' });

interface Changes {
  add: readonly TagGiven[];
  remove: readonly string[];
}

/** Its other tags stay, also those that somebody else gave it meanwhile. Throws customer_not_found, tag_not_found, tag_limit. */
export const changeCustomerTags = (
  ctx: Ctx,
  { customerId, ...changes }: Changes & { customerId: CustomerId },
): Promise<Tagged> => tagCustomer(ctx, customerId, changes);

/** As changeCustomerTags. Throws subscription_not_found, tag_not_found, tag_limit. */
export const changeSubscriptionTags = (
  ctx: Ctx,
  { subscriptionId, ...changes }: Changes & { subscriptionId: SubscriptionId },
): Promise<Tagged> => tagSubscription(ctx, subscriptionId, changes);
