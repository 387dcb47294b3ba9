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
}

const administratorOf = (row: Row, you: string | undefined): Administrator => ({
  personId: row.personId as PersonId,
  name: row.name,
  email: row.email,
  role: row.role,
  isYou: row.personId === you,
  customers: scopeOfRole[row.role] === 'assigned' ? (row.customers ?? 0) : null,
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
    .select(sql<boolean>`assignment.customer_id is not null`.as('isAssigned'))
    .orderBy('isAssigned', 'desc')
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

/** Those of these customers that are assigned to the person. */
export async function findAssignedAmong(
  tx: TenantTx,
  { personId, customerIds }: { personId: string; customerIds: readonly string[] },
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('assignment')
    .select('customer_id')
    .where('person_id', '=', personId)
    .where(sql<boolean>`customer_id = any(${customerIds}::uuid[])`)
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

/** Returns those that were not assigned before. */
export async function insertAssignments(
  tx: TenantTx,
  { partnerId, personId, customerIds }: { partnerId: string; personId: string; customerIds: readonly string[] },
): Promise<string[]> {
  if (customerIds.length === 0) return [];
  const rows = await tx
    .insertInto('assignment')
    .values(customerIds.map((id) => ({ partner_id: partnerId, person_id: personId, customer_id: id })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('customer_id')
    .execute();
  return rows.map((row) => row.customer_id);
}

/** Returns those that were assigned before. */
export async function deleteAssignments(
  tx: TenantTx,
  { personId, customerIds }: { personId: string; customerIds: readonly string[] },
): Promise<string[]> {
  if (customerIds.length === 0) return [];
  const rows = await tx
    .deleteFrom('assignment')
    .where('person_id', '=', personId)
    .where('customer_id', 'in', customerIds)
    .returning('customer_id')
    .execute();
  return rows.map((row) => row.customer_id);
}
