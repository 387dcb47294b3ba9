import type { QualityPolicy } from '@hub/contract/calling-policy';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import { countedWhere, legRollup, mediaRollup, rollupWhere, type Visibility } from '../imports/index.ts';
import type { Weeks } from './weeks.ts';

export interface RegionQuestion {
  store: RegionalStore;
  scope: CustomerScope;
  visible: Visibility;
  /** Rollups hold everything, so that they are asked in place of the facts. */
  hasRollups: boolean;
  weeks: Weeks;
  seconds: number;
}

interface SumsQuestion extends RegionQuestion {
  policy: QualityPolicy;
  of: { orgUuid: string } | Slice;
}

/** Organizations come in so many parts, so that the answer of a large region is never in memory at once. */
interface Slice {
  slice: number;
  slices: number;
}

/** Of an organization by day of the weeks: person legs, and media legs of good and of poor quality. */
export interface CallingSums {
  legs: number[];
  good: number[];
  poor: number[];
}

type Row = { org: string; days: number[] } & Record<string, number[]>;

const feeds = {
  legs: { rollup: legRollup, table: 'call_leg', key: 'report_id' },
  media: { rollup: mediaRollup, table: 'media_quality', key: 'record_id' },
} as const;

/** The rows of the weeks that count, and what a sum of them is called in SQL. */
function countedDays({ scope, visible, hasRollups, weeks }: RegionQuestion, feed: keyof typeof feeds) {
  const { rollup, table, key } = feeds[feed];
  const { sql, parameters } = hasRollups ? rollupWhere(scope, visible) : countedWhere(scope, visible, key);
  const from = hasRollups ? rollup.table : `${table} WHERE ${rollup.facts} AND`;
  return {
    sql: `@region.${hasRollups ? `${from} WHERE` : from} ${sql} AND day BETWEEN {from:Date} AND {to:Date}`,
    sumOf: (name: string): string => (hasRollups ? `sum(${name})` : (rollup.sums[name] ?? '0')),
    parameters: { ...parameters, from: weeks.from, to: weeks.to },
  };
}

/** The last day of the weeks on which any organization of the region has a person leg, or a media leg. */
export async function findLastDay(question: RegionQuestion, feed: keyof typeof feeds): Promise<string | null> {
  const { sql, sumOf, parameters } = countedDays(question, feed);
  const [last] = await question.store.ask<{ day: string; n: number }>(
    `SELECT toString(max(day)) AS day, count() AS n FROM (SELECT day FROM ${sql} GROUP BY day HAVING ${sumOf('legs')} != 0)`,
    { parameters, seconds: question.seconds },
  );
  return last === undefined || last.n === 0 ? null : last.day;
}

/** Sums by organization and day. Days on which there is nothing are left out. */
async function askDays(question: SumsQuestion, feed: keyof typeof feeds, names: readonly string[]): Promise<Row[]> {
  const { of } = question;
  const { sql, sumOf, parameters } = countedDays(question, feed);
  const whole = 'slices' in of && of.slices === 1;
  const part = 'orgUuid' in of ? 'org_uuid = {orgUuid:UUID}' : 'sipHash64(org_uuid) % {slices:UInt32} = {slice:UInt32}';
  const daily = names.map((name) => `${sumOf(name)} AS of_${name}`);
  const arrays = names.map((name) => `groupArray(toFloat64(of_${name})) AS ${name}`);
  return question.store.ask<Row>(
    `SELECT toString(org_uuid) AS org, groupArray(at) AS days, ${arrays.join(', ')}
    FROM (SELECT org_uuid, toInt32(toInt32(day) - toInt32({from:Date})) AS at, ${daily.join(', ')}
      FROM ${sql}${whole ? '' : ` AND ${part}`} GROUP BY org_uuid, at HAVING of_legs != 0)
    GROUP BY org_uuid`,
    { parameters: { ...parameters, ...of }, seconds: question.seconds },
  );
}

/** By organization; those without any record of these weeks are left out. */
export async function findCallingSums(question: SumsQuestion): Promise<Map<string, CallingSums>> {
  const { weeks, policy } = question;
  const [good, poor] = [`${policy}_good`, `${policy}_poor`];
  const [legs, media] = await Promise.all([
    askDays(question, 'legs', ['legs']),
    askDays(question, 'media', ['legs', good, poor]),
  ]);
  const found = new Map<string, CallingSums>();
  const zeros = (): number[] => new Array<number>(weeks.days).fill(0);
  const sumsOf = (org: string): CallingSums => {
    const known = found.get(org) ?? { legs: zeros(), good: zeros(), poor: zeros() };
    found.set(org, known);
    return known;
  };
  for (const row of legs) fill(sumsOf(row.org).legs, row, 'legs');
  for (const row of media) {
    const sums = sumsOf(row.org);
    fill(sums.good, row, good);
    fill(sums.poor, row, poor);
  }
  return found;
}

function fill(values: number[], row: Row, name: string): void {
  for (const [at, day] of row.days.entries()) values[day] = row[name]?.[at] ?? 0;
}
