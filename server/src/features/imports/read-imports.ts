import type { ImportBatch } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findImports, getImportRow } from './import-queries.ts';
import { importView } from './import-view.ts';

/** Newest first; `next` is the number to go on from. */
export async function listImports(
  ctx: Ctx,
  page: { region?: RegionCode | undefined; after?: number | undefined; limit: number },
): Promise<{ items: ImportBatch[]; next: number | null; total: number }> {
  requirePermission(ctx, 'imports.read');
  const { rows, total } = await inTenant(ctx, (tx) => findImports(tx, { ...page, limit: page.limit + 1 }));
  const items = rows.slice(0, page.limit).map(importView);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.number ?? null) : null, total };
}

/** Throws import_not_found. */
export async function getImport(ctx: Ctx, importId: string): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.read');
  return importView(await inTenant(ctx, (tx) => getImportRow(tx, importId)));
}
