import type { Administrator, Invitation } from '@hub/contract/administrators';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findAdministrators } from './administrators-queries.ts';
import { invitationView } from './invitation-view.ts';
import { findInvitations } from './invitations-queries.ts';

/** Everybody who belongs to the partner, by name, and who is invited. */
export async function listAdministrators(ctx: Ctx): Promise<{ items: Administrator[]; invitations: Invitation[] }> {
  requirePermission(ctx, 'administrators.read');
  const { partnerId } = ctx.actor;
  const now = ctx.clock.now();
  return inTenant(ctx, async (tx) => ({
    items: await findAdministrators(tx, partnerId, ctx.actor.kind === 'person' ? ctx.actor.personId : undefined),
    invitations: (await findInvitations(tx, partnerId)).map((row) => invitationView(row, now)),
  }));
}
