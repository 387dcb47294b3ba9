import { HubError } from '../../platform/hub-error.ts';
import type { Installation, PersonActor } from '../access/index.ts';
import { touchMembership } from '../sessions/index.ts';
import { tokenHashOf } from './token-secret.ts';
import { findTokenByHash, touchToken } from './tokens-queries.ts';

// The last use is written at most once a minute: a script asks many times a second.
const touchMilliseconds = 60_000;

/** Who acts through this token. Throws token_invalid alike for an unknown, revoked and expired one. */
export async function resolveToken({ directory, clock }: Installation, secret: string): Promise<PersonActor> {
  const token = secret === '' ? undefined : await findTokenByHash(directory, tokenHashOf(secret));
  const now = clock.now();
  if (!token || token.expiresAt <= now) throw new HubError('token_invalid');
  const { id: tokenId, personId, partnerId, role, scopes, lastUsedAt } = token;
  if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= touchMilliseconds) {
    await touchToken(directory, tokenId, now);
    await touchMembership(directory, { personId, partnerId, at: now });
  }
  return { kind: 'person', partnerId, personId, role, sessionId: null, tokenId, scopes };
}
