import { setImmediate as nextTurn } from 'node:timers/promises';
import { HubError } from '../../platform/hub-error.ts';
import { parseExactly } from './parse-exactly.ts';
import type { Encoding } from './text-form.ts';

export const turnMilliseconds = 12; // how long the event loop may be held before others get their turn
export const longestRecord = 1 << 20; // characters; a record of 87 keys has 3 kB. Longer: a quote or brace is missing, and memory would not end
export const longestOpening = 1 << 16;
export const deepestNesting = 200; // a call record has one level; what writes a value down again recurses into it

/** What stands around records: an answer with a list of them, an array, or nothing. */
export type Wrapper = 'object' | 'array' | 'lines';

/** What has been read of the source before the input. */
interface ReadBefore {
  records: number;
  bytes: number;
  /** What was opened there and not closed. */
  wrapper: Wrapper;
}

/** Where the scanner stands. `between`: no document has begun, or one has ended and another may follow, as pages of answers do. */
type Place = 'between' | 'records' | 'tail';

/**
 * Yields the records of a call history answer: the objects of `{"items": […]}` (other keys of the wrapper are passed over), of an array,
 * or one after another as JSON lines; several such answers may follow each other. Throws import_json_truncated or import_json_invalid with
 * record and byte. With `numberAs` numbers become the text that it makes of their digits, which no floating point has touched; without it
 * those that floating point would change stay JSON as it was written.
 */
export async function* splitJsonRecords(
  input: AsyncIterable<Buffer>,
  source: { fileName: string; encoding: Encoding; before?: ReadBefore; numberAs?: (digits: string) => string },
): AsyncGenerator<Record<string, unknown>> {
  const { fileName, encoding, before, numberAs } = source;
  const revive = numberAs && exactNumbers(numberAs);
  // Only at the begin of a file does a mark mean nothing.
  const decoder = new TextDecoder(encoding, { ignoreBOM: before !== undefined });
  let text = '';
  let at = 0; // next character to look at in `text`
  let begin = -1; // where the open record begins in `text`
  let depth = 0; // of braces and brackets inside the open record, or inside the wrapper's tail
  let inString = false;
  let isEscaped = false;
  let wrapper: Wrapper = before?.wrapper ?? 'lines';
  let place: Place = wrapper === 'lines' ? 'between' : 'records';
  let record = before?.records ?? 0;
  let bytesRead = before?.bytes ?? 0;
  let turnBegan = performance.now();

  let ending: Buffer = Buffer.alloc(0); // the last bytes read
  const byteAt = (): number =>
    bytesRead -
    undecodedBytes(ending, bytesRead, encoding) -
    (encoding === 'utf-8' ? Buffer.byteLength(text.slice(at)) : 2 * (text.length - at));
  const invalid = (reason: string): HubError =>
    new HubError('import_json_invalid', { fileName, record: record + 1, byte: byteAt(), reason });

  const parseRecord = (json: string): Record<string, unknown> => {
    let value: unknown;
    try {
      value = revive === undefined ? parseExactly(json) : JSON.parse(json, revive);
    } catch (cause) {
      throw invalid(cause instanceof Error ? cause.message.slice(0, 120) : 'not JSON');
    }
    record++;
    return value as Record<string, unknown>; // it begins with a brace
  };

  function* scan(isLast: boolean): Generator<Record<string, unknown>> {
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (place === 'between') {
        if (code <= 0x20 || code === 0xfeff || (wrapper === 'lines' && code === 0x2c)) continue;
        if (code !== 0x7b && code !== 0x5b)
          throw invalid(`“${String.fromCodePoint(text.codePointAt(at) ?? 0)}” stands where a record should begin`);
        const opening = openingOf(text, at, isLast);
        if (opening === undefined) return;
        ({ wrapper } = opening);
        place = 'records';
        at = opening.at - 1;
        continue;
      }
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (code === 0x5c) isEscaped = true;
        else if (code === 0x22) inString = false;
        continue;
      }
      if (begin < 0 && place === 'records') {
        if (code === 0x7b) {
          begin = at;
          depth = 1;
        } else if (code === 0x5d && wrapper !== 'lines') {
          place = wrapper === 'object' ? 'tail' : 'between';
          depth = 1;
        } else if (code !== 0x2c && code > 0x20)
          throw invalid(`“${String.fromCodePoint(text.codePointAt(at) ?? 0)}” stands where a record should begin`);
        continue;
      }
      if (code === 0x22) inString = true;
      else if (code === 0x7b || code === 0x5b) {
        depth++;
        if (depth > deepestNesting) throw invalid(`more than ${deepestNesting} values inside each other`);
      } else if (code === 0x7d || code === 0x5d) {
        depth--;
        if (depth > 0) continue;
        if (place === 'tail') {
          place = 'between';
          continue;
        }
        yield parseRecord(text.slice(begin, at + 1));
        begin = -1;
        if (wrapper === 'lines') place = 'between';
      }
    }
  }

  async function* scanInTurns(isLast: boolean): AsyncGenerator<Record<string, unknown>> {
    for (const found of scan(isLast)) {
      yield found;
      if (performance.now() - turnBegan < turnMilliseconds) continue;
      await nextTurn();
      turnBegan = performance.now();
    }
    const keepFrom = begin < 0 ? at : begin;
    text = text.slice(keepFrom);
    at -= keepFrom;
    if (begin > 0) begin = 0;
    if (text.length > longestRecord)
      throw invalid(`a record of more than ${longestRecord} characters; a quote or a brace is probably missing`);
  }

  for await (const chunk of input) {
    bytesRead += chunk.length;
    ending = (chunk.length < 4 ? Buffer.concat([ending, chunk]) : chunk).subarray(-4);
    text += decoder.decode(chunk, { stream: true });
    yield* scanInTurns(false);
  }
  text += decoder.decode();
  ending = Buffer.alloc(0);
  yield* scanInTurns(true);
  if (place !== 'between' || text.trim() !== '')
    throw new HubError('import_json_truncated', { fileName, record: record + 1, byte: bytesRead });
}

/** How many of the last bytes read a decoder still holds, since the character that they begin has not come whole. */
function undecodedBytes(ending: Buffer, bytesRead: number, encoding: Encoding): number {
  if (encoding !== 'utf-8') {
    const odd = bytesRead % 2;
    const high = ending[ending.length - odd - (encoding === 'utf-16le' ? 1 : 2)] ?? 0;
    return odd + (high >= 0xd8 && high < 0xdc ? 2 : 0);
  }
  for (let back = 1; back <= Math.min(3, ending.length); back++) {
    const byte = ending[ending.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

type Reviver = (key: string, value: unknown) => unknown;

function exactNumbers(numberAs: (digits: string) => string): Reviver {
  // The engine hands over the source of a value; the types of this version of TypeScript do not know it yet.
  const revive = (_: string, value: unknown, { source = '' }: { source?: string }): unknown =>
    typeof value === 'number' ? numberAs(source) : value;
  return revive as Reviver;
}

/** What the document at a place is, and where its records begin; undefined while too little has been read to tell. */
export function openingOf(text: string, from: number, isLast: boolean): { wrapper: Wrapper; at: number } | undefined {
  if (text[from] === '[') return { wrapper: 'array', at: from + 1 };
  const items = itemsOf(text, from + 1);
  if (typeof items === 'number') return { wrapper: 'object', at: items };
  // A wrapper shows itself in its first kilobytes; anything else is a record of JSON lines.
  return items === 'none' || isLast || text.length - from > longestOpening ? { wrapper: 'lines', at: from } : undefined;
}

const keyOf = /\s*"((?:[^"\\]|\\.)*)"\s*:\s*/y;

const listKeys = ['items', 'phonenumbers']; // of all answers, and of GET /telephony/config/numbers

/** Behind the bracket of the key "items", or the like, of an object, whatever keys stand before it. */
function itemsOf(text: string, from: number): number | 'none' | 'more' {
  for (let at = from; ; ) {
    keyOf.lastIndex = at;
    const key = keyOf.exec(text);
    if (key === null) return at >= text.length || /^\s*("|$)/.test(text.slice(at, at + 1000)) ? 'more' : 'none';
    at = keyOf.lastIndex;
    if (at >= text.length) return 'more';
    if (listKeys.includes(key[1]?.toLowerCase() ?? '') && text[at] === '[') return at + 1;
    const end = endOfValue(text, at);
    if (end === undefined) return 'more';
    if (text[end] === '}') return 'none';
    at = end + 1; // a comma
  }
}

/** Where the comma or brace behind a value stands. */
function endOfValue(text: string, from: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if (depth === 0 && (char === ',' || char === '}')) return at;
    else if (char === '}' || char === ']') depth--;
  }
  return undefined;
}
