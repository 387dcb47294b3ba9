import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findImport } from './import-queries.ts';

/**
 * Whether an import stands in the directory, or that cannot be told. Asked where queueing it broke off: a commit's answer can be lost on its
 * way, and then the import is there and needs its file.
 */
export async function mayBeQueued(ctx: Ctx, id: string): Promise<boolean> {
  requirePermission(ctx, 'imports.write');
  return inTenant(ctx, (tx) => findImport(tx, id)).then(
    (row) => row !== undefined,
    () => true,
  );
}
