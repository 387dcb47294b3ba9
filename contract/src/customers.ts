import { z } from 'zod';
import { CallingAnomaly } from './calling-anomaly.ts';
import { FailedSetup, StatusEntry } from './customer-statuses.ts';
import { TagMark } from './customer-tags.ts';
import { download, endpoint } from './endpoint.ts';
import { visible } from './given-names.ts';
import { CalendarDate, CustomerId, Instant, OrgUuid } from './ids.ts';
import { Product } from './products.ts';
import { CountryCode, RegionCode } from './regions.ts';

const Line = (longest: number) => z.string().transform(visible).pipe(z.string().max(longest));

export const CustomerName = Line(200).pipe(z.string().min(1));
const ExternalId = Line(200);
/** Such as example.com; empty where it is not known. */
const Domain = Line(253).pipe(
  z
    .string()
    .toLowerCase()
    .regex(/^$|^(?!.*\s)[^@/:]+\.[^@/:]+$/u, 'It is no domain, such as example.com.'),
);

export const CustomerKind = z.enum(['owned', 'external', 'own']);
export type CustomerKind = z.infer<typeof CustomerKind>;

export const Contact = z.object({ name: z.string(), email: z.string(), phone: z.string() });
export type Contact = z.infer<typeof Contact>;

export const Customer = z.object({
  id: CustomerId,
  name: z.string(),
  /** Empty until the organization is launched or linked. */
  orgUuid: OrgUuid.nullable(),
  /** The id of a wholesale customer in the partner's own systems. */
  externalId: z.string().nullable(),
  domain: z.string().nullable(),
  country: z.string(),
  region: RegionCode,
  /** `owned`: part of the partner's organization. `external`: managed as an external administrator. `own`: the partner's own organization. */
  kind: CustomerKind,
  /** Empty texts where not known. */
  contact: Contact,
  createdAt: Instant,
  /** Counts changes of what changeCustomer writes. */
  version: z.int(),
});
export type Customer = z.infer<typeof Customer>;

const Count = z.int().min(0);

/** Sums over active subscriptions and trials. */
export const LicenseSums = z.object({
  ordered: Count,
  /** Over the lines whose assignment is known; null where none is. */
  assigned: Count.nullable(),
  /** Ordered on the lines whose assignment is known, less assigned there, line by line and never below 0. */
  unassigned: Count.nullable(),
  over: Count,
});
export type LicenseSums = z.infer<typeof LicenseSums>;

/** A customer as the list shows it. */
export const CustomerRow = Customer.extend({
  /** Highest first. */
  statuses: z.array(StatusEntry),
  /** No status, but as urgent as ready_for_order_setup. */
  failedSetup: FailedSetup.nullable(),
  /** What stands out in its calling; null to whoever may not see calling analytics. */
  anomalies: z.array(CallingAnomaly).nullable(),
  tags: z.array(TagMark),
  /** Of active subscriptions and trials. */
  products: z.array(Product),
  /** Null to whoever may not see subscriptions. */
  licenses: LicenseSums.nullable(),
  /** Of what is active, the first to end or to renew by itself; its reference is null to whoever may not see subscriptions. */
  next: z.object({ on: CalendarDate, verb: z.enum(['ends', 'renews']), reference: z.string().nullable() }).nullable(),
  /** `isKnown`: a feed tells of sign-ins. `on` is null where none of its administrators has ever signed in. */
  lastSignIn: z.object({ isKnown: z.boolean(), on: CalendarDate.nullable() }),
  hasSubscription: z.boolean(),
  hasTrial: z.boolean(),
});
export type CustomerRow = z.infer<typeof CustomerRow>;

/** The filter language of contract/src/customer-query.ts. What it asks of subscriptions needs subscriptions.read (contractTerm). */
export const CustomerFilter = z.string().max(20_000); // longer than the limit is refused with a sentence of its own

/** `urgency`: by the highest status, then by the next date. */
export const CustomerSort = z.enum([
  'urgency',
  'name',
  'next',
  'licenses',
  'unassigned',
  'region',
  'lastSignIn',
  'createdAt',
]);
export type CustomerSort = z.infer<typeof CustomerSort>;

const question = {
  filter: CustomerFilter.default(''),
  sort: CustomerSort.default('urgency'),
  order: z.enum(['asc', 'desc']).default('asc'),
};

export const listCustomers = endpoint({
  method: 'GET',
  path: '/api/customers',
  permission: 'customers.read',
  summary: 'The customers that a filter leaves, a page at a time.',
  query: z.object({
    ...question,
    after: z.string().max(1000).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  /** today: the date in the partner's zone, by which statuses were derived. */
  reply: z.object({ items: z.array(CustomerRow), next: z.string().nullable(), today: CalendarDate }),
  errors: ['cursor_invalid', 'filter_invalid', 'filter_too_long'],
});

export const countCustomers = endpoint({
  method: 'GET',
  path: '/api/customers/count',
  permission: 'customers.read',
  summary: 'How many customers a filter leaves, and how many there are.',
  query: z.object({ filter: CustomerFilter.default('') }),
  reply: z.object({ matching: Count, all: Count }),
  errors: ['filter_invalid', 'filter_too_long'],
});

/** A field of the filter language whose values can be listed. */
export const FacetField = z.enum(['status', 'product', 'tag', 'region', 'group', 'managed', 'type', 'country']);
export type FacetField = z.infer<typeof FacetField>;

export const listCustomerFacet = endpoint({
  method: 'GET',
  path: '/api/customers/facets/:field',
  permission: 'customers.read',
  summary:
    'The values of a field and how many customers each leaves under the other filters, most first; for autocompletion.',
  params: z.object({ field: FacetField }),
  query: z.object({ filter: CustomerFilter.default(''), text: z.string().max(100).default('') }),
  reply: z.object({ items: z.array(z.object({ value: z.string(), customers: Count })).max(50) }),
  errors: ['filter_invalid', 'filter_too_long'],
});

export const exportCustomersCsv = endpoint({
  method: 'GET',
  path: '/api/customers/export.csv',
  permission: 'customers.export',
  summary: 'Every customer that a filter leaves, as CSV.',
  query: z.object(question),
  reply: download('text/csv'),
  errors: ['filter_invalid', 'filter_too_long'],
});

export const exportCustomersXlsx = endpoint({
  method: 'GET',
  path: '/api/customers/export.xlsx',
  permission: 'customers.export',
  summary: 'Every customer that a filter leaves, as an Excel workbook.',
  query: z.object(question),
  reply: download('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
  errors: ['filter_invalid', 'filter_too_long'],
});

/** More than an address can name. */
const chosen = z.object({
  customerIds: z.array(CustomerId).min(1).max(10_000),
  sort: question.sort,
  order: question.order,
});

export const exportChosenCustomersCsv = endpoint({
  method: 'POST',
  path: '/api/customers/export.csv',
  permission: 'customers.export',
  summary: 'Customers named one by one, as CSV; those that the caller does not see are left out.',
  body: chosen,
  reply: download('text/csv'),
  errors: [],
});

export const exportChosenCustomersXlsx = endpoint({
  method: 'POST',
  path: '/api/customers/export.xlsx',
  permission: 'customers.export',
  summary: 'Customers named one by one, as an Excel workbook; those that the caller does not see are left out.',
  body: chosen,
  reply: download('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
  errors: [],
});

/** A line of a file that comes in steps. */
export interface FileStep {
  /** Rows of which it has told so far, and how many there will be. */
  rows: number;
  of: number;
  /** In Base64; all pieces together are the file. */
  piece: string;
  /** True in the last line alone. */
  isWhole: boolean;
}

export const exportCustomersInSteps = endpoint({
  method: 'POST',
  path: '/api/customers/export',
  permission: 'customers.export',
  summary:
    'The same files for who wants to see how far they are: each line is JSON with the rows so far, how many there are, the next piece of the file in Base64, and in the last line that the file is whole. The name is that of the file.',
  body: z.object({
    format: z.enum(['csv', 'xlsx']),
    /** What a filter leaves, or customers named one by one. */
    selection: z.union([z.object({ customerIds: chosen.shape.customerIds }), z.object({ filter: question.filter })]),
    sort: question.sort,
    order: question.order,
  }),
  reply: download('application/x-ndjson'),
  errors: ['filter_invalid', 'filter_too_long'],
});

export const getCustomer = endpoint({
  method: 'GET',
  path: '/api/customers/:customerId',
  permission: 'customers.read',
  summary: 'A customer with its statuses, tags and license sums.',
  params: z.object({ customerId: CustomerId }),
  reply: CustomerRow.extend({ today: CalendarDate }),
  errors: ['customer_not_found'],
});

export const listStatusHistory = endpoint({
  method: 'GET',
  path: '/api/customers/:customerId/status-history',
  permission: 'customers.read',
  summary: 'Which statuses a customer had from when to when, the latest beginning first; at most 200.',
  params: z.object({ customerId: CustomerId }),
  reply: z.object({
    items: z.array(
      z.object({
        status: StatusEntry.shape.status,
        beganOn: CalendarDate,
        /** The first day on which it no longer held. */
        endedOn: CalendarDate.nullable(),
      }),
    ),
  }),
  errors: ['customer_not_found'],
});

const ContactGiven = z.object({
  name: Line(200),
  email: z.union([z.literal(''), z.string().trim().pipe(z.email().max(254))]),
  phone: Line(50),
});

export const createCustomer = endpoint({
  method: 'POST',
  path: '/api/customers',
  permission: 'customers.write',
  summary:
    'Creates a customer. Its country decides its region for good. Held rows of its organization enter by themselves.',
  body: z.object({
    name: CustomerName,
    country: CountryCode,
    orgUuid: OrgUuid.optional(),
    externalId: ExternalId.optional(),
    domain: Domain.optional(),
    kind: z.enum(['owned', 'external']).default('owned'),
    contact: ContactGiven.optional(),
    /** The region whose held rows the person looks at: refused if the country belongs elsewhere. */
    expectedRegion: RegionCode.optional(),
  }),
  reply: Customer,
  errors: ['customer_org_taken', 'customer_org_not_yours', 'customer_region_mismatch', 'region_not_served'],
});

/** What is known of a customer and may change. */
export const CustomerEdit = z.object({
  name: CustomerName,
  externalId: ExternalId,
  domain: Domain,
  kind: z.enum(['owned', 'external']),
  contact: ContactGiven,
});

export const changeCustomer = endpoint({
  method: 'PUT',
  path: '/api/customers/:customerId',
  permission: 'customers.write',
  summary: 'Changes what is known of a customer, unless somebody else has changed it since. Its region stays.',
  params: z.object({ customerId: CustomerId }),
  body: CustomerEdit.extend({ version: z.int() }),
  reply: Customer,
  errors: ['customer_not_found', 'customer_own', 'changed_meanwhile'],
});

/** Whose last sign-in a feed or a person tells: any administrator of the customer. */
export const recordSignIn = endpoint({
  method: 'PUT',
  path: '/api/customers/:customerId/last-sign-in',
  permission: 'customers.write',
  summary:
    'Records when an administrator of the customer last signed in; null where none ever did. An earlier date than the one known changes nothing.',
  params: z.object({ customerId: CustomerId }),
  body: z.object({ on: CalendarDate.nullable() }),
  reply: CustomerRow.shape.lastSignIn,
  errors: ['customer_not_found'],
});

/** What a merge does beyond the facts of the two customers, which the caller has. */
export const MergePreview = z.object({
  /** Names of the other's tags for which there is no room. */
  tagsLeft: z.array(z.string()),
  /** Names of the groups into which this one comes. */
  groups: z.array(z.string()),
  /** How many administrators are assigned this one by it. */
  administrators: Count,
  /** Who they are; null to those who may not see administrators. */
  administratorNames: z.array(z.string()).nullable(),
});
export type MergePreview = z.infer<typeof MergePreview>;

export const previewMerge = endpoint({
  method: 'GET',
  path: '/api/customers/:customerId/merge',
  permission: 'customers.write',
  summary: 'What merging another customer into this one would do with its tags, groups and administrators.',
  params: z.object({ customerId: CustomerId }),
  query: z.object({ otherCustomerId: CustomerId }),
  reply: MergePreview,
  errors: ['customer_not_found'],
});

export const mergeCustomer = endpoint({
  method: 'POST',
  path: '/api/customers/:customerId/merge',
  permission: 'customers.write',
  summary:
    'Moves everything of another customer of the same region into this one and removes the other, such as one that an import held apart.',
  params: z.object({ customerId: CustomerId }),
  body: z.object({ otherCustomerId: CustomerId }),
  /** `tagsLeft`: names of tags for which there was no room. */
  reply: Customer.extend({ tagsLeft: z.array(z.string()) }),
  errors: ['customer_not_found', 'customer_own', 'customer_region_mismatch', 'customers_not_mergeable'],
});

export const linkCustomer = endpoint({
  method: 'POST',
  path: '/api/customers/:customerId/link',
  permission: 'customers.write',
  summary:
    'Links a customer to an organization. Held rows of that organization in the customer’s region enter by themselves.',
  params: z.object({ customerId: CustomerId }),
  body: z.object({ orgUuid: OrgUuid, expectedRegion: RegionCode.optional() }),
  reply: Customer,
  errors: [
    'customer_not_found',
    'customer_org_taken',
    'customer_org_not_yours',
    'customer_org_set',
    'customer_region_mismatch',
  ],
});
