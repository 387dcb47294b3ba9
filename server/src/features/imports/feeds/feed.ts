import type { FeedCode } from '@hub/contract/imports';
import type { ColumnKind as CallRecordKind } from '../call-history-columns.ts';
import type { Rollup } from '../rollups/rollup.ts';

/**
 * How a field is read. `required_*`, `time` and `day` can reject a row; the lenient kinds are emptied and counted. The measured kinds know units:
 * `seconds` also takes H:MM:SS, and each of them the unit that its header names (measured-headers.ts).
 */
export type ColumnKind = CallRecordKind | 'required_word' | 'day' | 'seconds' | 'milliseconds' | 'percent' | 'number';

export interface FeedColumn {
  /** Column in the fact table. */
  name: string;
  /** Its head in the report. */
  header: string;
  kind: ColumnKind;
  /** Other heads under which exports carry it, the likeliest first. */
  aliases?: readonly string[];
}

/** By what a record is known: its own UUID, or a hash of columns; of each group the first that has a value. */
export type RecordKey = 'report_id' | { of: readonly (readonly string[])[] };

/** What the import knows of a kind of file. Everything between recognizing and committing works by this. */
export interface Feed {
  code: FeedCode;
  /** The fact table, and the one of the same shape in which rows wait for their customer. */
  table: string;
  held: string;
  columns: readonly FeedColumn[];
  /** A file lacks nothing when it has a column of each group. */
  needed: readonly (readonly string[])[];
  key: RecordKey;
  /** Of two versions of a record counts the one with the later Report time, or else the one that was imported last. */
  laterBy: 'report_time' | 'import';
  /** Each row has a time of its own, or all of them are of a period that the file, or who brings it, names. */
  time: 'start_time' | 'period_from';
  /** What is added up of it by day or week, beside the facts. */
  rollups?: readonly Rollup[];
}

/** The UUID column by which two versions of a record are recognised. */
export const keyColumn = ({ key }: Feed): 'report_id' | 'record_id' => (key === 'report_id' ? key : 'record_id');

export const isPeriodic = ({ time }: Feed): boolean => time === 'period_from';

/** The columns of the fact table that a file fills, in one order for every statement. */
export function recordColumns(feed: Feed): string[] {
  const made = [
    ...(feed.key === 'report_id' ? [] : ['record_id']),
    ...(isPeriodic(feed) ? ['period_from', 'period_to'] : []),
  ];
  return [...made, ...feed.columns.map(({ name }) => name).filter((name) => !made.includes(name))];
}

const lenientKinds: readonly ColumnKind[] = [
  'lenient_time',
  'count',
  'uuid',
  'flag',
  'seconds',
  'milliseconds',
  'percent',
  'number',
];

/** The columns that may be emptied; their place here is their bit in `emptied`. Never reorder the columns of a feed. */
export const lenientOf = (feed: Feed): FeedColumn[] => feed.columns.filter(({ kind }) => lenientKinds.includes(kind));

/** A column of a feed, for its table of columns. */
export const column = (
  name: string,
  header: string,
  kind: ColumnKind,
  aliases: readonly string[] = [],
): FeedColumn => ({
  name,
  header,
  kind,
  aliases,
});

/** Reports of one organization do not say which; some exports over many do. */
export const organization = column('org_uuid', 'Org UUID', 'uuid', [
  'Org ID',
  'Organization UUID',
  'Organization ID',
  'Customer org ID',
  'Customer org UUID',
]);

export const location = column('location', 'Location', 'word', ['Location name', 'Site', 'Site name']);

/** Statistics are of a period; a file with a day in each row says it itself. */
export const day = column('period_from', 'Date', 'day', ['Day', 'Report date']);
