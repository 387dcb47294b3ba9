import { isDeepStrictEqual } from 'node:util';
import type { CallingPolicy } from '@hub/contract/calling-policy';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { lockCallingPolicy, readCallingPolicy, setCallingPolicy } from './calling-policy-queries.ts';

/** What is poor and what is heavy from now on: every question asks it, nothing is stored by it. */
export async function changeCallingPolicy(ctx: Ctx, given: CallingPolicy): Promise<CallingPolicy> {
  requirePermission(ctx, 'partner.write');
  const { partnerId } = ctx.actor;
  return inTenant(ctx, async (tx) => {
    await lockCallingPolicy(tx, partnerId);
    const before = await readCallingPolicy(tx, partnerId);
    if (isDeepStrictEqual(before, given)) return before;
    await setCallingPolicy(tx, partnerId, given);
    await audit(tx, ctx, {
      action: 'calling.change_policy',
      target: { kind: 'partner', id: partnerId },
      before,
      after: given,
    });
    return given;
  });
}
