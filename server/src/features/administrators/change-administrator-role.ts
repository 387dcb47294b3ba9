import type { Administrator } from '@hub/contract/administrators';
import type { PersonId } from '@hub/contract/ids';
import type { Role } from '@hub/contract/permissions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { getAdministrator, lockMember, setRole } from './administrators-queries.ts';
import { deleteInvitationsAround } from './invitations-queries.ts';

/** Counts from the person's next request on, of their tokens too. Throws administrator_not_found, last_full_administrator. */
export async function changeAdministratorRole(
  ctx: Ctx,
  { personId, role }: { personId: PersonId; role: Role },
): Promise<Administrator> {
  requirePermission(ctx, 'administrators.write');
  const { partnerId } = ctx.actor;
  return inTenant(ctx, async (tx) => {
    const before = await lockMember(tx, { partnerId, personId, actor: ctx.actor });
    const isDemoted = before.role === 'partner_full' && role !== 'partner_full';
    if (isDemoted && before.otherFull === 0) throw new HubError('last_full_administrator');
    await setRole(tx, { partnerId, personId, role });
    // An invitation is worth what its maker may do.
    const endedInvitations = isDemoted ? await deleteInvitationsAround(tx, { partnerId, invitedBy: personId }) : [];
    await audit(tx, ctx, {
      action: 'administrators.change_role',
      target: { kind: 'person', id: personId },
      before: { role: before.role },
      after: { role, endedInvitations },
    });
    return getAdministrator(tx, {
      partnerId,
      personId,
      you: ctx.actor.kind === 'person' ? ctx.actor.personId : undefined,
    });
  });
}
