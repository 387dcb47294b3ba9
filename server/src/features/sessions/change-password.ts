import { passwordMinimum } from '@hub/contract/sessions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { hashPassword, isPassword } from './password-hash.ts';
import { requireSession } from './require-person.ts';
import { deleteSessionsOf, findPerson, lockPerson, setPasswordHash } from './sessions-queries.ts';
import { isTooWeak } from './sessions-rules.ts';
import { beginAttempt, forgiveAttempt } from './sign-in-throttle.ts';

/** Ends all other sessions of the person. Throws sign_in_failed for a wrong current password, sign_in_throttled, password_too_weak. */
export async function changePassword(
  ctx: Ctx,
  { currentPassword, newPassword, address }: { currentPassword: string; newPassword: string; address: string },
): Promise<void> {
  const { personId, sessionId } = requireSession(ctx);
  const person = await findPerson(ctx.directory, personId);
  if (!person) throw new HubError('session_expired');
  if (isTooWeak(newPassword, person.email)) throw new HubError('password_too_weak', { minimum: passwordMinimum });
  // Whoever found an open page must not guess faster here than at the sign-in.
  const attempt = await beginAttempt(ctx, { email: person.email, address });
  if (!(await isPassword(person.passwordHash, currentPassword))) throw new HubError('sign_in_failed');
  const passwordHash = await hashPassword(newPassword);
  await inTenant(ctx, async (tx) => {
    const now = await lockPerson(tx, personId);
    if (now?.passwordHash !== person.passwordHash) throw new HubError('sign_in_failed');
    await forgiveAttempt(tx, attempt);
    await setPasswordHash(tx, personId, passwordHash);
    const endedSessions = await deleteSessionsOf(tx, personId, sessionId);
    await audit(tx, ctx, {
      action: 'sessions.change_password',
      target: { kind: 'person', id: personId },
      after: { endedSessions },
    });
  });
}
