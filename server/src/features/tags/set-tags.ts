import { type Tag, type TagGiven, type TagKind, type TagMark, tagsPerHolder } from '@hub/contract/customer-tags';
import type { CustomerId, SubscriptionId } from '@hub/contract/ids';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getCustomer } from '../customers/index.ts';
import { applyTagChanges, judgeTagChanges } from './change-tags.ts';
import { resolveTags } from './resolve-tags.ts';
import { findTagsOf, getSubscriptionCustomer, lockTags } from './tag-queries.ts';

interface Tagged {
  tags: TagMark[];
  gone: Tag[];
}

/** Replaces a customer's tags. Throws customer_not_found, tag_not_found, tag_limit. */
export async function setCustomerTags(
  ctx: Ctx,
  { customerId, tags }: { customerId: CustomerId; tags: readonly TagGiven[] },
): Promise<Tagged> {
  requirePermission(ctx, 'tags.write');
  return inTenant(ctx, async (tx) => {
    await lockTags(tx, ctx.actor.partnerId);
    await getCustomer(tx, customerId);
    return replaceTags(tx, ctx, { kind: 'customer', holderId: customerId, customerId }, tags);
  });
}

/** Replaces a subscription's tags. Throws subscription_not_found, tag_not_found, tag_limit. */
export async function setSubscriptionTags(
  ctx: Ctx,
  { subscriptionId, tags }: { subscriptionId: SubscriptionId; tags: readonly TagGiven[] },
): Promise<Tagged> {
  requirePermission(ctx, 'tags.write');
  return inTenant(ctx, async (tx) => {
    await lockTags(tx, ctx.actor.partnerId);
    const customerId = await getSubscriptionCustomer(tx, subscriptionId);
    return replaceTags(tx, ctx, { kind: 'subscription', holderId: subscriptionId, customerId }, tags);
  });
}

async function replaceTags(
  tx: TenantTx,
  ctx: Ctx,
  { kind, holderId, customerId }: { kind: TagKind; holderId: string; customerId: string },
  given: readonly TagGiven[],
): Promise<Tagged> {
  const { tags: add, fresh } = await resolveTags(tx, ctx, kind, given);
  if (new Set(add.map(({ id }) => id)).size > tagsPerHolder) throw new HubError('tag_limit', { limit: tagsPerHolder });
  const remove = ((await findTagsOf(tx, kind, [holderId])).get(holderId) ?? []).map(({ id }) => id);
  const verdicts = await judgeTagChanges(tx, kind, [{ holderId, customerId, add, remove }]);
  const gone = await applyTagChanges(tx, ctx, { kind, fresh, verdicts });
  const tags = (await findTagsOf(tx, kind, [holderId])).get(holderId) ?? [];
  return {
    tags: tags.map(({ id, name, color }) => ({ id, name, color }) as TagMark),
    gone: gone.map((tag) => ({ ...tag, kind, holders: 1 }) as Tag),
  };
}
