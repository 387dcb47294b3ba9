import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportBatch } from '@hub/contract/imports';
import * as api from '@hub/contract/imports';
import { afterAll, expect, test } from 'vitest';
import { until } from './testing/spawn-hub.ts';
import { testHub } from './testing/test-hub.ts';
import { type ImportRunner, startImportRunner } from './features/imports/index.ts';
import { counted, csvOf, type Desk, importDesk, leg, uuidOf } from './features/imports/test-support.ts';
import { startFolderWatch } from './features/watched-folder/index.ts';

const uploads = 1000;
/** How many of them are worked through to their end; all of them take a quarter of an hour (MANY_FILES=1000). */
const ended = Number(process.env['MANY_FILES'] ?? 40);
/** More than the folder takes at once. */
const watched = Number(process.env['MANY_FILES'] ?? 55);

const folders: string[] = [];
const runners: ImportRunner[] = [];
afterAll(async () => {
  for (const runner of runners) await runner.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const nameOf = (number: number): string => `calls-${number}.csv`;
const numberOf = (name: string): number => Number(/\d+/.exec(name)?.[0]);
/** A call of its own, and one that it shares with its neighbour. */
const ownCall = (number: number): string => `own ${number}`;
const sharedCall = (number: number): string => `shared ${Math.floor(number / 2)}`;
const fileOf = (number: number): string => csvOf([leg(ownCall(number)), leg(sharedCall(number))]);

async function ledgerOf(desk: Desk): Promise<ImportBatch[]> {
  const batches: ImportBatch[] = [];
  for (let after: number | undefined; ; ) {
    const page = await desk.admin.call(api.listImports, { query: { limit: 200, after } });
    batches.push(...page.items);
    if (page.next === null) return batches;
    after = page.next;
  }
}

/** Every file that ends renews the patience. */
async function runUntil(desk: Desk, left: () => Promise<number>): Promise<void> {
  const runner = await startImportRunner(desk.hub.installation);
  runners.push(runner);
  for (let seen = await left(); seen > 0; ) {
    await until(async () => {
      const before = seen;
      seen = await left();
      return seen < before;
    });
  }
  await runner.stop();
}

/** Each file once, those that have ended with every row counted, and of every call that they brought one fact. */
async function expectEachOnce(desk: Desk, files: number): Promise<ImportBatch[]> {
  const ledger = await ledgerOf(desk);
  expect(ledger.map(({ fileName }) => fileName).toSorted()).toEqual(
    Array.from({ length: files }, (_, number) => nameOf(number)).toSorted(),
  );
  const done = ledger.filter(({ state }) => state === 'committed');
  const sum = counted({});
  for (const { counts } of done)
    for (const [name, rows] of Object.entries(counts ?? {})) sum[name as keyof typeof sum] += rows;
  const calls = new Set(
    done.map(({ fileName }) => numberOf(fileName)).flatMap((number) => [ownCall(number), sharedCall(number)]),
  );
  expect(sum).toEqual(counted({ read: 2 * done.length, new: calls.size, duplicate: 2 * done.length - calls.size }));
  expect([...(await desk.facts()).keys()].toSorted()).toEqual(
    [...calls].map((name) => uuidOf(`report ${name}`)).toSorted(),
  );
  return done;
}

test('a thousand files uploaded at once are each taken, wait with their file, and enter once', {
  timeout: 3_600_000,
}, async () => {
  const desk = await importDesk({ hub: await testHub({ isAlone: true }) });
  const taken = await Promise.all(
    Array.from({ length: uploads }, (_, number) => desk.queue(fileOf(number), nameOf(number))),
  );
  expect(new Set(taken.map(({ number }) => number)).size).toBe(uploads);
  expect(await desk.spool()).toHaveLength(uploads);
  await runUntil(desk, async () => {
    const [tasks] = await desk.hub.asOwner<{ n: number }>('select count(*)::int as n from import_task');
    return (tasks?.n ?? 0) - (uploads - ended);
  });
  const done = await expectEachOnce(desk, uploads);
  expect(done.length).toBeGreaterThanOrEqual(ended);
  // What has not had its turn still waits, with its file.
  const waiting = (await ledgerOf(desk)).filter(({ state }) => state !== 'committed');
  expect(waiting.filter(({ state }) => state !== 'queued' && state !== 'running')).toEqual([]);
  expect(await desk.spool()).toEqual(waiting.map(({ id }) => id).toSorted());
});

test('files put into the watched folder at once are each imported and put aside once', {
  timeout: 3_600_000,
}, async () => {
  const desk = await importDesk({ hub: await testHub({ isAlone: true }) });
  const root = await realpath(await mkdtemp(join(tmpdir(), 'hub-many-')));
  folders.push(root);
  const inbox = join(root, desk.partnerId, 'eu');
  await mkdir(inbox, { recursive: true });
  await Promise.all(
    Array.from({ length: watched }, (_, number) => writeFile(join(inbox, nameOf(number)), fileOf(number))),
  );
  const done = async (): Promise<string[]> =>
    (await readdir(join(inbox, 'done')).catch(() => [] as string[])).filter((name) => name.endsWith('.csv'));
  const watch = startFolderWatch(desk.hub.installation, root, { looksEvery: 500 });
  try {
    await runUntil(desk, async () => watched - (await done()).length);
  } finally {
    await watch.stop();
  }
  expect(await expectEachOnce(desk, watched)).toHaveLength(watched);
  expect((await readdir(inbox)).toSorted()).toEqual(['done', 'taken']);
  expect(await done()).toHaveLength(watched);
  expect(await desk.spool()).toEqual([]);
});
