import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { type TestHub, testHub } from '../../testing/test-hub.ts';
import { spoolPath } from '../imports/index.ts';
import { checkNode } from './check-machine.ts';
import { checkMachine, checkStores, type Finding } from './index.ts';

const notOk = (findings: Finding[]): Finding[] => findings.filter(({ state }) => state !== 'ok');

/** As migrations and backups connect. */
const ownerOf = (hub: TestHub): { host: string; port: number; user: string; password: string; database: string } => {
  const { host, port, owner } = inject('directory');
  return { host, port, ...owner, database: String(hub.applicationConnection.database) };
};

test('healthy stores are told of one by one', async () => {
  const hub = await testHub({ isAlone: true });
  const findings = await checkStores({
    dataDir: hub.installation.dataDir,
    owner: ownerOf(hub),
    regional: hub.installation.stores,
  });
  expect(notOk(findings)).toEqual([]);
  expect(findings.map(({ sentence }) => sentence).join('\n')).toMatch(
    /PostgreSQL 18.*\n.*newest schema[^]*region uae answers/,
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
  const us = new Map([['us' as const, store]]);
  const findings = await checkStores({ dataDir, owner: ownerOf(hub), regional: us });
  expect(notOk(findings)).toEqual([
    {
      state: 'warn',
      sentence:
        'Import B-5 waits for the region ca, which HUB_REGIONS leaves out: add the region, or cancel the import.',
    },
    {
      state: 'warn',
      sentence:
        'Imports that have ended left 2 tables or files behind (us: table stage_77, us: file orphan): the next start removes them.',
    },
  ]);
  await store.run('DROP TABLE @region.stage_77');
  await rm(orphan);

  const lost = await checkStores({ dataDir, owner: { ...ownerOf(hub), port: 1 }, regional: us });
  expect(lost).toMatchObject([{ state: 'fail' }]);
});

test('the machine is examined without opening or creating anything', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hub-doctor-'));
  const absent = await checkMachine(join(folder, 'data'));
  expect(absent.filter(({ state }) => state === 'fail')).toEqual([]);
  expect(absent.map(({ sentence }) => sentence).join('\n')).toContain('the first start creates it');
  await rm(folder, { recursive: true });
  expect(checkNode('22.1.0').state).toBe('fail');
  expect(checkNode('24.0.0').state).toBe('ok');
});
