import { isDeepStrictEqual } from 'node:util';
import type { HealthPolicy } from '@hub/contract/health-score';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { lockHealthPolicy, readHealthPolicy, setHealthPolicy } from './health-policy-queries.ts';

/** How scores are made from now on: every question asks it. */
export async function changeHealthPolicy(ctx: Ctx, given: HealthPolicy): Promise<HealthPolicy> {
  requirePermission(ctx, 'partner.write');
  const { partnerId } = ctx.actor;
  return inTenant(ctx, async (tx) => {
    await lockHealthPolicy(tx, partnerId);
    const before = await readHealthPolicy(tx, partnerId);
    if (isDeepStrictEqual(before, given)) return before;
    await setHealthPolicy(tx, partnerId, given);
    await audit(tx, ctx, {
      action: 'health_score.change_policy',
      target: { kind: 'partner', id: partnerId },
      before,
      after: given,
    });
    return given;
  });
}
