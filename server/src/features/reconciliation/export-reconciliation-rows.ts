import { Readable } from 'node:stream';
import { productNames } from '@hub/contract/products';
import type { ReconciliationRow } from '@hub/contract/reconciliation';
import { csvText } from '../../platform/csv/csv-text.ts';
import type { FileReply } from '../../platform/http/index.ts';
import { type Ctx, requirePermission } from '../access/index.ts';
import { type TableQuestion, tableRows } from './table-rows.ts';

const rowsAtOnce = 1000;

const columns: readonly { head: string; cell: (row: ReconciliationRow) => string | number | null }[] = [
  { head: 'Customer', cell: (row) => row.customerName },
  { head: 'Subscription ID', cell: (row) => row.reference },
  { head: 'Product', cell: (row) => productNames[row.product] },
  { head: 'Finding', cell: (row) => row.finding },
  { head: 'Reason', cell: (row) => row.reason },
  { head: 'Purchased licenses', cell: (row) => row.bought },
  {
    head: 'Purchased by',
    cell: (row) => (row.bought === null ? null : row.isBoughtFromSnapshot ? 'license snapshot' : 'contract'),
  },
  { head: 'Assigned licenses', cell: (row) => row.assigned },
  { head: 'Snapshot', cell: (row) => row.asOf },
  { head: 'Billed licenses', cell: (row) => row.billed },
  { head: 'Billing', cell: (row) => row.billing?.standing ?? null },
  { head: 'Period from', cell: (row) => row.billing?.from ?? null },
  { head: 'Period to', cell: (row) => row.billing?.to ?? null },
  {
    head: 'Billed a month',
    cell: (row) => row.billing?.monthly.map(({ currency, amount }) => `${amount} ${currency}`).join('; ') ?? null,
  },
  { head: 'Price a month', cell: (row) => row.unitPrice?.amount ?? null },
  { head: 'Currency', cell: (row) => row.unitPrice?.currency ?? null },
  { head: 'Billed − purchased', cell: (row) => row.billedLessBought },
  { head: 'Assigned − purchased', cell: (row) => row.assignedLessBought },
  { head: 'Billed − assigned', cell: (row) => row.billedLessAssigned },
  { head: 'Difference a month', cell: (row) => row.money?.amount ?? null },
];

/** All rows that match: UTF-8 with BOM, what is not known empty, money in the decimals of its currency. */
export async function exportReconciliationRows(
  ctx: Ctx,
  question: TableQuestion,
  left?: AbortSignal,
): Promise<FileReply> {
  requirePermission(ctx, 'subscriptions.read');
  const { rows, day } = await tableRows(ctx, question, left);
  function* pages(): Generator<string> {
    yield csvText([columns.map(({ head }) => head)], { bom: true });
    for (let at = 0; at < rows.length; at += rowsAtOnce)
      yield csvText(
        rows.slice(at, at + rowsAtOnce).map((row) => columns.map(({ cell }) => cell(row))),
        { bom: false },
      );
  }
  return {
    fileName: `Reconciliation_${question.region}_${day}.csv`,
    mediaType: 'text/csv',
    body: Readable.from(pages()),
  };
}
