import * as api from '@hub/contract/import-mappings';
import * as imports from '@hub/contract/imports';
import { sql } from 'kysely';
import { beforeEach, expect, test, vi } from 'vitest';
import { inTenant } from '../../access/index.ts';
import { counted, type Desk, importDesk, orgOf } from '../test-support.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await importDesk();
});

const given = { orgUuid: orgOf('known') };

const pbx = [
  'Call date;Extension;Number dialed;Talk time (min);Result',
  '20/11/2026 09:00;101;+35921234567;1.5;Answered',
  '20/11/2026 9:05;102;+35921234568;0;No answer',
  '',
].join('\n');

const inZone = (zone: string): api.ColumnMapping => ({
  feed: 'webex_call_history',
  hasHeader: true,
  skipRows: 0,
  fields: {
    start_time: { columns: ['Call date'], conversion: { kind: 'time', form: 'day_first', zone } },
    duration: { columns: ['Talk time (min)'], conversion: { kind: 'unit', unit: 'minutes' } },
    user_number: { columns: ['Extension'] },
    called_number: { columns: ['Number dialed'] },
    answered: { columns: ['Result'], conversion: { kind: 'flag', words: ['answered'], meaning: 'yes' } },
    direction: { value: 'ORIGINATING' },
    user_type: { value: 'User' },
  },
});

const mapped = async (body: string, name: string, mapping: api.ColumnMapping, client = desk.admin) => {
  const { id } = await client.upload(imports.uploadImport, {
    query: { region: 'eu', fileName: 'pbx.csv', ...given },
    body,
  });
  await desk.drain();
  await client.call(api.applyMapping, { params: { importId: id }, body: { name, mapping } });
  await desk.drain();
  return desk.get({ id });
};

const only = async (client = desk.admin) => {
  const { items } = await client.call(api.listMappings, {});
  const [first] = items;
  if (first === undefined || items.length > 1) throw new Error(`There are ${items.length} mappings.`);
  return first;
};

const open = (mappingId: api.ImportMapping['id'] | api.ShippedMapping, body = {}) =>
  desk.admin.call(api.getSavedMapping, { params: { mappingId }, body });

const starts = async (): Promise<string[]> => {
  const rows = await desk.hub.installation.stores
    .get('eu')
    ?.ask<{ start: string }>(
      `SELECT toString(start_time) AS start FROM @region.call_leg WHERE partner_id = {partner:UUID} ORDER BY start_time, batch`,
      { parameters: { partner: desk.partnerId } },
    );
  return (rows ?? []).map(({ start }) => start);
};

test('a mapping saved wrong is opened without its file, changed, and the next file is read by the new version', async () => {
  const wrong = await mapped(pbx, 'Our exchange', inZone('UTC'));
  const saved = await only();
  const draft = await open(saved.id);
  expect(draft).toMatchObject({
    name: 'Our exchange',
    likeliest: 'webex_call_history',
    hasHeader: true,
    hasSameColumns: null,
    mapping: { id: saved.id, version: 1 },
    imports: [{ id: wrong.id, number: wrong.number, version: 1, state: 'committed', canBeUndone: true }],
    totalImports: 1,
  });
  // Names as the file has them, and no row of it.
  expect(draft.columns).toEqual(
    ['Call date', 'Extension', 'Number dialed', 'Talk time (min)', 'Result'].map((name) => ({
      name,
      samples: [],
      values: [],
      timeForm: null,
    })),
  );
  expect(draft.feeds.find(({ feed }) => feed === 'webex_call_history')?.suggested).toEqual(inZone('UTC'));

  const next = await desk.admin.call(api.changeMapping, {
    params: { mappingId: saved.id },
    body: { mapping: inZone('Europe/Sofia') },
  });
  expect(next).toMatchObject({ name: 'Our exchange', version: 2, fields: 7 });
  expect(await only()).toEqual(next);

  // The same rows are known already, by whatever version; another file is read by the new one.
  expect((await desk.import(pbx, 'again.csv', given)).counts).toEqual(counted({ read: 2, duplicate: 2 }));
  const later = await desk.import(pbx.replaceAll('20/11', '21/11'), 'later.csv', given);
  expect(later.notes).toContainEqual({ code: 'mapped', data: { name: 'Our exchange', version: 2 } });
  expect(later.mappingId).toBe(next.id);
  // The older import says which one it was.
  expect(await desk.get(wrong)).toMatchObject({ mappingId: saved.id });
  expect((await desk.get(wrong)).notes).toContainEqual({ code: 'mapped', data: { name: 'Our exchange', version: 1 } });
  expect((await open(saved.id)).imports.map(({ version }) => version)).toEqual([2, 2, 1]);
});

test('what a wrong version brought is mended by undoing that import and importing again', async () => {
  const wrong = await mapped(pbx, 'Our exchange', inZone('UTC'));
  const { id } = await only();
  await desk.admin.call(api.changeMapping, {
    params: { mappingId: id },
    body: { mapping: inZone('Europe/Sofia') },
  });
  await desk.admin.call(imports.undoImport, { params: { importId: wrong.id } });
  expect((await desk.import(pbx, 'again.csv', given)).counts).toEqual(counted({ read: 2, new: 2 }));
  expect(await starts()).toEqual(expect.arrayContaining(['2026-11-20 07:00:00.000', '2026-11-20 07:05:00.000']));
  const usual = await open(id);
  expect(usual.imports.map(({ state, canBeUndone }) => [state, canBeUndone])).toEqual([
    ['committed', true],
    ['undone', false],
  ]);
  expect(await desk.facts()).toMatchObject({ size: 2 });
});

test('a file that is given shows values and what they become, and is not kept', async () => {
  await mapped(pbx, 'Our exchange', inZone('UTC'));
  const saved = await only();
  const before = await desk.spool();
  const draft = await open(saved.id, { head: pbx });
  expect(draft.hasSameColumns).toBe(true);
  expect(draft.columns[1]).toMatchObject({ name: 'Extension', samples: ['101', '102'] });
  const tried = await desk.admin.call(api.tryMapping, {
    body: { region: 'eu', head: pbx, mapping: inZone('Europe/Sofia') },
  });
  expect(tried).toMatchObject({ read: 2, rejected: 0 });
  expect(tried.rows[0]?.values).toContain('2026-11-20 07:00:00.000Z');
  expect(await desk.spool()).toEqual(before);
  expect((await open(saved.id, { head: pbx.replace('Extension', 'Ext') })).hasSameColumns).toBe(false);
});

test('a version made for other columns reads those, and files as before are asked about again', async () => {
  await mapped(pbx, 'Our exchange', inZone('Europe/Sofia'));
  const saved = await only();
  const renamed = pbx.replace('Extension', 'Ext').replaceAll('20/11', '22/11');
  const mapping = JSON.parse(JSON.stringify(inZone('Europe/Sofia')).replace('Extension', 'Ext')) as api.ColumnMapping;
  const params = { mappingId: saved.id };
  expect(await desk.admin.refusal(api.changeMapping, { params, body: { mapping } })).toMatchObject({
    code: 'mapping_column_unknown',
    data: { column: 'Ext' },
  });
  const next = await desk.admin.call(api.changeMapping, { params, body: { mapping, head: renamed } });
  expect(next.version).toBe(2);
  expect((await desk.import(renamed, 'renamed.csv', given)).counts).toEqual(counted({ read: 2, new: 2 }));
  expect((await desk.import(pbx, 'old.csv', given)).failure?.code).toBe('import_unknown_columns');
  expect((await open(next.id)).columns.map(({ name }) => name)).toContain('Ext');
});

test('of two who change the same version one is told; an older version leads to the newest; a removed one is gone', async () => {
  await mapped(pbx, 'Our exchange', inZone('UTC'));
  const { id } = await only();
  const change = { params: { mappingId: id }, body: { mapping: inZone('Europe/Sofia') } };
  const both = await Promise.allSettled([
    desk.admin.call(api.changeMapping, change),
    desk.admin.call(api.changeMapping, change),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await desk.admin.refusal(api.changeMapping, change)).toMatchObject({ code: 'mapping_outdated' });
  const current = await only();
  expect(current.version).toBe(2);
  expect((await open(id)).mapping?.id).toBe(current.id);
  await desk.admin.call(api.removeMapping, { params: { mappingId: current.id } });
  for (const mappingId of [id, current.id]) {
    const refused = await desk.admin.refusal(api.getSavedMapping, { params: { mappingId }, body: {} });
    expect(refused.code).toBe('mapping_not_found');
  }
});

test('who changes a mapping while another file is given the same one waits for it, and neither holds what the other needs', async () => {
  await mapped(pbx, 'Our exchange', inZone('UTC'));
  const { id } = await only();
  let changing: Promise<unknown> | undefined;
  await inTenant(desk.ctx(), async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('import_mapping ' || ${desk.partnerId}, 0))`.execute(tx);
    changing = desk.admin.call(api.changeMapping, {
      params: { mappingId: id },
      body: { mapping: inZone('Europe/Sofia') },
    });
    const waiting = sql<{
      n: number;
    }>`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`;
    await vi.waitFor(async () => expect((await waiting.execute(tx)).rows).toEqual([{ n: 1 }]), 10_000);
    await tx.selectFrom('import_mapping').select('id').where('id', '=', id).forUpdate().noWait().execute();
  });
  await changing;
  expect((await only()).version).toBe(2);
});

test('what is needed and what skips all is told before anything is saved', async () => {
  await mapped(pbx, 'Our exchange', inZone('UTC'));
  const { id } = await only();
  const refusal = async (mapping: api.ColumnMapping, head?: string) =>
    (await desk.admin.refusal(api.changeMapping, { params: { mappingId: id }, body: { mapping, head } })).code;
  const { answered: _, ...few } = inZone('UTC').fields;
  expect(await refusal({ ...inZone('UTC'), fields: few })).toBe('mapping_fields_missing');
  expect(await refusal({ ...inZone('UTC'), skipRows: 2 }, pbx)).toBe('mapping_skips_all');
  expect(await refusal(inZone('UTC'), '{"not": "csv"}')).toBe('import_not_mappable');
  expect((await only()).id).toBe(id);
});

test('a mapping of somebody who sees only their own imports stays theirs, whoever changes it', async () => {
  const { client } = await desk.hub.person(desk.partnerId, 'partner_admin');
  await mapped(pbx, 'Theirs', inZone('UTC'), client);
  const theirs = await only();
  await desk.admin.call(api.changeMapping, {
    params: { mappingId: theirs.id },
    body: { mapping: inZone('Europe/Sofia') },
  });
  expect(await only(client)).toMatchObject({ name: 'Theirs', version: 2 });
  // The partner's own files are not read by it.
  expect((await desk.import(pbx.replaceAll('20/11', '23/11'), 'ours.csv', given)).failure?.code).toBe(
    'import_unknown_columns',
  );
});

const quality = [
  'Start time,User,Email,Call ID,Audio jitter,Audio packet loss,Audio latency,Video jitter,Site',
  '2026-11-20T09:00:00Z,Ada Byron,ada@example.com,c-1,0.2,1,100,,Sofia',
  '',
].join('\n');

const jitter = async (): Promise<unknown> => {
  const rows = await desk.hub.installation.stores
    .get('eu')
    ?.ask('SELECT audio_jitter FROM @region.media_quality WHERE partner_id = {partner:UUID} ORDER BY batch', {
      parameters: { partner: desk.partnerId },
    });
  return rows;
};

test('a copy of the Media Quality mapping goes before the one that the hub brings', async () => {
  const shipped = await open('webex_media_quality');
  expect(shipped).toMatchObject({ name: 'Calling Media Quality', likeliest: 'webex_media_quality', mapping: null });
  expect(shipped.columns.map(({ name }) => name)).toContain('Audio jitter');
  expect((await desk.import(quality, 'quality.csv', given)).state).toBe('committed');
  expect(await jitter()).toEqual([{ audio_jitter: 0.2 }]);

  const draft = await open('webex_media_quality', { head: quality });
  const found = draft.feeds.find(({ feed }) => feed === 'webex_media_quality')?.suggested;
  if (found === undefined) throw new Error('Nothing is suggested.');
  expect(found.fields).toMatchObject({ audio_jitter: { columns: ['Audio jitter'] }, location: { columns: ['Site'] } });
  // This exporter writes seconds.
  const mapping: api.ColumnMapping = {
    ...found,
    fields: {
      ...found.fields,
      audio_jitter: { columns: ['Audio jitter'], conversion: { kind: 'unit', unit: 'seconds' } },
    },
  };
  const params = { mappingId: 'webex_media_quality' } as const;
  for (const body of [{ mapping }, { mapping, head: quality }, { mapping, name: 'Ours' }])
    expect(await desk.admin.refusal(api.changeMapping, { params, body })).toMatchObject({ code: 'mapping_needs_file' });
  const body = { mapping, head: quality, name: 'Quality of ours' };
  expect(await desk.admin.call(api.changeMapping, { params, body })).toMatchObject({ version: 1 });

  const next = await desk.import(quality.replace('c-1', 'c-2'), 'next.csv', given);
  expect(next).toMatchObject({ state: 'committed', counts: counted({ read: 1, new: 1 }) });
  expect(next.notes).toContainEqual({ code: 'mapped', data: { name: 'Quality of ours', version: 1 } });
  expect(await jitter()).toEqual([{ audio_jitter: 0.2 }, { audio_jitter: 200 }]);
  // A copy is changed like any other, and the next copy of the same name is its next version.
  const { id } = await only();
  await desk.admin.call(api.changeMapping, { params: { mappingId: id }, body: { mapping: found } });
  expect(await only()).toMatchObject({ name: 'Quality of ours', version: 2 });
});

test.each([
  ['cisco_unified_cm', 'Cisco Unified CM'],
  ['asterisk', 'Asterisk'],
] as const)('%s can be opened', async (code, name) => {
  const draft = await open(code);
  expect(draft).toMatchObject({ name, likeliest: 'webex_call_history', mapping: null, totalImports: 0 });
  expect(draft.columns.length).toBeGreaterThan(5);
});
