import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import type { OwnerConnection } from '../../platform/directory/ensure-database.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import type { Manifest, RegionalTable } from './manifest.ts';

/** A connection inside one transaction of the owner. */
export type DirectorySnapshot = pg.Client;

export interface DirectoryTable {
  schema: string;
  name: string;
  columns: string[];
}

/** The directory as its owner: row-level policies do not apply, and everything is read from one snapshot. */
export async function withSnapshot<Result>(
  owner: OwnerConnection,
  work: (client: DirectorySnapshot) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query('select 1'); // the snapshot is taken by the first query
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}

/** One transaction in which references are not checked: the rows come from one snapshot, in any order. */
export async function whileRestoring(
  owner: OwnerConnection,
  work: (client: DirectorySnapshot) => Promise<void>,
): Promise<void> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await work(client);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

export async function listDirectoryMigrations(client: DirectorySnapshot): Promise<string[]> {
  const result = await client.query<{ name: string }>('select name from public.migration order by name');
  return result.rows.map((row) => row.name);
}

export async function listDirectoryTables(client: DirectorySnapshot): Promise<DirectoryTable[]> {
  const result = await client.query<DirectoryTable>(`
    select n.nspname as schema, c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where n.nspname in ('identity', 'tenant', 'job') and c.relkind = 'r'
    group by 1, 2 order by 1, 2`);
  return result.rows;
}

export async function listSequences(client: DirectorySnapshot): Promise<Manifest['directory']['sequences']> {
  const result = await client.query<{ schema: string; name: string; lastValue: number }>(`
    select schemaname as schema, sequencename as name, last_value as "lastValue" from pg_sequences
    where schemaname in ('identity', 'tenant', 'job') and last_value is not null order by 1, 2`);
  return result.rows;
}

export async function setSequence(
  client: DirectorySnapshot,
  { schema, name, lastValue }: Manifest['directory']['sequences'][number],
): Promise<void> {
  await client.query('select setval(format($1, $2::text, $3::text)::regclass, $4)', ['%I.%I', schema, name, lastValue]);
}

export async function dropSessions(client: DirectorySnapshot): Promise<void> {
  await client.query('delete from identity.session');
}

/** Whether a release of Partner Hub was ever here. */
export async function hasTables(owner: OwnerConnection): Promise<boolean> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const { rows } = await client.query<{ found: boolean }>(
      "select to_regclass('public.migration') is not null as found",
    );
    return rows[0]?.found === true;
  } finally {
    await client.end();
  }
}

export async function holdsTables(store: RegionalStore): Promise<boolean> {
  const [row] = await store.ask<{ n: number }>(
    'SELECT count() AS n FROM system.tables WHERE database = {database:String}',
    { parameters: { database: store.database } },
  );
  return (row?.n ?? 0) > 0;
}

/** Into a new zstd file; answers with the number of rows. */
export async function copyOut(client: DirectorySnapshot, table: DirectoryTable, path: string): Promise<number> {
  const stream = client.query(to(`copy ${namedColumns(client, table)} to stdout`));
  await pipeline(stream, createZstdCompress(), createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
  return stream.rowCount;
}

export async function copyIn(client: DirectorySnapshot, table: DirectoryTable, path: string): Promise<number> {
  const stream = client.query(from(`copy ${namedColumns(client, table)} from stdin`));
  await pipeline(createReadStream(path), createZstdDecompress(), stream);
  return stream.rowCount;
}

function namedColumns(client: DirectorySnapshot, { schema, name, columns }: DirectoryTable): string {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  return `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)} (${list})`;
}

/** The rows of the snapshot that still have their file. */
export async function listSpoolNames(client: DirectorySnapshot): Promise<{ region: string; name: string }[]> {
  const result = await client.query<{ region: string; name: string }>(
    'select region, spool_name as name from tenant.import_batch where spool_name is not null order by number',
  );
  return result.rows;
}

export async function listRegionalMigrations(store: RegionalStore): Promise<string[]> {
  const rows = await store.ask<{ key: string }>(
    "SELECT concat(name, ':', toString(statement)) AS key FROM @region.migration ORDER BY name, statement",
  );
  return rows.map((row) => row.key);
}

/** All tables with data of their own; those of a running import end in its number and are made again by it. */
export async function listRegionalTables(store: RegionalStore): Promise<Pick<RegionalTable, 'name' | 'columns'>[]> {
  const rows = await store.ask<{ name: string; columns: [string, string][] }>(
    `SELECT table AS name, groupArray((column, type)) AS columns FROM (
      SELECT c.table AS table, c.name AS column, c.type AS type FROM system.columns AS c
      INNER JOIN system.tables AS t ON t.database = c.database AND t.name = c.table
      WHERE c.database = {database:String} AND endsWith(t.engine, 'MergeTree') AND c.default_kind IN ('', 'DEFAULT')
        AND t.name NOT IN ('migration', 'installation') AND NOT match(t.name, '_[0-9]+$')
      ORDER BY c.table, c.position)
    GROUP BY table ORDER BY table`,
    { parameters: { database: store.database } },
  );
  return rows.map(({ name, columns }) => ({
    name,
    columns: columns.map(([column, type]) => ({ name: column, type })),
  }));
}

export async function unloadTable(
  store: RegionalStore,
  { name, columns }: Pick<RegionalTable, 'name' | 'columns'>,
  path: string,
): Promise<number> {
  const count = await countTable(store, name);
  if (count === 0) return 0;
  await store.unload({
    select: `SELECT ${columnList(columns)} FROM @region.${quote(name)}`,
    file: { path, format: 'Native' },
  });
  // The file itself is counted: rows may have come and gone since the table was.
  const [row] = await store.askFile<{ rows: number }>({
    select: 'SELECT count() AS rows FROM @file',
    file: { path, format: 'Native', structure: structureOf(columns) },
    settings: {},
  });
  return row?.rows ?? 0;
}

export async function loadTable(
  store: RegionalStore,
  { name, columns }: Pick<RegionalTable, 'name' | 'columns'>,
  path: string,
): Promise<number> {
  const before = await countTable(store, name);
  await store.load({
    insert: `INSERT INTO @region.${quote(name)} (${columnList(columns)}) SELECT ${columnList(columns)} FROM @file`,
    file: { path, format: 'Native', structure: structureOf(columns) },
    // A block may hold rows of any number of months.
    settings: { max_partitions_per_insert_block: 0, max_insert_threads: 1 },
  });
  return (await countTable(store, name)) - before;
}

async function countTable(store: RegionalStore, name: string): Promise<number> {
  const [row] = await store.ask<{ rows: number }>(`SELECT count() AS rows FROM @region.${quote(name)}`);
  return row?.rows ?? 0;
}

const quote = (name: string): string => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
const columnList = (columns: RegionalTable['columns']): string => columns.map(({ name }) => quote(name)).join(', ');
const structureOf = (columns: RegionalTable['columns']): string =>
  columns.map(({ name, type }) => `${quote(name)} ${type}`).join(', ');

/** Whether this account may write rows without the checks of triggers and references. */
export async function maySkipChecks(owner: OwnerConnection): Promise<boolean> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const { rows } = await client.query<{ may: boolean }>(
      "select has_parameter_privilege('session_replication_role', 'SET') as may",
    );
    return rows[0]?.may === true;
  } finally {
    await client.end();
  }
}
