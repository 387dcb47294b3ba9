/** What is answered instead of a place behind a value: it does not end before the bytes do, or it is not written as programs mostly write it. */
export const cutOff = -1;
export const unusual = -2;

/** Bytes, and the same four at a time. */
export interface Source {
  bytes: Uint8Array;
  view: DataView;
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

export function afterSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(bytes[at])) at++;
  return at;
}

/**
 * Of four bytes of a text, a bit for each that may end it or matter in it: below 0x2d (quote, separator, control characters, and some that
 * mean nothing) or a backslash. The lowest bit is always right.
 */
export function marksOf(word: number): number {
  const other = word ^ 0x5c5c5c5c;
  return (((word - 0x2d2d2d2d) & ~word) | ((other - 0x01010101) & ~other)) & 0x80808080;
}

/** Which of the four bytes it is. */
export const lowestMark = (marks: number): number => (31 - Math.clz32(marks & -marks)) >> 3;

const words = ['true', 'false', 'null'].map((word) => Buffer.from(word));

/** Behind true, false, null, or a number whose digits are those that JavaScript would write. */
export function endOfWord(bytes: Uint8Array, from: number, end: number): number {
  const first = bytes[from];
  if (first === 0x2d || isDigit(first)) return endOfNumber(bytes, from, end);
  if (from >= end) return cutOff;
  const word = words.find((known) => known[0] === first);
  if (word === undefined) return unusual;
  if (from + word.length >= end) return cutOff;
  return word.every((byte, index) => bytes[from + index] === byte) ? from + word.length : unusual;
}

const exactDigits = 15; // as many decimal digits survive being a floating-point number, whatever they are
const fractionDigits = 6; // smaller ones JavaScript writes with an exponent

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

function afterDigits(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isDigit(bytes[at])) at++;
  return at;
}

function endOfNumber(bytes: Uint8Array, from: number, end: number): number {
  const isNegative = bytes[from] === 0x2d;
  const begin = isNegative ? from + 1 : from;
  const point = afterDigits(bytes, begin, end);
  const hasFraction = point < end && bytes[point] === 0x2e;
  const at = hasFraction ? afterDigits(bytes, point + 1, end) : point;
  if (at >= end) return cutOff;
  const whole = point - begin;
  const fraction = hasFraction ? at - point - 1 : 0;
  const isZero = bytes[begin] === 0x30;
  if (whole === 0 || (isZero && whole > 1) || (isZero && isNegative && !hasFraction)) return unusual;
  if (whole + fraction > exactDigits || fraction > fractionDigits) return unusual;
  if (hasFraction && (fraction === 0 || bytes[at - 1] === 0x30)) return unusual;
  const next = bytes[at];
  return next === 0x65 || next === 0x45 || next === 0x2e ? unusual : at;
}

/** Behind the brace that closes the record whose first brace stands at `begin`; `unusual` where values lie in each other deeper than that. */
export function endOfRecord(bytes: Uint8Array, begin: number, deepest: number): number {
  let depth = 0;
  let inString = false;
  for (let at = begin; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inString) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth++;
      if (depth > deepest) return unusual;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return cutOff;
}
