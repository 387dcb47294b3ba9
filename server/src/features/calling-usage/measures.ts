import type { QualityPolicy } from '@hub/contract/calling-policy';
import {
  CallingUsageMeasure,
  type Feed,
  callingUsageMeasures,
  type LegMeasure as ListedMeasure,
  MediaMeasure,
} from '@hub/contract/calling-usage';
import { featureLegs, type FeaturePart, hasAudio, hasVideo, qualityOf } from '../imports/index.ts';
import { queueSums } from '../metrics/index.ts';

/** Of the call-record feed: for each measure, which legs it counts and how. The words are in docs/metrics.md. */
interface LegMeasure {
  /** Condition on call_leg: the rows behind the number. */
  legs: string;
  /** What is aggregated over those legs: rows, different keys, or seconds. */
  count: 'legs' | { distinct: 'session_key' | 'call_key' } | { seconds: 'duration' };
}

// The bits of call_leg.counted_as; the conditions themselves stand in migrations/regional/0001-call-leg.sql.
const countedAs = (bit: 1 | 2 | 4 | 8 | 16 | 32): string => `bitAnd(counted_as, ${bit}) != 0`;
const calls = (feature: FeaturePart): LegMeasure => ({ legs: featureLegs[feature], count: { distinct: 'call_key' } });

/** Legs that came into a queue. Queue statistics name no call: these are as near as their numbers lead. */
export const queueLegs = calls('queueCalls');

const legMeasures: Partial<Record<CallingUsageMeasure, LegMeasure>> = {
  calls: { legs: countedAs(2), count: { distinct: 'session_key' } },
  callLegs: { legs: countedAs(1), count: 'legs' },
  callMinutes: { legs: countedAs(4), count: { seconds: 'duration' } },
  deskPhoneLegs: { legs: countedAs(8), count: 'legs' },
  roomDeviceLegs: { legs: countedAs(16), count: 'legs' },
  otherDeviceLegs: { legs: countedAs(32), count: 'legs' },
  huntGroupCalls: calls('huntGroupCalls'),
  autoAttendantCalls: calls('autoAttendantCalls'),
  queueCalls: queueLegs,
};

export const isFeature = (key: ListedMeasure): key is FeaturePart => key in featureLegs;

/** Which legs a number of call records counts, and how; undefined for numbers of the other feeds. */
export function legMeasure(key: ListedMeasure): LegMeasure | undefined {
  if (isFeature(key)) return calls(key);
  const measure = CallingUsageMeasure.safeParse(key).data;
  return measure === undefined ? undefined : legMeasures[measure];
}

/** Of media quality: the sum of the media rollup that it is, and which rows are in it. Minutes are the milliseconds of their rows. */
interface MediaSum {
  sum: string;
  rows: string;
}

export type MediaMeasureKey = 'poorLegs' | 'videoMinutes' | 'audioLegs' | 'videoLegs';

export const mediaMeasures = (policy: QualityPolicy): Record<MediaMeasureKey, MediaSum> => ({
  poorLegs: { sum: `${policy}_poor`, rows: `${qualityOf[policy]} = -1` },
  videoMinutes: { sum: 'video_milliseconds', rows: hasVideo },
  audioLegs: { sum: 'audio_legs', rows: hasAudio },
  videoLegs: { sum: 'video_legs', rows: hasVideo },
});

/** Which media rows are behind a number; undefined for numbers of other feeds. */
export function mediaRowsOf(key: ListedMeasure, policy: QualityPolicy): string | undefined {
  const more = MediaMeasure.safeParse(key).data;
  if (more !== undefined) return moreMediaRows(policy)[more];
  return isMediaMeasure(key) ? mediaMeasures(policy)[key].rows : undefined;
}

const moreMediaRows = (policy: QualityPolicy): Record<MediaMeasure, string> => ({
  mediaLegs: 'true',
  knownLegs: `${qualityOf[policy]} != 0`,
  goodLegs: `${qualityOf[policy]} = 1`,
  unknownLegs: `${qualityOf[policy]} = 0`,
});

const isMediaMeasure = (key: ListedMeasure): key is MediaMeasureKey =>
  key in callingUsageMeasures && callingUsageMeasures[key as CallingUsageMeasure].feed === 'media_quality';

/** Of queue statistics: sums over their rows. */
export const queueMeasures = {
  queueCallsTimedOut: queueSums.timedOut,
  queueCallsOverflowed: queueSums.overflowed,
  queueCallsTransferred: queueSums.transferred,
  queueCallsAbandoned: queueSums.abandoned,
} as const satisfies Partial<Record<CallingUsageMeasure, string>>;

export const measureKeys = Object.keys(callingUsageMeasures) as CallingUsageMeasure[];
export const measuresOf = (feed: Feed): CallingUsageMeasure[] =>
  measureKeys.filter((key) => callingUsageMeasures[key].feed === feed);

/** One aggregate column. Minutes: the seconds are summed, divided once, rounded half up once. */
export function aggregateOf({ legs, count }: LegMeasure): string {
  if (count === 'legs') return `countIf(${legs})`;
  // Cells are small and many: sorting a short list is cheaper than a hash set in each of 15,000 cells.
  if ('distinct' in count) return `arrayUniq(groupArrayIf(${count.distinct}, ${legs}))`;
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
