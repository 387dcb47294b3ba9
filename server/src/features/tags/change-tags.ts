import type { TagKind } from '@hub/contract/customer-tags';
import { nameKey } from '@hub/contract/given-names';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { judgeTagChange, type TagChange, type TagData, type TagVerdict } from './tag-rules.ts';
import { changeHolders, deleteUnheld, findTagsOf, insertTags } from './tag-queries.ts';

/** What changes would do, in the order given. */
export async function judgeTagChanges(
  tx: TenantTx,
  kind: TagKind,
  changes: readonly TagChange[],
): Promise<TagVerdict[]> {
  const held = await findTagsOf(
    tx,
    kind,
    changes.map(({ holderId }) => holderId),
  );
  return changes.map((change) => judgeTagChange(held.get(change.holderId) ?? [], change));
}

/**
 * Does what was judged under the same lock (lockTags), however many holders there are. Tags that are not there yet are made; those that
 * nobody has any more disappear, and are returned as they were.
 */
export async function applyTagChanges(
  tx: TenantTx,
  ctx: Ctx,
  { kind, fresh, verdicts }: { kind: TagKind; fresh: ReadonlySet<string>; verdicts: readonly TagVerdict[] },
): Promise<TagData[]> {
  const { partnerId } = ctx.actor;
  const changed = verdicts.filter((verdict) => verdict.outcome === 'changed');
  if (changed.length === 0) return [];
  const given = changed.flatMap(({ holderId, customerId, added }) =>
    added.map((tag) => ({ holderId, customerId, tagId: tag.id })),
  );
  const taken = changed.flatMap(({ holderId, customerId, removed }) =>
    removed.map((tag) => ({ holderId, customerId, tagId: tag.id })),
  );
  const made = new Map(
    changed.flatMap(({ added }) => added.filter(({ id }) => fresh.has(id))).map((tag) => [tag.id, tag]),
  );
  // Left behind by holders that were removed with something else.
  const unheld = made.size > 0 ? await deleteUnheld(tx, kind) : [];
  await insertTags(
    tx,
    { partnerId, kind, at: ctx.clock.now() },
    [...made.values()].map((tag) => ({ ...tag, key: nameKey(tag.name) })),
  );
  await changeHolders(tx, { partnerId, kind }, { given, taken });
  const takenIds = new Set(taken.map(({ tagId }) => tagId));
  const gone = taken.length > 0 ? await deleteUnheld(tx, kind) : unheld;
  await audit(
    tx,
    ctx,
    changed.map(({ holderId, customerId, before, added, removed }) => {
      const after = [...before.filter((tag) => !removed.includes(tag)), ...added];
      return {
        action: 'tags.assign',
        target: { kind, id: holderId },
        customerId,
        before: { tags: namesOf(before) },
        after: { tags: namesOf(after) },
      };
    }),
  );
  return gone.filter(({ id }) => takenIds.has(id));
}

const namesOf = (tags: readonly TagData[]): string[] => tags.map(({ name }) => name);
