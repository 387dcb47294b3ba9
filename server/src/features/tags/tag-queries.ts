import type { Tag, TagKind } from '@hub/contract/customer-tags';
import { sql } from 'kysely';
import { takeTurn, tagsLock } from '../../platform/directory/advisory-lock.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { TagData } from './tag-rules.ts';

const data = ['tag.id', 'tag.name', 'tag.color', 'tag.description'] as const;

/**
 * Whoever writes tags takes this first and holds it to the end: names stay unique, nobody has too many, and no tag is given away by one
 * while another sees its last holder go.
 */
export const lockTags = (tx: TenantTx, partnerId: string): Promise<void> => takeTurn(tx, tagsLock(partnerId));

/** By name, those that anybody has; holders are counted as far as the actor sees them. */
export async function findTags(tx: TenantTx, kind: TagKind): Promise<Tag[]> {
  const { rows } = await sql<Tag>`
    select tag.id, tag.kind, tag.name, tag.color, tag.description, coalesce(held.holders, 0) as holders
    from tag left join (select tag_id, count(*) as holders from ${holdersOf(kind)} group by tag_id) as held on held.tag_id = tag.id
    where tag.kind = ${kind} and (held.holders is not null or has_holder(tag.id))
    order by tag.name, tag.id`.execute(tx);
  return rows;
}

const holdersOf = (kind: TagKind) => sql.table(kind === 'customer' ? 'customer_tag' : 'subscription_tag');
const holderOf = (kind: TagKind) => sql.ref(kind === 'customer' ? 'customer_id' : 'subscription_id');

/** With the holders that the actor sees. Throws tag_not_found. */
export async function getTag(tx: TenantTx, id: string): Promise<Tag> {
  const { rows } = await sql<Tag>`
    select tag.id, tag.kind, tag.name, tag.color, tag.description, ${inScope} as holders from tag where id = ${id}::uuid`.execute(
    tx,
  );
  const [tag] = rows;
  if (!tag) throw new HubError('tag_not_found');
  return tag;
}

const inScope = sql`(select count(*) from customer_tag h where h.tag_id = tag.id)
  + (select count(*) from subscription_tag h where h.tag_id = tag.id)`;

/** Whether somebody has it whom the actor does not see. */
export async function isHeldElsewhere(tx: TenantTx, id: string): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select count_holders(tag.id) > ${inScope} as is from tag where id = ${id}::uuid`.execute(tx);
  return rows[0]?.is === true;
}

export async function findTagsById(tx: TenantTx, kind: TagKind, ids: readonly string[]): Promise<TagData[]> {
  const rows = await tx
    .selectFrom('tag')
    .select(data)
    .where('kind', '=', kind)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  return rows as TagData[];
}

export async function findTagsByKey(
  tx: TenantTx,
  kind: TagKind,
  keys: readonly string[],
): Promise<(TagData & { key: string })[]> {
  const rows = await tx
    .selectFrom('tag')
    .select([...data, 'tag.name_key as key'])
    .where('kind', '=', kind)
    .where(sql<boolean>`name_key = any(${keys}::text[])`)
    .execute();
  return rows as (TagData & { key: string })[];
}

/** The tags of each holder, by name. */
export async function findTagsOf(
  tx: TenantTx,
  kind: TagKind,
  holderIds: readonly string[],
): Promise<Map<string, TagData[]>> {
  const { rows } = await sql<TagData & { holderId: string }>`
    select held.${holderOf(kind)} as "holderId", tag.id, tag.name, tag.color, tag.description
    from ${holdersOf(kind)} as held join tag on tag.id = held.tag_id
    where held.${holderOf(kind)} = any(${holderIds}::uuid[]) order by tag.name, tag.id`.execute(tx);
  const held = new Map<string, TagData[]>(holderIds.map((id) => [id, []]));
  for (const { holderId, ...tag } of rows) held.get(holderId)?.push(tag);
  return held;
}

export async function insertTags(
  tx: TenantTx,
  { partnerId, kind, at }: { partnerId: string; kind: TagKind; at: Date },
  tags: readonly (TagData & { key: string })[],
): Promise<void> {
  if (tags.length === 0) return;
  await tx
    .insertInto('tag')
    .values(tags.map(({ key, ...tag }) => ({ ...tag, partner_id: partnerId, kind, name_key: key, created_at: at })))
    .execute();
}

export async function updateTag(tx: TenantTx, { key, ...tag }: TagData & { key: string }): Promise<void> {
  await tx
    .updateTable('tag')
    .set({ name: tag.name, name_key: key, color: tag.color, description: tag.description })
    .where('id', '=', tag.id)
    .execute();
}

interface Held {
  holderId: string;
  customerId: string;
  tagId: string;
}

/** Gives and takes, in one statement each. */
export async function changeHolders(
  tx: TenantTx,
  { partnerId, kind }: { partnerId: string; kind: TagKind },
  { given, taken }: { given: readonly Held[]; taken: readonly Held[] },
): Promise<void> {
  if (taken.length > 0)
    await sql`delete from ${holdersOf(kind)} as held
      using unnest(${idsOf(taken, 'holderId')}::uuid[], ${idsOf(taken, 'tagId')}::uuid[]) as taken (holder_id, tag_id)
      where held.${holderOf(kind)} = taken.holder_id and held.tag_id = taken.tag_id`.execute(tx);
  if (given.length === 0) return;
  const pairs = sql`unnest(${idsOf(given, 'holderId')}::uuid[], ${idsOf(given, 'customerId')}::uuid[],
    ${idsOf(given, 'tagId')}::uuid[]) as given (holder_id, customer_id, tag_id)`;
  if (kind === 'customer')
    await sql`insert into customer_tag (partner_id, customer_id, tag_id)
      select ${partnerId}::uuid, given.holder_id, given.tag_id from ${pairs} on conflict do nothing`.execute(tx);
  else
    await sql`insert into subscription_tag (partner_id, customer_id, subscription_id, tag_id)
      select ${partnerId}::uuid, given.customer_id, given.holder_id, given.tag_id from ${pairs} on conflict do nothing`.execute(
      tx,
    );
}

const idsOf = (held: readonly Held[], field: keyof Held): string[] => held.map((entry) => entry[field]);

/** Everybody who has the one has the other too. */
export async function copyHolders(tx: TenantTx, fromTagId: string, toTagId: string): Promise<void> {
  await sql`insert into customer_tag (partner_id, customer_id, tag_id)
    select partner_id, customer_id, ${toTagId}::uuid from customer_tag where tag_id = ${fromTagId}::uuid on conflict do nothing`.execute(
    tx,
  );
  await sql`insert into subscription_tag (partner_id, customer_id, subscription_id, tag_id)
    select partner_id, customer_id, subscription_id, ${toTagId}::uuid from subscription_tag
    where tag_id = ${fromTagId}::uuid on conflict do nothing`.execute(tx);
}

/** From all its holders with it, past any scope: ask isHeldElsewhere first. */
export async function deleteTag(tx: TenantTx, id: string): Promise<void> {
  await tx.deleteFrom('tag').where('id', '=', id).execute();
}

/** Tags that nobody has any more, also those whose last holder was removed together with something else. Returns them. */
export async function deleteUnheld(tx: TenantTx, kind: TagKind): Promise<TagData[]> {
  const rows = await tx
    .deleteFrom('tag')
    .where('kind', '=', kind)
    .where(sql<boolean>`not has_holder(tag.id)`)
    .returning(data)
    .execute();
  return rows as TagData[];
}

/** Whose it is. Throws subscription_not_found. */
export async function getSubscriptionCustomer(tx: TenantTx, subscriptionId: string): Promise<string> {
  const row = await tx
    .selectFrom('subscription')
    .select('customer_id as customerId')
    .where('id', '=', subscriptionId)
    .executeTakeFirst();
  if (!row) throw new HubError('subscription_not_found');
  return row.customerId;
}
