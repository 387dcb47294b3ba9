import { z } from 'zod';
import { QualityPolicy } from './calling-policy.ts';
import { CustomerFilter } from './customers.ts';
import { download, endpoint } from './endpoint.ts';
import { CalendarDate, CustomerId, Instant, OrgUuid, ReportId } from './ids.ts';
import { RegionCode } from './regions.ts';
import { TimeZone } from './status-policy.ts';
import type { Unit } from './units.ts';

/** The longest range of one question, in days. */
export const callingUsageMaximumDays = 92;
/** And of a list of call legs, which is read page by page: as long as that of the numbers that lead to it. */
export const callLegsMaximumDays = 400;

/** What a column is filled from. A column whose feed has no row for a customer is empty there, never 0. */
const Feed = z.enum(['call_history', 'media_quality', 'call_queue_stats']);
export type Feed = z.infer<typeof Feed>;

/** Defined in docs/metrics.md under its key in kebab case: callLegs at docs/metrics.md#call-legs. */
interface Measure {
  /** English column head of the "Calling usage details" report, also the CSV header. */
  label: string;
  unit: Unit;
  feed: Feed;
}

/** Columns 4 to 20 of the Calling usage details report (DOMAIN 1.6), in its order. Definitions: docs/metrics.md. */
export const callingUsageMeasures = {
  calls: { label: 'Total calls', unit: 'count', feed: 'call_history' },
  callLegs: { label: 'Total call legs', unit: 'count', feed: 'call_history' },
  poorLegs: { label: 'Total poor quality call legs', unit: 'count', feed: 'media_quality' },
  callMinutes: { label: 'Call minutes', unit: 'minutes', feed: 'call_history' },
  videoMinutes: { label: 'Call minutes - Video', unit: 'minutes', feed: 'media_quality' },
  audioLegs: { label: 'Call legs - Audio', unit: 'count', feed: 'media_quality' },
  videoLegs: { label: 'Call legs - Video', unit: 'count', feed: 'media_quality' },
  deskPhoneLegs: { label: 'Call legs - Deskphone', unit: 'count', feed: 'call_history' },
  roomDeviceLegs: { label: 'Call legs - Room device', unit: 'count', feed: 'call_history' },
  otherDeviceLegs: { label: 'Call legs - Other devices', unit: 'count', feed: 'call_history' },
  huntGroupCalls: { label: 'Calls - Hunt group calls', unit: 'count', feed: 'call_history' },
  autoAttendantCalls: { label: 'Calls - Auto attendant calls', unit: 'count', feed: 'call_history' },
  queueCalls: { label: 'Call queue - Total calls', unit: 'count', feed: 'call_history' },
  queueCallsTimedOut: { label: 'Call queue - Calls timed out', unit: 'count', feed: 'call_queue_stats' },
  queueCallsOverflowed: { label: 'Call queue - Calls overflowed', unit: 'count', feed: 'call_queue_stats' },
  queueCallsTransferred: { label: 'Call queue - Calls transferred', unit: 'count', feed: 'call_queue_stats' },
  queueCallsAbandoned: { label: 'Call queue - Calls abandoned', unit: 'count', feed: 'call_queue_stats' },
} as const satisfies Record<string, Measure>;

export type CallingUsageMeasure = keyof typeof callingUsageMeasures;
const measureKeys = Object.keys(callingUsageMeasures) as [CallingUsageMeasure, ...CallingUsageMeasure[]];
export const CallingUsageMeasure = z.enum(measureKeys);

const Cell = z.int().nullable();
export const MeasureCells = z.object(
  Object.fromEntries(measureKeys.map((key) => [key, Cell])) as Record<CallingUsageMeasure, typeof Cell>,
);
export type MeasureCells = z.infer<typeof MeasureCells>;

/** One customer × location over the range. */
export const CallingUsageRow = z.object({
  customerId: CustomerId,
  customerName: z.string(),
  orgUuid: OrgUuid,
  location: z.string(),
  cells: MeasureCells,
});
export type CallingUsageRow = z.infer<typeof CallingUsageRow>;

const Range = { from: CalendarDate, to: CalendarDate };
const Filter = {
  /** Part of a customer's or location's name; case does not matter. */
  q: z.string().max(200).optional(),
  customerId: CustomerId.optional(),
  /** Only customers that this filter of the customer list leaves, such as group:"North". */
  filter: CustomerFilter.optional(),
};
/** When a media row is poor; the partner's own where it is absent. */
const Policy = { policy: QualityPolicy.optional() };
const policyFacts = {
  policy: QualityPolicy,
  /** Which release of that policy's rules. */
  policyVersion: z.int(),
};
const Sort = {
  sort: z.enum(['customerName', 'orgUuid', 'location', ...measureKeys]).default('customerName'),
  order: z.enum(['asc', 'desc']).default('asc'),
};

const rangeErrors = [
  'range_invalid',
  'range_too_long',
  'region_not_served',
  'region_unavailable',
  'question_too_slow',
] as const;

/** Both days count, whole UTC days. */
export const getCallingUsage = endpoint({
  method: 'GET',
  path: '/api/calling-usage',
  permission: 'calling_usage.read',
  summary: 'Calling usage per customer and location in one region, over whole UTC days, both ends included.',
  query: z.object({
    region: RegionCode,
    ...Range,
    ...Filter,
    ...Policy,
    ...Sort,
    // Holds a customer's and a location's name: 200 and 500 characters, in any script, twice encoded.
    after: z.string().max(8000).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  }),
  reply: z.object({
    items: z.array(CallingUsageRow),
    next: z.string().nullable(),
    /** Over all rows that the filter matches, not only this page. */
    totals: MeasureCells,
    rows: z.int(),
    customers: z.int(),
    /** Rows without q, customerId and filter. */
    rowsUnfiltered: z.int(),
    /** Feeds of which nothing has been loaded for this partner and region. */
    missingFeeds: z.array(Feed),
    ...policyFacts,
    /** When the last import that is counted here was committed. */
    dataAsOf: Instant.nullable(),
  }),
  errors: [...rangeErrors, 'cursor_invalid', 'filter_invalid', 'filter_too_long'],
});

export const exportCallingUsage = endpoint({
  method: 'GET',
  path: '/api/calling-usage/export',
  permission: 'calling_usage.read',
  summary: 'The same rows as CSV, all that the filter matches, in the chosen order; without the totals row.',
  query: z.object({ region: RegionCode, ...Range, ...Filter, ...Policy, ...Sort }),
  reply: download('text/csv'),
  errors: [...rangeErrors, 'filter_invalid', 'filter_too_long'],
});

export const getCallingUsageByRegion = endpoint({
  method: 'GET',
  path: '/api/calling-usage/regions',
  permission: 'calling_usage.read',
  summary: 'All regions: aggregates only, a row per region; a region that does not answer is named, not left out.',
  query: z.object({ ...Range, ...Policy }),
  reply: z.object({
    items: z.array(
      z.object({
        region: RegionCode,
        hasAnswered: z.boolean(),
        customers: z.int(),
        cells: MeasureCells,
        dataAsOf: Instant.nullable(),
      }),
    ),
    totals: MeasureCells,
    /** Feeds of which nothing has been loaded for this partner in any region that answered. */
    missingFeeds: z.array(Feed),
    ...policyFacts,
  }),
  errors: ['range_invalid', 'range_too_long'],
});

/** The endpoint classes of call records (DOMAIN, decisions: ten types). */
export const EndpointType = z.enum([
  'desktop_app',
  'mobile_app',
  'teams',
  'desk_phone',
  'room_device',
  'dect_or_ata',
  'third_party',
  'browser',
  'gateway',
  'unknown',
]);
export type EndpointType = z.infer<typeof EndpointType>;

export const CallLeg = z.object({
  reportId: ReportId,
  customerId: CustomerId,
  customerName: z.string(),
  startTime: Instant,
  location: z.string(),
  user: z.string(),
  userType: z.string(),
  direction: z.string(),
  callingNumber: z.string(),
  calledNumber: z.string(),
  isAnswered: z.boolean(),
  durationSeconds: z.int(),
  endpointType: EndpointType,
  callOutcome: z.string(),
});
export type CallLeg = z.infer<typeof CallLeg>;

/** Features of calls that the report has no column of. */
export const CallFeature = z.enum([
  'forwardedCalls',
  'transferredCalls',
  'voicemailCalls',
  'recordedCalls',
  'pickupCalls',
  'parkedCalls',
  'executiveCalls',
  'bargeInCalls',
  'singleNumberReachCalls',
]);
export type CallFeature = z.infer<typeof CallFeature>;

/** Numbers of media rows that the report has no column of: all rows, and those that a policy can judge, calls good, or cannot judge. */
export const MediaMeasure = z.enum(['mediaLegs', 'knownLegs', 'goodLegs', 'unknownLegs']);
export type MediaMeasure = z.infer<typeof MediaMeasure>;

/** Numbers whose call legs can be listed. queueStatistics: any of queue statistics, which name no call. */
export const LegMeasure = z.enum([...measureKeys, ...MediaMeasure.options, ...CallFeature.options, 'queueStatistics']);
export type LegMeasure = z.infer<typeof LegMeasure>;

/** Customers that a filter of call legs may leave, or leave out, in a region. */
export const legsOfCustomersMaximum = 5000;

/** Names a user within its organization, also one without a UUID: as GET /api/metrics by user has it. */
export const UserKey = z.string().regex(/^\d{1,20}$/);

export const listCallLegs = endpoint({
  method: 'GET',
  path: '/api/call-legs',
  permission: 'call_legs.read',
  summary:
    'The call legs behind a number of calling usage or engagement, newest first. Media rows and their legs are joined by user and Correlation ID or Call ID; queue statistics name no call.',
  query: z.object({
    region: RegionCode,
    ...Range,
    customerId: CustomerId.optional(),
    /** Exactly this location; absent: all. */
    location: z.string().max(500).optional(),
    /** Only the legs that this number counts; absent: all person legs and service legs. */
    measure: LegMeasure.optional(),
    /** Only the legs of this user. */
    user: UserKey.optional(),
    /** Only legs of this endpoint type; behind a number of media quality, those whose media report says so. */
    endpointType: EndpointType.optional(),
    /** Only legs that came into a queue of this name. */
    queue: z.string().max(500).optional(),
    /** Only legs of customers that this filter of the customer list leaves. */
    filter: CustomerFilter.optional(),
    /** Only legs of customers that have Call Queue enabled. */
    hasQueues: z.stringbool().default(false),
    /** Whose days the range has. */
    zone: TimeZone.default('UTC'),
    q: z.string().max(200).optional(),
    ...Policy,
    after: z.string().max(2000).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  reply: z.object({
    items: z.array(CallLeg),
    next: z.string().nullable(),
    legs: z.int(),
    /** The number itself: of features, and of the report's columns where the question asks for nothing that the report cannot be asked. */
    value: Cell,
    ...policyFacts,
  }),
  errors: [
    ...rangeErrors,
    'cursor_invalid',
    'customer_not_found',
    'filter_invalid',
    'filter_too_long',
    'filter_too_wide',
    'asker_left',
  ],
});

export const getCallLeg = endpoint({
  method: 'GET',
  path: '/api/call-legs/:reportId',
  permission: 'call_legs.read',
  summary: 'One call leg with every field of its record, as stored.',
  params: z.object({ reportId: ReportId }),
  query: z.object({ region: RegionCode, startDate: CalendarDate }),
  reply: z.object({
    leg: CallLeg,
    /** In the order of the CSV report; empty where the record had nothing, NA or something unreadable. */
    fields: z.array(z.object({ column: z.string(), value: z.string(), isEmptied: z.boolean() })),
    importNumber: z.int(),
    importFileName: z.string(),
  }),
  errors: ['not_found', 'region_not_served', 'region_unavailable'],
});
