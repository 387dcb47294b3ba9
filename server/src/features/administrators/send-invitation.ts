import type { Invitation } from '@hub/contract/administrators';
import type { Ctx } from '../access/index.ts';
import { findInviter } from './invitations-queries.ts';
import { invitationLetter } from './invitation-letter.ts';

export interface InvitationMail {
  invitation: Invitation;
  secret: string;
}

/** Whether the invitation left by e-mail. Where SMTP is not set or does not take it, whoever invites hands the link over. */
export async function sendInvitation(ctx: Ctx, { invitation, secret }: InvitationMail): Promise<boolean> {
  const { publicUrl } = ctx.mail;
  if (publicUrl === undefined) return false;
  const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : undefined;
  const { partnerName, language } = await findInviter(ctx.directory, ctx.actor.partnerId, personId);
  const { email: to, invitedBy, expiresAt } = invitation;
  const link = `${publicUrl}/join#${secret}`;
  return ctx.mail.send(invitationLetter({ to, partnerName, invitedBy, link, expiresAt }, language ?? 'en'));
}
