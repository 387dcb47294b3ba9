import { type FileHandle, open } from 'node:fs/promises';
import type { ImportBatch } from '@hub/contract/imports';
import { HubError } from '../../platform/hub-error.ts';
import { type Delimiter, delimiterOf, splitHeader } from './csv-header.ts';
import type { Feed } from './feeds/feed.ts';
import { bestMatch, headersOf, type HeaderMatch, isCloseTo } from './feeds/match-header.ts';
import { isReasonHead } from './reason-heads.ts';

export type ImportNote = ImportBatch['notes'][number];
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface RecognizedCsv {
  format: 'csv';
  feed: Feed;
  encoding: Encoding;
  delimiter: Delimiter;
  /** The file's own column names in its order. */
  header: string[];
  /** For each column of the file: the column of the fact table it fills, or null when it is not stored. */
  columns: (string | null)[];
  /** By column, where the header names another unit than the table's. */
  factors: ReadonlyMap<string, number>;
  /** The header and empty lines above it. */
  headRecords: number;
  headLines: number;
  notes: ImportNote[];
}

export interface RecognizedJson {
  format: 'json';
  encoding: Encoding;
}

const mostColumns = 500; // the widest report has 87
const headBytes = 262_144; // a header of 87 long names has 3 kB; the rest is for files that begin with empty lines

// What people upload by mistake, by its first bytes.
const binaries: readonly [string, string][] = [
  ['%PDF', 'a PDF'],
  ['PK\u0003\u0004', 'a zip or Excel file'],
  ['\u001f\u008b', 'a gzip file'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Excel file'],
  ['\u0089PNG', 'a picture'],
  ['PAR1', 'a Parquet file'],
];

/** Tells what a file is by its first bytes: no name, no extension is believed. Throws import_* errors that say what to do. */
export async function recognizeFile(path: string, fileName: string): Promise<RecognizedCsv | RecognizedJson> {
  const file = await open(path, 'r');
  try {
    const head = await readHead(file);
    if (head.length === 0) throw new HubError('import_empty', { fileName });
    const encoding = encodingOf(head);
    refuseBinary(head, fileName);
    const text = new TextDecoder(encoding).decode(head).replace(/^\uFEFF/, '');
    if (text.includes('\0')) throw new HubError('import_not_text', { fileName, looksLike: 'a binary file' });
    const begin = text.trimStart();
    if (begin === '') throw new HubError('import_empty', { fileName });
    if (begin.startsWith('{') || begin.startsWith('[')) return { format: 'json', encoding };
    return recognizeCsv(text, encoding, fileName);
  } finally {
    await file.close();
  }
}

async function readHead(file: FileHandle): Promise<Buffer> {
  const buffer = Buffer.alloc(headBytes);
  const { bytesRead } = await file.read(buffer, 0, headBytes, 0);
  return buffer.subarray(0, bytesRead);
}

export function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Without a mark: ASCII letters of a header leave every second byte zero.
  if (head.length >= 4 && head[1] === 0 && head[3] === 0) return 'utf-16le';
  if (head.length >= 4 && head[0] === 0 && head[2] === 0) return 'utf-16be';
  return 'utf-8';
}

/** Throws import_not_text. */
export function refuseBinary(head: Buffer, fileName: string): void {
  const begin = head.subarray(0, 8).toString('latin1');
  const known = binaries.find(([magic]) => begin.startsWith(magic));
  if (known) throw new HubError('import_not_text', { fileName, looksLike: known[1] });
}

/** Recognises a feed by its column names, whatever their case or order. */
export function recognizeCsv(fileText: string, encoding: Encoding, fileName: string): RecognizedCsv {
  const [blankLines = ''] = /^(?:[ \t]*\r?\n)*/.exec(fileText) ?? [];
  const text = fileText.slice(blankLines.length);
  const blanks = blankLines.split('\n').length - 1;
  const delimiter = delimiterOf(text);
  const header = splitHeader(text, delimiter);
  const match = header.length > mostColumns ? undefined : bestMatch(header);
  if (match === undefined || !isCloseTo(match)) {
    throw new HubError('import_unknown_format', {
      fileName,
      firstLine: (text.trimStart().split(/\r?\n/, 1)[0] ?? '').replace(/\p{Cc}/gu, ' ').slice(0, 80),
    });
  }
  const { feed, columns, factors, missing, twice } = match;
  if (missing.length > 0) throw new HubError('import_columns_missing', { fileName, columns: headersOf(feed, missing) });
  if (twice.length > 0)
    throw new HubError('import_columns_twice', {
      fileName,
      columns: headersOf(
        feed,
        [...new Set(twice)].map((name) => [name]),
      ),
    });

  const headLines = blanks + header.join('').split('\n').length;
  return {
    format: 'csv',
    feed,
    encoding,
    delimiter,
    header,
    columns,
    factors,
    headRecords: blanks + 1,
    headLines,
    notes: notesOf(encoding, delimiter, header, match),
  };
}

/** What a file may leave to whoever brings it: no column of it is missed. */
const mayBeGiven = ['org_uuid', 'period_from'];

function notesOf(
  encoding: Encoding,
  delimiter: Delimiter,
  header: string[],
  { feed, columns }: HeaderMatch,
): ImportNote[] {
  const absent = feed.columns.filter(({ name }) => !columns.includes(name) && !mayBeGiven.includes(name));
  const ignored = header.filter((head, index) => columns[index] === null && !isReasonHead(head));
  const notes: ImportNote[] = [];
  if (encoding !== 'utf-8') notes.push({ code: 'utf16', data: {} });
  if (delimiter === ';') notes.push({ code: 'semicolons', data: {} });
  if (delimiter === '\t') notes.push({ code: 'tabs', data: {} });
  if (absent.length > 0)
    notes.push({ code: 'columns_absent', data: { columns: absent.map((column) => column.header).join(', ') } });
  if (ignored.length > 0) notes.push({ code: 'columns_ignored', data: { columns: ignored.join(', ').slice(0, 2000) } });
  return notes;
}
