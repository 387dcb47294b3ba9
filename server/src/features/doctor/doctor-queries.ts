import pg from 'pg';
import { ownerFault, readCollation } from '../../platform/directory/database-faults.ts';
import type { OwnerConnection } from '../../platform/directory/ensure-database.ts';
import { applicationRoleOf } from '../../platform/directory/migrate.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { feeds, locationName } from '../imports/index.ts';

export interface DirectoryFacts {
  version: string;
  collation: Awaited<ReturnType<typeof readCollation>>;
  /** Why the account cannot do what an owner does; the rest is unknown then. */
  fault: string | undefined;
  /** undefined: the directory has never been migrated. */
  migrations: string[] | undefined;
  openImports: {
    number: number;
    region: string;
    state: 'queued' | 'running';
    hours: number;
    waitsFor: 'read_only' | 'fault' | null;
  }[];
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
      collation: await readCollation(client),
      fault: await ownerFault(client, applicationRoleOf(client.database ?? '')),
      migrations: undefined,
      openImports: [],
      spoolNames: new Set(),
    };
    if (facts.fault !== undefined) return facts;
    const migrated = await client.query<{ found: boolean }>(
      "select to_regclass('public.migration') is not null as found",
    );
    if (migrated.rows[0]?.found !== true) return facts;
    const names = await client.query<{ name: string }>('select name from public.migration');
    facts.migrations = names.rows.map((row) => row.name);
    if (facts.migrations.length === 0) return facts;
    const imports = await client.query<DirectoryFacts['openImports'][number]>(`
      select number, region, state, extract(epoch from now() - coalesce(started_at, created_at))::float8 / 3600 as hours,
        waits_for as "waitsFor"
      from tenant.import_batch where state in ('queued', 'running') order by number`);
    facts.openImports = imports.rows;
    const spool = await client.query<{ name: string }>(
      `select spool_name as name from tenant.import_batch where spool_name is not null
       union all select id::text from tenant.import_upload`,
    );
    facts.spoolNames = new Set(spool.rows.map((row) => row.name));
    return facts;
  } finally {
    await client.end();
  }
}

/** The tables of imports: their names end in the import's number. */
export async function listStageTables(store: RegionalStore): Promise<{ table: string; number: number }[]> {
  return store.ask(
    `SELECT name AS table, toUInt32OrZero(extract(name, '^[a-z]+_([0-9]+)')) AS number FROM system.tables
     WHERE database = splitByChar('.', '@region.x')[1] AND match(name, '^[a-z]+_[0-9]+(_[0-9]+)?$')`,
  );
}

/** The keys under which somebody's list of organizations may be asked for. */
export async function readScopeKeys(owner: OwnerConnection): Promise<string[]> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const { rows } = await client.query<{ key: string }>('select scope_key as key from identity.membership');
    return rows.map((row) => row.key);
  } finally {
    await client.end();
  }
}

/** The facts of every feed whose place has no name. */
const unnamed = (columns: string): string =>
  feeds
    .map(
      ({ table }) =>
        `SELECT ${columns} FROM @region.${table} WHERE (partner_id, place_key) NOT IN (SELECT partner_id, place_key FROM @region.place)`,
    )
    .join(' UNION ALL ');
const whole = { seconds: 3600 }; // all facts of a region

export async function countMisfits(
  store: RegionalStore,
  scopeKeys: readonly string[],
): Promise<{ places: number; scopes: number }> {
  const [places] = await store.ask<{ n: number }>(
    `SELECT uniqExact(partner_id, place_key) AS n FROM (${unnamed('partner_id, place_key')})`,
    whole,
  );
  return { places: places?.n ?? 0, scopes: (await findForeignScopes(store, scopeKeys)).length };
}

async function findForeignScopes(store: RegionalStore, scopeKeys: readonly string[]): Promise<string[]> {
  const known = new Set(scopeKeys);
  const rows = await store.ask<{ key: string }>('SELECT DISTINCT scope_key AS key FROM @region.scope_member', whole);
  return rows.map((row) => row.key).filter((key) => !known.has(key));
}

/** As each import does for its own rows (savePlaces). Beside the import lane: a place that comes twice is joined once. */
export async function nameUnnamedPlaces(store: RegionalStore): Promise<void> {
  await store.run(
    `INSERT INTO @region.place (partner_id, place_key, org_uuid, location)
     SELECT partner_id, place_key, org_uuid, ${locationName} FROM (${unnamed('partner_id, place_key, org_uuid, toString(location) AS location')}) LIMIT 1 BY partner_id, place_key`,
    { isAside: true },
  );
}

/** Answers with how many lists went. */
export async function deleteForeignScopes(store: RegionalStore, scopeKeys: readonly string[]): Promise<number> {
  const keys = await findForeignScopes(store, scopeKeys);
  for (let at = 0; at < keys.length; at += 1000)
    await store.run('DELETE FROM @region.scope_member WHERE scope_key IN {keys:Array(UUID)}', {
      parameters: { keys: keys.slice(at, at + 1000) },
      isAside: true,
    });
  return keys.length;
}

export async function dropLeftover(store: RegionalStore, table: string): Promise<void> {
  await store.run(`DROP TABLE IF EXISTS @region.${table} SYNC`, { isAside: true });
}

/** As the owner: what is sealed, of all partners. None where the directory is older than that. */
export async function readSecrets(
  owner: OwnerConnection,
): Promise<{ partnerId: string; connectorId: string; keyId: string; sealed: Buffer }[]> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const there = await client.query<{ found: boolean }>(
      "select to_regclass('tenant.connector_secret') is not null as found",
    );
    if (there.rows[0]?.found !== true) return [];
    const { rows } = await client.query<{ partnerId: string; connectorId: string; keyId: string; sealed: Buffer }>(
      'select partner_id as "partnerId", connector_id as "connectorId", key_id as "keyId", sealed from tenant.connector_secret',
    );
    return rows;
  } finally {
    await client.end();
  }
}

/** As the owner: the keys that what deleted people are known by was hashed with, of all partners. None where the directory is older than that. */
export async function readHashKeys(owner: OwnerConnection): Promise<string[]> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const there = await client.query<{ found: boolean }>(
      "select to_regclass('tenant.forgotten_identifier') is not null as found",
    );
    if (there.rows[0]?.found !== true) return [];
    const { rows } = await client.query<{ keyId: string }>(
      'select distinct key_id as "keyId" from tenant.forgotten_identifier order by key_id',
    );
    return rows.map(({ keyId }) => keyId);
  } finally {
    await client.end();
  }
}
