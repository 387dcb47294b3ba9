import type { PersonId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { cancelImportsOf } from '../imports/index.ts';
import { deleteSessionsFor } from '../sessions/index.ts';
import { deleteTokensFor } from '../tokens/index.ts';
import { deleteMembership, getAdministrator, lockMember } from './administrators-queries.ts';
import { deleteInvitationsAround } from './invitations-queries.ts';

/**
 * All access to this partner ends with the transaction: sessions, tokens, the invitations they made, imports of theirs that wait or run. The
 * account stays, for other partners that it may belong to. Throws administrator_not_found, last_full_administrator.
 */
export async function removeAdministrator(ctx: Ctx, personId: PersonId): Promise<void> {
  requirePermission(ctx, 'administrators.write');
  const { partnerId } = ctx.actor;
  await inTenant(ctx, async (tx) => {
    const { role, otherFull } = await lockMember(tx, { partnerId, personId, actor: ctx.actor });
    if (role === 'partner_full' && otherFull === 0) throw new HubError('last_full_administrator');
    const { name, email, customers } = await getAdministrator(tx, { partnerId, personId, you: undefined });
    const canceledImports = await cancelImportsOf(tx, ctx, personId);
    const endedSessions = await deleteSessionsFor(tx, personId, partnerId);
    const endedTokens = await deleteTokensFor(tx, personId, partnerId);
    const endedInvitations = await deleteInvitationsAround(tx, { partnerId, email, invitedBy: personId });
    await deleteMembership(tx, { partnerId, personId });
    await audit(tx, ctx, {
      action: 'administrators.remove',
      target: { kind: 'person', id: personId },
      before: { name, email, role, customers },
      after: { endedSessions, endedTokens, endedInvitations, canceledImports },
    });
  });
}
