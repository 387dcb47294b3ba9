import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrateDirectory } from '../platform/directory/migrate.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';
import { freePort, tcpSettings } from './tcp-postgres.ts';

/** Where the one PostgreSQL of this run listens, and what every test file's database is cloned from. */
export interface TestDirectory {
  host: string;
  port: number;
  owner: { user: string; password: string };
  applicationPassword: string;
  template: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    directory: TestDirectory;
  }
}

const template = 'hub_template';
const applicationPassword = 'of-the-tests';

// What a crash would lose, a test run does not need.
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Starts PostgreSQL once per vitest run and migrates the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-test-'));
  // HUB_TEST_STORES=servers: over TCP, as a PostgreSQL elsewhere is reached.
  const tcpPort = process.env['HUB_TEST_STORES'] === 'servers' ? await freePort() : undefined;
  const postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'postgres'),
    log: () => undefined,
    settings: { ...settings, ...(tcpPort === undefined ? {} : tcpSettings(tcpPort)) },
  });
  const server =
    tcpPort === undefined ? { host: postgres.socketDir, port: postgres.port } : { host: '127.0.0.1', port: tcpPort };
  const client = new pg.Client({ ...server, ...postgres.superuser, database: 'postgres' });
  await client.connect();
  await client.query(`create database ${template}`);
  await client.end();
  await migrateDirectory({ ...server, ...postgres.superuser, database: template }, applicationPassword);
  project.provide('directory', { ...server, owner: postgres.superuser, applicationPassword, template });
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
