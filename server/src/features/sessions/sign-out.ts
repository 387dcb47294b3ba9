import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { requireSession } from './require-person.ts';
import { deleteSession } from './sessions-queries.ts';

/** Ends this session. */
// oxlint-disable-next-line hub/verb-asks -- whoever is signed in may do this to what is their own; requireSession asks for that
export async function signOut(ctx: Ctx): Promise<void> {
  const { personId, sessionId } = requireSession(ctx);
  await inTenant(ctx, async (tx) => {
    await deleteSession(tx, sessionId);
    await audit(tx, ctx, {
      action: 'sessions.sign_out',
      target: { kind: 'person', id: personId },
      before: { sessionId },
    });
  });
}
