import { ImportId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { insertSpooled } from './insert-spooled.ts';
import { mayBeQueued } from './may-be-queued.ts';
import { dropSpoolFile, spoolContent } from './spool.ts';

/**
 * Queues the import of what was noted in the product itself. `take` answers its text, or undefined where nothing waits, and notes in the same
 * transaction that it is taken: where it fails, neither happened.
 */
export async function queueOwn(
  ctx: Ctx,
  { region, fileName }: { region: RegionCode; fileName: string },
  take: (tx: TenantTx) => Promise<string | undefined>,
): Promise<ImportId | undefined> {
  requirePermission(ctx, 'imports.write');
  const id = ctx.clock.id();
  let spoolName: string | undefined;
  try {
    return await inTenant(ctx, async (tx) => {
      const text = await take(tx);
      if (text === undefined) return undefined;
      const spooled = await spoolContent(ctx.dataDir, region, id, contentOf(text));
      spoolName = spooled.spoolName;
      await insertSpooled(tx, ctx, { id, region, source: 'own', fileName, spooled, createdBy: null });
      return ImportId.parse(id);
    });
  } catch (error) {
    if (spoolName !== undefined && !(await mayBeQueued(ctx, id))) await dropSpoolFile(ctx.dataDir, region, spoolName);
    throw error;
  }
}

async function* contentOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
