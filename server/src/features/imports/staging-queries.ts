import { instantText, type RegionalStore } from '../../platform/regional-store/index.ts';
import { callHistoryColumns } from './call-history-columns.ts';
import { openQuote, rejectedPartition } from './stage-sql.ts';

/** The tables one import works in; dropped when it ends, swept at start. */
export interface Staging {
  store: RegionalStore;
  partnerId: string;
  batch: number;
  attempt: number;
  stage: string;
  known: string;
  twins: string;
  held: string;
}

const record = ['emptied', ...callHistoryColumns.map((column) => column.name)].join(', ');
const columns = `partner_id, batch, ${record}`;
/** The feed writes NA, or nothing, for a leg without a location: one and the same place. */
export const locationName = "transform(location, ['NA', 'na'], ['', ''])";
const isValid = `_partition_id != '${rejectedPartition}'`;

/** `attempt`: tables of an earlier attempt whose process may still be at work have other names. */
export function stagingOf(store: RegionalStore, partnerId: string, batch: number, attempt = 0): Staging {
  const table = (kind: string): string => `@region.${kind}_${batch}_${attempt}`;
  return {
    store,
    partnerId,
    batch,
    attempt,
    stage: table('stage'),
    known: table('known'),
    twins: table('twins'),
    held: table('hold'),
  };
}

export async function createStage({ store, stage }: Staging): Promise<void> {
  await store.run(`CREATE TABLE ${stage} AS @region.call_leg`);
}

export async function emptyStage({ store, stage }: Staging): Promise<void> {
  await store.run(`TRUNCATE TABLE ${stage}`);
}

/**
 * Those of this attempt and of earlier ones: whoever was taken over, and does not know it yet, leaves the successor's alone. Writes only
 * where there is something to drop: a store that takes no writes must still be able to say so.
 */
export async function dropStaging({ store, batch, attempt }: Staging): Promise<void> {
  for (const table of await findOrphanedStaging(store)) {
    const [, ofBatch, ofAttempt = 0] = /^[a-z]+_([0-9]+)(?:_([0-9]+))?$/.exec(table) ?? [];
    if (Number(ofBatch) === batch && Number(ofAttempt) <= attempt) await dropTable(store, table);
  }
}

/** Before rejected rows are written: they come from the file and not from the stage, so a process that was taken over may have written them too. */
export async function eraseRejectedRows({ store, batch, partnerId }: Staging): Promise<void> {
  await eraseRows(store, 'rejected_row', { partner: partnerId, batch });
}

/** Whatever a stopped process left of a batch, in staging and in the facts. Afterwards the batch was never there. */
export async function eraseBatch(staging: Staging): Promise<void> {
  const { store, batch, partnerId } = staging;
  await dropStaging(staging);
  const parameters = { partner: partnerId, batch };
  for (const table of ['call_leg', 'held_call_leg', 'rejected_row']) await eraseRows(store, table, parameters);
  await forgetSuperseded(staging);
}

async function eraseRows(
  store: RegionalStore,
  table: string,
  parameters: { partner: string; batch: number },
): Promise<void> {
  const mine = `@region.${table} WHERE partner_id = {partner:UUID} AND batch = {batch:UInt32}`;
  const [found] = await store.ask<{ n: number }>(`SELECT count() AS n FROM ${mine}`, { parameters, seconds: 600 });
  if (found && found.n > 0) await store.run(`DELETE FROM ${mine}`, { parameters });
}

/** Deletes only where something is to be deleted: a deletion writes, and the disk may be full. */
async function forgetSuperseded({ store, batch, partnerId }: Staging): Promise<void> {
  const parameters = { partner: partnerId, batch };
  const mine = '@region.superseded WHERE partner_id = {partner:UUID} AND by_batch = {batch:UInt32}';
  const [found] = await store.ask<{ n: number }>(`SELECT count() AS n FROM ${mine}`, { parameters, seconds: 600 });
  if (found && found.n > 0) await store.run(`DELETE FROM ${mine}`, { parameters });
}

/** Staging tables of batches that no longer run. */
export async function findOrphanedStaging(store: RegionalStore): Promise<string[]> {
  const rows = await store.ask<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = splitByChar('.', '@region.x')[1] AND match(name, '^(stage|known|twins|hold|answer)_[0-9]+(_[0-9]+)?$')`,
  );
  return rows.map((row) => row.name);
}

export async function dropTable(store: RegionalStore, name: string): Promise<void> {
  await store.run(`DROP TABLE IF EXISTS @region.${name} SYNC`);
}

export interface StageSummary {
  valid: number;
  rejected: number;
  /** Rejected rows that are several lines swallowed by a quote that is never closed. */
  openQuotes: number;
  /** Different Report IDs among the valid rows. */
  distinct: number;
  emptied: number[];
}

export async function summarizeStage({ store, stage }: Staging, lenientCount: number): Promise<StageSummary> {
  const [row] = await store.ask<StageSummary>(
    `SELECT countIf(${isValid}) AS valid, countIf(NOT ${isValid}) AS rejected, countIf(NOT ${isValid} AND duration = ${openQuote}) AS openQuotes, uniqExactIf(report_id, ${isValid}) AS distinct,
       sumForEachIf(arrayMap(bit -> bitTest(emptied, bit), range(${lenientCount})), ${isValid}) AS emptied
     FROM ${stage}`,
    { seconds: 600 },
  );
  return row ?? { valid: 0, rejected: 0, openQuotes: 0, distinct: 0, emptied: [] };
}

/** Keeps, of each Report ID that stands twice in the file, the row with the latest Report time. */
export async function dropTwins({ store, stage, twins }: Staging): Promise<void> {
  const doubled = `(SELECT report_id FROM ${stage} WHERE ${isValid} GROUP BY report_id HAVING count() > 1)`;
  await store.run(`CREATE TABLE ${twins} AS @region.call_leg`);
  // Equal times: a hash decides, so that the same rows in another order give the same result. Of a tuple: with a NULL among its arguments it is NULL.
  await store.run(
    `INSERT INTO ${twins} (${columns}) SELECT ${columns} FROM ${stage} WHERE ${isValid} AND report_id IN ${doubled}
     ORDER BY ifNull(report_time, toDateTime64(0, 3, 'UTC')) DESC, cityHash64(tuple(${record})) LIMIT 1 BY report_id`,
  );
  await store.run(`DELETE FROM ${stage} WHERE ${isValid} AND report_id IN (SELECT report_id FROM ${twins})`);
  await store.run(`INSERT INTO ${stage} (${columns}) SELECT ${columns} FROM ${twins}`);
}

export interface StagedOrganization {
  org_uuid: string;
  rows: number;
}

export async function findStagedOrganizations({ store, stage }: Staging): Promise<StagedOrganization[]> {
  return store.ask(`SELECT org_uuid, count() AS rows FROM ${stage} WHERE ${isValid} GROUP BY org_uuid`, {
    seconds: 600,
  });
}

const timeOf = (column: string): string => `ifNull(${column}, toDateTime64(0, 3, 'UTC'))`;

/**
 * Compares the staged rows with those that count already: staged ones that are not newer go. Returns how many went. What stays and is
 * known is a newer version. `staysWithinOrganizations`: what counts under an organization that the stage does not hold is never replaced.
 */
export async function dropKnown(
  { store, stage, known, partnerId }: Staging,
  { staysWithinOrganizations = false } = {},
): Promise<number> {
  const parameters = { partner: partnerId };
  const time = staysWithinOrganizations
    ? `if(org_uuid IN (SELECT org_uuid FROM ${stage} WHERE ${isValid}), ${timeOf('report_time')}, toDateTime64('2299-12-31 00:00:00', 3, 'UTC'))`
    : timeOf('report_time');
  await store.run(
    `CREATE TABLE ${known} (report_id UUID, report_time DateTime64(3, 'UTC'), old_batch UInt32) ENGINE = MergeTree ORDER BY report_id`,
  );
  await store.run(
    `INSERT INTO ${known} SELECT report_id, max(${time}), argMax(batch, ${time}) FROM @region.call_leg
     WHERE partner_id = {partner:UUID} AND report_id IN (SELECT report_id FROM ${stage} WHERE ${isValid}) GROUP BY report_id`,
    { parameters },
  );
  const [row] = await store.ask<{ duplicate: number }>(
    `SELECT countIf(${timeOf('s.report_time')} <= k.report_time) AS duplicate
     FROM ${stage} AS s INNER JOIN ${known} AS k ON s.report_id = k.report_id WHERE s.${isValid}`,
    { seconds: 600 },
  );
  const duplicate = row?.duplicate ?? 0;
  if (duplicate > 0 && duplicate === (await countStaged({ store, stage }))) await store.run(`TRUNCATE TABLE ${stage}`);
  else if (duplicate > 0) {
    // Report IDs are unique in the stage by now, so the pair of id and time names the row.
    await store.run(
      `DELETE FROM ${stage} WHERE ${isValid} AND report_id IN (
         SELECT s.report_id FROM ${stage} AS s INNER JOIN ${known} AS k ON s.report_id = k.report_id
         WHERE s.${isValid} AND ${timeOf('s.report_time')} <= k.report_time)`,
    );
  }
  return duplicate;
}

/**
 * Remembers which older versions the rows of the stage replace; they are left out of questions from this batch's commit on and deleted
 * later. After dropKnown and holding: a held row replaces nothing yet. Returns how many.
 */
export async function markSuperseded({ store, stage, known, partnerId, batch }: Staging): Promise<number> {
  const [row] = await store.ask<{ n: number }>(
    `SELECT count() AS n FROM ${known} WHERE report_id IN (SELECT report_id FROM ${stage} WHERE ${isValid})`,
    {
      seconds: 600,
    },
  );
  const newer = row?.n ?? 0;
  if (newer === 0) return 0;
  await store.run(
    `INSERT INTO @region.superseded (partner_id, by_batch, report_id, old_batch)
     SELECT {partner:UUID}, {batch:UInt32}, k.report_id, k.old_batch FROM ${known} AS k WHERE k.report_id IN (SELECT report_id FROM ${stage} WHERE ${isValid})`,
    { parameters: { partner: partnerId, batch } },
  );
  return newer;
}

export async function deleteSuperseded(staging: Staging): Promise<void> {
  const { store, partnerId, batch } = staging;
  const parameters = { partner: partnerId, batch };
  await store.run(
    `DELETE FROM @region.call_leg WHERE partner_id = {partner:UUID} AND (report_id, batch) IN (
       SELECT report_id, old_batch FROM @region.superseded WHERE partner_id = {partner:UUID} AND by_batch = {batch:UInt32})`,
    { parameters },
  );
  await forgetSuperseded(staging);
}

/** Moves the rows of these organizations out of the stage. Those that `comparable` imports hold already in the same or a newer version go. */
export async function holdOrganizations(
  staging: Staging,
  orgUuids: readonly string[],
  comparable: readonly number[],
): Promise<{ held: number; duplicate: number }> {
  const { store, stage, held, partnerId } = staging;
  await store.run(`CREATE TABLE ${held} (org_uuid UUID) ENGINE = Memory`);
  for (let at = 0; at < orgUuids.length; at += 1000) {
    await store.run(`INSERT INTO ${held} SELECT arrayJoin({orgs:Array(UUID)})`, {
      parameters: { orgs: orgUuids.slice(at, at + 1000) },
    });
  }
  const isHeld = `${isValid} AND org_uuid IN (SELECT org_uuid FROM ${held})`;
  const known = `SELECT s.report_id FROM ${stage} AS s INNER JOIN @region.held_call_leg AS h ON s.report_id = h.report_id
     WHERE h.partner_id = {partner:UUID} AND h.batch IN {comparable:Array(UInt32)} AND s.${isValid} AND s.org_uuid IN (SELECT org_uuid FROM ${held}) AND ${timeOf('s.report_time')} <= ${timeOf('h.report_time')}`;
  const parameters = { partner: partnerId, comparable };
  const [again] = await store.ask<{ n: number }>(`SELECT uniqExact(report_id) AS n FROM (${known})`, {
    parameters,
    seconds: 600,
  });
  const duplicate = again?.n ?? 0;
  if (duplicate > 0)
    await store.run(`DELETE FROM ${stage} WHERE ${isHeld} AND report_id IN (${known})`, { parameters });
  const [rest] = await store.ask<{ n: number; all: number }>(
    `SELECT countIf(${isHeld}) AS n, countIf(${isValid}) AS all FROM ${stage}`,
    { seconds: 600 },
  );
  const heldRows = rest?.n ?? 0;
  if (heldRows === 0) return { held: 0, duplicate };
  if (rest && rest.n === rest.all)
    await attachStage(staging, 'held_call_leg'); // nothing else in the file: no copy needed
  else
    await store.run(
      `INSERT INTO @region.held_call_leg (${columns}) SELECT ${columns} FROM ${stage} WHERE ${isHeld} SETTINGS max_partitions_per_insert_block = 0`,
    );
  await store.run(`DELETE FROM ${stage} WHERE ${isHeld}`);
  return { held: heldRows, duplicate };
}

export async function stageSpan({
  store,
  stage,
  batch,
  partnerId,
}: Staging): Promise<{ rows: number; first: string | null; last: string | null }> {
  const [row] = await store.ask<{ rows: number; first: string; last: string }>(
    `SELECT count() AS rows, ${instantText('min(start_time)')} AS first, ${instantText('max(start_time)')} AS last FROM (
       SELECT start_time FROM ${stage} WHERE ${isValid}
       UNION ALL SELECT start_time FROM @region.held_call_leg WHERE partner_id = {partner:UUID} AND batch = {batch:UInt32})`,
    { parameters: { partner: partnerId, batch }, seconds: 600 },
  );
  return row && row.rows > 0 ? row : { rows: 0, first: null, last: null };
}

export async function countStaged({ store, stage }: Pick<Staging, 'store' | 'stage'>): Promise<number> {
  const [row] = await store.ask<{ n: number }>(`SELECT countIf(${isValid}) AS n FROM ${stage}`, { seconds: 600 });
  return row?.n ?? 0;
}

/** Makes the staged partitions part of a table of the same shape: no row is copied. Atomic per partition; the batch's word is the directory's. */
export async function attachStage({ store, stage }: Staging, table: 'call_leg' | 'held_call_leg'): Promise<void> {
  const partitions = await store.ask<{ id: string }>(
    `SELECT DISTINCT _partition_id AS id FROM ${stage} WHERE ${isValid}`,
    { seconds: 600 },
  );
  for (const { id } of partitions) {
    if (!/^\d{6}$/.test(id)) throw new Error(`Partition id ${id} is not a month.`);
    await store.run(`ALTER TABLE @region.${table} ATTACH PARTITION ID '${id}' FROM ${stage}`);
  }
}

/** Names the places that no import brought before. After the rows are attached and before they count: a place is there when its rows are. */
export async function savePlaces({ store, stage, partnerId }: Staging): Promise<void> {
  const known = 'SELECT place_key FROM @region.place WHERE partner_id = {partner:UUID}';
  await store.run(
    `INSERT INTO @region.place (partner_id, place_key, org_uuid, location)
     SELECT partner_id, place_key, org_uuid, ${locationName} FROM ${stage} WHERE ${isValid} AND place_key NOT IN (${known}) LIMIT 1 BY place_key`,
    { parameters: { partner: partnerId } },
  );
}

/** The imports that hold rows; of one organization, or of any. */
export async function findHoldingBatches({ store, partnerId }: Staging, orgUuid?: string): Promise<number[]> {
  const rows = await store.ask<{ batch: number }>(
    `SELECT DISTINCT batch FROM @region.held_call_leg WHERE partner_id = {partner:UUID}${orgUuid === undefined ? '' : ' AND org_uuid = {org:UUID}'}`,
    { parameters: { partner: partnerId, ...(orgUuid === undefined ? {} : { org: orgUuid }) }, seconds: 600 },
  );
  return rows.map((row) => row.batch);
}

/** Copies what these imports hold of an organization into the stage, renumbered as this batch's. */
export async function stageHeldRows(
  { store, stage, partnerId, batch }: Staging,
  orgUuid: string,
  batches: readonly number[],
): Promise<void> {
  await store.run(
    `INSERT INTO ${stage} (${columns}) SELECT partner_id, {batch:UInt32}, ${record} FROM @region.held_call_leg
     WHERE partner_id = {partner:UUID} AND org_uuid = {org:UUID} AND batch IN {batches:Array(UInt32)} SETTINGS max_partitions_per_insert_block = 0`,
    { parameters: { partner: partnerId, batch, org: orgUuid, batches } },
  );
}

export async function deleteHeldRows(
  { store, partnerId }: Staging,
  orgUuid: string,
  batches: readonly number[],
): Promise<void> {
  await store.run(
    'DELETE FROM @region.held_call_leg WHERE partner_id = {partner:UUID} AND org_uuid = {org:UUID} AND batch IN {batches:Array(UInt32)}',
    { parameters: { partner: partnerId, org: orgUuid, batches } },
  );
}
