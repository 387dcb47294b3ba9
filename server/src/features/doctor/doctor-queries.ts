import pg from 'pg';
import type { OwnerConnection } from '../../platform/directory/ensure-database.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';

export interface DirectoryFacts {
  version: string;
  /** undefined: the directory has never been migrated. */
  migrations: string[] | undefined;
  openImports: { number: number; region: string; state: 'queued' | 'running'; hours: number }[];
  spoolNames: Set<string>;
}

/** As the owner: over all partners. */
export async function readDirectoryFacts(owner: OwnerConnection): Promise<DirectoryFacts> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const version = await client.query<{ server_version: string }>('show server_version');
    const facts: DirectoryFacts = {
      version: version.rows[0]?.server_version ?? '',
      migrations: undefined,
      openImports: [],
      spoolNames: new Set(),
    };
    const migrated = await client.query<{ found: boolean }>(
      "select to_regclass('public.migration') is not null as found",
    );
    if (migrated.rows[0]?.found !== true) return facts;
    const names = await client.query<{ name: string }>('select name from public.migration');
    facts.migrations = names.rows.map((row) => row.name);
    if (facts.migrations.length === 0) return facts;
    const imports = await client.query<DirectoryFacts['openImports'][number]>(`
      select number, region, state, extract(epoch from now() - coalesce(started_at, created_at))::float8 / 3600 as hours
      from tenant.import_batch where state in ('queued', 'running') order by number`);
    facts.openImports = imports.rows;
    const spool = await client.query<{ name: string }>(
      'select spool_name as name from tenant.import_batch where spool_name is not null',
    );
    facts.spoolNames = new Set(spool.rows.map((row) => row.name));
    return facts;
  } finally {
    await client.end();
  }
}

export async function readEngineVersion(store: RegionalStore): Promise<string> {
  const [row] = await store.ask<{ version: string }>('SELECT version() AS version');
  return row?.version ?? '';
}

/** The tables of imports: their names end in the import's number. */
export async function listStageTables(store: RegionalStore): Promise<{ table: string; number: number }[]> {
  return store.ask(
    `SELECT name AS table, toUInt32(extract(name, '_([0-9]+)$')) AS number FROM system.tables
     WHERE database = splitByChar('.', '@region.x')[1] AND match(name, '_[0-9]+$')`,
  );
}
