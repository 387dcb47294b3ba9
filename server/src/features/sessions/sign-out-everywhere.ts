import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { requireSession } from './require-person.ts';
import { deleteSessionsOf, deleteTokensOf } from './sessions-queries.ts';

/** Ends every session of the person, this one too, and every access token: whoever fears that something leaked leaves nothing open. */
export async function signOutEverywhere(ctx: Ctx): Promise<void> {
  const { personId } = requireSession(ctx);
  await inTenant(ctx, async (tx) => {
    const sessions = await deleteSessionsOf(tx, personId);
    const tokens = await deleteTokensOf(tx, personId);
    await audit(tx, ctx, {
      action: 'sessions.sign_out_everywhere',
      target: { kind: 'person', id: personId },
      before: { sessions, tokens },
    });
  });
}
