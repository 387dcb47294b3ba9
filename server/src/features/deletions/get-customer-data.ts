import type { getCustomerData as getting } from '@hub/contract/deletions';
import type { ReplyOf } from '@hub/contract/endpoint';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getCustomer } from '../customers/index.ts';
import { countRecord } from './deletion-queries.ts';
import { countByFeed, ofOrganization } from './found-in-region.ts';

/** What there is of a customer, in numbers; regions that do not answer are named. Throws customer_not_found. */
export async function getCustomerData(ctx: Ctx, customerId: string): Promise<ReplyOf<typeof getting>> {
  requirePermission(ctx, 'deletions.write');
  const { customer, record } = await inTenant(ctx, async (tx) => ({
    customer: await getCustomer(tx, customerId),
    record: await countRecord(tx, customerId),
  }));
  const { name: customerName, orgUuid } = customer;
  const reply: ReplyOf<typeof getting> = { customerName, orgUuid, regions: [], unavailable: [], record };
  if (orgUuid === null) return reply;
  for (const [region, store] of ctx.stores) {
    try {
      const found = await countByFeed(ctx, store, await ofOrganization(ctx, region, orgUuid));
      if (found.length > 0) reply.regions.push({ region, feeds: found });
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      reply.unavailable.push(region);
    }
  }
  return reply;
}
