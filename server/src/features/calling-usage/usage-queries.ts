import {
  type CallingUsageMeasure,
  callingUsageMeasures,
  type Feed,
  type MeasureCells,
} from '@hub/contract/calling-usage';
import { countedWhere } from '../imports/index.ts';
import { findKnownOrganizations } from '../metrics/index.ts';
import { type FactsQuestion, legsWhere, narrowed, ofPlaces, type Place, type PlaceSums } from './facts-question.ts';
import { aggregateOf, legMeasure, secondsOfCalls, minutesOf, measureKeys, measuresOf } from './measures.ts';
import { findMediaSums, findQueueSums } from './other-feed-queries.ts';

export interface UsageCells {
  org_uuid: string;
  location: string;
  cells: MeasureCells;
  /** The seconds under callMinutes: totals are rounded once, not summed from rounded cells. */
  callSeconds: number;
  /** The milliseconds under videoMinutes. */
  videoMilliseconds: number;
}

const aggregates = measuresOf('call_history').map((key) => {
  const measure = legMeasure(key);
  if (!measure) throw new Error(`The catalog has no definition of ${key}.`);
  return `${aggregateOf(measure)} AS ${key}`;
});
aggregates.push(`${secondsOfCalls()} AS call_seconds`);

function findLegSums(
  { store, scope, range, visible }: FactsQuestion,
  of: Place,
): Promise<(PlaceSums & { call_seconds: number })[]> {
  const where = narrowed(legsWhere(scope, range, visible), of);
  return store.ask(
    ofPlaces(`
      SELECT place_key,
        ${aggregates.join(',\n        ')}
      FROM @region.call_leg
      WHERE ${where.sql}
      GROUP BY place_key`),
    { parameters: where.parameters },
  );
}

/** The feeds that columns of the table are filled from, in the order of the columns. */
export const feedsOfMeasures: readonly Feed[] = [
  ...new Set(Object.values(callingUsageMeasures).map(({ feed }) => feed)),
];

export type LoadedFeeds = Record<Feed, boolean>;

export interface FoundUsage {
  cells: UsageCells[];
  /** Of which feeds anything of this scope counts at all, whatever the range: decides between "no data" and "no data in this range". */
  loaded: LoadedFeeds;
}

/** Usage per organization and location over the range: a row where the range holds any leg, media row or row of a queue. */
export async function findUsage(question: FactsQuestion, of: Place = {}): Promise<FoundUsage> {
  const [legs, media, queues, hasMedia, hasQueues] = await Promise.all([
    findLegSums(question, of),
    findMediaSums(question, of),
    findQueueSums(question, of),
    findKnownOrganizations(question, 'media_quality'),
    findKnownOrganizations(question, 'call_queue_stats'),
  ]);
  const { isLoaded, organizations } = await findWithLegs(
    question,
    new Set(legs.map(({ org }) => org)),
    [...media, ...queues].map(({ org }) => org),
  );
  const known: Record<Feed, ReadonlySet<string>> = {
    call_history: organizations,
    media_quality: new Set(hasMedia),
    call_queue_stats: new Set(hasQueues),
  };
  const places = new Map<string, UsageCells>();
  const placeOf = ({ org, location_name }: PlaceSums): UsageCells => {
    const key = `${org} ${location_name}`;
    const place = places.get(key) ?? emptyPlace(org, location_name, known);
    places.set(key, place);
    return place;
  };
  for (const row of legs) {
    const place = placeOf(row);
    fill(place, row);
    place.callSeconds = row.call_seconds;
  }
  for (const row of media) {
    const place = placeOf(row);
    fill(place, row);
    place.videoMilliseconds = row.videoMilliseconds;
    place.cells.videoMinutes = minutesOf(row.videoMilliseconds / 1000);
  }
  for (const row of queues) fill(placeOf(row), row);
  return {
    cells: [...places.values()],
    loaded: { call_history: isLoaded, media_quality: hasMedia.length > 0, call_queue_stats: hasQueues.length > 0 },
  };
}

/** Of an organization without a row of a feed the measures of that feed are empty, never 0. */
function emptyPlace(org: string, location: string, known: Record<Feed, ReadonlySet<string>>): UsageCells {
  const cell = (key: CallingUsageMeasure): 0 | null => (known[callingUsageMeasures[key].feed].has(org) ? 0 : null);
  const cells = Object.fromEntries(measureKeys.map((key) => [key, cell(key)])) as MeasureCells;
  return { org_uuid: org, location, cells, callSeconds: 0, videoMilliseconds: 0 };
}

function fill({ cells }: UsageCells, sums: PlaceSums): void {
  for (const key of measureKeys) {
    const sum = sums[key];
    if (sum !== undefined) cells[key] = sum;
  }
}

/** Who has call legs on any day. Whoever has them in the range is not asked for again. */
async function findWithLegs(
  { store, scope, visible }: FactsQuestion,
  inRange: ReadonlySet<string>,
  others: readonly string[],
): Promise<{ isLoaded: boolean; organizations: ReadonlySet<string> }> {
  const { sql, parameters } = countedWhere(scope, visible, 'report_id');
  const unsure = [...new Set(others)].filter((org) => !inRange.has(org));
  const found =
    unsure.length === 0
      ? []
      : await store.ask<{ org: string }>(
          `SELECT toString(org_uuid) AS org FROM @region.call_leg WHERE ${sql} AND org_uuid IN {unsure:Array(UUID)} GROUP BY org_uuid`,
          { parameters: { ...parameters, unsure } },
        );
  const organizations = new Set([...inRange, ...found.map(({ org }) => org)]);
  if (organizations.size > 0) return { isLoaded: true, organizations };
  const any = await store.ask(`SELECT 1 AS one FROM @region.call_leg WHERE ${sql} LIMIT 1`, { parameters });
  return { isLoaded: any.length > 0, organizations };
}

/** The totals row: counts add up; minutes are rounded once from all seconds. A column that is empty everywhere stays empty. */
export function totalsOf(
  rows: readonly Pick<UsageCells, 'cells' | 'callSeconds' | 'videoMilliseconds'>[],
): MeasureCells {
  const totals = Object.fromEntries(measureKeys.map((key) => [key, null])) as MeasureCells;
  for (const key of measureKeys) {
    let sum: number | null = null;
    for (const { cells } of rows) {
      const cell = cells[key];
      if (cell !== null) sum = (sum ?? 0) + cell;
    }
    totals[key] = sum;
  }
  if (totals.callMinutes !== null) totals.callMinutes = minutesOf(rows.reduce((sum, row) => sum + row.callSeconds, 0));
  if (totals.videoMinutes !== null)
    totals.videoMinutes = minutesOf(rows.reduce((sum, row) => sum + row.videoMilliseconds, 0) / 1000);
  return totals;
}
