import { qualityPolicies, type QualityPolicy } from '@hub/contract/calling-policy';
import type { Parameters } from '../../platform/regional-store/index.ts';
import { countedWhere, locationName, mediaEndpointType, mediaRollup, mediaUser, poorRollup } from '../imports/index.ts';
import { ofDaysAndWeeks, rolledUpWhere } from './rolled-up-queries.ts';
import {
  askGrouped,
  namedOnly,
  narrowing,
  placeKeys,
  questionSeconds,
  type Source,
  type SourceQuestion,
  withPlaceNames,
} from './source-queries.ts';
import { bucketOfDay, bucketOfTime, daysWhere, windowParameters } from './window.ts';

/** Names of parts are those of no other source. */
const partOf = (column: string): string => (column === 'legs' ? mediaLegs : column);

/** Is counted beside whatever is asked of media: who has none has no row. */
export const mediaLegs = 'legs_of_media';
/** Media rows by their quality under each policy. */
export const qualityParts: readonly string[] = [
  mediaLegs,
  ...qualityPolicies.flatMap((policy) => [`${policy}_good`, `${policy}_poor`]),
];

const noUuidAtAll = "toUUID('00000000-0000-0000-0000-000000000000')";
const mediaUserRow = `concat(if(user_uuid = ${noUuidAtAll}, '${namedOnly}', ''), toString(${mediaUser}))`;

function keyOf({ by }: SourceQuestion, endpointType: string): string {
  if (by === 'endpointType') return endpointType;
  return by === 'user' ? mediaUserRow : placeKeys(by);
}

/** Media rows, and what is asked of their quality, of what was heard and seen: sums under averages, streams and their durations. */
export const mediaSource: Source = (question) => {
  const { store, window, by, addedUp } = question;
  const columns = Object.keys(mediaRollup.sums).filter(
    (column) => column === 'legs' || question.parts.includes(column),
  );
  const { sql, parameters } = mediaSums(question, columns);
  const names =
    by === 'user'
      ? 'any(user_name) AS row_name, any(user_location) AS row_location'
      : "'' AS row_name, '' AS row_location";
  const sums = columns.map((column) => `sum(${column}) AS of_${column}`);
  // One hash to group by instead of what it is of.
  const grouped = `SELECT any(org_uuid) AS of_org, any(row_key) AS of_key, ${names}, any(bucket) AS of_bucket, ${sums.join(', ')}
    FROM (${sql}) GROUP BY cityHash64(${addedUp ? '' : 'org_uuid, '}row_key, bucket) HAVING of_legs != 0`;
  const renamed = `SELECT ${addedUp ? noUuidAtAll : 'of_org'} AS org_uuid, of_key AS row_key, row_name, row_location, of_bucket AS bucket,
      ${columns.map((column) => `of_${column} AS ${partOf(column)}`).join(', ')} FROM (${grouped})`;
  return askGrouped(store, {
    grouped: withPlaceNames(renamed, by),
    parts: columns.map(partOf),
    parameters,
    length: window.labels.length,
  });
};

/** By organization and bucket, which endpoint type or location has the highest share of poor rows; of those that are alike the one with more of known quality. */
export interface WorstRow {
  org: string;
  by: WorstBy;
  /** Null where none is poor. */
  words: (string | null)[];
}
export type WorstBy = 'endpointType' | 'location';

/** Of all customers at once it takes half the bytes of what it is found among, and none of the time of sorting that here. */
export async function askWorst(
  question: SourceQuestion,
  { policy, kinds }: { policy: QualityPolicy; kinds: readonly WorstBy[] },
): Promise<WorstRow[]> {
  const length = question.window.labels.length;
  const of = { good: `${policy}_good`, poor: `${policy}_poor` };
  const asked = kinds.map((by) => {
    const { sql, parameters } = mediaSums({ ...question, by }, [of.good, of.poor]);
    // One hash to group by instead of what it is of: two thirds of the time.
    const judged = `SELECT any(org_uuid) AS of_org, any(row_key) AS of_key, any(bucket) AS of_bucket, sum(${of.poor}) AS poor, sum(${of.good}) + poor AS known
      FROM (${sql}) GROUP BY cityHash64(org_uuid, row_key, bucket) HAVING poor > 0`;
    const named = withPlaceNames(`SELECT *, of_key AS row_key, '' AS row_name FROM (${judged})`, by);
    const word = by === 'location' ? 'row_name' : 'toString(row_key)';
    const worst = `SELECT of_org, of_bucket, argMin(${word}, (-(poor / known), -known, ${word})) AS word FROM (${named}) GROUP BY of_org, of_bucket`;
    return {
      sql: `SELECT toString(of_org) AS org, '${by}' AS by, groupArray(of_bucket) AS buckets, groupArray(word) AS words FROM (${worst}) GROUP BY of_org`,
      parameters,
    };
  });
  const rows = await question.store.ask<{ org: string; by: WorstBy; buckets: number[]; words: string[] }>(
    asked.map(({ sql }) => sql).join(' UNION ALL '),
    {
      parameters: Object.assign({}, ...asked.map(({ parameters }) => parameters)) as Parameters,
      seconds: questionSeconds,
    },
  );
  return rows.map(({ org, by, buckets, words }) => {
    const all = new Array<string | null>(length).fill(null);
    for (const [at, bucket] of buckets.entries()) all[bucket] = words[at] ?? null;
    return { org, by, words: all };
  });
}

/** org_uuid, row_key, bucket, and sums of media rows that are still to be added up. */
function mediaSums(question: SourceQuestion, columns: readonly string[]): { sql: string; parameters: Parameters } {
  const { window, by, hasRollups } = question;
  const usesRollup = hasRollups && window.isOfUtcDays && by !== 'user';
  return usesRollup ? ofRollup(question, columns) : ofRows(question, columns);
}

function ofRollup(question: SourceQuestion, columns: readonly string[]) {
  const key = `${keyOf(question, 'endpoint_type')} AS row_key`;
  const bucket = `${bucketOfDay(question.window)} AS bucket`;
  return ofDaysAndWeeks(question, 'media', `org_uuid, ${key}, ${bucket}, ${columns.join(', ')}`);
}

/** The same sums from the rows themselves. */
function ofRows(question: SourceQuestion, columns: readonly string[]) {
  const { scope, visible, window, by } = question;
  const { sql, parameters } = countedWhere(scope, visible, 'record_id');
  const narrow = narrowing(question);
  const time = bucketOfTime(window);
  const names = by === 'user' ? `, any(user) AS user_name, any(toString(${locationName})) AS user_location` : '';
  const sums = columns.map((name) => `${mediaRollup.sums[name]} AS ${name}`);
  return {
    sql: `SELECT org_uuid, ${keyOf(question, mediaEndpointType)} AS row_key, ${time.bucket} AS bucket${names}, ${sums.join(', ')}
      FROM @region.media_quality WHERE ${sql} AND ${time.where}${narrow.sql} GROUP BY org_uuid, row_key, bucket`,
    parameters: { ...parameters, ...narrow.parameters, ...windowParameters(window) },
  };
}

/** Different users with a poor leg, under each policy. Whoever has none has no row. */
export const affectedSource: Source = (question) => {
  const { store, window, hasRollups } = question;
  const { sql, parameters } = hasRollups && window.isOfUtcDays ? poorRolledUp(question) : poorRows(question);
  const parts = qualityPolicies.map((policy) => `${policy}_affected`);
  const sums = qualityPolicies.map((policy) => `sum(${policy}_poor) AS of_${policy}`);
  const counts = qualityPolicies.map((policy) => `countIf(of_${policy} > 0) AS ${policy}_affected`);
  // One hash to group by instead of what it is of.
  const users = `SELECT any(org_uuid) AS of_org, any(bucket) AS of_bucket, ${sums.join(', ')} FROM (${sql})
    GROUP BY cityHash64(org_uuid, user_key, bucket)`;
  const grouped = `SELECT of_org AS org_uuid, '' AS row_key, '' AS row_name, '' AS row_location, of_bucket AS bucket, ${counts.join(', ')}
    FROM (${users}) GROUP BY org_uuid, bucket HAVING ${parts.join(' + ')} > 0`;
  return askGrouped(store, { grouped, parts, parameters, length: window.labels.length });
};

const poorColumns = qualityPolicies.map((policy) => `${policy}_poor`).join(', ');

function poorRolledUp(question: SourceQuestion) {
  const { sql, parameters } = rolledUpWhere(question);
  return {
    sql: `SELECT org_uuid, user_key, ${bucketOfDay(question.window)} AS bucket, ${poorColumns}
      FROM @region.${poorRollup.table} WHERE ${sql} AND ${daysWhere}`,
    parameters,
  };
}

function poorRows(question: SourceQuestion) {
  const { scope, visible, window } = question;
  const { sql, parameters } = countedWhere(scope, visible, 'record_id');
  const narrow = narrowing(question);
  const time = bucketOfTime(window);
  const { groups, sums, facts } = poorRollup;
  return {
    sql: `SELECT org_uuid, ${groups['user_key']} AS user_key, ${time.bucket} AS bucket,
        ${Object.entries(sums)
          .map(([name, sum]) => `${sum} AS ${name}`)
          .join(', ')}
      FROM @region.media_quality WHERE ${sql} AND ${time.where}${narrow.sql} AND ${facts} GROUP BY org_uuid, user_key, bucket`,
    parameters: { ...parameters, ...narrow.parameters, ...windowParameters(window) },
  };
}
