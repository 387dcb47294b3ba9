import type { Customer } from '@hub/contract/customers';
import type { PartnerId, PersonId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { Directory, TenantTx } from '../../platform/directory/directory.ts';
import type { Parameters, RegionalStore } from '../../platform/regional-store/index.ts';
import { feeds } from '../imports/index.ts';

export type DemoState = 'none' | 'loading' | 'loaded' | 'removing';

export interface DemoPartner {
  id: PartnerId;
  demoState: DemoState;
  createdAt: Date;
}

export async function findDemoPartners(directory: Directory): Promise<DemoPartner[]> {
  const rows = await directory
    .selectFrom('partner')
    .select(['id', 'demo_state as demoState', 'created_at as createdAt'])
    .where('demo_state', '!=', 'none')
    .orderBy('id')
    .execute();
  return rows as DemoPartner[];
}

export async function hasPartner(directory: Directory): Promise<boolean> {
  return (await directory.selectFrom('partner').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Locks the partner: whoever judges its state decides alone. */
export async function lockDemoState(tx: TenantTx, partnerId: PartnerId): Promise<DemoState> {
  const row = await tx
    .selectFrom('partner')
    .select('demo_state')
    .where('id', '=', partnerId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.demo_state;
}

/** Those of the partner's administrators who have one of these e-mails. */
export async function findMembers(tx: TenantTx, partnerId: PartnerId, emails: readonly string[]): Promise<PersonId[]> {
  const rows = await tx
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person_id')
    .select('person.id')
    .where('membership.partner_id', '=', partnerId)
    .where('person.email', 'in', emails)
    .execute();
  return rows.map((row) => row.id as PersonId);
}

export async function setDemoState(tx: TenantTx, partnerId: PartnerId, state: DemoState): Promise<void> {
  await tx.updateTable('partner').set({ demo_state: state }).where('id', '=', partnerId).execute();
}

export interface NewDemoCustomer {
  id: string;
  name: string;
  orgUuid: string | null;
  externalId: string | null;
  country: string;
  region: RegionCode;
  kind: Customer['kind'];
  domain: string;
  contact: Customer['contact'];
  createdAt: Date;
  hasSignIns: boolean;
  lastSignInOn: string | null;
}

/** In pieces: PostgreSQL takes 65,535 parameters. */
export async function insertDemoCustomers(
  tx: TenantTx,
  partnerId: PartnerId,
  customers: readonly NewDemoCustomer[],
): Promise<void> {
  for (let start = 0; start < customers.length; start += 1000) {
    const rows = customers
      .slice(start, start + 1000)
      .map(({ id, name, orgUuid, externalId, country, region, kind, ...known }) => ({
        id,
        partner_id: partnerId,
        name,
        org_uuid: orgUuid,
        external_id: externalId,
        country,
        region,
        kind,
        domain: known.domain,
        contact_name: known.contact.name,
        contact_email: known.contact.email,
        contact_phone: known.contact.phone,
        has_sign_ins: known.hasSignIns,
        last_sign_in_on: known.lastSignInOn,
        created_at: known.createdAt,
      }));
    await tx.insertInto('customer').values(rows).execute();
  }
}

/** The partner's own organization, as the scenario knows it. */
export async function setOwnOrganization(
  tx: TenantTx,
  own: { orgUuid: string | null; externalId: string | null; country: string },
): Promise<void> {
  await tx
    .updateTable('customer')
    .set({ org_uuid: own.orgUuid, external_id: own.externalId, country: own.country })
    .where('kind', '=', 'own')
    .execute();
}

/** What has been generated: the imports of the demo that have not failed, by their file names. */
export async function listDemoFiles(tx: TenantTx): Promise<{ fileName: string; isOpen: boolean }[]> {
  const rows = await tx
    .selectFrom('import_batch')
    .select(['file_name as fileName', 'state'])
    .where('source', '=', 'demo')
    .where('state', 'in', ['queued', 'running', 'committed', 'undone'])
    .execute();
  return rows.map(({ fileName, state }) => ({ fileName, isOpen: state === 'queued' || state === 'running' }));
}

/** Imports that have not ended, or whose leftovers the import queue still has to remove. */
export async function countOpenImports(tx: TenantTx, partnerId: PartnerId): Promise<number> {
  const batches = await tx
    .selectFrom('import_batch')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirstOrThrow();
  const tasks = await tx
    .selectFrom('import_task')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('partner_id', '=', partnerId)
    .executeTakeFirstOrThrow();
  return batches.n + tasks.n;
}

/** The imports whose rows are to go: every number up to `upTo` but those that the directory still knows. */
export interface DoomedImports {
  upTo: number;
  kept: number[];
}

/** Until the end of the transaction nobody queues an import, so no number is given out unseen. */
export async function lockImports(tx: TenantTx): Promise<void> {
  await sql`lock table tenant.import_batch in share row exclusive mode`.execute(tx);
}

export async function readDoomedImports(tx: TenantTx): Promise<DoomedImports> {
  const last = await sql<{ upTo: number }>`select last_value as "upTo" from job.import_number`.execute(tx);
  const kept = await tx.selectFrom('import_batch').select('number').execute();
  return { upTo: last.rows[0]?.upTo ?? 0, kept: kept.map((row) => row.number) };
}

/** Customers but the partner's own organization, what was counted of them, and all imports. Answers with the spool files that nobody needs any more. */
export async function deleteDemoRows(
  tx: TenantTx,
): Promise<{ customers: number; imports: number; spool: { region: RegionCode; name: string }[] }> {
  const customers = await tx.deleteFrom('customer').where('kind', '!=', 'own').executeTakeFirst();
  await tx.deleteFrom('subscription_night').execute();
  const imports = await tx.deleteFrom('import_batch').returning(['region', 'spool_name as name']).execute();
  const spool = imports.filter((row): row is { region: RegionCode; name: string } => row.name !== null);
  return { customers: Number(customers.numDeletedRows), imports: imports.length, spool };
}

const factTables = feeds.map(({ table }) => table);
const regionalTables: [table: string, batch: 'batch' | 'by_batch'][] = [
  ...[...feeds.flatMap(({ table, held }) => [table, held]), 'rejected_row'].map((table): [string, 'batch'] => [
    table,
    'batch',
  ]),
  ['superseded', 'by_batch'],
];

export async function deleteRegionalRows(
  store: RegionalStore,
  partnerId: PartnerId,
  { upTo, kept }: DoomedImports,
): Promise<void> {
  const parameters: Parameters = { partner: partnerId, upTo, kept };
  for (const [table, batch] of regionalTables) {
    const condition = `partner_id = {partner:UUID} AND ${batch} <= {upTo:UInt32} AND ${batch} NOT IN {kept:Array(UInt32)}`;
    const [found] = await store.ask<{ rows: number }>(
      `SELECT count() AS rows FROM @region.${table} WHERE ${condition}`,
      { parameters, seconds: 600 },
    );
    if (found !== undefined && found.rows > 0)
      await store.run(`DELETE FROM @region.${table} WHERE ${condition}`, { parameters });
  }
  await store.run('DELETE FROM @region.license_day WHERE partner_id = {partner:UUID}', { parameters });
  const named = factTables.map((table) => `SELECT place_key FROM @region.${table} WHERE partner_id = {partner:UUID}`);
  await store.run(
    `DELETE FROM @region.place WHERE partner_id = {partner:UUID} AND place_key NOT IN (${named.join(' UNION ALL ')})`,
    { parameters },
  );
}
