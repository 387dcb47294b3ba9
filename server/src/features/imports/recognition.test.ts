import { sentenceOf } from '@hub/contract/errors';
import { cancelImport } from '@hub/contract/imports';
import { beforeAll, expect, test } from 'vitest';
import { counted, csvOf, type Desk, headers, importDesk, leg } from './test-support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await importDesk();
});

const needed = headers.filter((name) => !['Start time', 'Org UUID'].includes(name));

const asked: ReadonlySet<string> = new Set(['import_unknown_columns', 'import_columns_missing', 'import_is_records']);

test.each([
  ['a file of spaces', ' \n \n', 'import_empty'],
  ['a PDF by another name', '%PDF-1.7\n%âãÏÓ\n1 0 obj', 'import_not_text'],
  ['a ZIP that was cut off', Buffer.from('504b0304140000000000', 'hex'), 'import_archive_damaged'],
  ['a binary', Buffer.from([1, 2, 3, 0, 5, 6, 7, 8, 200]), 'import_not_text'],
  ['another kind of text', 'name;town\nAda;London\n', 'import_unknown_columns'],
  ['a text without columns', 'Dear Ada\nwe met in London\n', 'import_unknown_format'],
  ['a JSON of something else', '{"items":[{"name":"Ada"}]}', 'import_unknown_format'],
  ['a header alone', csvOf([]), 'import_header_only'],
  ['a header alone, without its line end', csvOf([]).trimEnd(), 'import_header_only'],
  ['an empty answer', '{"items":[]}', 'import_no_records'],
  ['nothing but NUL', Buffer.alloc(4096), 'import_not_text'],
  [
    'a file in a Windows code page',
    Buffer.from(csvOf([leg('1', { Location: 'Zürich' })]), 'latin1'),
    'import_not_utf8',
  ],
  [
    'an unknown file in a Windows code page, before anybody is asked what its columns mean',
    Buffer.from('Teilnehmer;Gesprächsdauer\nAda;90\n', 'latin1'),
    'import_not_utf8',
  ],
  [
    'a JSON in a Windows code page',
    Buffer.from(JSON.stringify([leg('1', { Location: 'Zürich' })]), 'latin1'),
    'import_not_utf8',
  ],
  ['two columns missing', csvOf([leg('1')], { columns: needed }), 'import_columns_missing'],
  [
    'a column twice, in another case',
    csvOf([leg('1')], { columns: [...headers, 'report id'] }),
    'import_columns_twice',
  ],
  [
    'a JSON that ends in a record',
    JSON.stringify({ items: [leg('1'), leg('2')] }).slice(0, -30),
    'import_json_truncated',
  ],
  ['a JSON that ends between records', `{"items":[${JSON.stringify(leg('1'))},`, 'import_json_truncated'],
  ['an array that ends between records', `[${JSON.stringify(leg('1'))}\n`, 'import_json_truncated'],
  ['a JSON without its last brace', `{"items":[${JSON.stringify(leg('1'))}]`, 'import_json_truncated'],
  ['JSON lines that end in a record', `${JSON.stringify(leg('1'))}\n{"Report ID":"`, 'import_json_truncated'],
  ['a record that is a number', `{"items":[${JSON.stringify(leg('1'))},7]}`, 'import_json_invalid'],
  ['a record that is an array', '[[1,2]]', 'import_json_invalid'],
  ['a record that is null', '[null]', 'import_json_invalid'],
  ['a broken record', '{"items":[{"Report ID":}]}', 'import_json_invalid'],
  ['something behind the answer', `[${JSON.stringify(leg('1'))}] and more`, 'import_json_invalid'],
  ['a JSON that begins with a picture sign', '[😀]', 'import_json_invalid'],
  ['a JSON whose only key is NUL', '{"\\u0000":1}', 'import_unknown_format'],
  ['a JSON whose only key is half a character', '{"\\ud83d":1}', 'import_unknown_format'],
  ['a first line that is cut in a picture sign', `${'x'.repeat(79)}😀\n1\n`, 'import_unknown_format'],
  [
    'more columns than any report has',
    csvOf([], { columns: [...headers, ...Array.from({ length: 418 }, (__, index) => `extra ${index}`)] }),
    'import_too_many_columns',
  ],
  ['a value nested without end', `[{"Report ID":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`, 'import_json_invalid'],
  ['a quote that is never closed in JSON', `[{"Report ID":"${'x'.repeat(3_000_000)}`, 'import_json_invalid'],
] as const)('%s is refused with a sentence, and no row stays of it', async (_, body, code) => {
  const batch = await desk.import(body, 'report.csv');
  expect(batch).toMatchObject({ state: 'failed', failure: { code }, counts: null });
  const sentence = sentenceOf(code, batch.failure?.data ?? {});
  expect(sentence).toContain('report.csv');
  expect(sentence).not.toMatch(/\{\w+\}|undefined|: \.|\(byte \)/);
  expect(await desk.facts()).toEqual(new Map());
  // What only a person can tell is asked: the file is kept for the answer, or until it is given up.
  const isAsked = asked.has(code);
  expect(await desk.spool()).toEqual(isAsked ? [batch.id] : []);
  if (isAsked) await desk.admin.call(cancelImport, { params: { importId: batch.id } });
  expect(await desk.spool()).toEqual([]);
});

test.each([
  ['orders', 'Order ID,Subscription ID,Product,Quantity,Kind,State,Ordered on'],
  ['orders', 'Order ID,Subscription ID,Org ID,Product,Ordered,Kind,State,Date'],
  ['invoices', 'Invoice ID;Subscription ID;Product;Quantity;Period;Amount;Currency;State'],
  ['subscriptions', 'subscription_id,Customer org ID,Product,Ordered,Assigned,Start date,End date'],
  ['trials', 'Trial ID,Customer,Product,Ordered,Start,End'],
  ['sign_ins', 'Customer,Last sign-in'],
  ['customers', 'Name,Country,Org ID,Domain,Contact email'],
])('a file of %s is told to be one, and kept for whoever says that it is none', async (kind, head) => {
  const batch = await desk.import(`${head}\n${head.replaceAll(/[^,;]+/g, 'x')}\n`, 'export.csv');
  expect(batch).toMatchObject({ failure: { code: 'import_is_records', data: { fileName: 'export.csv', kind } } });
  expect(await desk.spool()).toEqual([batch.id]);
  await desk.admin.call(cancelImport, { params: { importId: batch.id } });
});

test.each([
  ['webex_locations', 'import_needs_customer_and_period', 'Name,Address,Country,Time zone'],
  ['license_snapshots', 'import_needs_period', 'Subscription ID,Org ID,Product,Ordered,Assigned'],
  [null, 'import_unknown_columns', 'Order ID,Product,Quantity'],
  [null, 'import_unknown_columns', 'Company,Country,Begin,Seconds,Dialed,Result'],
  [null, 'import_unknown_columns', 'Kunde,Datum,Dauer'],
])('a report of %s, or a file that is neither, is told to be no records', async (_feed, code, head) => {
  const batch = await desk.import(`${head}\n${head.replaceAll(/[^,]+/g, 'x')}\n`, 'export.csv');
  expect(batch).toMatchObject({ failure: { code } });
  await desk.admin.call(cancelImport, { params: { importId: batch.id } });
});

test('the sentence names the columns that are missing, and the byte where a JSON ends', async () => {
  const missing = await desk.import(csvOf([leg('1')], { columns: needed }));
  expect(missing.failure?.data).toMatchObject({ columns: 'Start time, Org UUID' });
  await desk.admin.call(cancelImport, { params: { importId: missing.id } });
  const whole = JSON.stringify({ items: [leg('1', { User: 'Зорница' }), leg('2')] });
  const cut = Buffer.from(whole).subarray(0, -40);
  expect((await desk.import(cut)).failure).toEqual({
    code: 'import_json_truncated',
    data: { fileName: 'calls.csv', record: 2, byte: cut.length },
  });
  const bad = `{"items":[${JSON.stringify(leg('1', { User: 'Зорница' }))},x`;
  expect((await desk.import(bad)).failure?.data).toMatchObject({ record: 2, byte: Buffer.byteLength(bad) - 1 });
});

interface Form {
  body: string | Buffer;
  notes?: string[];
  rows?: number;
}

const withExtra = [...headers.slice(0, 10), 'Kostenstelle', ...headers.slice(10), 'Bemerkung'];
const jsonOf = (record: Record<string, string>): string => JSON.stringify({ items: [record] });
const mapKeys = (record: Record<string, string>, change: (key: string) => string) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [change(key), value]));

test('a call history with columns left out is not taken for another report', async () => {
  for (const count of [12, 20, 40]) {
    const batch = await desk.import(csvOf([leg('1')], { columns: headers.slice(0, count) }));
    expect(batch.state).toBe('failed');
    expect(JSON.stringify(batch.failure)).not.toMatch(/jitter|Abandoned/i);
    await desk.admin.call(cancelImport, { params: { importId: batch.id } });
  }
});

test.each([
  ['CSV', (record) => ({ body: csvOf([record]) })],
  ['CSV with CRLF', (record) => ({ body: csvOf([record], { lineEnd: '\r\n' }) })],
  ['CSV with a byte order mark', (record) => ({ body: csvOf([record], { bom: true }) })],
  ['CSV without its last line end', (record) => ({ body: csvOf([record]).trimEnd() })],
  ['CSV with empty lines before and after', (record) => ({ body: `\n\r\n${csvOf([record])}\n\n` })],
  [
    'CSV in lower case',
    (record) => ({
      body: csvOf([mapKeys(record, (key) => key.toLowerCase())], {
        columns: headers.map((name) => name.toLowerCase()),
      }),
    }),
  ],
  [
    'CSV with all fields quoted',
    (record) => ({
      body: csvOf([`"${headers.map((name) => (record[name] ?? '').replaceAll('"', '""')).join('","')}"`]),
    }),
  ],
  ['CSV in another order', (record) => ({ body: csvOf([record], { columns: headers.toReversed() }) })],
  [
    'CSV with unknown columns',
    (record) => ({
      body: csvOf([{ ...record, Kostenstelle: '12,5', Bemerkung: 'x' }], { columns: withExtra }),
      notes: ['columns_ignored'],
    }),
  ],
  ['semicolons', (record) => ({ body: csvOf([record], { delimiter: ';' }), notes: ['semicolons'] })],
  [
    'semicolons that are announced',
    (record) => ({ body: `sep=;\r\n${csvOf([record], { delimiter: ';', lineEnd: '\r\n' })}`, notes: ['semicolons'] }),
  ],
  ['line ends of an old Mac', (record) => ({ body: csvOf([record], { lineEnd: '\r' }) })],
  ['tabs', (record) => ({ body: csvOf([record], { delimiter: '\t' }), notes: ['tabs'] })],
  [
    'UTF-16 with a mark',
    (record) => ({ body: Buffer.from(csvOf([record], { bom: true }), 'utf16le'), notes: ['utf16'] }),
  ],
  ['UTF-16 without a mark', (record) => ({ body: Buffer.from(csvOf([record]), 'utf16le'), notes: ['utf16'] })],
  [
    'UTF-16, the other byte first, with tabs',
    (record) => ({
      body: Buffer.from(csvOf([record], { bom: true, delimiter: '\t' }), 'utf16le').swap16(),
      notes: ['utf16', 'tabs'],
    }),
  ],
  ['{"items": […]}', (record) => ({ body: jsonOf(record) })],
  [
    '{"items": […]}, pretty-printed, with a byte order mark',
    (record) => ({ body: `\uFEFF${JSON.stringify({ items: [record] }, null, 2)}` }),
  ],
  ['JSON in UTF-16', (record) => ({ body: Buffer.from(`\uFEFF${jsonOf(record)}`, 'utf16le'), notes: ['utf16'] })],
  [
    'wrapper keys before',
    (record) => ({
      body: JSON.stringify(
        { total: 1, note: 'a "quoted" {brace}', ok: true, links: { next: ['x', { y: '}' }] }, Items: [record] },
        null,
        1,
      ),
    }),
  ],
  [
    'wrapper keys after',
    (record) => ({
      body: JSON.stringify({ items: [record], links: { next: ['https://x/{a}', '"]}'] }, totalCount: 1 }),
    }),
  ],
  [
    'pages of answers after each other',
    (record) => ({ body: `${jsonOf(record)}\n${jsonOf(leg('second page'))}`, rows: 2 }),
  ],
  ['an array', (record) => ({ body: JSON.stringify([record]) })],
  ['JSON lines', (record) => ({ body: `${JSON.stringify(record)}\n` })],
  [
    'JSON lines, pretty-printed, CRLF, no end',
    (record) => ({ body: JSON.stringify(record, null, 2).replaceAll('\n', '\r\n') }),
  ],
  [
    'JSON in another case',
    (record) => ({ body: jsonOf(mapKeys(record, (key) => ` ${key.toUpperCase().replace(' ', '  ')}`)) }),
  ],
  [
    'JSON with an unknown key',
    (record) => ({
      body: JSON.stringify({ items: [{ ...record, 'Vendor note': { a: [1, '}'] } }] }),
      notes: ['columns_ignored'],
    }),
  ],
] as [string, (record: Record<string, string>) => Form][])('%s comes in whole', async (name, formOf) => {
  const record = leg(name, { User: 'Ада, "Зорница"', Location: 'Пловдив' });
  const { body, notes = [], rows = 1 } = formOf(record);
  const batch = await desk.import(body, 'calls.bin');
  expect(batch).toMatchObject({ state: 'committed', failure: null, counts: counted({ read: rows, new: rows }) });
  expect(batch.notes.map((note) => note.code).filter((code) => code !== 'columns_absent')).toEqual(notes);
  const fields = await desk.fields(name);
  for (const [column, value] of Object.entries(record))
    expect([column, fields.get(column)?.value]).toEqual([column, value]);
  expect(await desk.spool()).toEqual([]);
});

test('a large JSON in many reads gives every record once', async () => {
  const records = Array.from({ length: 4000 }, (_, index) =>
    leg(`many ${index}`, { User: `Зорница ${index} ${'"\\{['.repeat(index % 50)}` }),
  );
  for (const [body, expected] of [
    [JSON.stringify({ totalCount: 4000, items: records }), { new: 4000 }],
    [records.map((one) => JSON.stringify(one)).join('\n'), { duplicate: 4000 }],
  ] as const)
    expect((await desk.import(body)).counts).toEqual(counted({ read: 4000, ...expected }));
  expect((await desk.fields('many 3999')).get('User')?.value).toBe(`Зорница 3999 ${'"\\{['.repeat(3999 % 50)}`);
});

test('a name or a value that the directory cannot store as it is does not hold up the file, nor the one behind it', async () => {
  const own = await importDesk();
  const bad = await own.queue('[😀]', 'a.json');
  const good = await own.queue(
    JSON.stringify([leg('nul', { User: 'A\0da', 'odd \0 name': '1', 'half \ud83d': '2' })]),
    'b.json',
  );
  await own.drain();
  expect(await own.get(bad)).toMatchObject({
    state: 'failed',
    failure: { code: 'import_json_invalid', data: { reason: '“😀” stands where a record should begin' } },
  });
  const batch = await own.get(good);
  expect(batch.counts).toEqual(counted({ read: 1, new: 1 }));
  expect(batch.notes).toContainEqual({ code: 'columns_ignored', data: { columns: 'odd   name, half \uFFFD' } });
  expect((await own.fields('nul')).get('User')?.value).toBe('Ada');
});
