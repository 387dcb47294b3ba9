import type { BulkAct, BulkJob, BulkSelection } from '@hub/contract/bulk-jobs';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { requirePerson } from '../sessions/index.ts';
import { actOf } from './act-of.ts';
import { deleteOldJobs, getOwnJob, insertItems, insertJob } from './bulk-queries.ts';
import { jobView } from './job-view.ts';
import { selectedBy } from './selected-by.ts';

/**
 * Fixes the selection and leaves the rest to the worker. Throws bulk_empty, what the filter is refused for, and what the act can be done to
 * nobody for.
 */
export async function startBulkJob(
  ctx: Ctx,
  { selection, act: given }: { selection: BulkSelection; act: BulkAct },
): Promise<BulkJob> {
  requirePermission(ctx, 'customers.write');
  const act = actOf(given, null);
  requirePermission(ctx, act.permission);
  const { personId, partnerId, tokenId = null } = requirePerson(ctx);
  return inTenant(ctx, async (tx) => {
    await deleteOldJobs(tx, personId);
    const { trackingId } = ctx;
    const [id, createdAt] = [ctx.clock.id(), ctx.clock.now()];
    const settled = await act.settle(tx, ctx);
    await insertJob(tx, { id, partnerId, personId, tokenId, trackingId, act: settled, undoes: null, createdAt });
    const total = await insertItems(tx, id, await selectedBy(tx, ctx, selection));
    if (total === 0) throw new HubError('bulk_empty');
    await audit(tx, ctx, {
      action: 'bulk_jobs.start',
      target: { kind: 'bulk_job', id },
      // Which customers stands in the events of each.
      after: { act: given, ...('filter' in selection ? { filter: selection.filter } : {}), customers: total },
    });
    return jobView(await getOwnJob(tx, id, personId));
  });
}
