import type { Product } from '@hub/contract/products';
import type { Parameters, RegionalStore } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import { countedWhere, legRollup, rollupWhere, userKey, type Visibility } from '../imports/index.ts';
import { latest, snapshotDays, sumOr } from './license-state-queries.ts';
import { productCode } from './product-sql.ts';
import { daysBetween } from './running-contracts.ts';

const questionSeconds = 30;

/** What is held at the end of a bucket, as sums that can be added up over organizations. Each sum is of the lines that tell it. */
export const heldParts = [
  'lines',
  'ordered',
  'ordered_lines',
  'assigned',
  'assigned_lines',
  'used',
  'used_lines',
  'available',
  'over',
  'compared_lines',
  'ordered_of_assigned',
  'assigned_of_ordered',
  'ordered_of_used',
  'used_of_ordered',
  'leg_lines',
] as const;
export type HeldPart = (typeof heldParts)[number];
export type Held = Readonly<Record<HeldPart, number>>;

export interface HeldQuestion {
  store: RegionalStore;
  scope: CustomerScope;
  visible: Visibility;
  hasRollups: boolean;
  /** The last days of the buckets, rising. */
  ends: readonly string[];
}

type HeldRow = { code: Product; bucket: number } & Record<HeldPart, number>;

/** All organizations of the scope together but those left out, by product and bucket. Buckets without a snapshot have no row. */
export async function findHeld(question: HeldQuestion, excluded: readonly string[]): Promise<HeldRow[]> {
  const { sql, parameters } = heldByOrganization(question, undefined);
  const sums = heldParts.map((part) => `sum(${part}) AS ${part}`).join(', ');
  return question.store.ask<HeldRow>(
    `SELECT code, bucket, ${sums} FROM (SELECT code, bucket, org_uuid, ${heldParts.join(', ')} FROM (${sql}))
    ${excluded.length === 0 ? '' : 'WHERE org_uuid NOT IN {excluded:Array(UUID)}'} GROUP BY code, bucket`,
    { parameters: { ...parameters, ...(excluded.length === 0 ? {} : { excluded }) }, seconds: questionSeconds },
  );
}

/** By organization, of one product. */
export async function findHeldByOrganization(
  question: HeldQuestion,
  product: Product,
): Promise<{ org: string; buckets: number[]; parts: Record<HeldPart, number[]> }[]> {
  const { sql, parameters } = heldByOrganization(question, product);
  const arrays = heldParts.map((part) => `groupArray(${part}) AS ${part}`).join(', ');
  const rows = await question.store.ask<{ org: string; buckets: number[] } & Record<HeldPart, number[]>>(
    `SELECT toString(org_uuid) AS org, groupArray(bucket) AS buckets, ${arrays}
    FROM (SELECT org_uuid, bucket, ${heldParts.join(', ')} FROM (${sql})) GROUP BY org_uuid`,
    { parameters, seconds: questionSeconds },
  );
  return rows.map(({ org, buckets, ...parts }) => ({ org, buckets, parts }));
}

/** Fewer are looked through for each row; of more it is counted where the first one stands. */
const fewEnds = 16;

/** The buckets of a day: those that end on it or at most six days later. `ends` has their last days. */
function bucketsOf(day: string, ends: readonly string[]): string {
  const step = stepOf(ends);
  const first = `greatest(0, intDiv(toInt32(${day}) - toInt32(ends[1]) + ${(step ?? 1) - 1}, ${step ?? 1}))`;
  const some = Math.ceil(snapshotDays / (step ?? 1)) + 1;
  const isNear = ends.length > fewEnds && step !== undefined;
  const at = isNear ? `arrayMap(more -> ${first} + more, range(${some}))` : 'range(length(ends))';
  return `toInt32(arrayJoin(arrayFilter(at -> at < length(ends) AND ends[at + 1] >= ${day} AND ends[at + 1] < ${day} + ${snapshotDays}, ${at})))`;
}

/** How many days lie between one end and the next, the last one aside, which may be nearer; undefined: not always as many. */
function stepOf(ends: readonly string[]): number | undefined {
  const steps = ends.slice(1).map((end, at) => daysBetween(ends[at] ?? '', end));
  const [step = 0] = steps;
  const isEven = steps.every((own, at) => own === step || (at === steps.length - 1 && own < step));
  return isEven && step > 0 ? step : undefined;
}

/** org_uuid, code, bucket and the parts. A line is a product of a subscription, told by the latest record of each site and name in the seven days that end with the bucket. */
function heldByOrganization(
  question: HeldQuestion,
  product: Product | undefined,
): { sql: string; parameters: Parameters } {
  const { scope, visible, ends } = question;
  const { sql, parameters } = countedWhere(scope, visible, 'record_id');
  const window = { first: ends[0] ?? '', last: ends.at(-1) ?? '' };
  const wanted = product === undefined ? `code != ''` : 'code = {product:String}';
  const lines = `SELECT org_uuid, ${productCode} AS code, bucket, ${sumOr('ordered_of_record')} AS t, ${sumOr('assigned_of_record')} AS a, ${sumOr('used_of_record')} AS u
    FROM (SELECT org_uuid, subscription, product, ${bucketsOf('period_from', ends)} AS bucket,
        ${latest('ordered')} AS ordered_of_record, ${latest('assigned')} AS assigned_of_record, ${latest('used_7d')} AS used_of_record
      FROM (SELECT org_uuid, subscription, product, site, period_from, batch, ordered, assigned, used_7d, ${endsArray(ends)} AS ends
        FROM @region.license_snapshot
        WHERE ${sql} AND period_from > {first:Date} - ${snapshotDays} AND period_from <= {last:Date})
      GROUP BY org_uuid, subscription, product, site, bucket)
    GROUP BY org_uuid, subscription, code, bucket HAVING ${wanted}`;
  const known = `t >= 0 AND a >= 0`;
  const inUse = `t >= 0 AND u >= 0`;
  const sums = `SELECT org_uuid, code, bucket, count() AS lines, sumIf(t, t >= 0) AS ordered, countIf(t >= 0) AS ordered_lines,
      sumIf(a, a >= 0) AS assigned, countIf(a >= 0) AS assigned_lines, sumIf(u, u >= 0) AS used, countIf(u >= 0) AS used_lines,
      sumIf(greatest(t - a, 0), ${known}) AS available, sumIf(greatest(a - t, 0), ${known}) AS over, countIf(${known}) AS compared_lines,
      sumIf(t, ${known}) AS ordered_of_assigned, sumIf(a, ${known}) AS assigned_of_ordered, sumIf(t, ${inUse}) AS ordered_of_used,
      sumIf(u, ${inUse}) AS used_of_ordered, 0 AS leg_lines
    FROM (${lines}) GROUP BY org_uuid, code, bucket`;
  const all = { ...parameters, ...window, ...(product === undefined ? {} : { product }) };
  if (product !== undefined && product !== 'calling') return { sql: sums, parameters: all };
  return withLegs(question, sums, all);
}

const endsArray = (ends: readonly string[]): string => `[${ends.map((day) => `toDate('${day}')`).join(', ')}]`;

/** The same; where an organization has one line of Calling, whose use no snapshot tells, people with a leg stand for it. */
function withLegs(
  question: HeldQuestion,
  sums: string,
  parameters: Parameters,
): { sql: string; parameters: Parameters } {
  const { ends } = question;
  const legs = legsOf(question);
  const any = countedWhere(question.scope, question.visible, 'report_id');
  const people = `SELECT org_uuid, bucket, countIf(of_user > 0) AS people FROM (
      SELECT org_uuid, ${bucketsOf('day', ends)} AS bucket, user_key, sum(legs) AS of_user
      FROM (SELECT org_uuid, day, user_key, legs, ${endsArray(ends)} AS ends FROM (${legs.sql}))
      GROUP BY org_uuid, bucket, user_key) GROUP BY org_uuid, bucket`;
  const known = `SELECT org_uuid, 1 AS has_legs FROM @region.call_leg WHERE ${any.sql} GROUP BY org_uuid`;
  const stands = `(s.code = 'calling' AND s.lines = 1 AND s.used_lines = 0 AND k.has_legs = 1)`;
  const changed: Partial<Record<HeldPart, string>> = {
    used: 'p.people',
    used_lines: '1',
    ordered_of_used: 's.ordered',
    used_of_ordered: 'if(s.ordered_lines = 1, p.people, 0)',
    leg_lines: '1',
  };
  const parts = heldParts.map((part) =>
    changed[part] === undefined
      ? `s.${part} AS ${part}`
      : `if(${stands}, toInt64(${changed[part]}), toInt64(s.${part})) AS ${part}`,
  );
  return {
    sql: `SELECT s.org_uuid AS org_uuid, s.code AS code, s.bucket AS bucket, ${parts.join(', ')}
      FROM (${sums}) AS s LEFT JOIN (${people}) AS p ON s.org_uuid = p.org_uuid AND s.bucket = p.bucket
      LEFT JOIN (${known}) AS k ON s.org_uuid = k.org_uuid`,
    parameters: { ...parameters, ...legs.parameters, ...any.parameters },
  };
}

/** org_uuid, day, user_key, legs: of person legs. */
function legsOf({ scope, visible, hasRollups }: HeldQuestion): { sql: string; parameters: Parameters } {
  const days = `day > {first:Date} - ${snapshotDays} AND day <= {last:Date}`;
  if (hasRollups) {
    const { sql, parameters } = rollupWhere(scope, visible);
    return {
      sql: `SELECT org_uuid, day, user_key, legs FROM @region.${legRollup.table} WHERE ${sql} AND ${days}`,
      parameters,
    };
  }
  const { sql, parameters } = countedWhere(scope, visible, 'report_id');
  return {
    sql: `SELECT org_uuid, day, ${userKey} AS user_key, toInt64(1) AS legs FROM @region.call_leg WHERE ${sql} AND is_person AND ${days}`,
    parameters,
  };
}
