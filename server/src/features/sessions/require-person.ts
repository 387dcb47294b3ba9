import { HubError } from '../../platform/hub-error.ts';
import type { Ctx, PersonActor } from '../access/index.ts';

/** The signed-in person. Throws not_signed_in for the operator and for jobs: they have no session and no profile. */
export function requirePerson(ctx: Ctx): PersonActor {
  if (ctx.actor.kind !== 'person') throw new HubError('not_signed_in');
  return ctx.actor;
}
