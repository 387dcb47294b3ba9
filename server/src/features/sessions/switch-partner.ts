import type { PartnerId } from '@hub/contract/ids';
import type { Session } from '@hub/contract/sessions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { describeSession } from './describe-session.ts';
import { openSession, type Visitor } from './open-session.ts';
import { requireSession } from './require-person.ts';
import { deleteSession, membershipsOf } from './sessions-queries.ts';

/** Goes on for another partner of the person with a new session; the old one ends. Throws partner_not_found. */
export async function switchPartner(
  ctx: Ctx,
  { partnerId }: { partnerId: PartnerId },
  visitor: Visitor,
): Promise<{ token: string; session: Session }> {
  const { personId, sessionId, partnerId: from } = requireSession(ctx);
  const { token, actor } = await inTenant({ ...ctx, actor: { kind: 'system', partnerId } }, async (tx) => {
    // Asked in the transaction: whoever is being removed there gets no session that outlives it.
    const membership = (await membershipsOf(tx, personId)).find((entry) => entry.partnerId === partnerId);
    if (!membership) throw new HubError('partner_not_found');
    await deleteSession(tx, sessionId);
    const opened = await openSession(tx, ctx, { personId, partnerId, role: membership.role, visitor });
    // Where they came from stays out of this partner's log.
    await audit(
      tx,
      { ...ctx, actor: opened.actor },
      {
        action: 'sessions.switch_partner',
        target: { kind: 'person', id: personId },
        after: { sessionId: opened.actor.sessionId, isAnother: from !== partnerId },
      },
    );
    return opened;
  });
  return { token, session: await describeSession({ ...ctx, actor }) };
}
