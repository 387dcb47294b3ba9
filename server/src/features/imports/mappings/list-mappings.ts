import type { ImportMapping } from '@hub/contract/import-mappings';
import { HubError } from '../../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../../access/index.ts';
import { audit } from '../../audit/index.ts';
import { listCurrentMappings, retireMapping } from './mapping-queries.ts';

/** The mappings that read files unasked, by name. */
export async function listMappings(ctx: Ctx): Promise<{ items: ImportMapping[] }> {
  requirePermission(ctx, 'imports.read');
  return { items: await inTenant(ctx, listCurrentMappings) };
}

/** From here on files with its columns are asked about again. Throws mapping_not_found. */
export async function removeMapping(ctx: Ctx, mappingId: string): Promise<void> {
  requirePermission(ctx, 'imports.write');
  await inTenant(ctx, async (tx) => {
    const gone = await retireMapping(tx, mappingId);
    if (gone === undefined) throw new HubError('mapping_not_found');
    await audit(tx, ctx, {
      action: 'imports.remove_mapping',
      target: { kind: 'mapping', id: mappingId },
      before: gone,
    });
  });
}
