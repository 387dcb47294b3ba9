import { isUtf8 } from 'node:buffer';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CopiedLines, copyAside, type LineCopiers } from './copy-aside.ts';
import { cutOff, endOfRecord, type Source, viewOf } from './json-bytes.ts';
import {
  deepestNesting,
  longestOpening,
  longestRecord,
  openingOf,
  splitJsonRecords,
  turnMilliseconds,
  type Wrapper,
} from './json-records.ts';
import { parseExactly } from './parse-exactly.ts';
import type { Encoding } from './text-form.ts';

type JsonRecord = Record<string, unknown>;

/** Whoever takes records, in one of two ways. */
export interface TakeRecords {
  /** From its bytes: the place behind it, or below zero where it is cut off or cannot be taken so. */
  copy(source: Source, begin: number): number;
  add(record: JsonRecord): void;
  /** Whether what follows may be copied by threads, and what they made of it. */
  readonly isCopying: boolean;
  addCopied(lines: CopiedLines): void;
}

export interface JsonSource {
  fileName: string;
  encoding: Encoding;
  /** Throws where the file is no UTF-8. Called before anything else is said to be wrong with it. */
  requireText: () => Promise<void>;
}

export interface JsonAside {
  copiers: LineCopiers;
  path: string;
  /** In bytes. */
  size: number;
  readFrom: (at: number) => AsyncIterable<Buffer>;
}

const openBrace = 0x7b;
const comma = 0x2c;
const mayHoldRecords = /"items"\s*:\s*\[/i;

/**
 * Hands over every record of a JSON, one after another, and yields from time to time. Records of JSON lines, or of the array that the file begins with,
 * are copied where that can be done, else parsed one by one; from the first thing on that is none, splitJsonRecords reads to the end, and has the words for what is wrong.
 * `aside`: the same as a file of which threads copy what follows the first read.
 */
export async function* readJsonRecords(
  input: AsyncIterable<Buffer>,
  source: JsonSource,
  take: TakeRecords,
  aside?: JsonAside,
): AsyncGenerator<void> {
  let chunks = input[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const before = { bytes: 0, records: 0, wrapper: 'lines' as Wrapper };
  let isLines = source.encoding === 'utf-8';
  let mayCopyAside = aside !== undefined;

  while (isLines) {
    if (aside !== undefined && mayCopyAside && take.isCopying) {
      mayCopyAside = false;
      const { copiers, ...file } = aside;
      const left = yield* copyAside(copiers, { ...file, from: before.bytes }, (lines) => take.addCopied(lines));
      await chunks.return?.();
      chunks = aside.readFrom(left.at)[Symbol.asyncIterator]();
      rest = Buffer.alloc(0);
      before.bytes = left.at;
      before.records += left.records;
    }
    const next = await chunks.next();
    const isLast = next.done === true;
    const bytes: Buffer = isLast ? rest : rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
    const opening = before.bytes === 0 ? openingIn(bytes, isLast) : { wrapper: before.wrapper, at: 0 };
    before.wrapper = opening.wrapper;
    const lines = takeLines(bytes, opening.at, isLast, take);
    let taken = lines.next();
    for (; !taken.done; taken = lines.next()) {
      yield;
      await nextTurn();
    }
    const { at, records } = taken.value;
    ({ isLines } = taken.value);
    if (!isUtf8(bytes.subarray(0, at))) await source.requireText();
    rest = bytes.subarray(at);
    before.bytes += at;
    before.records += records;
    yield;
    if (!isLast || !isLines) continue;
    if (before.wrapper === 'lines') return;
    break; // it is cut off
  }

  await source.requireText();
  async function* remaining(): AsyncGenerator<Buffer> {
    if (rest.length > 0) yield rest;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  }
  for await (const record of splitJsonRecords(remaining(), { ...source, before })) {
    take.add(record);
    yield;
  }
}

interface Taken {
  /** Behind the last record that was taken. */
  at: number;
  records: number;
  /** False where something stands there that is no record of JSON lines, or where it has to be told why not. */
  isLines: boolean;
}

/** Takes the records that these bytes hold whole. Yields where it has taken long. */
export function* takeLines(bytes: Buffer, from: number, isLast: boolean, take: TakeRecords): Generator<void, Taken> {
  const source: Source = { bytes, view: viewOf(bytes) };
  let turnBegan = performance.now();
  let records = 0;
  for (let at = from; ; records++) {
    at = afterSeparators(bytes, at);
    if (at >= bytes.length) return { at, records, isLines: true };
    if (bytes[at] !== openBrace) return { at, records, isLines: false };
    const copied = take.copy(source, at);
    if (copied > 0) {
      at = copied;
      continue;
    }
    const end = copied === cutOff ? cutOff : endOfRecord(bytes, at, deepestNesting);
    if (end === cutOff && !isLast && bytes.length - at < longestRecord) return { at, records, isLines: true };
    const record = end < 0 ? undefined : parsed(bytes.toString('utf8', at, end));
    if (record === undefined) return { at, records, isLines: false };
    take.add(record);
    at = end;
    if (performance.now() - turnBegan < turnMilliseconds) continue;
    yield;
    turnBegan = performance.now();
  }
}

/** Undefined where it is no JSON, or may be what stands around records. */
function parsed(text: string): JsonRecord | undefined {
  if (mayHoldRecords.test(text)) return undefined;
  try {
    return parseExactly(text) as JsonRecord; // it begins with a brace
  } catch {
    return undefined;
  }
}

/** What a file begins with, and the byte at which records may begin. */
function openingIn(bytes: Buffer, isLast: boolean): { wrapper: Wrapper; at: number } {
  const text = bytes.toString('utf8', 0, 2 * longestOpening);
  const from = /^\uFEFF?[\0- ,]*/.exec(text)?.[0].length ?? 0;
  const mayOpen = text[from] === '[' || text[from] === '{';
  const opening = (mayOpen ? openingOf(text, from, isLast) : undefined) ?? { wrapper: 'lines', at: from };
  return { wrapper: opening.wrapper, at: Buffer.byteLength(text.slice(0, opening.at)) };
}

function afterSeparators(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && ((bytes[at] as number) <= 0x20 || bytes[at] === comma)) at++;
  return at;
}
