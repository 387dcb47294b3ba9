import type { QualityPolicy } from '@hub/contract/calling-policy';
import type { MetricFeed, MetricKey } from '@hub/contract/metrics';
import { featureParts } from '../imports/index.ts';
import { affectedSource, mediaLegs, mediaSource, qualityParts } from './media-queries.ts';
import { callSource, dailyUserSource, featureSource, legSource } from './leg-queries.ts';
import { licenseSource } from './license-queries.ts';
import { queueSource } from './queue-queries.ts';
import type { Source } from './source-queries.ts';

/** Where parts come from. */
export const sources = {
  legs: legSource,
  dailyUsers: dailyUserSource,
  calls: callSource,
  features: featureSource,
  media: mediaSource,
  affected: affectedSource,
  queues: queueSource,
  licenses: licenseSource,
} as const satisfies Record<string, Source>;
export type SourceName = keyof typeof sources;

/** Of which feed a source's rows are: who has one has that feed. */
export const feedOf: Readonly<Record<SourceName, MetricFeed>> = {
  legs: 'call_history',
  dailyUsers: 'call_history',
  calls: 'call_history',
  features: 'call_history',
  media: 'media_quality',
  affected: 'media_quality',
  queues: 'call_queue_stats',
  licenses: 'licenses',
};

/** What a formula may read of one row: the sums of its parts, the number of the bucket, and what the question chose. */
export interface Reading {
  /** Of a part in the bucket; 0 where the source has no row. */
  of: (part: string) => number;
  /** Of a part that is told by UTC day, the values of the bucket's days. */
  days: (part: string) => number[];
  policy: QualityPolicy;
}

interface Formula {
  needs: readonly SourceName[];
  /** Of sources that count only what is asked. */
  parts?: readonly string[];
  /** Null: nothing to divide by, or not known. */
  value: (reading: Reading) => number | null;
}

const count = (source: SourceName, part: string): Formula => ({
  needs: [source],
  parts: [part],
  value: ({ of }) => of(part),
});
const ratio = (source: SourceName, above: string, below: string, factor = 1): Formula => ({
  needs: [source],
  parts: [above, below],
  value: ({ of }) => divided(of(above) * factor, of(below)),
});
const divided = (above: number, below: number): number | null => (below === 0 ? null : above / below);

/** Whole minutes, half up, once from all seconds. */
const minutes = (seconds: number): number => Math.floor((seconds + 30) / 60);

const good = ({ of, policy }: Reading): number => of(`${policy}_good`);
const poor = ({ of, policy }: Reading): number => of(`${policy}_poor`);
const known = (reading: Reading): number => good(reading) + poor(reading);

const judged = (value: Formula['value']): Formula => ({ needs: ['media'], parts: qualityParts, value });
const features = Object.fromEntries(featureParts.map((part) => [part, count('features', part)])) as Record<
  (typeof featureParts)[number],
  Formula
>;

/** The metrics whose value is a number of parts; the words stand in docs/metrics.md. Those of text, and the mean of customers, are in answer.ts. */
export const formulas: Record<
  Exclude<MetricKey, 'worstEndpointType' | 'worstLocation' | 'queueAbandonedShareMean'>,
  Formula
> = {
  assignedLicenses: { needs: ['licenses'], value: ({ of }) => (of('isKnown') === 0 ? null : of('assigned')) },
  activeUsers: count('legs', 'users'),
  activeShare: {
    needs: ['legs', 'licenses'],
    value: ({ of }) => divided(100 * of('usersOfAssigned'), of('assignedOfUse')),
  },
  calls: count('calls', 'calls'),
  callLegs: count('legs', 'legs'),
  callMinutes: { needs: ['legs'], value: ({ of }) => minutes(of('seconds')) },
  videoMinutes: {
    needs: ['media'],
    parts: ['video_milliseconds'],
    value: ({ of }) => minutes(of('video_milliseconds') / 1000),
  },
  minutesPerActiveUser: { needs: ['legs'], value: ({ of }) => divided(of('seconds') / 60, of('users')) },
  highestDailyActiveUsers: { needs: ['dailyUsers'], value: ({ days }) => Math.max(0, ...days('usersByDay')) },
  averageDailyActiveUsers: {
    needs: ['dailyUsers'],
    value: ({ days }) => {
      const users = days('usersByDay');
      return divided(
        users.reduce((sum, day) => sum + day, 0),
        users.length,
      );
    },
  },
  usersNone: { needs: ['legs', 'licenses'], value: ({ of }) => (of('isUseKnown') === 0 ? null : of('withoutUse')) },
  usersLight: count('legs', 'light'),
  usersRegular: count('legs', 'regular'),
  usersHeavy: count('legs', 'heavy'),

  mediaLegs: count('media', mediaLegs),
  knownLegs: judged(known),
  goodLegs: judged(good),
  poorLegs: judged(poor),
  unknownLegs: judged((reading) => reading.of(mediaLegs) - known(reading)),
  poorShare: judged((reading) => divided(100 * poor(reading), known(reading))),
  audioLegs: count('media', 'audio_legs'),
  videoLegs: count('media', 'video_legs'),
  averageJitter: ratio('media', 'jitter_thousandths', 'jitter_legs', 0.001),
  averageLatency: ratio('media', 'latency_thousandths', 'latency_legs', 0.001),
  averagePacketLoss: ratio('media', 'loss_thousandths', 'loss_legs', 0.001),
  // Who has media and nobody affected is told by their media.
  usersAffected: { needs: ['affected', 'media'], value: ({ of, policy }) => of(`${policy}_affected`) },

  ...features,

  queues: count('queues', 'queues'),
  queueTotalCalls: count('queues', 'total'),
  queueAnswered: count('queues', 'answered'),
  queueAnsweredShare: ratio('queues', 'answered', 'total', 100),
  queueAbandoned: count('queues', 'abandoned'),
  queueAbandonedShare: ratio('queues', 'abandoned', 'total', 100),
  queueAnswerTime: ratio('queues', 'waitSeconds', 'waitCalls'),
  queueAbandonTime: ratio('queues', 'abandonedSeconds', 'abandonedCalls'),
  queueOverflowed: count('queues', 'overflowed'),
  queueTimedOut: count('queues', 'timedOut'),
  queueTransferred: count('queues', 'transferred'),
  agentsAssigned: {
    needs: ['queues'],
    value: ({ of }) => (of('queuesWithAssigned') === 0 ? null : of('agentsAssigned')),
  },
  agentsHandling: {
    needs: ['queues'],
    value: ({ of }) => (of('queuesWithHandling') === 0 ? null : of('agentsHandling')),
  },
};

/** What a metric asks. Who has a worst endpoint type or location is told by their media. */
export function needsOf(key: MetricKey): readonly SourceName[] {
  if (key === 'worstEndpointType' || key === 'worstLocation') return ['media'];
  return key === 'queueAbandonedShareMean' ? ['queues'] : formulas[key].needs;
}

/** Of the sources that count only what is asked, what these metrics ask. */
export function partsAsked(source: SourceName, metrics: readonly MetricKey[]): readonly string[] {
  if (source !== 'media' && source !== 'features') return [];
  const parts = metrics.flatMap((key) =>
    needsOf(key).includes(source) && key in formulas ? (formulas[key as keyof typeof formulas].parts ?? []) : [],
  );
  return [...new Set(source === 'media' ? [mediaLegs, ...parts] : parts)].sort();
}
