import type { Product } from '@hub/contract/products';
import { type Billing, billingOf } from '@hub/contract/reconciliation-rules';
import type { RegionCode } from '@hub/contract/regions';
import { readMoment } from '../../platform/directory/moment-queries.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, scopePersonOf } from '../access/index.ts';
import { sharedQuestions } from '../metrics/index.ts';
import { findInvoiced } from './reconciliation-queries.ts';

/** By subscription and product, what is billed as of a day. */
export type RegionBilling = ReadonlyMap<string, ReadonlyMap<Product, Billing>>;

// Some 500 bytes for each subscription: 100 MB.
const shared = sharedQuestions<RegionBilling>({
  atATime: (store) => (store.isEmbedded ? 2 : 6),
  remembers: 200_000,
  weightOf: (billing) => billing.size + 1,
});

/** What is billed in a region as the actor may see it; kept until anything is written. */
// oxlint-disable-next-line hub/verb-asks -- who asks it has asked; it only reads
export async function regionBilling(
  ctx: Ctx,
  {
    store,
    region,
    day,
    left,
  }: { store: RegionalStore; region: RegionCode; day: string; left: AbortSignal | undefined },
): Promise<RegionBilling> {
  const { partnerId } = ctx.actor;
  const moment = await inTenant(ctx, readMoment);
  return shared.ask(store, {
    key: JSON.stringify([partnerId, scopePersonOf(ctx.actor), region, day, moment]),
    partnerId,
    left,
    ask: async () => {
      const invoiced = await inTenant(ctx, (tx) => findInvoiced(tx, region, day));
      return new Map(invoiced.map(({ subscriptionId, lines }) => [subscriptionId, byProduct(lines, day)]));
    },
  });
}

function byProduct(
  lines: Awaited<ReturnType<typeof findInvoiced>>[number]['lines'],
  day: string,
): ReadonlyMap<Product, Billing> {
  const billings = new Map<Product, Billing>();
  for (const [product, own] of Map.groupBy(lines, (line) => line.product)) {
    const billing = billingOf(own, day);
    if (billing !== undefined) billings.set(product, billing);
  }
  return billings;
}
