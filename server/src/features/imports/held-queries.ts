import { instantText, type Parameters, type RegionalStore } from '../../platform/regional-store/index.ts';
import { type CustomerScope, scopeCondition } from '../access/index.ts';

/** Whose held rows, of which imports. */
export interface HeldOf {
  partnerId: string;
  /** Absent: all of the partner's. Otherwise only what these imports brought: who sees assigned customers knows of no others that wait. */
  own: readonly number[] | undefined;
  /** Imports that are not committed, and the newest of this moment: what others hold does not count yet. */
  open: readonly number[];
  newest: number;
}

function heldWhere({ partnerId, own, open, newest }: HeldOf): { sql: string; parameters: Parameters } {
  const committed = {
    sql: 'partner_id = {partner:UUID} AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)}',
    parameters: { partner: partnerId, newest, open },
  };
  if (own === undefined) return committed;
  return {
    sql: `${committed.sql} AND batch IN {own:Array(UInt32)}`,
    parameters: { ...committed.parameters, own },
  };
}

/**
 * How many rows of each organization are held, in no order; with `q` only where the ID or a location holds it. Two short values an
 * organization: 100,000 take some 20 MB for a moment.
 */
export async function findHeldCounts(
  store: RegionalStore,
  of: HeldOf,
  q: string,
): Promise<{ org_uuid: string; rows: number }[]> {
  const { sql, parameters } = heldWhere(of);
  const matching =
    q === ''
      ? ''
      : 'HAVING position(toString(org_uuid), lower({q:String})) > 0 OR max(positionCaseInsensitiveUTF8(location, {q:String})) > 0';
  return store.ask(
    `SELECT org_uuid, count() AS rows FROM @region.held_call_leg WHERE ${sql} GROUP BY org_uuid ${matching}`,
    { parameters: { ...parameters, q } },
  );
}

export interface HeldDetails {
  org_uuid: string;
  first: string;
  last: string;
  locations: string[];
}

/** When the held rows of some organizations began and where; a page of them. */
export async function findHeldDetails(
  store: RegionalStore,
  of: HeldOf,
  orgUuids: readonly string[],
): Promise<HeldDetails[]> {
  const { sql, parameters } = heldWhere(of);
  return store.ask(
    `SELECT org_uuid, ${instantText('min(start_time)')} AS first, ${instantText('max(start_time)')} AS last,
       groupUniqArrayIf(5)(toString(location), location NOT IN ('', 'NA', 'na')) AS locations
     FROM @region.held_call_leg WHERE ${sql} AND org_uuid IN {orgs:Array(UUID)} GROUP BY org_uuid`,
    { parameters: { ...parameters, orgs: orgUuids } },
  );
}

export async function holdsAnything(store: RegionalStore, scope: CustomerScope): Promise<boolean> {
  const { sql, parameters } = scopeCondition(scope);
  const rows = await store.ask(`SELECT 1 AS one FROM @region.held_call_leg WHERE ${sql} LIMIT 1`, { parameters });
  return rows.length > 0;
}

/** Which of these organizations have held rows, and of which imports. Asked in pieces of 1,000. */
export async function findHeldAmong(
  store: RegionalStore,
  scope: CustomerScope,
  orgUuids: readonly string[],
): Promise<{ org_uuid: string; batch: number }[]> {
  const { sql, parameters } = scopeCondition(scope);
  const held: { org_uuid: string; batch: number }[] = [];
  for (let at = 0; at < orgUuids.length; at += 1000) {
    const rows = await store.ask<{ org_uuid: string; batch: number }>(
      `SELECT DISTINCT org_uuid, batch FROM @region.held_call_leg WHERE ${sql} AND org_uuid IN {orgs:Array(UUID)}`,
      { parameters: { ...parameters, orgs: orgUuids.slice(at, at + 1000) } },
    );
    held.push(...rows);
  }
  return held;
}

const discardedAtOnce = 4000; // a statement has 256 kB at most

/** Beside the import lane: a long import must not make a person wait. */
export async function discardHeld(store: RegionalStore, of: HeldOf, orgUuids: readonly string[]): Promise<void> {
  const { sql, parameters } = heldWhere(of);
  for (let at = 0; at < orgUuids.length; at += discardedAtOnce) {
    await store.run(`DELETE FROM @region.held_call_leg WHERE ${sql} AND org_uuid IN {orgs:Array(UUID)}`, {
      parameters: { ...parameters, orgs: orgUuids.slice(at, at + discardedAtOnce) },
      isAside: true,
    });
  }
}
