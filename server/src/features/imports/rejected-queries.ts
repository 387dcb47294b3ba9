import { RejectedRow, type RejectReason } from '@hub/contract/imports';
import { inFileOrder, type RegionalStore } from '../../platform/regional-store/index.ts';
import { earliestTime } from './read-column.ts';
import {
  countingStructure,
  type FileShape,
  fileStructure,
  lineBreakQuery,
  lineBreaksKept,
  locationLimit,
  readSettings,
  rejectedStatement,
  textLimit,
} from './stage-sql.ts';

interface RejectedPass {
  store: RegionalStore;
  shape: FileShape;
  path: string;
  parameters: Record<string, string | number>;
  /** Whether line numbers mean something to the person: not for converted JSON. */
  hasLines: boolean;
}

/** Reads the file once more and stores each rejected row with its number, line, column, value and reason. */
export async function insertRejectedRows(pass: RejectedPass): Promise<void> {
  const { store, shape, hasLines } = pass;
  const breaks = hasLines && !shape.isNumbered ? await lineBreaks(pass) : [];
  const lastKnown = breaks.length === lineBreaksKept ? (breaks.at(-1)?.file_row ?? 0) : Number.MAX_SAFE_INTEGER;
  await store.load({
    insert: rejectedStatement(shape),
    file: { path: pass.path, format: 'CSV', structure: countingStructure(shape) },
    settings: { ...readSettings(shape), ...inFileOrder },
    parameters: {
      ...pass.parameters,
      lineLimit: hasLines ? lastKnown : 0,
      breakRows: breaks.map((entry) => entry.file_row),
      breakCounts: breaks.map((entry) => entry.line_breaks),
    },
  });
}

async function lineBreaks({ store, shape, path }: RejectedPass): Promise<{ file_row: number; line_breaks: number }[]> {
  return store.askFile({
    select: lineBreakQuery(shape),
    file: { path, format: 'CSV', structure: fileStructure(shape) },
    settings: { ...readSettings(shape), ...inFileOrder },
  });
}

interface StoredRejectedRow {
  file_row: number;
  file_line: number;
  column: string;
  value: string;
  reason: RejectReason;
  detail: string;
}

/** What a reason is told with: of the import, what its header has and the latest time that it took. */
export interface ReasonFacts {
  columnsExpected: number;
  latestTime: string;
}

export async function findRejectedRows(
  store: RegionalStore,
  partnerId: string,
  batch: number,
  page: { after: number; limit: number },
  facts: ReasonFacts,
): Promise<RejectedRow[]> {
  const rows = await store.ask<StoredRejectedRow>(
    `SELECT file_row, file_line, column, value, reason, detail FROM @region.rejected_row
     WHERE partner_id = {partner:UUID} AND batch = {batch:UInt32} AND file_row > {after:UInt64} ORDER BY file_row LIMIT {limit:UInt32}`,
    { parameters: { partner: partnerId, batch, after: page.after, limit: page.limit } },
  );
  return rows.map((row) =>
    RejectedRow.parse({
      row: row.file_row,
      line: row.file_line === 0 ? null : row.file_line,
      column: row.column === '' ? null : row.column,
      value: row.value,
      reason: row.reason,
      data: dataOf(row, facts),
    }),
  );
}

/** What the contract promises with each reason. */
function dataOf(
  { reason, column, detail }: Pick<StoredRejectedRow, 'reason' | 'column' | 'detail'>,
  { columnsExpected, latestTime }: ReasonFacts,
): RejectedRow['data'] {
  switch (reason) {
    case 'column_count':
      return { expected: columnsExpected, ...(detail === '' ? {} : { found: Number(detail) }) };
    case 'time_before':
      return { limit: earliestTime.slice(0, 10) };
    case 'time_after':
      return { limit: latestTime };
    case 'too_long':
      return { limit: column === 'Location' ? locationLimit : textLimit };
    case 'not_a_time':
    case 'year_short':
    case 'time_required':
    case 'not_a_whole_number':
    case 'below_zero':
    case 'value_required':
    case 'word_unknown':
    case 'quote_misplaced':
    case 'quote_not_closed':
      return {};
  }
}

export async function countRejectedRows(
  store: RegionalStore,
  partnerId: string,
  batch: number,
): Promise<{ column: string | null; reason: RejectedRow['reason']; count: number }[]> {
  const rows = await store.ask<{ column: string; reason: RejectedRow['reason']; count: number }>(
    `SELECT column, reason, count() AS count FROM @region.rejected_row WHERE partner_id = {partner:UUID} AND batch = {batch:UInt32}
     GROUP BY column, reason ORDER BY count DESC, column`,
    { parameters: { partner: partnerId, batch } },
  );
  return rows.map((row) => ({ ...row, column: row.column === '' ? null : row.column }));
}

export interface RejectedRecord {
  file_row: number;
  file_line: number;
  column: string;
  reason: string;
  record: string[];
}

/** A page of rejected rows with their whole record, for the download. */
export async function findRejectedRecords(
  store: RegionalStore,
  partnerId: string,
  batch: number,
  after: number,
): Promise<RejectedRecord[]> {
  return store.ask(
    `SELECT file_row, file_line, column, reason, record FROM @region.rejected_row
     WHERE partner_id = {partner:UUID} AND batch = {batch:UInt32} AND file_row > {after:UInt64} ORDER BY file_row LIMIT 5000`,
    { parameters: { partner: partnerId, batch, after } },
  );
}

/** Of these rows of the file those that were rejected. */
export async function findRejectedRecordsOf(
  store: RegionalStore,
  partnerId: string,
  batch: number,
  rows: readonly number[],
): Promise<RejectedRecord[]> {
  return store.ask(
    `SELECT file_row, file_line, column, reason, record FROM @region.rejected_row
     WHERE partner_id = {partner:UUID} AND batch = {batch:UInt32} AND file_row IN {rows:Array(UInt64)} ORDER BY file_row`,
    { parameters: { partner: partnerId, batch, rows } },
  );
}
