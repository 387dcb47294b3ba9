import type { ReplyOf } from '@hub/contract/endpoint';
import { Product } from '@hub/contract/products';
import type * as api from '@hub/contract/reconciliation';
import { findings, sumByCurrency } from '@hub/contract/reconciliation-rules';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, requirePermission } from '../access/index.ts';
import { answersInTime } from '../metrics/index.ts';
import { ofProduct, type RegionRows, regionRows } from './region-rows.ts';

interface Question {
  region?: RegionCode | undefined;
  product?: Product | undefined;
  filter?: string | undefined;
}

/** The header. Without a region every region is asked, and those that answer in time are added up; no row leaves its region. */
export async function getReconciliation(
  ctx: Ctx,
  { region, product, filter }: Question,
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.getReconciliation>> {
  requirePermission(ctx, 'subscriptions.read');
  const regions = region === undefined ? [...ctx.stores.keys()] : [region];
  const ask = (one: RegionCode): Promise<RegionRows> => regionRows(ctx, { region: one, filter }, left);
  const answers = region === undefined ? await answersInTime(ctx, regions, ask) : [await ask(region)];
  const told = answers.flatMap((answer) => (answer ? [answer] : []));
  const [first] = told;
  if (!first) throw new Error('No region answered, and none was missed.');
  const all = told.flatMap(({ rows }) => rows);
  const rows = ofProduct(all, product);
  const lines = Map.groupBy(all, (row) => row.product);
  const byFinding = Map.groupBy(rows, ({ finding }) => finding);
  return {
    today: first.day,
    timeZone: first.timeZone,
    regions: regions.map((one, at) => ({ region: one, hasAnswered: answers[at] !== undefined })),
    lines: rows.length,
    customers: customersOf(rows),
    findings: findings.map((finding) => {
      const own = byFinding.get(finding) ?? [];
      return {
        finding,
        lines: own.length,
        customers: customersOf(own),
        money: sumByCurrency(own.flatMap(({ money }) => money ?? [])),
        withoutPrice: finding === 'agreement' ? 0 : own.filter(({ money }) => money === null).length,
      };
    }),
    products: Product.options.flatMap((one) => {
      const count = lines.get(one)?.length ?? 0;
      return count === 0 ? [] : [{ product: one, lines: count }];
    }),
    ofEndedPeriods: rows.filter(({ billing }) => billing?.standing === 'ended').length,
    withoutAssigned: rows.filter(({ bought, assigned }) => bought !== 0 && assigned === null).length,
  };
}

/** A customer is of one region. */
const customersOf = (rows: RegionRows['rows']): number => new Set(rows.map(({ customerId }) => customerId)).size;
