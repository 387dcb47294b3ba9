import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Instant, TokenId } from './ids.ts';
import { Permission } from './permissions.ts';

/** The longest a token may live. */
export const tokenMaximumDays = 365;

/** A personal access token: `Authorization: Bearer hub_…` acts as its person, for its partner, within its scopes. */
export const Token = z.object({
  id: TokenId,
  name: z.string(),
  /** Its first characters, to recognise it by. */
  prefix: z.string(),
  scopes: z.array(Permission),
  createdAt: Instant,
  expiresAt: Instant,
  isExpired: z.boolean(),
  lastUsedAt: Instant.nullable(),
});
export type Token = z.infer<typeof Token>;

export const listTokens = endpoint({
  method: 'GET',
  path: '/api/tokens',
  permission: 'session',
  summary: 'The signed-in person’s access tokens for this partner, latest first.',
  reply: z.object({ items: z.array(Token) }),
  errors: [],
});

export const createToken = endpoint({
  method: 'POST',
  path: '/api/tokens',
  permission: 'session',
  summary: 'Makes an access token. The reply shows it once; only its hash is kept.',
  body: z.object({
    name: z.string().trim().min(1).max(100),
    scopes: z.array(Permission).min(1),
    days: z.int().min(1).max(tokenMaximumDays),
  }),
  reply: z.object({ token: Token, secret: z.string() }),
  errors: ['permission_denied', 'token_limit'],
});

export const revokeToken = endpoint({
  method: 'DELETE',
  path: '/api/tokens/:tokenId',
  permission: 'session',
  summary: 'Ends an access token at once.',
  params: z.object({ tokenId: TokenId }),
  errors: ['token_not_found'],
});
