import type { getCallingAnomalies as endpoint } from '@hub/contract/calling-anomalies';
import type { ReplyOf } from '@hub/contract/endpoint';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { readCallingPolicy } from '../calling-policy/index.ts';
import { getCustomer } from '../customers/index.ts';
import { areRollupsBuilt, readVisibility } from '../imports/index.ts';
import { readLook } from './anomaly-queries.ts';
import { findCallingSums } from './calling-sums-queries.ts';
import { judgeCalling } from './judge-calling.ts';
import { judgedWeek, weeksBefore } from './weeks.ts';

const questionSeconds = 10;

/** Both rules of one customer with their numbers, from its records as they stand. Throws customer_not_found, region_not_served. */
export async function getCallingAnomalies(
  ctx: Ctx,
  { customerId }: { customerId: string },
): Promise<ReplyOf<typeof endpoint>> {
  requirePermission(ctx, 'calling_usage.read');
  const { orgUuid, region } = await inTenant(ctx, (tx) => getCustomer(tx, customerId));
  const { store, scope } = await regionalScope(ctx, region);
  const { visible, policy, look } = await inTenant(ctx, async (tx) => ({
    visible: await readVisibility(tx, region),
    policy: (await readCallingPolicy(tx, ctx.actor.partnerId)).qualityPolicy,
    look: await readLook(tx, region),
  }));
  const weeks = weeksBefore(ctx.clock.today());
  // How far the feeds have come is said of the whole region: of a scope that is not told by the records themselves.
  const judged = {
    quality: judgedWeek(weeks, look?.mediaUntil ?? null),
    use: judgedWeek(weeks, look?.legsUntil ?? null),
  };
  if (orgUuid === null) return { policy, ...judgeCalling(undefined, { weeks, judged, policy }) };
  const hasRollups = await areRollupsBuilt(store, ctx.actor.partnerId);
  const sums = await findCallingSums({
    store,
    scope,
    visible,
    hasRollups,
    weeks,
    policy,
    of: { orgUuid },
    seconds: questionSeconds,
  });
  return { policy, ...judgeCalling(sums.get(orgUuid), { weeks, judged, policy }) };
}
