import type { Product } from '@hub/contract/products';
import type { ReconciliationRow } from '@hub/contract/reconciliation';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { type RegionLines, regionLines } from '../subscription-analytics/index.ts';
import { billedToday, reconcile } from './reconcile.ts';
import { type BilledSubscription, findSubscriptions } from './reconciliation-queries.ts';
import { type RegionBilling, regionBilling } from './region-billing.ts';

export interface RegionRows {
  region: RegionCode;
  day: string;
  timeZone: string;
  /** Of every product. */
  rows: readonly ReconciliationRow[];
}

/** Every line of a region that can be compared or not, as of today, of the customers that the filter leaves. */
export async function regionRows(
  ctx: Ctx,
  { region, filter }: { region: RegionCode; filter?: string | undefined },
  left?: AbortSignal,
): Promise<RegionRows> {
  requirePermission(ctx, 'subscriptions.read');
  const answer = await regionLines(ctx, region, filter, left);
  const { day, timeZone, question } = answer;
  const billing = await regionBilling(ctx, { store: question.store, region, day, left });
  const others = await findOthers(ctx, answer, billing);
  return { region, day, timeZone, rows: reconcile(answer, billing, others) };
}

/** Subscriptions that are billed today and do not run. A filter has taken running ones of others out of `answer`: they are none. */
async function findOthers(ctx: Ctx, answer: RegionLines, billing: RegionBilling): Promise<BilledSubscription[]> {
  const running = new Set(answer.contracts.map(({ id }) => id));
  const ids = [...billing.keys()].filter((id) => !running.has(id) && billedToday(billing.get(id)).length > 0);
  if (ids.length === 0) return [];
  return inTenant(ctx, (tx) => findSubscriptions(tx, ids, answer.matching));
}

export const ofProduct = (rows: readonly ReconciliationRow[], product: Product | undefined) =>
  product === undefined ? rows : rows.filter((row) => row.product === product);
