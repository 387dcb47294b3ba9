import { type Tag, type TagGiven, type TagKind, type TagMark, tagsPerHolder } from '@hub/contract/customer-tags';
import type { CustomerId, SubscriptionId } from '@hub/contract/ids';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getCustomer } from '../customers/index.ts';
import { applyTagChanges, judgeTagChanges } from './change-tags.ts';
import { resolveTags } from './resolve-tags.ts';
import { findTagsOf, getSubscriptionCustomer, lockTags } from './tag-queries.ts';

export interface Tagged {
  tags: TagMark[];
  gone: Tag[];
}

interface Wanted {
  add: readonly TagGiven[];
  /** Ids of tags, or all that it has and that are not given. */
  remove: readonly string[] | 'all';
}

/** Throws customer_not_found, tag_not_found, tag_limit. */
export async function tagCustomer(ctx: Ctx, customerId: CustomerId, wanted: Wanted): Promise<Tagged> {
  requirePermission(ctx, 'tags.write');
  return inTenant(ctx, async (tx) => {
    await lockTags(tx, ctx.actor.partnerId);
    await getCustomer(tx, customerId);
    return tagHolder(tx, ctx, { kind: 'customer', holderId: customerId, customerId }, wanted);
  });
}

/** Throws subscription_not_found, tag_not_found, tag_limit. */
export async function tagSubscription(ctx: Ctx, subscriptionId: SubscriptionId, wanted: Wanted): Promise<Tagged> {
  requirePermission(ctx, 'tags.write');
  return inTenant(ctx, async (tx) => {
    await lockTags(tx, ctx.actor.partnerId);
    const customerId = await getSubscriptionCustomer(tx, subscriptionId);
    return tagHolder(tx, ctx, { kind: 'subscription', holderId: subscriptionId, customerId }, wanted);
  });
}

/** Under lockTags: what is read here is so until it is written. */
async function tagHolder(
  tx: TenantTx,
  ctx: Ctx,
  { kind, holderId, customerId }: { kind: TagKind; holderId: string; customerId: string },
  wanted: Wanted,
): Promise<Tagged> {
  const { tags: add, fresh } = await resolveTags(tx, ctx, kind, wanted.add);
  const held = (await findTagsOf(tx, kind, [holderId])).get(holderId) ?? [];
  const remove = wanted.remove === 'all' ? held.map(({ id }) => id) : wanted.remove;
  const verdicts = await judgeTagChanges(tx, kind, [{ holderId, customerId, add, remove }]);
  const refused = verdicts.find((verdict) => verdict.outcome === 'failed');
  if (refused || new Set(add.map(({ id }) => id)).size > tagsPerHolder)
    throw new HubError('tag_limit', { limit: tagsPerHolder });
  const gone = await applyTagChanges(tx, ctx, { kind, fresh, verdicts });
  const tags = (await findTagsOf(tx, kind, [holderId])).get(holderId) ?? [];
  return {
    tags: tags.map(({ id, name, color }) => ({ id, name, color }) as TagMark),
    gone: gone.map((tag) => ({ ...tag, kind, holders: 1 }) as Tag),
  };
}
