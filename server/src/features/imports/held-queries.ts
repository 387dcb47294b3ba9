import { instantText, type RegionalStore } from '../../platform/regional-store/index.ts';
import { type CustomerScope, scopeCondition } from '../access/index.ts';

export interface HeldRow {
  org_uuid: string;
  rows: number;
  first: string;
  last: string;
  locations: string[];
}

/** Held rows by organization, biggest first. Batches that are not committed do not count yet. */
export async function findHeldOrganizations(
  store: RegionalStore,
  scope: CustomerScope,
  openBatches: readonly number[],
): Promise<HeldRow[]> {
  const { sql, parameters } = scopeCondition(scope);
  return store.ask(
    `SELECT org_uuid, count() AS rows, ${instantText('min(start_time)')} AS first, ${instantText('max(start_time)')} AS last,
       groupUniqArrayIf(5)(toString(location), location NOT IN ('', 'NA', 'na')) AS locations
     FROM @region.held_call_leg WHERE ${sql} AND batch NOT IN {open:Array(UInt32)}
     GROUP BY org_uuid ORDER BY rows DESC, org_uuid LIMIT 1000`,
    { parameters: { ...parameters, open: openBatches } },
  );
}

export async function countHeldRows(store: RegionalStore, scope: CustomerScope, orgUuid: string): Promise<number> {
  const { sql, parameters } = scopeCondition(scope);
  const [row] = await store.ask<{ n: number }>(
    `SELECT count() AS n FROM @region.held_call_leg WHERE ${sql} AND org_uuid = {org:UUID}`,
    {
      parameters: { ...parameters, org: orgUuid },
    },
  );
  return row?.n ?? 0;
}

/** The organizations alone, all of them: for the hub's own look after a stop. */
export async function findHeldOrgUuids(store: RegionalStore, scope: CustomerScope): Promise<string[]> {
  const { sql, parameters } = scopeCondition(scope);
  const rows = await store.ask<{ org_uuid: string }>(
    `SELECT DISTINCT org_uuid FROM @region.held_call_leg WHERE ${sql}`,
    { parameters },
  );
  return rows.map((row) => row.org_uuid);
}
