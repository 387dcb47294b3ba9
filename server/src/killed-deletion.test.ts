import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Customer } from '@hub/contract/customers';
import type { Deletion } from '@hub/contract/deletions';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

const orgUuid = madeUuid();
const otherOrg = madeUuid();
// In the past of every clock that this runs by.
const start_time = '2025-11-02T09:30:00.000Z';
const report_time = '2025-11-03T10:00:00.000Z';

// Every step starts the program anew; a busy machine takes its time.
test('kill -9 around a deletion: it ends after the next start, with its numbers, and takes nothing else', {
  timeout: 600_000,
}, async () => {
  const environment = { HUB_DATA_DIR: folder.dataDir, HUB_REGIONS: 'us', HUB_REQUESTS_PER_MINUTE: '100000' };
  expect((await runHub(addFirstUser('us'), environment, 'correct horse battery')).code).toBe(0);
  const scopes = 'customers.read,customers.write,calling_usage.read,deletions.write';
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
  const legsOf = async (hub: SpawnedHub): Promise<number | null> =>
    (
      await call<{ totals: { callLegs: number | null } }>(
        hub,
        'GET',
        '/api/calling-usage?region=us&from=2025-11-01&to=2025-11-30',
      )
    ).totals.callLegs;
  const latest = async (hub: SpawnedHub): Promise<Deletion | undefined> =>
    (await call<{ items: Deletion[] }>(hub, 'GET', '/api/deletions?limit=1')).items[0];

  let hub = await startHub(environment);
  const acme = await call<Customer>(hub, 'POST', '/api/customers', { name: 'Acme', country: 'US', orgUuid });
  await call(hub, 'POST', '/api/customers', { name: 'Other', country: 'US', orgUuid: otherOrg });
  const legs = Array.from({ length: 60 }, (_, at) =>
    legRecord({ org_uuid: at < 40 ? orgUuid : otherOrg, report_id: madeUuid(), start_time, report_time }),
  );
  const path = join(folder.path, 'calls.csv');
  await writeFile(path, callHistoryCsv(legs));
  for (const milliseconds of [0, 20, 60, 200]) {
    const imported = await runHub(['import', path, '--region', 'us'], environment);
    expect(imported).toMatchObject({ code: 0 });
    expect(await legsOf(hub)).toBe(60);
    const before = await latest(hub);
    const asking = call<Deletion>(hub, 'POST', `/api/customers/${acme.id}/deletions`, {
      name: 'Acme',
      takesRecord: false,
    }).catch(() => undefined);
    if (milliseconds > 0) await asking;
    await sleep(milliseconds);
    hub.signal('SIGKILL');
    await Promise.all([hub.ended, asking]);

    hub = await startHub(environment);
    // Killed at once it may not have been acknowledged: then it is asked for again.
    if ((await latest(hub))?.id === before?.id)
      await call(hub, 'POST', `/api/customers/${acme.id}/deletions`, { name: 'Acme', takesRecord: false });
    await until(async () => (await latest(hub))?.endedAt !== null);
    const ended = await latest(hub);
    expect(ended?.regions.map(({ feeds }) => feeds)).toMatchObject([[{ feed: 'webex_call_history', stored: 40 }]]);
    expect(await legsOf(hub)).toBe(20);
    const receipt = await call<{ sha256: string }>(hub, 'GET', `/api/deletions/${ended?.id}/receipt`);
    expect(receipt.sha256).toBe(ended?.sha256);
  }
  // A person each time: their legs go, their number in another's leg is emptied, and the file does not bring them back.
  let kept = 20;
  for (const [at, milliseconds] of [0, 15, 40, 80, 150].entries()) {
    const userUuid = madeUuid();
    const number = `+35988800011${at}`;
    const made = { org_uuid: orgUuid, start_time, report_time };
    const people = [
      ...[0, 1, 2].map(() => legRecord({ ...made, report_id: madeUuid(), user_uuid: userUuid })),
      legRecord({ ...made, report_id: madeUuid(), called_number: number }),
    ];
    await writeFile(path, callHistoryCsv(people));
    if (at === 0) await writeFile(path, callHistoryCsv([...people, ...legs.slice(40)])); // none of them new
    expect(await runHub(['import', path, '--region', 'us'], environment)).toMatchObject({ code: 0 });
    expect(await legsOf(hub)).toBe(kept + 4);
    kept += 1;
    const ask = (): Promise<Deletion> =>
      call(hub, 'POST', `/api/customers/${acme.id}/person-deletions`, {
        userUuid,
        numbers: [number],
        confirm: userUuid,
        sharedIsMeant: true,
      });
    const before = await latest(hub);
    const asking = ask().catch(() => undefined);
    if (milliseconds > 0) await asking;
    await sleep(milliseconds);
    hub.signal('SIGKILL');
    await Promise.all([hub.ended, asking]);

    hub = await startHub(environment);
    if ((await latest(hub))?.id === before?.id) await ask();
    await until(async () => (await latest(hub))?.endedAt !== null);
    const ended = await latest(hub);
    expect(ended).toMatchObject({ subject: 'person' });
    expect(ended?.regions.map(({ feeds }) => feeds)).toMatchObject([
      [{ feed: 'webex_call_history', stored: 3, named: 1 }],
    ]);
    expect(await legsOf(hub)).toBe(kept);
    expect(await runHub(['import', path, '--region', 'us'], environment)).toMatchObject({ code: 0 });
    expect(await legsOf(hub)).toBe(kept);
  }
  hub.signal('SIGTERM');
  expect((await hub.ended).code).toBe(0);
});
