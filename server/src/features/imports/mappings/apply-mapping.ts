import type { ColumnMapping } from '@hub/contract/import-mappings';
import type { ImportBatch } from '@hub/contract/imports';
import { HubError } from '../../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission, scopePersonOf } from '../../access/index.ts';
import { audit } from '../../audit/index.ts';
import { getImportForUpdate, getImportRow, setImportState } from '../import-queries.ts';
import { importView } from '../import-view.ts';
import { layoutOf } from '../recognize-file.ts';
import { insertTask } from '../task-queries.ts';
import { mappedShape } from './mapped-shape.ts';
import { insertMapping, setImportMapping } from './mapping-queries.ts';
import { readHead } from './read-head.ts';
import { requireRows } from './require-rows.ts';

/**
 * Saves a mapping and lets the import of the file that it was made for go on by it. Throws import_not_mappable, mapping_field_unknown,
 * mapping_column_unknown, mapping_fields_missing and mapping_skips_all.
 */
export async function applyMapping(
  ctx: Ctx,
  importId: string,
  { name, mapping }: { name: string; mapping: ColumnMapping },
): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.write');
  const kept = await inTenant(ctx, (tx) => getImportRow(tx, importId));
  const text = await readHead(ctx, kept);
  const layout = layoutOf(text);
  mappedShape(mapping, layout);
  requireRows(mapping, text);
  return inTenant(ctx, async (tx) => {
    const before = await getImportForUpdate(tx, importId);
    if (before.state !== 'failed' || before.spool_name === null) throw new HubError('import_not_mappable');
    const id = ctx.clock.id();
    const version = await insertMapping(tx, {
      id,
      partnerId: ctx.actor.partnerId,
      owner: scopePersonOf(ctx.actor) ?? null,
      name,
      header: layout.header,
      mapping,
      createdBy: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
      at: ctx.clock.now(),
    });
    await setImportMapping(tx, importId, id);
    await setImportState(tx, importId, ['failed'], { state: 'queued', failure: null, ended_at: null });
    await insertTask(tx, before);
    await audit(tx, ctx, {
      action: 'imports.map',
      target: { kind: 'import', id: importId },
      before: before.failure,
      after: { state: 'queued', mapping: name, version, feed: mapping.feed },
    });
    return importView(await getImportRow(tx, importId));
  });
}
