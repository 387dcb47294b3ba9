import type { TagId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { removalBy } from './removal-by.ts';
import { rememberTag } from './removed-tag-queries.ts';
import { deleteTag, getTag, isHeldElsewhere, lockTags } from './tag-queries.ts';

/**
 * From all its holders; for a day restoreTag gives it back to them. Refused where somebody outside the actor's scope has it. Throws
 * tag_not_found, tag_held_elsewhere.
 */
export async function removeTag(ctx: Ctx, tagId: TagId): Promise<void> {
  requirePermission(ctx, 'tags.write');
  await inTenant(ctx, async (tx) => {
    await lockTags(tx, ctx.actor.partnerId);
    const tag = await getTag(tx, tagId);
    const { kind, name, color, description, holders } = tag;
    if (await isHeldElsewhere(tx, tagId)) throw new HubError('tag_held_elsewhere', { name });
    await rememberTag(tx, removalBy(ctx), { ...tag, intoTagId: null, intoName: null });
    await deleteTag(tx, tagId);
    await audit(tx, ctx, {
      action: 'tags.remove',
      target: { kind: 'tag', id: tagId },
      before: { kind, name, color, description, holders },
    });
  });
}
