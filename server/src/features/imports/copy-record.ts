import { csvField, textOf } from './csv-field.ts';
import type { CsvOutput } from './csv-output.ts';
import { afterSpace, cutOff, endOfWord, lowestMark, marksOf, type Source, unusual, viewOf } from './json-bytes.ts';

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const closeBrace = 0x7d;
const lineFeed = 0x0a;

// How a value goes over: bits.
const asItStands = 0;
const withQuotes = 1; // a separator stands in it, and no quote that is not escaped
const byItsText = 2; // something in it is escaped
const asNothing = 4;

const letterN = 0x6e; // null is the only value that begins with it

const mostKeys = 1000; // a file that invents keys must not have each of them compared with all

/** What stands where in the record that is looked at, by the place of the column. */
interface Values {
  from: Int32Array;
  to: Int32Array;
  way: Uint8Array;
  /** The record that filled it last. */
  record: Int32Array;
}

/**
 * Copies records from the bytes of JSON to bytes of CSV, a line each, without making objects of them: those with known keys and with
 * texts, plain numbers, true, false and null as values, as programs write them. Of any other it says that it is unusual; whoever asked
 * reads that one with care, and tells its keys. The bytes are UTF-8, which has been looked at before.
 */
export class RecordCopier {
  readonly #known = new Set<string>();
  readonly #slots: number[] = [];
  readonly #names: Uint8Array[] = []; // `"key":`
  readonly #nameViews: DataView[] = [];
  readonly #values: Values;
  #record = 0;

  constructor(columns: number) {
    this.#values = {
      from: new Int32Array(columns),
      to: new Int32Array(columns),
      way: new Uint8Array(columns),
      record: new Int32Array(columns),
    };
  }

  /** `slot`: the place of its column in the line; undefined where it has none. */
  learn(key: string, slot: number | undefined): void {
    if (this.#slots.length >= mostKeys || this.#known.has(key)) return;
    this.#known.add(key);
    const name = Buffer.from(`${JSON.stringify(key)}:`);
    if (name.length < 4) return;
    this.#slots.push(slot ?? -1);
    this.#names.push(name);
    this.#nameViews.push(viewOf(name));
  }

  /** Writes the record whose brace stands at `begin` as a line. Where the next one may begin; or `cutOff` or `unusual`, and nothing is written. */
  copy(source: Source, begin: number, output: CsvOutput): number {
    const end = this.#read(source, begin);
    return end < 0 || this.#write(source, end - begin, output) ? end : unusual;
  }

  /** Notes what stands where, up to the record's last brace. */
  #read({ bytes, view }: Source, begin: number): number {
    const end = bytes.length;
    if (this.#slots.length === 0) return unusual;
    const slots = this.#slots;
    const { from, to, way, record } = this.#values;
    this.#record = (this.#record + 1) & 0x3fffffff;
    const current = this.#record;
    let expected = 0;
    let at = begin + 1;
    for (;;) {
      if (bytes[at] === 0x20) at++;
      let place = expected;
      const behind = this.#behindName(view, at, end, place);
      if (behind > 0) at = behind;
      else {
        at = afterSpace(bytes, at, end);
        place = this.#placeOf(bytes, at, end, expected);
        if (place < 0) return place;
        at = afterSpace(bytes, at + (this.#names[place] as Uint8Array).length - 1, end);
        if (at >= end) return cutOff;
        if (bytes[at] !== colon) return unusual;
        at = afterSpace(bytes, at + 1, end);
      }
      expected = place + 1;
      if (at < end && bytes[at] === 0x20) at = afterSpace(bytes, at, end);
      if (at >= end) return cutOff;
      let begun = at;
      let ended: number;
      let goes = asItStands;
      if (bytes[at] === quote) {
        at = ++begun;
        for (;;) {
          if (at + 4 <= end) {
            const marks = marksOf(view.getInt32(at, true));
            if (marks === 0) {
              at += 4;
              continue;
            }
            at += lowestMark(marks);
          } else if (at >= end) return cutOff;
          const byte = bytes[at] as number;
          if (byte === quote) break;
          if (byte < 0x20) return unusual;
          if (byte === comma) goes |= withQuotes;
          else if (byte === backslash) {
            goes |= byItsText;
            at++;
          }
          at++;
        }
        ended = at++;
      } else {
        at = endOfWord(bytes, at, end);
        if (at < 0) return at;
        ended = at;
        if (bytes[begun] === letterN) goes = asNothing;
      }
      const slot = slots[place] as number;
      if (slot >= 0) {
        if (record[slot] === current) return unusual;
        record[slot] = current;
        from[slot] = begun;
        to[slot] = ended;
        way[slot] = goes;
      } else if ((goes & byItsText) !== 0) return unusual; // it may be no JSON
      let next = bytes[at];
      if (next !== comma && next !== closeBrace) {
        at = afterSpace(bytes, at, end);
        if (at >= end) return cutOff;
        next = bytes[at];
      }
      at++;
      if (next === closeBrace) return at;
      if (next !== comma) return unusual;
    }
  }

  /** Behind the colon of a key that stands here, written as most programs do; 0 where another does. */
  #behindName(view: DataView, at: number, end: number, place: number): number {
    const name = this.#nameViews[place];
    if (name === undefined) return 0;
    const last = name.byteLength - 4;
    if (at + last + 4 > end) return 0;
    for (let index = 0; index < last; index += 4)
      if (view.getInt32(at + index, true) !== name.getInt32(index, true)) return 0;
    return view.getInt32(at + last, true) === name.getInt32(last, true) ? at + last + 4 : 0;
  }

  /** Which key stands here. They mostly come in one order, some of them left out. */
  #placeOf(bytes: Uint8Array, at: number, end: number, expected: number): number {
    const names = this.#names;
    let mayBeCut = at >= end;
    for (let tried = 0, place = expected; tried < names.length; tried++, place++) {
      if (place >= names.length) place = 0;
      const name = names[place] as Uint8Array;
      const close = name.length - 2;
      if (at + close >= end) mayBeCut = true;
      else if (bytes[at + close] === quote && isSame(bytes, at, name, close)) return place;
    }
    return mayBeCut ? cutOff : unusual;
  }

  #write({ bytes, view }: Source, length: number, output: CsvOutput): boolean {
    const { from, to, way, record } = this.#values;
    const current = this.#record;
    const before = output.length;
    output.makeRoom(length + 3 * record.length + 4);
    for (let slot = 0; slot < record.length; slot++) {
      if (slot > 0) output.addByte(comma);
      const goes = way[slot] as number;
      if (record[slot] !== current || goes === asNothing) continue;
      const begun = from[slot] as number;
      const ended = to[slot] as number;
      if ((goes & byItsText) !== 0) {
        const text = parsed(Buffer.from(bytes.buffer, bytes.byteOffset + begun - 1, ended - begun + 2).toString());
        if (text === undefined) {
          output.length = before;
          return false;
        }
        output.add(csvField(textOf(text)));
        output.makeRoom(length + 3 * record.length + 4);
      } else if (goes === withQuotes) output.copy(bytes, view, begun - 1, ended + 1);
      else output.copy(bytes, view, begun, ended);
    }
    output.addByte(lineFeed);
    return true;
  }
}

function isSame(bytes: Uint8Array, at: number, name: Uint8Array, length: number): boolean {
  for (let index = 0; index < length; index++) if (bytes[at + index] !== name[index]) return false;
  return true;
}

function parsed(json: string): string | undefined {
  try {
    return JSON.parse(json) as string;
  } catch {
    return undefined;
  }
}
