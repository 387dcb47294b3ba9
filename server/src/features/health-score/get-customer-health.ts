import type { ReplyOf } from '@hub/contract/endpoint';
import type * as api from '@hub/contract/health-score';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getCustomer } from '../customers/index.ts';
import { customerHealth } from './region-health.ts';
import { scoreCustomer } from './score-customer.ts';

/** Throws customer_not_found, region_not_served. Who is not part of the partner's organization has no factor that is known. */
export async function getCustomerHealth(
  ctx: Ctx,
  { customerId }: { customerId: string },
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.getCustomerHealth>> {
  requirePermission(ctx, 'subscriptions.read');
  const { region, name } = await inTenant(ctx, (tx) => getCustomer(tx, customerId));
  const { customers, policy, factors, day } = await customerHealth(ctx, { region, customerId }, left);
  const [customer = { id: customerId, name, facts: {} }] = customers;
  const { score, known, counted, factors: told } = scoreCustomer(customer, policy, factors);
  const { payment, activity } = customer.facts;
  return {
    score,
    known,
    counted,
    factors: told,
    policy,
    today: day,
    payment: payment ?? null,
    activity: activity ? { days: activity.days, inactiveDays: activity.inactiveDays } : null,
  };
}
