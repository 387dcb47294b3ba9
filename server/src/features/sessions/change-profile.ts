import type { Language } from '@hub/contract/sessions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { requireSession } from './require-person.ts';
import { lockPerson, setProfile } from './sessions-queries.ts';

/** Changes the person's own name or language; what is not given stays. */
export async function changeProfile(
  ctx: Ctx,
  input: { name?: string | undefined; language?: Language | undefined },
): Promise<void> {
  const { personId } = requireSession(ctx);
  await inTenant(ctx, async (tx) => {
    const person = await lockPerson(tx, personId);
    if (!person) throw new HubError('session_expired');
    const before = { name: person.name, language: person.language };
    const after = { name: input.name ?? person.name, language: input.language ?? person.language };
    await setProfile(tx, personId, after);
    await audit(tx, ctx, {
      action: 'sessions.change_profile',
      target: { kind: 'person', id: personId },
      before,
      after,
    });
  });
}
