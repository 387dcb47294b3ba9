import type { InvitationId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { deleteInvitation, findInvitation } from './invitations-queries.ts';

/** Ends an open invitation. Throws invitation_not_found. */
export async function withdrawInvitation(ctx: Ctx, id: InvitationId): Promise<void> {
  requirePermission(ctx, 'administrators.write');
  const { partnerId } = ctx.actor;
  await inTenant(ctx, async (tx) => {
    const before = await findInvitation(tx, partnerId, id);
    if (!before) throw new HubError('invitation_not_found');
    await deleteInvitation(tx, partnerId, id);
    await audit(tx, ctx, {
      action: 'administrators.withdraw_invitation',
      target: { kind: 'invitation', id },
      before: { email: before.email, role: before.role },
    });
  });
}
