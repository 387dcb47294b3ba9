import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connector } from '@hub/contract/connectors';
import type { ImportBatch } from '@hub/contract/imports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { madeUuid, legRecord } from '../../testing/leg-record.ts';
import { type MockWebex, mockWebex } from '../../testing/mock-webex.ts';
import {
  addFirstUser,
  runHub,
  type SpawnedHub,
  startHub,
  type TestFolder,
  testFolder,
  until,
} from '../../testing/spawn-hub.ts';

let folder: TestFolder;
let mock: MockWebex;
beforeAll(async () => {
  folder = await testFolder();
  mock = await mockWebex({ now: () => new Date(instant) });
});
afterAll(async () => {
  await mock.close();
  await folder.remove();
});

const hour = 3_600_000;
const instant = '2026-11-22T08:00:00.000Z';
const slow = 400_000;

/** What a script with a token gets. */
async function ask<Reply>(
  hub: SpawnedHub,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Reply> {
  const reply = await fetch(hub.address + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
  return (await reply.json()) as Reply;
}

async function textsBelow(path: string): Promise<string> {
  const files = (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')));
  return `${files.map(({ name }) => name).join(' ')}\n${texts.join('\n')}`;
}

test('the product fetches by itself, is killed, goes on, and its backup tells no token', {
  timeout: slow,
}, async () => {
  const settings = {
    HUB_DATA_DIR: folder.dataDir,
    HUB_REGIONS: 'us',
    HUB_NOW: instant,
    HUB_ALLOW_HTTP_CONNECTORS: '1',
  };
  const orgUuid = madeUuid();
  mock.tokens = new Set(['a-token-that-nobody-shall-read']);
  mock.organizations.push({ orgUuid, name: 'Acme' });
  for (const ago of [1, 2, 3]) {
    const at = new Date(Date.parse(instant) - ago * hour).toISOString();
    mock.records.push({ leg: legRecord({ org_uuid: orgUuid, start_time: at, report_time: at }), insertedAt: at });
  }
  expect(await runHub(addFirstUser('us'), settings, 'correct horse battery')).toMatchObject({ code: 0 });
  const scopes = 'connectors.write,imports.read,imports.write';
  const made = await runHub(
    ['token', 'create', '--email', 'ada@example.com', '--days', '30', '--scopes', scopes],
    settings,
  );
  expect(made).toMatchObject({ code: 0, err: '' });
  const token = /^hub_\S+$/m.exec(made.out)?.[0] ?? '';

  // Killed while it waits for the answer to its second question about calls.
  let asked = 0;
  const reached = Promise.withResolvers<void>();
  mock.keepsWaiting = ({ path }) => {
    if (path === '/cdr_stream') asked += 1;
    if (asked === 2) reached.resolve();
    return asked >= 2;
  };
  const first = await startHub(settings);
  const credential = { kind: 'token', accessToken: 'a-token-that-nobody-shall-read' };
  const choices = { name: 'Webex', region: 'us', baseUrl: mock.url, callsUrl: mock.url, backDays: 0, addsIn: 'US' };
  await ask<Connector>(first, token, 'POST', '/api/connectors', { ...choices, credential });
  await reached.promise;
  first.signal('SIGKILL');
  await first.ended;
  mock.keepsWaiting = () => false;

  const second = await startHub(settings);
  const imports = () => ask<{ items: ImportBatch[] }>(second, token, 'GET', '/api/imports');
  const fetched = async () => (await imports()).items.filter(({ source }) => source === 'connector');
  await until(async () => (await fetched()).some(({ state }) => state === 'committed'));
  expect((await fetched()).map(({ counts }) => counts?.new)).toEqual([3]);
  const backup = join(folder.path, 'backup');
  expect(await runHub(['backup', '--out', backup], settings)).toMatchObject({ code: 0 });
  second.signal('SIGTERM');
  const { err } = await second.ended;

  const kept = await textsBelow(backup);
  expect(kept).not.toContain('vault-key');
  for (const text of [kept, second.out(), err]) expect(text).not.toContain('nobody-shall-read');

  const restored = { ...settings, HUB_DATA_DIR: join(folder.path, 'restored') };
  expect(await runHub(['restore', '--from', backup], restored)).toMatchObject({ code: 0 });
  const doctor = await runHub(['doctor'], restored);
  expect(doctor.code).toBe(1);
  expect(doctor.out).toContain('The tokens of 1 connectors were sealed with a key that is not here');
});
