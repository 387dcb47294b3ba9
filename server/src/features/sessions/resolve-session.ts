import { HubError } from '../../platform/hub-error.ts';
import type { Installation, PersonActor } from '../access/index.ts';
import { tokenHashOf } from './open-session.ts';
import { deleteSession, findSessionByToken, touchMembership, touchSession } from './sessions-queries.ts';
import { sessionEnd, touchMilliseconds } from './sessions-rules.ts';

/** Who holds this token. Throws not_signed_in without one, session_expired where it is of no session that is still open. */
export async function resolveSession(
  { directory, clock }: Installation,
  token: string | undefined,
): Promise<{ actor: PersonActor; csrfToken: string }> {
  if (token === undefined || token === '') throw new HubError('not_signed_in');
  const session = await findSessionByToken(directory, tokenHashOf(token));
  if (!session) throw new HubError('session_expired');
  const now = clock.now();
  if (sessionEnd(session) <= now) {
    await deleteSession(directory, session.id);
    throw new HubError('session_expired');
  }
  const { id: sessionId, personId, partnerId, role, csrfToken } = session;
  if (now.getTime() - session.lastUsedAt.getTime() >= touchMilliseconds) {
    await touchSession(directory, sessionId, now);
    await touchMembership(directory, { personId, partnerId, at: now });
  }
  return { actor: { kind: 'person', partnerId, personId, role, sessionId }, csrfToken };
}
