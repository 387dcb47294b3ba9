import type { ReplyOf } from '@hub/contract/endpoint';
import type * as api from '@hub/contract/reconciliation';
import { sumByCurrency } from '@hub/contract/reconciliation-rules';
import { type Ctx, requirePermission } from '../access/index.ts';
import { pageOfRows } from './row-order.ts';
import { type TableQuestion, tableRows } from './table-rows.ts';

export async function listReconciliationRows(
  ctx: Ctx,
  question: TableQuestion & { after?: string | undefined; limit: number },
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.listReconciliationRows>> {
  requirePermission(ctx, 'subscriptions.read');
  const { after, limit } = question;
  const { rows, day } = await tableRows(ctx, question, left);
  const { page, next } = pageOfRows(rows, question, { after, limit });
  return {
    rows: page,
    sums: {
      rows: rows.length,
      customers: new Set(rows.map(({ customerId }) => customerId)).size,
      money: sumByCurrency(rows.flatMap(({ money }) => money ?? [])),
    },
    next,
    today: day,
  };
}
