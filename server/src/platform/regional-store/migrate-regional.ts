import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refuseOldEngine } from './engine-version.ts';
import type { RegionalStore } from './regional-store.ts';

const folder = join(import.meta.dirname, '../../../migrations/regional');

/**
 * Brings one region's database to the newest tables, forward only. A migration is a list of statements separated by a semicolon at a line's
 * end; the engine has no transactions around definitions, so each statement is recorded and a broken run goes on where it stopped. Returns
 * "name:statement" of what it ran. `only`: a restore first brings the tables to where its backup was.
 */
export async function migrateRegional(store: RegionalStore, only?: readonly string[]): Promise<string[]> {
  await refuseOldEngine(store);
  // Asked first: an account of a server may have its database without the right to create any.
  const [database] = await store.ask<{ found: number }>(
    'SELECT count() AS found FROM system.databases WHERE name = {database:String}',
    { parameters: { database: store.database } },
  );
  if (database?.found !== 1) await store.run(`CREATE DATABASE IF NOT EXISTS ${store.database}`);
  await store.run(
    'CREATE TABLE IF NOT EXISTS @region.migration (name String, statement UInt16) ENGINE = MergeTree ORDER BY (name, statement) SETTINGS fsync_after_insert = 1',
  );
  const rows = await store.ask<{ name: string; statement: number }>('SELECT name, statement FROM @region.migration');
  const done = new Set(rows.map((row) => `${row.name}:${row.statement}`));
  const statements = await regionalStatements();
  const unknown = rows.find((row) => !statements.some(({ name }) => name === row.name));
  if (unknown)
    throw new Error(
      `Region ${store.region} was migrated by a newer release (${unknown.name}). Start that release, or restore a backup of this one.`,
    );
  await refuseShards(store);
  const ran: string[] = [];
  for (const { name, index, key, statement } of statements) {
    if (done.has(key) || (only !== undefined && !only.includes(key))) continue;
    await store.run(statement);
    await store.run('INSERT INTO @region.migration SELECT {name:String}, {statement:UInt16}', {
      parameters: { name, statement: index },
    });
    ran.push(key);
  }
  return ran;
}

/** A staging table made like a Distributed one would lead into the facts themselves, and ATTACH does not go through it. */
async function refuseShards(store: RegionalStore): Promise<void> {
  const [table] = await store.ask<{ engine: string }>(
    "SELECT engine FROM system.tables WHERE database = {database:String} AND name = 'call_leg'",
    { parameters: { database: store.database } },
  );
  if (table?.engine === 'Distributed')
    throw new Error(
      `The call legs of region ${store.region} are spread over shards (${store.database}.call_leg is Distributed); this release imports into one shard only.`,
    );
}

/** How many statements of this release the region lacks; changes nothing. Throws where the store does not answer. */
export async function pendingRegional(store: RegionalStore): Promise<number> {
  const [found] = await store.ask<{ found: number }>(
    "SELECT count() AS found FROM system.tables WHERE database = {database:String} AND name = 'migration'",
    {
      parameters: { database: store.database },
    },
  );
  const rows =
    found?.found === 1
      ? await store.ask<{ key: string }>("SELECT concat(name, ':', toString(statement)) AS key FROM @region.migration")
      : [];
  const done = new Set(rows.map((row) => row.key));
  return (await regionalStatements()).filter(({ key }) => !done.has(key)).length;
}

export async function regionalStatements(): Promise<{ name: string; index: number; key: string; statement: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  );
  return files.flatMap(({ name, text }) => {
    const statements = text.split(/;\s*$/m).filter((part) => part.replace(/^\s*--.*$/gm, '').trim() !== '');
    return statements.map((statement, index) => ({ name, index, key: `${name}:${index}`, statement }));
  });
}
