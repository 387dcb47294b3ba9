import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import * as api from '@hub/contract/imports';
import type { ImportBatch } from '@hub/contract/imports';
import type { OrgUuid } from '@hub/contract/ids';
import { expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { until } from '../../testing/spawn-hub.ts';
import type { Ctx } from '../access/index.ts';
import { startImportRunner } from './import-runner.ts';
import { runImport } from './run-import.ts';
import { spoolPath } from './spool.ts';
import { counted, csvOf, type Desk, importDesk, leg, orgOf, uuidOf } from './test-support.ts';

type Packed = [name: string, content: string | Buffer];

function zipOf(files: readonly Packed[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of files) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name);
    else zip.addBuffer(Buffer.from(content), name);
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** Gives a file a name of the same length that no packer would write. */
const renamed = (zip: Buffer, from: string, to: string): Buffer =>
  Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');

const signatures = { local: 'PK\u0003\u0004', central: 'PK\u0001\u0002' };

/** Writes over two bytes in both headers of the file at a place in the archive; offsets are those of the local header. */
function patchHeaders(zip: Buffer, at: number, { offset, value }: { offset: number; value: number }): Buffer {
  const patched = Buffer.from(zip);
  for (const [kind, shift] of [
    ['local', 0],
    ['central', 2],
  ] as const) {
    let header = -1;
    for (let index = 0; index <= at; index++) header = patched.indexOf(signatures[kind], header + 1, 'latin1');
    patched.writeUInt16LE(value, header + offset + shift);
  }
  return patched;
}

const slow = 90_000; // the first opens the stores, the second packs what it must not unpack

const one = (name: string): string => csvOf([leg(name)]);
const partsOf = async (desk: Desk, archive: ImportBatch): Promise<ImportBatch[]> =>
  (await desk.admin.call(api.listImports, { query: { archiveId: archive.id, limit: 200 } })).items.toReversed();

async function refusal(desk: Desk, file: Buffer, name = 'calls.zip'): Promise<ImportBatch['failure']> {
  const batch = await desk.import(file, name);
  expect(batch).toMatchObject({ state: 'failed', counts: null });
  expect(await desk.spool()).toEqual([]);
  return batch.failure;
}

test('a gzip file is told by its first bytes and imported like the file in it, of all its members', {
  timeout: slow,
}, async () => {
  const desk = await importDesk();
  const members = Buffer.concat([gzipSync(csvOf([leg('a')], { bom: true })), gzipSync(`${one('b').split('\n')[1]}\n`)]);
  const batch = await desk.import(members, 'calls.csv');
  expect(batch).toMatchObject({ state: 'committed', format: 'csv', counts: counted({ read: 2, new: 2 }) });
  expect(batch.fileBytes).toBe(members.length);
  const json = await desk.import(gzipSync(JSON.stringify({ items: [leg('c')] })), 'calls.json.gz');
  expect(json).toMatchObject({ state: 'committed', format: 'json', counts: counted({ read: 1, new: 1 }) });
  const utf16 = await desk.import(gzipSync(Buffer.from(`\uFEFF${one('d')}`, 'utf16le')), 'calls.gz');
  expect(utf16).toMatchObject({ state: 'committed', notes: [{ code: 'utf16' }] });
  expect((await desk.facts()).size).toBe(4);
  expect(await desk.spool()).toEqual([]);
});

test('a gzip file that is cut off or damaged brings nothing and says so; the next file enters', async () => {
  const desk = await importDesk();
  const whole = gzipSync(csvOf(Array.from({ length: 500 }, (_, index) => leg(`row ${index}`))));
  const damaged = { code: 'import_archive_damaged', data: { fileName: 'calls.csv.gz' } };
  expect(await refusal(desk, whole.subarray(0, whole.length - 20), 'calls.csv.gz')).toEqual(damaged);
  const flipped = Buffer.from(whole);
  flipped.writeUInt8(flipped.readUInt8(whole.length >> 1) ^ 0xff, whole.length >> 1);
  expect(await refusal(desk, flipped, 'calls.csv.gz')).toEqual(damaged);
  expect(await desk.count('call_leg')).toBe(0);
  expect(await desk.import(whole, 'calls.csv.gz')).toMatchObject({ counts: counted({ read: 500, new: 500 }) });
});

test('what unpacks to many times its size is refused before it fills the disk', { timeout: slow }, async () => {
  const desk = await importDesk();
  const bomb = gzipSync(Buffer.alloc(70_000_000));
  expect(await refusal(desk, bomb, 'bomb.gz')).toMatchObject({ code: 'import_archive_swells' });
  const zipped = await zipOf([
    ['small.csv', one('a')],
    ['bomb.csv', Buffer.alloc(70_000_000)],
  ]);
  expect(await refusal(desk, zipped, 'bomb.zip')).toMatchObject({ code: 'import_archive_swells' });
  expect(await refusal(desk, await zipOf([['bomb.csv', Buffer.alloc(70_000_000)]]), 'bomb.zip')).toMatchObject({
    code: 'import_archive_swells',
  });
  expect((await desk.admin.call(api.listImports, { query: {} })).total).toBe(3);
});

test('what is packed in itself is unpacked once', async () => {
  const desk = await importDesk();
  const inner = await zipOf([['calls.csv', one('a')]]);
  const asText = { code: 'import_not_text', data: { looksLike: expect.any(String) as string } };
  expect(await refusal(desk, gzipSync(gzipSync(one('a'))), 'calls.gz')).toMatchObject(asText);
  expect(await refusal(desk, gzipSync(inner), 'calls.gz')).toMatchObject(asText);
  expect(await refusal(desk, await zipOf([['inner.zip', inner]]))).toMatchObject(asText);
  const gzipped = await zipOf([['calls.csv.gz', gzipSync(one('a'))]]);
  expect(await desk.import(gzipped, 'calls.zip')).toMatchObject({
    state: 'committed',
    fileName: 'calls.zip / calls.csv.gz',
    counts: counted({ read: 1, new: 1 }),
  });
});

test('a ZIP of one file, as reports are downloaded, is one import under the name of both', async () => {
  const desk = await importDesk();
  const zip = await zipOf([
    ['report/', ''],
    ['report/calls.csv', csvOf([leg('a'), leg('b')], { bom: true })],
    ['__MACOSX/report/._calls.csv', 'x'],
  ]);
  const batch = await desk.import(zip, 'report.zip');
  expect(batch).toMatchObject({
    state: 'committed',
    format: 'csv',
    fileName: 'report.zip / report/calls.csv',
    archiveId: null,
    counts: counted({ read: 2, new: 2 }),
  });
  expect(await desk.import(zip, 'report.zip')).toMatchObject({ notes: [{ code: 'same_file' }] });
  const secret = patchHeaders(await zipOf([['calls.csv', one('c')]]), 0, { offset: 6, value: 0x0801 });
  expect(await refusal(desk, secret, 'secret.zip')).toEqual({
    code: 'import_packed_encrypted',
    data: { fileName: 'secret.zip / calls.csv' },
  });
  const again = await desk.queue(await zipOf([['calls.csv', one('d')]]), 'again.zip');
  // What an attempt that was interrupted left behind.
  await desk.hub.asOwner("update import_batch set file_name = 'again.zip / calls.csv' where id = $1", [again.id]);
  await desk.drain();
  expect(await desk.get(again)).toMatchObject({ state: 'committed', fileName: 'again.zip / calls.csv' });
  expect(await desk.spool()).toEqual([]);
});

test('a ZIP of many files becomes an import for each; one that cannot be unpacked says why and holds up none', async () => {
  const desk = await importDesk();
  const inner = await zipOf([['calls.csv', one('x')]]);
  let zip = await zipOf([
    ['aa/bb/etc/calls_.csv', one('a')],
    ['b.csv.gz', gzipSync(one('b'))],
    ['secret.csv', one('c')],
    ['strange.csv', one('d')],
    ['damaged.csv', csvOf(Array.from({ length: 50 }, (_, index) => leg(`e ${index}`)))],
    ['empty.csv', ''],
    ['inner.zip', inner],
    ['.DS_Store', 'x'],
    ['_f.json', JSON.stringify([leg('f')])],
  ]);
  zip = renamed(zip, 'aa/bb/etc/calls_.csv', '../../etc/calls\u0007.csv');
  zip = renamed(zip, '_f.json', '/f.json');
  zip = patchHeaders(zip, 2, { offset: 6, value: 0x0801 }); // encrypted
  zip = patchHeaders(zip, 3, { offset: 8, value: 12 }); // BZIP2
  const name = zip.indexOf('damaged.csv');
  zip.writeUInt8(zip.readUInt8(name + 100) ^ 0xff, name + 100);
  const archive = await desk.import(zip, 'week.zip');
  expect(archive).toMatchObject({
    state: 'committed',
    format: 'zip',
    counts: counted({}),
    notes: [{ code: 'unpacked', data: { files: 8 } }],
  });
  const parts = await partsOf(desk, archive);
  expect(parts.map(({ fileName, state, failure, counts }) => [fileName, state, failure?.code ?? counts?.new])).toEqual([
    ['week.zip / ../../etc/calls .csv', 'committed', 1],
    ['week.zip / b.csv.gz', 'committed', 1],
    ['week.zip / secret.csv', 'failed', 'import_packed_encrypted'],
    ['week.zip / strange.csv', 'failed', 'import_packed_unknown'],
    ['week.zip / damaged.csv', 'failed', 'import_archive_damaged'],
    ['week.zip / empty.csv', 'failed', 'import_empty'],
    ['week.zip / inner.zip', 'failed', 'import_not_text'],
    ['week.zip / /f.json', 'committed', 1],
  ]);
  for (const part of parts)
    expect(part).toMatchObject({ archiveId: archive.id, source: 'upload', createdBy: archive.createdBy });
  const failed = parts.filter(({ failure }) => failure !== null);
  expect(failed.map(({ failure }) => failure?.data['fileName'])).toEqual(failed.map(({ fileName }) => fileName));
  expect([...(await desk.facts()).keys()].sort()).toEqual(['a', 'b', 'f'].map((key) => uuidOf(`report ${key}`)).sort());
  expect(await desk.spool()).toEqual([]);
  const row = await desk.rowOf(parts[0] as ImportBatch);
  expect(row.sha256).toEqual(createHash('sha256').update(one('a')).digest());
});

test('what is no ZIP of files after all is refused whole', async () => {
  const desk = await importDesk();
  const two = await zipOf([
    ['a.csv', one('a')],
    ['b.csv', one('b')],
  ]);
  expect(await refusal(desk, two.subarray(0, two.length - 30))).toMatchObject({ code: 'import_archive_damaged' });
  const empty = await zipOf([['folder/', '']]);
  expect(await refusal(desk, empty)).toMatchObject({ code: 'import_archive_empty' });
  expect(await refusal(desk, await zipOf([]))).toMatchObject({ code: 'import_archive_empty' });
  const workbook = await zipOf([
    ['[Content_Types].xml', '<x/>'],
    ['xl/workbook.xml', '<x/>'],
  ]);
  expect(await refusal(desk, workbook, 'calls.xlsx')).toMatchObject({
    code: 'import_not_text',
    data: { looksLike: 'an Excel file' },
  });
  const many = await zipOf(Array.from({ length: 2001 }, (_, index): Packed => [`${index}.csv`, 'x']));
  expect(await refusal(desk, many)).toEqual({
    code: 'import_archive_too_many',
    data: { fileName: 'calls.zip', limit: 2000 },
  });
  const big = await desk.import(claiming(two, 5_000_000), 'calls.zip');
  expect((await partsOf(desk, big)).map(({ failure }) => failure?.code)).toEqual([
    'import_archive_damaged',
    'import_archive_damaged',
  ]);
  const six = await zipOf(Array.from({ length: 6 }, (_, index): Packed => [`${index}.csv`, 'x']));
  expect(await refusal(desk, claiming(six, 0xfffffff0))).toMatchObject({ code: 'import_archive_too_large' });
});

/** The same archive with other sizes in its directory. */
function claiming(zip: Buffer, bytes: number): Buffer {
  const claims = Buffer.from(zip);
  for (let at = claims.indexOf(signatures.central, 0, 'latin1'); at >= 0; ) {
    claims.writeUInt32LE(bytes, at + 24);
    at = claims.indexOf(signatures.central, at + 1, 'latin1');
  }
  return claims;
}

/** As another process sees the same installation: `meet` is called whenever it asks for an id, which is once for each file of a ZIP. */
function watchedCtx(desk: Desk, meet: (times: number) => void): Ctx {
  const ctx = desk.ctx();
  let times = 0;
  return { ...ctx, clock: { ...ctx.clock, id: () => (meet((times += 1)), ctx.clock.id()) } };
}

const threeFiles = (): Promise<Buffer> =>
  zipOf([
    ['a.csv', one('a')],
    ['b.csv', one('b')],
    ['c.csv', one('c')],
  ]);

test('a process that lost a ZIP in the middle changes nothing: another one unpacked it, once', async () => {
  const desk = await importDesk();
  const batch = await desk.queue(await threeFiles(), 'calls.zip');
  let other: Promise<unknown> | undefined;
  await runImport(
    watchedCtx(desk, (times) => {
      if (times === 2) other = runImport(desk.ctx(), batch.id);
    }),
    batch.id,
  );
  await other;
  expect(await desk.get(batch)).toMatchObject({ state: 'committed', format: 'zip' });
  expect(await partsOf(desk, batch)).toHaveLength(3);
  expect((await desk.spool()).length).toBe(3);
  await desk.drain();
  expect((await desk.facts()).size).toBe(3);
  expect(await desk.spool()).toEqual([]);
  const acts = (await desk.hub.auditOf(batch.id)).map(({ action }) => action);
  expect(acts).toEqual(['imports.queue', 'imports.unpack']);
});

test('a stop in the middle of a ZIP leaves files that nobody knows: they go, and every file enters once', async () => {
  const desk = await importDesk();
  const batch = await desk.queue(await threeFiles(), 'calls.zip');
  // What a killed process leaves: the import runs, two files are unpacked, a third half.
  await desk.hub.asOwner("update import_batch set state = 'running', stage = 'unpacking', attempt = 1 where id = $1", [
    batch.id,
  ]);
  const { dataDir } = desk.hub.installation;
  for (const name of [desk.ctx().clock.id(), desk.ctx().clock.id(), `${desk.ctx().clock.id()}.part`])
    await writeFile(spoolPath(dataDir, 'eu', name), one('a'));
  const runner = await startImportRunner(desk.hub.installation);
  try {
    await until(async () => (await partsOf(desk, batch)).filter(({ state }) => state === 'committed').length === 3);
  } finally {
    await runner.stop();
  }
  expect((await desk.facts()).size).toBe(3);
  expect(await desk.spool()).toEqual([]);
});

test('a ZIP that is canceled while it is unpacked leaves nothing, and one that the disk interrupted is kept', async () => {
  const desk = await importDesk();
  const batch = await desk.queue(await threeFiles(), 'calls.zip');
  let canceled: Promise<unknown> | undefined;
  await runImport(
    watchedCtx(desk, (times) => {
      if (times === 2) canceled = desk.admin.call(api.cancelImport, { params: { importId: batch.id } });
    }),
    batch.id,
  );
  await canceled;
  await desk.drain();
  expect(await desk.get(batch)).toMatchObject({ state: 'canceled' });
  expect(await partsOf(desk, batch)).toEqual([]);
  expect(await desk.spool()).toEqual([]);

  const kept = await desk.queue(await threeFiles(), 'calls.zip');
  await runImport(
    watchedCtx(desk, (times) => {
      if (times === 3) throw Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
    }),
    kept.id,
  );
  expect(await desk.get(kept)).toMatchObject({ state: 'failed', failure: { code: 'import_disk_full' } });
  expect(await desk.spool()).toEqual([kept.id]);
  await desk.admin.call(api.retryImport, { params: { importId: kept.id } });
  await desk.drain();
  expect(await partsOf(desk, kept)).toHaveLength(3);
  expect(await desk.spool()).toEqual([]);
});

test('what an interrupted attempt had unpacked is unpacked anew', async () => {
  const desk = await importDesk();
  const batch = await desk.queue(gzipSync(one('a')), 'calls.gz');
  const path = spoolPath(desk.hub.installation.dataDir, 'eu', batch.id);
  await writeFile(`${path}.plain`, 'what an interrupted attempt left behind');
  await desk.drain();
  expect(await desk.get(batch)).toMatchObject({ state: 'committed', counts: counted({ read: 1, new: 1 }) });
  await expect(readFile(`${path}.plain`)).rejects.toThrow('ENOENT');
});

const queueReport = (name: string): string =>
  csvOf([{ 'Call Queue': name, Location: 'Sofia', 'Total Calls': '40', 'Abandoned Calls': '10' }], {
    columns: ['Call Queue', 'Location', 'Total Calls', 'Abandoned Calls'],
  });
const november = { orgUuid: orgOf('known') as OrgUuid, from: '2026-11-01', to: '2026-11-30' };
const given = { orgUuid: november.orgUuid, period: { from: november.from, to: november.to } };

test('what is given with a ZIP of several files counts for each of them', async () => {
  const desk = await importDesk();
  const zip = await zipOf([
    ['sales.csv', queueReport('Sales')],
    ['support.csv.gz', gzipSync(queueReport('Support'))],
    ['calls.csv', one('a')],
  ]);
  const archive = await desk.import(zip, 'reports.zip', november);
  expect(archive).toMatchObject({ state: 'committed', format: 'zip', feed: null, ...given });
  const feeds = ['webex_call_queue_stats', 'webex_call_queue_stats', 'webex_call_history'];
  expect(await partsOf(desk, archive)).toMatchObject(
    feeds.map((feed) => ({ state: 'committed', feed, counts: counted({ read: 1, new: 1 }), ...given })),
  );
  expect(await desk.count('call_queue_stat')).toBe(2);
  expect(await desk.spool()).toEqual([]);
});

test('a file of a ZIP that lacks an answer asks by itself, and so does the one file of a ZIP; both go on with it', async () => {
  const desk = await importDesk();
  const needs = { state: 'failed', failure: { code: 'import_needs_customer_and_period' } };
  const archive = await desk.import(
    await zipOf([
      ['sales.csv', queueReport('Sales')],
      ['calls.csv', one('a')],
    ]),
    'reports.zip',
  );
  const [sales, calls] = await partsOf(desk, archive);
  expect([sales, calls]).toMatchObject([needs, { state: 'committed' }]);
  const only = await desk.import(await zipOf([['support.csv', gzipSync(queueReport('Support'))]]), 'support.zip');
  expect(only).toMatchObject({ ...needs, fileName: 'support.zip / support.csv' });
  expect(await desk.spool()).toEqual([sales?.id, only.id]);
  for (const asked of [sales, only]) {
    const params = { importId: (asked as ImportBatch).id };
    await desk.admin.call(api.retryImport, { params, body: november });
    await desk.drain();
    expect(await desk.admin.call(api.getImport, { params })).toMatchObject({
      state: 'committed',
      fileName: asked?.fileName,
      counts: counted({ read: 1, new: 1 }),
      ...given,
    });
  }
  expect(await desk.count('call_queue_stat')).toBe(2);
  expect(await desk.spool()).toEqual([]);
});
