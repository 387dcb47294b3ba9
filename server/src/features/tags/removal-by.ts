import type { Ctx } from '../access/index.ts';

/** Who removes a tag, and when: whoever acts in a scope takes back only what they did themselves. */
export const removalBy = ({ actor, clock }: Ctx): { partnerId: string; personId: string | null; at: Date } => ({
  partnerId: actor.partnerId,
  personId: actor.kind === 'person' ? actor.personId : null,
  at: clock.now(),
});
