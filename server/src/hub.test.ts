import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callHistoryHeader } from './demo-data/call-history-columns.ts';
import { demoScenario, writeCallHistoryCsv } from './demo-data/index.ts';
import { type Ended, runHub, startHub, type TestFolder, testFolder } from './testing/spawn-hub.ts';

let folder: TestFolder;
let environment: Record<string, string>;
beforeAll(async () => {
  folder = await testFolder();
  environment = { HUB_DATA_DIR: folder.dataDir, HUB_REGIONS: 'us,eu' };
});
afterAll(() => folder.remove());

/** Any text with this in it. */
const containing = (part: string): unknown => expect.stringContaining(part);

// Every step starts the program anew; a busy machine takes its time.
const slow = 400_000;
const hub = (words: string[], input = ''): Promise<Ended> => runHub(words, environment, input);
const add = ['user', 'add', '--name', 'Ada Byron', '--role', 'partner_full', '--password-stdin'];
const range = ['--region', 'us', '--from', '2026-11-02', '--to', '2026-11-03'];

test('commands do the same without the running product and through it', { timeout: slow }, async () => {
  const path = join(folder.path, 'calls.csv');
  const { rows } = await writeCallHistoryCsv(path, demoScenario('tiny', 'cli'), {
    region: 'us',
    from: '2026-11-02',
    to: '2026-11-03',
  });

  expect((await hub(['migrate'])).code).toBe(0);
  expect(await hub(['import', path, '--region', 'us'])).toMatchObject({
    code: 1,
    err: containing('There is no partner yet'),
  });
  expect(await hub([...add, '--email', 'ada@example.com'], 'correct horse battery\n')).toMatchObject({ code: 1 });
  const first = [...add, '--email', 'ada@example.com', '--partner-name', 'Example', '--region', 'us'];
  expect(await hub(first, 'short\n')).toMatchObject({ code: 1, err: containing('at least 12 characters') });
  expect(await hub(first, 'correct horse battery\n')).toMatchObject({
    code: 0,
    out: 'ada@example.com was added as partner_full.\n',
  });
  expect(await hub(first, 'correct horse battery\n')).toMatchObject({ code: 2, err: containing('"Example"') });

  const alone = await hub(['import', path, join(folder.path, 'absent.csv'), '--region', 'us']);
  expect(alone.code).toBe(1);
  expect(alone.out).toContain('there is no file');
  expect(alone.out).toMatch(new RegExp(`read\\s+${rows.toLocaleString('en')}\n`));
  expect(alone.out).toMatch(/The held rows wait for a customer/);
  const table = await hub(['usage', ...range]);
  expect(table).toMatchObject({ code: 0, err: '' });
  expect(table.out.split('\n')[0]).toContain('Customer name,Org ID,Location');

  const running = await startHub(environment);
  expect((await stat(join(folder.dataDir, 'hub.sock'))).mode & 0o777).toBe(0o600);
  const again = await hub(['import', path, '--region', 'us']);
  expect(again).toMatchObject({ code: 0, err: '' });
  expect(again.out).toMatch(/\n {2}new +0\n/);

  const broken = join(folder.path, 'broken.csv');
  await writeFile(
    broken,
    `${[callHistoryHeader, callHistoryHeader.map(() => 'x')].map((row) => row.join(',')).join('\n')}\n`,
  );
  expect((await hub(['import', broken, '--region', 'us'])).out).toMatch(
    new RegExp(`rejected +1\n[^]*${running.address}/imports\\?region=`),
  );

  const queues = join(folder.path, 'queues.csv');
  await writeFile(queues, 'Call Queue,Total Calls,Abandoned Calls\nSales,7,1\n');
  const asked = await hub(['import', queues, '--region', 'us']);
  expect(asked).toMatchObject({ code: 1, out: containing('says neither which customer nor which days it is of') });
  const days = ['--from', '2026-11-01', '--to', '2026-11-30'];
  const given = await hub([
    'import',
    queues,
    '--region',
    'us',
    '--org',
    '5a3f1c9e-0d4b-4c1a-9b57-2f6d8e7a1b03',
    ...days,
  ]);
  expect(given).toMatchObject({ code: 0, err: '' });
  expect(given.out).toMatch(/\n {2}held +1\n/);

  const out = join(folder.path, 'usage.csv');
  expect(await hub(['usage', ...range, '--out', out])).toMatchObject({ code: 0, out: '' });
  expect(await readFile(out, 'utf8')).toBe(table.out);
  await writeFile(out, 'kept');
  expect(await hub(['usage', ...range, '--partner', 'Nobody', '--out', out])).toMatchObject({
    code: 2,
    err: containing('"Example"'),
  });
  expect(await readFile(out, 'utf8')).toBe('kept');

  expect(
    await hub(['user', 'password', '--email', 'ada@example.com', '--password-stdin'], 'another horse battery'),
  ).toMatchObject({ code: 0 });
  expect(
    await hub(['user', 'password', '--email', 'eve@example.com', '--password-stdin'], 'another horse battery'),
  ).toMatchObject({ code: 1 });
  const signIn = await fetch(`${running.address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: running.address },
    body: JSON.stringify({ email: 'ada@example.com', password: 'another horse battery' }),
  });
  expect(signIn.status).toBe(200);
  expect((await hub(['migrate'])).out).toContain('newest schema');
  const doctor = await hub(['doctor']);
  expect(doctor.out).toContain(running.address);
  expect(doctor.out).not.toContain('FAIL');
  expect(doctor.code).toBe(0);

  running.signal('SIGTERM');
  await running.ended;
  expect((await hub(['doctor'])).out).toContain('Partner Hub does not run in this data folder.');
});

test('wrong words end with 2 and help, help with 0 and an example', { timeout: slow }, async () => {
  expect((await hub(['import', 'x.csv'])).code).toBe(2);
  expect((await hub(['import', 'x.csv', '--region', 'mars'])).code).toBe(2);
  expect((await hub(['import', 'x.csv', '--region', 'us', '--org', 'acme'])).err).toContain(
    'Write the organization’s ID',
  );
  expect((await hub(['usage', '--region', 'us', '--from', 'yesterday', '--to', '2026-11-01'])).err).toContain(
    'Write a day of the calendar as 2026-10-01',
  );
  expect((await hub(['usage', '--region', 'us', '--from', '2026-10-32', '--to', '2026-11-01'])).code).toBe(2);
  expect((await hub(['fly'])).code).toBe(2);
  for (const words of [
    ['start'],
    ['migrate'],
    ['import'],
    ['usage'],
    ['user', 'add'],
    ['user', 'password'],
    ['token', 'create'],
    ['backup'],
    ['restore'],
    ['doctor'],
  ]) {
    const help = await hub([...words, '--help']);
    expect(help).toMatchObject({ code: 0, out: containing('Example:') });
  }
});

test('a command that needs an installation builds none where there is none', { timeout: slow }, async () => {
  const nowhere = join(folder.path, 'nowhere');
  const refused = await runHub(['import', 'x.csv', '--region', 'us'], { HUB_DATA_DIR: nowhere });
  expect(refused).toMatchObject({ code: 1, err: containing(`There is no Partner Hub in ${nowhere}`) });
  expect(existsSync(nowhere)).toBe(false);
});

test('a password is asked for on a terminal only', { timeout: slow }, async () => {
  const refused = await hub(['user', 'password', '--email', 'ada@example.com']);
  expect(refused).toMatchObject({ code: 2, err: containing('--password-stdin') });
});
