import { z } from 'zod';
import { download, endpoint, uploadOrForm } from './endpoint.ts';
import { ErrorCode } from './errors.ts';
import { CalendarDate, CustomerId, ImportId, Instant, MappingId, OrgUuid } from './ids.ts';
import { RegionCode } from './regions.ts';

/** 20 GB: the largest file taken in one piece. */
export const importBytesLimit = 20_000_000_000;

/** Shown as the name of an import, never used as a path. */
export const FileName = z.string().trim().min(1).max(255);

const Data = z.record(z.string(), z.union([z.string(), z.number()]));
const Count = z.int().min(0);

/** The kinds of files that are recognised by their columns. */
export const FeedCode = z.enum([
  'webex_call_history',
  'webex_media_quality',
  'webex_call_queue_stats',
  'webex_call_queue_agent_stats',
  'webex_auto_attendant_stats',
  'webex_hunt_group_stats',
  'webex_phone_numbers',
  'webex_devices',
  'webex_locations',
  'license_snapshots',
]);
export type FeedCode = z.infer<typeof FeedCode>;

/** Why a record was rejected (DOMAIN, decisions: "A leg is a Report ID"). */
export const RejectReason = z.enum([
  'column_count', // more or fewer columns than the header; data: expected, and found where the row's own could be counted
  'not_a_time',
  'year_short', // a day with a year of two digits: which of them is the year nobody knows
  'time_required',
  'time_before', // earlier than data.limit
  'time_after', // later than data.limit
  'not_a_whole_number',
  'below_zero',
  'quote_misplaced', // the row could not be split into columns
  'quote_not_closed',
  'too_long', // a text of more characters than data.limit
  'value_required', // what the row is about has no name
  'word_unknown', // of a mapped file: none of the words that the field can have
]);
export type RejectReason = z.infer<typeof RejectReason>;

/** What is always in the data of a reason, for the sentence that tells it. */
export const rejectReasonData: Record<RejectReason, readonly ('expected' | 'limit')[]> = {
  column_count: ['expected'],
  not_a_time: [],
  year_short: [],
  time_required: [],
  time_before: ['limit'],
  time_after: ['limit'],
  not_a_whole_number: [],
  below_zero: [],
  quote_misplaced: [],
  quote_not_closed: [],
  too_long: ['limit'],
  value_required: [],
  word_unknown: [],
};

/** What the hub noticed about a file and dealt with by itself. */
export const ImportNote = z.object({
  code: z.enum([
    'semicolons', // read as separators
    'tabs',
    'utf16', // converted
    'columns_absent', // data.columns: known columns the file lacks; stored empty
    'columns_ignored', // data.columns: unknown columns; not stored
    'same_file', // data.number: the import that brought the same bytes before
    'mapped', // data.name and data.version: the mapping by which it was read
    'unpacked', // data.files: a ZIP of so many files, each of them an import of its own
    'person_deleted', // data.rows of people whose data were deleted: counted among the rejected ones, and nothing of them is kept
    'deleted_before', // data.rows of days before the data of their customer were deleted, which are there again
    'beyond_kept', // data.rows older than data.days days, for which the feed is kept here: they go in the next night
  ]),
  data: Data,
});
export type ImportNote = z.infer<typeof ImportNote>;

/** read = new + duplicate + replaced + rejected + held, always. */
export const ImportCounts = z.object({
  read: Count,
  new: Count,
  duplicate: Count,
  replaced: Count,
  rejected: Count,
  held: Count,
});
export type ImportCounts = z.infer<typeof ImportCounts>;

export const ImportState = z.enum(['queued', 'running', 'committed', 'failed', 'canceled', 'undone']);
export type ImportState = z.infer<typeof ImportState>;

/** upload: the page; api: a program with an access token. */
export const ImportSource = z.enum(['upload', 'api', 'command', 'demo', 'release', 'connector', 'watched', 'own']);
/** What the ledger is narrowed to: files out of an archive beside the ways in. */
export const LedgerSource = z.enum([...ImportSource.options, 'archive']);
export type LedgerSource = z.infer<typeof LedgerSource>;

/** For so long what an import replaced is kept, so that it can be undone. */
export const undoDays = 30;

export const ImportBatch = z.object({
  id: ImportId,
  /** Shown as B-<number>. */
  number: z.int(),
  region: RegionCode,
  /** null until the file is recognised, and for an archive of several files. */
  feed: FeedCode.nullable(),
  /** zip: an archive of several files, each of which is an import of its own (archiveId). */
  format: z.enum(['csv', 'json', 'zip']).nullable(),
  source: ImportSource,
  fileName: z.string(),
  fileBytes: z.int(),
  /** Of the file as it came, in hex; null until it is known, and for held rows that enter. */
  sha256: z.string().nullable(),
  state: ImportState,
  /** What a running import does now. */
  stage: z.enum(['unpacking', 'recognizing', 'reading', 'checking', 'publishing']).nullable(),
  /** What a queued import waits for beside its turn: the region's store takes no writes. */
  waitsFor: z.enum(['read_only', 'fault']).nullable(),
  progress: z
    .object({
      rowsDone: Count,
      bytesDone: Count,
      bytesTotal: Count,
      rowsPerSecond: z.number().nullable(),
      secondsLeft: z.number().nullable(),
    })
    .nullable(),
  /** Set when committed; of an import that was undone what it had brought. */
  counts: ImportCounts.nullable(),
  /** Fields that could not be read and were left empty, by column. */
  emptied: z.array(z.object({ column: z.string(), count: Count })),
  notes: z.array(ImportNote),
  failure: z.object({ code: ErrorCode, data: Data }).nullable(),
  /** First and last Start time among the stored and held rows; of statistics and inventories the first and last day at 00:00. */
  covers: z.object({ from: Instant, to: Instant }).nullable(),
  /** What whoever brought the file said of rows that do not say it themselves: whose they are, and of which days, both included. */
  orgUuid: OrgUuid.nullable(),
  /** The saved mapping by which it was read, or is to be. */
  mappingId: MappingId.nullable(),
  period: z.object({ from: CalendarDate, to: CalendarDate }).nullable(),
  /** The import of the archive that this file was unpacked from. */
  archiveId: ImportId.nullable(),
  archiveNumber: z.int().nullable(),
  /** The import whose rejected rows this one brings again, corrected. */
  corrects: z.object({ id: ImportId, number: z.int() }).nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  createdBy: z.string().nullable(),
  /** How long it took, and rows read in a second of that. */
  seconds: z.number().nullable(),
  rowsPerSecond: z.number().nullable(),
  /** False for imports of releases that did not keep what undoing needs. Whether nothing else stands against it: getImportUndo. */
  canBeUndone: z.boolean(),
  undone: z.object({ at: Instant, by: z.string().nullable() }).nullable(),
});
export type ImportBatch = z.infer<typeof ImportBatch>;

const importParams = z.object({ importId: ImportId });

/** A report that names neither organization nor day needs them; of one that does, its own count. One day is a period as well: `to` may be left out. */
export const givenFacts = {
  orgUuid: OrgUuid.optional(),
  from: CalendarDate.optional(),
  to: CalendarDate.optional(),
};

export const uploadImport = endpoint({
  method: 'POST',
  path: '/api/imports',
  permission: 'imports.write',
  summary:
    'Takes one file (a report of Webex Calling as CSV, detailed call history also as JSON or JSON lines, plain or packed as gzip or ZIP) as the raw body or as the file of a form, keeps it on disk and queues its import. What is given counts for every file of an archive. Answered when the file is safe on disk.',
  /** fileName: needed with a raw body; the file of a form brings its own. */
  query: z.object({ region: RegionCode, fileName: FileName.optional(), ...givenFacts }),
  body: uploadOrForm,
  takesKey: true,
  reply: ImportBatch,
  errors: [
    'region_not_served',
    'range_invalid',
    'range_in_future',
    'import_empty',
    'import_too_large',
    'import_disk_full',
    'import_interrupted',
    'idempotency_key_reused',
  ],
});

const ledgerFilter = {
  region: RegionCode.optional(),
  feed: FeedCode.optional(),
  state: ImportState.optional(),
  source: LedgerSource.optional(),
};

export const listImports = endpoint({
  method: 'GET',
  path: '/api/imports',
  permission: 'imports.read',
  summary: 'Imports, newest first, of a region, a feed, a state or a source.',
  query: z.object({
    ...ledgerFilter,
    /** Only the files of this archive. */
    archiveId: ImportId.optional(),
    /** Only what brings rejected rows of this import again, corrected. */
    corrects: ImportId.optional(),
    after: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  /** underway: how many of the region wait or run, whatever else is asked for. */
  reply: z.object({ items: z.array(ImportBatch), next: z.int().nullable(), total: Count, underway: Count }),
  errors: [],
});

export const exportLedger = endpoint({
  method: 'GET',
  path: '/api/imports/export',
  permission: 'imports.read',
  summary: 'The same as a CSV: each import with its file, hash, counts, period, duration and rate.',
  query: z.object(ledgerFilter),
  reply: download('text/csv'),
  errors: [],
});

export const getImport = endpoint({
  method: 'GET',
  path: '/api/imports/:importId',
  permission: 'imports.read',
  summary: 'One import with its progress.',
  params: importParams,
  reply: ImportBatch,
  errors: ['import_not_found'],
});

export const cancelImport = endpoint({
  method: 'POST',
  path: '/api/imports/:importId/cancel',
  permission: 'imports.write',
  summary:
    'Cancels an import that has not ended, or gives up one that failed and whose file is kept. Nothing of it stays.',
  params: importParams,
  reply: ImportBatch,
  errors: ['import_not_found', 'import_not_cancelable'],
});

export const ImportUndo = z.object({
  /** Rows that no longer count, and earlier versions that do again. */
  removed: Count,
  restored: Count,
  /** Rows that wait for a customer and go too. */
  held: Count,
  /** Why it cannot be undone. */
  refusal: z.object({ code: ErrorCode, data: Data }).nullable(),
});
export type ImportUndo = z.infer<typeof ImportUndo>;

export const getImportUndo = endpoint({
  method: 'GET',
  path: '/api/imports/:importId/undo',
  permission: 'imports.write',
  summary: 'What undoing an import would take away and bring back, or why it cannot be undone.',
  params: importParams,
  reply: ImportUndo,
  errors: ['import_not_found', 'region_unavailable', 'region_not_served'],
});

export const undoImport = endpoint({
  method: 'POST',
  path: '/api/imports/:importId/undo',
  permission: 'imports.write',
  summary:
    'Takes an import back as a whole: its rows go, held ones included, and the versions that it replaced count again. Refused where a later import needs its rows, and after 30 days where it replaced anything. Asked again, it answers the same.',
  params: importParams,
  reply: ImportBatch,
  errors: [
    'import_not_found',
    'import_not_undoable',
    'import_undo_expired',
    'import_undo_later',
    'import_undo_later_hidden',
  ],
});

export const retryImport = endpoint({
  method: 'POST',
  path: '/api/imports/:importId/retry',
  permission: 'imports.write',
  summary:
    'Queues a failed import again; its file was kept. What it failed for the lack of, a customer or a period, is given here.',
  params: importParams,
  body: z.object(givenFacts),
  reply: ImportBatch,
  errors: ['import_not_found', 'import_not_retryable', 'range_invalid', 'range_in_future'],
});

export const RejectedRow = z.object({
  /** Data row in the file, the first after the header is 1. */
  row: z.int(),
  /** Line in the file, the header is 1; differs from the row where values hold line breaks. For JSON: null. */
  line: z.int().nullable(),
  column: z.string().nullable(),
  value: z.string(),
  reason: RejectReason,
  data: Data,
});
export type RejectedRow = z.infer<typeof RejectedRow>;

export const listRejectedRows = endpoint({
  method: 'GET',
  path: '/api/imports/:importId/rejected-rows',
  permission: 'imports.read',
  summary: 'The rejected rows of an import in file order, and how many there are by column and reason.',
  params: importParams,
  query: z.object({
    after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({
    items: z.array(RejectedRow),
    next: z.int().nullable(),
    total: Count,
    byReason: z.array(z.object({ column: z.string().nullable(), reason: RejectReason, count: Count })),
  }),
  errors: ['import_not_found', 'region_unavailable'],
});

export const exportRejectedRows = endpoint({
  method: 'GET',
  path: '/api/imports/:importId/rejected-rows/export',
  permission: 'imports.read',
  summary:
    'The rejected rows as they were sent, with row, line and reason in the last columns. Corrected and sent again, the file is an import that is linked to this one; those columns are not stored.',
  params: importParams,
  reply: download('text/csv'),
  errors: ['import_not_found', 'region_unavailable'],
});

/** So many rows can be corrected without a file. */
export const correctedRowsLimit = 200;

export const correctRejectedRows = endpoint({
  method: 'POST',
  path: '/api/imports/:importId/corrections',
  permission: 'imports.write',
  summary:
    'Queues an import of rejected rows, each with another value in place of the one that it was rejected for. It is linked to this one, and judged like any other.',
  params: importParams,
  body: z.object({
    rows: z
      .array(z.object({ row: z.int().min(1), value: z.string().max(2000) }))
      .min(1)
      .max(correctedRowsLimit),
  }),
  reply: ImportBatch,
  errors: [
    'import_not_found',
    'rejected_row_not_found',
    'rejected_row_needs_file',
    'region_unavailable',
    'region_not_served',
    'import_empty',
    'import_too_large',
    'import_disk_full',
    'import_interrupted',
  ],
});

/** not_assigned: the customer is there; whoever brought the rows does not have it assigned. */
export const HeldReason = z.enum(['unknown', 'other_region', 'not_assigned', 'unreadable']);
export type HeldReason = z.infer<typeof HeldReason>;

/** Rows that wait because no customer of this partner in this region has their organization. */
export const HeldOrganization = z.object({
  region: RegionCode,
  /** null: the rows carry no readable Org UUID. */
  orgUuid: OrgUuid.nullable(),
  reason: HeldReason,
  rows: Count,
  firstStart: Instant,
  lastStart: Instant,
  /** Some location names, to recognise the organization by. */
  locations: z.array(z.string()),
  /** Set when the reason is other_region or not_assigned: the customer that has this organization. */
  customer: z.object({ id: CustomerId, name: z.string(), region: RegionCode }).nullable(),
  /** When it was asked to delete the data of this organization, unless it was let in again since. */
  deletedAt: Instant.nullable(),
});
export type HeldOrganization = z.infer<typeof HeldOrganization>;

const heldFilter = {
  /** Part of the organization ID or of a location's name. */
  q: z.string().max(200).optional(),
  region: RegionCode.optional(),
  reason: HeldReason.optional(),
};

export const listHeldOrganizations = endpoint({
  method: 'GET',
  path: '/api/held-organizations',
  permission: 'imports.read',
  summary: 'Organizations whose rows are held, most rows first, a page at a time; the total is of all that match.',
  query: z.object({
    ...heldFilter,
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({
    items: z.array(HeldOrganization),
    next: z.string().nullable(),
    total: z.object({ organizations: Count, rows: Count }),
    unavailable: z.array(RegionCode),
  }),
  errors: ['cursor_invalid', 'region_unavailable', 'region_not_served'],
});

export const discardHeldOrganizations = endpoint({
  method: 'POST',
  path: '/api/held-organizations/discard',
  permission: 'imports.write',
  summary:
    'Deletes the held rows of several organizations for good: of those that are named, or of all that match the filter. Tells what was there to be deleted.',
  body: z.object({
    organizations: z.union([
      z
        .array(z.object({ region: RegionCode, orgUuid: OrgUuid }))
        .min(1)
        .max(1000),
      z.literal('matching'),
    ]),
    /** Which match. */
    ...heldFilter,
  }),
  reply: z.object({ organizations: Count, rows: Count, unavailable: z.array(RegionCode) }),
  errors: ['region_unavailable', 'region_not_served'],
});

export const releaseHeldRows = endpoint({
  method: 'POST',
  path: '/api/held-organizations/:region/:orgUuid/release',
  permission: 'imports.write',
  summary: 'Lets the held rows of one organization enter, where a customer in this region has it.',
  params: z.object({ region: RegionCode, orgUuid: OrgUuid }),
  errors: ['held_not_found', 'region_not_served'],
});

export const discardHeldRows = endpoint({
  method: 'DELETE',
  path: '/api/held-organizations/:region/:orgUuid',
  permission: 'imports.write',
  summary:
    'Deletes the held rows of one organization for good. Use 00000000-0000-0000-0000-000000000000 for rows without a readable one.',
  params: z.object({ region: RegionCode, orgUuid: OrgUuid }),
  reply: z.object({ rows: Count }),
  errors: ['held_not_found', 'region_unavailable', 'region_not_served'],
});

export const getSampleFile = endpoint({
  method: 'GET',
  path: '/api/imports/sample',
  permission: 'imports.read',
  summary: 'A small valid file of a feed, for one of the partner’s customers in the region.',
  query: z.object({ region: RegionCode, feed: FeedCode.default('webex_call_history') }),
  reply: download('text/csv'),
  errors: ['region_not_served'],
});
