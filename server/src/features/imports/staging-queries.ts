import { instantText, type RegionalStore } from '../../platform/regional-store/index.ts';
import { feeds } from './feeds/all-feeds.ts';
import { type Feed, isPeriodic, keyColumn, recordColumns } from './feeds/feed.ts';
import { openQuote } from './read-column.ts';
import { rejectedPartition } from './stage-sql.ts';

/** Where one attempt at an import works, whatever it brings. */
export interface Workplace {
  store: RegionalStore;
  partnerId: string;
  batch: number;
  attempt: number;
}

/** The tables one import works in; dropped when it ends, swept at start. */
export interface Staging extends Workplace {
  feed: Feed;
  stage: string;
  known: string;
  twins: string;
  held: string;
  people: string;
}

/** Where rows of a feed lie. */
export const tablesOf = ({ table, held, rollups = [] }: Feed): string[] => [
  table,
  held,
  ...rollups.map((rollup) => rollup.table),
];

export const recordOf = (feed: Feed): string => ['emptied', ...recordColumns(feed)].join(', ');
export const columnsOf = (feed: Feed): string => `partner_id, batch, ${recordOf(feed)}`;
/** The feeds write NA, or nothing, for what has no location: one and the same place. */
export const locationName = "transform(location, ['NA', 'na'], ['', ''])";
export const isValid = `_partition_id != '${rejectedPartition}'`;

/** Tables of an earlier attempt whose process may still be at work have other names. */
export function stagingOf(workplace: Workplace, feed: Feed): Staging {
  const table = (kind: string): string => `@region.${kind}_${workplace.batch}_${workplace.attempt}`;
  return {
    ...workplace,
    feed,
    stage: table('stage'),
    known: table('known'),
    twins: table('twins'),
    held: table('hold'),
    people: table('people'),
  };
}

/** Its parts are merged once they are among the facts: merging them before would hold up the reading, and be done again. */
export async function createStage({ store, stage, feed }: Staging): Promise<void> {
  await store.run(`CREATE TABLE ${stage} AS @region.${feed.table} SETTINGS max_parts_to_merge_at_once = 1`);
}

export async function emptyStage({ store, stage }: Staging): Promise<void> {
  await store.run(`TRUNCATE TABLE ${stage}`);
}

/**
 * Those of this attempt and of earlier ones: whoever was taken over, and does not know it yet, leaves the successor's alone. Writes only
 * where there is something to drop: a store that takes no writes must still be able to say so.
 */
export async function dropStaging({ store, batch, attempt }: Workplace): Promise<void> {
  for (const table of await findOrphanedStaging(store)) {
    const [, ofBatch, ofAttempt = 0] = /^[a-z]+_([0-9]+)(?:_([0-9]+))?$/.exec(table) ?? [];
    if (Number(ofBatch) === batch && Number(ofAttempt) <= attempt) await dropTable(store, table);
  }
}

/** Before rejected rows are written: they come from the file and not from the stage, so a process that was taken over may have written them too. */
export async function eraseRejectedRows(workplace: Workplace): Promise<void> {
  await eraseRows(workplace, ['rejected_row']);
}

/** Whatever a stopped process left of a batch, in staging and in the facts of whichever feed. Afterwards the batch was never there. */
export async function eraseBatch(workplace: Workplace): Promise<void> {
  await dropStaging(workplace);
  await eraseRows(workplace, [...feeds.flatMap(tablesOf), 'rejected_row']);
  await forgetSuperseded(workplace);
}

const isMine = 'partner_id = {partner:UUID} AND batch = {batch:UInt32}';

/** Deletes only where something is to be deleted: a deletion writes, and the disk may be full. */
export async function eraseRows({ store, batch, partnerId }: Workplace, tables: readonly string[]): Promise<void> {
  const parameters = { partner: partnerId, batch };
  const counted = tables.map(
    (table) => `SELECT '${table}' AS name, count() AS n FROM @region.${table} WHERE ${isMine}`,
  );
  const found = await store.ask<{ name: string }>(`SELECT name FROM (${counted.join(' UNION ALL ')}) WHERE n > 0`, {
    parameters,
    seconds: 600,
  });
  for (const table of tables.filter((entry) => found.some(({ name }) => name === entry)))
    await store.run(`DELETE FROM @region.${table} WHERE ${isMine}`, { parameters });
}

export async function forgetSuperseded({ store, batch, partnerId }: Workplace): Promise<void> {
  const parameters = { partner: partnerId, batch };
  const mine = '@region.superseded WHERE partner_id = {partner:UUID} AND by_batch = {batch:UInt32}';
  const [found] = await store.ask<{ n: number }>(`SELECT count() AS n FROM ${mine}`, { parameters, seconds: 600 });
  if (found && found.n > 0) await store.run(`DELETE FROM ${mine}`, { parameters });
}

/** Staging tables of batches that no longer run. */
export async function findOrphanedStaging(store: RegionalStore): Promise<string[]> {
  const rows = await store.ask<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = splitByChar('.', '@region.x')[1] AND match(name, '^(stage|known|twins|hold|people|answer)_[0-9]+(_[0-9]+)?$')`,
  );
  return rows.map((row) => row.name);
}

export async function dropTable(store: RegionalStore, name: string): Promise<void> {
  await store.run(`DROP TABLE IF EXISTS @region.${name} SYNC`);
}

export interface ReadRows {
  valid: number;
  rejected: number;
  /** Rejected rows that are several lines swallowed by a quote that is never closed. */
  openQuotes: number;
}

export async function countRead({ store, stage }: Staging): Promise<ReadRows> {
  const [row] = await store.ask<ReadRows>(
    `SELECT countIf(${isValid}) AS valid, countIf(NOT ${isValid}) AS rejected, countIf(NOT ${isValid} AND s.emptied = ${openQuote}) AS openQuotes FROM ${stage} AS s`,
    { seconds: 600 },
  );
  return row ?? { valid: 0, rejected: 0, openQuotes: 0 };
}

interface StageSummary {
  valid: number;
  /** Different records among the valid rows. */
  distinct: number;
  /** By bit. */
  emptied: number[];
}

export async function summarizeStage({ store, stage, feed }: Staging, lenientCount: number): Promise<StageSummary> {
  const emptied = `SELECT sumForEach(arrayMap(bit -> n * bitTest(emptied, bit), range(${lenientCount})))
    FROM (SELECT emptied, count() AS n FROM ${stage} WHERE ${isValid} GROUP BY emptied)`;
  const [row] = await store.ask<StageSummary>(
    `SELECT count() AS valid, uniqExact(${keyColumn(feed)}) AS distinct, (${emptied}) AS emptied FROM ${stage} WHERE ${isValid}`,
    { seconds: 600 },
  );
  return row ?? { valid: 0, distinct: 0, emptied: [] };
}

/** Keeps, of each record that stands twice in the file, the row with the latest Report time. */
export async function dropTwins({ store, stage, twins, feed }: Staging): Promise<void> {
  const key = keyColumn(feed);
  const columns = columnsOf(feed);
  const doubled = `(SELECT ${key} FROM ${stage} WHERE ${isValid} GROUP BY ${key} HAVING count() > 1)`;
  await store.run(`CREATE TABLE ${twins} AS @region.${feed.table}`);
  // Equal times, or none: a hash decides, so that the same rows in another order give the same result. Of a tuple: with a NULL among its arguments it is NULL.
  const latest = feed.laterBy === 'report_time' ? "ifNull(report_time, toDateTime64(0, 3, 'UTC')) DESC, " : '';
  await store.run(
    `INSERT INTO ${twins} (${columns}) SELECT ${columns} FROM ${stage} WHERE ${isValid} AND ${key} IN ${doubled}
     ORDER BY ${latest}cityHash64(tuple(${recordOf(feed)})) LIMIT 1 BY ${key}`,
  );
  await store.run(`DELETE FROM ${stage} WHERE ${isValid} AND ${key} IN (SELECT ${key} FROM ${twins})`);
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

/** What tells versions of a record apart: the Report time, or else what is in it. */
export function versionOf(feed: Feed, table = ''): { type: string; value: string; isNoNewerThan: string } {
  if (feed.laterBy === 'report_time')
    return { type: "DateTime64(3, 'UTC')", value: timeOf(`${table}report_time`), isNoNewerThan: '<=' };
  const fields = recordColumns(feed).map((name) => `${table}${name}`);
  return { type: 'UInt64', value: `cityHash64(tuple(${fields.join(', ')}))`, isNoNewerThan: '=' };
}

/** By number, how many rows of an earlier import this one needs: they were replaced, made its own duplicates, or were let in by it. */
export type Overlaps = ReadonlyMap<number, number>;

interface BatchRows {
  batch: number;
  rows: number;
}

export const overlapsOf = (found: readonly BatchRows[]): Overlaps =>
  new Map(found.map(({ batch, rows }) => [batch, rows]));
export const sumOf = (overlaps: Overlaps): number => [...overlaps.values()].reduce((sum, rows) => sum + rows, 0);

/** What counts among the facts at this moment of the queue; a version that was replaced lies there for a while and does not. */
const standing = (
  feed: Feed,
): string => `batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0 OR replaced_by IN {open:Array(UInt32)})
       AND (${keyColumn(feed)}, batch) NOT IN (
         SELECT report_id, old_batch FROM @region.superseded WHERE partner_id = {partner:UUID} AND by_batch NOT IN {open:Array(UInt32)})`;

/**
 * Compares the staged rows with those that count already: staged ones that are not newer go. Returns how many went, and because of which imports. What stays and is
 * known is a newer version. `staysWithinOrganizations`: what counts under an organization that the stage does not hold is never replaced.
 */
export async function dropKnown(
  staging: Staging,
  open: readonly number[],
  { staysWithinOrganizations = false } = {},
): Promise<{ duplicate: number; overlaps: Overlaps }> {
  const { store, stage, known, feed } = staging;
  const key = keyColumn(feed);
  const staged = versionOf(feed, 's.');
  await store.run(
    `CREATE TABLE ${known} (${key} UUID, version ${staged.type}, old_batch UInt32) ENGINE = MergeTree ORDER BY ${key}`,
  );
  await rememberKnown(staging, open, staysWithinOrganizations);
  if (await isNoneKnown(staging)) return { duplicate: 0, overlaps: new Map() };
  const isKnown = `s.${isValid} AND ${staged.value} ${staged.isNoNewerThan} k.version`;
  const found = await store.ask<BatchRows>(
    `SELECT k.old_batch AS batch, count() AS rows FROM ${stage} AS s INNER JOIN ${known} AS k ON s.${key} = k.${key} WHERE ${isKnown} GROUP BY k.old_batch`,
    { seconds: 600 },
  );
  const overlaps = overlapsOf(found);
  const duplicate = sumOf(overlaps);
  if (duplicate > 0 && duplicate === (await countStaged({ store, stage }))) await store.run(`TRUNCATE TABLE ${stage}`);
  else if (duplicate > 0) {
    // Keys are unique in the stage by now, so the key names the row.
    await store.run(
      `DELETE FROM ${stage} WHERE ${isValid} AND ${key} IN (
         SELECT s.${key} FROM ${stage} AS s INNER JOIN ${known} AS k ON s.${key} = k.${key} WHERE ${isKnown})`,
    );
  }
  return { duplicate, overlaps };
}

async function isNoneKnown({ store, known }: Staging): Promise<boolean> {
  const [row] = await store.ask<{ n: number }>(`SELECT count() AS n FROM ${known}`);
  return row?.n === 0;
}

// To look for the staged keys in the index, of which they are the last column, the engine would sort them: four times as long.
const withoutIndex = 'SETTINGS use_index_for_in_with_subqueries = 0';

const isKeyOfDay = ({ key }: Feed): boolean =>
  key !== 'report_id' && key.of.some((columns) => columns.length === 1 && columns[0] === 'period_from');

/** Of the staged records those that count already, each in its newest version. `open`: imports that are not committed, or were undone. */
async function rememberKnown(
  { store, stage, known, partnerId, feed }: Staging,
  open: readonly number[],
  staysWithinOrganizations: boolean,
): Promise<void> {
  const key = keyColumn(feed);
  const { value } = versionOf(feed);
  const staged = `${stage} WHERE ${isValid}`;
  // A day is part of such a key: the same record is of the same day, and only months with one of the stage are read.
  const ofDays = isKeyOfDay(feed)
    ? ` AND period_from BETWEEN (SELECT min(period_from) FROM ${staged}) AND (SELECT max(period_from) FROM ${staged})`
    : '';
  const ofStage = `partner_id = {partner:UUID}${ofDays} AND ${key} IN (SELECT ${key} FROM ${staged}) AND ${standing(feed)}`;
  const parameters = { partner: partnerId, open };
  if (feed.laterBy === 'import') {
    // The organization is part of the key, so nothing of another one can be meant.
    await store.run(
      `INSERT INTO ${known} SELECT ${key}, argMax(${value}, batch), max(batch) FROM @region.${feed.table}
       WHERE ${ofStage} GROUP BY ${key} ${withoutIndex}`,
      { parameters },
    );
    return;
  }
  const time = staysWithinOrganizations
    ? `if(org_uuid IN (SELECT org_uuid FROM ${stage} WHERE ${isValid}), ${value}, toDateTime64('2299-12-31 00:00:00', 3, 'UTC'))`
    : value;
  await store.run(
    `INSERT INTO ${known} SELECT ${key}, max(${time}), argMax(batch, ${time}) FROM @region.${feed.table} WHERE ${ofStage} GROUP BY ${key} ${withoutIndex}`,
    { parameters },
  );
}

/**
 * Remembers which older versions the rows of the stage replace; they are left out of questions from this batch's commit on and marked
 * later. After dropKnown and holding: a held row replaces nothing yet. Returns how many of which imports.
 */
export async function markSuperseded(staging: Staging): Promise<Overlaps> {
  const { store, stage, known, partnerId, batch, feed } = staging;
  if (await isNoneKnown(staging)) return new Map();
  const key = keyColumn(feed);
  const newer = overlapsOf(
    await store.ask<BatchRows>(
      `SELECT old_batch AS batch, count() AS rows FROM ${known} WHERE ${key} IN (SELECT ${key} FROM ${stage} WHERE ${isValid}) GROUP BY old_batch`,
      { seconds: 600 },
    ),
  );
  if (newer.size === 0) return newer;
  await store.run(
    `INSERT INTO @region.superseded (partner_id, by_batch, report_id, old_batch)
     SELECT {partner:UUID}, {batch:UInt32}, k.${key}, k.old_batch FROM ${known} AS k WHERE k.${key} IN (SELECT ${key} FROM ${stage} WHERE ${isValid})`,
    { parameters: { partner: partnerId, batch } },
  );
  return newer;
}

/** From when to when the rows of a batch are, those that it holds included. */
export async function stageSpan({
  store,
  stage,
  batch,
  partnerId,
  feed,
}: Staging): Promise<{ rows: number; first: string | null; last: string | null }> {
  const [from, to] = isPeriodic(feed)
    ? ["toDateTime64(period_from, 3, 'UTC')", "toDateTime64(period_to, 3, 'UTC')"]
    : [feed.time, feed.time];
  const span = `SELECT ${from} AS span_from, ${to} AS span_to FROM`;
  const [row] = await store.ask<{ rows: number; first: string; last: string }>(
    `SELECT count() AS rows, ${instantText('min(span_from)')} AS first, ${instantText('max(span_to)')} AS last FROM (
       ${span} ${stage} WHERE ${isValid}
       UNION ALL ${span} @region.${feed.held} WHERE partner_id = {partner:UUID} AND batch = {batch:UInt32})`,
    { parameters: { partner: partnerId, batch }, seconds: 600 },
  );
  return row && row.rows > 0 ? row : { rows: 0, first: null, last: null };
}

/** How many rows that a batch brings or holds are of days before one; of a period the last day decides. */
export async function countBefore({ store, stage, batch, partnerId, feed }: Staging, day: string): Promise<number> {
  const isBefore = `${isPeriodic(feed) ? 'period_to' : 'day'} < {day:Date}`;
  const [row] = await store.ask<{ n: number }>(
    `SELECT (SELECT countIf(${isValid} AND ${isBefore}) FROM ${stage}) +
       (SELECT count() FROM @region.${feed.held} WHERE partner_id = {partner:UUID} AND batch = {batch:UInt32} AND ${isBefore}) AS n`,
    { parameters: { partner: partnerId, batch, day }, seconds: 600 },
  );
  return row?.n ?? 0;
}

export async function countStaged({ store, stage }: Pick<Staging, 'store' | 'stage'>): Promise<number> {
  const [row] = await store.ask<{ n: number }>(`SELECT countIf(${isValid}) AS n FROM ${stage}`, { seconds: 600 });
  return row?.n ?? 0;
}

/** Makes the staged partitions part of a table of the same shape: no row is copied. Atomic per partition; the batch's word is the directory's. */
export async function attachStage({ store, stage }: Staging, table: string): Promise<void> {
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
