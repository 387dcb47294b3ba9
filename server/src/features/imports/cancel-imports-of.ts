import type { PersonId } from '@hub/contract/ids';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { findCancelableOf, setImportState } from './import-queries.ts';

/** Ends what a person has waiting or running, in the transaction that removes them. Returns how many imports that were. */
export async function cancelImportsOf(tx: TenantTx, ctx: Ctx, personId: PersonId): Promise<number> {
  requirePermission(ctx, 'administrators.write'); // part of removing them, whatever a token may do with imports
  const open = await findCancelableOf(tx, personId);
  for (const { id, state } of open) {
    // The task stays until the worker has erased what there is; it then lets the file go.
    await setImportState(tx, id, ['queued', 'running'], {
      state: 'canceled',
      stage: null,
      ended_at: ctx.clock.now(),
      spool_name: null,
    });
    await audit(tx, ctx, {
      action: 'imports.cancel',
      target: { kind: 'import', id },
      before: { state },
      after: { state: 'canceled' },
    });
  }
  return open.length;
}
