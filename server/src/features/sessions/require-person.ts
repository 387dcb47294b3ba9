import type { SessionId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import type { Ctx, PersonActor } from '../access/index.ts';

/** The person who acts. Throws not_signed_in for the operator and for jobs: they have no profile. */
export function requirePerson(ctx: Ctx): PersonActor {
  if (ctx.actor.kind !== 'person') throw new HubError('not_signed_in');
  return ctx.actor;
}

/** As requirePerson, for what concerns the session itself or the account. Throws session_needed where they act through an access token. */
export function requireSession(ctx: Ctx): PersonActor & { sessionId: SessionId } {
  const person = requirePerson(ctx);
  if (person.sessionId === null) throw new HubError('session_needed');
  return { ...person, sessionId: person.sessionId };
}
