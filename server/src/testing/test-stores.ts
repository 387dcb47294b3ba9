import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegionCode } from '@hub/contract/regions';
import pg from 'pg';
import { inject } from 'vitest';
import { connectDirectory, type Directory } from '../platform/directory/directory.ts';
import { applicationRole } from '../platform/directory/migrate.ts';
import {
  embeddedRegionalStore,
  migrateRegional,
  openEmbeddedEngine,
  type RegionalStore,
} from '../platform/regional-store/index.ts';

export interface TestDirectoryClone {
  directory: Directory;
  /** For what the application's role may not do: reading every partner's rows, and building broken states. */
  owner: pg.Pool;
  applicationConnection: pg.ClientConfig;
  close(): Promise<void>;
}

export interface TestStores extends TestDirectoryClone {
  regional: ReadonlyMap<RegionCode, RegionalStore>;
  dataDir: string;
}

/** A database cloned from the template, as the application sees it. */
export async function cloneDirectory(): Promise<TestDirectoryClone> {
  const { host, port, owner, applicationPassword, template } = inject('directory');
  const database = `hub_test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ host, port, ...owner, database: 'postgres' });
  await client.connect();
  await client.query(`create database ${database} template ${template}`);
  await client.end();
  const applicationConnection = { host, port, user: applicationRole, password: applicationPassword, database };
  const directory = connectDirectory({ ...applicationConnection, max: 10 });
  const ownerPool = new pg.Pool({
    host,
    port,
    ...owner,
    database,
    max: 2,
    options: '-c search_path=tenant,identity,job',
  });
  return {
    directory,
    owner: ownerPool,
    applicationConnection,
    async close() {
      await Promise.all([directory.destroy(), ownerPool.end()]);
    },
  };
}

/** The stores of one test file: its own database and, since each file is a process, its own engine. */
export async function openTestStores(): Promise<TestStores> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hub-test-data-'));
  const [directory, engine] = await Promise.all([cloneDirectory(), openEmbeddedEngine(join(dataDir, 'clickhouse'))]);
  const regional = new Map(RegionCode.options.map((region) => [region, embeddedRegionalStore(engine, region)]));
  for (const store of regional.values()) await migrateRegional(store);
  return {
    ...directory,
    regional,
    dataDir,
    async close() {
      await directory.close();
      await engine.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
