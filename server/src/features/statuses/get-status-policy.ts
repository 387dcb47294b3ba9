import type { StatusPolicy } from '@hub/contract/status-policy';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { readPolicy } from './policy-queries.ts';

export async function getStatusPolicy(ctx: Ctx): Promise<StatusPolicy> {
  requirePermission(ctx, 'customers.read');
  return inTenant(ctx, (tx) => readPolicy(tx, ctx.actor.partnerId));
}
