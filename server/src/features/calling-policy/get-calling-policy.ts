import type { CallingPolicy } from '@hub/contract/calling-policy';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { readCallingPolicy } from './calling-policy-queries.ts';

export async function getCallingPolicy(ctx: Ctx): Promise<CallingPolicy> {
  requirePermission(ctx, 'calling_usage.read');
  return inTenant(ctx, (tx) => readCallingPolicy(tx, ctx.actor.partnerId));
}
