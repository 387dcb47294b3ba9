import type { ReplyOf } from '@hub/contract/endpoint';
import type { getMappingDraft as api } from '@hub/contract/import-mappings';
import { type Ctx, inTenant, requirePermission } from '../../access/index.ts';
import { readPolicy } from '../../statuses/index.ts';
import { getImportRow } from '../import-queries.ts';
import { draftOf, seenColumns } from './file-draft.ts';
import { readHead } from './read-head.ts';

/** What a kept file holds and what its columns probably mean. Throws import_not_mappable. */
export async function getMappingDraft(
  ctx: Ctx,
  importId: string,
  { hasHeader }: { hasHeader?: boolean | undefined },
): Promise<ReplyOf<typeof api>> {
  requirePermission(ctx, 'imports.write');
  const { row, zone } = await inTenant(ctx, async (tx) => ({
    row: await getImportRow(tx, importId),
    zone: (await readPolicy(tx, ctx.actor.partnerId)).timeZone,
  }));
  const seen = seenColumns(await readHead(ctx, row), hasHeader);
  return { fileName: row.file_name, ...draftOf(seen, { zone }), name: seen.preset?.name ?? nameFrom(row.file_name) };
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
