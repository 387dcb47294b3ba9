import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCallLeg } from '@hub/contract/calling-usage';
import * as api from '@hub/contract/imports';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { callHistoryColumns } from './call-history-columns.ts';
import { numberRows } from './number-rows.ts';
import { callHistory } from './feeds/call-history.ts';
import { countingStructure, type FileShape, readSettings } from './stage-sql.ts';
import {
  counted,
  csvLine,
  csvOf,
  type Desk,
  type Fields,
  headers,
  importDesk,
  leg,
  orgOf,
  uuidOf,
} from './test-support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await importDesk();
});

describe('a record is rejected', () => {
  const cases: [string, Fields | string, Partial<api.RejectedRow>][] = [
    [
      'a Start time that is no time',
      leg('r1', { 'Start time': 'yesterday' }),
      { column: 'Start time', value: 'yesterday', reason: 'not_a_time' },
    ],
    [
      'a Start time of day and month in either order',
      leg('r2', { 'Start time': '03/04/2026 09:00:00' }),
      { column: 'Start time', reason: 'not_a_time' },
    ],
    [
      'an hour that does not exist',
      leg('r3', { 'Start time': '2026-11-20T25:00:00Z' }),
      { column: 'Start time', reason: 'not_a_time' },
    ],
    [
      'a month that does not exist',
      leg('r4', { 'Start time': '2026-00-20T05:00:00Z' }),
      { column: 'Start time', reason: 'not_a_time' },
    ],
    [
      'a day that does not exist',
      leg('r5', { 'Start time': '2026-02-30T05:00:00Z' }),
      { column: 'Start time', reason: 'not_a_time' },
    ],
    ...[
      '2026-11-20T05:00:00+99:99',
      '2026-11-20T05:00:00+15:00',
      '2026-11-20T05:00:61Z',
      '2026-11-20T05:00:00Z tomorrow',
      '2026-11-20 05:00 PM',
      '20-6-11-20T05:00:00.000Z',
      '2026-11-2TT05:00:00.000Z',
      '2026-11-20T05T00:00.000Z',
    ].map((time, index): [string, Fields, Partial<api.RejectedRow>] => [
      `the impossible time ${time}`,
      leg(`rt${index}`, { 'Start time': time }),
      { column: 'Start time', value: time, reason: 'not_a_time' },
    ]),
    [
      'a text without end',
      leg('rl1', { User: 'я'.repeat(1001) }),
      { column: 'User', value: 'я'.repeat(250), reason: 'too_long', data: { limit: 1000 } },
    ],
    [
      'a Location without end',
      leg('rl2', { Location: 'x'.repeat(501) }),
      { column: 'Location', reason: 'too_long', data: { limit: 500 } },
    ],
    ['no Start time', leg('r6', { 'Start time': '' }), { column: 'Start time', value: '', reason: 'time_required' }],
    [
      'NA as Start time',
      leg('r7', { 'Start time': 'NA' }),
      { column: 'Start time', value: 'NA', reason: 'time_required' },
    ],
    [
      'a date of 1970',
      leg('r8', { 'Start time': '1970-01-01T00:00:00.000Z' }),
      { column: 'Start time', reason: 'time_before', data: { limit: '2000-01-01' } },
    ],
    [
      'a date of 2099',
      leg('r9', { 'Start time': '2099-01-01T00:00:00.000Z' }),
      { column: 'Start time', reason: 'time_after', data: { limit: '2026-12-02T10:00:00.000Z' } },
    ],
    [
      'a date of the year 1',
      leg('r10', { 'Answer time': '0001-01-01T00:00:00Z' }),
      { column: 'Answer time', reason: 'time_before' },
    ],
    [
      'an unreadable Answer time',
      leg('r11', { 'Answer time': 'soon' }),
      { column: 'Answer time', reason: 'not_a_time' },
    ],
    [
      'an unreadable Release time',
      leg('r12', { 'Release time': '1700000000' }),
      { column: 'Release time', reason: 'not_a_time' },
    ],
    [
      'a Report time in the future',
      leg('r13', { 'Report time': '2027-01-01T00:00:00Z' }),
      { column: 'Report time', reason: 'time_after' },
    ],
    ['a negative Duration', leg('r14', { Duration: '-5' }), { column: 'Duration', value: '-5', reason: 'below_zero' }],
    [
      'a Duration with a fraction',
      leg('r15', { Duration: '5.5' }),
      { column: 'Duration', reason: 'not_a_whole_number' },
    ],
    ['no Duration', leg('r16', { Duration: '' }), { column: 'Duration', reason: 'not_a_whole_number' }],
    [
      'a Duration beyond all bounds',
      leg('r17', { Duration: '99999999999999999999' }),
      { column: 'Duration', reason: 'not_a_whole_number' },
    ],
    [
      'a row too short',
      csvLine(leg('r18')).split(',').slice(0, 50).join(','),
      {
        column: null,
        value: csvLine(leg('r18')).split(',').slice(0, 50).join(','),
        reason: 'column_count',
        data: { expected: 83, found: 50 },
      },
    ],
    [
      'a row too short by one',
      csvLine(leg('r19')).slice(0, -1),
      { column: null, reason: 'column_count', data: { expected: 83, found: 82 } },
    ],
    [
      'a row too long',
      `${csvLine(leg('r20'))},x`,
      { column: null, reason: 'column_count', data: { expected: 83, found: 84 } },
    ],
    [
      'a row much too long',
      `${csvLine(leg('r21'))},x,,z`,
      { column: null, reason: 'column_count', data: { expected: 83, found: 86 } },
    ],
    [
      'a row too long to be counted',
      `${csvLine(leg('r23'))}${',x'.repeat(200)}`,
      { column: null, reason: 'column_count', data: { expected: 83 } },
    ],
    [
      'a quote out of place',
      csvLine(leg('r22', { User: 'U' })).replace(',U,', ',"U"x,'),
      { column: null, reason: 'quote_misplaced' },
    ],
  ];

  test('each with row, line, column, value and reason; its neighbours come in', async () => {
    const rows = [leg('first'), ...cases.map(([, row]) => row), leg('last')];
    const batch = await desk.import(csvOf(rows));
    expect(batch.counts).toEqual(counted({ read: cases.length + 2, new: 2, rejected: cases.length }));
    const rejected = await desk.rejected(batch);
    expect(rejected).toHaveLength(cases.length);
    for (const [index, [name, , expected]] of cases.entries()) {
      expect({ name, ...rejected[index] }).toMatchObject({ name, row: index + 2, line: index + 3, ...expected });
      const { reason, data = {} } = rejected[index] ?? {};
      expect(Object.keys(data)).toEqual(expect.arrayContaining([...api.rejectReasonData[reason ?? 'not_a_time']]));
    }
    expect(await desk.spool()).toEqual([]);
  });

  test('without quotes out of place as well, where the engine reads the file itself', async () => {
    const direct = cases.filter(([, , { reason }]) => reason !== 'quote_misplaced');
    const batch = await desk.import(csvOf([...direct.map(([, row]) => row), leg('direct')]));
    expect(batch.counts).toEqual(counted({ read: direct.length + 1, new: 1, rejected: direct.length }));
    const rejected = await desk.rejected(batch);
    for (const [index, [name, , expected]] of direct.entries()) {
      expect({ name, ...rejected[index] }).toMatchObject({ name, row: index + 1, line: index + 2, ...expected });
    }
    const list = await desk.admin.call(api.listRejectedRows, {
      params: { importId: batch.id },
      query: { after: 3, limit: 2 },
    });
    expect(list.items.map((item) => item.row)).toEqual([4, 5]);
    expect(list).toMatchObject({ next: 5, total: direct.length });
    expect(list.byReason.reduce((sum, entry) => sum + entry.count, 0)).toBe(direct.length);
    expect(list.byReason).toContainEqual({ column: null, reason: 'column_count', count: 5 });
  });

  test('in JSON without a line', async () => {
    const batch = await desk.import(
      JSON.stringify([leg('j1'), { ...leg('j2'), Duration: -1 }, leg('j3', { 'Start time': 'x\ny' })]),
    );
    expect(batch.counts).toEqual(counted({ read: 3, new: 1, rejected: 2 }));
    expect(await desk.rejected(batch)).toMatchObject([
      { row: 2, line: null, column: 'Duration', value: '-1', reason: 'below_zero' },
      { row: 3, line: null, column: 'Start time', value: 'x\ny', reason: 'not_a_time' },
    ]);
  });

  test('and can be mended in the file of rejected rows and dropped again', async () => {
    const batch = await desk.import(
      csvOf([leg('m1', { Duration: '-1', User: '=1+1' }), leg('m2'), `${csvLine(leg('m3'))},x`], {
        delimiter: ';',
      }).replaceAll(',', ';'),
    );
    expect(batch.counts).toMatchObject({ rejected: 2 });
    const { text, fileName } = await desk.admin.download(api.exportRejectedRows, { params: { importId: batch.id } });
    expect(fileName).toBe(`Rejected rows_B-${batch.number}.csv`);
    expect(text).toContain(",'=1+1,");
    const mended = await desk.import(text.replace(',-1,', ',1,').replace(/,x(?=\r\n)/, ''));
    expect(mended.counts).toEqual(counted({ read: 2, new: 2 }));
    expect((await desk.fields('m1')).get('User')?.value).toBe('=1+1');
    expect((await desk.fields('m3')).get('User')?.value).toBe('Ada Byron');
  });
});

test('texts of the greatest length and times in every right form come in', async () => {
  const times = [
    '2026-11-20T11:00:00.000+02:00',
    '2026-11-20 09:00',
    '2026-11-20 09:00:00 UTC',
    '2026-11-20T09:00:00+0000',
  ];
  const batch = await desk.import(
    csvOf([
      leg('longest', { User: 'я'.repeat(1000), Location: 'ж'.repeat(500) }),
      ...times.map((time, index) => leg(`form ${index}`, { 'Start time': time })),
    ]),
  );
  expect(batch.counts).toEqual(counted({ read: times.length + 1, new: times.length + 1 }));
  for (const index of times.keys())
    expect((await desk.fields(`form ${index}`)).get('Start time')?.value).toBe('2026-11-20T09:00:00.000Z');
});

test('what is kept of a rejected row is short', async () => {
  const batch = await desk.import(csvOf([leg('kept', { User: 'я'.repeat(50_000) })]));
  const { text } = await desk.admin.download(api.exportRejectedRows, { params: { importId: batch.id } });
  expect(/я+/.exec(text)?.[0]).toHaveLength(2000);
});

test('millions of empty lines take no memory, and what stands behind them has its number', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hub-blank-'));
  const blank = 2_000_000;
  await writeFile(join(folder, 'from'), `User,Model\n${'\r\n'.repeat(blank)}a,b\n${'\n'.repeat(blank)}`);
  const before = process.memoryUsage().heapUsed;
  let highest = 0;
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().heapUsed - before);
  }, 5);
  await numberRows(join(folder, 'from'), join(folder, 'to'), { delimiter: ',', headRecords: 1, columns: headers });
  clearInterval(watch);
  expect(highest).toBeLessThan(150_000_000); // two buffers for each are 800 MB
  const written = (await readFile(join(folder, 'to'), 'latin1')).split('\n');
  expect(written).toHaveLength(blank + 2);
  expect(written[0]).toBe('1,2,0,,');
  expect(written.slice(-3)).toEqual([`${blank},${blank + 1},0,,`, `${blank + 1},${blank + 2},0,,a,b`, '']);
  await rm(folder, { recursive: true });
}, 60_000);

describe('a quote that is never closed', () => {
  const broken = (name: string): string => csvLine(leg(name, { User: 'Q' })).replace(',Q,', ',"Q,');

  test.each([
    ['on the last row', [leg('a'), broken('b')], [[2, 3]], 1],
    ['in the middle, no other quote', [leg('a'), broken('b'), leg('c'), leg('d')], [[2, 3]], 3],
    [
      'closed by the next quote, which stands well',
      [leg('a'), broken('b'), leg('c'), leg('d', { User: 'x, y' }), leg('e')],
      [[2, 3]],
      4,
    ],
    [
      'twice',
      [broken('a'), leg('b'), broken('c'), leg('d', { User: 'multi\nline' }), broken('e')],
      [
        [1, 2],
        [3, 4],
        [5, 7],
      ],
      2,
    ],
    ['in the first field', [`"${csvLine(leg('a'))}`, leg('b'), leg('c')], [[1, 2]], 2],
  ] as [string, (Fields | string)[], [number, number][], number][])(
    '%s costs its line and nothing else',
    async (name, rows, places, entered) => {
      const own = await importDesk();
      const batch = await own.import(csvOf(rows));
      expect(batch.counts).toEqual(counted({ read: rows.length, new: entered, rejected: places.length }));
      const rejected = await own.rejected(batch);
      expect(rejected.map(({ row, line }) => [row, line])).toEqual(places);
      for (const row of rejected) expect(row.reason).toMatch(/^quote_/);
      const record = (await own.admin.download(api.exportRejectedRows, { params: { importId: batch.id } })).text;
      expect(record).toContain(uuidOf(`report ${name.startsWith('in the first') || name === 'twice' ? 'a' : 'b'}`));
    },
  );
});

test('rows and lines are right behind values of several lines and behind broken rows, in a file of many blocks', async () => {
  const expected: [number, number][] = [];
  const rows: string[] = [];
  let line = 2;
  const filler = 'x'.repeat(500);
  for (let row = 1; row <= 24_000; row++) {
    const isBad = row % 4801 === 0;
    const isBroken = row % 5003 === 0;
    const record = leg(`big ${row}`, {
      User: row % 1999 === 0 ? `two\nlines\n"${filler}"` : filler,
      ...(isBad ? { Duration: '-1' } : {}),
    });
    const text = isBroken ? csvLine({ ...record, Location: 'Q' }).replace(',Q,', ',"Q"x,') : csvLine(record);
    if (isBad || isBroken) expected.push([row, line]);
    rows.push(text);
    line += text.split('\n').length;
  }
  const whole = csvOf(rows, { lineEnd: '\r\n' });
  expect(whole.length).toBeGreaterThan(20_000_000);
  const batch = await desk.import(whole);
  expect(batch.counts).toEqual(counted({ read: 24_000, new: 24_000 - expected.length, rejected: expected.length }));
  expect((await desk.rejected(batch)).map(({ row, line: at }) => [row, at])).toEqual(expected);

  // The same without broken rows: here the engine numbers the rows itself, several blocks at a time.
  const clean = await desk.import(
    csvOf(
      rows.filter((text) => !text.includes('"Q"x')),
      { lineEnd: '\r\n' },
    ),
  );
  expect(clean.counts).toEqual(counted({ read: 23_996, duplicate: 23_992, rejected: 4 }));
  const places = (await desk.rejected(clean)).map((row) => [row.row, row.line]);
  const shifted = expected
    .filter(([row]) => row % 5003 !== 0)
    .map(([row, at]) => [row - Math.floor(row / 5003), at - Math.floor(row / 5003)]);
  expect(places).toEqual(shifted);
}, 60_000);

test('whatever stands in a file, its numbered copy can be read, no line is lost, and every good row is found', async () => {
  const store = desk.hub.installation.stores.get('eu');
  const folder = await mkdtemp(join(tmpdir(), 'hub-number-'));
  const junk = fc.string({
    unit: fc.constantFrom('a', ',', '"', '\n', '\r', '\r\n', '""', ' ', '\t', '\\', "'"),
    maxLength: 14,
  });
  const shape: FileShape = {
    feed: callHistory,
    factors: new Map(),
    columns: ['user', 'model'],
    delimiter: ',',
    headRecords: 1,
    headLines: 1,
    isNumbered: true,
  };
  const beyond = Array.from({ length: 16 }, (_, index) => `b_${index}`); // more than the junk has separators
  await fc.assert(
    fc.asyncProperty(
      fc.array(junk, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('\n', '\r\n', ''),
      async (pieces, end) => {
        const text = `User,Model\n${pieces.flatMap((piece, index) => [piece, `good,${index}`]).join('\n')}${end}`;
        await writeFile(join(folder, 'from'), text);
        await rm(join(folder, 'to'), { force: true });
        await numberRows(join(folder, 'from'), join(folder, 'to'), shape);
        const rows = await store?.askFile<{
          n_row: number;
          n_line: number;
          n_fault: number;
          n_raw: string;
          r_0: string | null;
          r_1: string | null;
          beyond: (string | null)[];
        }>({
          select: `SELECT n_row, n_line, n_fault, n_raw, r_0, r_1, [${beyond.join(', ')}] AS beyond FROM @file ORDER BY n_row`,
          file: { path: join(folder, 'to'), format: 'CSV', structure: countingStructure(shape) },
          settings: readSettings(shape),
        });
        const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
        expect(rows?.map((row) => row.n_row)).toEqual(rows?.map((_, index) => index + 1));
        const faulty = (rows ?? []).filter((row) => row.n_fault !== 0);
        expect(faulty.map((row) => row.n_raw)).toEqual(faulty.map((row) => lines[row.n_line - 1]));
        // A quote of the junk may pair with one behind a good row: then that row stands inside a value.
        const all = (rows ?? []).map((row) => [row.n_raw + row.r_0, row.r_1, ...row.beyond].join(',')).join('\n');
        for (const index of pieces.keys()) expect(all).toContain(`good,${index}`);
        const good = (rows ?? []).filter((row) => row.r_0 === 'good');
        expect(good.map((row) => lines[row.n_line - 1])).toEqual(good.map((row) => `good,${row.r_1}`));
      },
    ),
    { numRuns: 150, examples: [[[',,,"', '"', ''], '\n']] },
  );
  await rm(folder, { recursive: true });
}, 60_000);

test('spaces around a value are part of it, in a file that the engine may trim and in one that it may not', async () => {
  const last = headers.at(-1) as string;
  const cases = {
    s1: ['Ada ', 'Ada '],
    s2: ['Ada\t', 'Ada\t'],
    s3: [' Ada', ' Ada'],
    s4: ['"Ada "', 'Ada '],
    s5: ['" "', ' '],
  };
  for (const [name, [sent = '', kept]] of Object.entries(cases)) {
    const records = [leg(name, { User: 'SENT', [last]: 'SENT' }), leg(`${name} after`, { User: '', [last]: '' })];
    const batch = await desk.import(csvOf(records).replaceAll('SENT', sent));
    expect([name, batch.failure, batch.counts]).toEqual([name, null, counted({ read: 2, new: 2 })]);
    const fields = await desk.fields(name);
    expect([name, fields.get('User')?.value, fields.get(last)?.value]).toEqual([name, kept, kept]);
  }
});

const sample: Fields = Object.fromEntries(
  callHistoryColumns.map(({ header, kind, name }, index) => {
    if (kind.endsWith('time'))
      return [
        header,
        `2026-11-${String(10 + (index % 15)).padStart(2, '0')}T0${index % 10}:05:06.${String(100 + index)}Z`,
      ];
    if (kind === 'uuid')
      return [
        header,
        name === 'org_uuid' ? orgOf('known') : name === 'report_id' ? uuidOf('report all') : uuidOf(header),
      ];
    if (kind === 'flag') return [header, 'true'];
    if (kind === 'count' || kind === 'required_count') return [header, String(index + 1)];
    return [header, `${header} – „${index}“, "x";\t\\N \\ ' ${index % 2 ? '=1+1' : '@x'}\nz`];
  }),
);

describe('every column', () => {
  test.each([',', ';', '\t'])('comes back as it was sent, with %j between them', async (delimiter) => {
    const own = await importDesk();
    const batch = await own.import(csvOf([sample], { delimiter }));
    expect(batch.counts).toEqual(counted({ read: 1, new: 1 }));
    const fields = await own.fields('all', (sample['Start time'] ?? '').slice(0, 10));
    expect(Object.fromEntries([...fields].map(([column, { value }]) => [column, value]))).toEqual(sample);
    expect([...fields].filter(([, { isEmptied }]) => isEmptied)).toEqual([]);
  });

  test('comes back from JSON too', async () => {
    const own = await importDesk();
    await own.import(JSON.stringify([{ ...sample, Duration: Number(sample['Duration']), Answered: true }]));
    const fields = await own.fields('all', (sample['Start time'] ?? '').slice(0, 10));
    expect(Object.fromEntries([...fields].map(([column, { value }]) => [column, value]))).toEqual(sample);
  });

  test('that is no text is emptied and counted when it cannot be read; NA is nothing', async () => {
    const over = {
      Answered: 'maybe',
      'Correlation ID': 'zz',
      'User UUID': 'NA',
      'Site UUID': '1',
      'Ring duration': '-3',
      'Hold Duration': '4294967296',
      'Call transfer time': 'later',
      'Answer time': 'NA',
      Location: 'NA',
      Model: 'na',
      'Report ID': 'not one',
      'Org UUID': orgOf('known'),
    };
    const batch = await desk.import(csvOf([leg('emptied', over), leg('whole', { 'Ring duration': '' })]));
    expect(batch.counts).toEqual(counted({ read: 2, new: 2 }));
    const emptied = [
      'Answered',
      'Call transfer time',
      'Correlation ID',
      'Hold Duration',
      'Report ID',
      'Ring duration',
      'Site UUID',
    ];
    expect(batch.emptied.map((entry) => entry.column).sort()).toEqual(emptied);
    for (const entry of batch.emptied) expect(entry.count).toBe(1);
    // Without a readable Report ID its content is its identity.
    expect((await desk.import(csvOf([leg('emptied', over)]))).counts).toEqual(counted({ read: 1, duplicate: 1 }));
    expect((await desk.import(csvOf([leg('emptied', { ...over, User: 'another' })]))).counts).toEqual(
      counted({ read: 1, new: 1 }),
    );
  });
});

test('Cisco’s documented example comes in, and reads back field by field', async () => {
  const own = await importDesk({ orgs: [] });
  const text = await readFile(join(import.meta.dirname, 'fixtures/webex-cdr-feed-documented-example.json'), 'utf8');
  const { items } = JSON.parse(text) as { items: Record<string, string | number>[] };
  const record = new Map(Object.entries(items[0] ?? {}).map(([key, value]) => [key.toLowerCase(), String(value)]));
  await own.customer(record.get('org uuid') ?? '');
  const batch = await own.import(text, 'webex-cdr-feed-documented-example.json');
  expect(batch).toMatchObject({
    format: 'json',
    feed: 'webex_call_history',
    counts: counted({ read: 1, new: 1 }),
    emptied: [],
  });
  const found = await own.admin.call(getCallLeg, {
    params: { reportId: record.get('report id') ?? '' },
    query: { region: 'eu', startDate: '2020-05-14' },
  });
  expect(found.fields).toHaveLength(83);
  for (const { column, value } of found.fields) {
    const sent = record.get(column.toLowerCase()) ?? '';
    const expected = sent === 'na' ? '' : column === 'Release time' ? '2023-10-12T21:22:32.621Z' : sent;
    expect([column, value]).toEqual([column, expected]);
  }
  expect(record.size).toBe(found.fields.filter(({ value }) => value !== '').length + 1); // OS type is "na"
});

test('text like a formula is kept as it came', async () => {
  const formulas = [
    '=HYPERLINK("http://x","y")',
    '+1 555 0100',
    '-2+3',
    '@SUM(A1)',
    "'=1",
    '\\N',
    '"quoted"',
    '<script>',
  ];
  await desk.import(csvOf(formulas.map((User, index) => leg(`formula ${index}`, { User }))));
  for (const [index, text] of formulas.entries())
    expect((await desk.fields(`formula ${index}`)).get('User')?.value).toBe(text);
});
