import type { ImportBatch } from '@hub/contract/imports';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getImportRow } from './import-queries.ts';
import { importView } from './import-view.ts';
import { findImports, type LedgerFilter } from './ledger-queries.ts';
import { archiveFilesLimit } from './unpack-limits.ts';

/** Newest first; `next` is the number to go on from. */
export async function listImports(
  ctx: Ctx,
  page: LedgerFilter & { after?: number | undefined; limit: number },
): Promise<{ items: ImportBatch[]; next: number | null; total: number; underway: number }> {
  requirePermission(ctx, 'imports.read');
  const { rows, ...counts } = await inTenant(ctx, (tx) => findImports(tx, { ...page, limit: page.limit + 1 }));
  const items = rows.slice(0, page.limit).map(importView);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.number ?? null) : null, ...counts };
}

/** The imports of an archive's files, in its order. */
export async function listPartsOf(ctx: Ctx, archiveId: string): Promise<ImportBatch[]> {
  requirePermission(ctx, 'imports.read');
  const { rows } = await inTenant(ctx, (tx) => findImports(tx, { archiveId, limit: archiveFilesLimit }));
  return rows.map(importView).reverse();
}

/** Throws import_not_found. */
export async function getImport(ctx: Ctx, importId: string): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.read');
  return importView(await inTenant(ctx, (tx) => getImportRow(tx, importId)));
}
