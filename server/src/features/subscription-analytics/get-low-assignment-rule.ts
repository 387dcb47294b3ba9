import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { readLowAssignmentRule } from './low-assignment-queries.ts';

export async function getLowAssignmentRule(ctx: Ctx): Promise<LowAssignmentRule> {
  requirePermission(ctx, 'subscriptions.read');
  return inTenant(ctx, (tx) => readLowAssignmentRule(tx, ctx.actor.partnerId));
}
