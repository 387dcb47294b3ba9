import { join } from 'node:path';
import { getCallingUsage } from '@hub/contract/calling-usage';
import { sentenceOf } from '@hub/contract/errors';
import * as api from '@hub/contract/imports';
import { listRegions } from '@hub/contract/region-states';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { remoteRegionalStore, type WatchedStore, watchedStore } from '../../platform/regional-store/index.ts';
import type { Fault } from '../../testing/regional-bridge-faults.ts';
import { openRegionalBridge, type RegionalBridge } from '../../testing/regional-bridge.ts';
import { until } from '../../testing/spawn-hub.ts';
import { type TestHub, testHub } from '../../testing/test-hub.ts';
import { type ImportRunner, startImportRunner } from './import-runner.ts';
import { counted, csvOf, type Desk, importDesk, leg, orgOf } from './test-support.ts';

// Region eu lies behind a bridge that can be taken away; the others are where they always are.
let hub: TestHub;
let bridge: RegionalBridge;
let eu: WatchedStore;
let runner: ImportRunner | undefined;
const undo: (() => void)[] = [];
const times = { upMilliseconds: 100, downMilliseconds: 100, probeMilliseconds: 1000 };

beforeAll(async () => {
  hub = await testHub({ isAlone: true });
  bridge = await openRegionalBridge({ enginePath: join(hub.installation.dataDir, 'clickhouse') });
  eu = watchedStore(remoteRegionalStore('eu', { url: bridge.url }), { prepare: () => Promise.resolve(), times });
  (hub.installation.stores as Map<string, unknown>).set('eu', eu);
  await eu.begin();
});

afterEach(async () => {
  for (const again of undo.splice(0)) again();
  await runner?.stop();
  runner = undefined;
});

afterAll(async () => {
  await eu.close();
  await bridge.close();
});

const inject = (fault: Fault): void => void undo.push(bridge.inject(fault));
const range = { from: '2026-11-01', to: '2026-11-30' };
const unavailable = {
  status: 503,
  code: 'region_unavailable',
  data: { region: 'eu' },
  title: 'The store of region eu did not answer.',
};

const committed = async (desk: Desk, batch: api.ImportBatch): Promise<boolean> =>
  (await desk.get(batch)).state === 'committed';

test('a region that is down is named, harms no other region, and gets its imports when it is back', {
  timeout: 60_000,
}, async () => {
  const desk = await importDesk({ hub });
  const other = await importDesk({ hub, region: 'us' });
  await bridge.goAway();
  await until(() => !eu.isAvailable());
  runner = await startImportRunner(hub.installation);

  const began = performance.now();
  expect(await desk.admin.refusal(getCallingUsage, { query: { region: 'eu', ...range } })).toMatchObject(unavailable);
  expect(performance.now() - began).toBeLessThan(10_000); // a question waits for 30 s
  expect(await desk.admin.call(listRegions)).toEqual({
    regions: ['us', 'ca', 'eu', 'uae'],
    regionsUnavailable: ['eu'],
    regionsReadOnly: [],
  });
  expect((await desk.admin.call(api.listHeldOrganizations, { query: {} })).unavailable).toEqual(['eu']);
  const waiting = await desk.queue(csvOf([leg('waits')]));
  const running = await other.queue(csvOf([leg('runs')]));
  await until(() => committed(other, running));
  expect(await desk.get(waiting)).toMatchObject({ state: 'queued', failure: null });
  expect(await desk.spool()).toContain(waiting.id);

  await bridge.comeBack();
  await until(() => committed(desk, waiting));
  expect((await desk.get(waiting)).counts).toEqual(counted({ read: 1, new: 1 }));
  expect((await desk.admin.call(listRegions)).regionsUnavailable).toEqual([]);
  expect((await desk.admin.call(getCallingUsage, { query: { region: 'eu', ...range } })).totals.callLegs).toBe(1);
});

test('while a store is away for a minute files are taken, and each enters once when it is back', {
  timeout: 120_000,
}, async () => {
  const desk = await importDesk({ hub });
  runner = await startImportRunner(hub.installation);
  const before = await desk.queue(csvOf([leg('before')]), 'before.csv');
  await until(() => committed(desk, before));
  await bridge.goAway();
  await until(() => !eu.isAvailable());
  const taken: api.ImportBatch[] = [];
  const everySeconds = 5;
  for (let second = 0; second <= 60; second += everySeconds) {
    // A call of its own, and one that all of them bring.
    taken.push(await desk.queue(csvOf([leg(`at ${second}`), leg('in all')]), `at-${second}.csv`));
    hub.clock.advance(everySeconds * 1000);
    runner.wake();
  }
  for (const batch of taken) expect(await desk.get(batch)).toMatchObject({ state: 'queued', failure: null });
  expect(await desk.spool()).toEqual(expect.arrayContaining(taken.map(({ id }) => id)));
  await bridge.comeBack();
  for (const batch of taken) await until(() => committed(desk, batch));
  const counts = await Promise.all(taken.map(async (batch) => (await desk.get(batch)).counts));
  expect(counts).toEqual(
    taken.map((_, place) => counted(place === 0 ? { read: 2, new: 2 } : { read: 2, new: 1, duplicate: 1 })),
  );
  expect((await desk.facts()).size).toBe(1 + taken.length + 1);
  // A file goes behind the word that its import counts.
  await until(async () => {
    const left = await desk.spool();
    return taken.every(({ id }) => !left.includes(id));
  });
});

test.each<[string, RegExp]>([
  ['while its file is read', /^INSERT INTO hub_eu\.stage_\d+_\d+ /],
  ['while its rows are published', /ATTACH PARTITION/],
  ['while what was known is compared', /^INSERT INTO hub_eu\.known/],
])('an import under which the server restarts %s comes in once', { timeout: 60_000 }, async (_, matches) => {
  const desk = await importDesk({ hub, orgs: ['known'] });
  const batch = await desk.queue(
    csvOf([
      leg('a'),
      leg('b', { 'Start time': '2026-10-05T00:00:00.000Z' }),
      leg('h', { 'Org UUID': orgOf('nobody') }),
    ]),
  );
  inject({ kind: 'reset', matches, times: 1 });
  runner = await startImportRunner(hub.installation);
  await until(() => committed(desk, batch));
  expect((await desk.get(batch)).counts).toEqual(counted({ read: 3, new: 2, held: 1 }));
  expect((await desk.facts()).size).toBe(2);
  expect(hub.logged.some((line) => line['msg'] === 'an import waits for its region')).toBe(true);
});

test('imports for a region whose store takes no writes wait, name it, and enter by themselves', {
  timeout: 60_000,
}, async () => {
  const desk = await importDesk({ hub });
  const other = await importDesk({ hub, region: 'us' });
  inject({
    kind: 'exception',
    message: 'Code: 242. DB::Exception: Table is in readonly mode. (TABLE_IS_READ_ONLY)',
    matches: /^(CREATE|INSERT|ALTER|DROP|DELETE|TRUNCATE)/,
  });
  const batches = [await desk.queue(csvOf([leg('refused')])), await desk.queue(csvOf([leg('behind it')]))];
  const fine = await other.queue(csvOf([leg('taken')]));
  runner = await startImportRunner(hub.installation);
  for (const batch of batches) await until(async () => (await desk.get(batch)).waitsFor === 'read_only');
  expect(await desk.readOnly.call(listRegions)).toMatchObject({ regionsUnavailable: [], regionsReadOnly: ['eu'] });
  expect(await other.admin.call(listRegions)).toMatchObject({ regionsReadOnly: [] });
  await until(() => committed(other, fine));
  // Reading goes on.
  await desk.admin.call(getCallingUsage, { query: { region: 'eu', ...range } });
  for (const again of undo.splice(0)) again();
  for (const batch of batches) await until(() => committed(desk, batch));
  expect((await desk.facts()).size).toBe(2);
  expect(await desk.admin.call(listRegions)).toMatchObject({ regionsReadOnly: [] });
});

test('a store whose disk is full fails its imports with that sentence, and keeps the file', {
  timeout: 60_000,
}, async () => {
  const desk = await importDesk({ hub });
  const other = await importDesk({ hub, region: 'us' });
  inject({
    kind: 'exception',
    message: 'Code: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE)',
    matches: /^(CREATE|INSERT|ALTER|DROP|DELETE|TRUNCATE)/,
  });
  const batch = await desk.queue(csvOf([leg('refused')]));
  const fine = await other.queue(csvOf([leg('taken')]));
  runner = await startImportRunner(hub.installation);
  await until(async () => (await desk.get(batch)).state === 'failed');
  const { failure } = await desk.get(batch);
  expect(failure).toEqual({
    code: 'import_engine_failed',
    data: { reason: 'the disk of the region’s store is full' },
  });
  expect(sentenceOf('import_engine_failed', failure?.data ?? {})).toContain('The file is kept; try again.');
  await until(() => committed(other, fine));
  for (const again of undo.splice(0)) again();
  await desk.admin.call(api.retryImport, { params: { importId: batch.id } });
  await until(() => committed(desk, batch));
});

test('a store that breaks off under one file again and again fails that file, not the queue', {
  timeout: 90_000,
}, async () => {
  const desk = await importDesk({ hub });
  const batch = await desk.queue(csvOf([leg('cursed')]));
  inject({ kind: 'reset', matches: new RegExp(`^INSERT INTO hub_eu\\.stage_${batch.number}_\\d+ `) });
  const next = await desk.queue(csvOf([leg('behind it')]));
  runner = await startImportRunner(hub.installation);
  const poking = setInterval(() => runner?.wake(), 200);
  await until(() => committed(desk, next));
  clearInterval(poking);
  expect((await desk.get(batch)).failure).toEqual({
    code: 'import_engine_failed',
    data: { reason: 'the connection to the region’s store broke again and again' },
  });
});

test('of several workers one works through a region, and another takes over where it ends', {
  timeout: 60_000,
}, async () => {
  const desk = await importDesk({ hub });
  const first = await startImportRunner(hub.installation, { isAlone: false });
  runner = await startImportRunner(hub.installation, { isAlone: false });
  const batches: api.ImportBatch[] = [];
  for (let index = 0; index < 4; index += 1) batches.push(await desk.queue(csvOf([leg(`many ${index}`)])));
  await until(() => committed(desk, batches[3] as api.ImportBatch));
  await first.stop();
  const last = await desk.queue(csvOf([leg('last')]));
  await until(() => committed(desk, last));
  for (const batch of [...batches, last])
    expect((await hub.auditOf(batch.id)).map(({ action }) => action)).toEqual(['imports.queue', 'imports.commit']);
  expect((await desk.facts()).size).toBe(5);
});

test('a worker whose connection to the directory is cut lets go, and the queue goes on', {
  timeout: 60_000,
}, async () => {
  const desk = await importDesk({ hub });
  runner = await startImportRunner(hub.installation);
  const [{ n } = { n: 0 }] = await hub.asOwner<{ n: number }>(
    "select count(pg_terminate_backend(pid))::int as n from pg_locks where locktype = 'advisory' and classid = 4801272 and database = (select oid from pg_database where datname = current_database())",
  );
  expect(n).toBe(4);
  const batch = await desk.queue(csvOf([leg('after the cut')]));
  await until(() => committed(desk, batch));
});

/** The connections of leases and of whatever else the workers ask, as a fast restart of PostgreSQL cuts them. */
const cutDirectory = (): Promise<unknown> =>
  hub.asOwner(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid != pg_backend_pid() and usename = $1',
    [hub.applicationConnection.user],
  );

const untilEnded = (batch: api.ImportBatch): Promise<void> =>
  until(
    async () =>
      (await hub.asOwner("select 1 from import_batch where id = $1 and state in ('committed', 'failed')", [batch.id]))
        .length > 0,
  );

test('PostgreSQL restarts under the import of one of two workers: it goes on by itself and comes in once', {
  timeout: 60_000,
}, async () => {
  const desk = await importDesk({ hub });
  const first = await startImportRunner(hub.installation, { isAlone: false });
  runner = await startImportRunner(hub.installation, { isAlone: false });
  inject({ kind: 'delay', milliseconds: 2500, matches: /^INSERT INTO hub_eu\.stage_/, times: 1 });
  const batch = await desk.queue(csvOf([leg('a'), leg('b'), leg('torn', { 'Start time': 'never' })]));
  await until(async () => (await desk.get(batch)).stage === 'reading');
  // The other worker drops the tables of the one that goes on, and is still erasing when that one finds out.
  inject({ kind: 'delay', milliseconds: 4000, matches: /^SELECT count\(\) AS n FROM hub_eu\.superseded/, times: 1 });
  await cutDirectory();
  await untilEnded(batch);
  await first.stop();
  expect(await desk.get(batch)).toMatchObject({
    state: 'committed',
    counts: counted({ read: 3, new: 2, rejected: 1 }),
  });
  expect((await desk.facts()).size).toBe(2);
  expect(await desk.rejected(batch)).toHaveLength(1);
  expect((await hub.auditOf(batch.id)).map(({ action }) => action)).toEqual(['imports.queue', 'imports.commit']);
});

test('PostgreSQL restarts in the middle of what an import writes to it: the import begins anew', {
  timeout: 60_000,
}, async () => {
  const desk = await importDesk({ hub });
  inject({ kind: 'delay', milliseconds: 1500, matches: /^INSERT INTO hub_eu\.stage_/, times: 1 });
  const batch = await desk.queue(csvOf([leg('a')]));
  runner = await startImportRunner(hub.installation);
  await until(async () => (await desk.get(batch)).stage === 'reading');
  const held = new pg.Client({ ...hub.applicationConnection, options: '-c search_path=tenant' });
  held.on('error', () => undefined);
  await held.connect();
  await held.query("select set_config('app.partner_id', $1, false), set_config('app.scope_person', '', false)", [
    desk.partnerId,
  ]);
  await held.query('begin');
  await held.query('select 1 from import_batch where id = $1 for update', [batch.id]);
  await until(
    async () =>
      (
        await hub.asOwner(
          "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'update%stage%'",
        )
      ).length > 0,
  );
  await cutDirectory();
  await untilEnded(batch);
  expect(await desk.get(batch)).toMatchObject({ state: 'committed', counts: counted({ read: 1, new: 1 }) });
  expect((await hub.auditOf(batch.id)).map(({ action }) => action)).toEqual(['imports.queue', 'imports.commit']);
});

test('a queue that stumbles again and again shows it on its imports until it goes on', {
  timeout: 60_000,
}, async () => {
  const desk = await importDesk({ hub });
  // What recovers a region fails before any import is begun, as with files that it may not rename.
  inject({
    kind: 'exception',
    message: 'Code: 1001. DB::Exception: rename: Permission denied',
    matches: /system\.tables/,
  });
  const batch = await desk.queue(csvOf([leg('a')]));
  runner = await startImportRunner(hub.installation);
  await until(async () => (await desk.get(batch)).waitsFor === 'fault');
  for (const again of undo.splice(0)) again();
  await until(() => committed(desk, batch));
  const next = await desk.queue(csvOf([leg('b')]));
  expect((await desk.get(next)).waitsFor).toBeNull();
  expect(
    await hub.asOwner("select 1 from import_batch where waits_for = 'fault' and state in ('queued', 'running')"),
  ).toEqual([]);
});
