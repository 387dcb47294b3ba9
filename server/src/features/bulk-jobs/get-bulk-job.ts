import type { BulkJob } from '@hub/contract/bulk-jobs';
import type { BulkJobId } from '@hub/contract/ids';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { requirePerson } from '../sessions/index.ts';
import { getOwnJob } from './bulk-queries.ts';
import { jobView } from './job-view.ts';

/** Throws bulk_job_not_found, also for somebody else's. */
export async function getBulkJob(ctx: Ctx, bulkJobId: BulkJobId): Promise<BulkJob> {
  requirePermission(ctx, 'customers.write');
  const { personId } = requirePerson(ctx);
  return jobView(await inTenant(ctx, (tx) => getOwnJob(tx, bulkJobId, personId)));
}
