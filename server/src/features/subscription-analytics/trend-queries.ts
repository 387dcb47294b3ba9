import type { Product } from '@hub/contract/products';
import type { Parameters, RegionalStore } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import { countedWhere, legRollup, licenseRows, rollupWhere, userKey, type Visibility } from '../imports/index.ts';
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
  /** Aborted when nobody waits any more. */
  left?: AbortSignal;
}

/** Ends as many days apart as `step`, 1 or 7; the last one may be nearer. */
interface Run {
  ends: string[];
  step: number;
}
type RunQuestion = Omit<HeldQuestion, 'ends'> & { run: Run };

const dayNumber = (day: string): number => daysBetween('1970-01-01', day);

/** The ends as few runs, each of which is one question. */
function runsOf(ends: readonly string[]): Run[] {
  const runs: Run[] = [];
  for (const [at, end] of ends.entries()) {
    const run = runs.at(-1);
    const apart = at === 0 ? 0 : daysBetween(ends[at - 1] ?? '', end);
    const isLast = at === ends.length - 1;
    if (run?.ends.length === 1 && (apart === 1 || apart === snapshotDays))
      runs.splice(-1, 1, { ends: [...run.ends, end], step: apart });
    else if (run && run.step > 0 && (apart === run.step || (isLast && apart < run.step))) run.ends.push(end);
    else runs.push({ ends: [end], step: 0 });
  }
  return runs;
}

/** Asks for each run, and numbers the buckets through. */
async function askRuns<Row>(
  { ends, ...question }: HeldQuestion,
  ask: (question: RunQuestion, before: number) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let before = 0;
  for (const run of runsOf(ends)) {
    rows.push(...(await ask({ ...question, run }, before)));
    before += run.ends.length;
  }
  return rows;
}

type HeldRow = { code: Product; bucket: number } & Record<HeldPart, number>;

/** All organizations of the scope together but those left out, by product and bucket. Buckets without a snapshot have no row. */
export function findHeld(question: HeldQuestion, excluded: readonly string[]): Promise<HeldRow[]> {
  return askRuns(question, async (one, before) => {
    const rows = await heldInRun(one, excluded);
    return rows.map((row) => ({ ...row, bucket: row.bucket + before }));
  });
}

async function heldInRun(question: RunQuestion, excluded: readonly string[]): Promise<HeldRow[]> {
  const { sql, parameters } = heldByOrganization(question, undefined);
  const sums = heldParts.map((part) => `sum(${part}) AS ${part}`).join(', ');
  return question.store.ask<HeldRow>(
    `SELECT code, bucket, ${sums} FROM (SELECT code, bucket, org_uuid, ${heldParts.join(', ')} FROM (${sql}))
    ${excluded.length === 0 ? '' : 'WHERE org_uuid NOT IN {excluded:Array(UUID)}'} GROUP BY code, bucket`,
    {
      parameters: { ...parameters, ...(excluded.length === 0 ? {} : { excluded }) },
      seconds: questionSeconds,
      ...(question.left ? { left: question.left } : {}),
    },
  );
}

/** What an organization held of a product, bucket by bucket of those in which it is known. */
interface OrganizationHeld {
  org: string;
  buckets: number[];
  parts: Record<HeldPart, number[]>;
}

/** By organization, of one product; one that is in several runs comes several times. */
export function findHeldByOrganization(question: HeldQuestion, product: Product): Promise<OrganizationHeld[]> {
  return askRuns(question, async (one, before) => {
    const { sql, parameters } = heldByOrganization(one, product);
    const arrays = heldParts.map((part) => `groupArray(${part}) AS ${part}`).join(', ');
    const rows = await one.store.ask<{ org: string; buckets: number[] } & Record<HeldPart, number[]>>(
      `SELECT toString(org_uuid) AS org, groupArray(bucket) AS buckets, ${arrays}
      FROM (SELECT org_uuid, bucket, ${heldParts.join(', ')} FROM (${sql})) GROUP BY org_uuid`,
      { parameters, seconds: questionSeconds, ...(one.left ? { left: one.left } : {}) },
    );
    return rows.map(({ org, buckets, ...parts }) => ({
      org,
      buckets: buckets.map((bucket) => bucket + before),
      parts,
    }));
  });
}

/**
 * The numbers of the buckets of a day, from 0 on: of those that end on it or at most six days later. Numbers alone, since the engine is slow to look
 * through an array for each row. Buckets that are none are to be left out.
 */
function bucketsOf(day: string, { ends, step }: Run): string {
  const [first = 0, ...rest] = ends.map(dayNumber);
  const last = rest.at(-1) ?? first;
  if (rest.length === 0) return 'toInt32(0)';
  if (step === 1) return `toInt32(toInt32(${day}) + arrayJoin(range(${snapshotDays})) - ${first})`;
  const own = `intDiv(toInt32(${day}) - ${first - snapshotDays + 1}, ${snapshotDays})`;
  // The last one may end sooner, so that some of its days are of the one before as well.
  const isBoth = `${own} = ${rest.length - 1} AND toInt32(${day}) > ${last - snapshotDays}`;
  return `toInt32(arrayJoin(if(${isBoth}, [${own}, ${own} + 1], [${own}])))`;
}

/** org_uuid, code, bucket and the parts. A line is a product of a subscription, told by the latest record of each site and name in the seven days that end with the bucket. */
function heldByOrganization(
  question: RunQuestion,
  product: Product | undefined,
): { sql: string; parameters: Parameters } {
  const { scope, visible, run } = question;
  const { ends } = run;
  const { sql, parameters } = countedWhere(scope, visible, 'record_id');
  const window = { first: ends[0] ?? '', last: ends.at(-1) ?? '' };
  const where = `${sql} AND period_from > {first:Date} - ${snapshotDays} AND period_from <= {last:Date}`;
  const rows = licenseRows(visible, { where, line: productCode });
  const wanted = product === undefined ? `code != ''` : 'code = {product:String}';
  const lines = `SELECT org_uuid, ${productCode} AS code, bucket, ${sumOr('ordered_of_record')} AS t, ${sumOr('assigned_of_record')} AS a, ${sumOr('used_of_record')} AS u
    FROM (SELECT org_uuid, subscription, product, bucket,
        ${latest('ordered')} AS ordered_of_record, ${latest('assigned')} AS assigned_of_record, ${latest('used_7d')} AS used_of_record
      FROM (SELECT org_uuid, subscription, product, site, period_from, batch, ordered, assigned, used_7d, ${bucketsOf('period_from', run)} AS bucket
        FROM ${rows})
      WHERE bucket >= 0 AND bucket < ${ends.length} GROUP BY org_uuid, subscription, product, site, bucket)
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

/** The same; where an organization has one line of Calling, whose use no snapshot tells, people with a leg stand for it. */
function withLegs(
  question: RunQuestion,
  sums: string,
  parameters: Parameters,
): { sql: string; parameters: Parameters } {
  const { run } = question;
  const legs = legsOf(question);
  const any = countedWhere(question.scope, question.visible, 'report_id');
  const people = `SELECT org_uuid, bucket, countIf(of_user > 0) AS people FROM (
      SELECT org_uuid, bucket, user_key, sum(legs) AS of_user
      FROM (SELECT org_uuid, user_key, legs, ${bucketsOf('day', run)} AS bucket FROM (${legs.sql}))
      WHERE bucket >= 0 AND bucket < ${run.ends.length} GROUP BY org_uuid, bucket, user_key) GROUP BY org_uuid, bucket`;
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
function legsOf({ scope, visible, hasRollups }: RunQuestion): { sql: string; parameters: Parameters } {
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
