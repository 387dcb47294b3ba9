import type { TagKind } from '@hub/contract/customer-tags';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { TagData } from './tag-rules.ts';

/** How long a removed tag can be restored, in milliseconds. */
export const keptFor = 24 * 3_600_000;

export interface RemovedTag extends TagData {
  kind: TagKind;
  /** The tag that took its place in a merge; it may be gone itself. */
  intoTagId: string | null;
  /** What that one was called then. */
  intoName: string | null;
  /** How many had it. */
  holders: number;
}

/** As it is kept. */
export interface KeptTag extends RemovedTag {
  /** In the order of acts on tags. */
  actNumber: number;
}

/** Keeps a tag that is about to go, with everybody who has it; who had both of a merge is known by that. Under lockTags. */
export async function rememberTag(
  tx: TenantTx,
  { partnerId, personId, at }: { partnerId: string; personId: string | null; at: Date },
  { id, kind, name, color, description, intoTagId, intoName, holders }: RemovedTag,
): Promise<void> {
  await tx
    .deleteFrom('removed_tag')
    .where((where) => where.or([where('removed_at', '<=', new Date(at.getTime() - keptFor)), where('id', '=', id)]))
    .execute();
  await tx
    .insertInto('removed_tag')
    .values({
      id,
      partner_id: partnerId,
      person_id: personId,
      kind,
      name,
      color,
      description,
      into_tag_id: intoTagId,
      into_name: intoName,
      holders,
      removed_at: at,
    })
    .execute();
  await sql`insert into removed_tag_holder (removed_tag_id, partner_id, customer_id, subscription_id, had_other)
    select h.tag_id, h.partner_id, h.customer_id, null,
      exists (select from customer_tag o where o.customer_id = h.customer_id and o.tag_id = ${intoTagId}::uuid)
    from customer_tag h where h.tag_id = ${id}::uuid
    union all
    select h.tag_id, h.partner_id, h.customer_id, h.subscription_id,
      exists (select from subscription_tag o where o.subscription_id = h.subscription_id and o.tag_id = ${intoTagId}::uuid)
    from subscription_tag h where h.tag_id = ${id}::uuid`.execute(tx);
}

/** A tag that was removed after `since` by the actor, or by anybody where the actor sees everything. Throws tag_not_found. */
export async function getRemovedTag(tx: TenantTx, { id, since }: { id: string; since: Date }): Promise<KeptTag> {
  const row = await tx
    .selectFrom('removed_tag')
    .select([
      'id',
      'kind',
      'name',
      'color',
      'description',
      'into_tag_id as intoTagId',
      'into_name as intoName',
      'holders',
      'act_number as actNumber',
    ])
    .where('id', '=', id)
    .where('removed_at', '>', since)
    .executeTakeFirst();
  if (!row) throw new HubError('tag_not_found');
  return row as KeptTag;
}

export interface RemovedHolder {
  holderId: string;
  customerId: string;
  hadOther: boolean;
}

/** Those that are still there, as far as the actor sees them. */
export async function findRemovedHolders(tx: TenantTx, id: string): Promise<RemovedHolder[]> {
  const { rows } = await sql<RemovedHolder>`
    select coalesce(subscription_id, customer_id) as "holderId", customer_id as "customerId", had_other as "hadOther"
    from removed_tag_holder where removed_tag_id = ${id}::uuid order by 1`.execute(tx);
  return rows;
}

export async function forgetRemovedTag(tx: TenantTx, id: string): Promise<void> {
  await tx.deleteFrom('removed_tag').where('id', '=', id).execute();
}
