import type { Tag, TagColor } from '@hub/contract/customer-tags';
import { nameKey } from '@hub/contract/given-names';
import type { TagId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { findTagsByKey, getTag, lockTags, updateTag } from './tag-queries.ts';

/**
 * Renames or recolours a tag for everybody, also on customers outside the actor's scope: it stays the same tag of the same holders. Throws
 * tag_not_found, tag_name_taken.
 */
export async function changeTag(
  ctx: Ctx,
  {
    tagId,
    ...given
  }: { tagId: TagId; name?: string | undefined; color?: TagColor | undefined; description?: string | undefined },
): Promise<Tag> {
  requirePermission(ctx, 'tags.write');
  return inTenant(ctx, async (tx) => {
    await lockTags(tx, ctx.actor.partnerId);
    const { holders, kind, ...before } = await getTag(tx, tagId);
    const { name = before.name, color = before.color, description = before.description } = given;
    const after = { id: tagId, name, color, description };
    const key = nameKey(name);
    const other = (await findTagsByKey(tx, kind, [key])).find(({ id }) => id !== tagId);
    if (other) throw new HubError('tag_name_taken', { name: other.name });
    if (JSON.stringify(shownOf(before)) !== JSON.stringify(shownOf(after))) {
      await updateTag(tx, { ...after, key });
      const target = { kind: 'tag', id: tagId };
      await audit(tx, ctx, { action: 'tags.change', target, before: shownOf(before), after: shownOf(after) });
    }
    return { ...after, kind, holders };
  });
}

const shownOf = ({ name, color, description }: Pick<Tag, 'name' | 'color' | 'description'>) => ({
  name,
  color,
  description,
});
