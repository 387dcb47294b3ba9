import type { FeedCode, ImportBatch, ImportNote, ImportState } from '@hub/contract/imports';
import { scopeOfRole } from '@hub/contract/permissions';
import type { RegionCode } from '@hub/contract/regions';
import { type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import type { ImportBatchTable } from '../../platform/directory/database.gen.ts';
import type { Directory, TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';

export type ImportRow = Selectable<ImportBatchTable> & {
  created_by_name: string | null;
  undone_by_name: string | null;
  corrects_number: number | null;
  archive_number: number | null;
};
type Note = z.infer<typeof ImportNote>;

/** A text of a file as PostgreSQL takes it in JSON: no NUL, no half of a character pair, and no other control character but tabs and line breaks. */
export const storable = (text: string): string => text.toWellFormed().replace(/[^\P{Cc}\t\n\r]/gu, ' ');

export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'string' ? storable(inner) : inner));

export const selectImports = (tx: TenantTx) =>
  tx
    .selectFrom('import_batch')
    .leftJoin('person', 'person.id', 'import_batch.created_by')
    .leftJoin('person as undoer', 'undoer.id', 'import_batch.undone_by')
    .leftJoin('import_batch as corrected', 'corrected.id', 'import_batch.corrects_id')
    .leftJoin('import_batch as archive', 'archive.id', 'import_batch.archive_id')
    .selectAll('import_batch')
    .select([
      'person.name as created_by_name',
      'undoer.name as undone_by_name',
      'corrected.number as corrects_number',
      'archive.number as archive_number',
    ]);

export interface NewImport {
  id: string;
  partner_id: string;
  region: RegionCode;
  source: ImportBatch['source'];
  file_name: string;
  file_bytes: number;
  sha256: Buffer | null;
  spool_name: string | null;
  release_org_uuid: string | null;
  releases_all?: boolean;
  /** What the file itself may not say: whose rows these are, and of which days. */
  org_uuid?: string | null;
  period_from?: string | null;
  period_to?: string | null;
  /** The import whose rejected rows it brings again. */
  corrects_id?: string | null;
  created_by: string | null;
  created_at: Date;
}

/** Queues an import: the batch row and its task are one write, so nothing acknowledged waits unseen. */
export async function insertImport(tx: TenantTx, row: NewImport): Promise<ImportRow> {
  const { number } = await tx.insertInto('import_batch').values(row).returning('number').executeTakeFirstOrThrow();
  await tx
    .insertInto('import_task')
    .values({ import_id: row.id, partner_id: row.partner_id, region: row.region, number })
    .execute();
  return getImportRow(tx, row.id);
}

export async function findImport(tx: TenantTx, id: string): Promise<ImportRow | undefined> {
  return selectImports(tx).where('import_batch.id', '=', id).executeTakeFirst();
}

export async function getImportRow(tx: TenantTx, id: string): Promise<ImportRow> {
  const row = await findImport(tx, id);
  if (!row) throw new HubError('import_not_found');
  return row;
}

export async function findImportByNumber(tx: TenantTx, number: number): Promise<ImportRow | undefined> {
  return selectImports(tx).where('import_batch.number', '=', number).executeTakeFirst();
}

/** Locks the row: whoever judges its state decides alone. */
export async function getImportForUpdate(tx: TenantTx, id: string): Promise<ImportRow> {
  const locked = await tx.selectFrom('import_batch').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  if (!locked) throw new HubError('import_not_found');
  return getImportRow(tx, id);
}

type StateChange = Partial<
  Pick<
    ImportRow,
    | 'state'
    | 'stage'
    | 'ended_at'
    | 'spool_name'
    | 'rows_done'
    | 'bytes_done'
    | 'waits_for'
    | 'org_uuid'
    | 'period_from'
    | 'period_to'
  >
> & { failure?: { code: string; data: Record<string, string | number> } | null };

const stored = ({ failure, ...change }: StateChange) => ({
  ...change,
  ...(failure === undefined ? {} : { failure: failure && toJson(failure) }),
});

export async function setImportState(
  tx: TenantTx,
  id: string,
  from: readonly ImportState[],
  change: StateChange,
): Promise<boolean> {
  const done = await tx
    .updateTable('import_batch')
    .set(stored(change))
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Takes an import that waits, or that somebody left running, and returns the number of this attempt; undefined where it has ended. */
export async function beginAttempt(tx: TenantTx, id: string, at: Date): Promise<number | undefined> {
  const row = await tx
    .updateTable('import_batch')
    .set((eb) => ({
      attempt: eb('attempt', '+', 1),
      state: 'running',
      stage: 'recognizing',
      started_at: at,
      rows_done: 0,
      bytes_done: 0,
    }))
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .returning('attempt')
    .executeTakeFirst();
  return row?.attempt;
}

/** Ends the attempt that somebody left running and returns the number of the one that clears up after it; undefined where nothing runs any more. */
export async function supersedeAttempt(tx: TenantTx, id: string): Promise<number | undefined> {
  const row = await tx
    .updateTable('import_batch')
    .set((eb) => ({ attempt: eb('attempt', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning('attempt')
    .executeTakeFirst();
  return row?.attempt;
}

/** One attempt at an import. It speaks for the import while it runs, and until another attempt begins. */
export type Attempt = Pick<ImportRow, 'id' | 'attempt'>;

export const updateOwn = (tx: TenantTx, { id, attempt }: Attempt) =>
  tx.updateTable('import_batch').where('id', '=', id).where('state', '=', 'running').where('attempt', '=', attempt);

/** False where the import was canceled meanwhile, or taken over. */
export async function setOwnState(tx: TenantTx, own: Attempt, change: StateChange): Promise<boolean> {
  const done = await updateOwn(tx, own).set(stored(change)).executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function setImportProgress(
  tx: TenantTx,
  own: Attempt,
  progress: { rows_done: number; bytes_done: number; rows_per_second: number | null; seconds_left: number | null },
): Promise<void> {
  await updateOwn(tx, own).set(progress).execute();
}

export async function setImportRecognized(
  tx: TenantTx,
  id: string,
  recognized: {
    feed: FeedCode;
    format: 'csv' | 'json';
    header: readonly string[];
    notes: readonly Note[];
    mappingId?: string | null | undefined;
  },
): Promise<void> {
  await tx
    .updateTable('import_batch')
    .set({
      feed: recognized.feed,
      format: recognized.format,
      header: toJson(recognized.header),
      notes: toJson(recognized.notes),
      ...(typeof recognized.mappingId === 'string' ? { mapping_id: recognized.mappingId } : {}),
    })
    .where('id', '=', id)
    .execute();
}

/** Of held rows that enter. */
export async function setImportFeed(tx: TenantTx, id: string, feed: FeedCode): Promise<void> {
  await tx.updateTable('import_batch').set({ feed }).where('id', '=', id).execute();
}

export interface CommittedCounts {
  read_rows: number;
  new_rows: number;
  duplicate_rows: number;
  replaced_rows: number;
  rejected_rows: number;
  held_rows: number;
  covers_from: Date | null;
  covers_to: Date | null;
  emptied: { column: string; count: number }[];
  /** Beside those of its reading. */
  notes: Note[];
}

/** The word that makes a batch visible. False when it was canceled or taken over meanwhile. */
export async function setImportCommitted(
  tx: TenantTx,
  own: Attempt,
  { notes, ...counts }: CommittedCounts,
  at: Date,
): Promise<boolean> {
  const done = await updateOwn(tx, own)
    .set({
      ...counts,
      emptied: JSON.stringify(counts.emptied),
      ...(notes.length === 0 ? {} : { notes: sql<string>`notes || ${toJson(notes)}::jsonb` }),
      state: 'committed',
      stage: null,
      spool_name: null,
      ended_at: at,
      rows_done: counts.read_rows,
      can_be_undone: true,
      has_superseded: counts.replaced_rows > 0,
      superseded_at: counts.replaced_rows > 0 ? sql<Date>`now()` : null,
    })
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** The import before this one that brought the same bytes, if any; of an uploader who sees only their own imports, one of those. */
export async function findSameFile(tx: TenantTx, row: ImportRow): Promise<number | undefined> {
  if (row.sha256 === null) return undefined;
  const scopePerson = await findImportScope(tx, row);
  let query = tx
    .selectFrom('import_batch')
    .select('number')
    .where('sha256', '=', row.sha256)
    .where('region', '=', row.region)
    .where('state', '=', 'committed')
    .where('number', '<', row.number);
  if (scopePerson !== undefined) query = query.where('created_by', '=', scopePerson);
  return (await query.orderBy('number').executeTakeFirst())?.number;
}

export interface Visibility {
  /** Batches whose rows must not be counted: not yet, or never, when what erases them was interrupted. */
  open: number[];
  /** Batches whose replaced older versions lie in the facts and are not marked yet. */
  superseding: number[];
  /** Batches that were undone and not cleaned up yet: what is marked as replaced by them counts. */
  undone: number[];
  /** Later batches are younger than this answer. */
  newest: number;
  /** Committed batches that stored something: the version of the data, and its age. */
  version: string;
  dataAsOf: Date | null;
  /** Snapshots of the product's own assignments are among what counts. */
  hasOwn: boolean;
}

/** What of a region's facts counts at this moment. Read it in the transaction that asks, before asking the store. */
export async function readVisibility(tx: TenantTx, region: RegionCode): Promise<Visibility> {
  // Looks past the actor's scope: which batches count concerns the imports of everybody.
  const { rows } = await sql<Visibility>`
    select open, superseding, undone, newest, version, data_as_of as "dataAsOf", tenant.has_own_snapshots(${region}) as "hasOwn"
    from tenant.region_visibility(${region})`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('The directory did not say what counts.');
  return row;
}

export async function findPartnerIds(directory: Directory): Promise<string[]> {
  return (await directory.selectFrom('partner').select('id').orderBy('id').execute()).map((row) => row.id);
}

/** Imports of a partner that a stopped process left running, and those whose clean-up is due. */
export async function findUnfinished(tx: TenantTx): Promise<ImportRow[]> {
  return selectImports(tx).where('import_batch.state', 'in', ['queued', 'running']).execute();
}

/** The spool files that a batch row still speaks for. */
export async function findSpoolNames(tx: TenantTx): Promise<{ region: string; spool_name: string }[]> {
  const rows = await tx
    .selectFrom('import_batch')
    .select(['region', 'spool_name'])
    .where('spool_name', 'is not', null)
    .execute();
  return rows.map((row) => ({ region: row.region, spool_name: row.spool_name ?? '' }));
}

/** The imports that a person brought to a region: what they may know of the rows that are held there. */
export async function findImportNumbersOf(tx: TenantTx, region: RegionCode, personId: string): Promise<number[]> {
  const rows = await tx
    .selectFrom('import_batch')
    .select('number')
    .where('region', '=', region)
    .where('created_by', '=', personId)
    .execute();
  return rows.map((row) => row.number);
}

/** Imports of a person that wait, or run and can still be stopped; locked. Releases are the hub's own. */
export async function findCancelableOf(tx: TenantTx, personId: string): Promise<{ id: string; state: string }[]> {
  return tx
    .selectFrom('import_batch')
    .select(['id', 'state'])
    .where('created_by', '=', personId)
    .where('source', '!=', 'release')
    .where((eb) =>
      eb.or([
        eb('state', '=', 'queued'),
        eb.and([eb('state', '=', 'running'), eb(eb.fn.coalesce('stage', sql<string>`''`), '!=', 'publishing')]),
      ]),
    )
    .orderBy('number')
    .forUpdate()
    .execute();
}

/** Whose assignments bound what an import may write: its uploader's, where they see only assigned customers or have left the partner. */
export async function findImportScope(tx: TenantTx, row: ImportRow): Promise<string | undefined> {
  if (row.created_by === null) return undefined;
  const membership = await tx
    .selectFrom('membership')
    .select('role')
    .where('person_id', '=', row.created_by)
    .where('partner_id', '=', row.partner_id)
    .executeTakeFirst();
  return membership !== undefined && scopeOfRole[membership.role] === 'all' ? undefined : row.created_by;
}

/** Marks what waits in a region whose queue stumbles: whoever looks at it learns that it is no mere waiting for its turn. */
export async function setWaitsForFault(tx: TenantTx, region: RegionCode): Promise<void> {
  await tx
    .updateTable('import_batch')
    .set({ waits_for: 'fault' })
    .where('region', '=', region)
    .where('state', 'in', ['queued', 'running'])
    .where('waits_for', 'is', null)
    .execute();
}

/** `except`: imports that go on stumbling while others pass them. */
export async function clearWaitsForFault(tx: TenantTx, region: RegionCode, except: readonly string[]): Promise<void> {
  let update = tx
    .updateTable('import_batch')
    .set({ waits_for: null })
    .where('region', '=', region)
    .where('waits_for', '=', 'fault');
  if (except.length > 0) update = update.where('id', 'not in', except);
  await update.execute();
}

/** Regions whose store takes no writes, as far as this partner's imports have found out. */
export async function findReadOnlyRegions(tx: TenantTx): Promise<string[]> {
  const rows = await tx
    .selectFrom('import_batch')
    .select('region')
    .distinct()
    .where('waits_for', '=', 'read_only')
    .where('state', 'in', ['queued', 'running'])
    .execute();
  return rows.map((row) => row.region);
}

/** Whether anything of the partner that brings rows waits or runs. */
export async function hasOpenImports(tx: TenantTx): Promise<boolean> {
  const row = await tx
    .selectFrom('import_batch')
    .select('id')
    .where('state', 'in', ['queued', 'running'])
    .where('source', '!=', 'release')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
