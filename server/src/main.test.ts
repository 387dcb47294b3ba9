import { createServer } from 'node:net';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callHistoryHeader } from './demo-data/call-history-columns.ts';
import { demoScenario, writeCallHistoryCsv } from './demo-data/index.ts';
import {
  addFirstUser,
  processes,
  processesOf,
  runHub,
  startHub,
  startRefused,
  type TestFolder,
  testFolder,
  until,
} from './testing/spawn-hub.ts';

let folder: TestFolder;
beforeAll(async () => {
  folder = await testFolder();
});
afterAll(() => folder.remove());

// Every step starts the program anew; a busy machine takes its time.
const slow = 400_000;

test('a first start waits for its administrator, refuses a second one, and leaves nothing behind', {
  timeout: slow,
}, async () => {
  const environment = { HUB_DATA_DIR: folder.dataDir };
  const hub = await startHub(environment);
  expect(hub.out()).toContain(`Open ${hub.address} to create the first administrator.`);
  expect((await fetch(`${hub.address}/api/setup`)).status).toBe(200);

  const second = await startRefused({ ...environment, PORT: '0' });
  expect(second.code).toBe(1);
  expect(second.out).toContain(`is in use by Partner Hub, process ${hub.pid}`);
  expect(second.out).toContain(hub.address);

  const children = processes().filter(({ parent }) => parent === hub.pid);
  expect(children.length).toBeGreaterThan(0);
  const asked = performance.now();
  hub.signal('SIGTERM');
  const { code, err } = await hub.ended;
  expect(code).toBe(0);
  expect(err).toBe('');
  expect(performance.now() - asked).toBeLessThan(10_000);
  await until(() => processesOf(folder.dataDir).length === 0 && !children.some(({ pid }) => isAlive(pid)));
});

test('after kill -9 in the middle of an import the next start ends it, and nothing counts twice', {
  timeout: slow,
}, async () => {
  const environment = { HUB_DATA_DIR: join(folder.path, 'killed') };
  expect((await runHub(addFirstUser('us'), environment, 'correct horse battery')).err).toBe('');
  const path = join(folder.path, 'calls.csv');
  const { rows } = await writeCallHistoryCsv(path, demoScenario('busy-reseller', 'kill'), {
    region: 'us',
    from: '2026-11-02',
    to: '2026-11-06',
  });

  const first = await startHub(environment);
  const queued = await runHub(['import', path, '--region', 'us', '--no-wait'], environment);
  expect(queued).toMatchObject({ code: 0, err: '' });
  first.signal('SIGKILL');
  await first.ended;

  const second = await startHub(environment);
  const again = await runHub(['import', path, '--region', 'us'], environment);
  expect(again).toMatchObject({ code: 0, err: '' });
  expect(countOf(again.out, 'read')).toBe(rows);
  expect(countOf(again.out, 'duplicate')).toBe(rows);
  const doctor = await runHub(['doctor'], environment);
  expect(doctor.out).toContain('Nothing is left over from imports that have ended.');
  expect(doctor.code).toBe(0);
  second.signal('SIGINT');
  expect((await second.ended).code).toBe(0);
});

test('a port that is taken is named, and what was started is stopped', { timeout: slow }, async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const refused = await startRefused({ HUB_DATA_DIR: join(folder.path, 'port'), HUB_DEMO: '0', PORT: String(port) });
  other.close();
  expect(refused.code).toBe(1);
  expect(refused.out).toContain(`Port ${port} is in use by another program`);
  expect(refused.out).toContain('PORT=');
  await until(() => processesOf(join(folder.path, 'port')).length === 0);
});

test('every fault of the configuration is named before anything starts', async () => {
  const refused = await startRefused({ HUB_DATA_DIR: join(folder.path, 'never'), PORT: 'abc', HUB_REGIONS: 'mars' });
  expect(refused.code).toBe(1);
  expect(refused.out).toContain('PORT');
  expect(refused.out).toContain('HUB_REGIONS');
});

test('the end of PostgreSQL ends the product with a sentence', { timeout: slow }, async () => {
  const dataDir = join(folder.path, 'lost');
  const hub = await startHub({ HUB_DATA_DIR: dataDir, HUB_LOG_LEVEL: 'silent' });
  const postmaster = processesOf(join(dataDir, 'postgres')).find(({ parent }) => parent === hub.pid);
  process.kill(postmaster!.pid, 'SIGKILL');
  const { code, out } = await hub.ended;
  expect(code).toBe(1);
  expect(out).toContain('PostgreSQL ended unexpectedly');
});

test('SIGTERM while a large file is being read ends within 10 s, and the import begins anew', {
  timeout: slow,
}, async () => {
  const environment = { HUB_DATA_DIR: join(folder.path, 'large'), HUB_LOG_LEVEL: 'silent' };
  expect((await runHub(addFirstUser('us'), environment, 'correct horse battery')).code).toBe(0);
  const path = join(folder.path, 'rejected.csv');
  await writeFile(
    path,
    `${callHistoryHeader.join(',')}\r\n${`${callHistoryHeader.map(() => 'x').join(',')}\r\n`.repeat(100_000)}`,
  );
  const hub = await startHub(environment);
  expect((await runHub(['import', path, '--region', 'us', '--no-wait'], environment)).code).toBe(0);
  const asked = performance.now();
  hub.signal('SIGTERM');
  expect((await hub.ended).code).toBe(0);
  expect(performance.now() - asked).toBeLessThan(10_500);
  const alone = await runHub(['import', path, '--region', 'us'], environment);
  expect(alone.code).toBe(0);
  expect(countOf(alone.out, 'rejected')).toBe(100_000);
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The number behind a word of the six that an import ends with. */
function countOf(out: string, word: string): number {
  const [, digits = 'NaN'] = new RegExp(`^\\s+${word}\\s+([\\d,]+)$`, 'm').exec(out) ?? [];
  return Number(digits.replaceAll(',', ''));
}
