import * as api from '@hub/contract/tokens';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { createToken } from './create-token.ts';
import { listTokens } from './list-tokens.ts';
import { revokeToken } from './revoke-token.ts';

export function tokenRoutes(serve: Serve<Ctx>): void {
  serve(api.listTokens, async (ctx) => ({ items: await listTokens(ctx) }));
  serve(api.createToken, (ctx, { body }) => createToken(ctx, body));
  serve(api.revokeToken, (ctx, { params }) => revokeToken(ctx, params.tokenId));
}
