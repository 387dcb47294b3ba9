import { can, permissionsOfRole } from '@hub/contract/permissions';
import type { Session } from '@hub/contract/sessions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { requirePerson } from './require-person.ts';
import { findPartner, findPerson, findSession, hasStoredCallLegs, membershipsOf } from './sessions-queries.ts';

/** What the page knows of who is signed in; through an access token, what the token may do. Throws session_expired where the session ended meanwhile. */
export async function describeSession(ctx: Ctx): Promise<Session> {
  const { personId, partnerId, sessionId, role } = requirePerson(ctx);
  return inTenant(ctx, async (tx) => {
    const person = await findPerson(tx, personId);
    const partner = await findPartner(tx, partnerId);
    const session = sessionId === null ? { csrfToken: '' } : await findSession(tx, sessionId);
    if (!person || !partner || !session) throw new HubError('session_expired');
    const memberships = await membershipsOf(tx, personId);
    // An access token is bound to one partner and tells of no other.
    const told = sessionId === null ? memberships.filter((entry) => entry.partnerId === partnerId) : memberships;
    return {
      person: { id: person.id, name: person.name, email: person.email, language: person.language },
      partner: { id: partner.id, name: partner.name, homeRegion: partner.homeRegion },
      partners: told.map((membership) => ({ id: membership.partnerId, name: membership.partnerName })),
      role,
      permissions: permissionsOfRole[role].filter((permission) => can(ctx.actor, permission, { partnerId })),
      regions: [...ctx.stores.keys()],
      today: ctx.clock.today(),
      hasCallLegs: await hasStoredCallLegs(tx),
      demo: partner.demoState,
      csrfToken: session.csrfToken,
    };
  });
}
