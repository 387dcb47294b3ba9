import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { HubError } from '../../platform/hub-error.ts';
import type { Encoding } from './recognize-file.ts';

const turnMilliseconds = 12; // how long the event loop may be held before others get their turn

/**
 * Yields the records of a call history answer: the objects of `{"items": […]}` (other keys of the wrapper are passed over), of an array,
 * or one after another as JSON lines. Throws import_json_truncated or import_json_invalid with record and byte.
 */
export async function* splitJsonRecords(
  input: Readable,
  source: { fileName: string; encoding: Encoding },
): AsyncGenerator<Record<string, unknown>> {
  const { fileName } = source;
  const decoder = new TextDecoder(source.encoding);
  let text = '';
  let at = 0; // next character to look at in `text`
  let begin = -1; // where the open record begins in `text`
  let depth = 0; // of braces and brackets inside the open record
  let inString = false;
  let isEscaped = false;
  let inItems = false; // inside the array of records
  let wrapper: 'unknown' | 'object' | 'array' | 'lines' = 'unknown';
  let record = 0;
  let consumed = 0; // characters dropped from the front of `text`
  let turnBegan = performance.now();

  const invalid = (reason: string): HubError =>
    new HubError('import_json_invalid', { fileName, record: record + 1, byte: consumed + at, reason });

  const parseRecord = (json: string): Record<string, unknown> => {
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch (cause) {
      throw invalid(cause instanceof Error ? cause.message.slice(0, 120) : 'not JSON');
    }
    record++;
    return value as Record<string, unknown>;
  };

  for await (const chunk of input as AsyncIterable<Buffer>) {
    text += decoder.decode(chunk, { stream: true });
    if (wrapper === 'unknown') {
      text = text.replace(/^\uFEFF/, '');
      const opening = openingOf(text);
      if (opening === undefined) continue;
      ({ wrapper } = opening);
      at = opening.at;
      inItems = true;
    }
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (begin < 0) {
        if (code === 0x7b) {
          if (!inItems) continue;
          begin = at;
          depth = 1;
        } else if (code === 0x5d && wrapper !== 'lines') inItems = false;
        else if (inItems && code !== 0x2c && code > 0x20) throw invalid(`“${text[at]}” stands where a record should begin`);
        continue;
      }
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (code === 0x5c) isEscaped = true;
        else if (code === 0x22) inString = false;
        continue;
      }
      if (code === 0x22) inString = true;
      else if (code === 0x7b || code === 0x5b) depth++;
      else if (code === 0x7d || code === 0x5d) {
        depth--;
        if (depth > 0) continue;
        yield parseRecord(text.slice(begin, at + 1));
        begin = -1;
        if (performance.now() - turnBegan > turnMilliseconds) {
          await nextTurn();
          turnBegan = performance.now();
        }
      }
    }
    const keepFrom = begin < 0 ? text.length : begin;
    consumed += keepFrom;
    text = text.slice(keepFrom);
    at -= keepFrom;
    if (begin > 0) begin = 0;
  }

  if (wrapper === 'unknown' || begin >= 0 || (inItems && wrapper !== 'lines')) {
    throw new HubError('import_json_truncated', { fileName, record: record + 1, byte: consumed + text.length });
  }
}

/** Where the records begin; undefined while too little has been read to tell. */
function openingOf(text: string): { wrapper: 'object' | 'array' | 'lines'; at: number } | undefined {
  const start = text.search(/\S/);
  if (start < 0) return undefined;
  if (text[start] === '[') return { wrapper: 'array', at: start + 1 };
  const items = /^\s*\{\s*(?:"(?!items")[^"]*"\s*:\s*(?:"[^"]*"|[\d.eE+-]+|true|false|null)\s*,\s*)*"items"\s*:\s*\[/.exec(text);
  if (items) return { wrapper: 'object', at: items[0].length };
  // A wrapper shows itself in its first kilobytes; anything longer is a record of JSON lines.
  return text.length > 4096 || /[}\n]/.test(text.slice(start + 1)) ? { wrapper: 'lines', at: start } : undefined;
}
