import type { BulkAct, BulkJob, BulkResult } from '@hub/contract/bulk-jobs';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Directory, TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { Touched } from '../tags/index.ts';
import type { Item, Verdict } from './bulk-act.ts';

/** A query for ids of customers. */
export type Selected = RawBuilder<unknown>;

export interface BulkJobRow {
  id: string;
  partnerId: string;
  personId: string;
  tokenId: string | null;
  trackingId: string;
  act: BulkAct;
  state: BulkJob['state'];
  undoes: string | null;
  undoneBy: string | null;
  /** Of the job that undoes this one. */
  undoState: BulkJob['state'] | null;
  total: number;
  changed: number;
  unchanged: number;
  failed: number;
  createdBy: string | null;
  createdAt: Date;
  endedAt: Date | null;
}

const jobs = (tx: TenantTx) =>
  tx
    .selectFrom('bulk_job')
    .leftJoin('bulk_job as undo', 'undo.id', 'bulk_job.undone_by')
    .leftJoin('person', 'person.id', 'bulk_job.person_id')
    .select([
      'bulk_job.id',
      'bulk_job.partner_id as partnerId',
      'bulk_job.person_id as personId',
      'bulk_job.token_id as tokenId',
      'bulk_job.tracking_id as trackingId',
      'bulk_job.act',
      'bulk_job.state',
      'bulk_job.undoes',
      'bulk_job.undone_by as undoneBy',
      'undo.state as undoState',
      'bulk_job.total',
      'bulk_job.changed',
      'bulk_job.unchanged',
      'bulk_job.failed',
      'person.name as createdBy',
      'bulk_job.created_at as createdAt',
      'bulk_job.ended_at as endedAt',
    ]);

/** Whoever's it is: the worker asks. */
export async function findJob(tx: TenantTx, id: string): Promise<BulkJobRow | undefined> {
  return (await jobs(tx).where('bulk_job.id', '=', id).executeTakeFirst()) as BulkJobRow | undefined;
}

/** As findJob. Throws bulk_job_not_found. */
export async function getJob(tx: TenantTx, id: string): Promise<BulkJobRow> {
  const row = await findJob(tx, id);
  if (!row) throw new HubError('bulk_job_not_found');
  return row;
}

/** One of the person's own. Throws bulk_job_not_found. */
export async function getOwnJob(tx: TenantTx, id: string, personId: string): Promise<BulkJobRow> {
  const row = await jobs(tx)
    .where('bulk_job.id', '=', id)
    .where('bulk_job.person_id', '=', personId)
    .executeTakeFirst();
  if (!row) throw new HubError('bulk_job_not_found');
  return row as BulkJobRow;
}

/** As getOwnJob; a batch that runs is waited for, and none begins before the end of the transaction. */
export async function getOwnJobForUpdate(tx: TenantTx, id: string, personId: string): Promise<BulkJobRow> {
  await tx
    .selectFrom('bulk_job')
    .select('id')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .forUpdate()
    .execute();
  return getOwnJob(tx, id, personId);
}

const listed = 20;

/** Latest first. */
export async function findLatestJobs(tx: TenantTx, personId: string): Promise<BulkJobRow[]> {
  const rows = await jobs(tx)
    .where('bulk_job.person_id', '=', personId)
    .orderBy('bulk_job.created_at', 'desc')
    .orderBy('bulk_job.id', 'desc')
    .limit(listed)
    .execute();
  return rows as BulkJobRow[];
}

/** What nobody can look up any more goes: ended jobs behind the latest, unless one of these takes them back. */
export async function deleteOldJobs(tx: TenantTx, personId: string): Promise<void> {
  await sql`delete from bulk_job where person_id = ${personId}::uuid and ended_at is not null
    and id not in (select latest.id from bulk_job as latest where latest.person_id = ${personId}::uuid
      order by latest.created_at desc, latest.id desc limit ${listed})
    and not exists (select 1 from bulk_job as undo where undo.undoes = bulk_job.id)`.execute(tx);
}

type NewJob = Pick<
  BulkJobRow,
  'id' | 'partnerId' | 'personId' | 'tokenId' | 'trackingId' | 'act' | 'undoes' | 'createdAt'
>;

/** With its task. Its customers come next. */
export async function insertJob(tx: TenantTx, job: NewJob): Promise<void> {
  await tx
    .insertInto('bulk_job')
    .values({
      id: job.id,
      partner_id: job.partnerId,
      person_id: job.personId,
      token_id: job.tokenId,
      tracking_id: job.trackingId,
      act: JSON.stringify(job.act),
      undoes: job.undoes,
      total: 0,
      created_at: job.createdAt,
    })
    .execute();
  await tx
    .insertInto('bulk_task')
    .values({ job_id: job.id, partner_id: job.partnerId, created_at: job.createdAt })
    .execute();
}

/** The customers of a job, fixed from here on, in one statement. Returns how many. */
export async function insertItems(tx: TenantTx, jobId: string, selected: Selected): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    insert into bulk_item (partner_id, job_id, position, customer_id)
    select customer.partner_id, ${jobId}::uuid, row_number() over (order by customer.id), customer.id
    from customer where customer.id in (${selected})`.execute(tx);
  return setTotal(tx, jobId, Number(numAffectedRows));
}

export const theseIds = (ids: readonly string[]): Selected => sql`select unnest(${ids}::uuid[])`;
export const whereSo = (condition: Selected): Selected => sql`select customer.id from customer where ${condition}`;

/** What a job changed and no earlier undoing has looked at. `not in`: hashed once; as an anti-join 10,000 took a minute. Returns how many. */
export async function insertUndoItems(tx: TenantTx, jobId: string, undoes: string): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    insert into bulk_item (partner_id, job_id, position, customer_id, before)
    select done.partner_id, ${jobId}::uuid, done.position, done.customer_id, done.before
    from bulk_item as done where done.job_id = ${undoes}::uuid and done.outcome = 'changed'
      and done.customer_id not in (select earlier.customer_id from bulk_item as earlier
        where earlier.job_id in (select bulk_job.id from bulk_job where bulk_job.undoes = ${undoes}::uuid)
          and earlier.outcome in ('changed', 'unchanged'))`.execute(tx);
  return setTotal(tx, jobId, Number(numAffectedRows));
}

async function setTotal(tx: TenantTx, jobId: string, total: number): Promise<number> {
  await tx.updateTable('bulk_job').set({ total }).where('id', '=', jobId).execute();
  return total;
}

export async function setUndoneBy(tx: TenantTx, id: string, undoneBy: string): Promise<void> {
  await tx.updateTable('bulk_job').set({ undone_by: undoneBy }).where('id', '=', id).execute();
}

/** Those of a selection that the actor sees. */
export async function findSelected(tx: TenantTx, selected: Selected): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select customer.id from customer where customer.id in (${selected})
    order by customer.id`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function findNames(tx: TenantTx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('customer')
    .select(['id', 'name'])
    .where(sql<SqlBool>`id = any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export interface BulkTask {
  jobId: string;
  partnerId: string;
}

/** Across partners, oldest first: tasks hold ids only. */
export async function findTasks(directory: Directory): Promise<BulkTask[]> {
  return directory
    .selectFrom('bulk_task')
    .select(['job_id as jobId', 'partner_id as partnerId'])
    .orderBy('created_at')
    .orderBy('job_id')
    .limit(100)
    .execute();
}

/** False where another worker has it in hand, or it has ended. */
export async function lockOpenJob(tx: TenantTx, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('bulk_job')
    .select('id')
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row !== undefined;
}

export interface OpenItem extends Item {
  position: number;
}

/** Nobody has looked at these yet. */
export async function findOpenItems(tx: TenantTx, jobId: string, limit: number): Promise<OpenItem[]> {
  return tx
    .selectFrom('bulk_item')
    .select(['position', 'customer_id as customerId', 'before'])
    .where('job_id', '=', jobId)
    .where('outcome', 'is', null)
    .orderBy('position')
    .limit(limit)
    .execute();
}

/** Outcomes of a batch, in one statement, and the job's own counts with them. */
export async function writeOutcomes(
  tx: TenantTx,
  jobId: string,
  items: readonly OpenItem[],
  verdicts: readonly Verdict[],
): Promise<void> {
  const positions = new Map(items.map(({ customerId, position }) => [customerId, position]));
  const rows = verdicts.map((verdict) => ({
    position: positions.get(verdict.customerId),
    outcome: verdict.outcome,
    code: verdict.outcome === 'failed' ? verdict.code : null,
    data: verdict.outcome === 'failed' ? verdict.data : {},
    before: verdict.outcome === 'changed' ? verdict.before : null,
  }));
  // Once for the batch: its customers were looked at in one act.
  await sql`with act as materialized (select nextval('job.tag_act') as number)
    update bulk_item set act_number = (select number from act), outcome = given.outcome, code = given.code, data = given.data,
      before = case when (select undoes from bulk_job where id = ${jobId}::uuid) is null then given.before else bulk_item.before end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (position integer, outcome text, code text, data jsonb, before jsonb)
    where bulk_item.job_id = ${jobId}::uuid and bulk_item.position = given.position`.execute(tx);
  const count = (outcome: Verdict['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
  await sql`update bulk_job set state = 'running', changed = changed + ${count('changed')},
    unchanged = unchanged + ${count('unchanged')}, failed = failed + ${count('failed')} where id = ${jobId}::uuid`.execute(
    tx,
  );
}

/** What a job on tags changed: of all its customers, or of some. */
export async function findTouched(tx: TenantTx, jobId: string, customerIds?: readonly string[]): Promise<Touched[]> {
  const ofThese = customerIds === undefined ? sql`` : sql`and item.customer_id = any(${customerIds}::uuid[])`;
  const { rows } =
    await sql<Touched>`select item.customer_id as "holderId", tag ->> 'id' as "tagId", tag ->> 'name' as name,
      item.act_number as "actNumber"
    from bulk_item as item cross join lateral jsonb_array_elements((item.before -> 'added') || (item.before -> 'removed')) as tag
    where item.job_id = ${jobId}::uuid and item.outcome = 'changed' ${ofThese}`.execute(tx);
  return rows;
}

/** Whatever nobody has looked at yet fails alike. */
export async function failOpenItems(
  tx: TenantTx,
  jobId: string,
  { code, data }: { code: string; data: Record<string, string | number> },
): Promise<void> {
  const { numAffectedRows = 0n } =
    await sql`update bulk_item set outcome = 'failed', code = ${code}, data = ${JSON.stringify(data)}::jsonb
    where job_id = ${jobId}::uuid and outcome is null`.execute(tx);
  await sql`update bulk_job set failed = failed + ${Number(numAffectedRows)} where id = ${jobId}::uuid`.execute(tx);
}

export async function setAct(tx: TenantTx, jobId: string, act: BulkAct): Promise<void> {
  await tx
    .updateTable('bulk_job')
    .set({ act: JSON.stringify(act) })
    .where('id', '=', jobId)
    .execute();
}

/** With its task. */
export async function endJob(
  tx: TenantTx,
  jobId: string,
  { state, at }: { state: 'done' | 'canceled'; at: Date },
): Promise<void> {
  await tx.updateTable('bulk_job').set({ state, ended_at: at }).where('id', '=', jobId).execute();
  await tx.deleteFrom('bulk_task').where('job_id', '=', jobId).execute();
}

/** Refusals first, then as they stand. A customer that the person does not see any more is not named. */
export async function findResults(
  tx: TenantTx,
  jobId: string,
  { after, limit }: { after: ResultPosition | undefined; limit: number },
): Promise<(BulkResult & ResultPosition)[]> {
  const rank = sql<number>`case when bulk_item.outcome = 'failed' then 0 else 1 end`;
  let query = tx
    .selectFrom('bulk_item')
    .innerJoin('customer', 'customer.id', 'bulk_item.customer_id')
    .select([
      'bulk_item.customer_id as customerId',
      'customer.name as customerName',
      'bulk_item.outcome',
      'bulk_item.code',
      'bulk_item.data',
      'bulk_item.position',
      rank.as('rank'),
    ])
    .where('bulk_item.job_id', '=', jobId)
    .where('bulk_item.outcome', 'is not', null)
    .orderBy(rank)
    .orderBy('bulk_item.position')
    .limit(limit);
  if (after) query = query.where(sql<SqlBool>`(${rank}, bulk_item.position) > (${after.rank}, ${after.position})`);
  return (await query.execute()) as (BulkResult & ResultPosition)[];
}

export interface ResultPosition {
  rank: number;
  position: number;
}
