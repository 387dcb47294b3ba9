import { z } from 'zod';
import { download, endpoint } from './endpoint.ts';
import { CalendarDate, CustomerId, ImportId, Instant, OrgUuid } from './ids.ts';
import { FeedCode } from './imports.ts';
import { RegionCode } from './regions.ts';

/** A list and a calendar look back so many days, today included: 53 weeks. */
export const freshnessDays = 371;
/** The longest range of one question, in days. */
export const freshnessMaximumDays = 400;

const Count = z.int().min(0);

/** On which weekdays a feed of a customer brings records, told from the days that have some (docs/metrics.md). */
export const Cadence = z.object({
  /** too_short: fewer than three weeks from the first day to the last; irregular: no weekday has data often enough. Nothing is expected of both. */
  kind: z.enum(['daily', 'workdays', 'weekly', 'weekdays', 'irregular', 'too_short']),
  /** The weekdays on which records are expected; 1 is Monday, 7 is Sunday. */
  weekdays: z.array(z.int().min(1).max(7)),
  /** Expected days in a row that are often empty here and are no gap. */
  usualBreak: Count,
});
export type Cadence = z.infer<typeof Cadence>;

/** Days that were expected and have no record. `days` counts the expected ones. */
export const MissingDays = z.object({ from: CalendarDate, to: CalendarDate, days: z.int().min(1) });
export type MissingDays = z.infer<typeof MissingDays>;

const known = {
  firstDay: CalendarDate,
  lastDay: CalendarDate,
  /** Start time of the newest record; null where records are of whole days. */
  lastRecordAt: Instant.nullable(),
  cadence: Cadence,
  /** The end that should be there by now and is not. */
  late: MissingDays.nullable(),
};

/** One feed of one customer. */
export const FreshnessRow = z.object({
  customerId: CustomerId,
  customerName: z.string(),
  orgUuid: OrgUuid,
  feed: FeedCode,
  ...known,
  gaps: Count,
  /** Expected days without a record: in gaps and at the end. */
  missingDays: Count,
});
export type FreshnessRow = z.infer<typeof FreshnessRow>;

export const FreshnessSort = z.enum(['worst', 'customerName', 'firstDay', 'lastDay', 'gaps', 'late']);
export type FreshnessSort = z.infer<typeof FreshnessSort>;
export const FreshnessState = z.enum(['late', 'gaps']);
export type FreshnessState = z.infer<typeof FreshnessState>;

const listing = {
  region: RegionCode,
  feed: FeedCode.optional(),
  /** late: the end is missing; gaps: something between is. */
  state: FreshnessState.optional(),
  /** Part of a customer's name; case does not matter. */
  q: z.string().max(200).optional(),
  sort: FreshnessSort.default('worst'),
  order: z.enum(['asc', 'desc']).default('desc'),
};

const storeErrors = ['region_not_served', 'region_unavailable', 'question_too_slow'] as const;

export const listFreshness = endpoint({
  method: 'GET',
  path: '/api/data-freshness',
  permission: 'calling_usage.read',
  summary:
    'Per customer and feed of a region: the period covered, the last record, the expected cadence, gaps and whether the end is late. The worst come first.',
  query: z.object({
    ...listing,
    // Holds a customer's name: 200 characters, in any script, twice encoded.
    after: z.string().max(4000).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  }),
  reply: z.object({
    items: z.array(FreshnessRow),
    next: z.string().nullable(),
    rows: Count,
    /** Of the feed, or of all, whatever else is asked for. */
    rowsUnfiltered: Count,
    late: Count,
    withGaps: Count,
    /** The days that were looked at. */
    from: CalendarDate,
    to: CalendarDate,
    /** When the last import that is counted here was committed. */
    dataAsOf: Instant.nullable(),
  }),
  errors: [...storeErrors, 'cursor_invalid'],
});

export const exportFreshness = endpoint({
  method: 'GET',
  path: '/api/data-freshness/export',
  permission: 'calling_usage.read',
  summary: 'The same rows as CSV, all that match, in the chosen order, with the days of each gap.',
  query: z.object(listing),
  reply: download('text/csv'),
  errors: storeErrors,
});

/** One feed of the customer, with how many records each day has. Days without any are left out. */
export const FeedCoverage = z.object({
  feed: FeedCode,
  ...known,
  gaps: z.array(MissingDays),
  days: z.array(z.object({ day: CalendarDate, records: z.int().min(1) })),
});
export type FeedCoverage = z.infer<typeof FeedCoverage>;

export const getCustomerFreshness = endpoint({
  method: 'GET',
  path: '/api/customers/:customerId/freshness',
  permission: 'calling_usage.read',
  summary:
    'The calendar of one customer: how many records of each feed each UTC day has, with gaps and cadence. Without a range: the last 53 weeks.',
  params: z.object({ customerId: CustomerId }),
  query: z.object({ from: CalendarDate.optional(), to: CalendarDate.optional() }),
  reply: z.object({
    customerId: CustomerId,
    customerName: z.string(),
    region: RegionCode,
    from: CalendarDate,
    to: CalendarDate,
    feeds: z.array(FeedCoverage),
  }),
  errors: [...storeErrors, 'customer_not_found', 'range_invalid', 'range_too_long'],
});

/** Why a question found nothing. What one may not see is no reason that one is told. */
export const EmptyReason = z.discriminatedUnion('code', [
  /** The store of the region does not answer. */
  z.object({ code: z.literal('region_away') }),
  /** The range has records; what else was asked for leaves none of them. */
  z.object({ code: z.literal('filtered'), records: Count }),
  /** The customer has no organization, so that no record can be theirs. */
  z.object({ code: z.literal('not_linked') }),
  z.object({ code: z.literal('never_imported') }),
  /** The feed is kept for so many days here; what was before the first of them is removed each night. */
  z.object({ code: z.literal('beyond_kept'), days: z.int().min(1), firstDay: CalendarDate }),
  /** What is there begins after the range. */
  z.object({ code: z.literal('begins_later'), firstDay: CalendarDate }),
  /** What is there ends before the range. */
  z.object({ code: z.literal('ended_before'), lastDay: CalendarDate }),
  /** There is something before the range and after it. */
  z.object({ code: z.literal('gap'), before: CalendarDate, after: CalendarDate }),
  /** Rows wait because no customer is linked to their organization, or it is not assigned to whoever brought them. */
  z.object({ code: z.literal('held'), rows: Count, organizations: Count }),
  z.object({ code: z.literal('import_underway'), imports: Count }),
  /** The newest import that failed and waits for somebody, or after which nothing has come in. */
  z.object({
    code: z.literal('import_failed'),
    importId: ImportId,
    number: z.int(),
    fileName: z.string(),
    isKept: z.boolean(),
  }),
]);
export type EmptyReason = z.infer<typeof EmptyReason>;

export const explainEmpty = endpoint({
  method: 'GET',
  path: '/api/data-freshness/why-empty',
  permission: 'calling_usage.read',
  summary:
    'Why a range of days shows nothing of a feed, for a customer or for all: the reason from the facts first, then what is on its way.',
  query: z.object({
    region: RegionCode,
    from: CalendarDate,
    to: CalendarDate,
    feed: FeedCode.default('webex_call_history'),
    customerId: CustomerId.optional(),
  }),
  reply: z.object({ reasons: z.array(EmptyReason).min(1) }),
  errors: ['range_invalid', 'range_too_long', 'region_not_served', 'customer_not_found', 'question_too_slow'],
});
