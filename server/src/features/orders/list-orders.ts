import type { ReplyOf, RequestOf } from '@hub/contract/endpoint';
import type { CustomerId } from '@hub/contract/ids';
import type * as api from '@hub/contract/orders';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getCustomer } from '../customers/index.ts';
import { positionOf } from './line-cursor.ts';
import { countLines, findOrderLines } from './lines-queries.ts';
import { pageOf } from './page-of.ts';

/** Throws customer_not_found, cursor_invalid. */
export async function listOrders(
  ctx: Ctx,
  { customerId, cursor, ...asked }: { customerId: CustomerId } & RequestOf<typeof api.listOrders>['query'],
): Promise<ReplyOf<typeof api.listOrders>> {
  requirePermission(ctx, 'subscriptions.read');
  const after = cursor === undefined ? undefined : positionOf(cursor);
  return inTenant(ctx, async (tx) => {
    await getCustomer(tx, customerId);
    const of = { customerId, subscriptionId: asked.subscriptionId };
    const rows = await findOrderLines(tx, of, { ...asked, after });
    const total = await countLines(tx, 'order_line', of);
    return { ...pageOf(rows, asked.limit, ({ orderedOn }) => orderedOn), total };
  });
}
