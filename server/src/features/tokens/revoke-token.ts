import type { TokenId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { requireSession } from '../sessions/index.ts';
import { deleteToken } from './tokens-queries.ts';

/** Ends one of the person's own tokens at once. Throws token_not_found. */
export async function revokeToken(ctx: Ctx, tokenId: TokenId): Promise<void> {
  const { personId, partnerId } = requireSession(ctx);
  await inTenant(ctx, async (tx) => {
    const before = await deleteToken(tx, { personId, partnerId }, tokenId);
    if (!before) throw new HubError('token_not_found');
    await audit(tx, ctx, { action: 'tokens.revoke', target: { kind: 'token', id: tokenId }, before });
  });
}
