import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportBatch } from '@hub/contract/imports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callHistoryCsv, legRecord, madeUuid } from './testing/leg-record.ts';
import { addFirstUser, runHub, type SpawnedHub, startHub, type TestFolder, testFolder } from './testing/spawn-hub.ts';

let folder: TestFolder;
beforeAll(async () => {
  folder = await testFolder();
});
afterAll(() => folder.remove());

const orgUuid = madeUuid();
// In the past of every clock that this runs by.
const start_time = '2025-11-02T09:30:00.000Z';
const calls = Array.from({ length: 40 }, () => madeUuid());
const file = (ids: readonly string[], day: number): string =>
  callHistoryCsv(
    ids.map((report_id) =>
      legRecord({ org_uuid: orgUuid, report_id, start_time, report_time: `2025-11-0${day}T10:00:00.000Z` }),
    ),
  );

// Every step starts the program anew; a busy machine takes its time.
test('kill -9 around an undo: it has happened as a whole or not at all, and once', { timeout: 600_000 }, async () => {
  const environment = { HUB_DATA_DIR: folder.dataDir, HUB_REGIONS: 'us', HUB_REQUESTS_PER_MINUTE: '100000' };
  expect((await runHub(addFirstUser('us'), environment, 'correct horse battery')).code).toBe(0);
  const scopes = 'imports.read,imports.write,customers.write,calling_usage.read,customers.read';
  const created = await runHub(
    ['token', 'create', '--email', 'ada@example.com', '--scopes', scopes, '--days', '1'],
    environment,
  );
  expect(created).toMatchObject({ code: 0, err: '' });
  const headers = { authorization: `Bearer ${/hub_[\w-]+/.exec(created.out)?.[0] ?? ''}` };
  const call = async <Reply>(hub: SpawnedHub, method: string, path: string, body?: object): Promise<Reply> => {
    const reply = await fetch(`${hub.address}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(await reply.text());
    return (await reply.json()) as Reply;
  };
  const listed = async (hub: SpawnedHub): Promise<ImportBatch[]> =>
    (await call<{ items: ImportBatch[] }>(hub, 'GET', '/api/imports?limit=200')).items;
  const legsOf = async (hub: SpawnedHub): Promise<number | null> =>
    (
      await call<{ totals: { callLegs: number | null } }>(
        hub,
        'GET',
        '/api/calling-usage?region=us&from=2025-11-01&to=2025-11-30',
      )
    ).totals.callLegs;

  let hub = await startHub(environment);
  await call(hub, 'POST', '/api/customers', { name: 'Acme', country: 'US', orgUuid });
  const bring = async (name: string, text: string): Promise<void> => {
    const path = join(folder.path, name);
    await writeFile(path, text);
    expect((await runHub(['import', path, '--region', 'us'], environment)).code).toBe(0);
  };
  await bring('first.csv', file(calls.slice(0, 20), 3));
  for (const milliseconds of [0, 2, 5, 10, 20, 50]) {
    // Half of the first is replaced, and twenty are new.
    await bring(`second ${milliseconds}.csv`, file(calls.slice(10), 4));
    const [second] = await listed(hub);
    if (!second) throw new Error('nothing was imported');
    expect(second.counts).toMatchObject({ read: 30, new: 20, replaced: 10 });
    expect(await legsOf(hub)).toBe(40);
    const undoing = call(hub, 'POST', `/api/imports/${second.id}/undo`).catch(() => undefined);
    await sleep(milliseconds);
    hub.signal('SIGKILL');
    await Promise.all([hub.ended, undoing]);

    hub = await startHub(environment);
    const after = (await listed(hub)).find(({ id }) => id === second.id);
    const isUndone = after?.state === 'undone';
    expect([after?.state, await legsOf(hub)]).toEqual(isUndone ? ['undone', 20] : ['committed', 40]);
    const told = await runHub(['undo', `B-${second.number}`], environment);
    expect(told.code).toBe(0);
    expect(told.out).toMatch(isUndone ? /was undone before/ : /rows go +30\n +earlier versions come back +10\n/);
    expect(await legsOf(hub)).toBe(20);
  }
  expect((await runHub(['undo', 'B-9999'], environment)).err).toContain('There is no import B-9999');
  expect((await runHub(['undo', 'calls.csv'], environment)).code).toBe(2);
  const first = (await listed(hub)).at(-1);
  const looked = await runHub(['undo', `b-${first?.number}`, '--dry-run'], environment);
  expect(looked.out).toMatch(/can be undone\.\n +rows go +20\n/);
  expect(await legsOf(hub)).toBe(20);
  hub.signal('SIGTERM');
  expect((await hub.ended).code).toBe(0);
});
