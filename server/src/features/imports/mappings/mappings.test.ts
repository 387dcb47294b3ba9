import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { getCallingUsage } from '@hub/contract/calling-usage';
import * as api from '@hub/contract/import-mappings';
import * as imports from '@hub/contract/imports';
import { beforeEach, expect, test } from 'vitest';
import { counted, csvOf, type Desk, importDesk, leg, orgOf } from '../test-support.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await importDesk();
});

const given = { orgUuid: orgOf('known') };

/** Calls of some exchange: local times with the day first, minutes, and words of its own. */
const pbx = [
  'Call date;Extension;Number dialed;Talk time (min);Result',
  '20/11/2026 09:00;101;+35921234567;1.5;Answered',
  '20/11/2026 9:05;102;+35921234568;0;No answer',
  '20.11.2026 23:30;101;+35921234569;0:02:10;Answered',
  '31/02/2026 10:00;101;1;1;Answered',
  '',
].join('\n');

const mapping: api.ColumnMapping = {
  feed: 'webex_call_history',
  hasHeader: true,
  skipRows: 0,
  fields: {
    start_time: { columns: ['Call date'], conversion: { kind: 'time', form: 'day_first', zone: 'Europe/Sofia' } },
    duration: { columns: ['Talk time (min)'], conversion: { kind: 'unit', unit: 'minutes' } },
    user_number: { columns: ['Extension'] },
    called_number: { columns: ['Number dialed'] },
    answered: { columns: ['Result'], conversion: { kind: 'flag', words: ['answered'], meaning: 'yes' } },
    direction: { value: 'ORIGINATING' },
    user_type: { value: 'User' },
  },
};

const unknown = async (body: string | Buffer = pbx, name = 'pbx.csv', facts: typeof given | undefined = given) => {
  const batch = await desk.import(body, name, facts);
  expect(batch).toMatchObject({ state: 'failed', failure: { code: 'import_unknown_columns' } });
  return { importId: batch.id };
};

const apply = async (params: { importId: imports.ImportBatch['id'] }, body = { name: 'Our exchange', mapping }) => {
  await desk.admin.call(api.applyMapping, { params, body });
  await desk.drain();
  return desk.get({ id: params.importId });
};

const legs = (): Promise<{ start: string; duration: number; answered: boolean; user: string; called: string }[]> => {
  const store = desk.hub.installation.stores.get('eu');
  if (!store) throw new Error('There is no store.');
  return store.ask(
    `SELECT toString(start_time) AS start, duration, answered, user_number AS user, called_number AS called FROM @region.call_leg
     WHERE partner_id = {partner:UUID} ORDER BY start_time`,
    { parameters: { partner: desk.partnerId } },
  );
};

test('an unknown file is kept, shown, suggested for, tried, and read by what its columns mean', async () => {
  const params = await unknown();
  const draft = await desk.admin.call(api.getMappingDraft, { params, query: {} });
  expect(draft).toMatchObject({ fileName: 'pbx.csv', hasHeader: true, likeliest: 'webex_call_history', name: 'pbx' });
  expect(draft.columns[1]).toMatchObject({ name: 'Extension', samples: ['101', '102', '101', '101'] });
  const suggested = draft.feeds.find(({ feed }) => feed === 'webex_call_history')?.suggested.fields;
  expect(suggested).toMatchObject({
    start_time: { columns: ['Call date'], conversion: { kind: 'time', form: 'day_first' } },
    user_number: { columns: ['Extension'] },
    called_number: { columns: ['Number dialed'] },
    duration: { columns: ['Talk time (min)'], conversion: { kind: 'unit', unit: 'minutes' } },
    answered: { columns: ['Result'], conversion: { kind: 'flag', words: ['Answered'], meaning: 'yes' } },
    direction: { value: 'ORIGINATING' },
  });

  const tried = await desk.admin.call(api.previewMapping, { params, body: mapping });
  expect(tried).toMatchObject({ read: 4, rejected: 1 });
  expect(tried.fields.find(({ name }) => name === 'start_time')).toMatchObject({
    rejected: 1,
    reason: 'not_a_time',
    example: '31/02/2026 10:00',
  });
  expect(tried.rows[0]?.values).toContain('2026-11-20 07:00:00.000Z');
  expect(tried.rows.map(({ rejectedFor }) => rejectedFor)).toEqual([null, null, null, ['start_time']]);
  expect(await legs()).toEqual([]);

  const done = await apply(params);
  expect(done).toMatchObject({
    state: 'committed',
    feed: 'webex_call_history',
    counts: counted({ read: 4, new: 3, rejected: 1 }),
  });
  expect(done.notes).toContainEqual({ code: 'mapped', data: { name: 'Our exchange', version: 1 } });
  expect(await legs()).toEqual([
    { start: '2026-11-20 07:00:00.000', duration: 90, answered: true, user: '101', called: '+35921234567' },
    { start: '2026-11-20 07:05:00.000', duration: 0, answered: false, user: '102', called: '+35921234568' },
    { start: '2026-11-20 21:30:00.000', duration: 130, answered: true, user: '101', called: '+35921234569' },
  ]);
  expect(await desk.rejected(done)).toMatchObject([
    { line: 5, column: 'Call date', value: '31/02/2026 10:00', reason: 'not_a_time' },
  ]);
});

test('a year of two digits is rejected with its own reason, and read where somebody says what comes first', async () => {
  const own = await importDesk();
  const plain = await own.import(csvOf([leg('short', { 'Start time': '23.11.26 10:00' }), leg('whole')]));
  expect(await own.rejected(plain)).toMatchObject([
    { row: 1, column: 'Start time', value: '23.11.26 10:00', reason: 'year_short' },
  ]);
  const params = await unknown(pbx.replaceAll('2026 ', '26 '));
  const draft = await desk.admin.call(api.getMappingDraft, { params, query: {} });
  expect(draft.columns[0]).toMatchObject({ timeForm: null });
  const fields = { ...mapping.fields, start_time: { columns: ['Call date'] } };
  const unsaid = await desk.admin.call(api.previewMapping, { params, body: { ...mapping, fields } });
  expect(unsaid.fields.find(({ name }) => name === 'start_time')).toMatchObject({ rejected: 4, reason: 'year_short' });
  const said = await desk.admin.call(api.previewMapping, { params, body: mapping });
  expect(said.rejected).toBe(1);
  expect(said.rows[0]?.values).toContain('2026-11-20 07:00:00.000Z');
  // No calendar has that day: nobody is sent back to the mapping that says all.
  expect(said.fields.find(({ name }) => name === 'start_time')).toMatchObject({ reason: 'not_a_time' });
  expect(await desk.rejected(await apply(params))).toMatchObject([
    { line: 5, value: '31/02/26 10:00', reason: 'not_a_time' },
  ]);
});

test('the next file with these columns, in whatever order and case, is read unasked, and the same rows are the same', async () => {
  await apply(await unknown());
  expect(await desk.import(pbx, 'again.csv', given)).toMatchObject({
    state: 'committed',
    counts: counted({ read: 4, duplicate: 3, rejected: 1 }),
  });
  const turned = 'RESULT;call date;Extension;Number dialed;talk time (min)\nAnswered;21/11/2026 10:00;103;5;2\n';
  const next = await desk.import(turned, 'next.csv', given);
  expect(next).toMatchObject({ state: 'committed', counts: counted({ read: 1, new: 1 }) });
  expect((await legs()).at(-1)).toMatchObject({ start: '2026-11-21 08:00:00.000', duration: 120, user: '103' });
});

test('a mapping is saved in versions under its name, listed, and removed', async () => {
  await apply(await unknown());
  const { items } = await desk.admin.call(api.listMappings, {});
  expect(items).toMatchObject([{ name: 'Our exchange', version: 1, feed: 'webex_call_history', fields: 7 }]);
  const [first] = items;
  if (first === undefined) throw new Error('There is no mapping.');
  const params = { mappingId: first.id };
  const other = await desk.hub.partner();
  expect(await other.admin.refusal(api.removeMapping, { params })).toMatchObject({ code: 'mapping_not_found' });
  expect((await other.admin.call(api.listMappings, {})).items).toEqual([]);
  await desk.admin.call(api.removeMapping, { params });
  expect(await desk.admin.refusal(api.removeMapping, { params })).toMatchObject({ code: 'mapping_not_found' });
  await apply(await unknown(), { name: 'our EXCHANGE', mapping });
  expect((await desk.admin.call(api.listMappings, {})).items).toMatchObject([{ name: 'our EXCHANGE', version: 2 }]);
});

test('people and calls of other systems are counted by ids made of their customer and number', async () => {
  await apply(await unknown());
  const usage = await desk.admin.call(getCallingUsage, {
    query: { region: 'eu', from: '2026-11-20', to: '2026-11-20' },
  });
  expect(usage.totals).toMatchObject({ calls: 3, callLegs: 3, callMinutes: 4 });
});

test('what is needed, what does not exist, and what is no kept file is told', async () => {
  const params = await unknown();
  const refusal = async (fields: api.ColumnMapping['fields']) => {
    const body = { ...mapping, fields };
    const preview = await desk.admin.refusal(api.previewMapping, { params, body });
    expect(await desk.admin.refusal(api.applyMapping, { params, body: { name: 'x', mapping: body } })).toMatchObject({
      code: preview.code,
      data: preview.data,
    });
    return [preview.code, preview.data];
  };
  const { direction: _, answered: __, ...few } = mapping.fields;
  expect(await refusal(few)).toEqual(['mapping_fields_missing', { fields: 'Answered, Direction' }]);
  expect(await refusal({ ...mapping.fields, nonsense: { value: '' } })).toEqual([
    'mapping_field_unknown',
    { field: 'nonsense' },
  ]);
  expect(await refusal({ ...mapping.fields, user: { columns: ['Town'] } })).toEqual([
    'mapping_column_unknown',
    { column: 'Town' },
  ]);
  expect(await refusal({ ...mapping.fields, user: { columns: ['#6'] } })).toEqual([
    'mapping_column_unknown',
    { column: '#6' },
  ]);
  await apply(params);
  for (const refused of [
    await desk.admin.refusal(api.getMappingDraft, { params, query: {} }),
    await desk.admin.refusal(api.previewMapping, { params, body: mapping }),
    await desk.admin.refusal(api.applyMapping, { params, body: { name: 'x', mapping } }),
  ])
    expect(refused.code).toBe('import_not_mappable');
});

test('texts of a mapping mean nothing to the engine', async () => {
  const hostile = "'; {partner:UUID} @file @row @region.call_leg \\' -- 한글";
  const body = `${hostile.replaceAll(',', '')},when,length\nx,2026-11-20T09:00:00Z,5\n`;
  const params = await unknown(body, 'hostile.csv');
  const done = await apply(params, {
    name: hostile.slice(0, 60),
    mapping: {
      ...mapping,
      fields: {
        start_time: { columns: ['when'] },
        duration: { columns: ['length'] },
        answered: { value: 'true' },
        direction: { value: 'ORIGINATING' },
        call_type: { value: hostile },
        user_type: { value: 'User' },
        user: {
          columns: [hostile],
          conversion: {
            kind: 'words',
            words: [
              { theirs: hostile, ours: hostile },
              { theirs: 'x', ours: hostile },
            ],
          },
        },
      },
    },
  });
  expect(done).toMatchObject({ state: 'committed', counts: counted({ read: 1, new: 1 }) });
  const store = desk.hub.installation.stores.get('eu');
  expect(
    await store?.ask('SELECT call_type, user FROM @region.call_leg WHERE partner_id = {partner:UUID}', {
      parameters: { partner: desk.partnerId },
    }),
  ).toEqual([{ call_type: hostile, user: hostile }]);
});

test('a packed file is shown and read as if it were not', async () => {
  const params = await unknown(gzipSync(pbx), 'pbx.csv.gz');
  expect((await desk.admin.call(api.getMappingDraft, { params, query: {} })).columns).toHaveLength(5);
  expect(await apply(params)).toMatchObject({ state: 'committed', counts: counted({ read: 4, new: 3, rejected: 1 }) });
});

test('rejected rows that were mended come in by the same mapping', async () => {
  const done = await apply(await unknown());
  const file = await desk.admin.download(imports.exportRejectedRows, { params: { importId: done.id } });
  const mended = await desk.import(file.text.replace('31/02/2026', '18/02/2026'), 'mended.csv');
  expect(mended).toMatchObject({ state: 'committed', counts: counted({ read: 1, new: 1 }) });
  const { id } = await desk.admin.call(imports.correctRejectedRows, {
    params: { importId: done.id },
    body: { rows: [{ row: 4, value: '19/02/2026 08:00' }] },
  });
  await desk.drain();
  expect(await desk.get({ id })).toMatchObject({ state: 'committed', counts: counted({ read: 1, new: 1 }) });
  expect((await legs()).slice(0, 2)).toMatchObject([
    { start: '2026-02-18 08:00:00.000' },
    { start: '2026-02-19 06:00:00.000' },
  ]);
});

test('a corrected row is the row of the whole file, in whatever order its columns come', async () => {
  const done = await apply(await unknown());
  const file = await desk.admin.download(imports.exportRejectedRows, { params: { importId: done.id } });
  await desk.import(file.text.replace('31/02/2026', '18/02/2026'), 'mended.csv');
  const whole = pbx.replace('31/02/2026', '18/02/2026');
  const turned = whole
    .trim()
    .split('\n')
    .map((line) => line.split(';').toReversed().join(';'))
    .join('\n');
  for (const body of [whole, `${turned}\n`])
    expect((await desk.import(body, 'whole.csv', given)).counts).toEqual(counted({ read: 4, duplicate: 4 }));
  expect(await legs()).toHaveLength(4);
});

test('what was guarded against spreadsheets comes back as it was', async () => {
  const body = 'when;num;secs;called\n2026-11-20T09:00:00Z;+1-206-555-0177;x;-Smith-\n';
  const params = await unknown(body, 'guarded.csv');
  const named = calls({
    start_time: { columns: ['when'] },
    duration: { columns: ['secs'] },
    user_number: { columns: ['num'] },
    called_number: { columns: ['called'] },
  });
  const done = await apply(params, { name: 'Guarded', mapping: named });
  const { text } = await desk.admin.download(imports.exportRejectedRows, { params: { importId: done.id } });
  expect(text).toContain("'+1-206-555-0177");
  expect((await desk.import(text.replace(',x,', ',7,'), 'mended.csv')).counts).toEqual(counted({ read: 1, new: 1 }));
  expect(await legs()).toMatchObject([{ user: '+1-206-555-0177', called: '-Smith-', duration: 7 }]);
});

test('corrected rows are read by the mapping of what they correct, though it was removed', async () => {
  const done = await apply(await unknown());
  const [saved] = (await desk.admin.call(api.listMappings, {})).items;
  if (saved === undefined) throw new Error('There is no mapping.');
  await desk.admin.call(api.removeMapping, { params: { mappingId: saved.id } });
  const { id } = await desk.admin.call(imports.correctRejectedRows, {
    params: { importId: done.id },
    body: { rows: [{ row: 4, value: '19/02/2026 08:00' }] },
  });
  await desk.drain();
  expect(await desk.get({ id })).toMatchObject({ state: 'committed', counts: counted({ read: 1, new: 1 }) });
});

function calls(over: api.ColumnMapping['fields'], rest: Partial<api.ColumnMapping> = {}): api.ColumnMapping {
  return {
    ...mapping,
    ...rest,
    fields: { answered: { value: 'true' }, direction: { value: 'ORIGINATING' }, user_type: { value: 'User' }, ...over },
  };
}

test('a mapping of a file without names reads no other file of as many columns', async () => {
  const params = await unknown('2026-11-10T10:00:00Z,30,100\n', 'bare.csv');
  const bare = calls(
    { start_time: { columns: ['#1'] }, duration: { columns: ['#2'] }, user_number: { columns: ['#3'] } },
    { hasHeader: false },
  );
  await apply(params, { name: 'Bare', mapping: bare });
  expect((await desk.import('2026-11-11T10:00:00Z,5,100\n', 'next.csv', given)).counts).toEqual(
    counted({ read: 1, new: 1 }),
  );
  for (const body of ['city,country,zip\nSofia,BG,1000\n', 'when,secs,num\n2026-11-10 12:00:00,30,1\n', ',30,100\n'])
    expect(await desk.import(body, 'other.csv', given)).toMatchObject({ failure: { code: 'import_unknown_columns' } });
});

test('columns without names stay in their places: another order is another kind of file', async () => {
  const params = await unknown('when,,secs\n2026-11-10T10:00:00Z,100,30\n', 'half.csv');
  const half = calls({
    start_time: { columns: ['when'] },
    duration: { columns: ['secs'] },
    user_number: { columns: ['#2'] },
  });
  await apply(params, { name: 'Half', mapping: half });
  expect(await desk.import(',when,secs\n100,2026-11-10T10:00:00Z,30\n', 'turned.csv', given)).toMatchObject({
    failure: { code: 'import_unknown_columns' },
  });
});

test.each([
  ['iso', '2026-11-10 10:75:00', false],
  ['iso', '2026-11-10 10:10:99', false],
  ['iso', '2026-03-29 02:30:00', false], // Berlin's clocks went from 02:00 to 03:00
  ['iso', '2026-11-10 23:59:59.5', '2026-11-10 22:59:59.500'],
  ['iso', '2026-11-10T10:00:00+05:00', '2026-11-10 05:00:00.000'],
  ['month_first', '11/10/2026 10:75', false],
  ['month_first', '11/10/2026 13:00 AM', false],
  ['month_first', '11/10/2026 12:05 AM', '2026-11-09 23:05:00.000'],
  ['day_first', '1.2.2026, 7:05', '2026-02-01 06:05:00.000'],
  ['epoch', '1763000000', '2025-11-13 02:13:20.000'],
  ['epoch_ms', '1763000000123', '2025-11-13 02:13:20.123'],
] as const)('%s in Berlin: %s', async (form, text, utc) => {
  const params = await unknown(`when;num;secs\n${text};100;30\n`, 'times.csv');
  const times = calls({
    start_time: { columns: ['when'], conversion: { kind: 'time', form, zone: 'Europe/Berlin' } },
    duration: { columns: ['secs'] },
    user_number: { columns: ['num'] },
  });
  const done = await apply(params, { name: 'Times', mapping: times });
  expect(done.counts).toEqual(counted(utc === false ? { read: 1, rejected: 1 } : { read: 1, new: 1 }));
  expect((await legs()).map(({ start }) => start)).toEqual(utc === false ? [] : [utc]);
});

test('a day and a time in columns of their own are one time', async () => {
  const params = await unknown('Date,Time,num,secs\n20/11/2026,09:00,100,30\n', 'two.csv');
  const two = calls({
    start_time: { columns: ['Date', 'Time'], conversion: { kind: 'time', form: 'day_first', zone: 'UTC' } },
    duration: { columns: ['secs'] },
    user_number: { columns: ['num'] },
  });
  await apply(params, { name: 'Two', mapping: two });
  expect((await legs()).map(({ start }) => start)).toEqual(['2026-11-20 09:00:00.000']);
});

test('a mapping that skips every row is refused, and a later file that it empties is kept', async () => {
  const params = await unknown();
  const skipping = { name: 'Skips', mapping: { ...mapping, skipRows: 5 } };
  expect(await desk.admin.refusal(api.applyMapping, { params, body: skipping })).toMatchObject({
    code: 'mapping_skips_all',
  });
  await apply(params, { name: 'Skips', mapping: { ...mapping, skipRows: 3 } });
  const short = await desk.import(pbx.split('\n').slice(0, 3).join('\n'), 'short.csv', given);
  expect(short).toMatchObject({ state: 'failed', failure: { code: 'import_unknown_columns' } });
  await desk.admin.call(imports.cancelImport, { params: { importId: short.id } });
});

test('two kinds of files under one name do not drive each other out', async () => {
  await apply(await unknown(), { name: 'Asterisk', mapping });
  const other = pbx.replace('Call date', 'When');
  const params = await unknown(other, 'other.csv');
  const { start_time: time, ...fields } = mapping.fields;
  await apply(params, {
    name: 'Asterisk',
    mapping: { ...mapping, fields: { ...fields, start_time: { ...time, columns: ['When'] } } },
  });
  for (const body of [pbx, other]) expect((await desk.import(body, 'next.csv', given)).state).toBe('committed');
  expect((await desk.admin.call(api.listMappings, {})).items.map(({ version }) => version)).toEqual([1, 2]);
});

test('a partner administrator’s mappings read their own files, and touch nobody else’s', async () => {
  await apply(await unknown(), { name: 'Of all', mapping });
  const { client } = await desk.hub.person(desk.partnerId, 'partner_admin');
  expect((await client.call(api.listMappings, {})).items).toEqual([]);
  const [all] = (await desk.admin.call(api.listMappings, {})).items;
  if (all === undefined) throw new Error('There is no mapping.');
  expect(await client.refusal(api.removeMapping, { params: { mappingId: all.id } })).toMatchObject({
    code: 'mapping_not_found',
  });
  const theirs = pbx.replace('Result', 'Outcome');
  const upload = (as: typeof client) =>
    as.upload(imports.uploadImport, { query: { region: 'eu', fileName: 'theirs.csv', ...given }, body: theirs });
  const { id } = await upload(client);
  await desk.drain();
  const own = JSON.parse(JSON.stringify(mapping).replace('Result', 'Outcome')) as api.ColumnMapping;
  await client.call(api.applyMapping, { params: { importId: id }, body: { name: 'Of all', mapping: own } });
  await desk.drain();
  expect((await desk.admin.call(api.listMappings, {})).items).toHaveLength(2);
  expect((await client.call(api.listMappings, {})).items).toMatchObject([{ name: 'Of all', version: 1 }]);
  const ofAdmin = await upload(desk.admin);
  await desk.drain();
  expect((await desk.get(ofAdmin)).failure?.code).toBe('import_unknown_columns');
  const again = await upload(client);
  await desk.drain();
  const { state, number } = await desk.get(again);
  expect(state).toBe('committed');
  // Nor by naming their import as the one that is corrected.
  const borrowing = theirs.replace('Outcome', `Outcome;Rejected row of B-${number}`);
  expect(await desk.import(borrowing, 'borrowing.csv', given)).toMatchObject({
    failure: { code: 'import_unknown_columns' },
  });
});

const sample = (name: string): string => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

test('CUCM records are known by themselves, but for whose they are', async () => {
  const asking = await desk.import(sample('cucm-cdr.csv'), 'cdr.csv');
  expect(asking.failure?.code).toBe('import_needs_customer');
  const batch = await desk.import(sample('cucm-cdr.csv'), 'cdr.csv', given);
  expect(batch).toMatchObject({ state: 'committed', counts: counted({ read: 2, new: 2 }) });
  expect(await legs()).toEqual([
    { start: '2023-09-05 07:46:40.000', duration: 15, answered: true, user: '7001', called: '7002' },
    { start: '2023-09-05 10:05:00.000', duration: 0, answered: false, user: '7003', called: '7001' },
  ]);
});

test('Asterisk’s Master.csv has no header and no zone: both are suggested, and the next one is known', async () => {
  const master = sample('asterisk-master.csv');
  const params = await unknown(master, 'Master.csv');
  const draft = await desk.admin.call(api.getMappingDraft, { params, query: {} });
  expect(draft).toMatchObject({ hasHeader: false, name: 'Asterisk', likeliest: 'webex_call_history' });
  expect(draft.columns[0]).toMatchObject({ name: '#1' });
  const suggested = draft.feeds[0]?.suggested;
  if (suggested === undefined) throw new Error('Nothing is suggested.');
  const inSofia = JSON.parse(JSON.stringify(suggested).replaceAll('"UTC"', '"Europe/Sofia"')) as api.ColumnMapping;
  expect(await apply(params, { name: 'Asterisk', mapping: inSofia })).toMatchObject({
    state: 'committed',
    counts: counted({ read: 2, new: 2 }),
  });
  expect(await legs()).toEqual([
    { start: '2006-03-27 13:05:00.000', duration: 30, answered: true, user: '4830258576', called: '*72*1234*8584' },
    { start: '2006-03-28 13:05:00.000', duration: 0, answered: false, user: '100', called: '101' },
  ]);
  expect(await desk.import(master, 'Master.csv', given)).toMatchObject({
    state: 'committed',
    counts: counted({ read: 2, duplicate: 2 }),
  });
  const words = Array.from({ length: 16 }, (_, index) => `word ${'abcdefghijklmnop'[index]}`).join(',');
  expect((await desk.import(`${words}\n`, 'words.csv', given)).failure?.code).toBe('import_unknown_columns');
});

const german = (
  rows: readonly string[],
  heads = 'Teilnehmer;Datum;Uhrzeit;Rufnummer;Gesprächsdauer;Angenommen;Richtung',
) => [heads, ...rows, ''].join('\n');

test('a file in German is suggested for whole: a day with its time, lengths, numbers, and words of its own', async () => {
  const params = await unknown(
    german([
      'Ada;20.11.2026;09:00;+4930123456;01:30;ja;ausgehend',
      'Emil;20.11.2026;23:05;+4930123457;00:00;nein;eingehend',
    ]),
    'anlage.csv',
  );
  const draft = await desk.admin.call(api.getMappingDraft, { params, query: {} });
  expect(draft.columns.at(-1)).toMatchObject({ values: ['ausgehend', 'eingehend'], timeForm: null });
  expect(draft.columns[1]).toMatchObject({ timeForm: 'day_first' });
  const calls = draft.feeds.find(({ feed }) => feed === 'webex_call_history');
  expect(calls?.suggested.fields).toEqual({
    start_time: {
      columns: ['Datum', 'Uhrzeit'],
      conversion: { kind: 'time', form: 'day_first', zone: draft.zone },
    },
    user: { columns: ['Teilnehmer'] },
    called_number: { columns: ['Rufnummer'] },
    duration: { columns: ['Gesprächsdauer'], conversion: { kind: 'unit', unit: 'seconds' } },
    answered: { columns: ['Angenommen'], conversion: { kind: 'flag', words: ['ja'], meaning: 'yes' } },
    direction: {
      columns: ['Richtung'],
      conversion: {
        kind: 'words',
        words: [
          { theirs: 'ausgehend', ours: 'ORIGINATING' },
          { theirs: 'eingehend', ours: 'TERMINATING' },
        ],
      },
    },
    user_type: { value: 'User' },
  });
  expect(calls?.fields.find(({ name }) => name === 'direction')?.words).toEqual(['ORIGINATING', 'TERMINATING']);
  if (calls === undefined) throw new Error('There is no call history.');
  await apply(params, { name: 'Anlage', mapping: calls.suggested });
  expect(await legs()).toMatchObject([
    { duration: 90, answered: true, called: '+4930123456' },
    { duration: 0, answered: false, called: '+4930123457' },
  ]);
});

test.each([
  ['Bulgarian', 'Потребител;Дата;Час;Продължителност;Отговорено;Посока', 'да;изходящо'],
  ['Korean', '사용자;날짜;시간;통화 시간;응답 여부;방향', '예;발신'],
  ['Spanish', 'Usuario;Fecha;Hora;Duración;Contestada;Dirección', 'sí;saliente'],
  ['French', 'Utilisateur;Date;Heure;Durée de l’appel;Répondu;Sens', 'oui;sortant'],
  // Heads that nobody knows: the values tell.
  ['no language', 'K1 (user);a;b;c;d;e', 'yes;outbound'],
])('columns in %s are suggested for', async (language, heads, words) => {
  // As some programs begin their files.
  const above = language === 'French' ? 'sep=;\n' : '';
  const params = await unknown(above + german([`101;2026-11-20;09:00;01:30;${words}`], heads), 'other.csv');
  const draft = await desk.admin.call(api.getMappingDraft, { params, query: {} });
  const [user, day, clock, length, answered, direction] = heads.split(';');
  expect(draft.likeliest).toBe('webex_call_history');
  const [yes = '', theirs = ''] = words.split(';');
  expect(draft.feeds.find(({ feed }) => feed === 'webex_call_history')?.suggested.fields).toMatchObject({
    ...(language === 'no language' ? {} : { user_number: { columns: [user] } }),
    start_time: { columns: [day, clock], conversion: { kind: 'time', form: 'iso' } },
    duration: { columns: [length], conversion: { kind: 'unit', unit: 'seconds' } },
    answered: { columns: [answered], conversion: { words: [yes], meaning: 'yes' } },
    direction: { columns: [direction], conversion: { words: [{ theirs, ours: 'ORIGINATING' }] } },
  });
});

test('a word that Direction cannot have rejects its row, and what is not read shows as empty', async () => {
  const params = await unknown(
    german(['Ada;20.11.2026;09:00;1;01:30;ja;raus', 'Ada;20.11.2026;09:10;2;01:30;false;originating']),
    'anlage.csv',
  );
  const unread: api.ColumnMapping = {
    ...mapping,
    fields: {
      start_time: {
        columns: ['Datum', 'Uhrzeit'],
        conversion: { kind: 'time', form: 'day_first', zone: 'Europe/Berlin' },
      },
      user: { columns: ['Teilnehmer'] },
      duration: { columns: ['Gesprächsdauer'], conversion: { kind: 'unit', unit: 'seconds' } },
      answered: { columns: ['Angenommen'] },
      direction: { columns: ['Richtung'] },
      user_type: { value: 'User' },
    },
  };
  const tried = await desk.admin.call(api.previewMapping, { params, body: unread });
  expect(tried).toMatchObject({ read: 2, rejected: 1 });
  expect(tried.fields.find(({ name }) => name === 'direction')).toMatchObject({
    rejected: 1,
    reason: 'word_unknown',
    example: 'raus',
  });
  expect(tried.fields.find(({ name }) => name === 'answered')).toMatchObject({ rejected: 0, emptied: 1 });
  const at = (name: string): number => tried.fields.findIndex((field) => field.name === name);
  expect(tried.rows.map(({ values }) => values[at('answered')])).toEqual([null, 'false']);
  expect(tried.rows.map(({ values }) => values[at('direction')])).toEqual(['raus', 'ORIGINATING']);
  expect(tried.rows.map(({ rejectedFor }) => rejectedFor)).toEqual([['direction'], null]);
  const done = await apply(params, { name: 'Anlage', mapping: unread });
  expect(done.counts).toEqual(counted({ read: 2, new: 1, rejected: 1 }));
  expect(await desk.rejected(done)).toMatchObject([
    { line: 2, column: 'Richtung', value: 'raus', reason: 'word_unknown' },
  ]);
  expect((await desk.admin.call(api.listMappings, {})).items).toHaveLength(1);
});

test('each column of the preview is judged by itself', async () => {
  const params = await unknown(
    german(['Ada;32.11.2026;09:00;1;1:75;ja;out', 'Ada;20.11.2026;09:10;2;1:75;ja;out', 'Ada;20.11.2026']),
    'anlage.csv',
  );
  const draft = await desk.admin.call(api.getMappingDraft, { params, query: {} });
  const suggested = draft.feeds.find(({ feed }) => feed === 'webex_call_history')?.suggested;
  if (suggested === undefined) throw new Error('There is no call history.');
  const body = { ...suggested, fields: { ...suggested.fields, duration: { columns: ['Gesprächsdauer'] } } };
  const tried = await desk.admin.call(api.previewMapping, { params, body });
  expect(tried).toMatchObject({ read: 3, rejected: 3 });
  const rejected = Object.fromEntries(tried.fields.map((field) => [field.name, [field.rejected, field.example]]));
  expect(rejected).toMatchObject({
    start_time: [1, '32.11.2026 09:00'],
    duration: [2, '1:75'],
    direction: [0, null],
  });
  // Of a row with too few columns nobody knows which is which.
  expect(tried.rows.map(({ rejectedFor }) => rejectedFor)).toEqual([['start_time', 'duration'], ['duration'], []]);
});

test('a file with the columns of a saved mapping and one more gets that mapping suggested', async () => {
  await apply(await unknown());
  const wider = await unknown(
    pbx
      .split('\n')
      .map((line, index) => (line === '' ? line : `${line};${index === 0 ? 'Cost' : '0.10'}`))
      .join('\n'),
    'wider.csv',
  );
  const draft = await desk.admin.call(api.getMappingDraft, { params: wider, query: {} });
  expect(draft).toMatchObject({ name: 'Our exchange', savedAs: 'Our exchange', likeliest: 'webex_call_history' });
  expect(draft.feeds.find(({ feed }) => feed === 'webex_call_history')?.suggested).toEqual(mapping);
  const fewer = await unknown('Call date;Extension;Result\n20/11/2026 09:00;101;Answered\n', 'fewer.csv');
  expect(await desk.admin.call(api.getMappingDraft, { params: fewer, query: {} })).toMatchObject({ savedAs: null });
});
