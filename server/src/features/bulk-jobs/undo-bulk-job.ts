import type { BulkJob } from '@hub/contract/bulk-jobs';
import type { BulkJobId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { requirePerson } from '../sessions/index.ts';
import { actOf } from './act-of.ts';
import {
  deleteOldJobs,
  getOwnJob,
  getOwnJobForUpdate,
  insertJob,
  insertUndoItems,
  setUndoneBy,
} from './bulk-queries.ts';
import { jobView, mayUndo } from './job-view.ts';

/**
 * Takes back what the job itself changed; what others changed since stays. Throws bulk_job_not_found, bulk_job_not_undoable, and
 * undo_later_tag or undo_later_job where something later built on it.
 */
export async function undoBulkJob(ctx: Ctx, bulkJobId: BulkJobId): Promise<BulkJob> {
  requirePermission(ctx, 'customers.write');
  const { personId, partnerId, tokenId = null } = requirePerson(ctx);
  return inTenant(ctx, async (tx) => {
    const job = await getOwnJobForUpdate(tx, bulkJobId, personId);
    const act = actOf(job.act, bulkJobId);
    requirePermission(ctx, act.permission);
    if (!mayUndo(job)) throw new HubError('bulk_job_not_undoable');
    await act.admit?.(tx, ctx);
    await deleteOldJobs(tx, personId);
    const [id, createdAt, { trackingId }] = [ctx.clock.id(), ctx.clock.now(), ctx];
    await insertJob(tx, { id, partnerId, personId, tokenId, trackingId, act: job.act, undoes: bulkJobId, createdAt });
    // Nothing left where all of them were removed since, or an earlier undoing had come to its end.
    const total = await insertUndoItems(tx, id, bulkJobId);
    if (total === 0) throw new HubError('bulk_job_not_undoable');
    await setUndoneBy(tx, bulkJobId, id);
    await audit(tx, ctx, {
      action: 'bulk_jobs.undo',
      target: { kind: 'bulk_job', id },
      after: { undoes: bulkJobId, act: job.act, customers: total },
    });
    return jobView(await getOwnJob(tx, id, personId));
  });
}
