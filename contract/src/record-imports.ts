import { z } from 'zod';
import { endpoint, upload } from './endpoint.ts';

/** What a file of records tells, recognized by its columns. */
export const RecordKind = z.enum(['customers', 'subscriptions', 'trials', 'sign_ins', 'orders', 'invoices']);
export type RecordKind = z.infer<typeof RecordKind>;

export const recordRowsMaximum = 200_000;
export const recordBytesMaximum = 64_000_000;

/** A row that was left out: where, what stands there, and what is expected. */
export const RejectedRecord = z.object({
  /** Of the file, from 1; the header is line 1. Of JSON the number of the record, from 1. */
  line: z.int().min(1),
  column: z.string(),
  value: z.string(),
  reason: z.enum([
    'empty',
    'no_date',
    'no_number',
    'no_choice',
    'too_long',
    'no_country',
    'no_org',
    'no_domain',
    'no_email',
    'ends_before_start',
    'trial_too_long',
    'trial_open',
    'no_licenses',
    'no_product',
    'unknown_customer',
    'several_customers',
    'own_organization',
    'taken',
    'twice',
    'region_not_served',
    'columns_of_row',
    'no_amount',
    'amount_unclear',
    'no_currency',
    'due_before_issued',
    'unknown_subscription',
  ]),
  /**
   * For no_choice: what may stand there. For no_number, too_long and trial_too_long: the limit, where there is one. For taken: by which
   * customer, empty where it is not yours to see. For trial_open: the ID of that trial. For twice: the line that counts. For region_not_served: the region. For columns_of_row: how
   * many there should be.
   */
  hint: z.string(),
});
export type RejectedRecord = z.infer<typeof RejectedRecord>;

const Count = z.int().min(0);

export const importRecords = endpoint({
  method: 'POST',
  path: '/api/record-imports',
  permission: 'subscriptions.write',
  summary:
    'Reads a CSV or JSON of customers, subscriptions, trials, sign-ins, orders or invoices. Good rows enter in one step, others are told; the same file again changes nothing.',
  query: z.object({ fileName: z.string().min(1).max(255), isTrial: z.stringbool().default(false) }),
  body: upload,
  reply: z.object({
    kind: RecordKind,
    /** Only looked at: nothing was written. */
    isTrial: z.boolean(),
    /** Columns of the file that mean nothing here; their first 100. */
    ignoredColumns: z.array(z.string()),
    /** Rows, as all the counts: read = created + changed + unchanged + rejected. A row has the outcome of what it tells of. */
    read: Count,
    created: Count,
    changed: Count,
    unchanged: Count,
    rejected: Count,
    /** Customers that get an organization whose data were deleted on request, and which was not let in again since. */
    deletedBefore: Count,
    /** The first 1,000. */
    rejections: z.array(RejectedRecord),
  }),
  errors: [
    'import_empty',
    'import_not_text',
    'import_not_utf8',
    'import_header_only',
    'import_columns_missing',
    'import_columns_twice',
    'import_json_invalid',
    'import_json_truncated',
    'import_no_records',
    'import_too_large',
    'import_interrupted',
    'records_unknown',
    'records_too_many',
  ],
});
