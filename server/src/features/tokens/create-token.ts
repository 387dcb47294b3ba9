import type { PartnerId, PersonId } from '@hub/contract/ids';
import { TokenId } from '@hub/contract/ids';
import { can, type Permission } from '@hub/contract/permissions';
import type { Token } from '@hub/contract/tokens';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, type PublicCtx } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { findPersonByEmail, requireSession } from '../sessions/index.ts';
import { newTokenSecret } from './token-secret.ts';
import { tokenView } from './token-view.ts';
import { findTokens, insertToken, lockOwner } from './tokens-queries.ts';

export interface NewToken {
  name: string;
  scopes: readonly Permission[];
  days: number;
}

/** Expired ones count too: they are shown until they are revoked. */
export const tokenLimit = 50;
const dayMilliseconds = 86_400_000;

/** For the signed-in person and this partner; the secret is returned once. Throws permission_denied for a scope beyond the own role, token_limit. */
export async function createToken(ctx: Ctx, input: NewToken): Promise<{ token: Token; secret: string }> {
  const { personId } = requireSession(ctx);
  return issueToken(ctx, personId, input);
}

/** For the operator's command line: for a person of the partner. Throws not_found, permission_denied, token_limit. */
// oxlint-disable-next-line hub/verb-asks -- the operator's command line only; no endpoint serves it
export async function createTokenFor(
  ctx: PublicCtx,
  { email, partnerId, ...input }: NewToken & { email: string; partnerId: PartnerId },
): Promise<{ token: Token; secret: string }> {
  const person = await findPersonByEmail(ctx.directory, email.trim().toLowerCase());
  if (!person) throw new HubError('not_found');
  return issueToken({ ...ctx, actor: { kind: 'operator', partnerId } }, person.id, input);
}

async function issueToken(
  ctx: Ctx,
  personId: PersonId,
  { name, scopes, days }: NewToken,
): Promise<{ token: Token; secret: string }> {
  const { partnerId } = ctx.actor;
  const { secret, hash, prefix } = newTokenSecret();
  return inTenant(ctx, async (tx) => {
    const owner = { personId, partnerId };
    const role = await lockOwner(tx, owner);
    if (role === undefined) throw new HubError('not_found');
    const maker = { kind: 'person', role, partnerId } as const;
    const beyond = scopes.find((scope) => !can(maker, scope, { partnerId }));
    if (beyond !== undefined) throw new HubError('permission_denied', { permission: beyond });
    if ((await findTokens(tx, owner)).length >= tokenLimit) throw new HubError('token_limit', { limit: tokenLimit });
    const now = ctx.clock.now();
    const row = {
      id: TokenId.parse(ctx.clock.id()),
      name,
      prefix,
      scopes: [...new Set(scopes)],
      ...owner,
      createdAt: now,
      expiresAt: new Date(now.getTime() + days * dayMilliseconds),
      lastUsedAt: null,
    };
    await insertToken(tx, { ...row, hash });
    await audit(tx, ctx, {
      action: 'tokens.create',
      target: { kind: 'token', id: row.id },
      after: { name, prefix, scopes: row.scopes, expiresAt: row.expiresAt, personId },
    });
    return { token: tokenView(row, now), secret };
  });
}
