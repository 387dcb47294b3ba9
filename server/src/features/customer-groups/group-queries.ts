import { type SqlBool, sql } from 'kysely';
import { groupsLock, takeTurn } from '../../platform/directory/advisory-lock.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';

export interface GroupRow {
  id: string;
  name: string;
  description: string;
  filter: string | null;
  version: number;
}

const columns = ['id', 'name', 'description', 'filter', 'version'] as const;

/** Whoever names, filters or removes groups takes this first: they name each other in their filters. */
export const lockGroups = (tx: TenantTx, partnerId: string): Promise<void> => takeTurn(tx, groupsLock(partnerId));

/** By name. */
export async function findGroups(tx: TenantTx): Promise<GroupRow[]> {
  return tx.selectFrom('customer_group').select(columns).orderBy('name').orderBy('id').execute();
}

/** Throws group_not_found. */
export async function getGroup(tx: TenantTx, id: string): Promise<GroupRow> {
  return required(await tx.selectFrom('customer_group').select(columns).where('id', '=', id).executeTakeFirst());
}

/** As getGroup; nobody changes it or who is in it until the end of the transaction. */
export async function getGroupForUpdate(tx: TenantTx, id: string): Promise<GroupRow> {
  // Not against those who only refer to it, such as a row of a member.
  const query = tx.selectFrom('customer_group').select(columns).where('id', '=', id).forNoKeyUpdate();
  return required(await query.executeTakeFirst());
}

function required(row: GroupRow | undefined): GroupRow {
  if (!row) throw new HubError('group_not_found');
  return row;
}

export async function insertGroup(
  tx: TenantTx,
  { at, partnerId, key, ...group }: GroupRow & { partnerId: string; key: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('customer_group')
    .values({ ...group, partner_id: partnerId, name_key: key, created_at: at })
    .execute();
}

export async function updateGroup(tx: TenantTx, { id, key, ...group }: GroupRow & { key: string }): Promise<void> {
  await tx
    .updateTable('customer_group')
    .set({ ...group, name_key: key })
    .where('id', '=', id)
    .execute();
}

export async function deleteGroup(tx: TenantTx, id: string): Promise<void> {
  await tx.deleteFrom('customer_group').where('id', '=', id).execute();
}

/** How many of each group's own customers the actor sees. */
export async function countMembers(tx: TenantTx): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('customer_group_member')
    .select((eb) => ['group_id as id', eb.fn.countAll<number>().as('n')])
    .groupBy('group_id')
    .execute();
  return new Map(rows.map(({ id, n }) => [id, n]));
}

export async function countMembersOf(tx: TenantTx, groupId: string): Promise<number> {
  const { n } = await tx
    .selectFrom('customer_group_member')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('group_id', '=', groupId)
    .executeTakeFirstOrThrow();
  return n;
}

/** Those of these customers that are in the group. */
export async function findMembersAmong(
  tx: TenantTx,
  { groupId, customerIds }: { groupId: string; customerIds: readonly string[] },
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('customer_group_member')
    .select('customer_id')
    .where('group_id', '=', groupId)
    .where(sql<SqlBool>`customer_id = any(${customerIds}::uuid[])`)
    .execute();
  return new Set(rows.map((row) => row.customer_id));
}

/** How many of these customers the actor sees. */
export async function countCustomers(tx: TenantTx, ids: readonly string[]): Promise<number> {
  const { n } = await tx
    .selectFrom('customer')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where(sql<SqlBool>`id = any(${ids}::uuid[])`)
    .executeTakeFirstOrThrow();
  return n;
}

/** Returns those that were not in it before. */
export async function insertMembers(
  tx: TenantTx,
  { partnerId, groupId, customerIds }: { partnerId: string; groupId: string; customerIds: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`insert into customer_group_member (partner_id, group_id, customer_id)
    select ${partnerId}::uuid, ${groupId}::uuid, unnest(${customerIds}::uuid[])
    on conflict do nothing returning customer_id as id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Returns those that were in it before. */
export async function deleteMembers(
  tx: TenantTx,
  { groupId, customerIds }: { groupId: string; customerIds: readonly string[] },
): Promise<string[]> {
  const rows = await tx
    .deleteFrom('customer_group_member')
    .where('group_id', '=', groupId)
    .where(sql<SqlBool>`customer_id = any(${customerIds}::uuid[])`)
    .returning('customer_id')
    .execute();
  return rows.map((row) => row.customer_id);
}

export async function deleteAllMembers(tx: TenantTx, groupId: string): Promise<void> {
  await tx.deleteFrom('customer_group_member').where('group_id', '=', groupId).execute();
}

/** Whether administrators have customers through it. */
export async function isScope(tx: TenantTx, groupId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('group_assignment')
    .select('group_id')
    .where('group_id', '=', groupId)
    .executeTakeFirst();
  return row !== undefined;
}
