import { type FileHandle, open } from 'node:fs/promises';
import type { ColumnMapping } from '@hub/contract/import-mappings';
import type { ImportBatch } from '@hub/contract/imports';
import { columnsIn, wholeRecordsOf } from '@hub/contract/record-columns';
import type { RecordKind } from '@hub/contract/record-imports';
import { HubError } from '../../platform/hub-error.ts';
import { type Delimiter, delimiterOf, splitHeader } from './csv-header.ts';
import { bestMatch, headersOf, type HeaderMatch, isCloseTo } from './feeds/match-header.ts';
import { columnNames, isRejectedRows } from './mappings/file-columns.ts';
import { type FileLayout, mappedShape } from './mappings/mapped-shape.ts';
import type { FileShape } from './stage-sql.ts';
import { findBrokenText } from './find-broken-text.ts';
import { isReasonHead } from './reason-heads.ts';
import { readForm, type TextForm } from './text-form.ts';
import { licenseColumns } from './license-columns.ts';

export type ImportNote = ImportBatch['notes'][number];
export interface RecognizedCsv {
  format: 'csv';
  form: TextForm;
  /** The file's own column names in its order. */
  header: string[];
  shape: FileShape;
  /** The saved mapping by which it is read, if it is. */
  mappingId?: string | null;
  notes: ImportNote[];
}

/** What a file may be read by beside the reports that are known here. */
export interface MappingsAtHand {
  /** Chosen for this file, or saved for files with these columns. */
  ofColumns: (layout: FileLayout) => Promise<NamedMapping | undefined>;
  /** For files that are none of the reports: saved for as many columns without names, or known of another system. */
  ofOthers: (layout: FileLayout) => Promise<NamedMapping | undefined>;
}

export interface NamedMapping {
  /** Null where nobody saved it. */
  id: string | null;
  mapping: ColumnMapping;
  name: string;
  version: number;
}

export interface RecognizedJson {
  format: 'json';
  form: TextForm;
}

/** A list of users, of which only how many have each license goes on. */
export interface RecognizedUsers {
  format: 'users';
  form: TextForm;
  layout: FileLayout;
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
export async function recognizeFile(
  path: string,
  fileName: string,
  mappings: MappingsAtHand,
): Promise<RecognizedCsv | RecognizedJson | RecognizedUsers> {
  const file = await open(path, 'r');
  try {
    const head = await readHead(file);
    if (head.length === 0) throw new HubError('import_empty', { fileName });
    refuseBinary(head, fileName);
    const { text, ...form } = readForm(head);
    if (text.includes('\0')) throw new HubError('import_not_text', { fileName, looksLike: 'a binary file' });
    const begin = text.trimStart();
    if (begin === '') throw new HubError('import_empty', { fileName });
    if (begin.startsWith('{') || begin.startsWith('[')) return { format: 'json', form };
    const layout = layoutOf(text);
    if (layout.header.length <= mostColumns && licenseColumns(layout.header).length > 0)
      return { format: 'users', form, layout };
    return await recognizeCsv(text, form, fileName, mappings).catch(async (unknown: unknown) => {
      // Whatever is answered about its columns, a file that is not UTF-8 is not read.
      const line = form.encoding === 'utf-8' ? await findBrokenText(path) : undefined;
      throw line === undefined ? unknown : new HubError('import_not_utf8', { fileName, line }, { cause: unknown });
    });
  } finally {
    await file.close();
  }
}

async function readHead(file: FileHandle): Promise<Buffer> {
  const buffer = Buffer.alloc(headBytes);
  const { bytesRead } = await file.read(buffer, 0, headBytes, 0);
  return buffer.subarray(0, bytesRead);
}

/** Throws import_not_text. */
export function refuseBinary(head: Buffer, fileName: string): void {
  const begin = head.subarray(0, 8).toString('latin1');
  const known = binaries.find(([magic]) => begin.startsWith(magic));
  if (known) throw new HubError('import_not_text', { fileName, looksLike: known[1] });
}

// What some programs write above the header, to tell spreadsheets how the columns are separated.
const aboveHeader = /^(?:[ \t]*\r?\n)*(?:"?sep=[,;\t]"?\r?\n(?:[ \t]*\r?\n)*)?/i;

/** The first record of a text, and where it stands. */
export function layoutOf(fileText: string): FileLayout {
  const [above = ''] = aboveHeader.exec(fileText) ?? [];
  const text = fileText.slice(above.length);
  const delimiter = delimiterOf(text);
  const header = splitHeader(text, delimiter);
  return {
    header,
    delimiter,
    linesAbove: above.split('\n').length - 1,
    headerLines: header.join('').split('\n').length,
  };
}

/** Recognises a feed by its column names, whatever their case or order, or by a mapping. */
export async function recognizeCsv(
  fileText: string,
  form: TextForm,
  fileName: string,
  mappings: MappingsAtHand,
): Promise<RecognizedCsv> {
  const layout = layoutOf(fileText);
  const { header, delimiter, linesAbove, headerLines } = layout;
  if (header.length > mostColumns)
    throw new HubError('import_too_many_columns', { fileName, columns: header.length, limit: mostColumns });
  const own = await mappings.ofColumns(layout);
  if (own !== undefined) return mappedFile(own, layout, form);
  const match = bestMatch(header);
  const kind = recordsInstead(header, match);
  if (kind !== undefined) throw new HubError('import_is_records', { fileName, kind });
  if (!isCloseTo(match)) {
    const other = await mappings.ofOthers(layout);
    if (other !== undefined) return mappedFile(other, layout, form);
    const hasColumns = header.length > 1;
    throw new HubError(hasColumns ? 'import_unknown_columns' : 'import_unknown_format', {
      fileName,
      firstLine: isLikeHeader(header) ? firstLineOf(fileText) : '…',
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
  return {
    format: 'csv',
    form,
    header: [...header],
    shape: {
      feed,
      factors,
      columns,
      delimiter,
      isGuarded: isRejectedRows(header),
      headRecords: linesAbove + 1,
      headLines: linesAbove + headerLines,
      isNumbered: false,
    },
    notes: [...notesOfText(form, delimiter), ...notesOfColumns(header, match)],
  };
}

/** What is brought elsewhere: records whose file lacks nothing, where no report fits as well. */
function recordsInstead(header: readonly string[], match: HeaderMatch): RecordKind | undefined {
  const kind = wholeRecordsOf(header);
  switch (kind) {
    case undefined:
      return undefined;
    case 'orders':
    case 'invoices':
    case 'trials':
      return kind;
    // Licenses of a subscription that say no day of their own are its terms, and no snapshot.
    case 'subscriptions':
      return match.missing.length > 0 || !match.columns.includes('period_from') ? kind : undefined;
    // A name and a country, or an activity, are in files of calls and places as well: there they are two of many columns.
    case 'customers':
    case 'sign_ins': {
      const known = columnsIn(kind, header).filter((name) => name !== undefined);
      return !isCloseTo(match) && 2 * known.length >= header.length ? kind : undefined;
    }
  }
}

/** Read as a mapping says; a file of rejected rows names its columns and has nothing to skip, whatever the file had that they were in. */
function mappedFile({ id, mapping, name, version }: NamedMapping, layout: FileLayout, form: TextForm): RecognizedCsv {
  const isOfRejected = isRejectedRows(layout.header);
  const read = isOfRejected ? { ...mapping, hasHeader: true, skipRows: 0 } : mapping;
  return {
    format: 'csv',
    form,
    header: read.hasHeader ? [...layout.header] : columnNames(undefined, layout.header.length),
    shape: { ...mappedShape(read, layout), isGuarded: isOfRejected },
    mappingId: id,
    notes: [...notesOfText(form, layout.delimiter), { code: 'mapped', data: { name, version } }],
  };
}

/** What a file may leave to whoever brings it: no column of it is missed. */
export const mayBeGiven = ['org_uuid', 'period_from'];
/** Nor this: only the provider's own answer about meetings licenses has it. */
const rarelyThere = ['site'];

function notesOfColumns(header: readonly string[], { feed, columns }: HeaderMatch): ImportNote[] {
  const absent = feed.columns.filter(
    ({ name }) => !columns.includes(name) && ![...mayBeGiven, ...rarelyThere].includes(name),
  );
  const ignored = header.filter((head, index) => columns[index] === null && !isReasonHead(head));
  const notes: ImportNote[] = [];
  if (absent.length > 0)
    notes.push({ code: 'columns_absent', data: { columns: absent.map((column) => column.header).join(', ') } });
  if (ignored.length > 0) notes.push({ code: 'columns_ignored', data: { columns: ignored.join(', ').slice(0, 2000) } });
  return notes;
}

function notesOfText({ encoding }: TextForm, delimiter: Delimiter): ImportNote[] {
  const notes: ImportNote[] = [];
  if (encoding !== 'utf-8') notes.push({ code: 'utf16', data: {} });
  if (delimiter === ';') notes.push({ code: 'semicolons', data: {} });
  if (delimiter === '\t') notes.push({ code: 'tabs', data: {} });
  return notes;
}

const firstLineOf = (text: string): string =>
  (text.trimStart().split(/\r?\n/, 1)[0] ?? '').replace(/\p{Cc}/gu, ' ').slice(0, 80);

/** What may be told of a file that nobody knows: names of columns, never a row of somebody's calls. */
const isLikeHeader = (first: readonly string[]): boolean => !first.some((text) => /\d{3}|@/.test(text));
