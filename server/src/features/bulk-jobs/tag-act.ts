import type { BulkAct } from '@hub/contract/bulk-jobs';
import type { TagId } from '@hub/contract/ids';
import {
  applyTagChanges,
  findPresentIds,
  judgeTagChanges,
  lockTags,
  requireLatest,
  resolveTags,
  type TagChange,
  type TagData,
  type TagVerdict,
} from '../tags/index.ts';
import type { Act, Item, Verdict } from './bulk-act.ts';
import { findTouched } from './bulk-queries.ts';

const kind = 'customer';

/** Gives each the tags, or takes them away. */
export function tagAct(given: BulkAct & { act: 'add_tags' | 'remove_tags' }): Act {
  const isAdding = given.act === 'add_tags';
  return {
    permission: 'tags.write',
    lock: (tx, ctx) => lockTags(tx, ctx.actor.partnerId),
    async settle(tx, ctx) {
      const { tags, fresh } = await resolveTags(tx, ctx, kind, given.tags);
      // By id from here on: a tag that is renamed while the job runs stays the one that was meant.
      return { ...given, tags: given.tags.map((tag, at) => idUnlessFresh(tags[at], fresh) ?? tag) };
    },
    async judge(tx, ctx, items) {
      const { tags, fresh } = await resolveTags(tx, ctx, kind, given.tags);
      const ids = tags.map(({ id }) => id);
      const verdicts = await judgeTagChanges(
        tx,
        kind,
        items.map(({ customerId }) => changeOf(customerId, isAdding ? { add: tags } : { remove: ids })),
      );
      return {
        verdicts: verdicts.map((verdict) => verdictOf(verdict)),
        tags: verdicts.flatMap((verdict) =>
          verdict.outcome === 'changed'
            ? [...verdict.added, ...verdict.removed].map(({ id, name }) => ({ name, isNew: fresh.has(id) }))
            : [],
        ),
        async apply() {
          await applyTagChanges(tx, ctx, { kind, fresh, verdicts });
          const isMade = isAdding && fresh.size > 0 && verdicts.some(({ outcome }) => outcome === 'changed');
          return isMade ? { act: { ...given, tags: tags.map(({ id }) => ({ id: id as TagId })) } } : {};
        },
      };
    },
  };
}

const idUnlessFresh = (tag: TagData | undefined, fresh: ReadonlySet<string>): { id: TagId } | undefined =>
  tag && !fresh.has(tag.id) ? { id: tag.id as TagId } : undefined;

interface Kept {
  added: TagData[];
  removed: TagData[];
}

/** Takes what a job gave, gives what it took: by name where the tag itself has disappeared since. Throws where something later built on it. */
export function tagUndo(given: BulkAct & { act: 'add_tags' | 'remove_tags' }, undoes: string): Act {
  return {
    ...tagAct(given),
    async admit(tx, ctx) {
      await lockTags(tx, ctx.actor.partnerId);
      await requireLatest(tx, ctx, kind, await findTouched(tx, undoes));
    },
    // Something may have come in between.
    async hold(tx, ctx, customerIds) {
      await requireLatest(tx, ctx, kind, await findTouched(tx, undoes, customerIds));
    },
    async judge(tx, ctx, items) {
      const kept = items.map(({ before }) => keptOf(before));
      const lost = once(kept.flatMap(({ removed }) => removed));
      const { tags, fresh } = await resolveTags(tx, ctx, kind, lost);
      const now = new Map(lost.map((tag, at) => [tag.id, tags[at]]));
      const given = once(kept.flatMap(({ added }) => added));
      const present = new Map<string, string[]>();
      for (const tag of given) present.set(tag.id, await findPresentIds(tx, kind, [tag]));
      const verdicts = await judgeTagChanges(
        tx,
        kind,
        items.map(({ customerId, before }: Item) => {
          const { added, removed } = keptOf(before);
          return changeOf(customerId, {
            add: removed.flatMap(({ id }) => now.get(id) ?? []),
            remove: added.flatMap(({ id }) => present.get(id) ?? []),
          });
        }),
      );
      return {
        verdicts: verdicts.map((verdict) => verdictOf(verdict)),
        async apply() {
          await applyTagChanges(tx, ctx, { kind, fresh, verdicts });
          return {};
        },
      };
    },
  };
}

const once = (tags: readonly TagData[]): TagData[] => [...new Map(tags.map((tag) => [tag.id, tag])).values()];

/** As verdictOf wrote it. */
const keptOf = (before: unknown): Kept => before as Kept;

const changeOf = (customerId: string, change: { add?: TagData[]; remove?: string[] }): TagChange => ({
  holderId: customerId,
  customerId,
  add: [],
  remove: [],
  ...change,
});

function verdictOf(verdict: TagVerdict): Verdict {
  const { customerId } = verdict;
  if (verdict.outcome === 'unchanged') return { customerId, outcome: 'unchanged' };
  if (verdict.outcome === 'failed') return { customerId, outcome: 'failed', code: verdict.code, data: verdict.data };
  const kept: Kept = { added: verdict.added, removed: verdict.removed };
  return { customerId, outcome: 'changed', before: kept };
}
