import type { InvitationId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, holdActor, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { invitationMilliseconds, newInvitationSecret } from './invitation-secret.ts';
import { invitationView } from './invitation-view.ts';
import { findInvitation, renewSecret } from './invitations-queries.ts';
import type { IssuedInvitation } from './invite-administrator.ts';
import { sendInvitation } from './send-invitation.ts';

/** Another link, valid for 7 days from now; the one before ends. Throws invitation_not_found. */
export async function renewInvitation(ctx: Ctx, id: InvitationId): Promise<IssuedInvitation> {
  requirePermission(ctx, 'administrators.write');
  const { secret, hash } = newInvitationSecret();
  const { partnerId } = ctx.actor;
  const invitation = await inTenant(ctx, async (tx) => {
    await holdActor(tx, ctx.actor);
    const before = await findInvitation(tx, partnerId, id);
    if (!before) throw new HubError('invitation_not_found');
    const now = ctx.clock.now();
    const expiresAt = new Date(now.getTime() + invitationMilliseconds);
    await renewSecret(tx, {
      id,
      hash,
      invitedBy: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
      expiresAt,
    });
    const after = await findInvitation(tx, partnerId, id);
    if (!after) throw new HubError('invitation_not_found'); // used in this moment
    await audit(tx, ctx, {
      action: 'administrators.renew_invitation',
      target: { kind: 'invitation', id },
      before: { email: before.email, expiresAt: before.expiresAt },
      after: { email: before.email, expiresAt },
    });
    return invitationView(after, now);
  });
  return { invitation, secret, isSent: await sendInvitation(ctx, { invitation, secret }) };
}
