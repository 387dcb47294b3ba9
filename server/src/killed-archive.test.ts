import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { ImportBatch } from '@hub/contract/imports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { callHistoryCsv, legRecord, madeUuid } from './testing/leg-record.ts';
import {
  addFirstUser,
  runHub,
  type SpawnedHub,
  startHub,
  type TestFolder,
  testFolder,
  until,
} from './testing/spawn-hub.ts';

let folder: TestFolder;
beforeAll(async () => {
  folder = await testFolder();
});
afterAll(() => folder.remove());

const files = 40;
// In the past of every clock that this runs by.
const when = { start_time: '2025-11-02T09:30:00.000Z', report_time: '2025-11-02T10:00:00.000Z' };
const namesIn = (path: string): Promise<string[]> => readdir(path).catch(() => []);

async function week(): Promise<Buffer> {
  const zip = new ZipFile();
  for (let index = 0; index < files; index++) {
    const legs = Array.from({ length: 10 }, () => legRecord({ org_uuid: madeUuid(), ...when }));
    zip.addBuffer(Buffer.from(callHistoryCsv(legs)), `day ${index}.csv`);
  }
  zip.end();
  return buffer(zip.outputStream);
}

async function importsOf(hub: SpawnedHub, token: string): Promise<{ items: ImportBatch[]; underway: number }> {
  const reply = await fetch(`${hub.address}/api/imports?limit=200`, { headers: { authorization: `Bearer ${token}` } });
  if (!reply.ok) throw new Error(await reply.text());
  return (await reply.json()) as { items: ImportBatch[]; underway: number };
}

async function kill(hub: SpawnedHub): Promise<void> {
  hub.signal('SIGKILL');
  await hub.ended;
}

// Every step starts the program anew; a busy machine takes its time.
test('after kill -9 while a ZIP of the watched folder is unpacked, and again later, each of its files is imported once', {
  timeout: 600_000,
}, async () => {
  const watched = join(folder.path, 'watched');
  const inbox = join(watched, 'p', 'us');
  await mkdir(inbox, { recursive: true });
  const environment = {
    HUB_DATA_DIR: folder.dataDir,
    HUB_REGIONS: 'us',
    HUB_WATCH_FOLDER: watched,
    HUB_REQUESTS_PER_MINUTE: '100000', // the test looks often
  };
  expect((await runHub(addFirstUser('us'), environment, 'correct horse battery')).code).toBe(0);
  const given = ['--email', 'ada@example.com', '--scopes', 'imports.read', '--days', '1'];
  const token = /hub_[\w-]+/.exec((await runHub(['token', 'create', ...given], environment)).out)?.[0] ?? '';
  await writeFile(join(inbox, '.week.zip'), await week());
  await rename(join(inbox, '.week.zip'), join(inbox, 'week.zip'));

  const spool = join(folder.dataDir, 'regions/us/spool');
  const first = await startHub(environment);
  await until(async () => (await namesIn(spool)).length > files / 4);
  await kill(first);
  expect(await namesIn(join(inbox, 'taken'))).toHaveLength(1);

  const second = await startHub(environment);
  await until(async () =>
    (await importsOf(second, token)).items.some(({ state, format }) => state === 'committed' && format === 'csv'),
  );
  await kill(second);

  const third = await startHub(environment);
  await until(async () => (await namesIn(join(inbox, 'done'))).length === 2);
  const { items, underway } = await importsOf(third, token);
  expect(underway).toBe(0);
  const parts = items.filter(({ archiveId }) => archiveId !== null);
  expect(items).toHaveLength(files + 1);
  expect(new Set(parts.map(({ fileName }) => fileName)).size).toBe(files);
  const ends = new Set(parts.map(({ state, counts }) => JSON.stringify([state, counts])));
  const counts = { read: 10, new: 0, duplicate: 0, replaced: 0, rejected: 0, held: 10 };
  expect([...ends]).toEqual([JSON.stringify(['committed', counts])]);
  expect(await namesIn(spool)).toEqual([]);
  expect(await namesIn(inbox)).toEqual(['done', 'taken']);
  third.signal('SIGTERM');
  expect((await third.ended).code).toBe(0);
});
