import type { PersonId } from '@hub/contract/ids';
import { Role, scopeOfRole } from '@hub/contract/permissions';
import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';

/** The organizations whose held rows are entering, or about to: their release has a task until the rows are no longer held. */
export async function findQueuedReleases(tx: TenantTx, region: RegionCode): Promise<string[]> {
  const rows = await tx
    .selectFrom('import_batch')
    .innerJoin('import_task', 'import_task.import_id', 'import_batch.id')
    .select('release_org_uuid as orgUuid')
    .where('source', '=', 'release')
    .where('import_batch.region', '=', region)
    .where('release_org_uuid', 'is not', null)
    .execute();
  return rows.map((row) => row.orgUuid ?? '');
}

/** Whether a release of this organization waits already. */
export async function hasQueuedRelease(tx: TenantTx, region: RegionCode, orgUuid: string): Promise<boolean> {
  const row = await tx
    .selectFrom('import_batch')
    .select('id')
    .where('source', '=', 'release')
    .where('state', '=', 'queued')
    .where('region', '=', region)
    .where('release_org_uuid', '=', orgUuid)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The organizations of this list that a customer of the partner in this region has; with `assignedTo` only where that person has the
 * customer assigned. Asked in pieces of 1,000.
 */
export async function findKnownOrgs(
  tx: TenantTx,
  region: RegionCode,
  orgUuids: readonly string[],
  assignedTo?: string,
): Promise<Set<string>> {
  const known = new Set<string>();
  for (let at = 0; at < orgUuids.length; at += 1000) {
    let query = tx
      .selectFrom('customer')
      .select('org_uuid')
      .where('region', '=', region)
      .where('org_uuid', 'in', orgUuids.slice(at, at + 1000));
    if (assignedTo !== undefined) {
      query = query.where('id', 'in', (eb) =>
        eb.selectFrom('assignment').select('customer_id').where('person_id', '=', assignedTo),
      );
    }
    for (const row of await query.execute()) if (row.org_uuid) known.add(row.org_uuid);
  }
  return known;
}

/** Of the imports that brought held rows of an organization, those whose rows its release may let in. */
export async function findEntitledBatches(
  tx: TenantTx,
  { region, orgUuid, batches }: { region: RegionCode; orgUuid: string; batches: readonly number[] },
): Promise<number[]> {
  const { rows } = await sql<{ batch: number }>`
    select held.batch from unnest(${[...batches]}::integer[]) as held (batch)
    join customer on customer.org_uuid = ${orgUuid}::uuid and customer.region = ${region}
    left join import_batch on import_batch.number = held.batch
    left join membership on membership.person_id = import_batch.created_by and membership.partner_id = customer.partner_id
    where import_batch.created_by is null or membership.role = any(${rolesOfScope('all')}::text[])
      or exists (select 1 from assignment where assignment.person_id = import_batch.created_by and assignment.customer_id = customer.id)
  `.execute(tx);
  return rows.map((row) => row.batch);
}

/** Of imports that hold rows, those whose rows may stand for the same ones of this uploader: theirs, or anybody's who sees all customers. */
export async function findComparable(
  tx: TenantTx,
  batches: readonly number[],
  scopePerson: string | undefined,
): Promise<number[]> {
  const { rows } = await sql<{ batch: number }>`
    select held.batch from unnest(${[...batches]}::integer[]) as held (batch)
    left join import_batch on import_batch.number = held.batch
    left join membership on membership.person_id = import_batch.created_by and membership.partner_id = import_batch.partner_id
    where (import_batch.id is null or import_batch.state = 'committed') and case when ${scopePerson ?? null}::uuid is null
      then import_batch.created_by is null or membership.role = any(${rolesOfScope('all')}::text[])
      else import_batch.created_by = ${scopePerson ?? null}::uuid end
  `.execute(tx);
  return rows.map((row) => row.batch);
}

/** Of pairs of a held organization and the import that brought it, those whose import may write there by now. */
export async function findEntitledHeld(
  tx: TenantTx,
  region: RegionCode,
  held: readonly { org_uuid: string; batch: number }[],
): Promise<Set<string>> {
  const { rows } = await sql<{ org: string }>`
    select distinct customer.org_uuid as org
    from unnest(${held.map((entry) => entry.org_uuid)}::uuid[], ${held.map((entry) => entry.batch)}::integer[]) as held (org_uuid, batch)
    join customer on customer.org_uuid = held.org_uuid and customer.region = ${region}
    left join import_batch on import_batch.number = held.batch
    left join membership on membership.person_id = import_batch.created_by and membership.partner_id = customer.partner_id
    where import_batch.created_by is null or membership.role = any(${rolesOfScope('all')}::text[])
      or exists (select 1 from assignment where assignment.person_id = import_batch.created_by and assignment.customer_id = customer.id)
  `.execute(tx);
  return new Set(rows.map((row) => row.org));
}

const rolesOfScope = (scope: 'all' | 'assigned'): Role[] => Role.options.filter((role) => scopeOfRole[role] === scope);

/** A release that found nothing leaves no trace. */
export async function deleteEmptyRelease(tx: TenantTx, id: string): Promise<void> {
  await tx
    .deleteFrom('import_batch')
    .where('id', '=', id)
    .where('source', '=', 'release')
    .where('read_rows', '=', 0)
    .execute();
}

/** Who has customers through this group. */
export async function findPeopleOfGroup(tx: TenantTx, groupId: string): Promise<PersonId[]> {
  const rows = await tx.selectFrom('group_assignment').select('person_id').where('group_id', '=', groupId).execute();
  return rows.map((row) => row.person_id as PersonId);
}

/** Those of these customers that are linked to an organization. */
export async function findOrganizations(
  tx: TenantTx,
  customerIds: readonly string[],
): Promise<{ region: RegionCode; orgUuid: string }[]> {
  const rows = await tx
    .selectFrom('customer')
    .select(['region', 'org_uuid as orgUuid'])
    .where(sql<boolean>`id = any(${customerIds}::uuid[])`)
    .where('org_uuid', 'is not', null)
    .execute();
  return rows as { region: RegionCode; orgUuid: string }[];
}
