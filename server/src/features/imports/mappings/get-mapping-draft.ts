import type { ReplyOf } from '@hub/contract/endpoint';
import type { getMappingDraft as api } from '@hub/contract/import-mappings';
import { type Ctx, inTenant, requirePermission } from '../../access/index.ts';
import { readPolicy } from '../../statuses/index.ts';
import { getImportRow } from '../import-queries.ts';
import { draftOf, seenColumns } from './file-draft.ts';
import { findCurrentMappings } from './mapping-queries.ts';
import { nearestMapping } from './nearest-mapping.ts';
import { readHead } from './read-head.ts';

/** What a kept file holds and what its columns probably mean. Throws import_not_mappable. */
export async function getMappingDraft(
  ctx: Ctx,
  importId: string,
  { hasHeader }: { hasHeader?: boolean | undefined },
): Promise<ReplyOf<typeof api>> {
  requirePermission(ctx, 'imports.write');
  const { row, zone, saved } = await inTenant(ctx, async (tx) => {
    const found = await getImportRow(tx, importId);
    return {
      row: found,
      zone: (await readPolicy(tx, ctx.actor.partnerId)).timeZone,
      saved: await findCurrentMappings(tx, found.created_by),
    };
  });
  const seen = seenColumns(await readHead(ctx, row), hasHeader);
  const nearest = nearestMapping(saved, seen);
  return {
    fileName: row.file_name,
    ...draftOf(seen, { zone, own: nearest?.mapping }),
    name: nearest?.name ?? seen.preset?.name ?? nameFrom(row.file_name),
    savedAs: nearest?.name ?? null,
  };
}

/** `calls_2026-11.csv`: what stays of the next file's name as well. */
function nameFrom(fileName: string): string {
  const words = fileName
    .replace(/^.* \/ /, '')
    .replace(/\.[a-z0-9.]+$/i, '')
    .replaceAll(/[\d_.-]+/g, ' ')
    .trim();
  return (words === '' ? 'Calls' : words).slice(0, 60);
}
