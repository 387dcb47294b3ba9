import type { HealthPolicy } from '@hub/contract/health-score';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { readHealthPolicy } from './health-policy-queries.ts';

export async function getHealthPolicy(ctx: Ctx): Promise<HealthPolicy> {
  requirePermission(ctx, 'subscriptions.read');
  return inTenant(ctx, (tx) => readHealthPolicy(tx, ctx.actor.partnerId));
}
