import { type ImportBatch, type ImportUndo, undoDays } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { feedOf } from './feeds/all-feeds.ts';
import { getImportForUpdate, getImportRow, type ImportRow } from './import-queries.ts';
import { importView } from './import-view.ts';
import { findLaterImport } from './overlap-queries.ts';
import { countHeldOf } from './replaced-queries.ts';
import { setUndone } from './undo-queries.ts';

/**
 * Takes a committed import back as a whole: from the commit of this on its rows no longer count, held ones included, and those that it replaced
 * do. An import that was undone already is answered as it is. Throws import_not_undoable, import_undo_expired, import_undo_later and
 * import_undo_later_hidden.
 */
export async function undoImport(ctx: Ctx, importId: string): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.write');
  return inTenant(ctx, async (tx) => {
    const before = await getImportForUpdate(tx, importId);
    if (before.state === 'undone') return importView(before);
    await requireUndoable(tx, ctx, before);
    const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
    await setUndone(tx, importId, { personId, at: ctx.clock.now() });
    await audit(tx, ctx, {
      action: 'imports.undo',
      target: { kind: 'import', id: importId },
      before: { state: before.state },
      after: { state: 'undone', removed: storedRows(before), restored: before.replaced_rows, held: before.held_rows },
    });
    return importView(await getImportRow(tx, importId));
  });
}

/** What undoing an import would do, or why it is refused. Throws import_not_found and region_unavailable. */
export async function getImportUndo(ctx: Ctx, importId: string): Promise<ImportUndo> {
  requirePermission(ctx, 'imports.write');
  const { row, refusal } = await inTenant(ctx, async (tx) => {
    const row = await getImportRow(tx, importId);
    return { row, refusal: await refusalOf(tx, ctx, row) };
  });
  const isHolding = refusal === null && (row.held_rows ?? 0) > 0 && row.feed !== null;
  return {
    removed: storedRows(row),
    restored: row.replaced_rows ?? 0,
    held: isHolding ? await heldNow(ctx, row) : 0,
    refusal,
  };
}

const storedRows = (row: ImportRow): number => (row.new_rows ?? 0) + (row.replaced_rows ?? 0);

/** Of those that were held some may have been let in or discarded since. */
async function heldNow(ctx: Ctx, row: ImportRow): Promise<number> {
  const { store } = await regionalScope(ctx, row.region as RegionCode);
  const feed = feedOf(row.feed ?? 'webex_call_history');
  return countHeldOf({ store, feed, partnerId: row.partner_id, batch: row.number, attempt: row.attempt });
}

async function refusalOf(tx: TenantTx, ctx: Ctx, row: ImportRow): Promise<ImportUndo['refusal']> {
  try {
    await requireUndoable(tx, ctx, row);
    return null;
  } catch (error) {
    if (error instanceof HubError) return { code: error.code, data: error.data };
    throw error;
  }
}

async function requireUndoable(tx: TenantTx, ctx: Ctx, row: ImportRow): Promise<void> {
  if (row.state !== 'committed' || row.format === 'zip') throw new HubError('import_not_undoable');
  const keptFrom = ctx.clock.now().getTime() - undoDays * 86_400_000;
  const isKept = (row.replaced_rows ?? 0) === 0 || (row.ended_at?.getTime() ?? 0) > keptFrom;
  if (!row.can_be_undone || !isKept) throw new HubError('import_undo_expired', { days: undoDays });
  const later = await findLaterImport(tx, row);
  if (later?.isSeen === false) throw new HubError('import_undo_later_hidden');
  if (later) throw new HubError('import_undo_later', { number: later.number, rows: later.rows });
}
