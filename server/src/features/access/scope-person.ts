import type { PersonId } from '@hub/contract/ids';
import { scopeOfRole } from '@hub/contract/permissions';
import type { CtxActor } from './ctx.ts';

/** The person whose assignments bound what this actor sees; undefined where it is everything of the partner. */
export function scopePersonOf(actor: CtxActor): PersonId | undefined {
  return actor.kind === 'person' && scopeOfRole[actor.role] === 'assigned' ? actor.personId : undefined;
}
