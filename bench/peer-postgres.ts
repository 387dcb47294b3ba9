import { chmod, rm } from 'node:fs/promises';
import { connectDirectory, type Directory } from '../server/src/platform/directory/directory.ts';
import { startEmbeddedPostgres } from '../server/src/platform/embedded-postgres/index.ts';
import { runSql } from './directory-sql.ts';

// Two sessions of the same machine would share it; PostgreSQL is given what the engine takes: both cores and memory to sort in.
const settings = {
  shared_buffers: '2GB',
  work_mem: '1GB',
  maintenance_work_mem: '512MB',
  max_wal_size: '8GB',
  max_parallel_workers_per_gather: '2',
};

/** An empty PostgreSQL for the time of the work; its folder goes with it. */
export async function withPostgres<Result>(
  folder: string,
  work: (postgres: Directory) => Promise<Result>,
): Promise<Result> {
  const server = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined, settings });
  const postgres = connectDirectory({
    host: server.socketDir,
    port: server.port,
    ...server.superuser,
    database: 'postgres',
  });
  try {
    return await work(postgres);
  } finally {
    await postgres.destroy();
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Fills a table from a CSV file of the engine. */
export async function copyInto(postgres: Directory, table: string, file: string): Promise<void> {
  await chmod(file, 0o644); // where root runs this, PostgreSQL runs as another account
  await runSql(postgres, `copy ${table} from '${file}' with (format csv, null '\\N')`);
}
