import type { ReplyOf } from '@hub/contract/endpoint';
import type * as api from '@hub/contract/renewals';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findOwners } from './work-queries.ts';

export async function listRenewalOwners(ctx: Ctx): Promise<ReplyOf<typeof api.listRenewalOwners>> {
  requirePermission(ctx, 'subscriptions.read');
  return inTenant(ctx, async (tx) => ({ items: await findOwners(tx, ctx.actor.partnerId) }));
}
