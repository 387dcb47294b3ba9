import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { ImportId, Instant, MappingId } from './ids.ts';
import { FeedCode, ImportBatch, ImportState, RejectReason } from './imports.ts';
import { RegionCode } from './regions.ts';
import { TimeZone } from './status-policy.ts';

const TimeForm = z.enum(['iso', 'day_first', 'month_first', 'epoch', 'epoch_ms']);

/** How the texts of a column are read. Without one they are read as the field's own reports write them. */
export const Conversion = z.discriminatedUnion('kind', [
  /** A point in time. `zone` counts where the text names none; epoch is of UTC. */
  z.object({
    kind: z.literal('time'),
    form: TimeForm,
    zone: TimeZone,
  }),
  /** A number of the unit; H:MM:SS is read as it says. */
  z.object({ kind: z.literal('unit'), unit: z.enum(['milliseconds', 'seconds', 'minutes', 'hours']) }),
  /** Yes or no: the words mean what `meaning` says, every other word the opposite; case does not matter. */
  z.object({
    kind: z.literal('flag'),
    words: z.array(z.string().max(60)).min(1).max(20),
    meaning: z.enum(['yes', 'no']),
  }),
  /** Words of theirs for words of ours; others stay as they are. */
  z.object({
    kind: z.literal('words'),
    words: z
      .array(z.object({ theirs: z.string().max(60), ours: z.string().max(60) }))
      .min(1)
      .max(50),
  }),
]);
export type Conversion = z.infer<typeof Conversion>;

/** A column of a file by its name, or by its place from 1 (`#3`) where it has none of its own. */
export const FileColumn = z.string().min(1).max(300);

/** Where a field comes from: columns, several joined (a day and a time by a space, others by a hyphen), or one value for every row. */
export const FieldSource = z.union([
  z.object({ columns: z.array(FileColumn).min(1).max(4), conversion: Conversion.optional() }),
  z.object({ value: z.string().max(200) }),
]);
export type FieldSource = z.infer<typeof FieldSource>;

const mappingCharacters = 20_000;

/** How a kind of file that is not known becomes a kind that is: our field ← their column. */
export const ColumnMapping = z
  .object({
    feed: FeedCode,
    /** False: the first line is a row already, and columns are named by their place. */
    hasHeader: z.boolean(),
    /** Rows below the header that are no data, such as the types of the columns. */
    skipRows: z.int().min(0).max(100),
    fields: z.record(z.string().max(60), FieldSource),
  })
  .refine(
    (mapping) => JSON.stringify(mapping).length <= mappingCharacters,
    `A mapping has at most ${mappingCharacters} characters.`,
  );
export type ColumnMapping = z.infer<typeof ColumnMapping>;

export const MappingName = z.string().trim().min(1).max(60);

export const MappingField = z.object({
  name: z.string(),
  /** Its head in the report that has it. */
  header: z.string(),
  kind: z.enum(['time', 'day', 'duration', 'number', 'flag', 'id', 'text']),
  /** The only words that are known for it; a row with another one is rejected. Empty where any text will do. */
  words: z.array(z.string()),
});
export type MappingField = z.infer<typeof MappingField>;

/** What a mapping is made from: the columns of a file, and what each kind of file would take from them. */
const draft = {
  hasHeader: z.boolean(),
  columns: z.array(
    z.object({
      /** As mappings use it. */
      name: FileColumn,
      /** Values of the first rows. */
      samples: z.array(z.string()),
      /** All different values of the file's beginning, where they are few and short, as words are. */
      values: z.array(z.string()),
      /** In what form it holds times that name no zone, or days. */
      timeForm: TimeForm.nullable(),
    }),
  ),
  feeds: z.array(
    z.object({
      feed: FeedCode,
      fields: z.array(MappingField),
      /** Of each group one must have a source. */
      needed: z.array(z.array(z.string())),
      suggested: ColumnMapping,
      /** How many fields found a column. */
      found: z.int(),
    }),
  ),
  /** The likeliest kind, and what to call the mapping. */
  likeliest: FeedCode,
  /** The partner's, for times that name none. */
  zone: z.string(),
  name: z.string(),
};

const previewReply = z.object({
  read: z.int(),
  rejected: z.int(),
  /** The fields that have a source, in the order of the report. */
  fields: z.array(
    z.object({
      name: z.string(),
      /** Rows that this field would reject, whatever else is wrong with them, with the first such value, and rows in which it is left empty. */
      rejected: z.int(),
      reason: RejectReason.nullable(),
      example: z.string().nullable(),
      emptied: z.int(),
    }),
  ),
  rows: z.array(
    z.object({
      row: z.int(),
      /** What is stored, null where nothing is; of a field that rejects the row, what the file has. */
      values: z.array(z.string().nullable()),
      /** The fields that reject it: null where it comes in, none where it is no row of this file's columns. */
      rejectedFor: z.array(z.string()).nullable(),
    }),
  ),
});

const importParams = z.object({ importId: ImportId });
const definitionErrors = [
  'import_not_mappable',
  'mapping_field_unknown',
  'mapping_column_unknown',
  'mapping_fields_missing',
] as const;
const mappingErrors = ['import_not_found', ...definitionErrors] as const;

export const getMappingDraft = endpoint({
  method: 'GET',
  path: '/api/imports/:importId/mapping',
  permission: 'imports.write',
  summary:
    'What a file that was not recognised holds, its first rows, and what is suggested for each kind of file it may be turned into.',
  params: importParams,
  query: z.object({ hasHeader: z.stringbool().optional() }),
  reply: z.object({
    fileName: z.string(),
    ...draft,
    /** The name of the saved mapping that is suggested, where one reads files with nearly these columns. */
    savedAs: z.string().nullable(),
  }),
  errors: ['import_not_found', 'import_not_mappable'],
});

export const previewMapping = endpoint({
  method: 'POST',
  path: '/api/imports/:importId/mapping/preview',
  permission: 'imports.write',
  summary: 'Reads the first 100 rows of the file by a mapping, and stores nothing.',
  params: importParams,
  body: ColumnMapping,
  reply: previewReply,
  errors: [...mappingErrors, 'region_unavailable'],
});

export const applyMapping = endpoint({
  method: 'PUT',
  path: '/api/imports/:importId/mapping',
  permission: 'imports.write',
  summary:
    'Saves a mapping under a name, as its next version where there is one, and lets the import go on by it. The next file with the same columns is read by it unasked.',
  params: importParams,
  body: z.object({ name: MappingName, mapping: ColumnMapping }),
  reply: ImportBatch,
  errors: [...mappingErrors, 'mapping_skips_all'],
});

export const ImportMapping = z.object({
  id: MappingId,
  name: z.string(),
  version: z.int(),
  feed: FeedCode,
  fields: z.int(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
});
export type ImportMapping = z.infer<typeof ImportMapping>;

export const listMappings = endpoint({
  method: 'GET',
  path: '/api/import-mappings',
  permission: 'imports.read',
  summary:
    'The mappings by which files are read unasked, by name. Who sees only their own imports sees only their own.',
  reply: z.object({ items: z.array(ImportMapping) }),
  errors: [],
});

export const removeMapping = endpoint({
  method: 'DELETE',
  path: '/api/import-mappings/:mappingId',
  permission: 'imports.write',
  summary: 'Reads no further file by this mapping. What it brought stays.',
  params: z.object({ mappingId: MappingId }),
  errors: ['mapping_not_found'],
});

/** The mappings that the hub brings with it: nobody changes them, and a copy of one goes before it. */
export const ShippedMapping = z.enum(['webex_media_quality', 'cisco_unified_cm', 'asterisk']);
export type ShippedMapping = z.infer<typeof ShippedMapping>;

/** The beginning of a file that is at hand, in whole lines: nothing of it is kept. */
export const FileHead = z.string().min(1).max(250_000);

const savedParams = z.object({ mappingId: z.union([MappingId, ShippedMapping]) });

export const MappedImport = z.object({
  id: ImportId,
  number: z.int(),
  fileName: z.string(),
  version: z.int(),
  state: ImportState,
  canBeUndone: z.boolean(),
});
export type MappedImport = z.infer<typeof MappedImport>;

export const getSavedMapping = endpoint({
  method: 'POST',
  path: '/api/import-mappings/:mappingId/draft',
  permission: 'imports.write',
  summary:
    'What a saved mapping, or one that the hub brings, takes from which column, for changing it: with the columns of the file that it was made for, or of one that is given now. An older version leads to the one that reads files now. Stores nothing.',
  params: savedParams,
  body: z.object({ head: FileHead.optional(), hasHeader: z.boolean().optional() }),
  reply: z.object({
    ...draft,
    /** The version that reads files now; null for one that the hub brings. */
    mapping: ImportMapping.nullable(),
    /** Whether the file that is given has the columns by which the mapping knows its files; null without one. */
    hasSameColumns: z.boolean().nullable(),
    /** What its versions have brought, newest first, and how many imports that are in all. */
    imports: z.array(MappedImport),
    totalImports: z.int(),
  }),
  errors: ['mapping_not_found', 'import_not_mappable'],
});

export const tryMapping = endpoint({
  method: 'POST',
  path: '/api/import-mappings/preview',
  permission: 'imports.write',
  summary: 'Reads the first 100 rows of what is given by a mapping, in a region, and stores nothing.',
  body: z.object({ region: RegionCode, head: FileHead, mapping: ColumnMapping }),
  reply: previewReply,
  errors: [...definitionErrors, 'region_unavailable', 'region_not_served'],
});

export const changeMapping = endpoint({
  method: 'PUT',
  path: '/api/import-mappings/:mappingId',
  permission: 'imports.write',
  summary:
    'Saves the next version of a mapping, which reads files from now on in place of this one; or a copy of one that the hub brings, under a name, for files with the columns of the one that is given. What earlier versions brought stays.',
  params: savedParams,
  body: z.object({ mapping: ColumnMapping, head: FileHead.optional(), name: MappingName.optional() }),
  reply: ImportMapping,
  errors: [...definitionErrors, 'mapping_not_found', 'mapping_outdated', 'mapping_needs_file', 'mapping_skips_all'],
});
