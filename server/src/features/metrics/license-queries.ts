import { countedWhere, licenseRows } from '../imports/index.ts';
import { askGrouped, narrowing, type Source } from './source-queries.ts';
import { lastDaysOf, windowParameters } from './window.ts';

/** What snapshots call licenses of Webex Calling; calling plans are numbers, and Call on Webex is another product. */
export const isCallingProduct = `(positionCaseInsensitive(product, 'calling') > 0 AND positionCaseInsensitive(product, 'calling plan') = 0)`;

/** Licenses of Calling that are assigned: by subscription, product and site the latest snapshot of the seven days that end with the bucket. */
export const licenseSource: Source = (question) => {
  const { store, scope, visible, window } = question;
  const { sql, parameters } = countedWhere(scope, visible, 'record_id');
  const narrow = narrowing(question);
  const ends = lastDaysOf(window).map((day) => `toDate('${day}')`);
  const where = `${sql} AND ${isCallingProduct} AND isNotNull(assigned) AND period_from > {from:Date} - 7 AND period_from <= {to:Date}${narrow.sql}`;
  const rows = licenseRows(visible, { where, line: `'calling'` });
  const latest = `SELECT org_uuid, subscription, product, site, bucket, argMax(assigned, (period_from, batch)) AS of_line FROM (
      SELECT org_uuid, subscription, product, site, period_from, batch, assigned,
        arrayJoin(arrayFilter(at -> period_from > ends[at + 1] - 7 AND period_from <= ends[at + 1], range(length(ends)))) AS bucket
      FROM (SELECT org_uuid, subscription, product, site, period_from, batch, assigned, [${ends.join(', ')}] AS ends FROM ${rows}))
    GROUP BY org_uuid, subscription, product, site, bucket`;
  return askGrouped(store, {
    grouped: `SELECT org_uuid, '' AS row_key, '' AS row_name, '' AS row_location, toInt32(bucket) AS bucket, sum(of_line) AS assigned, 1 AS isKnown
      FROM (${latest}) GROUP BY org_uuid, bucket`,
    parts: ['assigned', 'isKnown'],
    parameters: { ...parameters, ...narrow.parameters, ...windowParameters(window) },
    length: window.labels.length,
  });
};
