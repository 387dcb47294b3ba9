import type { ReplyOf, RequestOf } from '@hub/contract/endpoint';
import type { RegionCode } from '@hub/contract/regions';
import { sumOfMoney } from '@hub/contract/renewal-forecast';
import { RenewalUrgency } from '@hub/contract/renewal-rules';
import type * as api from '@hub/contract/renewals';
import type { RenewalRow, RenewalTotal } from '@hub/contract/renewals';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { readPolicy } from '../statuses/index.ts';
import { askedOf } from './ask-renewals.ts';
import { findRenewals } from './renewal-queries.ts';
import { holdRenewals, isUnpriced, rowOf } from './told-rows.ts';

/** The sums of the rows, by urgency and, without a region, by region. Throws region_not_served, filter_invalid, filter_too_long. */
export async function getRenewalTotals(
  ctx: Ctx,
  { region, ...narrowed }: RequestOf<typeof api.getRenewalTotals>['query'],
): Promise<ReplyOf<typeof api.getRenewalTotals>> {
  requirePermission(ctx, 'subscriptions.read');
  const regions = region === undefined ? [...ctx.stores.keys()] : [region];
  return inTenant(ctx, async (tx) => {
    const asked = await askedOf(tx, ctx, narrowed, regions);
    const { timeZone } = await readPolicy(tx, ctx.actor.partnerId);
    const found = await holdRenewals(tx, await findRenewals(tx, { ...asked, sort: 'endsOn', order: 'asc' }));
    const rows = found.map(
      (renewal): Located => ({
        region: renewal.facts.region,
        row: rowOf(renewal, asked.today, () => undefined),
      }),
    );
    return {
      today: asked.today,
      timeZone,
      totals: totalsOf(rows),
      regions: regions.map((one) => ({ region: one, totals: totalsOf(rows.filter((row) => row.region === one)) })),
    };
  });
}

interface Located {
  region: RegionCode;
  row: RenewalRow;
}

function totalsOf(rows: readonly Located[]): RenewalTotal[] {
  return RenewalUrgency.options.map((urgency) => {
    const own = rows.flatMap(({ row }) => (row.urgency === urgency ? [row] : []));
    return {
      urgency,
      rows: own.length,
      customers: new Set(own.map(({ customerId }) => customerId)).size,
      licenses: own.reduce((sum, { products }) => sum + orderedOf(products), 0),
      forecast: sumOfMoney(own.flatMap(({ forecast }) => forecast)),
      unpriced: own.filter(isUnpriced).length,
    };
  });
}

const orderedOf = (products: RenewalRow['products']): number => products.reduce((sum, { ordered }) => sum + ordered, 0);
