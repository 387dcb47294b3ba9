import type { RegionCode } from '@hub/contract/regions';
import type { Selectable } from 'kysely';
import type { ImportUploadTable } from '../../platform/directory/database.gen.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';

export type UploadRow = Selectable<ImportUploadTable>;

/** Whose upload it is: nobody goes on with another's. Null: the operator's. */
export type Uploader = string | null;

export async function insertUpload(
  tx: TenantTx,
  row: Pick<UploadRow, 'id' | 'partner_id' | 'file_name' | 'file_bytes' | 'created_by' | 'created_at'> & {
    region: RegionCode;
  },
): Promise<UploadRow> {
  return tx
    .insertInto('import_upload')
    .values({ ...row, touched_at: row.created_at })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findUpload(tx: TenantTx, id: string, uploader: Uploader): Promise<UploadRow | undefined> {
  return tx
    .selectFrom('import_upload')
    .selectAll()
    .where('id', '=', id)
    .where('created_by', 'is not distinct from', uploader)
    .executeTakeFirst();
}

/** Locks the row: whoever judges how far it is decides alone. */
export async function findUploadForUpdate(
  tx: TenantTx,
  id: string,
  uploader: Uploader,
): Promise<UploadRow | undefined> {
  return tx
    .selectFrom('import_upload')
    .selectAll()
    .where('id', '=', id)
    .where('created_by', 'is not distinct from', uploader)
    .forUpdate()
    .executeTakeFirst();
}

/** From here on only this request may say how far the upload is. */
export async function setUploadWriter(tx: TenantTx, id: string, writer: string, at: Date): Promise<void> {
  await tx.updateTable('import_upload').set({ writer, touched_at: at }).where('id', '=', id).execute();
}

/** Says how far the upload is, unless another request has come since, or it has ended. */
export async function setUploadReceived(
  tx: TenantTx,
  id: string,
  writer: string,
  received: { bytes: number; at: Date },
): Promise<UploadRow | undefined> {
  return tx
    .updateTable('import_upload')
    .set({ received_bytes: received.bytes, touched_at: received.at })
    .where('id', '=', id)
    .where('writer', '=', writer)
    .returningAll()
    .executeTakeFirst();
}

export async function deleteUpload(tx: TenantTx, id: string): Promise<void> {
  await tx.deleteFrom('import_upload').where('id', '=', id).execute();
}

/** Deletes what nobody went on with, and returns the names of the files. */
export async function deleteStaleUploads(tx: TenantTx, region: RegionCode, before: Date): Promise<string[]> {
  const rows = await tx
    .deleteFrom('import_upload')
    .where('region', '=', region)
    .where('touched_at', '<', before)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The files in a region's spool that unfinished uploads speak for. */
export async function findUploadFiles(tx: TenantTx, region: RegionCode): Promise<string[]> {
  const rows = await tx.selectFrom('import_upload').select('id').where('region', '=', region).execute();
  return rows.map(({ id }) => id);
}
