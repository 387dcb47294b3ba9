import type { ImportUpload } from '@hub/contract/import-uploads';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { requireUploadFile, uploaderOf, uploadView } from './upload-file.ts';
import { findUpload } from './upload-queries.ts';

/** How far an unfinished upload of one's own is. Throws upload_not_found. */
export async function getUpload(ctx: Ctx, uploadId: string): Promise<ImportUpload> {
  requirePermission(ctx, 'imports.write');
  const row = await inTenant(ctx, (tx) => findUpload(tx, uploadId, uploaderOf(ctx.actor)));
  if (row === undefined) throw new HubError('upload_not_found');
  await requireUploadFile(ctx.dataDir, row);
  return uploadView(row);
}
