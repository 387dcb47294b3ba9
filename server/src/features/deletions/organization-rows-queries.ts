import type { FeedCode } from '@hub/contract/imports';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { feeds, isPeriodic } from '../imports/index.ts';

const seconds = 600;

/** Whose rows, and which imports were said to be of that organization as a whole. */
export interface OfOrganization {
  partnerId: string;
  orgUuid: string;
  given: readonly number[];
}

const tables = feeds.flatMap((feed) => [
  { feed, table: feed.table, kind: 'stored' as const },
  { feed, table: feed.held, kind: 'held' as const },
]);
const rollupTables = feeds.flatMap(({ rollups = [] }) => rollups.map(({ table }) => table));
const ofOrg = 'partner_id = {partner:UUID} AND org_uuid = {org:UUID}';
const parametersOf = ({ partnerId, orgUuid }: OfOrganization) => ({ partner: partnerId, org: orgUuid });

interface TableRows {
  code: FeedCode;
  kind: 'stored' | 'held';
  rows: number;
  first_day: string;
  last_day: string;
}

/** By table, where there are any: whatever counts. */
export async function countRowsOf(store: RegionalStore, of: OfOrganization): Promise<TableRows[]> {
  const questions = tables.map(({ feed, table, kind }) => {
    const [from, to] = isPeriodic(feed) ? ['period_from', 'period_to'] : ['day', 'day'];
    return `SELECT '${feed.code}' AS code, '${kind}' AS kind, count() AS rows, toString(min(${from})) AS first_day, toString(max(${to})) AS last_day FROM @region.${table} WHERE ${ofOrg}`;
  });
  return store.ask<TableRows>(`SELECT * FROM (${questions.join(' UNION ALL ')}) WHERE rows > 0`, {
    parameters: parametersOf(of),
    seconds,
  });
}

// As it was sent: in any letter case, in whichever column, also where the row could not be split.
const namesOrg =
  '(arrayExists(v -> positionCaseInsensitive(v, {text:String}) > 0, record) OR positionCaseInsensitive(value, {text:String}) > 0)';
const rejectedOf = `partner_id = {partner:UUID} AND (batch IN {given:Array(UInt32)} OR ${namesOrg})`;
const rejectedParameters = ({ partnerId, orgUuid, given }: OfOrganization) => ({
  partner: partnerId,
  text: orgUuid,
  given,
});

/** By import. */
export async function countRejectedOf(
  store: RegionalStore,
  of: OfOrganization,
): Promise<{ batch: number; rows: number }[]> {
  return store.ask(`SELECT batch, count() AS rows FROM @region.rejected_row WHERE ${rejectedOf} GROUP BY batch`, {
    parameters: rejectedParameters(of),
    seconds,
  });
}

/**
 * Deletes all of it, from the disk too; also what earlier statements had only taken out of sight. Where there is nothing, nothing is written.
 * Doing it again changes nothing.
 */
export async function deleteRowsOf(
  store: RegionalStore,
  of: OfOrganization,
  { takesRecord }: { takesRecord: boolean },
): Promise<void> {
  const found = await countRowsOf(store, of);
  const parameters = parametersOf(of);
  for (const { feed, table, kind } of tables) {
    if (found.some((entry) => entry.code === feed.code && entry.kind === kind))
      await store.run(`ALTER TABLE @region.${table} DELETE WHERE ${ofOrg} SETTINGS mutations_sync = 2`, { parameters });
    await applyDeletions(store, table);
  }
  if ((await countRejectedOf(store, of)).length > 0)
    await store.run(`ALTER TABLE @region.rejected_row DELETE WHERE ${rejectedOf} SETTINGS mutations_sync = 2`, {
      parameters: rejectedParameters(of),
    });
  // A list of who sees the organization holds for as long as there is a customer to be seen.
  for (const table of [...rollupTables, 'place', ...(takesRecord ? ['scope_member'] : [])])
    await deleteFrom(store, table, parameters);
  for (const table of rollupTables) await applyDeletions(store, table);
}

/** What earlier statements had only taken out of sight goes from the disk. */
export async function applyDeletions(store: RegionalStore, table: string): Promise<void> {
  if (await hasHidden(store, table))
    await store.run(`ALTER TABLE @region.${table} APPLY DELETED MASK SETTINGS mutations_sync = 2`);
}

async function hasHidden(store: RegionalStore, table: string): Promise<boolean> {
  const [found] = await store.ask<{ n: number }>(
    `SELECT count() AS n FROM system.parts WHERE active AND has_lightweight_delete AND database = splitByChar('.', '@region.x')[1] AND table = {table:String}`,
    { parameters: { table }, seconds },
  );
  return (found?.n ?? 0) > 0;
}

/** What is made of the rows, such as names of places, which the next import names anew. */
async function deleteFrom(
  store: RegionalStore,
  table: string,
  parameters: { partner: string; org: string },
): Promise<void> {
  const [found] = await store.ask<{ n: number }>(`SELECT count() AS n FROM @region.${table} WHERE ${ofOrg}`, {
    parameters,
    seconds,
  });
  if (found && found.n > 0)
    await store.run(`ALTER TABLE @region.${table} DELETE WHERE ${ofOrg} SETTINGS mutations_sync = 2`, { parameters });
}
