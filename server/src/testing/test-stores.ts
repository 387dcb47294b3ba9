import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegionCode } from '@hub/contract/regions';
import pg from 'pg';
import { inject } from 'vitest';
import { connectDirectory, type Directory } from '../platform/directory/directory.ts';
import { applicationRoleOf } from '../platform/directory/migrate.ts';
import {
  type EmbeddedEngine,
  embeddedRegionalStore,
  migrateRegional,
  openEmbeddedEngine,
  type RegionalStore,
  remoteRegionalStore,
} from '../platform/regional-store/index.ts';
import { openRegionalBridge } from './regional-bridge.ts';

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
  const applicationConnection = {
    host,
    port,
    user: applicationRoleOf(template),
    password: applicationPassword,
    database,
  };
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

/** HUB_TEST_STORES=servers: the same tests with every region behind ClickHouse's HTTP protocol and PostgreSQL behind TCP. */
const onServers = process.env['HUB_TEST_STORES'] === 'servers';

/** The stores of one test file: its own database and, since each file is a process, its own engine. */
export async function openTestStores(): Promise<TestStores> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hub-test-data-'));
  const enginePath = join(dataDir, 'clickhouse');
  const [directory, engine] = await Promise.all([cloneDirectory(), openEmbeddedEngine(enginePath)]);
  const regions = onServers ? await serversOf(enginePath) : embedded(engine);
  for (const store of regions.regional.values()) await migrateRegional(store);
  return {
    ...directory,
    regional: regions.regional,
    dataDir,
    async close() {
      await directory.close();
      await regions.close();
      await engine.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

interface Regions {
  regional: ReadonlyMap<RegionCode, RegionalStore>;
  close(): Promise<void>;
}

function embedded(engine: EmbeddedEngine): Regions {
  return {
    regional: new Map(RegionCode.options.map((region) => [region, embeddedRegionalStore(engine, region)])),
    close: () => Promise.resolve(),
  };
}

async function serversOf(enginePath: string): Promise<Regions> {
  const bridge = await openRegionalBridge({ enginePath });
  const stores = RegionCode.options.map((region) => remoteRegionalStore(region, { url: bridge.url }));
  return {
    regional: new Map(stores.map((store) => [store.region, store])),
    async close() {
      for (const store of stores) await store.close();
      await bridge.close();
    },
  };
}
