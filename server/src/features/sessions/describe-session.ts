import { permissionsOfRole } from '@hub/contract/permissions';
import type { Session } from '@hub/contract/sessions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { requirePerson } from './require-person.ts';
import { findPartner, findPerson, findSession, hasStoredCallLegs, membershipsOf } from './sessions-queries.ts';

/** What the page knows of who is signed in. Throws session_expired where the session ended meanwhile. */
// oxlint-disable-next-line hub/verb-asks -- whoever is signed in may do this to what is their own; requirePerson asks for that
export async function describeSession(ctx: Ctx): Promise<Session> {
  const { personId, partnerId, sessionId, role } = requirePerson(ctx);
  return inTenant(ctx, async (tx) => {
    const person = await findPerson(tx, personId);
    const partner = await findPartner(tx, partnerId);
    const session = await findSession(tx, sessionId);
    if (!person || !partner || !session) throw new HubError('session_expired');
    const memberships = await membershipsOf(tx, personId);
    return {
      person: { id: person.id, name: person.name, email: person.email, language: person.language },
      partner: { id: partner.id, name: partner.name, homeRegion: partner.homeRegion },
      partners: memberships.map((membership) => ({ id: membership.partnerId, name: membership.partnerName })),
      role,
      permissions: [...permissionsOfRole[role]],
      regions: [...ctx.stores.keys()],
      today: ctx.clock.today(),
      hasCallLegs: await hasStoredCallLegs(tx),
      demo: partner.demoState,
      csrfToken: session.csrfToken,
    };
  });
}
