import type { Invitation } from '@hub/contract/administrators';
import type { Role } from '@hub/contract/permissions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, holdActor, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { invitationMilliseconds, newInvitationSecret } from './invitation-secret.ts';
import { invitationView } from './invitation-view.ts';
import { findInvitation, findInvitationTo, isMember, replaceInvitation } from './invitations-queries.ts';
import { sendInvitation } from './send-invitation.ts';

export interface IssuedInvitation {
  invitation: Invitation;
  secret: string;
  isSent: boolean;
}

/** Replaces an open invitation of the same address. Throws administrator_exists. */
export async function inviteAdministrator(
  ctx: Ctx,
  { email, role }: { email: string; role: Role },
): Promise<IssuedInvitation> {
  requirePermission(ctx, 'administrators.write');
  const { secret, hash } = newInvitationSecret();
  const { partnerId } = ctx.actor;
  const id = ctx.clock.id();
  const invitation = await inTenant(ctx, async (tx) => {
    await holdActor(tx, ctx.actor);
    if (await isMember(tx, partnerId, email)) throw new HubError('administrator_exists', { email });
    const now = ctx.clock.now();
    const replaced = await findInvitationTo(tx, partnerId, email);
    await replaceInvitation(tx, {
      id,
      partnerId,
      email,
      role,
      hash,
      invitedBy: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + invitationMilliseconds),
    });
    const row = await findInvitation(tx, partnerId, id);
    if (!row) throw new Error('The invitation that was just written is not there.');
    await audit(tx, ctx, {
      action: 'administrators.invite',
      target: { kind: 'invitation', id },
      ...(replaced && { before: { id: replaced.id, role: replaced.role, expiresAt: replaced.expiresAt } }),
      after: { email, role, expiresAt: row.expiresAt },
    });
    return invitationView(row, now);
  });
  return { invitation, secret, isSent: await sendInvitation(ctx, { invitation, secret }) };
}
