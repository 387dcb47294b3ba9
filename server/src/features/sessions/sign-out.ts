import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { requireSession } from './require-person.ts';
import { deleteSession } from './sessions-queries.ts';

/** Ends this session. */
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
