import type { MetricKey } from './metrics.ts';

/** What the page of calling engagement asks, by view: page and bench read it here. */
export type EngagementView = 'usage' | 'quality' | 'features';

/** Weeks that a trend shows. */
export const trendWeeks = 8;
/** The rule of spikes looks at the 8 weeks before each of those that are shown. */
export const qualityWeeks = 2 * trendWeeks;

export interface Kpi {
  key:
    | 'activeUsers'
    | 'activeShare'
    | 'callLegs'
    | 'poorShare'
    | 'queueAbandonedShare'
    | 'queueAnswerTime'
    | 'queueAbandonTime';
  /** Numerator and denominator. */
  parts?: readonly [MetricKey, MetricKey];
  /** Further numbers that its formula tells. */
  others?: readonly MetricKey[];
  /** Where its rows stand. */
  view: EngagementView;
}

const abandoned: Kpi = {
  key: 'queueAbandonedShare',
  parts: ['queueAbandoned', 'queueTotalCalls'],
  others: ['queueAbandonedShareMean'],
  view: 'features',
};

export const headKpis: readonly Kpi[] = [
  { key: 'activeUsers', view: 'usage' },
  { key: 'activeShare', parts: ['activeUsers', 'assignedLicenses'], view: 'usage' },
  { key: 'callLegs', view: 'usage' },
  { key: 'poorShare', parts: ['poorLegs', 'knownLegs'], others: ['unknownLegs'], view: 'quality' },
  abandoned,
];

export const queueKpis: readonly Kpi[] = [
  { key: 'queueAnswerTime', others: ['queueAnswered', 'queueOverflowed'], view: 'features' },
  { key: 'queueAbandonTime', others: ['queueAbandoned'], view: 'features' },
  abandoned,
];

export const featureMetrics = [
  'autoAttendantCalls',
  'queueCalls',
  'huntGroupCalls',
  'forwardedCalls',
  'transferredCalls',
  'voicemailCalls',
  'recordedCalls',
  'pickupCalls',
  'parkedCalls',
  'executiveCalls',
  'bargeInCalls',
  'singleNumberReachCalls',
] as const satisfies readonly MetricKey[];

const metricsOf = (kpis: readonly Kpi[]): MetricKey[] => [
  ...new Set(kpis.flatMap(({ key, parts = [], others = [] }) => [key, ...parts, ...others])),
];

/** The numbers behind the pictures of a view. */
export const pictureMetrics: Record<EngagementView, readonly MetricKey[]> = {
  usage: [...metricsOf(headKpis), 'usersNone', 'usersLight', 'usersRegular', 'usersHeavy'],
  quality: ['poorShare', 'poorLegs', 'knownLegs', 'goodLegs', 'unknownLegs', 'mediaLegs'],
  features: [...featureMetrics, ...metricsOf(queueKpis)],
};

/** Legs of the period by endpoint type. */
export const endpointMetrics: readonly MetricKey[] = ['knownLegs', 'poorLegs'];

/** What the other policy would show of the same legs. */
export const otherPolicyMetrics: readonly MetricKey[] = ['poorShare', 'poorLegs', 'knownLegs'];

/** The columns of a view's table. */
export const tableColumns: Record<EngagementView, readonly MetricKey[]> = {
  usage: [
    'assignedLicenses',
    'activeUsers',
    'activeShare',
    'callLegs',
    'calls',
    'callMinutes',
    'minutesPerActiveUser',
    'videoMinutes',
    'highestDailyActiveUsers',
    'averageDailyActiveUsers',
    'usersNone',
    'usersLight',
    'usersRegular',
    'usersHeavy',
  ],
  quality: [
    'mediaLegs',
    'knownLegs',
    'poorLegs',
    'poorShare',
    'worstEndpointType',
    'worstLocation',
    'averageJitter',
    'averageLatency',
    'averagePacketLoss',
    'usersAffected',
    'unknownLegs',
  ],
  features: [
    'queues',
    'queueTotalCalls',
    'queueAnswered',
    'queueAnsweredShare',
    'queueAbandoned',
    'queueAbandonedShare',
    'queueOverflowed',
    'queueTimedOut',
    'queueTransferred',
    'queueAnswerTime',
    'queueAbandonTime',
    'agentsAssigned',
    'agentsHandling',
    'huntGroupCalls',
    'autoAttendantCalls',
  ],
};

/** Columns that nobody is shown, or asks for, until they are chosen. */
export const hiddenAtFirst: Record<EngagementView, readonly MetricKey[]> = {
  usage: [
    'calls',
    'videoMinutes',
    'highestDailyActiveUsers',
    'averageDailyActiveUsers',
    'usersNone',
    'usersLight',
    'usersRegular',
    'usersHeavy',
  ],
  quality: ['knownLegs', 'unknownLegs'],
  features: [],
};
