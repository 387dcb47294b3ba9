import type { Product } from '@hub/contract/products';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { type CustomerScope, scopeCondition } from '../access/index.ts';
import { countedWhere, licenseRows, type Visibility, withoutOwn } from '../imports/index.ts';
import { productCode, productCodeOf } from './product-sql.ts';
import { dayText } from './running-contracts.ts';

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
  before: (Pick<Figures, 'assigned' | 'used'> & { asOf: string }) | undefined;
  /** The site and name of the product under which it is told, as a number; undefined: it is told by several, which are added up. */
  record: number | undefined;
}

/** What stands for a line in the keys of maps. */
export const lineKey = (org: string, subscription: string, product: Product): string =>
  `${org} ${product} ${subscription}`;

export type NamedState = LineState & { subscription: string; product: Product };

/** By organization, its lines. */
export type LineStates = ReadonlyMap<string, readonly NamedState[]>;

/**
 * The latest figure of a record; -1: it is not known. Of plain numbers, since the engine takes six times as long for the latest of tuples, and passes
 * over NULL.
 */
export const latest = (column: string, condition = '1'): string =>
  `argMaxIf(ifNull(toInt64(${column}), -1), toUInt64(toUInt16(period_from)) * 4294967296 + batch, ${condition})`;
/** Over records of which one does not tell it, a sum is not known either. */
export const sumOr = (part: string, condition = '1'): string =>
  `if(countIf(${condition} AND ${part} < 0) > 0, -1, sumIf(${part}, ${condition}))`;
/** Not known are those below 0. */
export const known = (value: number | undefined): number | null => (value === undefined || value < 0 ? null : value);

/** What tells records of an organization apart; hashes take half the time of words. */
const recordHash = 'cityHash64(subscription, product, site)';
/** As much of it as a number of JSON holds. */
const recordNumber = `${recordHash} % 4503599627370496`;
const uuidLength = 36;
/** Answers that come side by side. */
const parts = 16;

/** What a question about hundreds of thousands of records is answered with: columns, which are parsed in a fraction of the time of as many objects. */
interface Columns {
  orgs: string;
  names: string[];
  codes: Product[];
  records: number[];
}

const columns = (org: string, name: string, code: string, record: string): string =>
  `arrayStringConcat(groupArray(toString(${org}))) AS orgs, groupArray(toString(${name})) AS names, groupArray(toString(${code})) AS codes, groupArray(${record}) AS records`;

interface StateColumns extends Columns {
  /** Days since 1970; 0: no record of these seven days. */
  days: number[];
  days_before: number[];
  totals: number[];
  assigned: number[];
  used: number[];
  used90: number[];
  assigned_before: number[];
  used_before: number[];
}

/**
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
  const where = `${sql} AND ${stateDays}${narrow.sql}${isOwnLeftOut ? withoutOwn(visible) : ''}`;
  const rows = await store.ask<StateColumns>(
    `SELECT ${columns('org', 'name', 'code', 'record')}, groupArray(toUInt16(now_day)) AS days, groupArray(toUInt16(before_day)) AS days_before,
      groupArray(t) AS totals, groupArray(a) AS assigned, groupArray(u) AS used, groupArray(u90) AS used90,
      groupArray(a7) AS assigned_before, groupArray(u7) AS used_before
    FROM (SELECT org_uuid AS org, any(subscription) AS name, ${productCodeOf('toLowCardinality(any(product))')} AS code, any(${recordNumber}) AS record,
        maxIf(period_from, ${isNow}) AS now_day, maxIf(period_from, NOT ${isNow}) AS before_day,
        ${latest('ordered', isNow)} AS t, ${latest('assigned', isNow)} AS a, ${latest('used_7d', isNow)} AS u,
        ${latest('used_90d', isNow)} AS u90, ${latest('assigned', `NOT ${isNow}`)} AS a7, ${latest('used_7d', `NOT ${isNow}`)} AS u7
      FROM ${licenseRows(isOwnLeftOut ? { ...visible, hasOwn: false } : visible, { where, line: productCode })}
      GROUP BY org_uuid, ${recordHash})
    WHERE code != '' GROUP BY cityHash64(org) % ${parts}`,
    { parameters: { ...parameters, ...narrow.parameters, day }, seconds: questionSeconds, ...(left ? { left } : {}) },
  );
  const states = new Map<string, Partial[]>();
  for (const told of rows)
    for (const [at, record] of told.records.entries()) {
      const org = told.orgs.slice(at * uuidLength, (at + 1) * uuidLength);
      const partial = partialOf(told, at, record);
      const own = states.get(org);
      if (own === undefined) states.set(org, [partial]);
      else add(own, partial);
    }
  return ofNow(states);
}

const stateDays = `period_from > {day:Date} - ${2 * snapshotDays} AND period_from <= {day:Date}`;

/** The same before all is added up: there may be no record of the seven days yet. */
type Partial = Omit<NamedState, 'asOf'> & { asOf: string | undefined };

function partialOf(told: StateColumns, at: number, record: number): Partial {
  const dayBefore = told.days_before[at] ?? 0;
  return {
    subscription: told.names[at] ?? '',
    product: told.codes[at] ?? 'calling',
    total: known(told.totals[at]),
    assigned: known(told.assigned[at]),
    used: known(told.used[at]),
    usedIn90Days: known(told.used90[at]),
    asOf: dayOf(told.days[at] ?? 0),
    before:
      dayBefore === 0
        ? undefined
        : {
            assigned: known(told.assigned_before[at]),
            used: known(told.used_before[at]),
            asOf: dayOf(dayBefore) ?? '',
          },
    record,
  };
}

function add(own: Partial[], partial: Partial): void {
  const { subscription, product } = partial;
  const at = own.findIndex((other) => other.product === product && other.subscription === subscription);
  const other = own[at];
  if (other === undefined) own.push(partial);
  else own[at] = together(other, partial);
}

/** Over records of which one does not tell it, a sum is not known either; a record of none of the days is in no sum of them. */
function together(one: Partial, other: Partial): Partial {
  const isInBoth = one.asOf !== undefined && other.asOf !== undefined;
  const now = one.asOf === undefined ? other : one;
  const sum = (key: 'total' | 'assigned' | 'used' | 'usedIn90Days') =>
    isInBoth ? plus(one[key], other[key]) : now[key];
  const { before = other.before } = one;
  return {
    ...one,
    total: sum('total'),
    assigned: sum('assigned'),
    used: sum('used'),
    usedIn90Days: sum('usedIn90Days'),
    asOf: isInBoth ? laterOf(one.asOf ?? '', other.asOf ?? '') : now.asOf,
    before:
      one.before === undefined || other.before === undefined
        ? before
        : {
            assigned: plus(one.before.assigned, other.before.assigned),
            used: plus(one.before.used, other.before.used),
            asOf: laterOf(one.before.asOf, other.before.asOf),
          },
    record: undefined,
  };
}

const plus = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other;
const laterOf = (one: string, other: string): string => (one > other ? one : other);

function ofNow(all: Map<string, Partial[]>): LineStates {
  for (const [org, own] of all) {
    if (own.every(isOfNow)) continue;
    const left = own.filter(isOfNow);
    if (left.length === 0) all.delete(org);
    else all.set(org, left);
  }
  return all as LineStates; // what has no day went
}

const isOfNow = (partial: Partial): boolean => partial.asOf !== undefined;

/** Undefined for day 0, which stands for none. */
const dayOf = (number: number): string | undefined => (number === 0 ? undefined : dayText(number));

/** Records that imports brought of the days of states. Of hundreds of thousands no objects are made. */
interface BroughtColumns extends Columns {
  days: number[];
  batches: number[];
  /** -1: not known; as the following. */
  totals: number[];
  assigned: number[];
  used: number[];
  used90: number[];
}

/** Takes a record of an organization, which mostly is that of the record before. */
export type TakeRecord = (org: string, told: BroughtColumns, at: number) => void;

export function eachBrought(brought: readonly BroughtColumns[], take: TakeRecord): void {
  let org = '';
  for (const told of brought)
    for (let at = 0; at < told.records.length; at++) {
      const from = at * uuidLength;
      if (org === '' || !told.orgs.startsWith(org, from)) org = told.orgs.slice(from, from + uuidLength);
      take(org, told, at);
    }
}

/**
 * What these imports brought of the days of states, in no order, and whatever is of days that were another's of these as of `since`: those after it, and
 * those that are of the seven before by now. Undefined: more than `most`.
 */
export async function findBrought(
  { store, scope, visible, day, left }: FactsQuestion,
  { batches, since, most }: { batches: readonly number[]; since: string; most: number },
): Promise<BroughtColumns[] | undefined> {
  const { sql, parameters } = countedWhere(scope, visible, 'record_id');
  const figure = (column: string) => `groupArray(ifNull(toInt64(${column}), -1))`;
  const rows = await store.ask<BroughtColumns>(
    `SELECT ${columns('org_uuid', 'subscription', 'code', recordNumber)}, groupArray(toUInt16(period_from)) AS days, groupArray(batch) AS batches,
      ${figure('ordered')} AS totals, ${figure('o_assigned')} AS assigned, ${figure('used_7d')} AS used, ${figure('used_90d')} AS used90
    FROM (SELECT org_uuid, subscription, product, site, ${productCode} AS code, period_from, batch, ordered, assigned AS o_assigned, used_7d, used_90d
      FROM @region.license_snapshot WHERE ${sql} AND ${stateDays}
        AND (batch IN {brought:Array(UInt32)} OR period_from > {since:Date}
          OR (period_from > {since:Date} - ${snapshotDays} AND period_from <= {day:Date} - ${snapshotDays})) AND code != '' LIMIT {most:UInt32})
    GROUP BY cityHash64(org_uuid) % ${parts}`,
    {
      parameters: { ...parameters, day, brought: batches, since, most: most + 1 },
      seconds: questionSeconds,
      ...(left ? { left } : {}),
    },
  );
  return rows.reduce((sum, { records }) => sum + records.length, 0) > most ? undefined : rows;
}

/** Whose records these imports brought; undefined: some of the records are gone by now, or there are more organizations than `most`. */
export async function findOrganizationsOf(
  { store, scope, left }: Pick<FactsQuestion, 'store' | 'scope' | 'left'>,
  { batches, rows, most }: { batches: readonly number[]; rows: number; most: number },
): Promise<string[] | undefined> {
  const { sql, parameters } = scopeCondition(scope);
  const found = await store.ask<{ org: string; n: number }>(
    `SELECT toString(org_uuid) AS org, count() AS n FROM @region.license_snapshot WHERE ${sql} AND batch IN {batches:Array(UInt32)}
    GROUP BY org_uuid LIMIT {most:UInt32}`,
    { parameters: { ...parameters, batches, most: most + 1 }, seconds: questionSeconds, ...(left ? { left } : {}) },
  );
  const areAll = found.length <= most && found.reduce((sum, { n }) => sum + n, 0) === rows;
  return areAll ? found.map(({ org }) => org) : undefined;
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
  const rows = await store.ask<{ org: string; subscription: string; code: Product; weeks: number[]; used: number[] }>(
    `SELECT toString(org_uuid) AS org, toString(subscription) AS subscription, code, groupArray(week) AS weeks, groupArray(of_week) AS used
    FROM (SELECT org_uuid, subscription, ${productCode} AS code, week, ${sumOr('u')} AS of_week
      FROM (SELECT org_uuid, subscription, product, intDiv({day:Date} - period_from, ${snapshotDays}) AS week,
          ${latest('used_7d')} AS u
        FROM @region.license_snapshot PREWHERE org_uuid IN {orgs:Array(UUID)}
        WHERE ${sql} AND period_from > {day:Date} - {span:UInt16} AND period_from <= {day:Date}${withoutOwn(visible)}
        GROUP BY org_uuid, subscription, product, site, week)
      GROUP BY org_uuid, subscription, code, week)
    WHERE code != '' GROUP BY org_uuid, subscription, code`,
    {
      parameters: { ...parameters, orgs, day, span: weeks * snapshotDays },
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
