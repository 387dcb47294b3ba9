import type { Administrator, AssignableCustomer } from '@hub/contract/administrators';
import type { CustomerId, PersonId } from '@hub/contract/ids';
import { type Role, scopeOfRole } from '@hub/contract/permissions';
import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { CtxActor } from '../access/index.ts';

// Memberships and people stand outside row-level security: every query here names the partner.

const selectAdministrators = (tx: TenantTx, partnerId: string) =>
  tx
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person_id')
    .select((eb) => [
      'person.id as personId',
      'person.name',
      'person.email',
      'membership.role',
      'membership.created_at as addedAt',
      'membership.last_used_at as lastUsedAt',
      eb
        .selectFrom('assignment')
        .whereRef('assignment.person_id', '=', 'membership.person_id')
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .as('customers'),
      sql<
        Administrator['groups']
      >`coalesce((select jsonb_agg(jsonb_build_object('id', customer_group.id, 'name', customer_group.name) order by customer_group.name_key)
        from group_assignment join customer_group on customer_group.id = group_assignment.group_id
        where group_assignment.person_id = membership.person_id), '[]')`.as('groups'),
    ])
    .where('membership.partner_id', '=', partnerId);

interface Row {
  personId: string;
  name: string;
  email: string;
  role: Role;
  addedAt: Date;
  lastUsedAt: Date | null;
  customers: number | null;
  groups: Administrator['groups'];
}

const administratorOf = (row: Row, you: string | undefined): Administrator => ({
  personId: row.personId as PersonId,
  name: row.name,
  email: row.email,
  role: row.role,
  isYou: row.personId === you,
  customers: scopeOfRole[row.role] === 'assigned' ? (row.customers ?? 0) : null,
  groups: row.groups,
  addedAt: row.addedAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});

/** By name. */
export async function findAdministrators(
  tx: TenantTx,
  partnerId: string,
  you: string | undefined,
): Promise<Administrator[]> {
  const rows = await selectAdministrators(tx, partnerId).orderBy('person.name').orderBy('person.id').execute();
  return rows.map((row) => administratorOf(row, you));
}

/** Throws administrator_not_found. */
export async function getAdministrator(
  tx: TenantTx,
  { partnerId, personId, you }: { partnerId: string; personId: string; you: string | undefined },
): Promise<Administrator> {
  const row = await selectAdministrators(tx, partnerId).where('person.id', '=', personId).executeTakeFirst();
  if (!row) throw new HubError('administrator_not_found');
  return administratorOf(row, you);
}

/**
 * Locks this member and every full administrator, always in the same order: of two who would remove each other, the second judges what the
 * first has left. Returns the member's role and how many others are full administrators; throws administrator_not_found.
 */
export async function lockMember(
  tx: TenantTx,
  { partnerId, personId, actor }: { partnerId: string; personId: string; actor: CtxActor },
): Promise<{ role: Role; otherFull: number }> {
  const actorId = actor.kind === 'person' ? actor.personId : personId;
  const rows = await tx
    .selectFrom('membership')
    .select(['person_id', 'role'])
    .where('partner_id', '=', partnerId)
    .where((eb) => eb.or([eb('role', '=', 'partner_full'), eb('person_id', 'in', [personId, actorId])]))
    .orderBy('person_id')
    .forUpdate()
    .execute();
  // Two at once take turns here: who lost their own role to the other one meanwhile changes nobody's.
  if (actor.kind === 'person' && rows.find((row) => row.person_id === actorId)?.role !== actor.role)
    throw new HubError('session_expired');
  const member = rows.find((row) => row.person_id === personId);
  if (!member) throw new HubError('administrator_not_found');
  const otherFull = rows.filter((row) => row.role === 'partner_full' && row.person_id !== personId).length;
  return { role: member.role, otherFull };
}

export async function setRole(
  tx: TenantTx,
  { partnerId, personId, role }: { partnerId: string; personId: string; role: Role },
): Promise<void> {
  await tx
    .updateTable('membership')
    .set({ role })
    .where('partner_id', '=', partnerId)
    .where('person_id', '=', personId)
    .execute();
}

/** With it go the assignments. */
export async function deleteMembership(
  tx: TenantTx,
  { partnerId, personId }: { partnerId: string; personId: string },
): Promise<void> {
  await tx.deleteFrom('membership').where('partner_id', '=', partnerId).where('person_id', '=', personId).execute();
}

/** `%`, `_` and `\` of a searched text stand for themselves. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Assigned ones first, then by name. */
export async function findAssignable(
  tx: TenantTx,
  personId: string,
  { q = '', offset, limit }: { q?: string | undefined; offset: number; limit: number },
): Promise<{ items: AssignableCustomer[]; total: number; assigned: number }> {
  const matching = tx.selectFrom('customer').where('customer.name', 'ilike', containing(q));
  const rows = await matching
    .leftJoin('assignment', (join) =>
      join.onRef('assignment.customer_id', '=', 'customer.id').on('assignment.person_id', '=', personId),
    )
    .select(['customer.id', 'customer.name', 'customer.region'])
    .select(sql<boolean>`coalesce(assignment.is_direct, false)`.as('isAssigned'))
    .select(
      sql<string[]>`array(select customer_group.name from customer_group_member
        join group_assignment on group_assignment.group_id = customer_group_member.group_id
        join customer_group on customer_group.id = customer_group_member.group_id
        where customer_group_member.customer_id = customer.id and group_assignment.person_id = ${personId} order by customer_group.name_key)`.as(
        'throughGroups',
      ),
    )
    .orderBy(sql`assignment.customer_id is not null`, 'desc')
    .orderBy('customer.name')
    .orderBy('customer.id')
    .offset(offset)
    .limit(limit)
    .execute();
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { items: rows as AssignableCustomer[], total, assigned: await countAssigned(tx, personId) };
}

export async function countAssigned(tx: TenantTx, personId: string): Promise<number> {
  const { n } = await tx
    .selectFrom('assignment')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
  return n;
}

/** Those of these customers that are assigned to the person by themselves, whatever groups give beside. */
export async function findAssignedAmong(
  tx: TenantTx,
  { personId, customerIds }: { personId: string; customerIds: readonly string[] },
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('assignment')
    .select('customer_id')
    .where('person_id', '=', personId)
    .where(sql<boolean>`customer_id = any(${customerIds}::uuid[])`)
    .where('is_direct', '=', true)
    .execute();
  return new Set(rows.map((row) => row.customer_id));
}

export interface AssignedCustomer {
  id: CustomerId;
  name: string;
  region: RegionCode;
  orgUuid: string | null;
}

/** Those of these customers that the partner has. */
export async function findCustomersById(tx: TenantTx, ids: readonly string[]): Promise<AssignedCustomer[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('customer')
    .select(['id', 'name', 'region', 'org_uuid as orgUuid'])
    .where('id', 'in', ids)
    .execute();
  return rows as AssignedCustomer[];
}

/** Returns those that were not assigned before; what a group gave already is assigned by itself as well from now on. */
export async function insertAssignments(
  tx: TenantTx,
  { partnerId, personId, customerIds }: { partnerId: string; personId: string; customerIds: readonly string[] },
): Promise<string[]> {
  const added = await sql<{ id: string }>`
    insert into assignment (partner_id, person_id, customer_id)
    select ${partnerId}::uuid, ${personId}::uuid, id from unnest(${customerIds}::uuid[]) as given (id)
    on conflict do nothing returning customer_id as id`.execute(tx);
  await sql`update assignment set is_direct = true
    where person_id = ${personId}::uuid and customer_id = any(${customerIds}::uuid[]) and not is_direct`.execute(tx);
  return added.rows.map((row) => row.id);
}

/** Returns those that are not assigned any more; what a group gives as well stays through it. */
export async function deleteAssignments(
  tx: TenantTx,
  { personId, customerIds }: { personId: string; customerIds: readonly string[] },
): Promise<string[]> {
  await sql`update assignment set is_direct = false
    where person_id = ${personId}::uuid and customer_id = any(${customerIds}::uuid[]) and is_direct
      and is_assigned_by_group(person_id, customer_id)`.execute(tx);
  const removed = await sql<{ id: string }>`delete from assignment
    where person_id = ${personId}::uuid and customer_id = any(${customerIds}::uuid[]) and is_direct
    returning customer_id as id`.execute(tx);
  return removed.rows.map((row) => row.id);
}

/** Of these groups, those that the partner has. */
export async function findGroups(
  tx: TenantTx,
  groupIds: readonly string[],
): Promise<{ id: string; hasFilter: boolean }[]> {
  return tx
    .selectFrom('customer_group')
    .select(['id', sql<boolean>`filter is not null`.as('hasFilter')])
    .where(sql<boolean>`id = any(${groupIds}::uuid[])`)
    .orderBy('id')
    .forShare()
    .execute();
}

/** Their customers follow by the triggers of 0007-group-scope.sql. */
export async function setGroups(
  tx: TenantTx,
  { partnerId, personId, groupIds }: { partnerId: string; personId: string; groupIds: readonly string[] },
): Promise<void> {
  await sql`delete from group_assignment where person_id = ${personId}::uuid and group_id <> all(${groupIds}::uuid[])`.execute(
    tx,
  );
  await sql`insert into group_assignment (partner_id, person_id, group_id)
    select ${partnerId}::uuid, ${personId}::uuid, id from unnest(${groupIds}::uuid[]) as given (id) on conflict do nothing`.execute(
    tx,
  );
}

/** Where call records of a person's customers may wait: the organizations that are linked. */
export async function findAssignedOrganizations(
  tx: TenantTx,
  personId: string,
): Promise<{ region: RegionCode; orgUuid: string }[]> {
  const rows = await tx
    .selectFrom('customer')
    .innerJoin('assignment', 'assignment.customer_id', 'customer.id')
    .select(['customer.region', 'customer.org_uuid as orgUuid'])
    .where('assignment.person_id', '=', personId)
    .where('customer.org_uuid', 'is not', null)
    .execute();
  return rows as { region: RegionCode; orgUuid: string }[];
}
