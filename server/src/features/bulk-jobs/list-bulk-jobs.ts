import type { BulkJob } from '@hub/contract/bulk-jobs';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { requirePerson } from '../sessions/index.ts';
import { findLatestJobs } from './bulk-queries.ts';
import { jobView } from './job-view.ts';

/** The person's own, latest first. */
export async function listBulkJobs(ctx: Ctx): Promise<{ items: BulkJob[] }> {
  requirePermission(ctx, 'customers.write');
  const { personId } = requirePerson(ctx);
  return { items: (await inTenant(ctx, (tx) => findLatestJobs(tx, personId))).map(jobView) };
}
