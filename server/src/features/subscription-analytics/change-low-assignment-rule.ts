import { isDeepStrictEqual } from 'node:util';
import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { lockLowAssignmentRule, readLowAssignmentRule, setLowAssignmentRule } from './low-assignment-queries.ts';

/** Who is flagged from now on: every question asks it. What nights recorded stays as it was told then. */
export async function changeLowAssignmentRule(ctx: Ctx, given: LowAssignmentRule): Promise<LowAssignmentRule> {
  requirePermission(ctx, 'partner.write');
  const { partnerId } = ctx.actor;
  return inTenant(ctx, async (tx) => {
    await lockLowAssignmentRule(tx, partnerId);
    const before = await readLowAssignmentRule(tx, partnerId);
    if (isDeepStrictEqual(before, given)) return before;
    await setLowAssignmentRule(tx, partnerId, given);
    await audit(tx, ctx, {
      action: 'subscription_analytics.change_rule',
      target: { kind: 'partner', id: partnerId },
      before,
      after: given,
    });
    return given;
  });
}
