import { z } from 'zod';
import { EndpointType, UserKey } from './calling-usage.ts';
import { CustomerFilter } from './customers.ts';
import { download, endpoint } from './endpoint.ts';
import { CalendarDate, CustomerId, Instant, OrgUuid } from './ids.ts';
import { RegionCode } from './regions.ts';
import { QualityPolicy, UsageBands } from './calling-policy.ts';
import { TimeZone } from './status-policy.ts';
import type { Unit } from './units.ts';

/** What a metric is computed from. `licenses`: license snapshots, or else what the directory has of today. */
export const MetricFeed = z.enum(['call_history', 'media_quality', 'call_queue_stats', 'licenses']);
export type MetricFeed = z.infer<typeof MetricFeed>;

/** What rows can be told apart by. A question without one has a single row: the whole scope. */
export const Dimension = z.enum(['customer', 'location', 'endpointType', 'user', 'queue']);
export type Dimension = z.infer<typeof Dimension>;

interface Metric {
  /** English head of a column, also in CSV files. */
  label: string;
  /** percent: 0 to 100. Percents and ratios are not rounded, minutes are. */
  unit: Unit | 'percent' | 'text';
  feed: MetricFeed;
  /** Absent: only the whole scope and customers. */
  by?: readonly Dimension[];
  /** Of media quality: another policy gives another number. */
  isJudged?: true;
  /** More is worse, less is worse, or neither. */
  worse?: 'more' | 'less';
}

const ofLegs = ['customer', 'location', 'user'] as const;
const ofMedia = ['customer', 'location', 'endpointType', 'user'] as const;
const ofQueues = ['customer', 'location', 'queue'] as const;
const ofCustomers = ['customer'] as const;

const count = (label: string, feed: MetricFeed, by: readonly Dimension[], rest: Partial<Metric> = {}): Metric => ({
  label,
  unit: 'count',
  feed,
  by,
  ...rest,
});
const feature = (label: string): Metric => count(label, 'call_history', ['customer', 'location']);

/**
 * The metric catalog: every number of calling engagement (DOMAIN 1.5). SQL and formulas stand under the same keys in
 * server/src/features/metrics, words in docs/metrics.md. The web formats by `unit`.
 */
export const metrics = {
  assignedLicenses: count('Assigned licenses', 'licenses', ofCustomers),
  activeUsers: count('Active users', 'call_history', ['customer', 'location'], { worse: 'less' }),
  activeShare: { label: 'Active %', unit: 'percent', feed: 'licenses', by: ofCustomers, worse: 'less' },
  calls: count('Total calls', 'call_history', ofLegs),
  callLegs: count('Call legs', 'call_history', ofLegs, { worse: 'less' }),
  callMinutes: { label: 'Call minutes', unit: 'minutes', feed: 'call_history', by: ofLegs, worse: 'less' },
  videoMinutes: { label: 'Video minutes', unit: 'minutes', feed: 'media_quality', by: ofMedia },
  minutesPerActiveUser: {
    label: 'Minutes per active user',
    unit: 'ratio',
    feed: 'call_history',
    by: ['customer', 'location'],
    worse: 'less',
  },
  highestDailyActiveUsers: count('Highest daily active users', 'call_history', ofCustomers),
  averageDailyActiveUsers: {
    label: 'Average daily active users',
    unit: 'ratio',
    feed: 'call_history',
    by: ofCustomers,
  },
  usersNone: count('Users, none', 'licenses', ofCustomers, { worse: 'more' }),
  usersLight: count('Users, light', 'call_history', ofCustomers),
  usersRegular: count('Users, regular', 'call_history', ofCustomers),
  usersHeavy: count('Users, heavy', 'call_history', ofCustomers),

  mediaLegs: count('Legs with media', 'media_quality', ofMedia),
  knownLegs: count('Legs with known quality', 'media_quality', ofMedia, { isJudged: true }),
  goodLegs: count('Good legs', 'media_quality', ofMedia, { isJudged: true }),
  poorLegs: count('Poor legs', 'media_quality', ofMedia, { isJudged: true, worse: 'more' }),
  unknownLegs: count('Legs of unknown quality', 'media_quality', ofMedia, { isJudged: true }),
  poorShare: {
    label: 'Poor %',
    unit: 'percent',
    feed: 'media_quality',
    by: ofMedia,
    isJudged: true,
    worse: 'more',
  },
  audioLegs: count('Legs, audio', 'media_quality', ofMedia),
  videoLegs: count('Legs, video', 'media_quality', ofMedia),
  averageJitter: { label: 'Average jitter, ms', unit: 'ratio', feed: 'media_quality', by: ofMedia, worse: 'more' },
  averageLatency: { label: 'Average latency, ms', unit: 'ratio', feed: 'media_quality', by: ofMedia, worse: 'more' },
  averagePacketLoss: {
    label: 'Average packet loss, %',
    unit: 'ratio',
    feed: 'media_quality',
    by: ofMedia,
    worse: 'more',
  },
  usersAffected: count('Users affected', 'media_quality', ofCustomers, { isJudged: true, worse: 'more' }),
  worstEndpointType: {
    label: 'Worst endpoint type',
    unit: 'text',
    feed: 'media_quality',
    by: ofCustomers,
    isJudged: true,
  },
  worstLocation: { label: 'Worst location', unit: 'text', feed: 'media_quality', by: ofCustomers, isJudged: true },

  autoAttendantCalls: feature('Auto attendant calls'),
  queueCalls: feature('Call queue calls'),
  huntGroupCalls: feature('Hunt group calls'),
  forwardedCalls: feature('Forwarded calls'),
  transferredCalls: feature('Transferred calls'),
  voicemailCalls: feature('Voicemail calls'),
  recordedCalls: feature('Recorded calls'),
  pickupCalls: feature('Picked up calls'),
  parkedCalls: feature('Parked calls'),
  executiveCalls: feature('Executive calls'),
  bargeInCalls: feature('Barge-in calls'),
  singleNumberReachCalls: feature('Single number reach calls'),

  queues: count('Queues', 'call_queue_stats', ofQueues),
  queueTotalCalls: count('Queue calls', 'call_queue_stats', ofQueues),
  queueAnswered: count('Answered', 'call_queue_stats', ofQueues),
  queueAnsweredShare: {
    label: 'Answered %',
    unit: 'percent',
    feed: 'call_queue_stats',
    by: ofQueues,
    worse: 'less',
  },
  queueAbandoned: count('Abandoned', 'call_queue_stats', ofQueues, { worse: 'more' }),
  queueAbandonedShare: {
    label: 'Abandoned %',
    unit: 'percent',
    feed: 'call_queue_stats',
    by: ofQueues,
    worse: 'more',
  },
  /** Of the whole scope only: the unweighted mean over customers with queue calls. */
  queueAbandonedShareMean: { label: 'Abandoned %, mean of customers', unit: 'percent', feed: 'call_queue_stats' },
  queueAnswerTime: {
    label: 'Answer time, s',
    unit: 'ratio',
    feed: 'call_queue_stats',
    by: ofQueues,
    worse: 'more',
  },
  queueAbandonTime: {
    label: 'Wait before abandonment, s',
    unit: 'ratio',
    feed: 'call_queue_stats',
    by: ofQueues,
    worse: 'more',
  },
  queueOverflowed: count('Overflowed', 'call_queue_stats', ofQueues, { worse: 'more' }),
  queueTimedOut: count('Timed out', 'call_queue_stats', ofQueues, { worse: 'more' }),
  queueTransferred: count('Transferred', 'call_queue_stats', ofQueues),
  agentsAssigned: { label: 'Agents assigned', unit: 'ratio', feed: 'call_queue_stats', by: ofQueues },
  agentsHandling: { label: 'Agents handling', unit: 'ratio', feed: 'call_queue_stats', by: ofQueues },
} as const satisfies Record<string, Metric>;

export type MetricKey = keyof typeof metrics;
const metricKeys = Object.keys(metrics) as [MetricKey, ...MetricKey[]];
export const MetricKey = z.enum(metricKeys);
/** Told of whole UTC days only: not by the hour, and not for days of another zone. */
export const isOfWholeDays = (key: MetricKey): boolean =>
  metrics[key].feed === 'licenses' ||
  metrics[key].feed === 'call_queue_stats' ||
  key === 'highestDailyActiveUsers' ||
  key === 'averageDailyActiveUsers';
export const metricOf = (key: MetricKey): Metric => metrics[key];

/** The longest range of one question, in days, and the most buckets it may have. */
export const metricMaximumDays = 400;
export const metricMaximumBuckets = 400;

/** A list of words separated by commas, each once. */
const listOf = <Word extends string>(word: z.ZodType<Word, string>) =>
  z
    .string()
    .max(2000)
    .transform((text) => [...new Set(text.split(',').map((part) => part.trim()))])
    .pipe(z.array(word).min(1).max(60));

/** hour, day, week (Sunday to Saturday): of the zone. whole: the range is one bucket. */
export const Bucket = z.enum(['whole', 'hour', 'day', 'week']);
export type Bucket = z.infer<typeof Bucket>;

/** What the period of a question, its last bucket, is set beside: the bucket or range before it, or the same days so many weeks before. */
export const Comparison = z.enum(['none', 'previous', 'weeks_before']);
export type Comparison = z.infer<typeof Comparison>;

const question = {
  /** Both days count, whole days of the zone. */
  from: CalendarDate,
  to: CalendarDate,
  bucket: Bucket.default('whole'),
  /** Days of another zone than UTC are counted from the legs themselves, and only what has an instant can be told by them. */
  zone: TimeZone.default('UTC'),
  metrics: listOf(MetricKey),
  /** The partner's own where it is absent. */
  policy: QualityPolicy.optional(),
  /** Only customers that this filter of the customer list leaves, such as group:"North". */
  filter: CustomerFilter.optional(),
  /** Only customers that have Call Queue enabled. */
  hasQueues: z.stringbool().default(false),
  /** Of none, whatever is sorted by its change is set beside the previous one. */
  comparison: Comparison.default('none'),
  /** How many, where that is compared with. */
  weeksBefore: z.coerce.number().int().min(1).max(52).default(1),
};

const oneCustomer = {
  customerId: CustomerId.optional(),
  /** Exactly this location of the customer; the empty text is a leg without one. */
  location: z.string().max(500).optional(),
};

const ordering = {
  /** A metric, or the name of the row. */
  sort: z.enum(['name', ...metricKeys]).default('name'),
  /** last: its value in the last bucket; change: against what it is compared with. Rows without one come last. */
  sortBy: z.enum(['last', 'change']).default('last'),
  order: z.enum(['asc', 'desc']).default('asc'),
  /** Part of the row's name; case does not matter. */
  q: z.string().max(200).optional(),
};

/** A value of a bucket. Null: the feed has nothing of this customer at all, or began after the bucket, or there is nothing to divide by. */
const Value = z.union([z.number(), z.string(), z.null()]);
export type MetricValue = z.infer<typeof Value>;
/** By metric, a value a bucket. */
const Values = z.partialRecord(MetricKey, z.array(Value));
export type MetricValues = z.infer<typeof Values>;
/** By metric, the value of what the last bucket is compared with; null where the question compares with nothing. */
const Before = z.partialRecord(MetricKey, Value).nullable();
export type MetricsBefore = z.infer<typeof Before>;

export const MetricRow = z.object({
  /** Tells rows of one answer apart. */
  key: z.string(),
  /** Of the customer, location, endpoint type, user or queue; empty for a location without a name. */
  name: z.string(),
  customerId: CustomerId.nullable(),
  orgUuid: OrgUuid.nullable(),
  endpointType: EndpointType.nullable(),
  /** Of users: finds their call legs. Null for who is in media reports only, without a UUID. */
  userKey: UserKey.nullable(),
  /** The location that a user or a queue is at, or a location's own name. */
  location: z.string().nullable(),
  values: Values,
  before: Before,
});
export type MetricRow = z.infer<typeof MetricRow>;

const answer = {
  /** First day (or hour, as an instant) of each bucket, in the order of the values. */
  buckets: z.array(z.string()),
  /** Of each bucket, whether its end still lies ahead. */
  areOpen: z.array(z.boolean()),
  totals: Values,
  /** The days that the last bucket is compared with. */
  comparedWith: z.object({ from: CalendarDate, to: CalendarDate }).nullable(),
  totalsBefore: Before,
  policy: QualityPolicy,
  /** Which release of that policy's rules. */
  policyVersion: z.int(),
  bands: UsageBands,
  /** Feeds of which nothing counts for this scope and region. */
  missingFeeds: z.array(MetricFeed),
};

const storeErrors = ['region_not_served', 'region_unavailable', 'question_too_slow', 'asker_left'] as const;
const questionErrors = [
  'range_invalid',
  'range_too_long',
  'metric_not_by',
  'customer_needed',
  'metric_needs_days',
  'filter_invalid',
  'filter_too_long',
  'customer_not_found',
] as const;

export const askMetrics = endpoint({
  method: 'GET',
  path: '/api/metrics',
  permission: 'calling_usage.read',
  summary:
    'Metrics of one region by bucket: for the whole scope and, with `by`, a row for each customer, location, endpoint type, user or queue. Users need call_legs.read.',
  query: z.object({
    region: RegionCode,
    ...question,
    ...oneCustomer,
    by: Dimension.optional(),
    ...ordering,
    // Holds a name: 500 characters, in any script, twice encoded.
    after: z.string().max(8000).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  reply: z.object({
    ...answer,
    rows: z.array(MetricRow),
    next: z.string().nullable(),
    /** Rows that match, on all pages. */
    count: z.int(),
    dataAsOf: Instant.nullable(),
  }),
  errors: [...questionErrors, ...storeErrors, 'cursor_invalid'],
});

export const exportMetrics = endpoint({
  method: 'GET',
  path: '/api/metrics/export',
  permission: 'calling_usage.read',
  summary: 'The same rows as CSV: a line for each row and bucket, all that match, in the chosen order.',
  query: z.object({ region: RegionCode, ...question, ...oneCustomer, by: Dimension.optional(), ...ordering }),
  reply: download('text/csv'),
  errors: [...questionErrors, ...storeErrors],
});

const regionErrors = [
  ...questionErrors.filter((code) => code !== 'customer_not_found' && code !== 'customer_needed'),
  'region_unavailable',
  'asker_left',
] as const;

export const askMetricsByRegion = endpoint({
  method: 'GET',
  path: '/api/metrics/regions',
  permission: 'calling_usage.read',
  summary:
    'All regions: aggregates only, a row per region. A region that does not answer within 3 seconds is named and left out.',
  query: z.object(question),
  reply: z.object({
    ...answer,
    regions: z.array(
      z.object({
        region: RegionCode,
        hasAnswered: z.boolean(),
        /** That something is told of. */
        customers: z.int(),
        values: Values,
        before: Before,
        dataAsOf: Instant.nullable(),
      }),
    ),
  }),
  errors: regionErrors,
});

export const exportMetricsByRegion = endpoint({
  method: 'GET',
  path: '/api/metrics/regions/export',
  permission: 'calling_usage.read',
  summary:
    'The same aggregates as CSV: a line for each region and bucket. A region that did not answer has a line that says so.',
  query: z.object(question),
  reply: download('text/csv'),
  errors: regionErrors,
});
