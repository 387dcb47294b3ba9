import { z } from 'zod';
import { CustomerFilter } from './customers.ts';
import { TagGiven } from './customer-tags.ts';
import { endpoint } from './endpoint.ts';
import { ErrorCode } from './errors.ts';
import { BulkJobId, CustomerId, GroupId, Instant, PersonId } from './ids.ts';
import { TrialTerms } from './trials.ts';

/** What is done to each customer of a selection. Each needs the right of the act itself. */
export const BulkAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('add_tags'), tags: z.array(TagGiven).min(1).max(5) }),
  z.object({ act: z.literal('remove_tags'), tags: z.array(TagGiven).min(1).max(20) }),
  z.object({ act: z.literal('assign_administrator'), personId: PersonId }),
  z.object({ act: z.literal('unassign_administrator'), personId: PersonId }),
  z.object({ act: z.literal('add_to_group'), groupId: GroupId }),
  z.object({ act: z.literal('remove_from_group'), groupId: GroupId }),
  TrialTerms.safeExtend({ act: z.literal('start_trial') }),
]);
export type BulkAct = z.infer<typeof BulkAct>;

/** Chosen rows, or everything that a filter leaves when the job begins. */
export const BulkSelection = z.union([
  z.object({ customerIds: z.array(CustomerId).min(1).max(10_000) }),
  z.object({ filter: CustomerFilter }),
]);
export type BulkSelection = z.infer<typeof BulkSelection>;

const Count = z.int().min(0);

export const BulkJob = z.object({
  id: BulkJobId,
  act: z.enum([
    'add_tags',
    'remove_tags',
    'assign_administrator',
    'unassign_administrator',
    'add_to_group',
    'remove_from_group',
    'start_trial',
  ]),
  state: z.enum(['queued', 'running', 'done', 'canceled']),
  /** Customers selected, looked at so far, changed, left alone because it was so already, and refused. */
  total: Count,
  looked: Count,
  changed: Count,
  unchanged: Count,
  failed: Count,
  /** The job that this one takes back; `act` is then what that one did. */
  undoes: BulkJobId.nullable(),
  mayUndo: z.boolean(),
  isUndone: z.boolean(),
  createdBy: z.string().nullable(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
});
export type BulkJob = z.infer<typeof BulkJob>;

export const BulkResult = z.object({
  customerId: CustomerId,
  customerName: z.string(),
  outcome: z.enum(['changed', 'unchanged', 'failed']),
  /** Why it failed. */
  code: ErrorCode.nullable(),
  data: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type BulkResult = z.infer<typeof BulkResult>;

/** What a job would do with a tag. */
export const BulkTag = z.object({
  name: z.string(),
  /** It is not there yet: the job would make it. */
  isNew: z.boolean(),
  /** To how many it would be given, or from how many it would be taken. */
  customers: Count,
});
export type BulkTag = z.infer<typeof BulkTag>;

const acts = [
  'customer_not_found',
  'trial_in_past',
  'tag_not_found',
  'tag_limit',
  'group_not_found',
  'group_by_filter',
  'administrator_not_found',
  'filter_invalid',
  'filter_too_long',
  'bulk_empty',
] as const;

export const previewBulkJob = endpoint({
  method: 'POST',
  path: '/api/bulk-jobs/preview',
  permission: 'customers.write',
  summary:
    'What a job would do, without doing it: how many it would change, leave alone and refuse, with the first 50 refusals; which tags it would give or take, to or from how many, and which of them would be new.',
  body: z.object({ selection: BulkSelection, act: BulkAct }),
  reply: z.object({
    total: Count,
    changed: Count,
    unchanged: Count,
    failed: Count,
    refusals: z.array(BulkResult),
    tags: z.array(BulkTag),
  }),
  errors: acts,
});

export const startBulkJob = endpoint({
  method: 'POST',
  path: '/api/bulk-jobs',
  permission: 'customers.write',
  summary: 'Does something to every customer of a selection, as a job that goes on when the page is closed.',
  body: z.object({ selection: BulkSelection, act: BulkAct }),
  reply: BulkJob,
  errors: acts,
});

export const listBulkJobs = endpoint({
  method: 'GET',
  path: '/api/bulk-jobs',
  permission: 'customers.write',
  summary: 'The person’s latest 20 jobs.',
  reply: z.object({ items: z.array(BulkJob) }),
  errors: [],
});

export const getBulkJob = endpoint({
  method: 'GET',
  path: '/api/bulk-jobs/:bulkJobId',
  permission: 'customers.write',
  summary: 'A job of one’s own: how far it is.',
  params: z.object({ bulkJobId: BulkJobId }),
  reply: BulkJob,
  errors: ['bulk_job_not_found'],
});

export const listBulkResults = endpoint({
  method: 'GET',
  path: '/api/bulk-jobs/:bulkJobId/results',
  permission: 'customers.write',
  summary: 'What came of each customer of a job, refusals first, a page at a time.',
  params: z.object({ bulkJobId: BulkJobId }),
  query: z.object({
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ items: z.array(BulkResult), next: z.string().nullable() }),
  errors: ['bulk_job_not_found', 'cursor_invalid'],
});

export const cancelBulkJob = endpoint({
  method: 'POST',
  path: '/api/bulk-jobs/:bulkJobId/cancel',
  permission: 'customers.write',
  summary: 'Stops a job; what is done stays done.',
  params: z.object({ bulkJobId: BulkJobId }),
  reply: BulkJob,
  errors: ['bulk_job_not_found', 'bulk_job_ended'],
});

export const undoBulkJob = endpoint({
  method: 'POST',
  path: '/api/bulk-jobs/:bulkJobId/undo',
  permission: 'customers.write',
  summary: 'Starts a job that takes back what this one changed.',
  params: z.object({ bulkJobId: BulkJobId }),
  reply: BulkJob,
  errors: ['bulk_job_not_found', 'bulk_job_not_undoable', 'undo_later_tag', 'undo_later_job'],
});
