import { sql } from 'kysely';
import type { TenantTx } from '../../../platform/directory/directory.ts';
import type { Parameters, RegionalStore } from '../../../platform/regional-store/index.ts';
import { dropTable, isValid, type Staging } from '../staging-queries.ts';
import { personColumnsOf } from './person-columns.ts';
import type { KnownBy } from './person-hash.ts';
import { isNamed, isOwn, namesInPieces, valuesIn, valuesOf } from './person-sql.ts';

const seconds = 600;

/** By organization, what its deleted people are known by. Most partners have none. */
export async function findForgotten(tx: TenantTx): Promise<Map<string, KnownBy[]>> {
  const { rows } = await sql<KnownBy & { orgUuid: string }>`
    select org_uuid as "orgUuid", hash, key_id as "keyId", bool_or(decides) as decides from forgotten_identifier
    group by org_uuid, hash, key_id order by org_uuid, hash`.execute(tx);
  return Map.groupBy(rows, ({ orgUuid }) => orgUuid);
}

/** Of these organizations those that an import brings rows of. */
export async function findStagedAmong({ store, stage }: Staging, orgUuids: readonly string[]): Promise<string[]> {
  const rows = await store.ask<{ org_uuid: string }>(
    `SELECT DISTINCT org_uuid FROM ${stage} WHERE ${isValid} AND org_uuid IN {orgs:Array(UUID)}`,
    { parameters: { orgs: orgUuids }, seconds },
  );
  return rows.map(({ org_uuid }) => org_uuid);
}

/**
 * Takes the person's rows out of the stage, and what names them out of the others; from the disk, before any row of the stage is attached
 * elsewhere. By which values the file knows them lies in memory meanwhile. Returns how many rows went.
 */
export async function forgetInStage(staging: Staging, orgUuid: string, who: Parameters): Promise<number> {
  const { store, stage, people, feed } = staging;
  const parameters = { org: orgUuid };
  const ofOrg = 'org_uuid = {org:UUID}';
  await dropTable(store, people.replace('@region.', ''));
  await store.run(`CREATE TABLE ${people} (value String, decides Bool) ENGINE = Memory`);
  await store.run(`INSERT INTO ${people} ${valuesIn(feed, `${stage} WHERE ${ofOrg}`)}`, {
    parameters: { ...who, ...parameters },
  });
  const values = valuesOf(people);
  const { named } = personColumnsOf(feed);
  const [found] = await store.ask<{ values: number; rows: number; fields: number[] }>(
    `SELECT (SELECT count() FROM ${people}) AS values, countIf(${isValid} AND ${isOwn(feed, values)}) AS rows,
       [${named.map((name) => `countIf(${isNamed(name, values)})`).join(', ')}] AS fields
     FROM ${stage} WHERE ${ofOrg}`,
    { parameters, seconds },
  );
  if (!found || found.values === 0) return 0;
  if (found.rows > 0)
    await store.run(
      `ALTER TABLE ${stage} DELETE WHERE ${ofOrg} AND ${isOwn(feed, values)} SETTINGS mutations_sync = 2`,
      { parameters },
    );
  const emptied = named.filter((_, at) => (found.fields[at] ?? 0) > 0);
  if (emptied.length > 0)
    await store.run(
      `ALTER TABLE ${stage} ${emptied
        .map((name) => `UPDATE ${name} = '' WHERE ${ofOrg} AND ${isNamed(name, values)}`)
        .join(', ')} SETTINGS mutations_sync = 2`,
      { parameters },
    );
  return found.rows;
}

/** Rejected rows of one organization: of imports that were given it as a whole, or that name it in any letter case. */
const rejectedOf = `partner_id = {partner:UUID} AND (batch IN {given:Array(UInt32)}
  OR arrayExists(v -> positionCaseInsensitive(v, {orgText:String}) > 0, arrayPushBack(record, value)))`;

export interface RejectedOf {
  partnerId: string;
  orgUuid: string;
  /** Imports that were said to be of the organization as a whole. */
  given: readonly number[];
  /** Of this import alone. */
  batch?: number;
}

const needlesAtOnce = 250; // the engine looks for up to 255

/** Of these organizations those that rejected rows of an import name, in any letter case. */
export async function findRejectedAmong(
  store: RegionalStore,
  { partnerId, batch }: { partnerId: string; batch: number },
  orgUuids: readonly string[],
): Promise<string[]> {
  const named: string[] = [];
  for (let at = 0; at < orgUuids.length; at += needlesAtOnce) {
    const orgs = orgUuids.slice(at, at + needlesAtOnce);
    const rows = await store.ask<{ place: number }>(
      `SELECT DISTINCT arrayJoin(arrayFilter((place, found) -> found > 0, range(length({orgs:Array(String)})), multiSearchAllPositionsCaseInsensitive(text, {orgs:Array(String)}))) AS place
       FROM @region.rejected_row ARRAY JOIN arrayPushBack(record, value) AS text WHERE partner_id = {partner:UUID} AND batch = {batch:UInt32}`,
      { parameters: { partner: partnerId, batch, orgs }, seconds },
    );
    named.push(...rows.flatMap(({ place }) => orgs[place] ?? []));
  }
  return named;
}

/** Rejected rows that name a person, as they were sent. */
export async function findRejectedNaming(
  store: RegionalStore,
  { partnerId, orgUuid, given, batch }: RejectedOf,
  who: Parameters,
): Promise<{ batch: number; rows: number[] }[]> {
  const names = `arrayExists(v -> ${namesInPieces('v')}, arrayPushBack(record, value))`;
  return store.ask(
    `SELECT batch, groupUniqArray(file_row) AS rows FROM @region.rejected_row
     WHERE ${rejectedOf}${batch === undefined ? '' : ' AND batch = {batch:UInt32}'} AND ${names} GROUP BY batch`,
    {
      parameters: { ...who, partner: partnerId, orgText: orgUuid, given, ...(batch === undefined ? {} : { batch }) },
      seconds,
    },
  );
}

const rowsAtOnce = 4000; // a statement has 256 kB at most

/** From the disk. Rows are named by their numbers: a statement is kept for a while. */
export async function deleteRejected(
  store: RegionalStore,
  partnerId: string,
  { batch, rows }: { batch: number; rows: readonly number[] },
): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await store.run(
      `ALTER TABLE @region.rejected_row DELETE WHERE partner_id = {partner:UUID} AND batch = {batch:UInt32} AND file_row IN {rows:Array(UInt64)} SETTINGS mutations_sync = 2`,
      { parameters: { partner: partnerId, batch, rows: rows.slice(at, at + rowsAtOnce) } },
    );
}

/** Whether a file of lines in UTF-8 names a person. */
export async function namesPerson(store: RegionalStore, path: string, who: readonly Parameters[]): Promise<boolean> {
  for (const parameters of who) {
    const [found] = await store.askFile<{ n: number }>({
      select: `SELECT count() AS n FROM (SELECT 1 FROM @file WHERE ${namesInPieces('line')} LIMIT 1)`,
      file: { path, format: 'LineAsString', structure: 'line String' },
      settings: {},
      parameters,
    });
    if (found && found.n > 0) return true;
  }
  return false;
}
