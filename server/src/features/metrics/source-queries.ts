import type { UsageBands } from '@hub/contract/calling-policy';
import type { Dimension } from '@hub/contract/metrics';
import type { Parameters, RegionalStore } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import type { Visibility } from '../imports/index.ts';
import type { Window } from './window.ts';

/** What questions need of a store. */
export type AskedStore = Pick<RegionalStore, 'ask'>;

/** The same store; its questions end when whoever asks has left. */
export const askedUntil = (store: AskedStore, left: AbortSignal): AskedStore => ({
  ask: (sql, options) => store.ask(sql, { ...options, left }),
});

/** What every source is asked: whose facts, which of them count, when, and by what they are told apart. */
export interface SourceQuestion {
  store: AskedStore;
  scope: CustomerScope;
  visible: Visibility;
  window: Window;
  /** Rows are always told apart by organization; this comes on top. */
  by: Dimension;
  orgUuid: string | undefined;
  /** Exactly this location of the organization. */
  location: string | undefined;
  bands: UsageBands;
  /** Which parts are asked for, where a source counts no others. */
  parts: readonly string[];
  /** Only these organizations, or all but these, added up over them: their rows have no organization. */
  addedUp?: AddedUp | undefined;
  /** Rollups hold everything, so that they may be asked in place of the facts. */
  hasRollups: boolean;
}

export interface AddedUp {
  orgs: readonly string[];
  areLeftOut: boolean;
}

/** What a source counted of one organization and, within it, of one key: by part, a number a bucket. */
export interface SourceRow {
  org: string;
  /** Tells the rows of an organization apart; empty by customer. */
  key: string;
  /** Of the location, endpoint type, user or queue. */
  name: string;
  /** Where a user or a queue is. */
  location: string;
  parts: Parts;
}

/** Begins the key of a user that a source knows by e-mail or name only: no key of call legs. */
export const namedOnly = '?';

/** By name, a number a bucket (or a UTC day of the range, where the part is called ...ByDay). */
export type Parts = Readonly<Record<string, readonly number[]>>;

export type Source = (question: SourceQuestion) => Promise<SourceRow[]>;

interface Raw {
  org: string;
  row_key: string;
  row_name: string;
  row_location: string;
  /** Of each part a number a bucket. */
  told: number[][];
}

export interface GroupedQuestion {
  /** SELECT org_uuid, row_key, row_name, row_location, bucket, and a column for each part; a row an organization, key and bucket. */
  grouped: string;
  parts: readonly string[];
  parameters: Parameters;
  /** How long the arrays are. */
  length: number;
}

/** Questions of this feature end after so many seconds. */
export const questionSeconds = 10;

/** Asks for one row an organization and key, with a list a part, instead of one a bucket: a third of the bytes. */
export function askGrouped(
  store: AskedStore,
  { grouped, parts, parameters, length }: GroupedQuestion,
): Promise<SourceRow[]> {
  const lists = parts.map(
    (part) => `groupArrayInsertAt(0.0, ${length})(ifNull(toFloat64(${part}), 0), toUInt32(bucket))`,
  );
  return askLists(
    store,
    `SELECT org_uuid, row_key, any(row_name) AS row_name, any(row_location) AS row_location, [${lists.join(', ')}] AS told
    FROM (${grouped}) GROUP BY org_uuid, row_key`,
    { parts, parameters },
  );
}

/** Asks for what has a number a bucket in each part already: SELECT org_uuid, row_key, and an array for each part. */
export function askColumns(
  store: AskedStore,
  {
    grouped,
    by,
    parts,
    parameters,
  }: { grouped: string; by: Dimension; parts: readonly string[]; parameters: Parameters },
): Promise<SourceRow[]> {
  const named = withPlaceNames(`SELECT *, '' AS row_name FROM (${grouped})`, by);
  const lists = parts.map((part) => `arrayMap(value -> toFloat64(value), ${part})`);
  return askLists(
    store,
    `SELECT org_uuid, row_key, row_name, '' AS row_location, [${lists.join(', ')}] AS told FROM (${named})`,
    {
      parts,
      parameters,
    },
  );
}

/** Numbers without their names, which would be most of the bytes. */
async function askLists(
  store: AskedStore,
  sql: string,
  { parts, parameters }: Pick<GroupedQuestion, 'parts' | 'parameters'>,
): Promise<SourceRow[]> {
  const rows = await store.ask<Raw>(
    `SELECT toString(org_uuid) AS org, toString(row_key) AS row_key, row_name, row_location, told FROM (${sql})`,
    { parameters, seconds: questionSeconds },
  );
  return rows.map(({ org, row_key, row_name, row_location, told }) => {
    const named: Record<string, readonly number[]> = {};
    for (const [at, part] of parts.entries()) named[part] = told[at] ?? [];
    return { org, key: row_key, name: row_name, location: row_location, parts: named };
  });
}

/** The key, the name and the location of rows by customer or location; users and queues have their own. */
export const placeKeys = (by: Dimension): string => (by === 'location' ? 'place_key' : "''");

/** Names places by their key: what is grouped by place_key gets its location's name. */
export function withPlaceNames(grouped: string, by: Dimension): string {
  if (by !== 'location') return grouped;
  return `SELECT g.* EXCEPT (row_name), p.location AS row_name FROM (${grouped}) AS g
    ANY LEFT JOIN (SELECT place_key, location FROM @region.place WHERE partner_id = {scopePartner:UUID}) AS p ON g.row_key = p.place_key`;
}

/** Narrows facts or rollups to an organization and a place of it. */
export function narrowing({ orgUuid, location, addedUp }: SourceQuestion): { sql: string; parameters: Parameters } {
  if (addedUp && addedUp.orgs.length > 0)
    return {
      sql: ` AND org_uuid ${addedUp.areLeftOut ? 'NOT IN' : 'IN'} {orgs:Array(UUID)}`,
      parameters: { orgs: addedUp.orgs },
    };
  if (orgUuid === undefined) return { sql: '', parameters: {} };
  if (location === undefined) return { sql: ' AND org_uuid = {orgUuid:UUID}', parameters: { orgUuid } };
  return {
    sql: ' AND org_uuid = {orgUuid:UUID} AND place_key = sipHash64({orgUuid:UUID}, {location:String})',
    parameters: { orgUuid, location },
  };
}
