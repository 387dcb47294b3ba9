import type { Tag } from '@hub/contract/customer-tags';
import type { TagId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { removalBy } from './removal-by.ts';
import { rememberTag } from './removed-tag-queries.ts';
import { copyHolders, deleteTag, getTag, isHeldElsewhere, lockTags } from './tag-queries.ts';

/**
 * Who had this one has the other, who had both has one; for a day restoreTag takes that back. Refused where somebody outside the actor's
 * scope has it: what these are called is not theirs to decide. Throws tag_not_found (also where the two are of different kinds), tag_held_elsewhere.
 */
export async function mergeTag(ctx: Ctx, { tagId, intoTagId }: { tagId: TagId; intoTagId: TagId }): Promise<Tag> {
  requirePermission(ctx, 'tags.write');
  return inTenant(ctx, async (tx) => {
    await lockTags(tx, ctx.actor.partnerId);
    const from = await getTag(tx, tagId);
    const into = await getTag(tx, intoTagId);
    if (tagId === intoTagId) return into;
    if (from.kind !== into.kind) throw new HubError('tag_not_found');
    if (await isHeldElsewhere(tx, tagId)) throw new HubError('tag_held_elsewhere', { name: from.name });
    await rememberTag(tx, removalBy(ctx), { ...from, intoTagId, intoName: into.name });
    await copyHolders(tx, tagId, intoTagId);
    await deleteTag(tx, tagId);
    await audit(tx, ctx, {
      action: 'tags.merge',
      target: { kind: 'tag', id: tagId },
      before: { name: from.name, holders: from.holders },
      after: { into: into.name, intoTagId },
    });
    return getTag(tx, intoTagId);
  });
}
