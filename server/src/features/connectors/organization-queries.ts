import type { SnapshotKind } from '@hub/contract/connectors';
import { type Selectable, sql } from 'kysely';
import type { ConnectorOrganizationTable } from '../../platform/directory/database.gen.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { hasSnapshotFault } from './connector-queries.ts';
import type { Progress } from './plan-windows.ts';
import type { FaultData } from './pull-fault.ts';

/** What is fetched once a day of an organization; instants and days as PostgreSQL writes them into JSON. */
export interface OrganizationSnapshotRow {
  kind: SnapshotKind;
  taken_on: string | null;
  people: number | null;
  last_success_at: string | null;
  fault: unknown;
  fault_at: string | null;
  not_before: string | null;
}

export type OrganizationRow = Selectable<ConnectorOrganizationTable> & {
  customer_id: string | null;
  customer_name: string | null;
  customer_region: string | null;
  suggestion_id: string | null;
  suggestion_name: string | null;
  suggestion_region: string | null;
  snapshots: OrganizationSnapshotRow[];
};

/** With its customer, or else one without an organization that has its name. */
const selectOrganizations = (tx: TenantTx, connectorId: string) =>
  tx
    .selectFrom('connector_organization as o')
    .leftJoin('customer as c', (join) =>
      join.onRef('c.org_uuid', '=', 'o.org_uuid').onRef('c.partner_id', '=', 'o.partner_id'),
    )
    .where('o.connector_id', '=', connectorId);

const withCustomer = (tx: TenantTx, connectorId: string) =>
  selectOrganizations(tx, connectorId)
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('customer as s')
          .whereRef('s.partner_id', '=', 'o.partner_id')
          .where('s.org_uuid', 'is', null)
          .where(sql<boolean>`c.id is null and lower(s.name) = lower(o.name)`)
          .orderBy('s.id')
          .limit(1)
          .select(['s.id', 's.name', 's.region'])
          .as('s'),
      (join) => join.onTrue(),
    )
    .selectAll('o')
    .select([
      'c.id as customer_id',
      'c.name as customer_name',
      'c.region as customer_region',
      's.id as suggestion_id',
      's.name as suggestion_name',
      's.region as suggestion_region',
      sql<OrganizationSnapshotRow[]>`(select coalesce(json_agg(s), '[]') from tenant.connector_snapshot s
        where s.connector_id = o.connector_id and s.org_uuid = o.org_uuid)`.as('snapshots'),
    ]);

export interface Position {
  name: string;
  orgUuid: string;
}

/** By name, a page at a time, and how many match. */
export async function findOrganizationPage(
  tx: TenantTx,
  connectorId: string,
  {
    q,
    which,
    after,
    limit,
  }: { q?: string | undefined; which: 'all' | 'failing' | 'unlinked'; after?: Position | undefined; limit: number },
): Promise<{ rows: OrganizationRow[]; total: number }> {
  let page = withCustomer(tx, connectorId);
  let count = selectOrganizations(tx, connectorId);
  if (q !== undefined && q !== '') {
    const matches = sql<boolean>`(strpos(lower(o.name), lower(${q})) > 0 or strpos(o.org_uuid::text, lower(${q})) > 0)`;
    page = page.where(matches);
    count = count.where(matches);
  }
  if (which === 'failing') {
    const fails = sql<boolean>`(o.fault is not null or ${hasSnapshotFault})`;
    page = page.where(fails);
    count = count.where(fails);
  }
  if (which === 'unlinked') {
    page = page.where('c.id', 'is', null);
    count = count.where('c.id', 'is', null);
  }
  if (after !== undefined)
    page = page.where(sql<boolean>`(o.name, o.org_uuid) > (${after.name}, ${after.orgUuid}::uuid)`);
  const rows = await page.orderBy('o.name').orderBy('o.org_uuid').limit(limit).execute();
  const { total } = await count.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { rows, total };
}

export async function findOrganization(
  tx: TenantTx,
  connectorId: string,
  orgUuid: string,
): Promise<OrganizationRow | undefined> {
  return withCustomer(tx, connectorId).where('o.org_uuid', '=', orgUuid).executeTakeFirst();
}

export async function setLeftOut(
  tx: TenantTx,
  { connectorId, orgUuid }: { connectorId: string; orgUuid: string },
  isLeftOut: boolean,
): Promise<void> {
  await tx
    .updateTable('connector_organization')
    .set({ is_left_out: isLeftOut })
    .where('connector_id', '=', connectorId)
    .where('org_uuid', '=', orgUuid)
    .execute();
}

const atOnce = 1000;

/** Organizations whose customer was deleted on request and is not there again: a connector that is made later must not bring them back by itself either. */
async function findDeletedCustomers(tx: TenantTx): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('deletion as d')
    .select('d.org_uuid')
    .distinct()
    .where('d.takes_record', '=', true)
    .where('d.record', 'is not', null)
    .where('d.let_in_at', 'is', null)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('customer as c').select('c.id').whereRef('c.org_uuid', '=', 'd.org_uuid'))),
    )
    .execute();
  return new Set(rows.flatMap(({ org_uuid }) => org_uuid ?? []));
}

/** What the provider lists now; of the others it is remembered how far they had come. */
export async function keepListed(
  tx: TenantTx,
  { connectorId, partnerId }: { connectorId: string; partnerId: string },
  listed: readonly { orgUuid: string; name: string }[],
): Promise<void> {
  await sql`update tenant.connector_organization set is_listed = false
    where connector_id = ${connectorId} and is_listed and not (org_uuid = any(${listed.map(({ orgUuid }) => orgUuid)}::uuid[]))`.execute(
    tx,
  );
  const deleted = await findDeletedCustomers(tx);
  for (let at = 0; at < listed.length; at += atOnce) {
    const piece = listed.slice(at, at + atOnce);
    await tx
      .insertInto('connector_organization')
      .values(
        piece.map(({ orgUuid, name }) => ({
          connector_id: connectorId,
          partner_id: partnerId,
          org_uuid: orgUuid,
          name,
          is_left_out: deleted.has(orgUuid),
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['connector_id', 'org_uuid'])
          .doUpdateSet((eb) => ({ name: eb.ref('excluded.name'), is_listed: true }))
          .where(sql<boolean>`connector_organization.name <> excluded.name or not connector_organization.is_listed`),
      )
      .execute();
  }
}

/** Organizations without a customer that may get one. */
export async function findUnlinked(tx: TenantTx, connectorId: string): Promise<{ orgUuid: string; name: string }[]> {
  return selectOrganizations(tx, connectorId)
    .where('c.id', 'is', null)
    .where('o.is_listed', '=', true)
    .where('o.is_left_out', '=', false)
    .select(['o.org_uuid as orgUuid', 'o.name'])
    .orderBy('o.name')
    .execute();
}

export interface Pulled {
  orgUuid: string;
  /** As it is stored. */
  progress: Progress;
  backFloor: Date | null;
  origin: string | null;
  faults: number;
  customerRegion: string | null;
}

/** Whose records are due, furthest behind first. */
export async function findDueOrganizations(
  tx: TenantTx,
  { connectorId, pullsUnlinked }: { connectorId: string; pullsUnlinked: boolean },
  now: Date,
): Promise<Pulled[]> {
  let query = selectOrganizations(tx, connectorId)
    .where('o.is_listed', '=', true)
    .where('o.is_left_out', '=', false)
    .where((eb) => eb.or([eb('o.not_before', 'is', null), eb('o.not_before', '<=', now)]));
  if (!pullsUnlinked) query = query.where('c.id', 'is not', null);
  const rows = await query
    .select([
      'o.org_uuid',
      'o.pulled_to',
      'o.back_from',
      'o.back_to',
      'o.back_floor',
      'o.calls_origin',
      'o.faults',
      'c.region as customer_region',
    ])
    .orderBy(sql`o.pulled_to nulls first`)
    .orderBy('o.org_uuid')
    .execute();
  return rows.map((row) => ({
    orgUuid: row.org_uuid,
    progress: { pulledTo: row.pulled_to, backFrom: row.back_from, backTo: row.back_to },
    backFloor: row.back_floor,
    origin: row.calls_origin,
    faults: row.faults,
    customerRegion: row.customer_region,
  }));
}

export interface Move {
  orgUuid: string;
  before: Progress;
  after: Progress;
  backFloor: Date | null;
  origin: string | null;
  /** Everything that was due was fetched: whatever failed before is over. */
  isWhole: boolean;
}

/** Notes how far an organization has come; false where it stands elsewhere than was read. */
export async function moveOrganization(
  tx: TenantTx,
  connectorId: string,
  { orgUuid, before, after, backFloor, origin, isWhole }: Move,
  at: Date,
): Promise<boolean> {
  const done = await tx
    .updateTable('connector_organization')
    .set({
      pulled_to: after.pulledTo,
      back_from: after.backFrom,
      back_to: after.backTo,
      back_floor: backFloor,
      calls_origin: origin,
      ...(isWhole ? { last_success_at: at, faults: 0, fault: null, fault_at: null, not_before: null } : {}),
    })
    .where('connector_id', '=', connectorId)
    .where('org_uuid', '=', orgUuid)
    .where(sql<boolean>`pulled_to is not distinct from ${before.pulledTo}::timestamptz
      and back_from is not distinct from ${before.backFrom}::timestamptz`)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function setOrganizationFault(
  tx: TenantTx,
  { connectorId, orgUuid }: { connectorId: string; orgUuid: string },
  { fault, at, notBefore }: { fault: { code: string; data: FaultData }; at: Date; notBefore: Date },
): Promise<void> {
  await tx
    .updateTable('connector_organization')
    .set((eb) => ({ faults: eb('faults', '+', 1), fault: JSON.stringify(fault), fault_at: at, not_before: notBefore }))
    .where('connector_id', '=', connectorId)
    .where('org_uuid', '=', orgUuid)
    .execute();
}

/** Those that failed are tried again at once. */
export async function forgetPauses(tx: TenantTx, connectorId: string): Promise<void> {
  await tx
    .updateTable('connector_organization')
    .set({ not_before: null })
    .where('connector_id', '=', connectorId)
    .where('not_before', 'is not', null)
    .execute();
}

/** The provider has another address: where it sent us on no longer holds. */
export async function forgetOrigins(tx: TenantTx, connectorId: string): Promise<void> {
  await tx
    .updateTable('connector_organization')
    .set({ calls_origin: null })
    .where('connector_id', '=', connectorId)
    .where('calls_origin', 'is not', null)
    .execute();
}

/** More history than before is wanted of those that have begun already. */
export async function wantHistory(
  tx: TenantTx,
  connectorId: string,
  { from, to }: { from: Date; to: Date },
): Promise<void> {
  await tx
    .updateTable('connector_organization')
    .set({
      back_from: sql<Date>`least(coalesce(back_from, ${from}::timestamptz), ${from}::timestamptz)`,
      back_to: sql<Date>`greatest(coalesce(back_to, ${to}::timestamptz), ${to}::timestamptz)`,
      back_floor: null,
    })
    .where('connector_id', '=', connectorId)
    .where('pulled_to', 'is not', null)
    .execute();
}
