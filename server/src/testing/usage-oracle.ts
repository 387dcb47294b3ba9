import { type CallingUsageMeasure, callingUsageMeasures, type EndpointType } from '@hub/contract/calling-usage';
import type { QualityPolicy } from '@hub/contract/calling-policy';
import type { LegRecord } from './leg-record.ts';
import type { MediaRecord, QueueRecord } from './report-records.ts';

// Every measure of calling usage over plain records: slow, in memory, and written from DOMAIN 6.3, 6.4 and 6.6, not from the SQL.

export type EndpointOf = (leg: LegRecord) => EndpointType;
export type OracleCells = Record<CallingUsageMeasure, number | null>;

export interface OracleRow {
  orgUuid: string;
  location: string;
  cells: OracleCells;
  /** The records behind each cell; of queue statistics the legs that came into queues. */
  behind: Record<CallingUsageMeasure, LegRecord[]>;
  media: MediaRecord[];
}

/** What the range holds of the other feeds, and which organizations have anything of a feed on any day. */
export interface OtherFeeds {
  policy: QualityPolicy;
  media: readonly MediaRecord[];
  queues: readonly QueueRecord[];
  withLegs: ReadonlySet<string>;
  withMedia: ReadonlySet<string>;
  withQueues: ReadonlySet<string>;
}

const isEmpty = (value: string): boolean => value === '' || value === 'NA' || value === 'na';
const placeOf = (leg: { location: string }): string => (isEmpty(leg.location) ? '' : leg.location);
const isPerson = (leg: LegRecord): boolean => ['User', 'Place', 'VirtualLine'].includes(leg.user_type);
const isIncoming = (leg: LegRecord): boolean => leg.direction === 'TERMINATING';

/** Of each Report ID the record with the latest Report time: what is left of several files. */
export function latestVersions(records: readonly LegRecord[]): LegRecord[] {
  const latest = new Map<string, LegRecord>();
  for (const record of records) {
    const known = latest.get(record.report_id);
    if (!known || known.report_time < record.report_time) latest.set(record.report_id, record);
  }
  return [...latest.values()];
}

/** The legs whose UTC day of Start lies in the range, both ends included. */
export const inRange = <Row extends { start_time: string }>(
  legs: readonly Row[],
  { from, to }: { from: string; to: string },
): Row[] => legs.filter((leg) => leg.start_time.slice(0, 10) >= from && leg.start_time.slice(0, 10) <= to);

type Quality = 'good' | 'poor' | 'unknown';

/** Of one stream: jitter, latency and loss against 150 ms, 400 ms and 5 %. */
function streamQuality(policy: QualityPolicy, values: readonly (number | null)[]): Quality {
  const limits = [150, 400, 5];
  const isComplete = values.every((value) => value !== null);
  const some = (is: (value: number, limit: number) => boolean): boolean =>
    values.some((value, at) => value !== null && is(value, limits[at] ?? 0));
  if (policy === 'documented') return some((value, limit) => value <= limit) ? 'good' : isComplete ? 'poor' : 'unknown';
  return some((value, limit) => value >= limit) ? 'poor' : isComplete ? 'good' : 'unknown';
}

export function mediaQuality(policy: QualityPolicy, row: MediaRecord): Quality {
  const audio = streamQuality(policy, [row.jitter, row.latency, row.loss]);
  if (row.videoSeconds === 0) return audio;
  const streams = [audio, streamQuality(policy, [row.videoJitter, null, null])];
  const one = policy === 'documented' ? 'good' : 'poor'; // what a single stream decides
  if (streams.includes(one)) return one;
  return streams.includes('unknown') ? 'unknown' : one === 'good' ? 'poor' : 'good';
}

/** The media rows that each measure counts. */
export const mediaBehind = {
  poorLegs: (rows: readonly MediaRecord[], policy: QualityPolicy) =>
    rows.filter((row) => mediaQuality(policy, row) === 'poor'),
  videoMinutes: (rows: readonly MediaRecord[]) => rows.filter((row) => row.videoSeconds > 0),
  audioLegs: (rows: readonly MediaRecord[]) =>
    rows.filter((row) => [row.jitter, row.latency, row.loss].some((value) => value !== null)),
  videoLegs: (rows: readonly MediaRecord[]) => rows.filter((row) => row.videoSeconds > 0),
};

/** The records that each measure looks at. */
function behindOf(
  legs: readonly LegRecord[],
  endpointOf: EndpointOf,
  ofMedia: (rows: 'poorLegs' | 'videoMinutes' | 'audioLegs' | 'videoLegs') => LegRecord[] = () => [],
): OracleRow['behind'] {
  const persons = legs.filter(isPerson);
  const onto = (...types: string[]): LegRecord[] =>
    legs.filter((leg) => isIncoming(leg) && types.includes(leg.user_type));
  const ontoQueues = onto('CallCenterStandard', 'CallCenterPremium');
  return {
    calls: persons.filter((leg) => leg.direction === 'ORIGINATING'),
    callLegs: persons,
    poorLegs: ofMedia('poorLegs'),
    callMinutes: persons.filter((leg) => leg.answered === 'true'),
    videoMinutes: ofMedia('videoMinutes'),
    audioLegs: ofMedia('audioLegs'),
    videoLegs: ofMedia('videoLegs'),
    deskPhoneLegs: persons.filter((leg) => endpointOf(leg) === 'desk_phone'),
    roomDeviceLegs: persons.filter((leg) => endpointOf(leg) === 'room_device'),
    otherDeviceLegs: persons.filter((leg) => endpointOf(leg) === 'third_party'),
    huntGroupCalls: onto('HuntGroup'),
    autoAttendantCalls: onto('AutomatedAttendantVideo'),
    queueCalls: ontoQueues,
    queueCallsTimedOut: ontoQueues,
    queueCallsOverflowed: ontoQueues,
    queueCallsTransferred: ontoQueues,
    queueCallsAbandoned: ontoQueues,
  };
}

const secondsOf = (legs: readonly LegRecord[]): number => legs.reduce((sum, leg) => sum + leg.duration, 0);
const wholeMinutes = (seconds: number): number => {
  const minutes = Math.trunc(seconds / 60);
  return seconds % 60 >= 30 ? minutes + 1 : minutes;
};
const sessionOf = (leg: LegRecord): string =>
  isEmpty(leg.correlation_id) ? `alone ${leg.report_id}` : `${leg.correlation_id} ${leg.user_uuid}`;
const serviceCallOf = (leg: LegRecord): string => (isEmpty(leg.call_id) ? `alone ${leg.report_id}` : leg.call_id);
const different = (legs: readonly LegRecord[], keyOf: (leg: LegRecord) => string): number =>
  new Set(legs.map(keyOf)).size;

const videoSecondsOf = (rows: readonly MediaRecord[]): number =>
  rows.reduce((sum, { videoSeconds }) => sum + videoSeconds, 0);

function legCells(behind: OracleRow['behind']): Partial<OracleCells> {
  return {
    calls: different(behind.calls, sessionOf),
    callLegs: behind.callLegs.length,
    callMinutes: wholeMinutes(secondsOf(behind.callMinutes)),
    deskPhoneLegs: behind.deskPhoneLegs.length,
    roomDeviceLegs: behind.roomDeviceLegs.length,
    otherDeviceLegs: behind.otherDeviceLegs.length,
    huntGroupCalls: different(behind.huntGroupCalls, serviceCallOf),
    autoAttendantCalls: different(behind.autoAttendantCalls, serviceCallOf),
    queueCalls: different(behind.queueCalls, serviceCallOf),
  };
}

function mediaCells(rows: readonly MediaRecord[], policy: QualityPolicy): Partial<OracleCells> {
  return {
    poorLegs: mediaBehind.poorLegs(rows, policy).length,
    videoMinutes: wholeMinutes(videoSecondsOf(rows)),
    audioLegs: mediaBehind.audioLegs(rows).length,
    videoLegs: mediaBehind.videoLegs(rows).length,
  };
}

function queueCells(rows: readonly QueueRecord[]): Partial<OracleCells> {
  const sum = (key: 'timedOut' | 'overflowed' | 'transferred' | 'abandoned'): number =>
    rows.reduce((total, row) => total + row[key], 0);
  return {
    queueCallsTimedOut: sum('timedOut'),
    queueCallsOverflowed: sum('overflowed'),
    queueCallsTransferred: sum('transferred'),
    queueCallsAbandoned: sum('abandoned'),
  };
}

const emptyCells = Object.fromEntries(Object.keys(callingUsageMeasures).map((key) => [key, null])) as OracleCells;

/** A row per organization and location of which the range holds any leg, media row or row of a queue. */
export function oracleRows(
  legs: readonly LegRecord[],
  endpointOf: EndpointOf,
  others: OtherFeeds = {
    policy: 'documented',
    media: [],
    queues: [],
    withLegs: new Set(legs.map((leg) => leg.org_uuid)),
    withMedia: new Set(),
    withQueues: new Set(),
  },
): OracleRow[] {
  const keyOf = (row: { org_uuid: string; location: string }): string => JSON.stringify([row.org_uuid, placeOf(row)]);
  const [ofLegs, ofMedia, ofQueues] = [
    Map.groupBy(legs, keyOf),
    Map.groupBy(others.media, keyOf),
    Map.groupBy(others.queues, keyOf),
  ];
  return [...new Set([...ofLegs.keys(), ...ofMedia.keys(), ...ofQueues.keys()])].map((key) => {
    const [orgUuid, location] = JSON.parse(key) as [string, string];
    const media = ofMedia.get(key) ?? [];
    const behind = behindOf(ofLegs.get(key) ?? [], endpointOf, (measure) =>
      legsOfMedia(legs, mediaBehind[measure](media, others.policy)),
    );
    const cells = {
      ...emptyCells,
      ...(others.withLegs.has(orgUuid) ? legCells(behind) : {}),
      ...(others.withMedia.has(orgUuid) ? mediaCells(media, others.policy) : {}),
      ...(others.withQueues.has(orgUuid) ? queueCells(ofQueues.get(key) ?? []) : {}),
    };
    return { orgUuid, location, behind, cells, media };
  });
}

/** The person legs of the same user with the same Correlation ID or Call ID, wherever they are. */
function legsOfMedia(legs: readonly LegRecord[], media: readonly MediaRecord[]): LegRecord[] {
  const joins = (leg: LegRecord, row: MediaRecord): boolean =>
    leg.org_uuid === row.org_uuid &&
    leg.user_uuid === row.user_uuid &&
    ((!isEmpty(row.correlation_id) && leg.correlation_id === row.correlation_id) ||
      (!isEmpty(row.call_id) && leg.call_id === row.call_id));
  return legs.filter((leg) => isPerson(leg) && media.some((row) => joins(leg, row)));
}

/** Counts of the rows add up; minutes come from all their seconds. Nothing adds up to nothing. */
export function oracleTotals(rows: readonly OracleRow[]): OracleCells {
  const totals = { ...emptyCells };
  for (const measure of Object.keys(totals) as CallingUsageMeasure[]) {
    const cells = rows.flatMap(({ cells }) => cells[measure] ?? []);
    totals[measure] = cells.length === 0 ? null : cells.reduce((sum, cell) => sum + cell, 0);
  }
  if (totals.callMinutes !== null)
    totals.callMinutes = wholeMinutes(secondsOf(rows.flatMap(({ behind }) => behind.callMinutes)));
  if (totals.videoMinutes !== null)
    totals.videoMinutes = wholeMinutes(videoSecondsOf(rows.flatMap(({ media }) => media)));
  return totals;
}
