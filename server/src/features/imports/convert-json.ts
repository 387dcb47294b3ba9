import { createReadStream, createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HubError } from '../../platform/hub-error.ts';
import { callHistoryColumns, neededColumns, normalHeader } from './call-history-columns.ts';
import { splitJsonRecords } from './json-records.ts';
import type { Encoding, ImportNote } from './recognize-file.ts';

export interface ConvertedJson {
  records: number;
  header: string[];
  columns: (string | null)[];
  notes: ImportNote[];
}

const flushCharacters = 1 << 20;
const ignoredKept = 1000; // no feed has as many keys; a file that invents one per record must not fill the memory

/**
 * Writes the records of `{"items": […]}`, an array or JSON lines as CSV with all 83 columns, so that one import path serves every format.
 * The whole file is read before anything is imported: a file that was cut off is refused, not half taken.
 */
export async function convertJson(
  from: string,
  to: string,
  source: { fileName: string; encoding: Encoding },
): Promise<ConvertedJson> {
  const { fileName } = source;
  const slotOf = new Map(callHistoryColumns.map((column, index) => [normalHeader(column.header), index]));
  const slotByKey = new Map<string, number | undefined>(); // spellings as they occur; saves normalising 83 keys per record
  const seen = new Set<number>();
  const ignored = new Set<string>();
  let pending = `${callHistoryColumns.map((column) => column.header).join(',')}\n`;
  let records = 0;

  const add = (record: Record<string, unknown>): void => {
    const values = new Array<string>(callHistoryColumns.length).fill('');
    for (const [key, value] of Object.entries(record)) {
      let slot = slotByKey.get(key);
      if (slot === undefined && !slotByKey.has(key)) {
        slot = slotOf.get(normalHeader(key));
        if (slot !== undefined || slotByKey.size < ignoredKept) slotByKey.set(key, slot);
      }
      if (slot === undefined) {
        if (ignored.size < ignoredKept) ignored.add(key);
      } else {
        seen.add(slot);
        values[slot] = textOf(value);
      }
    }
    pending += `${values.map(csvField).join(',')}\n`;
    records++;
  };

  async function* csv(input: Readable): AsyncGenerator<string> {
    for await (const record of splitJsonRecords(input, source)) {
      add(record);
      if (pending.length < flushCharacters) continue;
      yield pending;
      pending = '';
    }
    yield pending;
  }
  await pipeline(createReadStream(from, { highWaterMark: 1 << 20 }), csv, createWriteStream(to, { mode: 0o600 }));

  if (records === 0) throw new HubError('import_no_records', { fileName });
  const names = callHistoryColumns.filter((_, index) => seen.has(index)).map((column) => column.name);
  // In JSON an absent key is an empty field; only what no record has at all is missing. Report time and Model may really be absent.
  const missing = neededColumns.filter((name) => !names.includes(name));
  if (missing.length > (neededColumns.length * 2) / 3) {
    throw new HubError('import_unknown_format', {
      fileName,
      firstLine: `{ ${[...ignored]
        .slice(0, 5)
        .join(', ')
        .replace(/\p{Cc}/gu, ' ')
        .slice(0, 80)} }`,
    });
  }
  if (
    missing.some((name) => name === 'report_id' || name === 'org_uuid' || name === 'start_time' || name === 'duration')
  ) {
    const headers = callHistoryColumns.filter((column) => missing.includes(column.name)).map((column) => column.header);
    throw new HubError('import_columns_missing', { fileName, columns: headers.join(', ') });
  }
  const absent = callHistoryColumns.filter((_, index) => !seen.has(index)).map((column) => column.header);
  const notes: ImportNote[] = [];
  if (source.encoding !== 'utf-8') notes.push({ code: 'utf16', data: {} });
  if (absent.length > 0) notes.push({ code: 'columns_absent', data: { columns: absent.join(', ') } });
  if (ignored.size > 0)
    notes.push({ code: 'columns_ignored', data: { columns: [...ignored].join(', ').slice(0, 2000) } });
  return {
    records,
    header: callHistoryColumns.map((column) => column.header),
    columns: callHistoryColumns.map((column) => column.name),
    notes,
  };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('\0', '');
}

const csvField = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
