import { z } from 'zod';
import { CustomerFilter } from './customers.ts';
import { download, endpoint } from './endpoint.ts';
import { CalendarDate, CustomerId, SubscriptionId } from './ids.ts';
import { Product } from './products.ts';
import { findings, standings } from './reconciliation-rules.ts';
import { RegionCode } from './regions.ts';
import { TimeZone } from './status-policy.ts';

const storeErrors = ['region_not_served', 'region_unavailable', 'question_too_slow', 'asker_left'] as const;
const filterErrors = ['filter_invalid', 'filter_too_long'] as const;
const Count = z.int();

export const Finding = z.enum(findings);
export type Finding = z.infer<typeof Finding>;

/** An exact decimal, in units of an ISO 4217 currency. */
const Money = z.object({ currency: z.string(), amount: z.string() });
export type Money = z.infer<typeof Money>;

/** Several, separated by commas; empty: all. */
const Findings = z
  .string()
  .max(200)
  .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])))
  .pipe(z.array(Finding));

const asked = {
  /** Absent: every product. */
  product: Product.optional(),
  /** Only customers that this filter of the customer list leaves. */
  filter: CustomerFilter.optional(),
};

export const getReconciliation = endpoint({
  method: 'GET',
  path: '/api/reconciliation',
  permission: 'subscriptions.read',
  summary:
    'What is bought, assigned and billed, compared as of today: by finding so many lines, customers, and money a month by currency. Without a region: all regions, added up.',
  query: z.object({ region: RegionCode.optional(), ...asked }),
  reply: z.object({
    /** The date in the partner's zone. */
    today: CalendarDate,
    timeZone: TimeZone,
    /** Which regions were asked, and which of them answered within 3 seconds; of the others nothing is in the numbers. */
    regions: z.array(z.object({ region: RegionCode, hasAnswered: z.boolean() })),
    lines: Count,
    customers: Count,
    /** Every finding, also those of nobody, in their order. */
    findings: z.array(
      z.object({
        finding: Finding,
        lines: Count,
        customers: Count,
        /** Sums of the lines: billed too much above 0, not billed below 0. */
        money: z.array(Money),
        /** Lines that differ and whose price is not known: they are in no sum. */
        withoutPrice: Count,
      }),
    ),
    /** Which products there are lines of, and how many, whatever product is asked for. */
    products: z.array(z.object({ product: Product, lines: Count })),
    /** Lines whose billing is that of a period that has ended. */
    ofEndedPeriods: Count,
    /** Lines without a snapshot of the last 7 days that tells how many are assigned. */
    withoutAssigned: Count,
  }),
  errors: [...storeErrors, ...filterErrors],
});

/**
 * Why it is so. ended, not_begun: the subscription does not run today. not_held: it runs, and does not hold the product. never: no invoice.
 * stopped: the newest period ended longer ago than it lasted. credited: credits took away all. no_invoices: of nobody in the region an invoice is
 * known. no_products: it is not recorded what the subscription holds.
 */
export const reasons = [
  'ended',
  'not_begun',
  'not_held',
  'never',
  'stopped',
  'credited',
  'no_invoices',
  'no_products',
] as const;

/** A product of a subscription. Null: not known. */
export const ReconciliationRow = z.object({
  /** Tells rows of one answer apart. */
  key: z.string(),
  customerId: CustomerId,
  customerName: z.string(),
  subscriptionId: SubscriptionId,
  reference: z.string(),
  product: Product,
  finding: Finding,
  reason: z.enum(reasons).nullable(),

  bought: Count.nullable(),
  /** By a snapshot; false: as ordered in the contract, since there is no snapshot of the last 7 days. */
  isBoughtFromSnapshot: z.boolean(),
  /** By the latest snapshot of the last 7 days. */
  assigned: Count.nullable(),
  /** Day of that snapshot. */
  asOf: CalendarDate.nullable(),
  billed: Count.nullable(),
  /** Of which periods; null: of none. */
  billing: z
    .object({
      standing: z.enum(standings),
      from: CalendarDate,
      to: CalendarDate,
      /** What these periods come to in a month. */
      monthly: z.array(Money),
    })
    .nullable(),
  /** Of a license in a month. */
  unitPrice: Money.nullable(),

  billedLessBought: Count.nullable(),
  assignedLessBought: Count.nullable(),
  billedLessAssigned: Count.nullable(),
  /** A month: billed too much above 0, not billed below 0. */
  money: Money.nullable(),
});
export type ReconciliationRow = z.infer<typeof ReconciliationRow>;

/** finding: in the order of findings, each by currency with the most money first. money: by currency, then by amount. */
export const ReconciliationSort = z.enum([
  'customer',
  'reference',
  'product',
  'finding',
  'bought',
  'assigned',
  'billed',
  'unitPrice',
  'billedLessBought',
  'assignedLessBought',
  'billedLessAssigned',
  'money',
]);
export type ReconciliationSort = z.infer<typeof ReconciliationSort>;

const table = {
  region: RegionCode,
  ...asked,
  findings: Findings.optional(),
  /** Part of the customer's name or of the subscription's ID; case does not matter. */
  q: z.string().max(200).optional(),
  /** Rows without a value come last. */
  sort: ReconciliationSort.default('finding'),
  order: z.enum(['asc', 'desc']).default('asc'),
};

export const listReconciliationRows = endpoint({
  method: 'GET',
  path: '/api/reconciliation/rows',
  permission: 'subscriptions.read',
  summary: 'The lines of a region with what is bought, assigned and billed, a page at a time.',
  query: z.object({
    ...table,
    after: z.string().max(8000).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(50),
  }),
  reply: z.object({
    rows: z.array(ReconciliationRow),
    /** Over all rows that match. */
    sums: z.object({ rows: Count, customers: Count, money: z.array(Money) }),
    next: z.string().nullable(),
    today: CalendarDate,
  }),
  errors: [...storeErrors, ...filterErrors, 'cursor_invalid'],
});

export const exportReconciliationRows = endpoint({
  method: 'GET',
  path: '/api/reconciliation/export.csv',
  permission: 'subscriptions.read',
  summary: 'The same rows as CSV: all that match, in the chosen order.',
  query: z.object(table),
  reply: download('text/csv'),
  errors: [...storeErrors, ...filterErrors],
});
