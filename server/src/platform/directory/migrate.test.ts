import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { startTcpPostgres } from '../../testing/tcp-postgres.ts';
import { generateDirectoryTypes } from './generate-types.ts';
import { directoryMigrations, migrateDirectory } from './migrate.ts';

async function emptyDatabase(name: string): Promise<pg.ClientConfig> {
  const { host, port, owner } = inject('directory');
  const client = new pg.Client({ host, port, ...owner, database: 'postgres' });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return { host, port, ...owner, database: name };
}

async function withClient<Result>(
  connection: pg.ClientConfig,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test('the committed types are those of the migrated schema (npm run types:directory)', async () => {
  const { host, port, owner, template } = inject('directory');
  const fresh = await withClient({ host, port, ...owner, database: template }, generateDirectoryTypes);
  expect(await readFile(join(import.meta.dirname, 'database.gen.ts'), 'utf8')).toBe(fresh);
});

test('migrating twice, and from two processes at once, runs each migration once', async () => {
  const connection = await emptyDatabase('hub_migrate_twice');
  const { applicationPassword } = inject('directory');
  const ran = await Promise.all([
    migrateDirectory(connection, applicationPassword),
    migrateDirectory(connection, applicationPassword),
  ]);
  const names = (await directoryMigrations()).map((migration) => migration.name);
  expect(ran.flat()).toEqual(names);
  expect(await migrateDirectory(connection, applicationPassword)).toEqual([]);
});

test('an ordinary account that owns the database and may create roles is enough', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hub-owner-'));
  await chmod(folder, 0o711); // where root runs this, PostgreSQL runs as another account
  const postgres = await startTcpPostgres(join(folder, 'postgres'));
  try {
    await withClient({ connectionString: postgres.url('postgres') }, async (client) => {
      await client.query("create role keeper login createrole password 'a plain secret'");
      await client.query('create database hub owner keeper');
    });
    const url = new URL(postgres.url('hub'));
    const owner = {
      host: url.hostname,
      port: Number(url.port),
      user: 'keeper',
      password: 'a plain secret',
      database: 'hub',
    };
    expect(await migrateDirectory(owner, 'application secret')).not.toEqual([]);
    expect(await migrateDirectory(owner, 'another secret')).toEqual([]);
    await withClient({ ...owner, user: 'hub_app', password: 'another secret' }, async (client) => {
      await client.query("select set_config('app.partner_id', gen_random_uuid()::text, false)");
      expect((await client.query('select tenant.has_call_legs() as has')).rows).toEqual([{ has: false }]);
      // Somebody works with that password: another one is refused, and locks nobody out.
      await expect(migrateDirectory(owner, 'a third secret')).rejects.toThrow(
        /with another password of hub_app: .*HUB_FILES/,
      );
      expect(await migrateDirectory(owner, 'another secret')).toEqual([]);
      // A second database of the server has a role of its own.
      await withClient({ connectionString: postgres.url('postgres') }, (other) =>
        other.query('create database second owner keeper'),
      );
      await migrateDirectory({ ...owner, database: 'second' }, 'a secret of the second');
      await withClient({ ...owner, user: 'hub_app', password: 'another secret' }, (again) => again.query('select 1'));
      await withClient(
        { ...owner, database: 'second', user: 'second_app', password: 'a secret of the second' },
        (second) => second.query('select 1'),
      );
    });
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test('a directory of a newer release is refused by name and left as it is', async () => {
  const connection = await emptyDatabase('hub_migrate_newer');
  const { applicationPassword } = inject('directory');
  await migrateDirectory(connection, applicationPassword);
  await withClient(connection, (client) =>
    client.query("insert into public.migration (name) values ('9999-of-tomorrow.sql')"),
  );
  await expect(migrateDirectory(connection, applicationPassword)).rejects.toThrow(
    /newer release \(9999-of-tomorrow\.sql\)/,
  );
});
