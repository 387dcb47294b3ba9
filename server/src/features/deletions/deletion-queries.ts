import type { FeedRows, KeptFile, RecordRows } from '@hub/contract/deletions';
import type { FeedCode } from '@hub/contract/imports';
import type { KnownBy } from '../imports/index.ts';
import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { Directory, TenantTx } from '../../platform/directory/directory.ts';

/** What there is in a region; as it is kept with the deletion and told in its receipt. */
export interface FoundInRegion {
  feeds: FeedRows[];
  files: { removed: number[]; kept: KeptFile[] };
}

export interface DeletionTask {
  deletionId: string;
  partnerId: string;
  region: RegionCode;
  afterNumber: number;
}

/** Of every partner, oldest first. */
export async function findDeletionTasks(directory: Directory, region: RegionCode): Promise<DeletionTask[]> {
  const rows = await directory
    .selectFrom('deletion_task')
    .select(['deletion_id as deletionId', 'partner_id as partnerId', 'after_number as afterNumber'])
    .where('region', '=', region)
    .orderBy('deletion_id')
    .execute();
  return rows.map((row) => ({ ...row, region, afterNumber: Number(row.afterNumber) }));
}

export interface NewDeletion {
  id: string;
  partnerId: string;
  customerId: string;
  orgUuid: string | null;
  takesRecord: boolean;
  /** Of one person: names the hashes of what they are known by. */
  personHash?: string;
  /** What goes from the directory, where it is known at once. */
  record?: Readonly<Record<string, number>>;
  askedBy: string | null;
  askedAt: Date;
  regions: readonly RegionCode[];
}

/** Queues it behind every import that has a number by now. */
export async function insertDeletion(tx: TenantTx, { regions, ...asked }: NewDeletion): Promise<void> {
  const { id, partnerId } = asked;
  await tx
    .insertInto('deletion')
    .values({
      id,
      partner_id: partnerId,
      customer_id: asked.customerId,
      org_uuid: asked.orgUuid,
      takes_record: asked.takesRecord,
      subject: asked.personHash === undefined ? 'customer' : 'person',
      person_hash: asked.personHash ?? null,
      record: asked.record === undefined ? null : JSON.stringify(asked.record),
      asked_by: asked.askedBy,
      asked_at: asked.askedAt,
    })
    .execute();
  for (const region of regions) {
    await tx.insertInto('deletion_region').values({ deletion_id: id, partner_id: partnerId, region }).execute();
    await sql`insert into job.deletion_task (deletion_id, partner_id, region, after_number)
      select ${id}, ${partnerId}, ${region}, last_value from job.import_number`.execute(tx);
  }
}

/** Of the customer, or of one person. */
export async function findOpenDeletion(
  tx: TenantTx,
  customerId: string,
  personHash: string | null = null,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('deletion')
    .select('id')
    .where('customer_id', '=', customerId)
    .where(sql<boolean>`person_hash is not distinct from ${personHash}`)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row?.id;
}

export async function insertForgotten(
  tx: TenantTx,
  {
    deletionId,
    partnerId,
    orgUuid,
    known,
  }: { deletionId: string; partnerId: string; orgUuid: string; known: readonly KnownBy[] },
): Promise<void> {
  const of = { deletion_id: deletionId, partner_id: partnerId, org_uuid: orgUuid };
  await tx
    .insertInto('forgotten_identifier')
    .values(known.map(({ hash, keyId, decides }) => ({ ...of, hash, key_id: keyId, decides })))
    .execute();
}

export async function findForgottenOf(tx: TenantTx, deletionId: string): Promise<KnownBy[]> {
  return tx
    .selectFrom('forgotten_identifier')
    .select(['hash', 'key_id as keyId', 'decides'])
    .where('deletion_id', '=', deletionId)
    .orderBy('hash')
    .execute();
}

const selectDeletions = (tx: TenantTx) =>
  tx
    .selectFrom('deletion')
    .leftJoin('person', 'person.id', 'deletion.asked_by')
    .selectAll('deletion')
    .select('person.name as asked_by_name');

export type DeletionRow = Awaited<ReturnType<typeof findDeletions>>[number];

export async function findDeletions(tx: TenantTx, page: { after?: string | undefined; limit: number }) {
  let query = selectDeletions(tx);
  if (page.after !== undefined) query = query.where('deletion.id', '<', page.after);
  return query.orderBy('deletion.id', 'desc').limit(page.limit).execute();
}

export async function findDeletion(tx: TenantTx, id: string): Promise<DeletionRow | undefined> {
  return selectDeletions(tx).where('deletion.id', '=', id).executeTakeFirst();
}

export interface RegionRow {
  deletionId: string;
  region: RegionCode;
  found: FoundInRegion | null;
  endedAt: Date | null;
}

export async function findRegionsOf(tx: TenantTx, ids: readonly string[]): Promise<RegionRow[]> {
  const rows = await tx
    .selectFrom('deletion_region')
    .select(['deletion_id as deletionId', 'region', 'found', 'ended_at as endedAt'])
    .where(sql<boolean>`deletion_id = any(${ids}::uuid[])`)
    .orderBy('region')
    .execute();
  return rows as unknown as RegionRow[];
}

/** Imports of a region that were there before the deletion was asked for and have not ended; what was unpacked of an archive counts with it. */
export async function countAhead(tx: TenantTx, task: { deletionId: string; region: RegionCode }): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from import_task t join import_batch b on b.id = t.import_id left join import_batch a on a.id = b.archive_id
    join job.deletion_task d on d.deletion_id = ${task.deletionId}::uuid and d.region = ${task.region}
    where t.region = ${task.region} and (t.number <= d.after_number or a.number <= d.after_number)`.execute(tx);
  return rows[0]?.n ?? 0;
}

export async function setBegun(tx: TenantTx, id: string, at: Date): Promise<void> {
  await tx.updateTable('deletion').set({ begun_at: at }).where('id', '=', id).where('begun_at', 'is', null).execute();
}

export async function setFound(
  tx: TenantTx,
  { deletionId, region }: DeletionTask,
  found: FoundInRegion,
): Promise<void> {
  await tx
    .updateTable('deletion_region')
    .set({ found: JSON.stringify(found) })
    .where('deletion_id', '=', deletionId)
    .where('region', '=', region)
    .execute();
}

/** Locks the deletion: of two regions that end at once, one finds that it was the last. False where this region had ended already. */
export async function endRegion(tx: TenantTx, { deletionId, region }: DeletionTask, at: Date): Promise<boolean> {
  await tx.selectFrom('deletion').select('id').where('id', '=', deletionId).forUpdate().execute();
  const done = await tx
    .deleteFrom('deletion_task')
    .where('deletion_id', '=', deletionId)
    .where('region', '=', region)
    .executeTakeFirst();
  if (done.numDeletedRows === 0n) return false;
  await tx
    .updateTable('deletion_region')
    .set({ ended_at: at })
    .where('deletion_id', '=', deletionId)
    .where('region', '=', region)
    .execute();
  return true;
}

export async function setReceipt(
  tx: TenantTx,
  id: string,
  { receipt, sha256, at }: { receipt: string; sha256: string; at: Date },
): Promise<void> {
  await tx.updateTable('deletion').set({ receipt, sha256, ended_at: at }).where('id', '=', id).execute();
}

export async function countRecord(tx: TenantTx, customerId: string): Promise<RecordRows> {
  const { rows } = await sql<RecordRows>`
    select (select count(*)::int from subscription where customer_id = ${customerId}::uuid) as subscriptions,
      (select count(*)::int from trial where customer_id = ${customerId}::uuid) as trials,
      (select count(*)::int from order_line where customer_id = ${customerId}::uuid) as orders,
      (select count(*)::int from invoice_line where customer_id = ${customerId}::uuid) as invoices`.execute(tx);
  const [found] = rows;
  if (!found) throw new Error('The directory did not count.');
  return found;
}

/** With everything that hangs on it; tags go with their last holder. Connectors fetch nothing of the organization any more. */
export async function deleteRecord(
  tx: TenantTx,
  { deletionId, customerId, orgUuid }: { deletionId: string; customerId: string; orgUuid: string | null },
  record: RecordRows,
): Promise<void> {
  const { rows: tags } = await sql<{ id: string }>`
    select tag_id as id from customer_tag where customer_id = ${customerId}::uuid
    union select st.tag_id from subscription_tag st join subscription s on s.id = st.subscription_id where s.customer_id = ${customerId}::uuid`.execute(
    tx,
  );
  await tx.deleteFrom('customer').where('id', '=', customerId).execute();
  await sql`delete from tag where id = any(${tags.map(({ id }) => id)}::uuid[]) and not tenant.has_holder(id)`.execute(
    tx,
  );
  if (orgUuid !== null)
    await tx.updateTable('connector_organization').set({ is_left_out: true }).where('org_uuid', '=', orgUuid).execute();
  await tx
    .updateTable('deletion')
    .set({ record: JSON.stringify(record) })
    .where('id', '=', deletionId)
    .execute();
}

/** Imports of which whoever brought them said that they are of this organization. */
export async function findGivenImports(tx: TenantTx, region: RegionCode, orgUuid: string): Promise<number[]> {
  const rows = await tx
    .selectFrom('import_batch')
    .select('number')
    .where('region', '=', region)
    .where('org_uuid', '=', orgUuid)
    .execute();
  return rows.map(({ number }) => number);
}

export async function findFeedsOf(tx: TenantTx, batches: readonly number[]): Promise<Map<number, FeedCode>> {
  const rows = await tx
    .selectFrom('import_batch')
    .select(['number', 'feed'])
    .where(sql<boolean>`number = any(${batches}::integer[])`)
    .execute();
  return new Map(rows.map(({ number, feed }) => [number, feed ?? 'webex_call_history']));
}

export interface KeptImport {
  id: string;
  number: number;
  spoolName: string;
  orgUuid: string | null;
}

/** Imports that failed and whose file is kept. */
export async function findKeptImports(tx: TenantTx, region: RegionCode): Promise<KeptImport[]> {
  const rows = await tx
    .selectFrom('import_batch')
    .select(['id', 'number', 'spool_name', 'org_uuid as orgUuid'])
    .where('region', '=', region)
    .where('state', '=', 'failed')
    .where('spool_name', 'is not', null)
    .orderBy('number')
    .execute();
  return rows.map(({ spool_name, ...row }) => ({ ...row, spoolName: spool_name ?? '' }));
}

/** Locks it, and in one order whatever else was deleted of the organization: of two who let in at once one does, and neither waits for the other for ever. */
export async function lockDeletion(tx: TenantTx, id: string) {
  const rows = await tx
    .selectFrom('deletion')
    .select([
      'id',
      'customer_id as customerId',
      'person_hash as personHash',
      'org_uuid as orgUuid',
      'ended_at as endedAt',
      'let_in_at as letInAt',
    ])
    .where(
      sql<boolean>`(id = ${id}::uuid or org_uuid = (select of.org_uuid from tenant.deletion of where of.id = ${id}::uuid))`,
    )
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.find((row) => row.id === id);
}

/**
 * Removes what later imports were compared with, also where the same was deleted more than once; of a customer, connectors take the
 * organization in. Returns how much that was.
 */
export async function letIn(
  tx: TenantTx,
  { id, personHash, orgUuid }: { id: string; personHash: string | null; orgUuid: string | null },
  at: Date,
): Promise<{ knownBy: number; connectors: number }> {
  const same = await tx
    .updateTable('deletion')
    .set({ let_in_at: at })
    .where((eb) => eb.or([eb('id', '=', id), eb('org_uuid', '=', orgUuid)]))
    .where(sql<boolean>`person_hash is not distinct from ${personHash}`)
    .where('ended_at', 'is not', null)
    .where('let_in_at', 'is', null)
    .returning('id')
    .execute();
  const known = await tx
    .deleteFrom('forgotten_identifier')
    .where(sql<boolean>`deletion_id = any(${same.map((row) => row.id)}::uuid[])`)
    .executeTakeFirst();
  const done = { knownBy: Number(known.numDeletedRows), connectors: 0 };
  if (personHash !== null || orgUuid === null) return done;
  const fetched = await tx
    .updateTable('connector_organization')
    .set({ is_left_out: false })
    .where('org_uuid', '=', orgUuid)
    .where('is_left_out', '=', true)
    .executeTakeFirst();
  return { ...done, connectors: Number(fetched.numUpdatedRows) };
}

/** Locks the customer until the end of the transaction; the region that it is kept in, undefined where it is gone. */
export async function lockHome(tx: TenantTx, customerId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('customer')
    .select('region')
    .where('id', '=', customerId)
    .forUpdate()
    .executeTakeFirst();
  return row?.region;
}

/** A customer that was linked after the deletion was asked for: its rows go with it. */
export async function setOrganizationLinked(tx: TenantTx, deletionId: string): Promise<void> {
  await sql`update deletion set org_uuid = c.org_uuid from customer c
    where deletion.id = ${deletionId}::uuid and deletion.org_uuid is null and c.id = deletion.customer_id`.execute(tx);
}
