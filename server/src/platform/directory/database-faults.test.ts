import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkStores, type Finding } from '../../features/doctor/index.ts';
import { startTcpPostgres } from '../../testing/tcp-postgres.ts';
import { searchText } from '@hub/contract/search-text';
import { createDatabaseSql, databaseFault } from './database-faults.ts';
import { requireDatabase } from './ensure-database.ts';
import { ensureInstallationId, readInstallationId } from './installation-id.ts';
import { migrateDirectory } from './migrate.ts';

let folder: string;
let postgres: Awaited<ReturnType<typeof startTcpPostgres>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-faults-'));
  await chmod(folder, 0o711); // where root runs this, PostgreSQL runs as another account
  postgres = await startTcpPostgres(join(folder, 'postgres'));
}, 120_000);
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

async function asSuperuser(database: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url(database) });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

type Owner = { host: string; port: number; user: string; password: string; database: string };

/** A database of its own, with an account that owns it. */
async function ownedDatabase(name: string, rights = ''): Promise<Owner> {
  const { hostname: host, port } = new URL(postgres.url('postgres'));
  await asSuperuser(
    'postgres',
    `create role ${name}_keeper login password 'a plain secret' ${rights}`,
    createDatabaseSql(name),
    `alter database ${name} owner to ${name}_keeper`,
  );
  return { host, port: Number(port), user: `${name}_keeper`, password: 'a plain secret', database: name };
}

const doctor = async (owner: Owner): Promise<Finding[]> =>
  (await checkStores({ filesDir: folder, owner, isDirectoryEmbedded: false, regional: new Map() })).filter(
    ({ state }) => state !== 'ok',
  );

test('an owner that may not make roles is told so with the SQL, by the doctor too', async () => {
  const owner = await ownedDatabase('plain');
  const sentence =
    'The account "plain_keeper" of DATABASE_URL may not make the role "plain_app" that requests run as. A superuser runs: alter role "plain_keeper" createrole';
  await expect(migrateDirectory(owner, 'application secret')).rejects.toThrow(sentence);
  expect(await doctor(owner)).toEqual([{ state: 'fail', sentence: `${sentence}.` }]);
  await asSuperuser('postgres', sentence.slice(sentence.indexOf('alter role')));
  expect(await migrateDirectory(owner, 'application secret')).not.toEqual([]);
});

test('tables of another account are told with what hands them over, which does so', async () => {
  const owner = await ownedDatabase('handed', 'createrole');
  await migrateDirectory({ connectionString: postgres.url('handed') }, 'application secret');
  await ensureInstallationId({ connectionString: postgres.url('handed') });
  const sentence =
    /^The tables in the database "handed" belong to the account "\w+", and DATABASE_URL names "handed_keeper"\..*psql -d handed -f deploy\/take-over-tables\.sql/;
  await expect(migrateDirectory(owner, 'application secret')).rejects.toThrow(sentence);
  expect(await doctor(owner)).toMatchObject([{ state: 'fail', sentence: expect.stringMatching(sentence) as string }]);

  await asSuperuser(
    'handed',
    await readFile(join(import.meta.dirname, '../../../../deploy/take-over-tables.sql'), 'utf8'),
  );
  expect(await migrateDirectory(owner, 'application secret')).toEqual([]);
  expect(await migrateDirectory(owner, 'another secret')).toEqual([]);
  expect(await ensureInstallationId(owner)).toBe(await readInstallationId(owner));
  expect((await doctor(owner)).filter(({ state }) => state === 'fail')).toEqual([]);
  const client = new pg.Client(owner);
  await client.connect();
  const { rows } = await client.query<{ owner: string }>(`
    select distinct pg_get_userbyid(owner) as owner from (
      select relowner as owner, relnamespace as place from pg_class union all select proowner, pronamespace from pg_proc
      union all select typowner, typnamespace from pg_type union all select nspowner, oid from pg_namespace) as things
    where place in ('identity'::regnamespace, 'tenant'::regnamespace, 'job'::regnamespace)`);
  await client.end();
  expect(rows).toEqual([{ owner: 'handed_keeper' }]);
});

test('an account that was superuser for a restore goes on as an ordinary one', async () => {
  const owner = await ownedDatabase('raised', 'superuser');
  await migrateDirectory(owner, 'application secret');
  await asSuperuser('postgres', 'alter role raised_keeper nosuperuser createrole');
  expect(await migrateDirectory(owner, 'application secret')).toEqual([]);
  expect(await migrateDirectory(owner, 'another secret')).toEqual([]);
});

test('a role that the owner may not change is told with the SQL that lets it', async () => {
  const owner = await ownedDatabase('strange', 'createrole');
  await asSuperuser('postgres', 'create role strange_app');
  const sentence = await migrateDirectory(owner, 'application secret').catch((error: Error) => error.message);
  expect(sentence).toBe(
    'The account "strange_keeper" of DATABASE_URL may not change the role "strange_app" that requests run as. A superuser runs: alter role "strange_keeper" createrole; grant "strange_app" to "strange_keeper" with admin option; alter role "strange_app" login nosuperuser nocreatedb nocreaterole noinherit nobypassrls',
  );
  await asSuperuser('postgres', String(sentence).replace(/^.* runs: /, ''));
  expect(await migrateDirectory(owner, 'application secret')).toEqual([]);
});

test('a database of another encoding is refused with the statement that makes a right one', async () => {
  await asSuperuser(
    'postgres',
    "create database ascii template template0 encoding 'SQL_ASCII' locale_provider libc locale 'C'",
  );
  const refused = requireDatabase({ connectionString: postgres.url('ascii'), database: 'ascii' });
  await expect(refused).rejects.toThrow(
    /"ascii" has the encoding SQL_ASCII.*needs UTF8.*create database "ascii" template template0 encoding 'UTF8' locale_provider icu .* owner "/,
  );
});

test('a collation that is none of a language is warned of', async () => {
  const owner = await ownedDatabase('sorted', 'createrole');
  expect(await doctor(owner)).toEqual([
    { state: 'warn', sentence: expect.stringContaining('The directory is empty') as string },
  ]);
  await asSuperuser(
    'postgres',
    "create database coded template template0 encoding 'UTF8' locale_provider libc locale 'C' owner sorted_keeper",
  );
  const coded = { ...owner, database: 'coded' };
  expect(await doctor(coded)).toContainEqual({
    state: 'warn',
    sentence: expect.stringMatching(/"coded" sorts .*collation C\).*locale_provider icu/) as string,
  });
  expect(await doctor(coded)).toContainEqual({
    state: 'warn',
    sentence: expect.stringMatching(/"coded" knows the letters of English only.*locale 'C.UTF-8'/) as string,
  });
});

test('letters of every language are letters to the index of the text search', async () => {
  await asSuperuser('postgres', createDatabaseSql('letters'));
  const client = new pg.Client({ connectionString: postgres.url('letters') });
  await client.connect();
  await client.query('create extension pg_trgm');
  const { rows } = await client.query<{ latin: number; cyrillic: number; hangul: number }>(
    "select cardinality(show_trgm('acme')) as latin, cardinality(show_trgm('север')) as cyrillic, cardinality(show_trgm($1)) as hangul",
    [searchText('한빛')],
  );
  await client.end();
  expect(rows).toEqual([{ latin: 5, cyrillic: 6, hangul: 7 }]);
});

test('a server that is too old is told with the version that is needed', async () => {
  const rows = [{ version: '14.12 (Debian 14.12-1)', encoding: 'UTF8', name: 'hub' }];
  const old = { query: async () => ({ rows }) } as unknown as pg.Client;
  expect(await databaseFault(old)).toContain(
    'PostgreSQL 14.12 (Debian 14.12-1) is too old: Partner Hub needs 15 or newer',
  );
});
