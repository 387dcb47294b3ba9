import { instantText, type Parameters, type RegionalStore } from '../../platform/regional-store/index.ts';
import { type CustomerScope, scopeCondition } from '../access/index.ts';

export interface HeldRow {
  org_uuid: string;
  rows: number;
  first: string;
  last: string;
  locations: string[];
}

/** Absent: all of the partner's. Otherwise only what these imports brought: who sees assigned customers knows of no others that wait. */
type OwnBatches = readonly number[] | undefined;

function heldWhere(partnerId: string, own: OwnBatches): { sql: string; parameters: Parameters } {
  const whole = { sql: 'partner_id = {partner:UUID}', parameters: { partner: partnerId } };
  if (own === undefined) return whole;
  return {
    sql: `${whole.sql} AND batch IN {own:Array(UInt32)}`,
    parameters: { ...whole.parameters, own },
  };
}

/** Held rows by organization, biggest first. Batches that are not committed do not count yet. */
export async function findHeldOrganizations(
  store: RegionalStore,
  { partnerId, own }: { partnerId: string; own: OwnBatches },
  openBatches: readonly number[],
): Promise<HeldRow[]> {
  const { sql, parameters } = heldWhere(partnerId, own);
  return store.ask(
    `SELECT org_uuid, count() AS rows, ${instantText('min(start_time)')} AS first, ${instantText('max(start_time)')} AS last,
       groupUniqArrayIf(5)(toString(location), location NOT IN ('', 'NA', 'na')) AS locations
     FROM @region.held_call_leg WHERE ${sql} AND batch NOT IN {open:Array(UInt32)}
     GROUP BY org_uuid ORDER BY rows DESC, org_uuid LIMIT 1000`,
    { parameters: { ...parameters, open: openBatches } },
  );
}

export async function countHeldRows(
  store: RegionalStore,
  { partnerId, own }: { partnerId: string; own: OwnBatches },
  orgUuid: string,
): Promise<number> {
  const { sql, parameters } = heldWhere(partnerId, own);
  const [row] = await store.ask<{ n: number }>(
    `SELECT count() AS n FROM @region.held_call_leg WHERE ${sql} AND org_uuid = {org:UUID}`,
    {
      parameters: { ...parameters, org: orgUuid },
    },
  );
  return row?.n ?? 0;
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

/** Beside the import lane: a long import must not make a person wait. */
export async function discardHeld(
  store: RegionalStore,
  { partnerId, own }: { partnerId: string; own: OwnBatches },
  orgUuid: string,
): Promise<void> {
  const { sql, parameters } = heldWhere(partnerId, own);
  await store.run(`DELETE FROM @region.held_call_leg WHERE ${sql} AND org_uuid = {org:UUID}`, {
    parameters: { ...parameters, org: orgUuid },
    isAside: true,
  });
}
