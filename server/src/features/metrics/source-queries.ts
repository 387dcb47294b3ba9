import type { UsageBands } from '@hub/contract/calling-policy';
import type { Dimension } from '@hub/contract/metrics';
import type { Parameters, RegionalStore } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import type { Visibility } from '../imports/index.ts';
import type { FeaturePart } from './feature-legs.ts';
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
  /** Which of the features are asked for. */
  features: readonly FeaturePart[];
  /** Rollups hold everything, so that they may be asked in place of the facts. */
  hasRollups: boolean;
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

type Column = Record<string, number[]>;
type Raw = { org: string; row_key: string; row_name: string; row_location: string; buckets: number[] } & Column;

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

/** Asks for one row an organization and key instead of one a bucket: a third of the bytes. */
export async function askGrouped(
  store: AskedStore,
  { grouped, parts, parameters, length }: GroupedQuestion,
): Promise<SourceRow[]> {
  // A NULL would be left out of its array, and the numbers after it stand in other buckets.
  const arrays = parts.map((part) => `groupArray(ifNull(toFloat64(${part}), 0)) AS ${part}`);
  const rows = await store.ask<Raw>(
    `SELECT toString(org_uuid) AS org, toString(row_key) AS row_key, any(row_name) AS row_name, any(row_location) AS row_location,
      groupArray(bucket) AS buckets, ${arrays.join(', ')}
    FROM (${grouped}) GROUP BY org_uuid, row_key`,
    { parameters, seconds: questionSeconds },
  );
  return rows.map((row) => ({
    org: row.org,
    key: row.row_key,
    name: row.row_name,
    location: row.row_location,
    parts: Object.fromEntries(parts.map((part) => [part, dense(row.buckets, row[part] ?? [], length)])),
  }));
}

type RawColumns = { org: string; row_key: string; row_name: string } & Record<string, number[]>;

/** Asks for what has a number a bucket in each part already: SELECT org_uuid, row_key, and an array for each part. */
export async function askColumns(
  store: AskedStore,
  {
    grouped,
    by,
    parts,
    parameters,
  }: { grouped: string; by: Dimension; parts: readonly string[]; parameters: Parameters },
): Promise<SourceRow[]> {
  const named = withPlaceNames(`SELECT *, '' AS row_name FROM (${grouped})`, by);
  const rows = await store.ask<RawColumns>(
    `SELECT toString(org_uuid) AS org, toString(row_key) AS row_key, row_name, ${parts.map((part) => `arrayMap(value -> toFloat64(value), ${part}) AS ${part}`).join(', ')}
    FROM (${named})`,
    { parameters, seconds: questionSeconds },
  );
  return rows.map((row) => ({
    org: row.org,
    key: row.row_key,
    name: row.row_name,
    location: '',
    parts: Object.fromEntries(parts.map((part) => [part, row[part] ?? []])),
  }));
}

function dense(buckets: readonly number[], values: readonly number[], length: number): number[] {
  const all = new Array<number>(length).fill(0);
  for (const [at, bucket] of buckets.entries()) all[bucket] = values[at] ?? 0;
  return all;
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
export function narrowing({ orgUuid, location }: SourceQuestion): { sql: string; parameters: Parameters } {
  if (orgUuid === undefined) return { sql: '', parameters: {} };
  if (location === undefined) return { sql: ' AND org_uuid = {orgUuid:UUID}', parameters: { orgUuid } };
  return {
    sql: ' AND org_uuid = {orgUuid:UUID} AND place_key = sipHash64({orgUuid:UUID}, {location:String})',
    parameters: { orgUuid, location },
  };
}
