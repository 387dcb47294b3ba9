import { readFile, rename, writeFile } from 'node:fs/promises';
import * as api from '@hub/contract/imports';
import { expect, test } from 'vitest';
import { testHub } from '../../testing/test-hub.ts';
import { until } from '../../testing/spawn-hub.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type RegionalStore, StoreFault } from '../../platform/regional-store/index.ts';
import { inTenant } from '../access/index.ts';
import { readVisibility, setImportState } from './import-queries.ts';
import { startImportRunner } from './import-runner.ts';
import { spoolPath } from './spool.ts';
import { attachStage, createStage } from './staging-queries.ts';
import { counted, csvOf, type Desk, importDesk, leg, orgOf, runWith, storeWith } from './test-support.ts';

const two = csvOf([
  leg('one'),
  leg('two', { 'Start time': '2026-10-05T00:00:00.000Z' }),
  leg('h', { 'Org UUID': orgOf('unknown') }),
  leg('bad', { Duration: 'x' }),
]);
const twoCounts = counted({ read: 4, new: 2, held: 1, rejected: 1 });

async function expectNothing(desk: Desk): Promise<void> {
  for (const table of ['call_leg', 'held_call_leg', 'rejected_row', 'superseded'])
    expect([table, await desk.count(table)]).toEqual([table, 0]);
}

test('a queued import that is canceled leaves nothing, not even its file', async () => {
  const desk = await importDesk();
  const batch = await desk.queue(two);
  expect(await desk.spool()).toHaveLength(1);
  expect(await desk.readOnly.refusal(api.cancelImport, { params: { importId: batch.id } })).toMatchObject({
    code: 'permission_denied',
  });
  expect(await desk.admin.call(api.cancelImport, { params: { importId: batch.id } })).toMatchObject({
    state: 'canceled',
  });
  await desk.drain();
  expect(await desk.get(batch)).toMatchObject({ state: 'canceled', counts: null });
  expect(await desk.spool()).toEqual([]);
  await expectNothing(desk);
  expect(await desk.admin.refusal(api.cancelImport, { params: { importId: batch.id } })).toMatchObject({
    code: 'import_not_cancelable',
  });
});

test('an import that is canceled while the file is read leaves nothing', async () => {
  const desk = await importDesk();
  const batch = await desk.queue(two);
  await runWith(desk, batch, async (sql) => {
    if (!sql.startsWith('LOAD')) return;
    expect(await desk.get(batch)).toMatchObject({ state: 'running', stage: 'reading' });
    await desk.admin.call(api.cancelImport, { params: { importId: batch.id } });
  });
  expect(await desk.get(batch)).toMatchObject({ state: 'canceled', stage: null });
  expect(await desk.spool()).toEqual([]);
  await expectNothing(desk);
});

test.each(['LOAD', 'INSERT INTO @region', 'ALTER TABLE'])(
  'a process that lost its import at %s changes nothing: another one brought it, once',
  async (moment) => {
    const desk = await importDesk();
    const batch = await desk.queue(two);
    let isTaken = false;
    await runWith(desk, batch, async (sql) => {
      if (isTaken || !sql.startsWith(moment)) return;
      isTaken = true;
      await runWith(desk, batch, () => undefined);
    });
    expect(isTaken).toBe(true);
    expect(await desk.get(batch)).toMatchObject({ state: 'committed', counts: twoCounts });
    expect(await desk.count('call_leg')).toBe(2);
    expect(await desk.count('held_call_leg')).toBe(1);
    expect(await desk.count('rejected_row')).toBe(1);
    const commits = (await desk.hub.auditOf(batch.id)).filter(({ action }) => action === 'imports.commit');
    expect(commits).toHaveLength(1);
    await desk.drain();
    expect(await desk.spool()).toEqual([]);
  },
);

test('once rows are being published it cannot be canceled', async () => {
  const desk = await importDesk();
  const batch = await desk.queue(two);
  let code = '';
  await runWith(desk, batch, async (sql) => {
    if (sql.includes('ATTACH') && sql.includes('.call_leg'))
      ({ code } = await desk.admin.refusal(api.cancelImport, { params: { importId: batch.id } }));
  });
  expect(code).toBe('import_not_cancelable');
  expect(await desk.get(batch)).toMatchObject({ state: 'committed', counts: twoCounts });
});

test('a failure of the engine keeps the file; trying again brings everything once', async () => {
  const desk = await importDesk();
  const batch = await desk.queue(two);
  let attached = 0;
  await runWith(desk, batch, (sql) => {
    if (sql.includes('ATTACH') && ++attached === 2) throw new Error('the engine fell over');
  });
  expect(attached).toBe(2);
  const failed = await desk.get(batch);
  expect(failed).toMatchObject({ state: 'failed', failure: { code: 'import_engine_failed' }, counts: null });
  expect(desk.hub.logged.some((line) => line['importId'] === batch.id)).toBe(true);
  await expectNothing(desk);
  expect(await desk.spool()).toHaveLength(1);
  expect(await desk.admin.call(api.retryImport, { params: { importId: batch.id } })).toMatchObject({
    state: 'queued',
    failure: null,
  });
  expect(await desk.admin.refusal(api.retryImport, { params: { importId: batch.id } })).toMatchObject({
    code: 'import_not_retryable',
  });
  await desk.drain();
  expect(await desk.get(batch)).toMatchObject({ state: 'committed', counts: twoCounts });
  expect(await desk.spool()).toEqual([]);
});

test('an import whose file another folder got says so, and takes it when it is there', async () => {
  const desk = await importDesk();
  const batch = await desk.queue(csvOf([leg('elsewhere')]));
  const path = spoolPath(desk.hub.installation.dataDir, 'eu', batch.id);
  await rename(path, `${desk.hub.installation.dataDir}/aside`);
  await desk.drain();
  expect(await desk.get(batch)).toMatchObject({
    state: 'failed',
    failure: { code: 'import_file_missing', data: { fileName: 'calls.csv' } },
  });
  await rename(`${desk.hub.installation.dataDir}/aside`, path);
  await desk.admin.call(api.retryImport, { params: { importId: batch.id } });
  await desk.drain();
  expect(await desk.get(batch)).toMatchObject({ state: 'committed', counts: counted({ read: 1, new: 1 }) });
});

test('an import that failed can be tried again at once, and what follows its failure leaves the new task alone', async () => {
  const desk = await importDesk();
  const batch = await desk.queue(two);
  let isRetried = false;
  await runWith(desk, batch, async (sql) => {
    if (sql.startsWith('LOAD')) throw StoreFault.of('eu', new Error('Code: 241. DB::Exception: secret words'));
    // The first that the engine is asked once the failure is written.
    if (isRetried || (await desk.get(batch)).state !== 'failed') return;
    isRetried = true;
    expect((await desk.get(batch)).failure).toEqual({
      code: 'import_engine_failed',
      data: { reason: 'the engine ran out of memory' },
    });
    await desk.admin.call(api.retryImport, { params: { importId: batch.id } });
  });
  expect(isRetried).toBe(true);
  await desk.drain();
  expect(await desk.get(batch)).toMatchObject({ state: 'committed', counts: twoCounts });
});

test('a failure that cannot be written ends the import all the same', async () => {
  const desk = await importDesk();
  const batch = await desk.queue(two);
  await runWith(desk, batch, (sql) => {
    if (sql.startsWith('LOAD')) throw new HubError('import_empty', { fileName: 1n as unknown as number });
  });
  expect(await desk.get(batch)).toMatchObject({
    state: 'failed',
    failure: { code: 'import_engine_failed', data: { reason: 'an unexpected fault' } },
  });
  expect(await desk.spool()).toHaveLength(1);
});

test('whatever is not committed is left out of every count', async () => {
  const desk = await importDesk();
  const failed = await desk.import('{"a":1}');
  const committed = await desk.import(two);
  const { open } = await inTenant(desk.ctx(), (tx) => readVisibility(tx, 'eu'));
  expect(open).toContain(failed.number);
  expect(open).not.toContain(committed.number);
});

test('what fails behind the commit takes nothing back', async () => {
  const desk = await importDesk({ orgs: [] });
  await desk.import(csvOf([leg('late')]));
  await desk.customer(orgOf('known'));
  const [release] = (await desk.admin.call(api.listImports, { query: { limit: 1 } })).items;
  if (!release) throw new Error('no release');
  await runWith(desk, release, (sql) => {
    if (sql.startsWith('DELETE FROM @region.held_call_leg')) throw new Error('the engine fell over');
  });
  expect(await desk.get(release)).toMatchObject({ state: 'committed', counts: counted({ read: 1, new: 1 }) });
  expect((await desk.facts()).size).toBe(1);
});

test('a stop in the middle of publishing: the next start erases the half and imports the whole, once', async () => {
  const hub = await testHub({ isAlone: true });
  const desk = await importDesk({ hub });
  const before = await desk.import(csvOf([leg('one', { 'Report time': '2026-11-01T00:00:00.000Z' })]));
  const batch = await desk.queue(two);
  const stop = new Error('killed');
  // As a kill leaves it: rows and one of two partitions attached, and nobody to tidy up.
  await runWith(desk, batch, (sql) => {
    if (sql.includes("ATTACH PARTITION ID '202611'") && sql.includes('.call_leg')) return;
    if (sql.includes('ATTACH')) throw stop;
  }).catch(() => undefined);
  const row = await desk.rowOf(batch);
  const tables = desk.staging(batch);
  await createStage(tables);
  await tables.store.run(
    `INSERT INTO ${tables.stage} (partner_id, batch, start_time, report_id, org_uuid) SELECT {p:UUID}, {b:UInt32}, toDateTime64('2026-11-20 09:00:00', 3, 'UTC'), generateUUIDv4(), {o:UUID}`,
    { parameters: { p: desk.partnerId, b: batch.number, o: orgOf('known') } },
  );
  await attachStage(tables, 'call_leg');
  await tables.store.run(
    'INSERT INTO @region.superseded SELECT {p:UUID}, {b:UInt32}, report_id, batch FROM @region.call_leg WHERE batch = {old:UInt32}',
    {
      parameters: { p: desk.partnerId, b: batch.number, old: before.number },
    },
  );
  await hub.asOwner('delete from import_task where import_id = $1', [row.id]);
  await hub.asOwner(
    "update import_batch set state = 'running', stage = 'publishing', failure = null, ended_at = null where id = $1",
    [row.id],
  );
  await hub.asOwner(
    'insert into import_task (import_id, partner_id, region, number) select id, partner_id, region, number from import_batch where id = $1',
    [row.id],
  );
  const spool = spoolPath(hub.installation.dataDir, 'eu', row.id);
  await writeFile(`${spool}.csv`, 'derived');
  await writeFile(spoolPath(hub.installation.dataDir, 'eu', 'unknown'), 'nobody speaks for it');
  expect((await readFile(spool, 'utf8')).length).toBe(two.length);

  const runner = await startImportRunner(hub.installation);
  await until(async () => (await desk.get(batch)).state === 'committed');
  await runner.stop();
  expect((await desk.get(batch)).counts).toEqual(counted({ read: 4, new: 1, replaced: 1, held: 1, rejected: 1 }));
  expect((await desk.facts()).size).toBe(2);
  expect(await desk.spool()).toEqual([]);
  const tablesLeft = await tables.store.ask(
    `SELECT name FROM system.tables WHERE match(name, '^(stage|known|twins|hold)_')`,
  );
  expect(tablesLeft).toEqual([]);
});

test('a runner works through what waits, cleans up, can be paused and stopped, and another goes on', async () => {
  const hub = await testHub({ isAlone: true });
  const desk = await importDesk({ hub });
  await desk.queue(two);
  let runner = await startImportRunner(hub.installation);
  const resume = await runner.pause();
  const later = await desk.queue(csvOf([leg('one', { 'Report time': '2026-11-29T00:00:00.000Z' })]));
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect((await desk.get(later)).state).toBe('queued');
  await runner.stop();
  resume();
  expect((await desk.get(later)).state).toBe('queued');
  runner = await startImportRunner(hub.installation);
  await until(async () => (await desk.get(later)).state === 'committed');
  await runner.stop();
  expect((await desk.get(later)).counts).toEqual(counted({ read: 1, replaced: 1 }));
  expect(await desk.count('call_leg')).toBe(3); // young: somebody may still be reading around the old version
  await hub.asOwner("update import_batch set superseded_at = now() - interval '10 minutes' where number = $1", [
    later.number,
  ]);
  runner = await startImportRunner(hub.installation);
  await until(async () => !(await desk.rowOf(later)).has_superseded);
  await runner.stop();
  expect([await desk.count('call_leg'), await desk.count('superseded')]).toEqual([3, 0]); // marked, for an undo
  expect((await desk.facts()).size).toBe(2);
  await hub.asOwner("update import_batch set ended_at = ended_at - interval '31 days' where number = $1", [
    later.number,
  ]);
  runner = await startImportRunner(hub.installation);
  await until(async () => !(await desk.rowOf(later)).has_replaced);
  await runner.stop();
  expect(await desk.count('call_leg')).toBe(2);
  expect((await desk.facts()).size).toBe(2);
});

test('after a stop between a link and its release the rows enter at the next start', async () => {
  const hub = await testHub({ isAlone: true });
  const desk = await importDesk({ hub, orgs: [] });
  await desk.import(csvOf([leg('left')]));
  await desk.customer(orgOf('known'));
  await hub.asOwner("delete from import_batch where source = 'release'");
  const runner = await startImportRunner(hub.installation);
  await until(async () => (await desk.facts()).size === 1);
  await runner.stop();
});

test('an import of a region that is no longer served waits with its file until it is', async () => {
  const hub = await testHub({ isAlone: true });
  const desk = await importDesk({ hub });
  const batch = await desk.queue(two);
  await inTenant(desk.ctx(), (tx) => setImportState(tx, batch.id, ['queued'], { state: 'running', stage: 'reading' }));
  const stores = new Map([...hub.installation.stores].filter(([region]) => region !== 'eu'));
  const without = await startImportRunner({ ...hub.installation, stores });
  await new Promise((resolve) => setTimeout(resolve, 700));
  await without.stop();
  expect(await desk.get(batch)).toMatchObject({ state: 'queued', failure: null });
  expect(await desk.spool()).toHaveLength(1);
  const runner = await startImportRunner(hub.installation);
  await until(async () => (await desk.get(batch)).state === 'committed');
  await runner.stop();
  expect((await desk.get(batch)).counts).toEqual(twoCounts);
});

test('an import that an ending process leaves behind is no fault to tell of', async () => {
  const hub = await testHub({ isAlone: true });
  const desk = await importDesk({ hub });
  const [reached, goesOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const eu = hub.installation.stores.get('eu')!;
  const slow = storeWith(eu, async (sql) => {
    if (!sql.startsWith('LOAD')) return;
    reached.resolve();
    await goesOn.promise;
  });
  (hub.installation.stores as Map<string, RegionalStore>).set('eu', slow);
  await desk.queue(csvOf([leg('interrupted')]));
  const runner = await startImportRunner(hub.installation);
  await reached.promise;
  const stopped = runner.stop();
  const destroyed = hub.installation.directory.destroy(); // as the hub does after some seconds of patience
  goesOn.resolve();
  await Promise.all([stopped, destroyed]);
  expect(hub.logged.filter(({ level }) => Number(level) >= 40)).toEqual([]);
});
