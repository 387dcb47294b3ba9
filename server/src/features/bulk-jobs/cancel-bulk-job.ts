import type { BulkJob } from '@hub/contract/bulk-jobs';
import type { BulkJobId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { requirePerson } from '../sessions/index.ts';
import { endJob, getOwnJob, getOwnJobForUpdate } from './bulk-queries.ts';
import { jobView } from './job-view.ts';

/** The batch in hand is finished first; what is done stays done. Throws bulk_job_not_found, bulk_job_ended. */
export async function cancelBulkJob(ctx: Ctx, bulkJobId: BulkJobId): Promise<BulkJob> {
  requirePermission(ctx, 'customers.write');
  const { personId } = requirePerson(ctx);
  return inTenant(ctx, async (tx) => {
    const { state } = await getOwnJobForUpdate(tx, bulkJobId, personId);
    if (state === 'done' || state === 'canceled') throw new HubError('bulk_job_ended');
    await endJob(tx, bulkJobId, { state: 'canceled', at: ctx.clock.now() });
    const target = { kind: 'bulk_job', id: bulkJobId };
    await audit(tx, ctx, { action: 'bulk_jobs.cancel', target, before: { state }, after: { state: 'canceled' } });
    return jobView(await getOwnJob(tx, bulkJobId, personId));
  });
}
