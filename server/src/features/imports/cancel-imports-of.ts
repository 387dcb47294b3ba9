import type { PersonId } from '@hub/contract/ids';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, requirePermission } from '../access/index.ts';
import { setCanceled } from './cancel-import.ts';
import { findCancelableOf } from './import-queries.ts';

/** Ends what a person has waiting or running, in the transaction that removes them. Returns how many imports that were. */
export async function cancelImportsOf(tx: TenantTx, ctx: Ctx, personId: PersonId): Promise<number> {
  requirePermission(ctx, 'administrators.write'); // part of removing them, whatever a token may do with imports
  const open = await findCancelableOf(tx, personId);
  for (const { id, state } of open) {
    await setCanceled(tx, ctx, id, { state });
  }
  return open.length;
}
