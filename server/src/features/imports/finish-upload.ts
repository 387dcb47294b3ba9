import type { ImportBatch } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, holdActor, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { type GivenFacts, givenColumns } from './given-facts.ts';
import { findImport, insertImport } from './import-queries.ts';
import { importView } from './import-view.ts';
import { wayOf } from './receive-upload.ts';
import { requireUploadFile, uploaderOf } from './upload-file.ts';
import { deleteUpload, findUploadForUpdate } from './upload-queries.ts';

/**
 * Queues the import of an upload that has arrived whole, under the same id, with what is given of its rows; asked again it answers that import.
 * Its hash is taken by whoever runs it: reading 20 GB once more takes longer than a request may. Throws upload_incomplete, range_invalid and range_in_future.
 */
export async function finishUpload(ctx: Ctx, uploadId: string, facts: GivenFacts = {}): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.write');
  const given = givenColumns(facts, ctx.clock.now());
  return inTenant(ctx, async (tx) => {
    await holdActor(tx, ctx.actor);
    const uploader = uploaderOf(ctx.actor);
    const upload = await findUploadForUpdate(tx, uploadId, uploader);
    if (upload === undefined) {
      const row = await findImport(tx, uploadId);
      if (row === undefined || row.created_by !== uploader) throw new HubError('upload_not_found');
      return importView(row);
    }
    const { region, file_bytes: bytes, received_bytes: offset } = upload;
    if (offset < bytes) throw new HubError('upload_incomplete', { offset, bytes });
    await requireUploadFile(ctx.dataDir, upload);
    const source = wayOf(ctx);
    const row = await insertImport(tx, {
      id: upload.id,
      partner_id: upload.partner_id,
      region: region as RegionCode,
      source,
      file_name: upload.file_name,
      file_bytes: bytes,
      sha256: null,
      spool_name: upload.id,
      release_org_uuid: null,
      ...given,
      created_by: upload.created_by,
      created_at: ctx.clock.now(),
    });
    await deleteUpload(tx, upload.id);
    await audit(tx, ctx, {
      action: 'imports.queue',
      target: { kind: 'import', id: upload.id },
      after: { region, source, bytes, ...given },
    });
    return importView(row);
  });
}
