import type { Session } from '@hub/contract/sessions';
import { HubError } from '../../platform/hub-error.ts';
import { inTenant, type PublicCtx } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { describeSession } from './describe-session.ts';
import { openSession, type Visitor } from './open-session.ts';
import { isPassword } from './password-hash.ts';
import { findPersonByEmail, lockPerson, membershipsOf } from './sessions-queries.ts';
import { beginAttempt, forgiveAttempt } from './sign-in-throttle.ts';

/**
 * Opens a session for the person's first partner by name. Throws sign_in_failed alike for an unknown e-mail and a wrong password,
 * sign_in_throttled after too many failures of the account or the address.
 */
// oxlint-disable-next-line hub/verb-asks -- public: nobody is signed in yet
export async function signIn(
  ctx: PublicCtx,
  { email, password }: { email: string; password: string },
  visitor: Visitor,
): Promise<{ token: string; session: Session }> {
  const attempt = await beginAttempt(ctx, { email, address: visitor.address });
  const person = await findPersonByEmail(ctx.directory, email);
  const matches = await isPassword(person?.passwordHash, password);
  const [membership] = person && matches ? await membershipsOf(ctx.directory, person.id) : [];
  if (!person || !membership) {
    ctx.log.info({ personId: person?.id }, 'sign-in failed');
    throw new HubError('sign_in_failed');
  }
  const { partnerId, role } = membership;
  const { token, actor } = await inTenant({ ...ctx, actor: { kind: 'system', partnerId } }, async (tx) => {
    const now = await lockPerson(tx, person.id);
    // Changed since it was compared: whoever signs in with the old one is too late.
    if (now?.passwordHash !== person.passwordHash) throw new HubError('sign_in_failed');
    await forgiveAttempt(tx, attempt);
    const opened = await openSession(tx, ctx, { personId: person.id, partnerId, role, visitor });
    await audit(
      tx,
      { ...ctx, actor: opened.actor },
      {
        action: 'sessions.sign_in',
        target: { kind: 'person', id: person.id },
        after: { sessionId: opened.actor.sessionId },
      },
    );
    return opened;
  });
  return { token, session: await describeSession({ ...ctx, actor }) };
}
