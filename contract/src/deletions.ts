import { z } from 'zod';
import { download, endpoint } from './endpoint.ts';
import { CalendarDate, CustomerId, DeletionId, Instant, OrgUuid } from './ids.ts';
import { FeedCode } from './imports.ts';
import { RegionCode } from './regions.ts';

const Count = z.int().min(0);

/** Of one feed: rows among the facts, replaced versions included, rows that wait for a customer, and rejected rows; from which day to which. */
export const FeedRows = z.object({
  feed: FeedCode,
  stored: Count,
  held: Count,
  rejected: Count,
  /** UTC days of stored and held rows; null where there are rejected ones only. */
  firstDay: CalendarDate.nullable(),
  lastDay: CalendarDate.nullable(),
});
export type FeedRows = z.infer<typeof FeedRows>;

/** What is kept of a customer in the directory. */
export const RecordRows = z.object({
  subscriptions: Count,
  trials: Count,
  orders: Count,
  invoices: Count,
});
export type RecordRows = z.infer<typeof RecordRows>;

export const getCustomerData = endpoint({
  method: 'GET',
  path: '/api/customers/:customerId/data',
  permission: 'deletions.write',
  summary: 'What is there of one customer: rows by region and feed, and contracts. What a deletion would remove.',
  params: z.object({ customerId: CustomerId }),
  reply: z.object({
    customerName: z.string(),
    orgUuid: OrgUuid.nullable(),
    regions: z.array(z.object({ region: RegionCode, feeds: z.array(FeedRows) })),
    /** Regions that did not answer: what is there is not known. */
    unavailable: z.array(RegionCode),
    record: RecordRows,
  }),
  errors: ['customer_not_found'],
});

/** Files of imports that were not committed, by the number of the import. */
const KeptFile = z.object({
  importNumber: z.int(),
  /** names_customer: the file names it, and others; packed: it was not looked into. */
  because: z.enum(['names_customer', 'packed']),
});
export type KeptFile = z.infer<typeof KeptFile>;

const DeletionRegion = z.object({
  region: RegionCode,
  /** null: it waits, for its turn among the imports or for the region. */
  endedAt: Instant.nullable(),
  isAway: z.boolean(),
  /** Imports that were queued before it and have not ended. */
  waitsForImports: Count,
  feeds: z.array(FeedRows),
});

export const Deletion = z.object({
  id: DeletionId,
  customerId: CustomerId,
  orgUuid: OrgUuid.nullable(),
  /** The customer itself goes as well, with its contracts. */
  takesRecord: z.boolean(),
  askedBy: z.string().nullable(),
  askedAt: Instant,
  begunAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  regions: z.array(DeletionRegion),
  /** Of the receipt's canonical form, in hex. */
  sha256: z.string().nullable(),
});
export type Deletion = z.infer<typeof Deletion>;

export const deleteCustomerData = endpoint({
  method: 'POST',
  path: '/api/customers/:customerId/deletions',
  permission: 'deletions.write',
  summary:
    'Deletes the data of one customer for good: rows of every feed, those that wait and rejected ones, in every region; with takesRecord also the customer with its contracts. It takes its turn among the imports, and a region that is away waits. While one runs for the customer, asking again answers that one.',
  params: z.object({ customerId: CustomerId }),
  /** name: the customer's, as it is written: what is deleted cannot be brought back. */
  body: z.object({ name: z.string().max(500), takesRecord: z.boolean() }),
  reply: Deletion,
  errors: ['customer_not_found', 'customer_own', 'deletion_name_differs'],
});

export const listDeletions = endpoint({
  method: 'GET',
  path: '/api/deletions',
  permission: 'deletions.write',
  summary: 'Deletions, latest first.',
  query: z.object({
    after: DeletionId.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ items: z.array(Deletion), next: DeletionId.nullable() }),
  errors: [],
});

export const downloadReceipt = endpoint({
  method: 'GET',
  path: '/api/deletions/:deletionId/receipt',
  permission: 'deletions.write',
  summary:
    'The receipt as JSON: { receipt, sha256 }. sha256 is that of the receipt in its canonical form: keys in the order of their characters, no white space.',
  params: z.object({ deletionId: DeletionId }),
  reply: download('application/json'),
  errors: ['deletion_not_found', 'deletion_not_ended'],
});

/** What stays, and why: of every receipt. */
export const staysAfterDeletion = ['backups', 'audit_log', 'import_ledger', 'files_elsewhere'] as const;
