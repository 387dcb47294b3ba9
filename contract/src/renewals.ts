import { z } from 'zod';
import { CustomerFilter } from './customers.ts';
import { download, endpoint } from './endpoint.ts';
import { visible } from './given-names.ts';
import { CalendarDate, CustomerId, Instant, PersonId, SubscriptionId } from './ids.ts';
import { RegionCode } from './regions.ts';
import { RenewalMoney, RenewalPercent, RenewalProduct } from './renewal-forecast.ts';
import { RenewalStage, RenewalUrgency } from './renewal-rules.ts';
import { TimeZone } from './status-policy.ts';

const Count = z.int().min(0);

export const renewalNoteLength = 1000;

/** Who is named by an id and a name. */
const Named = z.object({ personId: PersonId, name: z.string() });

/** The work on one term of a subscription. */
export const RenewalWork = z.object({
  /** The last day of the term that it is about. */
  termEndsOn: CalendarDate,
  stage: RenewalStage,
  /** An administrator of the partner; null: nobody, or somebody who is none any more. */
  owner: Named.nullable(),
  note: z.string(),
  /** Between the last day to reduce licenses and the renewal. A new term begins with those of the one before. */
  noticeDays: z.int(),
  /** Counts changes; 0: nothing was written down yet. */
  version: Count,
  changedBy: Named.nullable(),
  changedAt: Instant.nullable(),
});
export type RenewalWork = z.infer<typeof RenewalWork>;

/** What may be written down. */
const given = {
  stage: RenewalStage,
  ownerId: PersonId.nullable(),
  note: z.string().max(10_000).transform(lines).pipe(z.string().max(renewalNoteLength)),
  noticeDays: z.int().min(0).max(365),
};

/** A note may have lines; within each, what is not seen means nothing. */
function lines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(visible)
    .join('\n')
    .trim();
}

/** A subscription whose term ends, or has ended a short while ago. */
export const RenewalRow = z.object({
  subscriptionId: SubscriptionId,
  reference: z.string(),
  customerId: CustomerId,
  customerName: z.string(),
  urgency: RenewalUrgency,
  /** The last day of the term: then it renews or ends. */
  endsOn: CalendarDate,
  autoRenews: z.boolean(),
  /** Below 0: it has ended. */
  daysUntil: z.int(),
  /** Null: it does not renew by itself. */
  lastDayToReduce: CalendarDate.nullable(),
  nextTermMonths: z.int(),
  products: z.array(RenewalProduct),
  /** What the next term is expected to bring, by currency; empty: not known. */
  forecast: z.array(RenewalMoney),
  work: RenewalWork,
});
export type RenewalRow = z.infer<typeof RenewalRow>;

export const RenewalSort = z.enum(['urgency', 'customer', 'reference', 'endsOn', 'lastDayToReduce', 'owner', 'stage']);
export type RenewalSort = z.infer<typeof RenewalSort>;

const narrowed = {
  /** Only customers that this filter of the customer list leaves, such as group:"North". */
  filter: CustomerFilter.optional(),
  stage: RenewalStage.optional(),
  /** An administrator, or `nobody`. */
  owner: z.union([PersonId, z.literal('nobody')]).optional(),
};

const list = { region: RegionCode, urgency: RenewalUrgency.optional(), ...narrowed };
const sorted = {
  /** Absent: by urgency, then by the end of the term. */
  sort: RenewalSort.default('urgency'),
  order: z.enum(['asc', 'desc']).default('asc'),
};

const filterErrors = ['filter_invalid', 'filter_too_long'] as const;
const storeErrors = ['region_not_served', ...filterErrors] as const;

export const listRenewals = endpoint({
  method: 'GET',
  path: '/api/renewals',
  permission: 'subscriptions.read',
  summary: 'Subscriptions whose term renews or ends soon, or ended a short while ago, a page at a time.',
  query: z.object({
    ...list,
    ...sorted,
    after: z.string().max(8000).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(50),
  }),
  reply: z.object({
    rows: z.array(RenewalRow),
    next: z.string().nullable(),
    /** The date in the partner's zone. */
    today: CalendarDate,
    /** False: the region's store did not answer, so it is not known how many licenses are assigned. */
    hasSnapshots: z.boolean(),
  }),
  errors: [...storeErrors, 'cursor_invalid', 'asker_left'],
});

export const exportRenewals = endpoint({
  method: 'GET',
  path: '/api/renewals/export.csv',
  permission: 'subscriptions.read',
  summary: 'The same rows as CSV: all that match, in the chosen order. Each currency has a column.',
  query: z.object({ ...list, ...sorted }),
  reply: download('text/csv'),
  errors: [...storeErrors, 'asker_left'],
});

/** Of the rows of an urgency together. */
export const RenewalTotal = z.object({
  urgency: RenewalUrgency,
  rows: Count,
  customers: Count,
  /** Ordered now. */
  licenses: Count,
  forecast: z.array(RenewalMoney),
  /** Rows that have a product whose price is not known: it is in no sum. */
  unpriced: Count,
});
export type RenewalTotal = z.infer<typeof RenewalTotal>;

export const getRenewalTotals = endpoint({
  method: 'GET',
  path: '/api/renewals/totals',
  permission: 'subscriptions.read',
  summary: 'What the renewals of each urgency come to. Without a region: of all regions, each by itself and added up.',
  query: z.object({ region: RegionCode.optional(), ...narrowed }),
  reply: z.object({
    today: CalendarDate,
    timeZone: TimeZone,
    /** One for each urgency, in their order. */
    totals: z.array(RenewalTotal),
    regions: z.array(z.object({ region: RegionCode, totals: z.array(RenewalTotal) })),
  }),
  errors: storeErrors,
});

export const listRenewalOwners = endpoint({
  method: 'GET',
  path: '/api/renewals/owners',
  permission: 'subscriptions.read',
  summary:
    'The administrators of the partner who may own a renewal, by name: those who may change subscriptions; of a customer, those who see it.',
  query: z.object({ customerId: CustomerId.optional() }),
  reply: z.object({ items: z.array(Named) }),
  errors: ['customer_not_found'],
});

export const tryRenewals = endpoint({
  method: 'GET',
  path: '/api/renewals/what-if',
  permission: 'subscriptions.read',
  summary: 'What if everything on the list renewed with other licenses or at another price? Nothing is stored.',
  query: z.object({
    ...list,
    seatsPercent: z.coerce.number().pipe(RenewalPercent).default(0),
    pricePercent: z.coerce.number().pipe(RenewalPercent).default(0),
  }),
  reply: z.object({
    rows: Count,
    licenses: Count,
    seats: Count,
    now: z.array(RenewalMoney),
    after: z.array(RenewalMoney),
    difference: z.array(RenewalMoney),
    /** Rows that have a product whose price is not known. */
    unpriced: Count,
    /** Rows with fewer licenses than are assigned now. */
    belowAssigned: Count,
    /** Rows with fewer licenses although the last day to reduce has passed. */
    tooLate: Count,
    hasSnapshots: z.boolean(),
  }),
  errors: [...storeErrors, 'asker_left'],
});

export const getRenewal = endpoint({
  method: 'GET',
  path: '/api/renewals/:subscriptionId',
  permission: 'subscriptions.read',
  summary: 'The work on the term of a subscription that runs or ended last, and on those before it, the latest first.',
  params: z.object({ subscriptionId: SubscriptionId }),
  reply: z.object({
    /** Null: the subscription has no end. */
    work: RenewalWork.nullable(),
    past: z.array(RenewalWork),
  }),
  errors: ['subscription_not_found'],
});

export const changeRenewal = endpoint({
  method: 'PUT',
  path: '/api/renewals/:subscriptionId',
  permission: 'subscriptions.write',
  summary: 'Writes down the work on a term, unless somebody else has changed it since.',
  params: z.object({ subscriptionId: SubscriptionId }),
  body: z.object({ ...given, termEndsOn: CalendarDate, version: Count }),
  reply: RenewalWork,
  errors: ['subscription_not_found', 'administrator_not_found', 'changed_meanwhile', 'renewal_term_over'],
});
