import type { Role } from '@hub/contract/permissions';
import { HubError } from '../../platform/hub-error.ts';
import type { PublicCtx } from '../access/index.ts';
import { findPartner, findPersonByEmail } from '../sessions/index.ts';
import { secretHashOf } from './invitation-secret.ts';
import { findInvitationBySecret } from './invitations-queries.ts';

/** Throws invitation_invalid alike for an unknown, used, withdrawn and expired one. */
export async function readInvitation(
  ctx: PublicCtx,
  { secret }: { secret: string },
): Promise<{ partnerName: string; email: string; role: Role; hasAccount: boolean }> {
  const invitation = await findInvitationBySecret(ctx.directory, secretHashOf(secret));
  const partner = invitation && (await findPartner(ctx.directory, invitation.partnerId));
  if (!invitation || !partner || invitation.expiresAt <= ctx.clock.now()) throw new HubError('invitation_invalid');
  const { email, role } = invitation;
  const hasAccount = (await findPersonByEmail(ctx.directory, email)) !== undefined;
  return { partnerName: partner.name, email, role, hasAccount };
}
