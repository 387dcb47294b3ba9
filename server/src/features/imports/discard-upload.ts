import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { dropSpoolFile } from './spool.ts';
import { uploaderOf } from './upload-file.ts';
import { deleteUpload, findUploadForUpdate } from './upload-queries.ts';

/** Forgets an unfinished upload of one's own. Throws upload_not_found. */
export async function discardUpload(ctx: Ctx, uploadId: string): Promise<void> {
  requirePermission(ctx, 'imports.write');
  const { region } = await inTenant(ctx, async (tx) => {
    const row = await findUploadForUpdate(tx, uploadId, uploaderOf(ctx.actor));
    if (row === undefined) throw new HubError('upload_not_found');
    await deleteUpload(tx, uploadId);
    await audit(tx, ctx, {
      action: 'imports.discard_upload',
      target: { kind: 'import', id: uploadId },
      before: { region: row.region, bytes: row.file_bytes, received: row.received_bytes },
    });
    return row;
  });
  // A part that comes in just now finds its upload gone.
  await dropSpoolFile(ctx.dataDir, region as RegionCode, uploadId);
}
