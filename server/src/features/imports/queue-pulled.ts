import { ImportId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { HubError } from '../../platform/hub-error.ts';
import { insertSpooled } from './insert-spooled.ts';
import { mayBeQueued } from './may-be-queued.ts';
import { dropSpoolFile, spoolFileCopy } from './spool.ts';

/**
 * Queues the import of what a connector fetched. `alongside` notes in the same transaction what has been fetched by that; where it throws,
 * or the process ends before, neither happened. Where a commit's answer is lost this throws as well, and the import keeps its file if it is there. The file at `path` is copied and stays the caller's.
 */
export async function queuePulled(
  ctx: Ctx,
  { region, path, fileName }: { region: RegionCode; path: string; fileName: string },
  alongside: (tx: TenantTx) => Promise<void>,
): Promise<ImportId> {
  requirePermission(ctx, 'imports.write');
  const id = ctx.clock.id();
  const spooled = await spoolFileCopy(ctx.dataDir, region, id, path, fileName);
  try {
    await inTenant(ctx, async (tx) => {
      await alongside(tx);
      await insertSpooled(tx, ctx, { id, region, source: 'connector', fileName, spooled, createdBy: null });
    });
  } catch (error) {
    if (error instanceof HubError || !(await mayBeQueued(ctx, id)))
      await dropSpoolFile(ctx.dataDir, region, spooled.spoolName);
    throw error;
  }
  return ImportId.parse(id);
}
