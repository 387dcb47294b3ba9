import type { ImportBatch } from '@hub/contract/imports';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { getImportForUpdate, getImportRow, setImportState } from './import-queries.ts';
import { importView } from './import-view.ts';
import { dropSpoolFile } from './spool.ts';

/**
 * Ends an import that waits or runs, or gives up one that failed and whose file is kept; nothing of it will ever count. A statement that the
 * engine has begun runs on and is then thrown away. Throws import_not_cancelable once rows are being published.
 */
export async function cancelImport(ctx: Ctx, importId: string): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.write');
  const { before, canceled } = await inTenant(ctx, async (tx) => {
    const before = await getImportForUpdate(tx, importId);
    const isOpen = before.state === 'queued' || (before.state === 'running' && before.stage !== 'publishing');
    const isKept = before.state === 'failed' && before.spool_name !== null;
    // A release is the hub's own: without it the rows would stay held beside their customer.
    if ((!isOpen && !isKept) || before.source === 'release') throw new HubError('import_not_cancelable');
    await setCanceled(tx, ctx, importId, { state: before.state, region: before.region });
    return { before, canceled: importView(await getImportRow(tx, importId)) };
  });
  // Nobody works on what failed, so nobody else lets its file go.
  if (before.state === 'failed' && before.spool_name !== null)
    await dropSpoolFile(ctx.dataDir, canceled.region, before.spool_name);
  return canceled;
}

/** Within a transaction that has asked already. The task stays until the worker has erased what there is; it then lets the file go. */
export async function setCanceled(
  tx: TenantTx,
  ctx: Ctx,
  importId: string,
  before: { state: string; region?: string },
): Promise<void> {
  await setImportState(tx, importId, ['queued', 'running', 'failed'], {
    state: 'canceled',
    stage: null,
    ended_at: ctx.clock.now(),
    spool_name: null,
  });
  await audit(tx, ctx, {
    action: 'imports.cancel',
    target: { kind: 'import', id: importId },
    before,
    after: { state: 'canceled' },
  });
}
