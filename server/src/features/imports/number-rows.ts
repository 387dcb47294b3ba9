import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Delimiter } from './csv-header.ts';

/** Why a line could not be split into columns: the codes of stage-sql.ts. */
export const lineFaults = { none: 0, openQuote: 8, misplacedQuote: 9 } as const;
type LineFault = (typeof lineFaults)[keyof typeof lineFaults];

/** The columns that stand before the file's own: number, line, what is wrong with it, and the line itself when something is. */
export const numberedColumns = 'n_row UInt64, n_line UInt64, n_fault UInt8, n_raw String';

const quote = 0x22;
const lf = 0x0a;
const cr = 0x0d;
const longestRecord = 1 << 20; // a record of 83 columns has 1 kB
const rawBytesKept = 65_536;
// A quote that is never closed swallows the lines that follow: line breaks and a row's worth of separators in one value.
export const swallowedBytes = 200;
/** A narrow report has fewer columns than call history; a row of it is then told by all its separators. */
export const swallowedSeparators = (columns: number): number => Math.min(20, Math.max(4, columns - 1));

interface Layout {
  delimiter: Delimiter;
  columns: readonly (string | null)[];
  /** Records and lines before the first data row. */
  headRecords: number;
}

/**
 * Writes a CSV whose quotes are broken as one that the engine can read: each record with its number and line before it, and a line that
 * cannot be split as such. After one, reading goes on with the next line, so that an open quote costs a line and not the rest of the file.
 */
export async function numberRows(from: string, to: string, layout: Layout): Promise<void> {
  await pipeline(
    createReadStream(from, { highWaterMark: 1 << 20 }),
    (input: AsyncIterable<Buffer>) => numbered(input, layout),
    createWriteStream(to, { mode: 0o600 }),
  );
}

async function* numbered(input: AsyncIterable<Buffer>, layout: Layout): AsyncGenerator<Buffer> {
  const separator: Separator = {
    byte: layout.delimiter.charCodeAt(0),
    ofRow: swallowedSeparators(layout.columns.length),
  };
  let rest: Buffer = Buffer.alloc(0);
  let record = -layout.headRecords;
  let line = 1;
  let blanks: Blanks | undefined; // empty lines count only when something follows them

  function* split(buffer: Buffer, isLast: boolean): Generator<Buffer> {
    const splitter = recordSplitter(buffer, separator, isLast);
    let at = 0;
    for (;;) {
      const found = at < buffer.length ? splitter(at) : undefined;
      if (found === undefined) break;
      const bytes = buffer.subarray(at, found.end);
      record++;
      if (record > 0) {
        if (found.isBlank) {
          blanks ??= { record, line, count: 0 };
          blanks.count++;
        } else {
          if (blanks) yield* numberedBlanks(blanks, layout.delimiter);
          blanks = undefined;
          yield* numberedRecord(record, line, found.fault, bytes, layout.delimiter);
        }
      }
      line += found.lines;
      at = found.end;
    }
    rest = buffer.subarray(at);
  }

  for await (const chunk of input)
    yield* gather(split(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), false));
  yield* gather(split(rest, true));
}

/** Empty lines that follow each other: a file may be nothing else, so they are only counted. */
interface Blanks {
  /** Of the first. */
  record: number;
  line: number;
  count: number;
}

function* numberedBlanks({ record, line, count }: Blanks, delimiter: Delimiter): Generator<Buffer> {
  for (let at = 0; at < count; at++)
    yield Buffer.from(`${[record + at, line + at, lineFaults.none, '', ''].join(delimiter)}\n`);
}

/** Small pieces become large writes. */
function* gather(pieces: Generator<Buffer>): Generator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    held.push(piece);
    bytes += piece.length;
    if (bytes < 1 << 18) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}

function numberedRecord(record: number, line: number, fault: LineFault, bytes: Buffer, delimiter: Delimiter): Buffer[] {
  const numbers = [record, line, fault, ''].join(delimiter);
  if (fault === lineFaults.none) return [Buffer.from(`${numbers}${delimiter}`), bytes];
  const raw = bytes
    .subarray(0, rawBytesKept)
    .toString('latin1')
    .replace(/\r?\n$/, '')
    .replaceAll('"', '""'); // latin1: every byte stays what it is
  return [Buffer.from(`${numbers}"`), Buffer.from(raw, 'latin1'), Buffer.from('"\n')];
}

interface Separator {
  byte: number;
  /** As many in one value are those of a row that a quote has swallowed. */
  ofRow: number;
}

interface Found {
  end: number;
  /** Line breaks in it, its own end included. */
  lines: number;
  fault: LineFault;
  isBlank: boolean;
}

/** Finds where the record that begins at a place ends; undefined when the buffer ends before it does. */
function recordSplitter(buffer: Buffer, separator: Separator, isLast: boolean): (at: number) => Found | undefined {
  let nextQuote = -1;
  let nextCr = -1;
  const seek = (byte: number, from: number): number => {
    const found = buffer.indexOf(byte, from);
    return found < 0 ? buffer.length : found;
  };

  function lineFrom(at: number, fault: LineFault): Found | undefined {
    const found = buffer.indexOf(lf, at);
    if (found < 0 && !isLast && buffer.length - at < longestRecord) return undefined;
    return { end: found < 0 ? buffer.length : found + 1, lines: found < 0 ? 0 : 1, fault, isBlank: false };
  }

  return (at) => {
    if (nextQuote < at) nextQuote = seek(quote, at);
    if (nextCr < at) nextCr = seek(cr, at);
    const lineEnd = seek(lf, at);
    // Most lines hold no quote, and a carriage return only at their end.
    if (nextQuote > lineEnd && nextCr >= lineEnd - 1) {
      if (lineEnd === buffer.length) {
        if (isLast) return { end: lineEnd, lines: 0, fault: lineFaults.none, isBlank: false };
        return buffer.length - at < longestRecord ? undefined : lineFrom(at, lineFaults.misplacedQuote);
      }
      return {
        end: lineEnd + 1,
        lines: 1,
        fault: lineFaults.none,
        isBlank: lineEnd === at || (nextCr === at && lineEnd === at + 1),
      };
    }
    const end = endOfRecord(buffer, at, separator);
    if (typeof end === 'number') {
      const isOpen = end === buffer.length && buffer[end - 1] !== lf && !isLast;
      if (isOpen) return buffer.length - at < longestRecord ? undefined : lineFrom(at, lineFaults.misplacedQuote);
      return { end, lines: countBreaks(buffer, at, end), fault: lineFaults.none, isBlank: false };
    }
    if (end === 'more' && !isLast && buffer.length - at < longestRecord) return undefined;
    return lineFrom(at, end === 'misplaced' ? lineFaults.misplacedQuote : lineFaults.openQuote);
  };
}

/** As the engine splits: a quote counts only at the beginning of a field. */
function endOfRecord(buffer: Buffer, begin: number, separator: Separator): number | 'more' | 'misplaced' | 'swallowed' {
  let at = begin;
  for (;;) {
    if (buffer[at] === quote) {
      const close = closingQuote(buffer, at + 1);
      if (close === 'more' || close === 'swallowed') return close;
      if (hasSwallowed(buffer, at, close, separator)) return 'swallowed';
      at = close + 1;
    } else while (at < buffer.length && buffer[at] !== separator.byte && buffer[at] !== lf && buffer[at] !== cr) at++;
    if (at >= buffer.length) return buffer.length;
    const byte = buffer[at];
    if (byte === lf) return at + 1;
    if (byte === cr) {
      if (at + 1 >= buffer.length) return buffer.length;
      return buffer[at + 1] === lf ? at + 2 : 'misplaced';
    }
    if (byte !== separator.byte) return 'misplaced';
    at++;
  }
}

function closingQuote(buffer: Buffer, from: number): number | 'more' | 'swallowed' {
  for (let at = from; ; ) {
    const found = buffer.indexOf(quote, at);
    if (found < 0) return buffer.length - from > longestRecord ? 'swallowed' : 'more';
    if (found - from > longestRecord) return 'swallowed';
    if (buffer[found + 1] !== quote) return found;
    at = found + 2;
  }
}

function hasSwallowed(buffer: Buffer, open: number, close: number, separator: Separator): boolean {
  if (close - open <= swallowedBytes) return false;
  let separators = 0;
  let breaks = 0;
  for (let at = open + 1; at < close; at++) {
    if (buffer[at] === separator.byte) separators++;
    else if (buffer[at] === lf) breaks++;
  }
  return breaks > 0 && separators >= separator.ofRow;
}

function countBreaks(buffer: Buffer, from: number, to: number): number {
  let breaks = 0;
  for (let at = buffer.indexOf(lf, from); at >= 0 && at < to; at = buffer.indexOf(lf, at + 1)) breaks++;
  return breaks;
}
