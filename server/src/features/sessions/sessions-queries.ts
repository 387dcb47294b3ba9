import type { PartnerId, PersonId, SessionId } from '@hub/contract/ids';
import type { Role } from '@hub/contract/permissions';
import type { RegionCode } from '@hub/contract/regions';
import type { Language } from '@hub/contract/sessions';
import { sql } from 'kysely';
import type { Directory, TenantTx } from '../../platform/directory/directory.ts';

export interface PartnerRow {
  id: PartnerId;
  name: string;
  homeRegion: RegionCode;
  demoState: 'none' | 'loading' | 'loaded' | 'removing';
}

export interface PersonRow {
  id: PersonId;
  email: string;
  name: string;
  language: Language | null;
  passwordHash: string | null;
}

export interface SessionRow {
  id: SessionId;
  personId: PersonId;
  partnerId: PartnerId;
  csrfToken: string;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  address: string;
  userAgent: string;
}

export interface MembershipRow {
  partnerId: PartnerId;
  partnerName: string;
  role: Role;
}

// These tables stand outside row-level security (sign-in comes before a partner is known), so their ids are branded here.
const partnerColumns = ['id', 'name', 'home_region as homeRegion', 'demo_state as demoState'] as const;
const personColumns = ['id', 'email', 'name', 'language', 'password_hash as passwordHash'] as const;
const sessionColumns = [
  'session.id',
  'session.person_id as personId',
  'session.partner_id as partnerId',
  'session.csrf_token as csrfToken',
  'session.created_at as createdAt',
  'session.last_used_at as lastUsedAt',
  'session.expires_at as expiresAt',
  'session.address',
  'session.user_agent as userAgent',
] as const;

export async function insertPartner(
  tx: TenantTx,
  partner: { id: string; name: string; homeRegion: RegionCode; at: Date },
): Promise<void> {
  await tx
    .insertInto('partner')
    .values({ id: partner.id, name: partner.name, home_region: partner.homeRegion, created_at: partner.at })
    .execute();
}

export async function findPartner(directory: Directory, id: string): Promise<PartnerRow | undefined> {
  const row = await directory.selectFrom('partner').select(partnerColumns).where('id', '=', id).executeTakeFirst();
  return row as PartnerRow | undefined;
}

export async function setPartnerName(tx: TenantTx, id: string, name: string): Promise<void> {
  await tx.updateTable('partner').set({ name }).where('id', '=', id).execute();
}

/** Every partner of the installation by name: for the command line, never for a request. */
export async function allPartners(directory: Directory): Promise<PartnerRow[]> {
  const rows = await directory.selectFrom('partner').select(partnerColumns).orderBy('name').orderBy('id').execute();
  return rows as PartnerRow[];
}

/** Whether the installation has any partner: the first run through the page is over then, whoever belongs to it. */
export async function hasAnyPartner(directory: Directory): Promise<boolean> {
  const row = await directory.selectFrom('partner').select('id').limit(1).executeTakeFirst();
  return row !== undefined;
}

const setUpLock = 4_801_173; // any constant; the second of two first runs waits and then finds the first one's partner

/** Until the end of the transaction nobody else sets the installation up. */
export async function lockSetUp(tx: TenantTx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${setUpLock}, 0)`.execute(tx);
}

export async function insertPerson(tx: TenantTx, person: PersonRow & { at: Date }): Promise<void> {
  await tx
    .insertInto('person')
    .values({
      id: person.id,
      email: person.email,
      name: person.name,
      language: person.language,
      password_hash: person.passwordHash,
      created_at: person.at,
    })
    .execute();
}

export async function findPersonByEmail(directory: Directory, email: string): Promise<PersonRow | undefined> {
  const row = await directory.selectFrom('person').select(personColumns).where('email', '=', email).executeTakeFirst();
  return row as PersonRow | undefined;
}

export async function findPerson(directory: Directory, id: string): Promise<PersonRow | undefined> {
  const row = await directory.selectFrom('person').select(personColumns).where('id', '=', id).executeTakeFirst();
  return row as PersonRow | undefined;
}

/** Until the end of the transaction nobody else changes this person: a sign-in with the old password cannot outlive its change. */
export async function lockPerson(tx: TenantTx, id: string): Promise<PersonRow | undefined> {
  const row = await tx.selectFrom('person').select(personColumns).where('id', '=', id).forUpdate().executeTakeFirst();
  return row as PersonRow | undefined;
}

export async function setPasswordHash(tx: TenantTx, personId: string, passwordHash: string): Promise<void> {
  await tx.updateTable('person').set({ password_hash: passwordHash }).where('id', '=', personId).execute();
}

export async function setProfile(
  tx: TenantTx,
  personId: string,
  profile: { name: string; language: Language | null },
): Promise<void> {
  await tx.updateTable('person').set(profile).where('id', '=', personId).execute();
}

/** False where the person was a member of the partner already. */
export async function insertMembership(
  tx: TenantTx,
  membership: { personId: string; partnerId: string; role: Role; at: Date },
): Promise<boolean> {
  const { personId, partnerId, role, at } = membership;
  const result = await tx
    .insertInto('membership')
    .values({ person_id: personId, partner_id: partnerId, role, created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The partners of a person by name: a session is bound to the first. */
export async function membershipsOf(directory: Directory, personId: string): Promise<MembershipRow[]> {
  const rows = await directory
    .selectFrom('membership')
    .innerJoin('partner', 'partner.id', 'membership.partner_id')
    .select(['partner.id as partnerId', 'partner.name as partnerName', 'membership.role'])
    .where('membership.person_id', '=', personId)
    .orderBy('partner.name')
    .orderBy('partner.id')
    .execute();
  return rows as MembershipRow[];
}

/** The last use of any session or token: it outlives them. */
export async function touchMembership(
  directory: Directory,
  { personId, partnerId, at }: { personId: string; partnerId: string; at: Date },
): Promise<void> {
  await directory
    .updateTable('membership')
    .set({ last_used_at: at })
    .where('person_id', '=', personId)
    .where('partner_id', '=', partnerId)
    .execute();
}

export async function insertSession(tx: TenantTx, session: SessionRow & { tokenHash: Buffer }): Promise<void> {
  await tx
    .insertInto('session')
    .values({
      id: session.id,
      token_hash: session.tokenHash,
      csrf_token: session.csrfToken,
      person_id: session.personId,
      partner_id: session.partnerId,
      created_at: session.createdAt,
      last_used_at: session.lastUsedAt,
      expires_at: session.expiresAt,
      address: session.address,
      user_agent: session.userAgent,
    })
    .execute();
}

/** The session of a token with the role its person has now. None where the person left the partner. */
export async function findSessionByToken(
  directory: Directory,
  tokenHash: Buffer,
): Promise<(SessionRow & { role: Role }) | undefined> {
  const row = await directory
    .selectFrom('session')
    .innerJoin('membership', (join) =>
      join
        .onRef('membership.person_id', '=', 'session.person_id')
        .onRef('membership.partner_id', '=', 'session.partner_id'),
    )
    .select([...sessionColumns, 'membership.role'])
    .where('session.token_hash', '=', tokenHash)
    .executeTakeFirst();
  return row as (SessionRow & { role: Role }) | undefined;
}

export async function findSession(directory: Directory, id: string): Promise<SessionRow | undefined> {
  const row = await directory
    .selectFrom('session')
    .select(sessionColumns)
    .where('session.id', '=', id)
    .executeTakeFirst();
  return row as SessionRow | undefined;
}

/** Latest first, also those that have ended and were not pruned yet. */
export async function sessionsOf(directory: Directory, personId: string): Promise<SessionRow[]> {
  const rows = await directory
    .selectFrom('session')
    .select(sessionColumns)
    .where('session.person_id', '=', personId)
    .orderBy('session.last_used_at', 'desc')
    .orderBy('session.id')
    .execute();
  return rows as SessionRow[];
}

export async function touchSession(directory: Directory, id: string, at: Date): Promise<void> {
  await directory.updateTable('session').set({ last_used_at: at }).where('id', '=', id).execute();
}

export async function deleteSession(tx: Directory, id: string): Promise<void> {
  await tx.deleteFrom('session').where('id', '=', id).execute();
}

export async function deleteSessionByToken(tx: TenantTx, tokenHash: Buffer): Promise<void> {
  await tx.deleteFrom('session').where('token_hash', '=', tokenHash).execute();
}

/** Ends the person's sessions but `keep`; returns how many. */
export async function deleteSessionsOf(tx: TenantTx, personId: string, keep?: string): Promise<number> {
  const all = tx.deleteFrom('session').where('person_id', '=', personId);
  const result = await (keep === undefined ? all : all.where('id', '!=', keep)).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Ends the person's sessions for one partner; returns how many. */
export async function deleteSessionsFor(tx: TenantTx, personId: string, partnerId: string): Promise<number> {
  const result = await tx
    .deleteFrom('session')
    .where('person_id', '=', personId)
    .where('partner_id', '=', partnerId)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Ends the person's access tokens, for whichever partner; returns how many. */
export async function deleteTokensOf(tx: TenantTx, personId: string): Promise<number> {
  const result = await tx.deleteFrom('access_token').where('person_id', '=', personId).executeTakeFirst();
  return Number(result.numDeletedRows);
}

export async function pruneSessions(tx: TenantTx, now: Date): Promise<void> {
  await tx.deleteFrom('session').where('expires_at', '<', now).execute();
}

/** Whether this partner has stored any call leg, of whatever customer. */
export async function hasStoredCallLegs(tx: TenantTx): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`select tenant.has_call_legs() as has`.execute(tx);
  return rows[0]?.has === true;
}
