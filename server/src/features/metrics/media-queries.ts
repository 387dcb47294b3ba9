import { qualityPolicies } from '@hub/contract/calling-policy';
import {
  countedWhere,
  locationName,
  mediaEndpointType,
  mediaRollup,
  qualityOf,
  rollupWhere,
} from '../imports/index.ts';
import {
  askGrouped,
  namedOnly,
  narrowing,
  placeKeys,
  type Source,
  type SourceQuestion,
  withPlaceNames,
} from './source-queries.ts';
import { bucketOfDay, bucketOfTime, daysWhere, windowParameters } from './window.ts';

const qualityColumns = ['legs', ...qualityPolicies.flatMap((policy) => [`${policy}_good`, `${policy}_poor`])];
const otherColumns = Object.keys(mediaRollup.sums).filter((column) => !qualityColumns.includes(column));
/** Names of parts are those of no other source. */
const partOf = (column: string): string => (column === 'legs' ? 'legs_of_media' : column);

/** Who a media row is of: as a leg's user where both have the UUID. */
const noUuid = "user_uuid = toUUID('00000000-0000-0000-0000-000000000000')";
const mediaUser = `if(${noUuid}, sipHash64(email, user), sipHash64(user_uuid))`;
const mediaUserRow = `if(${noUuid}, concat('${namedOnly}', toString(sipHash64(email, user))), toString(sipHash64(user_uuid)))`;

function keyOf({ by }: SourceQuestion, endpointType: string): string {
  if (by === 'endpointType') return endpointType;
  return by === 'user' ? mediaUserRow : placeKeys(by);
}

/** Media rows, and their quality under each policy. */
export const qualitySource: Source = (question) => askMedia(question, qualityColumns);

/** The same, of what has a poor row under a policy: what the worst of a customer is found among. */
export const worstSource: Source = (question) => askMedia(question, qualityColumns, hasPoor);
const hasPoor = qualityPolicies.map((policy) => `of_${policy}_poor > 0`).join(' OR ');

/** What was heard and seen: the sums under the averages, streams and their durations. */
export const mediaSource: Source = (question) => askMedia(question, otherColumns);

function askMedia(question: SourceQuestion, columns: readonly string[], having = 'all_legs != 0'): ReturnType<Source> {
  const { store, window, by, hasRollups } = question;
  const usesRollup = hasRollups && window.isOfUtcDays && by !== 'user';
  const { sql, parameters } = usesRollup ? ofRollup(question, columns) : ofRows(question, columns);
  const names =
    by === 'user'
      ? 'any(user_name) AS row_name, any(user_location) AS row_location'
      : "'' AS row_name, '' AS row_location";
  const grouped = `SELECT org_uuid, row_key, ${names}, bucket, sum(legs) AS all_legs,
      ${columns.map((column) => `sum(${column}) AS of_${column}`).join(', ')}
    FROM (${sql}) GROUP BY org_uuid, row_key, bucket HAVING ${having}`;
  const renamed = `SELECT org_uuid, row_key, row_name, row_location, bucket, ${columns.map((column) => `of_${column} AS ${partOf(column)}`).join(', ')} FROM (${grouped})`;
  return askGrouped(store, {
    grouped: withPlaceNames(renamed, by),
    parts: columns.map(partOf),
    parameters,
    length: window.labels.length,
  });
}

const withLegs = (columns: readonly string[]): string[] => [...new Set(['legs', ...columns])];

function ofRollup(question: SourceQuestion, columns: readonly string[]) {
  const { scope, visible, window } = question;
  const { sql, parameters } = rollupWhere(scope, visible);
  const narrow = narrowing(question);
  return {
    sql: `SELECT org_uuid, ${keyOf(question, 'endpoint_type')} AS row_key, ${bucketOfDay(window)} AS bucket, ${withLegs(columns).join(', ')}
      FROM @region.${mediaRollup.table} WHERE ${sql} AND ${daysWhere}${narrow.sql}`,
    parameters: { ...parameters, ...narrow.parameters, ...windowParameters(window) },
  };
}

/** The same sums from the rows themselves. */
function ofRows(question: SourceQuestion, columns: readonly string[]) {
  const { scope, visible, window, by } = question;
  const { sql, parameters } = countedWhere(scope, visible, 'record_id');
  const narrow = narrowing(question);
  const time = bucketOfTime(window);
  const names = by === 'user' ? `, any(user) AS user_name, any(toString(${locationName})) AS user_location` : '';
  const sums = withLegs(columns).map((name) => `${mediaRollup.sums[name]} AS ${name}`);
  return {
    sql: `SELECT org_uuid, ${keyOf(question, mediaEndpointType)} AS row_key, ${time.bucket} AS bucket${names}, ${sums.join(', ')}
      FROM @region.media_quality WHERE ${sql} AND ${time.where}${narrow.sql} GROUP BY org_uuid, row_key, bucket`,
    parameters: { ...parameters, ...narrow.parameters, ...windowParameters(window) },
  };
}

/** Different users with a poor leg, under each policy. */
export const affectedSource: Source = (question) => {
  const { store, scope, visible, window } = question;
  const { sql, parameters } = countedWhere(scope, visible, 'record_id');
  const narrow = narrowing(question);
  const time = bucketOfTime(window);
  const counts = qualityPolicies.map(
    (policy) => `arrayUniq(groupArrayIf(${mediaUser}, ${qualityOf[policy]} = -1)) AS ${policy}_affected`,
  );
  const grouped = `SELECT org_uuid, '' AS row_key, '' AS row_name, '' AS row_location, ${time.bucket} AS bucket, ${counts.join(', ')}
    FROM @region.media_quality WHERE ${sql} AND ${time.where}${narrow.sql} GROUP BY org_uuid, row_key, bucket`;
  return askGrouped(store, {
    grouped,
    parts: qualityPolicies.map((policy) => `${policy}_affected`),
    parameters: { ...parameters, ...narrow.parameters, ...windowParameters(window) },
    length: window.labels.length,
  });
};
