import { Readable } from 'node:stream';
import { recordRowsMaximum } from '@hub/contract/record-imports';
import type { CsvRecord } from '../../platform/csv/csv-records.ts';
import { HubError } from '../../platform/hub-error.ts';
import { splitJsonRecords } from '../imports/index.ts';

const mostColumns = 500; // a file that invents a key for each record must not fill the memory

/** Whether a text that begins so is JSON. */
export const isJson = (text: string): boolean => /^\s*[[{]/.test(text);

/**
 * The records of `{"items": […]}`, an array or JSON lines as rows of a table: a column for each key, in the order in which they occur, and
 * the number of the record for its line. Numbers stay the digits that stand there. Throws import_json_invalid, import_json_truncated,
 * import_no_records, records_too_many.
 */
export async function jsonTable(text: string, fileName: string): Promise<{ header: string[]; records: CsvRecord[] }> {
  const placeOf = new Map<string, number>();
  const records: CsvRecord[] = [];
  const source = { fileName, encoding: 'utf-8', numberAs: digitsOf } as const;
  for await (const record of splitJsonRecords(Readable.from([Buffer.from(text)]), source)) {
    if (records.length === recordRowsMaximum)
      throw new HubError('records_too_many', { fileName, limit: recordRowsMaximum });
    const fields: string[] = [];
    for (const [key, value] of Object.entries(record)) {
      let place = placeOf.get(key);
      if (place === undefined && placeOf.size < mostColumns) placeOf.set(key, (place = placeOf.size));
      if (place !== undefined) fields[place] = textOf(value);
    }
    records.push({ line: records.length + 1, fields });
  }
  if (records.length === 0) throw new HubError('import_no_records', { fileName });
  const header = [...placeOf.keys()];
  for (const record of records) record.fields = header.map((_, place) => record.fields[place] ?? '');
  return { header, records };
}

// Of JSON it is known that a point is a decimal one: in a CSV 1.234 may be a thousand.
const digitsOf = (number: string): string => (/\.\d{3}$/.test(number) ? `${number}0` : number);

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
