export { createTokenFor } from './create-token.ts';
export { resolveToken } from './resolve-token.ts';
export { tokenRoutes } from './routes.ts';
export { bearerOf } from './token-secret.ts';
export { deleteTokensFor, findLiveScopes } from './tokens-queries.ts';
