import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvOf, leg } from './features/imports/test-support.ts';
import { type EmbeddedEngine, openEmbeddedEngine } from './platform/regional-store/index.ts';
import { openRegionalBridge, type RegionalBridge } from './testing/regional-bridge.ts';
import {
  addFirstUser,
  dumpStores,
  runHub,
  type SpawnedHub,
  spawnPart,
  startHub,
  startRefused,
  type TestFolder,
  testFolder,
  until,
} from './testing/spawn-hub.ts';
import { freePort, startTcpPostgres } from './testing/tcp-postgres.ts';

// The program itself against a PostgreSQL and a ClickHouse that are reached by their addresses.
let folder: TestFolder;
let elsewhere: TestFolder; // where the servers keep their data
let postgres: Awaited<ReturnType<typeof startTcpPostgres>>;
let engine: EmbeddedEngine;
let bridge: RegionalBridge;
let shared: Record<string, string>;
const slow = 180_000;

beforeAll(async () => {
  folder = await testFolder();
  elsewhere = await testFolder();
  postgres = await startTcpPostgres(join(elsewhere.path, 'postgres'));
  engine = await openEmbeddedEngine(join(elsewhere.path, 'engine'));
  bridge = await openRegionalBridge({ enginePath: join(elsewhere.path, 'engine') });
  shared = {
    HUB_REGIONS: 'us,eu',
    DATABASE_URL: postgres.url('hub'),
    HUB_REGION_US_URL: bridge.url,
    HUB_REGION_EU_URL: `${bridge.url}europe`,
    HUB_FILES: join(folder.path, 'files'),
    HUB_DATA_DIR: folder.dataDir,
    HUB_LOG_LEVEL: 'info',
  };
}, slow);

afterAll(async () => {
  await folder.remove(); // ends what was started
  await bridge.close();
  await engine.close();
  await postgres.stop();
  await elsewhere.remove();
}, slow);

const password = () => new URL(bridge.url).password;

test('a part of the servers is not enough to run apart, and what is missing is named', { timeout: slow }, async () => {
  const { HUB_FILES: _, HUB_REGION_EU_URL: __, ...partly } = shared;
  const refused = await startRefused(partly, ['worker']);
  expect(refused.code).toBe(1);
  expect(refused.out).toContain('Not set: HUB_REGION_EU_URL, HUB_FILES.');
  const wrong = await startRefused({
    ...shared,
    HUB_REGION_XX_URL: bridge.url,
    HUB_REGION_US_URL: 'ftp://a:secret-of-us@b',
  });
  expect(wrong.out).toMatch(/HUB_REGION_XX_URL: there is no such region[^]*|HUB_REGION_US_URL: is no address/);
  expect(wrong.out + wrong.err).not.toMatch(/secret-of-us/);
  const nowhere = await startRefused({ ...shared, DATABASE_URL: 'postgres://hub:secret-of-hub@127.0.0.1:1/hub' });
  expect(nowhere.out).toMatch(/PostgreSQL at 127.0.0.1:1 cannot be used .*DATABASE_URL/);
  expect(nowhere.out + nowhere.err).not.toMatch(/secret-of-hub/);
});

test('web and workers run apart; an import is run once, and a killed worker’s is taken over', {
  timeout: slow,
}, async () => {
  expect(await runHub(addFirstUser('eu'), shared, 'correct horse battery')).toMatchObject({ code: 0 });
  const web = await startHub({ ...shared, PORT: '0' }, ['web']);
  const first = await spawnPart('worker', shared);
  const signIn = await fetch(`${web.address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: web.address },
    body: JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' }),
  });
  expect(signIn.status).toBe(200);

  const queue = async (name: string): Promise<void> => {
    const path = join(folder.path, `${name}.csv`);
    await writeFile(path, csvOf([leg(name)]));
    expect(await runHub(['import', path, '--region', 'eu', '--no-wait'], shared)).toMatchObject({ code: 0 });
  };
  const client = new pg.Client(postgres.url('hub'));
  await client.connect();
  const states = async (): Promise<string> =>
    (await client.query<{ state: string }>('select state from tenant.import_batch order by number')).rows
      .map(({ state }) => state)
      .join(' ');
  await queue('one');
  await until(async () => (await states()) === 'committed');

  // The second worker waits for the queue; the first is killed in the middle of an import.
  const second = await spawnPart('worker', shared);
  const forget = bridge.inject({ kind: 'delay', milliseconds: 3000, matches: /^INSERT INTO europe\.stage_/, times: 1 });
  await queue('two');
  await until(async () => (await states()) === 'committed running');
  first.signal('SIGKILL');
  await until(async () => (await states()) === 'committed committed');
  forget();
  const audited = await client.query(
    "select count(*)::int as n from tenant.audit_event where action = 'imports.commit'",
  );
  expect(audited.rows).toEqual([{ n: 2 }]);
  await client.end();

  // A process that keeps regions to itself is refused beside them.
  const { HUB_FILES: _, ...alone } = shared;
  expect((await startRefused(alone)).out).toContain('Another Partner Hub works on this DATABASE_URL');
  const doctor = await runHub(['doctor'], shared);
  expect(doctor.out).toContain('The store of region eu answers');

  for (const part of [web, second]) {
    part.signal('SIGTERM');
    expect((await part.ended).code).toBe(0);
  }
  const said = [web, first, second].map((part) => part.out()).join('\n');
  for (const secret of [decodeURIComponent(password()), password()]) expect(said).not.toContain(secret);
});

test('a region that is away at start does not keep the hub from starting, and is used when it comes', {
  timeout: slow,
}, async () => {
  await bridge.goAway();
  const hub: SpawnedHub = await startHub(shared);
  expect(hub.out()).toContain('These regions do not answer: us, eu.');
  expect(hub.out()).toMatch(/^ {2}us: The store of region us does not answer: .+$/m);
  await bridge.comeBack();
  const path = join(folder.path, 'later.csv');
  await writeFile(path, csvOf([leg('later')]));
  const imported = await runHub(['import', path, '--region', 'us'], shared);
  expect([imported.code, imported.out]).toEqual([0, expect.stringContaining('imported.')]);
  hub.signal('SIGTERM');
  expect((await hub.ended).code).toBe(0);
});

test('regions that cannot be migrated are named with the reason, and the command fails', {
  timeout: slow,
}, async () => {
  const settings = { ...shared, DATABASE_URL: postgres.url('unmigrated'), HUB_FILES: join(folder.path, 'unmigrated') };
  const wrong = new URL(bridge.url);
  wrong.password = 'wrong';
  const closed = `http://127.0.0.1:${await freePort()}/`;
  const refused = await runHub(['migrate'], { ...settings, HUB_REGION_US_URL: closed, HUB_REGION_EU_URL: wrong.href });
  expect(refused.code).toBe(1);
  expect(refused.out).toMatch(/^Region us was not migrated\. .*ECONNREFUSED.*correct HUB_REGION_US_URL\.$/m);
  expect(refused.out).toMatch(
    /^Region eu was not migrated\. .*Authentication failed\. What to do: .*correct HUB_REGION_EU_URL\.$/m,
  );
  expect(refused.out).not.toContain('Both stores');
  const own = { HUB_REGION_US_URL: `${bridge.url}us_unmigrated`, HUB_REGION_EU_URL: `${bridge.url}eu_unmigrated` };
  expect((await runHub(['migrate'], { ...settings, ...own })).code).toBe(0);
});

test('a backup of servers, restored into empty ones, is the same to the last row', { timeout: slow }, async () => {
  const backup = join(folder.path, 'backups', 'of-servers');
  expect(await runHub(['backup', '--out', backup], shared)).toMatchObject({ code: 0 });
  const target = {
    ...shared,
    DATABASE_URL: postgres.url('restored'),
    HUB_REGION_US_URL: `${bridge.url}us_restored`,
    HUB_REGION_EU_URL: `${bridge.url}eu_restored`,
    HUB_FILES: join(folder.path, 'restored-files'),
  };
  expect(await runHub(['restore', '--from', backup], target)).toMatchObject({ code: 0 });
  // Sessions are not restored: people sign in again.
  const dump = async (of: Record<string, string>): Promise<string> =>
    (await dumpStores(folder.dataDir, of)).replace(/^identity\.session: .*$/m, '');
  const before = await dump(shared);
  expect(before).toMatch(/^eu\.held_call_leg: 2 /m);
  expect(await dump(target)).toBe(before);

  const again = await runHub(['restore', '--from', backup], target);
  expect(again.code).toBe(1);
  expect(again.err).toContain('there are tables in the database of DATABASE_URL, the database us_restored');

  const hub = await startHub(target);
  const signIn = await fetch(`${hub.address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: hub.address },
    body: JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' }),
  });
  expect(signIn.status).toBe(200);
  hub.signal('SIGTERM');
  expect((await hub.ended).code).toBe(0);
});

test('another product, or another region, is refused in a database that is taken, and touches nothing', {
  timeout: slow,
}, async () => {
  const before = await dumpStores(folder.dataDir, shared);
  const other = {
    ...shared,
    DATABASE_URL: postgres.url('other'),
    HUB_FILES: join(folder.path, 'other-files'),
    HUB_REGION_US_URL: `${bridge.url}us_other`,
  };
  const refused = await startRefused(other);
  expect(refused.code).toBe(1);
  expect(refused.out).toMatch(/The database europe .* belongs to another Partner Hub .*HUB_REGION_EU_URL/);
  const doctor = await runHub(['doctor', '--repair'], other);
  expect([doctor.code, doctor.out + doctor.err]).toEqual([
    1,
    expect.stringContaining('belongs to another Partner Hub'),
  ]);
  // A folder of its own, with the password that it would otherwise be refused for.
  const apart = await startRefused({
    ...shared,
    HUB_FILES: join(folder.path, 'own-files'),
    HUB_APP_PASSWORD: (await readFile(join(shared['HUB_FILES'] ?? '', 'application-password'), 'utf8')).trim(),
  });
  expect(apart.out).toMatch(/own-files \(HUB_FILES\) is not the one .*give all its processes the same folder/);
  // What one product does not know, it would remove from the folder as left over.
  const among = await startRefused({
    ...shared,
    DATABASE_URL: postgres.url('among'),
    HUB_REGION_US_URL: `${bridge.url}us_among`,
    HUB_REGION_EU_URL: `${bridge.url}eu_among`,
  });
  expect(among.out).toMatch(/files \(HUB_FILES\) holds the files of another Partner Hub .*choose another folder/);
  // The same server under another name: only the store itself knows.
  const crossed = await startRefused({
    ...shared,
    HUB_REGION_US_URL: shared['HUB_REGION_EU_URL'] ?? '',
    HUB_REGION_EU_URL: `${bridge.url.replace('127.0.0.1', 'localhost')}europe`,
  });
  expect(crossed.out).toContain('belongs to the region eu');
  expect(await dumpStores(folder.dataDir, shared)).toBe(
    before.replace(/^next import: \d+$/m, (line) => line.replace(/\d+/, (n) => String(Number(n) + 1))),
  );
});

test('a backup while a region is away says so, and when to try again', { timeout: slow }, async () => {
  await bridge.goAway();
  const refused = await runHub(['backup', '--out', join(folder.path, 'backups', 'never')], shared);
  await bridge.comeBack();
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(
    /^No backup was written\. The store of region \w+ does not answer: .*try again when it answers\.\n$/m,
  );
});
