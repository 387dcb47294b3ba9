// A number with so many characters, or with an exponent, may be another one as a floating-point number.
const doubtful = /[:,[]\s*-?(?:[0-9.]{16}|[0-9.]*[eE])/;
const exactDigits = 15;

/** JSON.parse, but a number that floating point cannot hold stays the JSON that it was, and JSON.stringify writes it so. Throws as JSON.parse does. */
export function parseExactly(json: string): unknown {
  return doubtful.test(json)
    ? JSON.parse(json, keepDigits as (key: string, value: unknown) => unknown)
    : JSON.parse(json);
}

// The engine hands over the source of a value; the types of this version of TypeScript know neither that nor rawJSON yet.
const keepDigits = (_: string, value: unknown, { source = '' }: { source?: string }): unknown =>
  typeof value === 'number' && !isHeld(source, value) ? rawJson(source) : value;

const { rawJSON: rawJson } = JSON as unknown as { rawJSON: (source: string) => unknown };

function isHeld(source: string, value: number): boolean {
  if (String(value) === source) return true;
  const [digits = ''] = source.split(/[eE]/);
  const significant = digits.replace(/[-.]/g, '').replace(/^0+/, '');
  return Number.isFinite(value) && (value !== 0 || significant === '') && significant.length <= exactDigits;
}
