import { RejectedRow } from '@hub/contract/imports';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { earliestTime, type FileShape, fileStructure, lineBreakQuery, rejectedStatement } from './stage-sql.ts';

interface RejectedPass {
  store: RegionalStore;
  shape: FileShape;
  path: string;
  settings: string;
  parameters: Record<string, string | number>;
  /** Whether line numbers mean something to the person: not for converted JSON. */
  hasLines: boolean;
  /** Rows that broke the reader, 1-based; the engine does not number them. */
  brokenRows: readonly number[];
}

const brokenRowsKept = 5000; // beyond it numbers of later rows are off by the rest; such a file is no CSV

/** Reads the file once more and stores each rejected row with its number, line, column, value and reason. */
export async function insertRejectedRows(pass: RejectedPass): Promise<void> {
  const { store, shape, hasLines } = pass;
  const file = { path: pass.path, format: 'CSV', structure: fileStructure(shape) };
  const breaks = hasLines ? await lineBreaks(pass) : [];
  // The k-th broken row stands before every row that the engine numbers from (row − k + 1) on.
  const errorsBefore = pass.brokenRows.slice(0, brokenRowsKept).map((row, index) => row - index);
  await store.load({
    insert: rejectedStatement(shape),
    file,
    settings: pass.settings,
    parameters: {
      ...pass.parameters,
      errorsBefore,
      hasLines: hasLines ? 1 : 0,
      breakRows: breaks.map((entry) => entry.file_row),
      breakCounts: breaks.map((entry) => entry.line_breaks),
    },
  });
}

async function lineBreaks({ store, shape, path, settings }: RejectedPass): Promise<{ file_row: number; line_breaks: number }[]> {
  return store.askFile({ select: lineBreakQuery(shape), file: { path, format: 'CSV', structure: fileStructure(shape) }, settings });
}

/** Rows that could not be split into columns, from the engine's errors file: number, text, reason. */
export async function insertBrokenRows(
  store: RegionalStore,
  errorsPath: string,
  parameters: { partner: string; batch: number },
  hasLines: boolean,
): Promise<void> {
  await store.load({
    insert: `INSERT INTO @region.rejected_row (partner_id, batch, file_row, file_line, column, value, reason, detail, record)
      SELECT {partner:UUID}, {batch:UInt32}, broken_row, if({hasLines:UInt8} = 1, broken_row + 1, 0), '', left(raw, 500), 'quote_misplaced', left(reason, 300), [raw] FROM @file`,
    file: { path: errorsPath, format: 'CSV', structure: 'at String, d Nullable(String), t Nullable(String), broken_row UInt64, reason String, raw String' },
    settings: 'input_format_allow_errors_num = 0',
    parameters: { ...parameters, hasLines: hasLines ? 1 : 0 },
  });
}

interface StoredRejectedRow {
  file_row: number;
  file_line: number;
  column: string;
  value: string;
  reason: string;
  columns: number;
}

/** `columnsExpected`: what the file's header has. */
export async function findRejectedRows(
  store: RegionalStore,
  partnerId: string,
  batch: number,
  page: { after: number; limit: number },
  columnsExpected: number,
): Promise<RejectedRow[]> {
  const rows = await store.ask<StoredRejectedRow>(
    `SELECT file_row, file_line, column, value, reason, length(record) AS columns FROM @region.rejected_row
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
      data: dataOf(row.reason, columnsExpected),
    }),
  );
}

function dataOf(reason: string, columnsExpected: number): Record<string, string | number> {
  if (reason === 'column_count') return { expected: columnsExpected };
  if (reason === 'time_before') return { limit: earliestTime.slice(0, 10) };
  return {};
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
export async function findRejectedRecords(store: RegionalStore, partnerId: string, batch: number, after: number): Promise<RejectedRecord[]> {
  return store.ask(
    `SELECT file_row, file_line, column, reason, record FROM @region.rejected_row
     WHERE partner_id = {partner:UUID} AND batch = {batch:UInt32} AND file_row > {after:UInt64} ORDER BY file_row LIMIT 5000`,
    { parameters: { partner: partnerId, batch, after } },
  );
}
