import type { Token } from '@hub/contract/tokens';
import type { TokenRow } from './tokens-queries.ts';

/** As the contract shows it. */
export function tokenView(row: TokenRow, now: Date): Token {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    isExpired: row.expiresAt <= now,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
