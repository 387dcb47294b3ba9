import type { ErrorCode } from '@hub/contract/errors';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Attempt, type ImportRow, toJson, updateOwn } from './import-queries.ts';

/** A file of a ZIP: in the spool under its id, or with what kept it from getting there. */
export interface ArchivePart {
  id: string;
  fileName: string;
  bytes: number;
  sha256?: Buffer;
  failure: { code: ErrorCode; data: Record<string, string | number> } | null;
}

/** Names an import by the one file in its archive, for as long as this attempt speaks for it. */
export async function setImportName(tx: TenantTx, own: Attempt, fileName: string): Promise<void> {
  await updateOwn(tx, own).set({ file_name: fileName }).execute();
}

export async function setImportHash(tx: TenantTx, own: Attempt, sha256: Buffer): Promise<void> {
  await updateOwn(tx, own).set({ sha256 }).execute();
}

/** Ends the import of an archive whose files are imports of their own. False where it was canceled or taken over meanwhile. */
export async function setUnpacked(tx: TenantTx, own: Attempt, files: number, at: Date): Promise<boolean> {
  const done = await updateOwn(tx, own)
    .set({
      state: 'committed',
      stage: null,
      format: 'zip',
      notes: toJson([{ code: 'unpacked', data: { files } }]),
      spool_name: null,
      ended_at: at,
      read_rows: 0,
      new_rows: 0,
      duplicate_rows: 0,
      replaced_rows: 0,
      rejected_rows: 0,
      held_rows: 0,
    })
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Queues the files of an archive in its order, as whoever brought it and with what was given for them; those that could not be unpacked have ended. */
export async function insertParts(
  tx: TenantTx,
  archive: ImportRow,
  parts: readonly ArchivePart[],
  at: Date,
): Promise<void> {
  const { partner_id, region, source, org_uuid, period_from, period_to, created_by } = archive;
  const rows = parts.map(({ id, fileName, bytes, sha256 = null, failure }) => ({
    id,
    partner_id,
    region,
    source,
    archive_id: archive.id,
    file_name: fileName,
    file_bytes: bytes,
    sha256,
    spool_name: failure === null ? id : null,
    state: failure === null ? ('queued' as const) : ('failed' as const),
    failure: failure && toJson(failure),
    org_uuid,
    period_from,
    period_to,
    created_by,
    created_at: at,
    ended_at: failure === null ? null : at,
  }));
  const numbered = await tx.insertInto('import_batch').values(rows).returning(['id', 'number', 'state']).execute();
  const tasks = numbered
    .filter(({ state }) => state === 'queued')
    .map(({ id, number }) => ({ import_id: id, partner_id, region, number }));
  if (tasks.length > 0) await tx.insertInto('import_task').values(tasks).execute();
}
