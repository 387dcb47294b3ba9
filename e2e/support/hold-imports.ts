import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** Lets queued imports wait, by the lock of a backup, until the returned function is called. One that runs ends first. */
export async function holdImports(): Promise<() => Promise<void>> {
  const home = join(process.env['HUB_DATA_DIR'] ?? '', 'postgres');
  const client = new pg.Client({
    host: join(home, 'socket'),
    port: 5432,
    database: 'hub',
    user: 'hub_superuser',
    password: (await readFile(join(home, 'superuser-password'), 'utf8')).trim(),
  });
  await client.connect();
  await client.query('select pg_advisory_lock(4801271, 2)'); // importsLock of the server
  return () => client.end();
}
