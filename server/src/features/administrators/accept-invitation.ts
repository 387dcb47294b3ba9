import type { Language, Session } from '@hub/contract/sessions';
import { HubError } from '../../platform/hub-error.ts';
import type { PublicCtx } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { joinPartner, type Visitor } from '../sessions/index.ts';
import { secretHashOf } from './invitation-secret.ts';
import { findInvitationBySecret, setInvitationUsed } from './invitations-queries.ts';

export interface Acceptance {
  secret: string;
  password: string;
  name?: string | undefined;
  language?: Language | undefined;
}

/** Signs them in; of two at once one is told that the invitation was used. Throws invitation_invalid and what joinPartner throws. */
export async function acceptInvitation(
  ctx: PublicCtx,
  { secret, ...given }: Acceptance,
  visitor: Visitor,
): Promise<{ token: string; session: Session }> {
  const hash = secretHashOf(secret);
  const invitation = await findInvitationBySecret(ctx.directory, hash);
  if (!invitation || invitation.expiresAt <= ctx.clock.now()) throw new HubError('invitation_invalid');
  const { id, partnerId, email, role } = invitation;
  return joinPartner(ctx, { ...given, partnerId, email }, visitor, {
    async admit(tx) {
      if (!(await setInvitationUsed(tx, hash, ctx.clock.now()))) throw new HubError('invitation_invalid');
      return role;
    },
    async record(tx, actor, after) {
      await audit(
        tx,
        { ...ctx, actor },
        {
          action: 'administrators.join',
          target: { kind: 'person', id: actor.personId },
          before: { invitationId: id, role },
          after,
        },
      );
    },
  });
}
