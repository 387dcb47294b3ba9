import type { StatusPolicy } from '@hub/contract/status-policy';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { readPolicy, setPolicy } from './policy-queries.ts';

/** The windows and the zone from now on. What is derived of customers follows at the runner's next look. */
export async function changeStatusPolicy(ctx: Ctx, given: StatusPolicy): Promise<StatusPolicy> {
  requirePermission(ctx, 'partner.write');
  const { partnerId } = ctx.actor;
  return inTenant(ctx, async (tx) => {
    const before = await readPolicy(tx, partnerId);
    if (isSame(before, given)) return before;
    await setPolicy(tx, partnerId, given);
    const after = await readPolicy(tx, partnerId);
    await audit(tx, ctx, {
      action: 'statuses.change_policy',
      target: { kind: 'partner', id: partnerId },
      before,
      after,
    });
    return after;
  });
}

const isSame = (one: StatusPolicy, other: StatusPolicy): boolean =>
  one.timeZone === other.timeZone &&
  one.expiresSoonDays === other.expiresSoonDays &&
  one.inactiveDays === other.inactiveDays;
