import type { BulkResult } from '@hub/contract/bulk-jobs';
import type { BulkJobId } from '@hub/contract/ids';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { requirePerson } from '../sessions/index.ts';
import { findResults, getOwnJob } from './bulk-queries.ts';
import { cursorOf, positionOf } from './result-cursor.ts';

/** Throws bulk_job_not_found, cursor_invalid. */
export async function listBulkResults(
  ctx: Ctx,
  { bulkJobId, after, limit }: { bulkJobId: BulkJobId; after?: string | undefined; limit: number },
): Promise<{ items: BulkResult[]; next: string | null }> {
  requirePermission(ctx, 'customers.write');
  const { personId } = requirePerson(ctx);
  const position = after === undefined ? undefined : positionOf(after);
  return inTenant(ctx, async (tx) => {
    await getOwnJob(tx, bulkJobId, personId);
    // One more than asked for tells whether there is a next page.
    const found = await findResults(tx, bulkJobId, { after: position, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(({ rank: _rank, position: _position, ...result }) => result),
      next: found.length > limit && last ? cursorOf(last) : null,
    };
  });
}
