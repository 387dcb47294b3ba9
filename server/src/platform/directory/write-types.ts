import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../embedded-postgres/index.ts';
import { generateDirectoryTypes } from './generate-types.ts';
import { migrateDirectory } from './migrate.ts';

// npm run types:directory: migrates an empty database and writes what Kysely should know of it.
const folder = await mkdtemp(join(tmpdir(), 'hub-types-'));
const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), log: () => undefined });
try {
  const owner = { host: postgres.socketDir, port: postgres.port, database: 'postgres', ...postgres.superuser };
  await migrateDirectory(owner, 'unused');
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await writeFile(join(import.meta.dirname, 'database.gen.ts'), await generateDirectoryTypes(client));
  } finally {
    await client.end();
  }
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
