import type { Product } from '@hub/contract/products';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import { countedWhere, type Visibility } from '../imports/index.ts';
import { productCode } from './product-sql.ts';

/** How long a snapshot stands for the days after it (DOMAIN, decisions). */
export const snapshotDays = 7;
const questionSeconds = 10;

export interface FactsQuestion {
  store: RegionalStore;
  scope: CustomerScope;
  visible: Visibility;
  /** Day as of which it is told: the snapshots of the seven days that end with it. */
  day: string;
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

interface Raw {
  org: string;
  subscriptions: string[];
  codes: Product[];
  totals: number[];
  assigned: number[];
  used: number[];
  used90: number[];
  days: string[];
  had: number[];
  assigned7: number[];
  used7: number[];
}

/** What stands for a line in the keys of maps. */
export const lineKey = (org: string, subscription: string, product: Product): string =>
  `${org} ${product} ${subscription}`;

// A sum over records of which one does not tell is not known; -1 is what JSON carries for it, since arrays of the engine leave out NULL.
export const sumOr = (part: string, condition: string): string =>
  `if(countIf(${condition} AND isNull(${part})) > 0, toInt64(-1), toInt64(sumIf(ifNull(${part}, 0), ${condition})))`;
const known = (value: number | undefined): number | null => (value === undefined || value < 0 ? null : value);

/**
 * By line, the latest snapshot of the seven days that end with `day`, and of the seven before. A line is a product of a subscription: what is told
 * of it by site, or under several names, each has its latest record, and they are added up.
 */
export async function findLineStates({ store, scope, visible, day }: FactsQuestion): Promise<Map<string, LineState>> {
  const { sql, parameters } = countedWhere(scope, visible, 'record_id');
  const isNow = `period_from > {day:Date} - ${snapshotDays}`;
  const rows = await store.ask<Raw>(
    `SELECT toString(org_uuid) AS org, groupArray(toString(subscription)) AS subscriptions, groupArray(code) AS codes, groupArray(total) AS totals,
      groupArray(assigned) AS assigned, groupArray(used) AS used, groupArray(used90) AS used90, groupArray(toString(newest)) AS days,
      groupArray(had) AS had, groupArray(assigned7) AS assigned7, groupArray(used7) AS used7
    FROM (SELECT org_uuid, subscription, code, ${sumOr('now.1', 'has_now')} AS total, ${sumOr('now.2', 'has_now')} AS assigned,
        ${sumOr('now.3', 'has_now')} AS used, ${sumOr('now.4', 'has_now')} AS used90, maxIf(now_day, has_now) AS newest,
        countIf(has_before) > 0 AS had, ${sumOr('before.1', 'has_before')} AS assigned7, ${sumOr('before.2', 'has_before')} AS used7
      FROM (SELECT org_uuid, subscription, any(${productCode}) AS code,
          countIf(${isNow}) > 0 AS has_now, countIf(NOT ${isNow}) > 0 AS has_before, maxIf(period_from, ${isNow}) AS now_day,
          argMaxIf(tuple(ordered, assigned, used_7d, used_90d), (period_from, batch), ${isNow}) AS now,
          argMaxIf(tuple(assigned, used_7d), (period_from, batch), NOT ${isNow}) AS before
        FROM @region.license_snapshot
        WHERE ${sql} AND period_from > {day:Date} - ${2 * snapshotDays} AND period_from <= {day:Date}
        GROUP BY org_uuid, subscription, product, site)
      WHERE code != '' GROUP BY org_uuid, subscription, code HAVING countIf(has_now) > 0)
    GROUP BY org_uuid`,
    { parameters: { ...parameters, day }, seconds: questionSeconds },
  );
  const states = new Map<string, LineState>();
  for (const row of rows)
    for (const [at, code] of row.codes.entries())
      states.set(lineKey(row.org, row.subscriptions[at] ?? '', code), {
        total: known(row.totals[at]),
        assigned: known(row.assigned[at]),
        used: known(row.used[at]),
        usedIn90Days: known(row.used90[at]),
        asOf: row.days[at] ?? '',
        before: (row.had[at] ?? 0) > 0 ? { assigned: known(row.assigned7[at]), used: known(row.used7[at]) } : undefined,
      });
  return states;
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
    FROM (SELECT org_uuid, subscription, code, week, ${sumOr('latest.1', '1')} AS of_week
      FROM (SELECT org_uuid, subscription, any(${productCode}) AS code, intDiv({day:Date} - period_from, ${snapshotDays}) AS week,
          argMax(tuple(used_7d), (period_from, batch)) AS latest
        FROM @region.license_snapshot
        WHERE ${sql} AND period_from > {day:Date} - {span:UInt16} AND period_from <= {day:Date}${narrow.sql}
        GROUP BY org_uuid, subscription, product, site, week)
      WHERE code != '' GROUP BY org_uuid, subscription, code, week)
    GROUP BY org_uuid, subscription, code`,
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
    FROM (SELECT org_uuid, subscription, ${productCode} AS code, period_from, ${sumOr('used_7d', '1')} AS of_day
      FROM @region.license_snapshot
      WHERE ${sql} AND period_from > {day:Date} - 90 AND period_from <= {day:Date}${narrow.sql}
      GROUP BY org_uuid, subscription, code, period_from)
    WHERE code != '' GROUP BY org_uuid, subscription, code HAVING highest >= 0`,
    { parameters: { ...parameters, ...narrow.parameters, day }, seconds: questionSeconds },
  );
  return new Map(rows.map((row) => [lineKey(row.org, row.subscription, row.code), row.highest]));
}
