import type { TagColor, TagKind } from '@hub/contract/customer-tags';
import { nameKey } from '@hub/contract/given-names';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { Ctx } from '../access/index.ts';
import type { TagData } from './tag-rules.ts';
import { findTagsById, findTagsByKey } from './tag-queries.ts';

/** A tag by its id, by its name, or by both: one that disappeared since is then made again. */
export type TagWanted =
  | { id: string }
  | { id?: string | undefined; name: string; color?: TagColor | undefined; description?: string | undefined };

export interface Resolved {
  /** One for each that was wanted; two may turn out to be the same. */
  tags: TagData[];
  /** The ids of those among them that are not there yet: applyTagChanges makes them once somebody gets them. */
  fresh: ReadonlySet<string>;
}

/** Which tags are meant: by id whatever they are called by now, else by name. Throws tag_not_found. */
export async function resolveTags(
  tx: TenantTx,
  { clock }: Pick<Ctx, 'clock'>,
  kind: TagKind,
  wanted: readonly TagWanted[],
): Promise<Resolved> {
  const known = new Map(
    (
      await findTagsById(
        tx,
        kind,
        wanted.flatMap(({ id }) => id ?? []),
      )
    ).map((tag) => [tag.id, tag]),
  );
  const keys = wanted.flatMap((tag) => ('name' in tag ? nameKey(tag.name) : []));
  const named = new Map((await findTagsByKey(tx, kind, keys)).map(({ key, ...tag }) => [key, tag]));
  const fresh = new Set<string>();
  const tags = wanted.map((one) => {
    const there = one.id === undefined ? undefined : known.get(one.id);
    if (there) return there;
    if (!('name' in one)) throw new HubError('tag_not_found');
    const key = nameKey(one.name);
    const called = named.get(key);
    if (called) return called;
    const { name, color = 'gray', description = '' } = one;
    const tag = { id: clock.id(), name, color, description };
    named.set(key, tag);
    fresh.add(tag.id);
    return tag;
  });
  return { tags, fresh };
}

/** The ids of what these tags are today: their own, or, of one that has gone, that of the one made again under its name. */
export async function findPresentIds(
  tx: TenantTx,
  kind: TagKind,
  tags: readonly { id: string; name: string }[],
): Promise<string[]> {
  const known = new Set(
    (
      await findTagsById(
        tx,
        kind,
        tags.map(({ id }) => id),
      )
    ).map(({ id }) => id),
  );
  const lost = tags.filter(({ id }) => !known.has(id)).map(({ name }) => nameKey(name));
  return [...known, ...(await findTagsByKey(tx, kind, lost)).map(({ id }) => id)];
}
