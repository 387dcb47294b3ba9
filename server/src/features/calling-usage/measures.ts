import { type CallingUsageMeasure, type Feed, callingUsageMeasures } from '@hub/contract/calling-usage';

/** The metric catalog of the call-record feed: for each measure, which legs it counts and how. The words are in docs/metrics.md. */
interface LegMeasure {
  /** Condition on call_leg: the rows behind the number. */
  legs: string;
  /** What is aggregated over those legs: rows, different keys, or seconds. */
  count: 'legs' | { distinct: string } | { seconds: string };
}

// The legs of one session share the Correlation ID; a leg without one counts by itself.
const sessionOfUser =
  "tuple(if(correlation_id = toUUID('00000000-0000-0000-0000-000000000000'), report_id, correlation_id), user_uuid)";
// A service leg without a Call ID counts by itself.
const callOfService = "if(call_id IN ('', 'NA', 'na'), toString(report_id), call_id)";
const serviceLegs = (userTypes: string): string => `direction = 'TERMINATING' AND ${userTypes}`;
const personLegsOf = (endpointType: string): LegMeasure => ({
  legs: `is_person AND endpoint_type = '${endpointType}'`,
  count: 'legs',
});

const legMeasures: Partial<Record<CallingUsageMeasure, LegMeasure>> = {
  calls: { legs: "is_person AND direction = 'ORIGINATING'", count: { distinct: sessionOfUser } },
  callLegs: { legs: 'is_person', count: 'legs' },
  callMinutes: { legs: 'is_person AND ifNull(answered, false)', count: { seconds: 'duration' } },
  deskPhoneLegs: personLegsOf('desk_phone'),
  roomDeviceLegs: personLegsOf('room_device'),
  otherDeviceLegs: personLegsOf('third_party'),
  huntGroupCalls: { legs: serviceLegs("user_type = 'HuntGroup'"), count: { distinct: callOfService } },
  autoAttendantCalls: {
    legs: serviceLegs("user_type IN ('AutomatedAttendant', 'AutomatedAttendantVideo')"),
    count: { distinct: callOfService },
  },
  queueCalls: { legs: serviceLegs("startsWith(user_type, 'CallCenter')"), count: { distinct: callOfService } },
};

/** The catalog's entry; undefined for measures of feeds that this release does not import. */
export const legMeasure = (key: CallingUsageMeasure): LegMeasure | undefined => legMeasures[key];

export const measureKeys = Object.keys(callingUsageMeasures) as CallingUsageMeasure[];
export const measuresOf = (feed: Feed): CallingUsageMeasure[] =>
  measureKeys.filter((key) => callingUsageMeasures[key].feed === feed);

/** One aggregate column. Minutes: the seconds are summed, divided once, rounded half up once. */
export function aggregateOf({ legs, count }: LegMeasure): string {
  if (count === 'legs') return `countIf(${legs})`;
  if ('distinct' in count) return `uniqExactIf(${count.distinct}, ${legs})`;
  return `intDiv(sumIf(toUInt64(${count.seconds}), ${legs}) + 30, 60)`;
}

/** The seconds under the minutes, for totals. */
export function secondsOfCalls(): string {
  const minutes = legMeasures.callMinutes;
  if (!minutes || typeof minutes.count === 'string' || !('seconds' in minutes.count))
    throw new Error('callMinutes is not a sum of seconds.');
  return `sumIf(toUInt64(${minutes.count.seconds}), ${minutes.legs})`;
}

/** Seconds to whole minutes, half up: the one place outside SQL that rounds. */
export const minutesOf = (seconds: number): number => Math.floor((seconds + 30) / 60);
