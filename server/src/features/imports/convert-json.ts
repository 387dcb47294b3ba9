import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HubError } from '../../platform/hub-error.ts';
import type { Feed, FeedColumn } from './feeds/feed.ts';
import { headersOf } from './feeds/match-header.ts';
import { LineCopiers } from './copy-aside.ts';
import { findBrokenText } from './find-broken-text.ts';
import { callHistoryForm } from './json-forms.ts';
import { readJsonRecords } from './read-json-records.ts';
import { RecordWriter } from './record-writer.ts';
import { type ImportNote, mayBeGiven } from './recognize-file.ts';
import { SpaceEnds } from './space-ends.ts';
import type { Encoding } from './text-form.ts';

const asideFromBytes = 100_000_000; // while threads begin, as much is copied without them

export interface ConvertedJson {
  feed: Feed;
  records: number;
  header: string[];
  columns: (string | null)[];
  notes: ImportNote[];
  /** No value of it ends in a space or tab. */
  isTight: boolean;
}

/**
 * Writes the records of `{"items": […]}`, an array or JSON lines as CSV with all columns of their feed, so that one import path serves every
 * format. The whole file is read before anything is imported: a file that was cut off is refused, not half taken.
 */
export async function convertJson(
  from: string,
  to: string,
  source: { fileName: string; encoding: Encoding },
): Promise<ConvertedJson> {
  const { fileName, encoding } = source;
  const requireText = async (): Promise<void> => {
    const line = encoding === 'utf-8' ? await findBrokenText(from) : undefined;
    if (line !== undefined) throw new HubError('import_not_utf8', { fileName, line });
  };
  const writer = new RecordWriter();
  const { size } = await stat(from);
  const readFrom = (at: number): Readable => createReadStream(from, { start: at, highWaterMark: 1 << 20 });
  const copiers = size > asideFromBytes ? new LineCopiers() : undefined;
  const aside = copiers && { copiers, path: from, size, readFrom };
  const spaceEnds = new SpaceEnds(',');
  const taken = (): Buffer => {
    const lines = writer.output.take();
    spaceEnds.look(lines);
    return lines;
  };
  async function* csv(input: Readable): AsyncGenerator<Buffer> {
    for await (const _ of readJsonRecords(input, { fileName, encoding, requireText }, writer, aside))
      if (writer.output.isFull) yield taken();
    yield taken();
  }
  try {
    const input = readFrom(0);
    input.once('error', () => undefined); // told of by whoever reads it
    await pipeline(() => csv(input), createWriteStream(to, { mode: 0o600 }));
  } finally {
    await copiers?.close();
  }

  if (writer.records === 0) throw new HubError('import_no_records', { fileName });
  refuseUnknown(writer, fileName);
  const { form, seen, ignored, records } = writer;
  const { columns } = form.feed;
  const isLeft = ({ name }: FeedColumn, place: number): boolean => !seen.has(place) && mayBeGiven.includes(name);
  const absent = columns.filter((column, place) => !seen.has(place) && !isLeft(column, place));
  const notes: ImportNote[] = [];
  if (encoding !== 'utf-8') notes.push({ code: 'utf16', data: {} });
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
    isTight: !spaceEnds.mayOccur,
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
