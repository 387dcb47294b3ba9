import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { applicationAttributes, ownerFault, roleFault } from './database-faults.ts';

const folder = join(import.meta.dirname, '../../../migrations/directory');
const lockKey = 4_801_172; // any constant; keeps two starting processes from migrating at once

/**
 * The role that requests run as: owns nothing, bypasses nothing. Roles belong to a whole server, so each database has one of its own: `hub` has `hub_app`. PostgreSQL
 * cuts names at 63 bytes.
 */
export const applicationRoleOf = (database: string): string => `${database.slice(0, 59)}_app`;

export interface DirectoryMigration {
  name: string;
  sql: string;
}

export async function directoryMigrations(): Promise<DirectoryMigration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(names.map(async (name) => ({ name, sql: await readFile(join(folder, name), 'utf8') })));
}

/**
 * Brings the directory to the newest schema, forward only, each migration in its own transaction, and puts the tenant policy on every
 * table of the schema `tenant`. Returns the names it ran. Throws when the database was migrated by a newer release. `only`: a restore first
 * brings the schema to where its backup was.
 */
export async function migrateDirectory(
  owner: pg.ClientConfig,
  applicationPassword: string,
  only?: readonly string[],
): Promise<string[]> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    const fault = await ownerFault(client, applicationRoleOf(client.database ?? ''));
    if (fault !== undefined) throw new Error(fault);
    await client
      .query(
        'create table if not exists public.migration (name text primary key, ran_at timestamptz not null default now())',
      )
      .catch(refuseForeignDatabase);
    const done = new Set(
      (await client.query<{ name: string }>('select name from public.migration')).rows.map((row) => row.name),
    );
    const migrations = await directoryMigrations();
    const unknown = [...done].filter((name) => !migrations.some((migration) => migration.name === name));
    if (unknown.length > 0) {
      throw new Error(
        `The directory was migrated by a newer release (${unknown.join(', ')}). Start that release, or restore a backup of this one.`,
      );
    }
    const pending = migrations.filter(({ name }) => !done.has(name) && (only === undefined || only.includes(name)));
    for (const migration of pending) {
      await client.query('begin');
      try {
        await client.query(migration.sql);
        await client.query('insert into public.migration (name) values ($1)', [migration.name]);
        await client.query('commit');
      } catch (cause) {
        await client.query('rollback');
        throw new Error(`Directory migration ${migration.name} failed; nothing of it was kept.`, { cause });
      }
    }
    await ensureRoleAndPolicies(client, applicationPassword);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

const insufficientPrivilege = '42501';

export function refuseForeignDatabase(cause: Error & { code?: string }): never {
  if (cause.code !== insufficientPrivilege) throw cause;
  throw new Error(
    'The account of DATABASE_URL may not make tables in its database: make it the owner (alter database … owner to …).',
    { cause },
  );
}

/** Whether the role has this password already: changed for nothing, it would lock out whoever connects at this moment. */
async function mayEnter({ host, port, database, ssl }: pg.Client, user: string, password: string): Promise<boolean> {
  const place = { host, port, ssl, ...(database === undefined ? {} : { database }) };
  const trial = new pg.Client({ ...place, user, password, connectionTimeoutMillis: 10_000 });
  trial.on('error', () => undefined); // the answer is told by connect
  try {
    await trial.connect();
    return true;
  } catch {
    return false;
  } finally {
    await trial.end().catch(() => undefined);
  }
}

/** Throws where somebody works with another password: another HUB_FILES or HUB_APP_PASSWORD on the same database. */
async function refuseOtherPassword(client: pg.Client, role: string): Promise<void> {
  const { rowCount } = await client.query(
    'select 1 from pg_stat_activity where usename = $1 and datname = current_database() limit 1',
    [role],
  );
  if (rowCount !== 0)
    throw new Error(
      `Another Partner Hub works on this database with another password of ${role}: give all its processes the same HUB_FILES, or the same HUB_APP_PASSWORD.`,
    );
}

async function isSuperuser(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>(
    'select rolsuper as is from pg_roles where rolname = current_user',
  );
  return rows[0]?.is === true;
}

function refuseRole(client: pg.Client, role: string, cause: Error & { code?: string }): never {
  if (cause.code !== insufficientPrivilege) throw cause;
  throw new Error(roleFault(client, role), { cause });
}

/** Where it is not so already: an owner that did not make the role may not even repeat it. */
async function setSearchPath(client: pg.Client, role: string): Promise<void> {
  const { rowCount } = await client.query(
    `select 1 from pg_db_role_setting where setdatabase = 0 and setrole = (select oid from pg_roles where rolname = $1)
       and 'search_path=tenant, identity, job' = any (setconfig)`,
    [role],
  );
  if (rowCount !== 0) return;
  await client
    .query(`alter role ${client.escapeIdentifier(role)} set search_path = tenant, identity, job`)
    .catch((cause: Error) => refuseRole(client, role, cause));
}

async function ensureRoleAndPolicies(client: pg.Client, password: string): Promise<void> {
  const name = applicationRoleOf(client.database ?? '');
  const role = client.escapeIdentifier(name);
  const { rows: roles } = await client.query<{ harmless: boolean }>(
    'select not (rolsuper or rolcreatedb or rolcreaterole or rolbypassrls or rolinherit) and rolcanlogin as harmless from pg_roles where rolname = $1',
    [name],
  );
  // Only what differs: an owner that is no superuser may not even repeat that the role is none.
  const attributes = roles[0]?.harmless === true ? '' : applicationAttributes;
  if (roles[0] === undefined || attributes !== '' || !(await mayEnter(client, name, password))) {
    if (roles[0] !== undefined) await refuseOtherPassword(client, name);
    const secret = client.escapeLiteral(password);
    await client
      .query(`${roles[0] ? 'alter' : 'create'} role ${role} ${attributes} password ${secret}`)
      .catch((cause: Error) => refuseRole(client, name, cause));
    // Who makes a role as superuser, for a restore, would not be its administrator afterwards.
    if (roles[0] === undefined && (await isSuperuser(client)))
      await client.query(`grant ${role} to current_user with admin option`);
  }
  await setSearchPath(client, name);
  await client.query(`
    grant usage on schema identity, tenant, job to ${role};
    grant select, insert, update, delete on all tables in schema identity, tenant, job to ${role};
    grant usage, select on all sequences in schema job to ${role};
    grant execute on all functions in schema job to ${role};
  `);
  const tables = await client.query<{ name: string; policed: boolean }>(`
    select c.relname as name, exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant') as policed
    from pg_class c where c.relnamespace = 'tenant'::regnamespace and c.relkind in ('r', 'p') order by 1`);
  for (const table of tables.rows.filter((row) => !row.policed)) {
    const name = `tenant.${client.escapeIdentifier(table.name)}`;
    // current_setting fails when nothing was set: a query outside inTenant is an error, not an empty answer.
    await client.query(`
      alter table ${name} enable row level security;
      create policy tenant on ${name} using (partner_id = current_setting('app.partner_id')::uuid)
        with check (partner_id = current_setting('app.partner_id')::uuid);
    `);
  }
}
