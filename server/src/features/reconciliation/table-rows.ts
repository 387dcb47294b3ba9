import type { Product } from '@hub/contract/products';
import type { ReconciliationRow } from '@hub/contract/reconciliation';
import type { Finding } from '@hub/contract/reconciliation-rules';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, requirePermission } from '../access/index.ts';
import { ofProduct, regionRows } from './region-rows.ts';
import { type Ordering, sortRows } from './row-order.ts';

export interface TableQuestion extends Ordering {
  region: RegionCode;
  product?: Product | undefined;
  filter?: string | undefined;
  findings?: Finding[] | undefined;
  q?: string | undefined;
}

/** All rows that match, in their order: page and CSV ask this. */
export async function tableRows(
  ctx: Ctx,
  question: TableQuestion,
  left?: AbortSignal,
): Promise<{ rows: ReconciliationRow[]; day: string }> {
  requirePermission(ctx, 'subscriptions.read');
  const { product, findings = [] } = question;
  const { rows, day } = await regionRows(ctx, question, left);
  const part = fold((question.q ?? '').trim());
  const shown = ofProduct(rows, product).filter(
    (row) =>
      (findings.length === 0 || findings.includes(row.finding)) &&
      (part === '' || fold(row.customerName).includes(part) || fold(row.reference).includes(part)),
  );
  return { rows: sortRows(shown, question), day };
}

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('und');
