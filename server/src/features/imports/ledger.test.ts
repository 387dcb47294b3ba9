import { createHash } from 'node:crypto';
import * as uploads from '@hub/contract/import-uploads';
import * as api from '@hub/contract/imports';
import { beforeAll, expect, test } from 'vitest';
import { mintToken } from '../../testing/sweep-world.ts';
import { counted, csvOf, type Desk, importDesk, leg, orgOf } from './test-support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await importDesk();
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const list = (query: { feed?: api.FeedCode; state?: api.ImportState; source?: api.LedgerSource }) =>
  desk.admin.call(api.listImports, { query: { limit: 50, ...query } });

test('each import says how it came, its hash, its period and its rate, also one that came in parts or by a program', async () => {
  const file = csvOf([
    leg('l1', { 'Start time': '2026-11-03T09:00:00.000Z' }),
    leg('l2', { 'Start time': '2026-11-05T09:00:00.000Z' }),
    leg('l3', { Duration: 'x' }),
  ]);
  const page = await desk.import(file, 'page.csv');
  expect(page).toMatchObject({
    source: 'upload',
    sha256: sha256(file),
    counts: counted({ read: 3, new: 2, rejected: 1 }),
    covers: { from: '2026-11-03T09:00:00.000Z', to: '2026-11-05T09:00:00.000Z' },
    canBeUndone: true,
    undone: null,
    corrects: null,
  });
  await desk.hub.asOwner("update import_batch set ended_at = started_at + interval '1500 ms' where id = $1", [page.id]);
  expect(await desk.get(page)).toMatchObject({ seconds: 1.5, rowsPerSecond: 2 });

  const parts = await desk.admin.call(uploads.beginUpload, {
    body: { region: 'eu', fileName: 'parts.csv', bytes: Buffer.byteLength(file) },
  });
  const sent = await desk.admin.raw({
    method: 'PATCH',
    url: `/api/imports/uploads/${parts.id}?offset=0`,
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  });
  expect(sent.status).toBe(200);
  await desk.admin.call(uploads.finishUpload, { params: { uploadId: parts.id }, query: {} });
  await desk.drain();
  expect(await desk.get(parts)).toMatchObject({ source: 'upload', sha256: sha256(file) });

  const { personId } = await desk.hub.person(desk.partnerId, 'partner_full');
  const { secret } = await mintToken(desk.hub, personId, desk.partnerId, { scopes: ['imports.write'] });
  const program = desk.hub.script(secret);
  const other = csvOf([leg('l4')]);
  const queued = await program.upload(api.uploadImport, {
    query: { region: 'eu', fileName: 'program.csv' },
    body: other,
  });
  expect(queued).toMatchObject({ source: 'api', sha256: sha256(other), seconds: null, rowsPerSecond: null });
  await desk.drain();
});

test('the ledger is narrowed by feed, state and source, and goes out as a CSV of the same', async () => {
  const held = await desk.import(csvOf([leg('h', { 'Org UUID': orgOf('unknown') })]), '=cmd.csv');
  await desk.admin.call(api.undoImport, { params: { importId: held.id } });
  await desk.import('what is this\n1\n', 'unknown.csv');
  const all = await list({});
  const undone = await list({ state: 'undone' });
  expect(undone.items.map(({ id }) => id)).toEqual([held.id]);
  expect(undone.total).toBe(1);
  const failed = await list({ state: 'failed', source: 'upload' });
  expect(failed.items.map(({ fileName }) => fileName)).toEqual(['unknown.csv']);
  expect((await list({ source: 'api' })).items.map(({ source }) => source)).toEqual(['api']);
  expect((await list({ source: 'archive' })).items).toEqual([]);
  expect((await list({ feed: 'webex_devices' })).total).toBe(0);
  expect((await list({ feed: 'webex_call_history' })).total).toBe(all.total - 1);

  const rows = async (query: { state?: 'undone' }): Promise<Record<string, string>[]> => {
    const { text, fileName } = await desk.admin.download(api.exportLedger, { query });
    expect(fileName).toBe('Imports_2026-12-01.csv');
    const [head = [], ...lines] = text
      .replace('\uFEFF', '')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    return lines.map((line) => Object.fromEntries(head.map((name, index) => [name, line[index] ?? ''])));
  };
  const ledger = await rows({});
  expect(ledger.map((row) => row['Import'])).toEqual(all.items.map(({ number }) => `B-${number}`));
  for (const row of ledger.filter(({ State }) => State === 'committed' || State === 'undone')) {
    const [read, ...became] = ['Read', 'New', 'Duplicate', 'Replaced', 'Rejected', 'Held'].map((name) =>
      Number(row[name]),
    );
    expect(became.reduce((sum, count) => sum + count, 0)).toBe(read);
    expect(row['SHA-256']).toMatch(/^[0-9a-f]{64}$/);
  }
  const [only, ...others] = await rows({ state: 'undone' });
  expect(only).toMatchObject({ Import: `B-${held.number}`, File: "'=cmd.csv", Held: '1' });
  expect([only?.['Undone']?.slice(0, 10), others]).toEqual(['2026-12-01', []]);
});
