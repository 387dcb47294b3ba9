import { createReadStream, createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HubError } from '../../platform/hub-error.ts';
import { normalHeader } from './call-history-columns.ts';
import type { Feed, FeedColumn } from './feeds/feed.ts';
import { headersOf } from './feeds/match-header.ts';
import { callHistoryForm, type JsonForm, jsonForms } from './json-forms.ts';
import { splitJsonRecords } from './json-records.ts';
import { type Encoding, type ImportNote, mayBeGiven } from './recognize-file.ts';

export interface ConvertedJson {
  feed: Feed;
  records: number;
  header: string[];
  columns: (string | null)[];
  notes: ImportNote[];
}

const flushCharacters = 1 << 20;
const ignoredKept = 1000; // no feed has as many keys; a file that invents one per record must not fill the memory

/**
 * Writes the records of `{"items": […]}`, an array or JSON lines as CSV with all columns of their feed, so that one import path serves every
 * format. The whole file is read before anything is imported: a file that was cut off is refused, not half taken.
 */
export async function convertJson(
  from: string,
  to: string,
  source: { fileName: string; encoding: Encoding },
): Promise<ConvertedJson> {
  let writer = new RecordWriter(callHistoryForm);
  let records = 0;

  async function* csv(input: Readable): AsyncGenerator<string> {
    for await (const record of splitJsonRecords(input, source)) {
      if (records === 0) writer = new RecordWriter(jsonForms.find((known) => known.isOf(record)) ?? callHistoryForm);
      records++;
      writer.add(record);
      if (writer.pending.length < flushCharacters) continue;
      yield writer.take();
    }
    yield writer.take();
  }
  await pipeline(createReadStream(from, { highWaterMark: 1 << 20 }), csv, createWriteStream(to, { mode: 0o600 }));

  if (records === 0) throw new HubError('import_no_records', { fileName: source.fileName });
  refuseUnknown(writer, source.fileName);
  const { form, seen, ignored } = writer;
  const { columns } = form.feed;
  const isLeft = ({ name }: FeedColumn, place: number): boolean => !seen.has(place) && mayBeGiven.includes(name);
  const absent = columns.filter((column, place) => !seen.has(place) && !isLeft(column, place));
  const notes: ImportNote[] = [];
  if (source.encoding !== 'utf-8') notes.push({ code: 'utf16', data: {} });
  if (absent.length > 0)
    notes.push({ code: 'columns_absent', data: { columns: absent.map(({ header }) => header).join(', ') } });
  if (ignored.size > 0)
    notes.push({ code: 'columns_ignored', data: { columns: [...ignored].join(', ').slice(0, 2000) } });
  return {
    feed: form.feed,
    records,
    header: columns.map((column) => column.header),
    columns: columns.map((column, place) => (isLeft(column, place) ? null : column.name)),
    notes,
  };
}

/** In JSON an absent key is an empty field; only what no record has at all is missing. Report time and Model may really be absent. */
function refuseUnknown({ form, seen, ignored }: RecordWriter, fileName: string): void {
  const { feed, needed } = form;
  const names = feed.columns.filter((_, place) => seen.has(place)).map((column) => column.name);
  const missing = needed.filter((group) => !group.some((name) => names.includes(name)));
  if (missing.length > (needed.length * 2) / 3) {
    throw new HubError('import_unknown_format', {
      fileName,
      firstLine: `{ ${[...ignored]
        .slice(0, 5)
        .join(', ')
        .replace(/\p{Cc}/gu, ' ')
        .slice(0, 80)} }`,
    });
  }
  const isVital = (name: string): boolean =>
    form !== callHistoryForm || ['report_id', 'org_uuid', 'start_time', 'duration'].includes(name);
  if (missing.some((group) => group.some(isVital)))
    throw new HubError('import_columns_missing', { fileName, columns: headersOf(feed, missing) });
}

/** Writes records of one form as lines of CSV, and remembers which columns they had. */
class RecordWriter {
  readonly form: JsonForm;
  readonly seen = new Set<number>();
  readonly ignored = new Set<string>();
  pending: string;
  readonly #slotOf: ReadonlyMap<string, number>;
  readonly #slotByKey = new Map<string, number | undefined>(); // spellings as they occur; saves normalising 83 keys per record

  constructor(form: JsonForm) {
    const { columns } = form.feed;
    this.form = form;
    this.#slotOf = new Map(columns.map((column, index) => [normalHeader(column.header), index]));
    this.pending = `${columns.map((column) => column.header).join(',')}\n`;
  }

  add(record: Record<string, unknown>): void {
    const values = new Array<string>(this.form.feed.columns.length).fill('');
    for (const [key, value] of Object.entries(this.form.read(record))) {
      if (value === undefined) continue;
      const slot = this.#slot(key);
      if (slot === undefined) {
        if (this.ignored.size < ignoredKept) this.ignored.add(key);
      } else {
        this.seen.add(slot);
        values[slot] = textOf(value);
      }
    }
    this.pending += `${values.map(csvField).join(',')}\n`;
  }

  take(): string {
    const text = this.pending;
    this.pending = '';
    return text;
  }

  #slot(key: string): number | undefined {
    const known = this.#slotByKey.get(key);
    if (known !== undefined || this.#slotByKey.has(key)) return known;
    const slot = this.#slotOf.get(normalHeader(key));
    if (slot !== undefined || this.#slotByKey.size < ignoredKept) this.#slotByKey.set(key, slot);
    return slot;
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('\0', '');
}

/** A value as a field of CSV, without what a spreadsheet would need to leave it alone. */
export const csvField = (value: string): string =>
  /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
