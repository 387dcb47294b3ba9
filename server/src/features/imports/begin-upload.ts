import type { ImportUpload } from '@hub/contract/import-uploads';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, holdActor, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { plainName, requireRegion } from './receive-upload.ts';
import { dropSpoolFile, requireRoom } from './spool.ts';
import { createUploadFile, uploaderOf, uploadView } from './upload-file.ts';
import { insertUpload } from './upload-queries.ts';

/** Begins a file that comes in part by part. Throws import_disk_full where it will not fit. */
export async function beginUpload(
  ctx: Ctx,
  input: { region: RegionCode; fileName: string; bytes: number },
): Promise<ImportUpload> {
  requirePermission(ctx, 'imports.write');
  const { region, bytes } = input;
  requireRegion(ctx, region);
  await requireRoom(ctx.dataDir, bytes);
  const id = ctx.clock.id();
  await createUploadFile(ctx.dataDir, { region, id });
  try {
    return await inTenant(ctx, async (tx) => {
      await holdActor(tx, ctx.actor);
      const row = await insertUpload(tx, {
        id,
        partner_id: ctx.actor.partnerId,
        region,
        file_name: plainName(input.fileName),
        file_bytes: bytes,
        created_by: uploaderOf(ctx.actor),
        created_at: ctx.clock.now(),
      });
      await audit(tx, ctx, {
        action: 'imports.upload',
        target: { kind: 'import', id },
        after: { region, bytes },
      });
      return uploadView(row);
    });
  } catch (error) {
    await dropSpoolFile(ctx.dataDir, region, id);
    throw error;
  }
}
