import type { Role } from '@hub/contract/permissions';
import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { Directory, TenantTx } from '../../platform/directory/directory.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';

/** The key of the list of organizations that the person has now; undefined where they left the partner. */
export async function findScopeKey(
  directory: Directory,
  { partnerId, personId }: { partnerId: string; personId: string },
): Promise<string | undefined> {
  const row = await directory
    .selectFrom('membership')
    .select('scope_key')
    .where('person_id', '=', personId)
    .where('partner_id', '=', partnerId)
    .executeTakeFirst();
  return row?.scope_key;
}

interface Member {
  partnerId: string;
  personId: string;
}

/** The role that the person has now; undefined where they left the partner. */
export async function findRole(tx: TenantTx, member: Member): Promise<Role | undefined> {
  return (await memberOf(tx, member).executeTakeFirst())?.role;
}

/** As above, kept from changing until the end of the transaction. */
export async function holdRole(tx: TenantTx, member: Member): Promise<Role | undefined> {
  return (await memberOf(tx, member).forShare().executeTakeFirst())?.role;
}

const memberOf = (tx: TenantTx, { partnerId, personId }: Member) =>
  tx.selectFrom('membership').select('role').where('person_id', '=', personId).where('partner_id', '=', partnerId);

/** The key together with its list in a region, of one moment. */
export async function findScopeOrganizations(
  tx: TenantTx,
  { personId, region }: { personId: string; region: RegionCode },
): Promise<{ scopeKey: string; orgUuids: string[] } | undefined> {
  const { rows } = await sql<{ scopeKey: string; orgUuids: string[] }>`
    select membership.scope_key as "scopeKey", array(
      select customer.org_uuid from customer join assignment on assignment.customer_id = customer.id
      where assignment.person_id = membership.person_id and customer.region = ${region} and customer.org_uuid is not null) as "orgUuids"
    from membership where membership.person_id = ${personId}::uuid and membership.partner_id = current_setting('app.partner_id')::uuid
  `.execute(tx);
  return rows[0];
}

const atOnce = 1000;

/** Writes a list under its key unless it stands there in full. A list that was cut off is written again: doubled members change nothing. */
export async function keepScopeMembers(
  store: RegionalStore,
  { partnerId, scopeKey, orgUuids }: { partnerId: string; scopeKey: string; orgUuids: readonly string[] },
): Promise<void> {
  if (orgUuids.length === 0) return;
  const [there] = await store.ask<{ n: number }>(
    'SELECT uniqExact(org_uuid) AS n FROM @region.scope_member WHERE partner_id = {partner:UUID} AND scope_key = {key:UUID}',
    { parameters: { partner: partnerId, key: scopeKey } },
  );
  if (there?.n === orgUuids.length) return;
  for (let at = 0; at < orgUuids.length; at += atOnce) {
    await store.run(
      'INSERT INTO @region.scope_member SELECT {partner:UUID}, {key:UUID}, arrayJoin({orgs:Array(UUID)})',
      {
        parameters: { partner: partnerId, key: scopeKey, orgs: orgUuids.slice(at, at + atOnce) },
        isAside: true, // not behind a running import
      },
    );
  }
}
