import type { restoreTag as endpoint } from '@hub/contract/customer-tags';
import type { ReplyOf } from '@hub/contract/endpoint';
import { nameKey } from '@hub/contract/given-names';
import type { TagId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { applyTagChanges, judgeTagChanges } from './change-tags.ts';
import { findRemovedHolders, forgetRemovedTag, getRemovedTag, keptFor } from './removed-tag-queries.ts';
import { requireLatest } from './require-latest.ts';
import { findPresentIds } from './resolve-tags.ts';
import { findTagsByKey, lockTags } from './tag-queries.ts';

/**
 * Takes a removal or a merge back, once: who had the tag has it again, and what a merge gave instead goes, unless they had both. Who has no
 * room, or is gone, is left and counted. Where a tag has the name by now, that one is given. Throws tag_not_found; and, where nothing is
 * lost and it can be tried again, tag_merged_has_name where that is the one it was merged into, undo_later_tag and undo_later_job where
 * something later built on it.
 */
export async function restoreTag(ctx: Ctx, tagId: TagId): Promise<ReplyOf<typeof endpoint>> {
  requirePermission(ctx, 'tags.write');
  return inTenant(ctx, async (tx) => {
    await lockTags(tx, ctx.actor.partnerId);
    const since = new Date(ctx.clock.now().getTime() - keptFor);
    const removed = await getRemovedTag(tx, { id: tagId, since });
    const { kind, name, color, description, intoTagId, intoName, holders, actNumber } = removed;
    const had = await findRemovedHolders(tx, tagId);
    await requireLatest(
      tx,
      ctx,
      kind,
      had.flatMap(({ holderId, hadOther }) => [
        { holderId, tagId, name, actNumber },
        ...(intoTagId === null || hadOther ? [] : [{ holderId, tagId: intoTagId, name: intoName, actNumber }]),
      ]),
    );
    const [called] = await findTagsByKey(tx, kind, [nameKey(name)]);
    // To everybody who would get it, it would have to be given and taken at once.
    if (called && called.id === intoTagId) throw new HubError('tag_merged_has_name', { name: called.name });
    const tag = called ?? { id: tagId, name, color, description };
    const given = await findPresentIds(tx, kind, intoTagId === null ? [] : [{ id: intoTagId, name: intoName ?? '' }]);
    const changes = had.map(({ holderId, customerId, hadOther }) => ({
      holderId,
      customerId,
      add: [tag],
      remove: hadOther ? [] : given,
    }));
    const verdicts = await judgeTagChanges(tx, kind, changes);
    await applyTagChanges(tx, ctx, { kind, fresh: new Set(called ? [] : [tagId]), verdicts });
    await forgetRemovedTag(tx, tagId);
    const restored = verdicts.filter(({ outcome }) => outcome !== 'failed').length;
    const told = { restored, left: holders - restored };
    await audit(tx, ctx, {
      action: 'tags.restore',
      target: { kind: 'tag', id: tagId },
      before: { kind, name, color, description },
      after: told,
    });
    return told;
  });
}
