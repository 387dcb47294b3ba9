import type { Deletion } from '@hub/contract/deletions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { getCustomer } from '../customers/index.ts';
import { lockCustomers } from '../statuses/index.ts';
import { findOpenDeletion, insertDeletion } from './deletion-queries.ts';
import { deletionView } from './deletion-view.ts';

/**
 * Queues the deletion of a customer's data; what runs already is answered as it is. Throws customer_not_found, customer_own (of its record) and
 * deletion_name_differs.
 */
export async function deleteCustomerData(
  ctx: Ctx,
  { customerId, name, takesRecord }: { customerId: string; name: string; takesRecord: boolean },
): Promise<Deletion> {
  requirePermission(ctx, 'deletions.write');
  return inTenant(ctx, async (tx) => {
    await lockCustomers(tx, [customerId]);
    const customer = await getCustomer(tx, customerId);
    if (takesRecord && customer.kind === 'own') throw new HubError('customer_own');
    if (name.trim() !== customer.name.trim())
      throw new HubError('deletion_name_differs', { customerName: customer.name });
    const open = await findOpenDeletion(tx, customerId);
    if (open !== undefined) return deletionView(tx, ctx, open);
    const id = ctx.clock.id();
    const { orgUuid, region } = customer;
    await insertDeletion(tx, {
      id,
      partnerId: ctx.actor.partnerId,
      customerId,
      orgUuid,
      takesRecord,
      askedBy: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
      askedAt: ctx.clock.now(),
      // Rows of an organization wait wherever they were brought.
      regions: [...new Set([region, ...(orgUuid === null ? [] : ctx.stores.keys())])],
    });
    await audit(tx, ctx, {
      action: 'deletions.ask',
      target: { kind: 'deletion', id },
      customerId,
      after: { customerId, orgUuid, takesRecord },
    });
    return deletionView(tx, ctx, id);
  });
}
