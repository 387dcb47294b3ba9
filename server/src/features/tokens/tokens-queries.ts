import type { PartnerId, PersonId, TokenId } from '@hub/contract/ids';
import type { Permission, Role } from '@hub/contract/permissions';
import type { Directory, TenantTx } from '../../platform/directory/directory.ts';

export interface TokenRow {
  id: TokenId;
  name: string;
  prefix: string;
  scopes: Permission[];
  personId: PersonId;
  partnerId: PartnerId;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
}

const columns = [
  'access_token.id',
  'access_token.name',
  'access_token.prefix',
  'access_token.scopes',
  'access_token.person_id as personId',
  'access_token.partner_id as partnerId',
  'access_token.created_at as createdAt',
  'access_token.expires_at as expiresAt',
  'access_token.last_used_at as lastUsedAt',
] as const;

// The table stands outside row-level security (a token is looked up before its partner is known): every query names person and partner.
interface Owner {
  personId: string;
  partnerId: string;
}

/** Latest first. */
export async function findTokens(directory: Directory, { personId, partnerId }: Owner): Promise<TokenRow[]> {
  const rows = await directory
    .selectFrom('access_token')
    .select(columns)
    .where('person_id', '=', personId)
    .where('partner_id', '=', partnerId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows as TokenRow[];
}

/** The token of a hash with the role its person has now. */
export async function findTokenByHash(
  directory: Directory,
  hash: Buffer,
): Promise<(TokenRow & { role: Role }) | undefined> {
  const row = await directory
    .selectFrom('access_token')
    .innerJoin('membership', (join) =>
      join
        .onRef('membership.person_id', '=', 'access_token.person_id')
        .onRef('membership.partner_id', '=', 'access_token.partner_id'),
    )
    .select([...columns, 'membership.role'])
    .where('access_token.token_hash', '=', hash)
    .executeTakeFirst();
  return row as (TokenRow & { role: Role }) | undefined;
}

/** What a token may that somebody has not revoked; undefined where it is gone or its time is over. */
export async function findLiveScopes(
  tx: TenantTx,
  { personId, partnerId }: Owner,
  { id, at }: { id: string; at: Date },
): Promise<readonly Permission[] | undefined> {
  const row = await tx
    .selectFrom('access_token')
    .select('scopes')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('partner_id', '=', partnerId)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return row?.scopes as Permission[] | undefined;
}

/** Locks the membership, so that two at once cannot both make the last token. Returns the role now; undefined where they left. */
export async function lockOwner(tx: TenantTx, { personId, partnerId }: Owner): Promise<Role | undefined> {
  const row = await tx
    .selectFrom('membership')
    .select('role')
    .where('person_id', '=', personId)
    .where('partner_id', '=', partnerId)
    .forUpdate()
    .executeTakeFirst();
  return row?.role;
}

export async function insertToken(tx: TenantTx, token: TokenRow & { hash: Buffer }): Promise<void> {
  await tx
    .insertInto('access_token')
    .values({
      id: token.id,
      token_hash: token.hash,
      prefix: token.prefix,
      name: token.name,
      scopes: token.scopes,
      person_id: token.personId,
      partner_id: token.partnerId,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
      last_used_at: token.lastUsedAt,
    })
    .execute();
}

export async function touchToken(directory: Directory, id: string, at: Date): Promise<void> {
  await directory.updateTable('access_token').set({ last_used_at: at }).where('id', '=', id).execute();
}

/** The token that was there; undefined where the person has no such one for this partner. */
export async function deleteToken(
  tx: TenantTx,
  { personId, partnerId }: Owner,
  id: string,
): Promise<{ name: string; scopes: string[] } | undefined> {
  return tx
    .deleteFrom('access_token')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('partner_id', '=', partnerId)
    .returning(['name', 'scopes'])
    .executeTakeFirst();
}

/** Ends the person's tokens for one partner; returns how many. */
export async function deleteTokensFor(tx: TenantTx, personId: string, partnerId: string): Promise<number> {
  const result = await tx
    .deleteFrom('access_token')
    .where('person_id', '=', personId)
    .where('partner_id', '=', partnerId)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
