import { createHash } from 'node:crypto';
import { readConfig } from '../platform/config.ts';
import { openLog } from '../platform/log.ts';
import { measureTo } from '../open-hub.ts';
import { openStores } from '../open-stores.ts';
import pg from 'pg';
import { listDirectoryTables, listRegionalTables } from '../features/backup/backup-queries.ts';

// A program for tests: a line per table of both stores of HUB_DATA_DIR, with a hash of its sorted rows. The engine knows one data folder
// per process, so a test that compares two folders runs it twice.
const log = openLog('silent');
const stores = await openStores(readConfig(process.env), log, measureTo(log));
const client = new pg.Client(stores.owner);
await client.connect();
const print = (name: string, rows: string[]): void =>
  void process.stdout.write(
    `${name}: ${rows.length} ${createHash('sha256').update(rows.sort().join('\n')).digest('hex')}\n`,
  );

for (const { schema, name } of await listDirectoryTables(client)) {
  const { rows } = await client.query<{ row: string }>(`select row_to_json(t)::text as row from ${schema}.${name} t`);
  print(
    `${schema}.${name}`,
    rows.map(({ row }) => row),
  );
}
const { rows } = await client.query<{ next: string }>("select nextval('job.import_number') as next");
process.stdout.write(`next import: ${rows[0]?.next}\n`);
for (const [region, store] of stores.regional) {
  for (const { name, columns } of await listRegionalTables(store)) {
    const found = await store.ask<object>(
      `SELECT ${columns.map((column) => column.name).join(', ')} FROM @region.${name}`,
    );
    print(
      `${region}.${name}`,
      found.map((row) => JSON.stringify(row)),
    );
  }
}
await client.end();
await stores.close();
