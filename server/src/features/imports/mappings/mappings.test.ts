import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { getCallingUsage } from '@hub/contract/calling-usage';
import * as api from '@hub/contract/import-mappings';
import * as imports from '@hub/contract/imports';
import { beforeEach, expect, test } from 'vitest';
import { counted, type Desk, importDesk, orgOf } from '../test-support.ts';

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
  expect(tried.rows.map(({ rejectedFor }) => rejectedFor)).toEqual([null, null, null, 'start_time']);
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
        direction: { value: hostile },
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
    await store?.ask('SELECT direction, user FROM @region.call_leg WHERE partner_id = {partner:UUID}', {
      parameters: { partner: desk.partnerId },
    }),
  ).toEqual([{ direction: hostile, user: hostile }]);
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
