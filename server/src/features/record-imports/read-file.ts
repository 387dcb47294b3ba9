import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { visible } from '@hub/contract/given-names';
import { type RecordKind, recordRowsMaximum } from '@hub/contract/record-imports';
import { type CsvRecord, csvRecords } from '../../platform/csv/csv-records.ts';
import { HubError } from '../../platform/hub-error.ts';
import { delimiterOf } from '../imports/index.ts';
import { isJson, jsonTable } from './json-table.ts';
import { type InvoiceRow, type OrderRow, readInvoice, readOrder } from './read-orders.ts';
import {
  type ContractRow,
  type CustomerRow,
  readCustomer,
  readSignIn,
  readSubscription,
  readTrial,
  type SignInRow,
} from './read-rows.ts';
import { recognizeRecords, type RecognizedRecords } from './recognize-records.ts';
import { type Cells, type Fault, RowReading } from './row-reading.ts';

interface RowsOf<Kind extends RecordKind, Row> {
  kind: Kind;
  rows: Row[];
}

export type ReadFile = (
  | RowsOf<'customers', CustomerRow>
  | RowsOf<'subscriptions', ContractRow>
  | RowsOf<'trials', ContractRow>
  | RowsOf<'sign_ins', SignInRow>
  | RowsOf<'orders', OrderRow>
  | RowsOf<'invoices', InvoiceRow>
) & {
  recognized: RecognizedRecords;
  /** Rows below the header. */
  read: number;
  faults: Fault[];
  /** Subscriptions or trials of which a row could not be read: what else they hold is not told by this file. */
  incomplete: Set<string>;
};

const rowsAtOnce = 2000; // some 10 ms of judging, then others have their turn

/**
 * Reads and judges every row of a file. Throws records_unknown, import_columns_missing, import_columns_twice, import_header_only,
 * import_json_invalid, import_json_truncated, import_no_records, records_too_many.
 */
export async function readFile(text: string, fileName: string, dateOfInstant: (at: Date) => string): Promise<ReadFile> {
  const { header, records } = isJson(text) ? await jsonTable(text, fileName) : csvTable(text);
  const recognized = recognizeRecords(
    header.map((name) => visible(name)),
    fileName,
  );
  const result = { recognized, read: 0, faults: [] as Fault[], incomplete: new Set<string>() };
  const each = async <Row>(readRow: (row: RowReading) => Row): Promise<Row[]> => {
    const rows: Row[] = [];
    for (const record of records) {
      result.read += 1;
      if (result.read > recordRowsMaximum)
        throw new HubError('records_too_many', { fileName, limit: recordRowsMaximum });
      if (result.read % rowsAtOnce === 0) await yieldToOthers();
      const reading = new RowReading(record.line, cellsOf(record, recognized));
      const fault = columnFault(record, recognized) ?? faultOf(reading, readRow, rows);
      if (fault === undefined) continue;
      result.faults.push(fault);
      if (reading.cells.reference !== undefined) result.incomplete.add(reading.cells.reference);
    }
    if (result.read === 0) throw new HubError('import_header_only', { fileName });
    return rows;
  };
  switch (recognized.kind) {
    case 'customers':
      return { kind: 'customers', rows: await each(readCustomer), ...result, read: result.read };
    case 'subscriptions':
      return { kind: 'subscriptions', rows: await each(readSubscription), ...result, read: result.read };
    case 'trials':
      return { kind: 'trials', rows: await each(readTrial), ...result, read: result.read };
    case 'sign_ins':
      return {
        kind: 'sign_ins',
        rows: await each((row) => readSignIn(row, dateOfInstant)),
        ...result,
        read: result.read,
      };
    case 'orders':
      return { kind: 'orders', rows: await each(readOrder), ...result, read: result.read };
    case 'invoices':
      return { kind: 'invoices', rows: await each(readInvoice), ...result, read: result.read };
  }
}

function csvTable(text: string): { header: string[]; records: Iterable<CsvRecord> } {
  const begin = text.search(/\S/);
  const records = csvRecords(text, delimiterOf(text.slice(begin, begin + 262_144)));
  const head = records.next();
  return { header: head.done ? [] : head.value.fields, records };
}

/** Judges a row; a good one joins the others. */
function faultOf<Row>(reading: RowReading, readRow: (row: RowReading) => Row, rows: Row[]): Fault | undefined {
  const row = readRow(reading);
  if (reading.fault === undefined) rows.push(row);
  return reading.fault;
}

function cellsOf({ fields }: CsvRecord, { columns }: RecognizedRecords): Cells {
  const cells: Cells = {};
  columns.forEach((column, place) => {
    if (column !== undefined) cells[column] = visible(unapostrophed(fields[place] ?? ''));
  });
  return cells;
}

// Our own exports, and others, put an apostrophe before what a spreadsheet would run.
const unapostrophed = (cell: string): string => (/^'[=@+\-\t\r]/.test(cell) ? cell.slice(1) : cell);

function columnFault({ line, fields }: CsvRecord, { header }: RecognizedRecords): Fault | undefined {
  if (fields.length === header.length) return undefined;
  // Spreadsheets end rows with empty cells.
  const surplus = fields.slice(header.length);
  if (surplus.length > 0 && surplus.every((cell) => cell.trim() === '')) return undefined;
  return {
    line,
    column: undefined,
    value: String(fields.length),
    reason: 'columns_of_row',
    hint: String(header.length),
  };
}
