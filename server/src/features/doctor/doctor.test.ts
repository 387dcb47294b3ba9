import { chown, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createConnector } from '@hub/contract/connectors';
import { createCustomer } from '@hub/contract/customers';
import type { OrgUuid } from '@hub/contract/ids';
import { uploadImport } from '@hub/contract/imports';
import { expect, inject, test } from 'vitest';
import { callHistoryCsv, legRecord, madeUuid } from '../../testing/leg-record.ts';
import { type RegionalStore, StoreFault } from '../../platform/regional-store/index.ts';
import { until } from '../../testing/spawn-hub.ts';
import { type TestHub, testHub } from '../../testing/test-hub.ts';
import { spoolPath, startImportRunner } from '../imports/index.ts';
import { checkNode } from './check-machine.ts';
import { vaultOf } from '../../platform/vault/index.ts';
import { checkMachine, checkStores, checkVault, type Finding, repairStores } from './index.ts';

const notOk = (findings: Finding[]): Finding[] => findings.filter(({ state }) => state !== 'ok');

/** As migrations and backups connect. */
const ownerOf = (hub: TestHub): { host: string; port: number; user: string; password: string; database: string } => {
  const { host, port, owner } = inject('directory');
  return { host, port, ...owner, database: String(hub.applicationConnection.database) };
};

test('healthy stores are told of one by one', async () => {
  const hub = await testHub({ isAlone: true });
  const findings = await checkStores({
    filesDir: hub.installation.dataDir,
    owner: ownerOf(hub),
    isDirectoryEmbedded: true,
    regional: hub.installation.stores,
  });
  expect(notOk(findings)).toEqual([]);
  expect(findings.map(({ sentence }) => sentence).join('\n')).toMatch(
    /PostgreSQL 18.*\n.*sorts names by language.*\n.*newest schema[^]*region uae answers/,
  );
});

test('leftovers, stranded imports and stores that do not answer are named with what to do', {
  timeout: 60_000,
}, async () => {
  const hub = await testHub({ isAlone: true });
  const { dataDir, stores } = hub.installation;
  const { partnerId } = await hub.partner();
  const store = stores.get('us')!;
  await store.run('CREATE TABLE @region.stage_77 AS @region.call_leg');
  const orphan = spoolPath(dataDir, 'us', 'orphan');
  await mkdir(dirname(orphan), { recursive: true });
  await writeFile(orphan, '');
  await hub.asOwner(
    "insert into import_batch (id, partner_id, number, region, source, file_name, file_bytes, state, created_at) values (gen_random_uuid(), $1, 5, 'ca', 'upload', 'x', 1, 'queued', now())",
    [partnerId],
  );
  await hub.asOwner(
    "insert into import_batch (id, partner_id, number, region, source, file_name, file_bytes, state, waits_for, created_at) values (gen_random_uuid(), $1, 6, 'us', 'upload', 'x', 1, 'queued', 'fault', now())",
    [partnerId],
  );
  const us = new Map([['us' as const, store]]);
  const examined = { filesDir: dataDir, owner: ownerOf(hub), isDirectoryEmbedded: false, regional: us };
  const findings = await checkStores(examined);
  expect(notOk(findings)).toEqual([
    {
      state: 'fail',
      sentence: expect.stringContaining('The imports of region us stand still (1 wait)') as unknown,
    },
    {
      state: 'warn',
      sentence:
        'Import B-5 waits for the region ca, which HUB_REGIONS leaves out: add the region, or cancel the import.',
    },
    {
      state: 'warn',
      sentence:
        'Imports that have ended left 2 tables or files behind (us: table stage_77, us: file orphan): the next start removes them, or "doctor --repair".',
    },
  ]);
  await store.run('DROP TABLE @region.stage_77');
  await rm(orphan);

  const lost = await checkStores({ ...examined, owner: { ...ownerOf(hub), port: 1 } });
  expect(lost).toMatchObject([{ state: 'fail' }]);
  expect(lost[0]?.sentence).toContain('or correct DATABASE_URL');
  const away: RegionalStore = {
    ...store,
    isEmbedded: false,
    ask: () => Promise.reject(StoreFault.unavailable('us', 'nothing came back')),
  };
  const dark = await checkStores({ ...examined, regional: new Map([['us' as const, away]]) });
  expect(notOk(dark)[0]?.sentence).toBe(
    'The store of region us does not answer: nothing came back. What to do: start its server, or correct HUB_REGION_US_URL. Its imports wait meanwhile.',
  );
});

test('the machine is examined without opening or creating anything', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hub-doctor-'));
  const absent = await checkMachine({ dataDir: join(folder, 'data'), filesDir: undefined });
  expect(absent.filter(({ state }) => state === 'fail')).toEqual([]);
  expect(absent.map(({ sentence }) => sentence).join('\n')).toContain('the first start creates it');
  const onServers = await checkMachine({ dataDir: undefined, filesDir: folder });
  expect(onServers.map(({ sentence }) => sentence).join('\n')).toContain(
    `The folder for files ${folder} can be written to.`,
  );
  await rm(folder, { recursive: true });
  expect(checkNode('22.1.0').state).toBe('fail');
  expect(checkNode('24.0.0').state).toBe('ok');
});

test.runIf(process.getuid?.() === 0)('files of another account are named with the chown that heals it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hub-doctor-'));
  await mkdir(join(folder, 'clickhouse'));
  await chown(join(folder, 'clickhouse'), 65534, 65534);
  const findings = await checkMachine({ dataDir: folder, filesDir: undefined });
  expect(findings.filter(({ state }) => state === 'fail').map(({ sentence }) => sentence)).toEqual([
    expect.stringMatching(
      /^1 files in the data folder .* belong to \S+ and not to root, .*chown -R root: \S+clickhouse as root/,
    ),
  ]);
  await rm(folder, { recursive: true });
});

test('a repair names lost places again, forgets lists of nobody, and removes leftovers', {
  timeout: 60_000,
}, async () => {
  const hub = await testHub({ isAlone: true });
  const { admin, partnerId } = await hub.partner();
  const orgUuid = madeUuid() as OrgUuid;
  await admin.call(createCustomer, { body: { name: 'Acme', country: 'BG', orgUuid } });
  const body = callHistoryCsv([legRecord({ org_uuid: orgUuid }), legRecord({ org_uuid: orgUuid, location: 'NA' })]);
  await admin.upload(uploadImport, { query: { region: 'eu', fileName: 'calls.csv' }, body });
  const runner = await startImportRunner(hub.installation);
  await until(async () => (await hub.asOwner('select 1 from import_task')).length === 0);
  await runner.stop();
  const { dataDir, stores } = hub.installation;
  const store = stores.get('eu')!;
  const examined = {
    filesDir: dataDir,
    owner: ownerOf(hub),
    isDirectoryEmbedded: true,
    regional: new Map([['eu' as const, store]]),
  };
  const places = (): Promise<unknown> =>
    store.ask(
      'SELECT place_key, org_uuid, location FROM @region.place WHERE partner_id = {partner:UUID} ORDER BY place_key',
      {
        parameters: { partner: partnerId },
      },
    );
  const before = await places();
  await store.run('DELETE FROM @region.place WHERE true');
  await store.run('INSERT INTO @region.scope_member SELECT generateUUIDv4(), generateUUIDv4(), generateUUIDv4()');
  await store.run('CREATE TABLE @region.stage_9999 AS @region.call_leg');
  const file = spoolPath(dataDir, 'eu', 'lost');
  await writeFile(file, '');
  await utimes(file, 0, 0);
  await writeFile(spoolPath(dataDir, 'eu', 'just-now'), '');

  expect(notOk(await checkStores(examined)).map(({ sentence }) => sentence)).toEqual([
    expect.stringContaining('left 3 tables or files behind'),
    expect.stringMatching(/Region eu: [1-9]\d* places with call legs are named nowhere/),
  ]);
  const told = (await checkStores(examined)).map(({ sentence }) => sentence).join('\n');
  expect(told).toContain('Region eu: 1 lists of assigned organizations are no longer anybody’s, which harms nothing');
  expect((await repairStores(examined)).map(({ state }) => state)).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect(await places()).toEqual(before);
  await rm(spoolPath(dataDir, 'eu', 'just-now'));
  expect(notOk(await checkStores(examined))).toEqual([]);
  expect(await repairStores(examined)).toEqual([{ state: 'ok', sentence: 'There was nothing to repair.' }]);
});

test('a key that does not fit what it should open is told, and what to do', async () => {
  const hub = await testHub({ isAlone: true });
  const { admin } = await hub.partner();
  const filesDir = hub.installation.dataDir;
  const told = async (vault = hub.installation.vault) =>
    (await checkVault({ filesDir, owner: ownerOf(hub) }, vault)).map(({ state, sentence }) => `${state} ${sentence}`);
  expect(await told()).toEqual([]);
  await admin.call(createConnector, {
    body: { name: 'Webex', region: 'us', credential: { kind: 'token', accessToken: 'secret' } },
  });
  expect(await told()).toEqual(['ok The key opens the tokens of all connectors (1).']);
  expect(await told(vaultOf([]))).toEqual([
    expect.stringMatching(
      /^fail The tokens of 1 connectors were sealed with a key that is not here: set HUB_SECRET_KEY/,
    ),
  ]);
  await hub.asOwner("update connector_secret set sealed = sealed || 'x'::bytea");
  expect(await told()).toEqual([expect.stringMatching(/^fail The tokens of 1 connectors do not open with their key/)]);
  await hub.asOwner('delete from connector_secret');
  const [partner] = await hub.asOwner<{ id: string }>('select id from partner');
  const id = '01930099-0000-7000-8000-000000000001';
  await hub.asOwner(
    "insert into deletion (id, partner_id, customer_id, takes_record, asked_at, subject, person_hash) values ($1, $2, $1, false, now(), 'person', 'x')",
    [id, partner?.id],
  );
  const { keyId } = hub.installation.vault.derive([]);
  await hub.asOwner('insert into forgotten_identifier values ($1, $2, $1, $3, $4, true)', [
    id,
    partner?.id,
    'ab',
    keyId,
  ]);
  expect(await told()).toEqual([]);
  expect(await told(vaultOf([]))).toEqual([expect.stringMatching(/^fail What deleted people are recognized by/)]);
});
