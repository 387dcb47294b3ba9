import {
  type CallingUsageMeasure,
  callingUsageMeasures,
  type Feed,
  type MeasureCells,
} from '@hub/contract/calling-usage';
import type { Parameters, RegionalStore } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import { countedWhere, locationName, type Visibility } from '../imports/index.ts';
import { aggregateOf, legMeasure, secondsOfCalls, minutesOf, measureKeys, measuresOf } from './measures.ts';
import type { UsageRange } from './usage-question.ts';

/** Where the legs of a question lie: scope, window, and what counts at this moment. Every query on call legs begins here. */
export function legsWhere(scope: CustomerScope, range: UsageRange, visible: Visibility): Where {
  const { sql, parameters } = countedWhere(scope, visible, 'report_id');
  return {
    sql: `${sql}
      AND day BETWEEN {from:Date} AND {to:Date}`,
    parameters: { ...parameters, from: range.from, to: range.to },
  };
}

export interface UsageCells {
  org_uuid: string;
  location: string;
  cells: MeasureCells;
  /** The seconds under callMinutes: totals are rounded once, not summed from rounded cells. */
  callSeconds: number;
}

type CellRow = Record<CallingUsageMeasure, number> & { org: string; location_name: string; call_seconds: number };

const fromCallHistory = measuresOf('call_history');
const aggregates = fromCallHistory.map((key) => {
  const measure = legMeasure(key);
  if (!measure) throw new Error(`The catalog has no definition of ${key}.`);
  return `${aggregateOf(measure)} AS ${key}`;
});
aggregates.push(`${secondsOfCalls()} AS call_seconds`);

/** Measures of feeds that hold nothing are empty, never 0. */
function cellsOf(row: Partial<Record<CallingUsageMeasure, number>>): MeasureCells {
  return Object.fromEntries(measureKeys.map((key) => [key, row[key] ?? null])) as MeasureCells;
}

/** Usage per organization and location over the range: a row where the range holds any leg. */
export async function findUsage(
  store: RegionalStore,
  scope: CustomerScope,
  range: UsageRange,
  visible: Visibility,
  of: { orgUuid?: string | undefined; location?: string | undefined } = {},
): Promise<UsageCells[]> {
  const where = narrowed(legsWhere(scope, range, visible), of);
  const rows = await store.ask<CellRow>(
    `SELECT p.org_uuid AS org, p.location AS location_name, u.* EXCEPT place_key FROM (
      SELECT place_key,
        ${aggregates.join(',\n        ')}
      FROM @region.call_leg
      WHERE ${where.sql}
      GROUP BY place_key) AS u
    ANY INNER JOIN (SELECT place_key, org_uuid, location FROM @region.place WHERE partner_id = {scopePartner:UUID}) AS p USING place_key`,
    { parameters: where.parameters },
  );
  return rows.map((row) => ({
    org_uuid: row.org,
    location: row.location_name,
    cells: cellsOf(row),
    callSeconds: row.call_seconds,
  }));
}

/** The totals row: counts add up; minutes are rounded once from all seconds. A column that is empty everywhere stays empty. */
export function totalsOf(rows: readonly Pick<UsageCells, 'cells' | 'callSeconds'>[]): MeasureCells {
  const totals = cellsOf({});
  for (const key of measureKeys) {
    let sum: number | null = null;
    for (const { cells } of rows) {
      const cell = cells[key];
      if (cell !== null) sum = (sum ?? 0) + cell;
    }
    totals[key] = sum;
  }
  if (totals.callMinutes !== null) totals.callMinutes = minutesOf(rows.reduce((sum, row) => sum + row.callSeconds, 0));
  return totals;
}

interface Where {
  sql: string;
  parameters: Parameters;
}

/** Narrows to one organization, and within it to exactly one location. */
export function narrowed(
  { sql, parameters }: Where,
  of: { orgUuid?: string | undefined; location?: string | undefined },
): Where {
  const narrower: Where = { sql, parameters: { ...parameters } };
  if (of.orgUuid !== undefined) {
    narrower.sql += ' AND org_uuid = {orgUuid:UUID}';
    narrower.parameters.orgUuid = of.orgUuid;
  }
  if (of.location !== undefined) {
    narrower.sql += ` AND ${locationName} = {location:String}`;
    narrower.parameters.location = of.location;
  }
  return narrower;
}

/** The feeds that columns of the table are filled from, in the order of the columns. */
export const feedsOfMeasures: readonly Feed[] = [
  ...new Set(Object.values(callingUsageMeasures).map(({ feed }) => feed)),
];

export type LoadedFeeds = Record<Feed, boolean>;

const factsOf: Record<Feed, { table: string; key: 'report_id' | 'record_id' }> = {
  call_history: { table: 'call_leg', key: 'report_id' },
  media_quality: { table: 'media_quality', key: 'record_id' },
  call_queue_stats: { table: 'call_queue_stat', key: 'record_id' },
};

/** Of which feeds anything of this scope counts at all, whatever the range: decides between "no data" and "no data in this range". */
export async function findLoadedFeeds(
  store: RegionalStore,
  scope: CustomerScope,
  visible: Visibility,
  known: { hasLegs: boolean },
): Promise<LoadedFeeds> {
  const loaded: LoadedFeeds = { call_history: known.hasLegs, media_quality: false, call_queue_stats: false };
  for (const feed of feedsOfMeasures.filter((entry) => !loaded[entry])) {
    const { table, key } = factsOf[feed];
    const { sql, parameters } = countedWhere(scope, visible, key);
    const rows = await store.ask<{ one: number }>(`SELECT 1 AS one FROM @region.${table} WHERE ${sql} LIMIT 1`, {
      parameters,
    });
    loaded[feed] = rows.length > 0;
  }
  return loaded;
}
