import { passwordMinimum } from '@hub/contract/sessions';
import { HubError } from '../../platform/hub-error.ts';
import { inTenant, type PublicCtx } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { hashPassword } from './password-hash.ts';
import {
  deleteSessionsOf,
  deleteTokensOf,
  findPersonByEmail,
  membershipsOf,
  setPasswordHash,
} from './sessions-queries.ts';
import { isTooWeak } from './sessions-rules.ts';

/**
 * For the operator's command line, when somebody has lost their password: ends all of the person's sessions and access tokens. Audited for their first
 * partner. Throws not_found, password_too_weak.
 */
// oxlint-disable-next-line hub/verb-asks -- the operator's command line only; no endpoint serves it
export async function setPassword(
  ctx: PublicCtx,
  input: { email: string; password: string },
): Promise<{ endedSessions: number }> {
  const email = input.email.trim().toLowerCase();
  const person = await findPersonByEmail(ctx.directory, email);
  const [membership] = person ? await membershipsOf(ctx.directory, person.id) : [];
  if (!person || !membership) throw new HubError('not_found');
  if (isTooWeak(input.password, email)) throw new HubError('password_too_weak', { minimum: passwordMinimum });
  const passwordHash = await hashPassword(input.password);
  const asOperator = { ...ctx, actor: { kind: 'operator', partnerId: membership.partnerId } } as const;
  return inTenant(asOperator, async (tx) => {
    await setPasswordHash(tx, person.id, passwordHash);
    const endedSessions = await deleteSessionsOf(tx, person.id);
    const endedTokens = await deleteTokensOf(tx, person.id);
    await audit(tx, asOperator, {
      action: 'sessions.set_password',
      target: { kind: 'person', id: person.id },
      after: { endedSessions, endedTokens },
    });
    return { endedSessions };
  });
}
