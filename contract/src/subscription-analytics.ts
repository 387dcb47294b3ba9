import { z } from 'zod';
import { CustomerFilter } from './customers.ts';
import { download, endpoint } from './endpoint.ts';
import { CalendarDate, CustomerId } from './ids.ts';
import { LowAssignmentRule } from './low-assignment.ts';
import { Product } from './products.ts';
import { RegionCode } from './regions.ts';
import { sections, type SubscriptionColumn, subscriptionColumns, subscriptionMetrics } from './subscription-metrics.ts';
import { TimeZone } from './status-policy.ts';

/** The products that the header and its windows are about, and that the toggle offers first. */
export const headlineProducts = ['meetings', 'calling'] as const satisfies readonly Product[];

export const Section = z.enum(sections);
const metricKeys = Object.keys(subscriptionMetrics) as [keyof typeof subscriptionMetrics];
export const SubscriptionMetricKey = z.enum(metricKeys);

const storeErrors = ['region_not_served', 'region_unavailable', 'question_too_slow', 'asker_left'] as const;
const filterErrors = ['filter_invalid', 'filter_too_long'] as const;

const Count = z.int();

/** Which regions were asked, and which of them answered within 3 seconds; of the others nothing is in the numbers. */
const RegionAnswer = z.object({ region: RegionCode, hasAnswered: z.boolean() });

/** A card. Null: nothing to divide by, or nothing is known. */
export const Kpi = z.object({
  key: SubscriptionMetricKey,
  value: z.number().nullable(),
  /** Against the value of 7 days ago; null without one. */
  change: z.number().nullable(),
  /**
   * Of the nights kept, the oldest first, at most 91, and today last. Empty: no history, such as for who sees some customers only, under a
   * filter, or in the first days of a partner whose contracts have no dates of before.
   */
  history: z.array(
    z.object({
      day: CalendarDate,
      value: z.number().nullable(),
      /** Told afterwards from dated contracts and snapshots; not recorded in that night. */
      isBackfilled: z.boolean(),
    }),
  ),
});
export type Kpi = z.infer<typeof Kpi>;

const asked = {
  /** The toggle. Calling is without Call on Webex, which is a product of its own. */
  product: Product.default('meetings'),
  /** Only customers that this filter of the customer list leaves, such as group:"North". Peers are compared before it is applied. */
  filter: CustomerFilter.optional(),
};

export const getSubscriptionAnalytics = endpoint({
  method: 'GET',
  path: '/api/subscription-analytics',
  permission: 'subscriptions.read',
  summary:
    'The cards of subscription analytics: the header, and each section’s for the product of the toggle. Without a region: all regions, added up.',
  query: z.object({
    region: RegionCode.optional(),
    ...asked,
    /** The header counts customers and lines of every product, not of Calling and Meetings alone. */
    everyProduct: z.stringbool().default(false),
  }),
  reply: z.object({
    /** The date in the partner's zone: by it contracts run. */
    today: CalendarDate,
    timeZone: TimeZone,
    regions: z.array(RegionAnswer),
    /** In the order of headlineMetrics. */
    header: z.array(Kpi),
    /** By section, in the order of sectionMetrics. */
    sections: z.record(Section, z.array(Kpi)),
    /** Which products there are lines of that run today, and how many: what the toggle offers. */
    products: z.array(z.object({ product: Product, lines: Count })),
    /** Of the toggle's product: a line is a product of a subscription or trial that runs today. */
    lines: z.object({
      all: Count,
      /** Without a snapshot of the last 7 days: nothing is known of their assignment and use, and T is as ordered. */
      withoutSnapshot: Count,
      /** There is one, but it does not say how many are assigned. */
      withoutAssigned: Count,
      /** There is one, and use is not known. */
      withoutUse: Count,
      /** Use was counted from call legs. */
      usedFromLegs: Count,
    }),
    /** Day of the newest snapshot of the product within the last 7 days. */
    newestSnapshot: CalendarDate.nullable(),
    rule: LowAssignmentRule,
  }),
  errors: [...storeErrors, ...filterErrors],
});

/** One product of a subscription or trial that runs today. Null: not known, or nothing to tell. */
export const SubscriptionRow = z.object({
  /** Tells rows of one answer apart. */
  key: z.string(),
  /** The group it stands in; null where nothing is grouped. */
  group: z.string().nullable(),
  customerId: CustomerId,
  customerName: z.string(),
  kind: z.enum(['subscription', 'trial']),
  /** Id of the subscription or of the trial. */
  contractId: z.uuid(),
  /** As the provider and the people know it. */
  reference: z.string(),
  product: Product,

  addedOn: CalendarDate,
  /** Added is the day of its first order; else it is the day on which it starts. */
  isAddedByOrder: z.boolean(),
  /** The last day of the running term; null: without end, or not known. */
  endsOn: CalendarDate.nullable(),
  autoRenews: z.boolean(),
  daysSinceAdded: Count,
  monthsSinceAdded: Count,
  /** Until it ends or renews. */
  daysUntilEnd: Count.nullable(),
  monthsRemaining: Count.nullable(),

  /** T. */
  total: Count,
  /** By a snapshot; false: as ordered in the contract, since there is no snapshot of the last 7 days. */
  isTotalFromSnapshot: z.boolean(),
  /** Day of that snapshot. */
  asOf: CalendarDate.nullable(),
  /** A. */
  assigned: Count.nullable(),
  /** U: used in 7 days. */
  used: Count.nullable(),
  /** call_legs: counted as people with a leg in the 7 days that end today, since the feed does not say. */
  usedFrom: z.enum(['feed', 'call_legs']).nullable(),
  /** max(0, T − A). */
  available: Count.nullable(),
  /** max(0, A − T). */
  over: Count.nullable(),
  /** 0 to 100 and above; null also where T is 0. */
  assignedShare: z.number().nullable(),
  usedShare: z.number().nullable(),
  weeklyAssignmentChange: Count.nullable(),
  weeklyUsageChange: Count.nullable(),
  lastThreeMonthsUsage: Count.nullable(),
  /** feed: its own figure over 90 days; weeks: the highest over 7 days; call_legs: people with a leg in 90 days. */
  lastThreeMonthsFrom: z.enum(['feed', 'weeks', 'call_legs']).nullable(),
  /** U on each of `weekDays`; filled in for the rows of a page. */
  usageWeeks: z.array(Count.nullable()),

  /** What its assignment is compared with; null where it is not known, or T is 0. */
  peers: z
    .object({
      /** First number of licenses of the size band, and the last one; null: and above. */
      from: Count,
      to: Count.nullable(),
      /** Peers, itself not counted. */
      count: Count,
      /** Of the peers and itself, in percent. */
      median: z.number(),
      /** The percentile of the rule. */
      limit: z.number(),
      /** By which part of the rule it is judged. */
      by: z.enum(['peers', 'fallback']),
      isLow: z.boolean(),
    })
    .nullable(),
});
export type SubscriptionRow = z.infer<typeof SubscriptionRow>;

/** end: the month in which it ends or renews. band: the size band of the rule of low assignment. */
export const RowGroup = z.enum(['none', 'customer', 'kind', 'band', 'end']);
export type RowGroup = z.infer<typeof RowGroup>;

const columnKeys = Object.keys(subscriptionColumns) as [SubscriptionColumn];
/** licenses: by what is available; usageWeeks: by the last week. */
export const RowSort = z.enum([...columnKeys, 'assigned', 'used', 'available', 'over']);
export type RowSort = z.infer<typeof RowSort>;

const table = {
  region: RegionCode,
  section: Section,
  ...asked,
  kind: z.enum(['subscription', 'trial']).optional(),
  /** Part of the customer's name or of the ID; case does not matter. */
  q: z.string().max(200).optional(),
  group: RowGroup.default('none'),
  /** Absent: as the section's first question, such as the first to expire. Rows without a value come last. */
  sort: RowSort.optional(),
  order: z.enum(['asc', 'desc']).optional(),
};

/** Of rows together. Shares and sums leave out rows that do not know them. */
const RowSums = z.object({
  rows: Count,
  customers: Count,
  total: Count,
  assigned: Count.nullable(),
  used: Count.nullable(),
  available: Count.nullable(),
  over: Count.nullable(),
  /** ΣA ÷ ΣT over the rows whose assignment is known, in percent. */
  assignedShare: z.number().nullable(),
  usedShare: z.number().nullable(),
});
export type RowSums = z.infer<typeof RowSums>;

export const listSubscriptionRows = endpoint({
  method: 'GET',
  path: '/api/subscription-analytics/rows',
  permission: 'subscriptions.read',
  summary: 'The table of a section, a page at a time: a row for each line of the product that the section counts.',
  query: z.object({
    ...table,
    after: z.string().max(8000).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(50),
  }),
  reply: z.object({
    rows: z.array(SubscriptionRow),
    /** Of the groups that the page has rows of, in its order: all rows of each, also those on other pages. */
    groups: z.array(z.object({ key: z.string(), name: z.string(), sums: RowSums })),
    /** Over all rows that match. */
    sums: RowSums,
    next: z.string().nullable(),
    /** The days of usageWeeks. */
    weekDays: z.array(CalendarDate),
    today: CalendarDate,
  }),
  errors: [...storeErrors, ...filterErrors, 'cursor_invalid'],
});

export const exportSubscriptionRows = endpoint({
  method: 'GET',
  path: '/api/subscription-analytics/export.csv',
  permission: 'subscriptions.read',
  summary: 'The same rows as CSV: all that match, in the chosen order.',
  query: z.object(table),
  reply: download('text/csv'),
  errors: [...storeErrors, ...filterErrors],
});

/** A card of the header: behind each stand customers, with what made them count. */
export const HeadlineKey = z.enum([
  'totalCustomers',
  'nearingExpiration',
  'nearingRenewal',
  'lowLicenseAssignment',
  'overLicenseLimit',
]);
export type HeadlineKey = z.infer<typeof HeadlineKey>;

export const listCountedCustomers = endpoint({
  method: 'GET',
  path: '/api/subscription-analytics/customers',
  permission: 'subscriptions.read',
  summary: 'The customers that a card of the header counts, by name, each with the lines that made it count.',
  query: z.object({
    region: RegionCode,
    kpi: HeadlineKey,
    filter: CustomerFilter.optional(),
    everyProduct: z.stringbool().default(false),
    q: z.string().max(200).optional(),
    after: z.string().max(8000).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(50),
  }),
  reply: z.object({
    items: z.array(
      z.object({
        customerId: CustomerId,
        name: z.string(),
        lines: z.array(
          z.object({
            kind: z.enum(['subscription', 'trial']),
            contractId: z.uuid(),
            reference: z.string(),
            product: Product.nullable(),
            endsOn: CalendarDate.nullable(),
            autoRenews: z.boolean(),
            total: Count,
            assigned: Count.nullable(),
          }),
        ),
      }),
    ),
    next: z.string().nullable(),
    count: Count,
  }),
  errors: [...storeErrors, ...filterErrors, 'cursor_invalid'],
});

/**
 * How licenses were held at the end of a bucket, by the latest snapshot of each line in the 7 days that end with it (that end today while
 * it is open). Every number is null where no line has one: a gap.
 */
export const TrendPoint = z.object({
  /** First and last day, UTC days; weeks run from Sunday to Saturday. */
  from: CalendarDate,
  to: CalendarDate,
  isOpen: z.boolean(),
  ordered: Count.nullable(),
  assigned: Count.nullable(),
  /** Of the assigned ones; more where use exceeds assignment. */
  used: Count.nullable(),
  available: Count.nullable(),
  over: Count.nullable(),
  /** In percent of what is ordered on the lines that tell it. */
  assignedShare: z.number().nullable(),
  usedShare: z.number().nullable(),
  availableShare: z.number().nullable(),
  /** Lines with a snapshot, and of these those that lack a figure. */
  lines: Count,
  withoutAssigned: Count,
  withoutUse: Count,
  usedFromLegs: Count,
});
export type TrendPoint = z.infer<typeof TrendPoint>;

const TrendWeeks = z.union([z.literal(8), z.literal(13), z.literal(26), z.literal(52)]);
const TrendBucket = z.enum(['week', 'day']);

export const getLicenseTrend = endpoint({
  method: 'GET',
  path: '/api/subscription-analytics/trend',
  permission: 'subscriptions.read',
  summary:
    'How licenses of a product were held over time, and over as long a time before. Without a region: all regions, added up.',
  query: z.object({
    region: RegionCode.optional(),
    ...asked,
    weeks: z.coerce.number().pipe(TrendWeeks).default(13),
    bucket: TrendBucket.default('week'),
  }),
  reply: z.object({
    /** The last one holds today. */
    points: z.array(TrendPoint),
    /** As many, of the time before; each is compared with the one at the same place. */
    previous: z.array(TrendPoint),
    regions: z.array(RegionAnswer),
  }),
  errors: [...storeErrors, ...filterErrors],
});

const Held = z.object({
  ordered: Count.nullable(),
  assigned: Count.nullable(),
  used: Count.nullable(),
  available: Count.nullable(),
});

export const listTrendMoves = endpoint({
  method: 'GET',
  path: '/api/subscription-analytics/trend/customers',
  permission: 'subscriptions.read',
  summary: 'Which customers moved a point of the trend: who holds other licenses than at the end of the bucket before.',
  query: z.object({
    region: RegionCode,
    ...asked,
    bucket: TrendBucket.default('week'),
    /** First day of the bucket. */
    from: CalendarDate,
    /** Which change the order is by; the largest first, up or down. */
    sort: z.enum(['name', 'ordered', 'assigned', 'used', 'available']).default('assigned'),
    q: z.string().max(200).optional(),
    after: z.string().max(8000).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(50),
  }),
  reply: z.object({
    items: z.array(
      z.object({
        customerId: CustomerId,
        name: z.string(),
        before: Held,
        after: Held,
        /** Null where one of the two is not known. */
        change: Held,
      }),
    ),
    next: z.string().nullable(),
    count: Count,
  }),
  errors: [...storeErrors, ...filterErrors, 'cursor_invalid', 'range_invalid'],
});

const Numbers = z
  .string()
  .max(200)
  .transform((text) => (text.trim() === '' ? [] : text.split(',').map((part) => Number(part.trim()))));
const ruleFields = LowAssignmentRule.shape;

export const previewLowAssignment = endpoint({
  method: 'GET',
  path: '/api/subscription-analytics/low-assignment-preview',
  permission: 'subscriptions.read',
  summary: 'Who would be flagged by another rule of low assignment, and who is now.',
  query: z.object({
    region: RegionCode,
    product: Product.default('meetings'),
    percentile: z.coerce.number().pipe(ruleFields.percentile),
    belowPercent: z.coerce.number().pipe(ruleFields.belowPercent),
    minimumAgeDays: z.coerce.number().pipe(ruleFields.minimumAgeDays),
    minimumPeers: z.coerce.number().pipe(ruleFields.minimumPeers),
    fallbackBelowPercent: z.coerce.number().pipe(ruleFields.fallbackBelowPercent),
    /** Separated by commas; empty: one band. */
    sizeBands: Numbers.pipe(ruleFields.sizeBands),
  }),
  reply: z.object({
    now: z.object({ lines: Count, customers: Count }),
    proposed: z.object({ lines: Count, customers: Count }),
    /** Those that come in or go first, then those that stay; at most 200. */
    rows: z.array(SubscriptionRow.extend({ change: z.enum(['comes', 'goes', 'stays']) })),
  }),
  errors: [...storeErrors],
});
