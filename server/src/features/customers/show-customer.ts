import type { getCustomer as endpoint } from '@hub/contract/customers';
import type { ReplyOf } from '@hub/contract/endpoint';
import type { CustomerId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { dateIn } from '../statuses/index.ts';
import { findRows } from './customer-row-queries.ts';
import { readTimeZone } from './customers-queries.ts';
import { toldRows } from './told-rows.ts';

/** A customer as the list shows it. Throws customer_not_found. */
export async function showCustomer(
  ctx: Ctx,
  { customerId }: { customerId: CustomerId },
): Promise<ReplyOf<typeof endpoint>> {
  requirePermission(ctx, 'customers.read');
  return inTenant(ctx, async (tx) => {
    const [row] = toldRows(ctx.actor, await findRows(tx, [customerId]));
    if (!row) throw new HubError('customer_not_found');
    return {
      ...row,
      today: dateIn(await readTimeZone(tx, ctx.actor.partnerId), ctx.clock.now()),
    };
  });
}
