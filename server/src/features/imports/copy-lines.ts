// A thread of LineCopiers: which piece of a file comes in, its lines of CSV go back.
import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { Answer, CopiedLines, Piece } from './copy-aside.ts';
import { callHistoryForm } from './json-forms.ts';
import { takeLines } from './read-json-records.ts';
import { RecordWriter } from './record-writer.ts';

const lineFeed = 0x0a;
const longestRest = 1 << 16; // of a line that goes on behind the piece; a record has 3 kB

let buffer = Buffer.alloc(0);

parentPort?.on('message', ({ number, piece }: { number: number; piece: Piece }) => {
  const lines = copiedOrNot(piece);
  parentPort?.postMessage({ number, lines } satisfies Answer, lines === undefined ? [] : [lines.csv.buffer]);
});

/** Whatever goes wrong here goes wrong, or does not, where it is read with care. */
function copiedOrNot(piece: Piece): ReturnType<typeof copied> {
  try {
    return copied(piece);
  } catch {
    return undefined;
  }
}

function copied({ path, from, to, isAtRecord }: Piece): (CopiedLines & { csv: Uint8Array<ArrayBuffer> }) | undefined {
  // The byte before says whether a line begins right here.
  const place = isAtRecord ? from : from - 1;
  const read = readPart(path, place, to + longestRest - place);
  const begin = isAtRecord ? 0 : read.indexOf(lineFeed) + 1;
  const end = endOfLines(read, to - place);
  if (end === undefined || (begin === 0 && !isAtRecord)) return undefined;
  const bytes = read.subarray(Math.min(begin, end), end);
  const writer = new RecordWriter(callHistoryForm);
  const taking = takeLines(bytes, 0, false, writer);
  let taken = taking.next();
  while (taken.done !== true) taken = taking.next();
  if (!taken.value.isLines || taken.value.at < bytes.length || !isUtf8(bytes)) return undefined;
  const { records, seen, ignored } = writer;
  const csv = writer.output.take() as Uint8Array<ArrayBuffer>; // its memory is its own
  return { csv, records, seen: [...seen], ignored: [...ignored], end: place + end };
}

/** Behind the first line break at or behind the piece's last byte; at the end of the file behind the last there is. */
function endOfLines(read: Buffer, pieceEnd: number): number | undefined {
  const next = read.indexOf(lineFeed, pieceEnd - 1);
  if (next >= 0) return next + 1;
  return read.length - pieceEnd < longestRest ? read.lastIndexOf(lineFeed) + 1 : undefined;
}

function readPart(path: string, place: number, length: number): Buffer {
  if (buffer.length < length) buffer = Buffer.allocUnsafeSlow(length);
  const file = openSync(path, 'r');
  try {
    let filled = 0;
    for (;;) {
      const bytes = readSync(file, buffer, filled, length - filled, place + filled);
      filled += bytes;
      if (bytes === 0 || filled === length) return buffer.subarray(0, filled);
    }
  } finally {
    closeSync(file);
  }
}
