import type { Deletion } from '@hub/contract/deletions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { letIn, lockDeletion } from './deletion-queries.ts';
import { deletionView } from './deletion-view.ts';

/**
 * From now on imports bring again whom a deletion keeps out: the person, or the customer's organization, which connectors fetch again. What was
 * deleted stays deleted, and the receipt as it is. Once let in it stays so. Throws deletion_not_found and deletion_not_ended.
 */
export async function letInAgain(ctx: Ctx, deletionId: string): Promise<Deletion> {
  requirePermission(ctx, 'deletions.write');
  return inTenant(ctx, async (tx) => {
    const row = await lockDeletion(tx, deletionId);
    if (!row) throw new HubError('deletion_not_found');
    if (row.endedAt === null) throw new HubError('deletion_not_ended');
    if (row.letInAt === null) {
      const done = await letIn(tx, row, ctx.clock.now());
      await audit(tx, ctx, {
        action: 'deletions.let_in',
        target: { kind: 'deletion', id: deletionId },
        customerId: row.customerId,
        after: { orgUuid: row.orgUuid, ...done },
      });
    }
    return deletionView(tx, ctx, deletionId);
  });
}
