import type { Product } from '@hub/contract/products';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import { countedWhere, licenseRows, type Visibility, withoutOwn } from '../imports/index.ts';
import { productCode, productCodeOf } from './product-sql.ts';

/** How long a snapshot stands for the days after it (DOMAIN, decisions). */
export const snapshotDays = 7;
const questionSeconds = 30;

export interface FactsQuestion {
  store: RegionalStore;
  scope: CustomerScope;
  visible: Visibility;
  /** Day as of which it is told: the snapshots of the seven days that end with it. */
  day: string;
  /** Aborted when nobody waits any more. */
  left?: AbortSignal;
  /** Only what providers tell. */
  isOwnLeftOut?: boolean;
}

interface Figures {
  total: number | null;
  assigned: number | null;
  used: number | null;
}

/** What the snapshots say of a line as of a day, and seven days before. */
export interface LineState extends Figures {
  usedIn90Days: number | null;
  /** Day of the newest snapshot. */
  asOf: string;
  /** Undefined: none of the seven days that end seven days earlier. */
  before: Pick<Figures, 'assigned' | 'used'> | undefined;
}

/** What stands for a line in the keys of maps. */
export const lineKey = (org: string, subscription: string, product: Product): string =>
  `${org} ${product} ${subscription}`;

/** By organization, its lines. */
export type LineStates = ReadonlyMap<string, readonly (LineState & { subscription: string; product: Product })[]>;

/**
 * The latest figure of a record; -1: it is not known. Of plain numbers, since the engine takes six times as long for the latest of tuples, and passes
 * over NULL.
 */
export const latest = (column: string, condition = '1'): string =>
  `argMaxIf(ifNull(toInt64(${column}), -1), toUInt64(toUInt16(period_from)) * 4294967296 + batch, ${condition})`;
/** Over records of which one does not tell it, a sum is not known either. */
export const sumOr = (part: string, condition = '1'): string =>
  `if(countIf(${condition} AND ${part} < 0) > 0, -1, sumIf(${part}, ${condition}))`;
const known = (value: number | undefined): number | null => (value === undefined || value < 0 ? null : value);

// Between fields and lines of an answer that comes as text: no ID of a subscription holds them.
const field = 'char(31)';
const record = 'char(30)';
/** Texts that an answer comes in: of hundreds of thousands of lines, parsing a few long texts takes a quarter of the time of as many objects. */
const texts = 64;

/**
 * Grouped by hashes of words within an organization, which takes half the time of the words themselves.
 *
 * By organization and line, the latest snapshot of the seven days that end with `day`, and of the seven before. A line is a product of a
 * subscription: what is told of it by site, or under several names, each has its latest record, and they are added up.
 */
export async function findLineStates(
  { store, scope, visible, day, left, isOwnLeftOut = false }: FactsQuestion,
  orgs?: readonly string[],
): Promise<LineStates> {
  const { sql, parameters } = countedWhere(scope, visible, 'record_id');
  const narrow = among(orgs);
  const isNow = `period_from > {day:Date} - ${snapshotDays}`;
  const days = `period_from > {day:Date} - ${2 * snapshotDays} AND period_from <= {day:Date}`;
  const where = `${sql} AND ${days}${narrow.sql}${isOwnLeftOut ? withoutOwn(visible) : ''}`;
  const rows = await store.ask<{ told: string }>(
    `SELECT arrayStringConcat(groupArray(arrayStringConcat([toString(org), reference, product_code, toString(total), toString(assigned),
        toString(used), toString(used90), toString(newest), toString(had), toString(assigned7), toString(used7)], ${field})), ${record}) AS told
    FROM (SELECT org, any(name) AS reference, any(code) AS product_code, ${sumOr('t', 'has_now')} AS total, ${sumOr('a', 'has_now')} AS assigned,
        ${sumOr('u', 'has_now')} AS used, ${sumOr('u90', 'has_now')} AS used90, maxIf(now_day, has_now) AS newest,
        toUInt8(countIf(has_before) > 0) AS had, ${sumOr('a7', 'has_before')} AS assigned7, ${sumOr('u7', 'has_before')} AS used7
      FROM (SELECT org_uuid AS org, toString(any(subscription)) AS name, ${productCodeOf('toLowCardinality(any(product))')} AS code,
          countIf(${isNow}) > 0 AS has_now, countIf(NOT ${isNow}) > 0 AS has_before, maxIf(period_from, ${isNow}) AS now_day,
          ${latest('ordered', isNow)} AS t, ${latest('assigned', isNow)} AS a, ${latest('used_7d', isNow)} AS u,
          ${latest('used_90d', isNow)} AS u90, ${latest('assigned', `NOT ${isNow}`)} AS a7, ${latest('used_7d', `NOT ${isNow}`)} AS u7
        FROM ${licenseRows(isOwnLeftOut ? { ...visible, hasOwn: false } : visible, { where, line: productCode })}
        GROUP BY org_uuid, cityHash64(subscription, product, site))
      WHERE code != '' AND position(name, ${field}) = 0 AND position(name, ${record}) = 0
      GROUP BY org, cityHash64(name, code) HAVING countIf(has_now) > 0)
    GROUP BY cityHash64(org) % ${texts}`,
    { parameters: { ...parameters, ...narrow.parameters, day }, seconds: questionSeconds, ...(left ? { left } : {}) },
  );
  const states = new Map<string, (LineState & { subscription: string; product: Product })[]>();
  for (const { told } of rows)
    for (const line of told.split('\x1e')) {
      const fields = line.split('\x1f');
      const [org = '', subscription = '', product] = fields;
      const own = states.get(org);
      const state = { subscription, product: product as Product, ...stateOf(fields) };
      if (own) own.push(state);
      else states.set(org, [state]);
    }
  return states;
}

const told = (text: string | undefined): number | null => known(Number(text ?? '-1'));

function stateOf([, , , total, assigned, used, used90, newest, had, assigned7, used7]: readonly string[]): LineState {
  return {
    total: told(total),
    assigned: told(assigned),
    used: told(used),
    usedIn90Days: told(used90),
    asOf: newest ?? '',
    before: had === '1' ? { assigned: told(assigned7), used: told(used7) } : undefined,
  };
}

/** Few enough to be named in a question; undefined: then all of the scope is asked. */
export const fewOf = (orgs: readonly string[]): readonly string[] | undefined =>
  orgs.length > 1000 ? undefined : orgs;

/** Narrows to organizations of a page; all of the scope without. */
const among = (orgs: readonly string[] | undefined) =>
  orgs === undefined
    ? { sql: '', parameters: {} }
    : { sql: ' AND org_uuid IN {orgs:Array(UUID)}', parameters: { orgs } };

/** By line of these organizations, what was used in 7 days as of `day`, as of 7 days before, and so on back; the newest last, as many as `weeks`. */
export async function findUseByWeek(
  { store, scope, visible, day }: FactsQuestion,
  { weeks, orgs }: { weeks: number; orgs: readonly string[] },
): Promise<Map<string, (number | null)[]>> {
  const { sql, parameters } = countedWhere(scope, visible, 'record_id');
  const narrow = among(orgs);
  const rows = await store.ask<{ org: string; subscription: string; code: Product; weeks: number[]; used: number[] }>(
    `SELECT toString(org_uuid) AS org, toString(subscription) AS subscription, code, groupArray(week) AS weeks, groupArray(of_week) AS used
    FROM (SELECT org_uuid, subscription, ${productCode} AS code, week, ${sumOr('u')} AS of_week
      FROM (SELECT org_uuid, subscription, product, intDiv({day:Date} - period_from, ${snapshotDays}) AS week,
          ${latest('used_7d')} AS u
        FROM @region.license_snapshot
        WHERE ${sql} AND period_from > {day:Date} - {span:UInt16} AND period_from <= {day:Date}${narrow.sql}${withoutOwn(visible)}
        GROUP BY org_uuid, subscription, product, site, week)
      GROUP BY org_uuid, subscription, code, week)
    WHERE code != '' GROUP BY org_uuid, subscription, code`,
    {
      parameters: { ...parameters, ...narrow.parameters, day, span: weeks * snapshotDays },
      seconds: questionSeconds,
    },
  );
  return new Map(
    rows.map((row) => {
      const used = new Array<number | null>(weeks).fill(null);
      for (const [at, week] of row.weeks.entries()) used[weeks - 1 - week] = known(row.used[at]);
      return [lineKey(row.org, row.subscription, row.code), used];
    }),
  );
}

/** By line, the highest use in 7 days that a snapshot of the last 90 days tells. */
export async function findHighestUse(
  { store, scope, visible, day }: FactsQuestion,
  orgs?: readonly string[],
): Promise<Map<string, number>> {
  const { sql, parameters } = countedWhere(scope, visible, 'record_id');
  const narrow = among(orgs);
  const rows = await store.ask<{ org: string; subscription: string; code: Product; highest: number }>(
    `SELECT toString(org_uuid) AS org, toString(subscription) AS subscription, code, max(of_day) AS highest
    FROM (SELECT org_uuid, subscription, ${productCode} AS code, period_from, ${sumOr('ifNull(toInt64(used_7d), -1)')} AS of_day
      FROM @region.license_snapshot
      WHERE ${sql} AND period_from > {day:Date} - 90 AND period_from <= {day:Date}${narrow.sql}${withoutOwn(visible)}
      GROUP BY org_uuid, subscription, code, period_from)
    WHERE code != '' GROUP BY org_uuid, subscription, code HAVING highest >= 0`,
    { parameters: { ...parameters, ...narrow.parameters, day }, seconds: questionSeconds },
  );
  return new Map(rows.map((row) => [lineKey(row.org, row.subscription, row.code), row.highest]));
}
