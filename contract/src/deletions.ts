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
  /** Of one person: rows of others that name them, of which those fields are emptied. Absent where a customer is meant. */
  named: Count.optional(),
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
  /** names_customer, names_person: the file names it or them, and others; packed: it was not looked into. */
  because: z.enum(['names_customer', 'names_person', 'packed']),
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
  /** Of whom: all of the customer, or one person among its rows. Nothing that names them is kept. */
  subject: z.enum(['customer', 'person']),
  /** The customer itself goes as well, with its contracts. */
  takesRecord: z.boolean(),
  askedBy: z.string().nullable(),
  askedAt: Instant,
  begunAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** Since when imports bring again whom it kept out: the person, or the customer's organization. */
  letInAt: Instant.nullable(),
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

/** What one person is known by in the records of a customer; at least a user UUID, an e-mail address or a number. */
export const PersonNames = z.object({
  userUuid: z.guid().nullable().default(null), // mapped feeds have such of no version
  emails: z.array(z.string().trim().min(3).max(254)).max(10).default([]),
  numbers: z.array(z.string().trim().min(3).max(50)).max(10).default([]),
  /** As the reports write it: agents of queues are names and nothing else. */
  names: z.array(z.string().trim().min(2).max(250)).max(10).default([]),
});
export type PersonNames = z.infer<typeof PersonNames>;

export const findPersonData = endpoint({
  method: 'POST',
  path: '/api/customers/:customerId/person-data',
  permission: 'deletions.write',
  summary:
    'What there is of one person among the records of a customer: rows by region and feed, those of others that name them, and what else the person is known by there. Nothing is changed; what was asked is not kept.',
  params: z.object({ customerId: CustomerId }),
  body: PersonNames,
  reply: z.object({
    regions: z.array(z.object({ region: RegionCode, feeds: z.array(FeedRows) })),
    unavailable: z.array(RegionCode),
    /** Fields of the customer's contact that name them. */
    contactFields: Count,
    /** Out of the person's own rows, as far as the actor may see call records. */
    alsoKnown: z.object({
      userUuids: z.array(z.string()),
      emails: z.array(z.string()),
      numbers: z.array(z.string()),
      names: z.array(z.string()),
    }),
  }),
  errors: ['customer_not_found', 'customer_not_linked', 'deletion_person_unclear', 'vault_key_missing'],
});

export const deletePersonData = endpoint({
  method: 'POST',
  path: '/api/customers/:customerId/person-deletions',
  permission: 'deletions.write',
  summary:
    'Deletes the data of one person among the records of a customer for good, in every region: their rows of every feed go, and fields of other rows that name them are emptied. Later imports bring nothing of them. It takes its turn among the imports, and a region that is away waits. While one runs for the same person, asking again answers that one.',
  params: z.object({ customerId: CustomerId }),
  body: PersonNames.extend({
    /** The user UUID typed once more; without one the first e-mail, else the first number. What is deleted cannot be brought back. */
    confirm: z.string().max(254),
    /** Numbers and names may be of several people: that they are meant all the same. */
    sharedIsMeant: z.boolean().default(false),
  }),
  reply: Deletion,
  errors: [
    'customer_not_found',
    'customer_not_linked',
    'deletion_person_unclear',
    'deletion_person_differs',
    'deletion_person_shared',
    'vault_key_missing',
  ],
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

export const letInAgain = endpoint({
  method: 'POST',
  path: '/api/deletions/:deletionId/let-in',
  permission: 'deletions.write',
  summary:
    'Lets in again whom a deletion that has ended keeps out: later imports bring the person as anybody, or the organization of the customer, which connectors fetch again. What was deleted stays deleted, and the receipt as it is.',
  params: z.object({ deletionId: DeletionId }),
  reply: Deletion,
  errors: ['deletion_not_found', 'deletion_not_ended'],
});

/** Of one person also: their keyed hashes, by which later imports are recognized, and fields that hold more than a name or number. */
export const staysAfterPerson = ['keyed_hashes', 'longer_texts'] as const;

/** What stays, and why: of every receipt. */
export const staysAfterDeletion = ['backups', 'audit_log', 'import_ledger', 'files_elsewhere'] as const;
