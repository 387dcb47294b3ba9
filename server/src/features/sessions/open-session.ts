import { createHash, randomBytes } from 'node:crypto';
import { type PartnerId, type PersonId, SessionId } from '@hub/contract/ids';
import type { Role } from '@hub/contract/permissions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { PersonActor, PublicCtx } from '../access/index.ts';
import { deleteSessionByToken, insertSession, pruneSessions, touchMembership } from './sessions-queries.ts';
import { absoluteMilliseconds } from './sessions-rules.ts';

/** What the browser brings along when it signs in. */
export interface Visitor {
  address: string;
  userAgent: string;
  /** Of the session that this browser had before: it ends, so that a token planted before sign-in is worth nothing after it. */
  sessionToken?: string | undefined;
}

/** Seconds for which a browser keeps the cookie. */
export const cookieSeconds = absoluteMilliseconds / 1000;

export const tokenHashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

const randomToken = (): string => randomBytes(32).toString('base64url');

/** A new session bound to one partner. The token leaves in the cookie only; the table keeps its hash. */
export async function openSession(
  tx: TenantTx,
  ctx: PublicCtx,
  { personId, partnerId, role, visitor }: { personId: PersonId; partnerId: PartnerId; role: Role; visitor: Visitor },
): Promise<{ token: string; actor: PersonActor & { sessionId: SessionId } }> {
  const now = ctx.clock.now();
  const token = randomToken();
  const id = SessionId.parse(ctx.clock.id());
  if (visitor.sessionToken !== undefined) await deleteSessionByToken(tx, tokenHashOf(visitor.sessionToken));
  await pruneSessions(tx, now);
  await insertSession(tx, {
    id,
    tokenHash: tokenHashOf(token),
    csrfToken: randomToken(),
    personId,
    partnerId,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: new Date(now.getTime() + absoluteMilliseconds),
    address: visitor.address,
    userAgent: visitor.userAgent,
  });
  await touchMembership(tx, { personId, partnerId, at: now });
  return { token, actor: { kind: 'person', partnerId, personId, role, sessionId: id } };
}
