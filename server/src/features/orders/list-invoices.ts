import type { ReplyOf, RequestOf } from '@hub/contract/endpoint';
import type { CustomerId } from '@hub/contract/ids';
import type * as api from '@hub/contract/orders';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getCustomer } from '../customers/index.ts';
import { positionOf } from './line-cursor.ts';
import { countLines, findInvoiceLines } from './lines-queries.ts';
import { pageOf } from './page-of.ts';

/** Throws customer_not_found, cursor_invalid. */
export async function listInvoices(
  ctx: Ctx,
  { customerId, cursor, ...asked }: { customerId: CustomerId } & RequestOf<typeof api.listInvoices>['query'],
): Promise<ReplyOf<typeof api.listInvoices>> {
  requirePermission(ctx, 'subscriptions.read');
  const after = cursor === undefined ? undefined : positionOf(cursor);
  return inTenant(ctx, async (tx) => {
    await getCustomer(tx, customerId);
    const of = { customerId, subscriptionId: asked.subscriptionId };
    const rows = await findInvoiceLines(tx, of, { ...asked, after });
    const total = await countLines(tx, 'invoice_line', of);
    return { ...pageOf(rows, asked.limit, ({ periodFrom }) => periodFrom), total };
  });
}
