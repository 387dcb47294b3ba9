import type { Token } from '@hub/contract/tokens';
import type { Ctx } from '../access/index.ts';
import { requireSession } from '../sessions/index.ts';
import { tokenView } from './token-view.ts';
import { findTokens } from './tokens-queries.ts';

/** The person's tokens for this partner, latest first. */
export async function listTokens(ctx: Ctx): Promise<Token[]> {
  const { personId, partnerId } = requireSession(ctx);
  const now = ctx.clock.now();
  return (await findTokens(ctx.directory, { personId, partnerId })).map((row) => tokenView(row, now));
}
