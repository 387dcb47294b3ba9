import type { Parameters } from '../../platform/regional-store/index.ts';
import {
  countedWhere,
  featureLegs,
  featureParts,
  featureRollup,
  hasFeature,
  legRollup,
  type FeaturePart,
  locationName,
  userKey,
} from '../imports/index.ts';
import type { KnownQuestion } from './known-queries.ts';
import { ofDaysAndWeeks, rolledUpWhere } from './rolled-up-queries.ts';
import {
  askColumns,
  askGrouped,
  narrowing,
  placeKeys,
  questionSeconds,
  type Source,
  type SourceQuestion,
  withPlaceNames,
} from './source-queries.ts';
import { bucketOfDay, bucketOfTime, bucketsOfDays, daysWhere, windowOf, windowParameters } from './window.ts';

interface From {
  /** bucket, org_uuid, place_key, user_key, legs, seconds, day: of person legs. */
  sql: string;
  parameters: Parameters;
}

/** Person legs added up by user and day where that answers the question, or else one by one. */
function personLegs(question: SourceQuestion, bucket?: string): From {
  const { scope, visible, window, hasRollups } = question;
  const narrow = narrowing(question);
  const rest = { ...narrow.parameters, ...windowParameters(window) };
  if (hasRollups && window.isOfUtcDays) {
    const columns = `${bucket ?? bucketOfDay(window)} AS bucket, org_uuid, place_key, user_key, legs, seconds`;
    if (bucket === undefined) return ofDaysAndWeeks(question, 'legs', columns);
    const { sql, parameters } = rolledUpWhere(question);
    return { sql: `SELECT ${columns} FROM @region.${legRollup.table} WHERE ${sql} AND ${daysWhere}`, parameters };
  }
  const { sql, parameters } = countedWhere(scope, visible, 'report_id');
  const time = bucketOfTime(window);
  return {
    sql: `SELECT ${bucket ?? time.bucket} AS bucket, org_uuid, place_key, ${userKey} AS user_key, toInt64(1) AS legs,
        if(ifNull(answered, false), toInt64(duration), 0) AS seconds
      FROM @region.call_leg WHERE ${sql} AND is_person AND ${time.where}${narrow.sql}`,
    parameters: { ...parameters, ...rest },
  };
}

const legParts = ['legs', 'seconds', 'users', 'light', 'regular', 'heavy'];

/** Person legs, seconds of the answered ones, users who had one, and how many of them are in each band of use. */
export const legSource: Source = async (question) => {
  const { store, window, by, bands, orgUuid } = question;
  const from = personLegs(question);
  const length = window.labels.length;
  const key = by === 'user' ? 'user_key' : placeKeys(by);
  const parameters = { ...from.parameters, ...bands };
  const rows =
    length <= mostColumns && orgUuid === undefined
      ? await askColumns(store, { grouped: ofUsers(from.sql, key, length), by, parts: legParts, parameters })
      : await askGrouped(store, {
          grouped: withPlaceNames(ofUsersAndBuckets(from.sql, key), by),
          parts: legParts,
          parameters,
          length,
        });
  return by === 'user' ? withUserNames(question, rows) : rows;
};

// A row a user with a pair of columns for each bucket: half the time of a row a user and bucket. Many columns cost more than that, and of one customer
// planning them takes most of the time.
const mostColumns = 16;

function ofUsers(legs: string, key: string, length: number): string {
  const each = (column: (bucket: number) => string): string => Array.from({ length }, (_, at) => column(at)).join(', ');
  const sums = each((at) => `sumIf(legs, bucket = ${at}) AS l${at}, sumIf(seconds, bucket = ${at}) AS s${at}`);
  // One hash to group by instead of what it is of: a fifth of the time.
  const users = `SELECT any(org_uuid) AS org, any(${key}) AS key_of_row, ${sums} FROM (${legs}) GROUP BY cityHash64(org_uuid, ${key}, user_key)`;
  return `SELECT org AS org_uuid, key_of_row AS row_key, [${each((at) => `sum(l${at})`)}] AS legs, [${each((at) => `sum(s${at})`)}] AS seconds,
      [${each((at) => `countIf(l${at} > 0)`)}] AS users, [${each((at) => `countIf(l${at} > 0 AND l${at} < {regularFrom:UInt32})`)}] AS light,
      [${each((at) => `countIf(l${at} >= {regularFrom:UInt32} AND l${at} < {heavyFrom:UInt32})`)}] AS regular,
      [${each((at) => `countIf(l${at} >= {heavyFrom:UInt32})`)}] AS heavy
    FROM (${users}) GROUP BY org, key_of_row HAVING arrayExists(sum -> sum != 0, legs)`;
}

const ofUsersAndBuckets = (legs: string, key: string): string =>
  `SELECT org_uuid, row_key, '' AS row_name, '' AS row_location, bucket, sum(of_user) AS legs, sum(of_seconds) AS seconds,
      countIf(of_user > 0) AS users, countIf(of_user > 0 AND of_user < {regularFrom:UInt32}) AS light,
      countIf(of_user >= {regularFrom:UInt32} AND of_user < {heavyFrom:UInt32}) AS regular, countIf(of_user >= {heavyFrom:UInt32}) AS heavy
    FROM (SELECT org_uuid, ${key} AS row_key, bucket, user_key, sum(legs) AS of_user, sum(seconds) AS of_seconds
      FROM (${legs}) GROUP BY org_uuid, row_key, bucket, user_key)
    GROUP BY org_uuid, row_key, bucket HAVING legs != 0`;

type Rows = Awaited<ReturnType<Source>>;

/** Of one organization: what its users are called, and where they are, by their last leg of the window. */
async function withUserNames(question: SourceQuestion, rows: Rows): Promise<Rows> {
  const { store, scope, visible, window } = question;
  const { sql, parameters } = countedWhere(scope, visible, 'report_id');
  const narrow = narrowing(question);
  const time = bucketOfTime(window);
  const named = await store.ask<{ key: string; name: string; location: string }>(
    `SELECT toString(${userKey}) AS key, argMax(user, start_time) AS name, argMax(toString(${locationName}), start_time) AS location
     FROM @region.call_leg WHERE ${sql} AND is_person AND ${time.where}${narrow.sql} GROUP BY key`,
    { parameters: { ...parameters, ...narrow.parameters, ...windowParameters(window) } },
  );
  const names = new Map(named.map((user) => [user.key, user]));
  return rows.map((row) => ({
    ...row,
    name: names.get(row.key)?.name ?? '',
    location: names.get(row.key)?.location ?? '',
  }));
}

export interface UserQuestion extends KnownQuestion {
  /** The last UTC day. */
  day: string;
  /** How many days a window has, and how many windows there are, one before the other. */
  days: number;
  windows: number;
  /** Only of these organizations; all of the scope without. */
  orgs: readonly string[] | undefined;
}

/** By organization, users with a person leg in each of some windows, the newest first. */
export async function countUsersBack(
  { day, days, windows, orgs, ...known }: UserQuestion,
  now: Date,
): Promise<Map<string, number[]>> {
  const from = new Date(Date.parse(day) - (days * windows - 1) * 86_400_000).toISOString().slice(0, 10);
  const window = windowOf({ from, to: day, bucket: 'whole', zone: 'UTC' }, now);
  const bucket = `toInt32(intDiv(toInt32({to:Date}) - toInt32(day), ${days}))`;
  const bands = { regularFrom: 2, heavyFrom: 3 };
  const whole = { by: 'customer', orgUuid: undefined, location: undefined, bands, parts: [] } as const;
  const legs = personLegs({ ...known, ...whole, window }, bucket);
  const rows = await known.store.ask<{ org: string; windows: number[]; users: number[] }>(
    `SELECT toString(org_uuid) AS org, groupArray(bucket) AS windows, groupArray(users) AS users
    FROM (SELECT org_uuid, bucket, countIf(of_user > 0) AS users
      FROM (SELECT org_uuid, bucket, user_key, sum(legs) AS of_user FROM (${legs.sql})
        ${orgs === undefined ? '' : 'WHERE org_uuid IN {orgs:Array(UUID)}'} GROUP BY org_uuid, bucket, user_key)
      GROUP BY org_uuid, bucket)
    GROUP BY org_uuid`,
    { parameters: { ...legs.parameters, ...(orgs === undefined ? {} : { orgs }) }, seconds: questionSeconds },
  );
  return new Map(
    rows.map((row) => {
      const users = new Array<number>(windows).fill(0);
      for (const [at, window] of row.windows.entries()) users[window] = row.users[at] ?? 0;
      return [row.org, users];
    }),
  );
}

/** Users with a leg on each UTC day of the range, of an organization: the highest and the average day are told from them. */
export const dailyUserSource: Source = async (question) => {
  const { store, window } = question;
  const day = `toInt32(toInt32(day) - toInt32({from:Date}))`;
  const from = personLegs(question, day);
  const grouped = `SELECT org_uuid, '' AS row_key, '' AS row_name, '' AS row_location, bucket, countIf(of_user > 0) AS usersByDay
    FROM (SELECT org_uuid, bucket, user_key, sum(legs) AS of_user FROM (${from.sql}) GROUP BY org_uuid, bucket, user_key)
    GROUP BY org_uuid, bucket`;
  return askGrouped(store, {
    grouped,
    parts: ['usersByDay'],
    parameters: from.parameters,
    length: bucketsOfDays(window).length,
  });
};

/** Calls that a person began: different (Correlation ID, User UUID) among originating person legs. Not additive, so from the legs; of lists that short, arrays tell the different ones faster than sets. */
export const callSource: Source = (question) => {
  const { store, scope, visible, window, by } = question;
  const { sql, parameters } = countedWhere(scope, visible, 'report_id');
  const time = bucketOfTime(window);
  const narrow = narrowing(question);
  const key = by === 'user' ? userKey : placeKeys(by);
  const grouped = `SELECT org_uuid, ${key} AS row_key, '' AS row_name, '' AS row_location, ${time.bucket} AS bucket, arrayUniq(groupArray(session_key)) AS calls
    FROM @region.call_leg WHERE ${sql} AND bitAnd(counted_as, 2) != 0 AND ${time.where}${narrow.sql}
    GROUP BY org_uuid, row_key, bucket`;
  return askGrouped(store, {
    grouped: withPlaceNames(grouped, by),
    parts: ['calls'],
    parameters: { ...parameters, ...narrow.parameters, ...windowParameters(window) },
    length: window.labels.length,
  });
};

/** Calls that used a feature: different Call IDs per customer and location. */
export const featureSource: Source = (question) => {
  const { store, window, by, hasRollups } = question;
  const features = featureParts.filter((part) => question.parts.includes(part));
  const usesRollup = hasRollups && window.isOfUtcDays;
  const { sql, parameters } = usesRollup ? rolledUpCalls(question, features) : callsOfLegs(question, features);
  // Both are hashes already.
  const counts = features.map(
    (name) =>
      `arrayUniq(groupArrayIf(bitXor(place_key, call_key), ${usesRollup ? hasFeature(name) : featureLegs[name]})) AS ${name}`,
  );
  const key = placeKeys(by);
  // One hash to group by instead of what it is of.
  const hashed = `SELECT any(org_uuid) AS org, any(${key}) AS row_key, any(bucket) AS of_bucket, ${counts.join(', ')}
    FROM (${sql}) GROUP BY cityHash64(org_uuid, ${key}, bucket)`;
  const grouped = `SELECT org AS org_uuid, row_key, '' AS row_name, '' AS row_location, of_bucket AS bucket, ${features.join(', ')} FROM (${hashed})`;
  return askGrouped(store, {
    grouped: withPlaceNames(grouped, by),
    parts: features,
    parameters,
    length: window.labels.length,
  });
};

function callsOfLegs(question: SourceQuestion, features: readonly FeaturePart[]): From {
  const { scope, visible, window } = question;
  const { sql, parameters } = countedWhere(scope, visible, 'report_id');
  const time = bucketOfTime(window);
  const narrow = narrowing(question);
  return {
    sql: `SELECT org_uuid, place_key, call_key, ${time.bucket} AS bucket, counted_as, related_reason, user_type, call_recording_result
      FROM @region.call_leg WHERE ${sql} AND ${time.where}${narrow.sql} AND (${features.map((name) => `(${featureLegs[name]})`).join(' OR ')})`,
    parameters: { ...parameters, ...narrow.parameters, ...windowParameters(window) },
  };
}

/** A row is a call, but where an import took legs of it away: of those few it is added up what is left. */
function rolledUpCalls(question: SourceQuestion, features: readonly FeaturePart[]): From {
  const { sql, parameters } = rolledUpWhere(question);
  const bucket = `${bucketOfDay(question.window)} AS bucket`;
  const calls = `@region.${featureRollup.table} WHERE ${sql} AND ${daysWhere}`;
  const used = features.map(hasFeature).join(' OR ');
  const changed = `(SELECT call_key FROM ${calls} AND legs < 0)`;
  return {
    sql: `SELECT org_uuid, place_key, call_key, features, ${bucket} FROM ${calls} AND (${used}) AND call_key NOT IN ${changed}
      UNION ALL SELECT org_uuid, place_key, call_key, features, ${bucket} FROM ${calls} AND (${used}) AND call_key IN ${changed}
        GROUP BY org_uuid, place_key, call_key, features, bucket HAVING sum(legs) > 0`,
    parameters,
  };
}
