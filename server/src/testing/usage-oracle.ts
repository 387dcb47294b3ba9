import type { CallingUsageMeasure, EndpointType } from '@hub/contract/calling-usage';
import type { LegRecord } from './leg-record.ts';

// Every measure of calling usage over plain records: slow, in memory, and written from DOMAIN 6.3, 6.4 and 6.6, not from the SQL.

export type EndpointOf = (leg: LegRecord) => EndpointType;
export type OracleCells = Record<CallingUsageMeasure, number | null>;

export interface OracleRow {
  orgUuid: string;
  location: string;
  cells: OracleCells;
  /** The records behind each cell. */
  behind: Record<CallingUsageMeasure, LegRecord[]>;
}

const isEmpty = (value: string): boolean => value === '' || value === 'NA' || value === 'na';
const placeOf = (leg: LegRecord): string => (isEmpty(leg.location) ? '' : leg.location);
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
export const inRange = (legs: readonly LegRecord[], { from, to }: { from: string; to: string }): LegRecord[] =>
  legs.filter((leg) => leg.start_time.slice(0, 10) >= from && leg.start_time.slice(0, 10) <= to);

/** The records that each measure looks at. */
function behindOf(legs: readonly LegRecord[], endpointOf: EndpointOf): OracleRow['behind'] {
  const persons = legs.filter(isPerson);
  const onto = (...types: string[]): LegRecord[] =>
    legs.filter((leg) => isIncoming(leg) && types.includes(leg.user_type));
  return {
    calls: persons.filter((leg) => leg.direction === 'ORIGINATING'),
    callLegs: persons,
    poorLegs: [],
    callMinutes: persons.filter((leg) => leg.answered === 'true'),
    videoMinutes: [],
    audioLegs: [],
    videoLegs: [],
    deskPhoneLegs: persons.filter((leg) => endpointOf(leg) === 'desk_phone'),
    roomDeviceLegs: persons.filter((leg) => endpointOf(leg) === 'room_device'),
    otherDeviceLegs: persons.filter((leg) => endpointOf(leg) === 'third_party'),
    huntGroupCalls: onto('HuntGroup'),
    autoAttendantCalls: onto('AutomatedAttendantVideo'),
    queueCalls: onto('CallCenterStandard', 'CallCenterPremium'),
    queueCallsTimedOut: [],
    queueCallsOverflowed: [],
    queueCallsTransferred: [],
    queueCallsAbandoned: [],
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

function cellsOf(behind: OracleRow['behind']): OracleCells {
  return {
    calls: different(behind.calls, sessionOf),
    callLegs: behind.callLegs.length,
    poorLegs: null,
    callMinutes: wholeMinutes(secondsOf(behind.callMinutes)),
    videoMinutes: null,
    audioLegs: null,
    videoLegs: null,
    deskPhoneLegs: behind.deskPhoneLegs.length,
    roomDeviceLegs: behind.roomDeviceLegs.length,
    otherDeviceLegs: behind.otherDeviceLegs.length,
    huntGroupCalls: different(behind.huntGroupCalls, serviceCallOf),
    autoAttendantCalls: different(behind.autoAttendantCalls, serviceCallOf),
    queueCalls: different(behind.queueCalls, serviceCallOf),
    queueCallsTimedOut: null,
    queueCallsOverflowed: null,
    queueCallsTransferred: null,
    queueCallsAbandoned: null,
  };
}

/** A row per organization and location of which the range holds any leg. */
export function oracleRows(legs: readonly LegRecord[], endpointOf: EndpointOf): OracleRow[] {
  const groups = Map.groupBy(legs, (leg) => JSON.stringify([leg.org_uuid, placeOf(leg)]));
  return [...groups].map(([key, group]) => {
    const [orgUuid, location] = JSON.parse(key) as [string, string];
    const behind = behindOf(group, endpointOf);
    return { orgUuid, location, behind, cells: cellsOf(behind) };
  });
}

/** Counts of the rows add up; minutes come from all their seconds. Nothing adds up to nothing. */
export function oracleTotals(rows: readonly OracleRow[]): OracleCells {
  const totals = cellsOf(behindOf([], () => 'unknown'));
  for (const measure of Object.keys(totals) as CallingUsageMeasure[]) {
    const cells = rows.flatMap(({ cells }) => cells[measure] ?? []);
    totals[measure] = cells.length === 0 ? null : cells.reduce((sum, cell) => sum + cell, 0);
  }
  if (rows.length > 0) totals.callMinutes = wholeMinutes(secondsOf(rows.flatMap(({ behind }) => behind.callMinutes)));
  return totals;
}
