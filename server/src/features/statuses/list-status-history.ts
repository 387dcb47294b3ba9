import type { listStatusHistory as endpoint } from '@hub/contract/customers';
import type { ReplyOf } from '@hub/contract/endpoint';
import type { CustomerId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findStatusHistory, hasCustomer } from './statuses-queries.ts';

const most = 200;

/** Throws customer_not_found. */
export async function listStatusHistory(
  ctx: Ctx,
  { customerId }: { customerId: CustomerId },
): Promise<ReplyOf<typeof endpoint>> {
  requirePermission(ctx, 'customers.read');
  return inTenant(ctx, async (tx) => {
    if (!(await hasCustomer(tx, customerId))) throw new HubError('customer_not_found');
    return { items: await findStatusHistory(tx, customerId, most) };
  });
}
