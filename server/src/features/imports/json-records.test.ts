import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { HubError } from '../../platform/hub-error.ts';
import { callHistoryColumns } from './call-history-columns.ts';
import { type CopiedLines, LineCopiers } from './copy-aside.ts';
import { type Source, unusual } from './json-bytes.ts';
import { splitJsonRecords } from './json-records.ts';
import { readJsonRecords } from './read-json-records.ts';
import { RecordWriter } from './record-writer.ts';

const source = { fileName: 'calls.ndjson', encoding: 'utf-8' as const, requireText: () => Promise.resolve() };

async function* inPieces(text: string | Buffer, bytes: number): AsyncGenerator<Buffer> {
  const whole = Buffer.from(text);
  for (let at = 0; at < whole.length; at += bytes) yield Buffer.from(whole.subarray(at, at + bytes));
}

interface Read {
  csv: string;
  records: number;
  seen: number[];
  ignored: string[];
  fault: unknown;
}

async function written(writer: RecordWriter, work: () => Promise<void>): Promise<Read> {
  let fault: unknown;
  try {
    await work();
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    fault = [error.code, error.data];
  }
  return {
    csv: writer.output.take().toString(),
    records: writer.records,
    seen: [...writer.seen].toSorted((a, b) => a - b),
    ignored: [...writer.ignored].toSorted(),
    fault,
  };
}

class CountingWriter extends RecordWriter {
  copied = 0;
  override copy(from: Source, begin: number): number {
    const end = super.copy(from, begin);
    if (end > 0) this.copied++;
    return end;
  }
}

class AsideWriter extends RecordWriter {
  aside = 0;
  override addCopied(lines: CopiedLines): void {
    super.addCopied(lines);
    this.aside += lines.records;
  }
}

const copiers = new LineCopiers(700);
const folder = await mkdtemp(join(tmpdir(), 'json-records-'));
afterAll(async () => {
  await copiers.close();
  await rm(folder, { recursive: true });
});

/** By threads, as long files are. */
async function aside(text: string | Buffer, bytes: number): Promise<Read & { aside: number }> {
  const path = join(folder, `${randomUUID()}.ndjson`);
  const whole = Buffer.from(text);
  await writeFile(path, whole);
  const readFrom = (at: number) => createReadStream(path, { start: at, highWaterMark: bytes });
  const writer = new AsideWriter();
  const read = await written(writer, async () => {
    const file = { copiers, path, size: whole.length, readFrom };
    for await (const _ of readJsonRecords(readFrom(0), source, writer, file));
  });
  return { ...read, aside: writer.aside };
}

class CarefulWriter extends RecordWriter {
  override copy(): number {
    return unusual;
  }
}

/** As it is imported. */
async function quickly(text: string | Buffer, bytes = 1 << 20): Promise<Read & { copied: number }> {
  const writer = new CountingWriter();
  const read = await written(writer, async () => {
    for await (const _ of readJsonRecords(inPieces(text, bytes), source, writer));
  });
  return { ...read, copied: writer.copied };
}

/** Each record split off by the scanner, parsed and written. */
async function carefully(text: string | Buffer, bytes = 1 << 20): Promise<Read> {
  const writer = new CarefulWriter();
  return written(writer, async () => {
    for await (const record of splitJsonRecords(inPieces(text, bytes), source)) writer.add(record);
  });
}

const headers = callHistoryColumns.map(({ header }) => header);
const usual = headers.map((header, index) => `${JSON.stringify(header)}:${index % 9 === 2 ? index : `"v${index}"`}`);

const space = fc.constantFrom('', '', '', '', ' ', '  ', '\t', '\n', '\r\n');
const digits = (most: number) => fc.array(fc.nat(9).map(String), { maxLength: most }).map((found) => found.join(''));
const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    digits(22),
    fc.option(digits(9)),
    fc.constantFrom('', '', '', 'e3', 'E-7', 'e+400', 'e-400'),
  )
  .map(([sign, whole, fraction, exponent]) => `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${exponent}`);
const escaped = fc.constantFrom(
  '\\n',
  '\\"',
  '\\\\',
  '\\/',
  '\\u0000',
  '\\u00e9',
  '\\ud83d\\ude00',
  '\\ud83d',
  '\\r',
  '\\x',
  '\\u12',
);
const plainText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    '',
    'NA',
    ',',
    'a,b',
    '"',
    "'",
    ' padded ',
    'Зорница',
    '서울',
    '😀',
    '\u2028',
    '+1 (509)',
    '\\N',
    'x'.repeat(700),
  ),
);
const text = fc.oneof(
  { weight: 6, arbitrary: plainText.map((value) => JSON.stringify(value)) },
  {
    weight: 2,
    arbitrary: fc.tuple(plainText, escaped).map(([value, sign]) => `${JSON.stringify(value).slice(0, -1)}${sign}"`),
  },
  { weight: 1, arbitrary: fc.constantFrom('"a\u0001"', '"tab\there"', '"new\nline"') },
);
const nested = fc.constantFrom(
  '{}',
  '[]',
  '[1,"}",{"a":null}]',
  '{"a":{"b":12345678901234567890}}',
  '{"items":[1]}',
  '[[[]]]',
);
const value = fc.oneof(
  { weight: 8, arbitrary: text },
  { weight: 4, arbitrary: number },
  { weight: 2, arbitrary: fc.constantFrom('true', 'false', 'null') },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: fc.constantFrom('nul', 'tru', 'NaN', '', '+1', 'Infinity', "'x'") },
);
const sound = fc.oneof(
  fc
    .tuple(plainText, fc.constantFrom('', '\\n', '\\"', '\\u00e9', '\\u0000', '\\ud83d'))
    .map(([whole, sign]) => `${JSON.stringify(whole).slice(0, -1)}${sign}"`),
  fc
    .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null))
    .map((one) => JSON.stringify(one)),
);
const key = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...headers.map((header) => JSON.stringify(header))) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '"Start Time"',
      '" duration "',
      '"__proto__"',
      '"1"',
      '"items"',
      '"Vendor"',
      '"\\u0055ser"',
      '""',
    ),
  },
);
const field = fc
  .tuple(space, key, space, space, value, space)
  .map(([a, name, b, c, given, d]) => `${a}${name}${b}:${c}${given}${d}`);
/** A record like most, some of its fields replaced, left out or added. */
const likeMost = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(headers.length - 1), fc.option(sound)), { maxLength: 6 }),
    fc.array(field, { maxLength: 1 }),
  )
  .map(([changes, added]) => {
    const fields: string[] = [...usual];
    for (const [place, given] of changes)
      fields[place] = given === null ? '' : `${JSON.stringify(headers[place])}:${given}`;
    return `{${[...fields.filter((entry) => entry !== ''), ...added].join(',')}}`;
  });
const record = fc.oneof(
  { weight: 20, arbitrary: likeMost },
  { weight: 2, arbitrary: fc.array(field, { maxLength: 5 }).map((fields) => `{${fields.join(',')}}`) },
  { weight: 1, arbitrary: fc.constant(`{ ${usual.join(', ').replaceAll('":', '": ')} }`) },
);
const between = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom('\n', '\n', '\r\n', '', ' , ', '\n\n') },
  { weight: 1, arbitrary: fc.constant('\uFEFF') },
);
const wrapper = fc.constantFrom(
  ['', ''],
  ['', ''],
  ['[', ']'],
  [' [\n', '\n]\n'],
  ['{"items":[', ']}'],
  ['{"more":{"a":[1]}, "Items" : [ ', '], "next":null}'],
  ['[', ''],
  ['[', ']}'],
  ['{"items":[', ']'],
);
const lines = fc
  .tuple(fc.constantFrom('', '\uFEFF'), wrapper, fc.array(fc.tuple(record, between), { maxLength: 8 }))
  .map(
    ([mark, [open, close], records]) =>
      `${mark}${open}{${usual.join(',')}}\n${records.map((pair) => pair.join('')).join('')}${close}`,
  );

test('records that are copied are the records that are parsed, and what is wrong is told alike, wherever the reads end', async () => {
  let copied = 0;
  await fc.assert(
    fc.asyncProperty(lines, fc.constantFrom(7, 100, 3000, 1 << 20), async (file, bytes) => {
      const { copied: more, ...quick } = await quickly(file, bytes);
      copied += more;
      expect(quick).toEqual(await carefully(file, bytes));
    }),
    { numRuns: 300 },
  );
  expect(copied).toBeGreaterThan(250);
});

test('records of an array, and of an answer, are copied as those of lines are', async () => {
  const records = Array.from({ length: 50 }, (_, number) => `{${usual.join(',')},"User ${number % 3}":${number}}`);
  for (const file of [
    `[${records.join(',')}]`,
    `{"items":[\n${records.join(',\n')}\n]}\n`,
    `\uFEFF [ ${records.join(' , ')} ] `,
  ])
    for (const bytes of [100, 1 << 20]) {
      const { copied, ...read } = await quickly(file, bytes);
      expect(read).toEqual(await carefully(file, bytes));
      expect([read.records, read.fault]).toEqual([50, undefined]);
      expect(copied).toBeGreaterThanOrEqual(46); // each of its kind is parsed once
    }
});

test('threads copy the records of an array that stand on lines of their own', async () => {
  const records = Array.from({ length: 40 }, (_, number) => `{${usual.join(',')},"User ${number % 3}":${number}}`);
  const file = `[\n${records.join(',\n')}\n]\n`;
  const { aside: byThreads, ...read } = await aside(file, 1000);
  expect(read).toEqual(await carefully(file, 1000));
  expect(read.records).toBe(40);
  expect(byThreads).toBeGreaterThan(20);
});

test.for(['utf-8', 'utf-16le', 'utf-16be'] as const)(
  'the byte of a fault in %s does not hang on where reads end',
  async (encoding) => {
    const text = '{"User":"a"}\n{"User":nul}\n{"User":"ࠀ𐀀é𐀀ࠀ"}\n';
    const file = encoding === 'utf-8' ? Buffer.from(text) : Buffer.from(text, 'utf16le');
    if (encoding === 'utf-16be') file.swap16();
    const faultOf = async (bytes: number): Promise<unknown> => {
      const input = inPieces(file, bytes);
      try {
        for await (const _ of splitJsonRecords(input, { ...source, encoding }));
      } catch (error) {
        return error instanceof HubError ? error.data : error;
      }
    };
    const whole = await faultOf(1000);
    expect(whole).toMatchObject({ record: 2, byte: (encoding === 'utf-8' ? 1 : 2) * (text.indexOf('nul') + 3) });
    for (let bytes = 1; bytes < file.length; bytes++) expect(await faultOf(bytes)).toEqual(whole);
  },
);

test('a file that is cut off anywhere, or holds a wrong byte anywhere, is told of alike', async () => {
  const file = Buffer.from(
    `{${usual.join(',')}}\n{"User":"Зорница","Duration":12}\n{"User":"\\u00e9,","Answered":true}\n`,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.nat(file.length - 1),
      fc.option(fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'x', '0', ' ', '\n')),
      fc.constantFrom(9, 1 << 20),
      async (place, byte, bytes) => {
        const changed = byte === null ? file.subarray(0, place) : Buffer.from(file);
        if (byte !== null) changed[place] = byte.charCodeAt(0);
        const { copied: _, ...quick } = await quickly(changed, bytes);
        expect(quick).toEqual(await carefully(changed, bytes));
      },
    ),
    { numRuns: 250 },
  );
});

test('records that threads copy are those that are parsed, in their order, and what is wrong is told alike', async () => {
  let byThreads = 0;
  const longer = fc.array(lines, { minLength: 1, maxLength: 4 }).map((files) => files.join('\n'));
  await fc.assert(
    fc.asyncProperty(longer, fc.constantFrom(100, 3000), async (file, bytes) => {
      const { aside: more, ...read } = await aside(file, bytes);
      byThreads += more;
      expect(read).toEqual(await carefully(file, bytes));
    }),
    { numRuns: 60 },
  );
  expect(byThreads).toBeGreaterThan(40);
});

test('threads stop at what is no line, and the rest is read with care', async () => {
  const line = (name: number): string => `{${usual.join(',')},"User ${name % 3}":${name}}`;
  const good = Array.from({ length: 40 }, (_, name) => `${line(name)}\n`).join('');
  for (const [strange, records] of [
    ['', 81],
    ['{\n"User":"x"\n}\n', 82],
    ['[{"User":"x"},{"User":"y"}]\n', 83],
    ['{"User":}\n', 41],
    [`{"User":"${'x'.repeat(5000)}"}\n`, 82],
  ] as const) {
    const file = `${line(7)}\n${good}${strange}${good}`;
    const { aside: byThreads, ...read } = await aside(file, 1000);
    expect(read).toEqual(await carefully(file, 1000));
    expect(read.records).toBe(records);
    expect(byThreads).toBeGreaterThan(30);
  }
});

test('numbers keep their digits where floating point would change them, and are written as before where it does not', async () => {
  const given = {
    '12345678901234567890': '12345678901234567890',
    '9007199254740993': '9007199254740993',
    '9007199254740991': '9007199254740991',
    '0.12345678901234567890': '0.12345678901234567890',
    '123456789012345': '123456789012345',
    '1e400': '1e400',
    '1e-400': '1e-400',
    '1e3': '1000',
    '30.0': '30',
    '-0': '0',
    '12.50': '12.5',
    '0.0000001': '1e-7',
    '-17': '-17',
    '0.5': '0.5',
  };
  const user = callHistoryColumns.findIndex(({ name }) => name === 'user');
  for (const [digit, expected] of Object.entries(given))
    for (const file of [
      `{"User":"x"}\n{"User":${digit}}`,
      `[{"User":"x"},{"User":${digit}}]`,
      `{"items":[{"User":1},{"User":${digit}}]}`,
    ]) {
      const { csv, fault } = await quickly(file);
      expect(fault).toBeUndefined();
      expect(csv.split('\n')[2]?.split(',')[user]).toBe(expected);
    }
});

test('records as programs write them are copied, all but the first', async () => {
  const spaced = `{${usual.join(', ').replaceAll('":', '": ')}}`;
  const sparse = `{${usual.filter((_, index) => index % 3 !== 0).join(',')}}`;
  for (const shape of [`{${usual.join(',')}}`, spaced, sparse, `{\n  ${usual.join(',\n  ')}\n}`]) {
    const read = await quickly(`{${usual.join(',')}}\n${`${shape}\n`.repeat(50)}`, 4000);
    expect(read).toMatchObject({ records: 51, copied: 50, fault: undefined });
  }
  const escapedNames = `{"User":"\\u0417","Location":"a, b","Duration":1.25}\n`;
  expect(await quickly(escapedNames.repeat(30))).toMatchObject({ records: 30, copied: 29 });
});

test('bytes that are no UTF-8 are found before they are written, and before another fault is told', async () => {
  const good = `{${usual.join(',')}}\n`;
  for (const after of [good, '{"User":}', '']) {
    const file = Buffer.concat([
      Buffer.from(good.repeat(3)),
      Buffer.from('{"User":"Z\xfcrich"}\n', 'latin1'),
      Buffer.from(after),
    ]);
    let asked = 0;
    const requireText = (): Promise<void> => {
      asked++;
      return Promise.reject(new HubError('import_not_utf8', { fileName: 'x', line: 4 }));
    };
    const reading = async (): Promise<void> => {
      for await (const _ of readJsonRecords(inPieces(file, 500), { ...source, requireText }, new RecordWriter()));
    };
    await expect(reading()).rejects.toMatchObject({ code: 'import_not_utf8' });
    expect(asked).toBe(1);
  }
});
