import pg from 'pg';

/** has_parameter_privilege and databases that sort by ICU came with 15; what is tested is 15 and the embedded 18. */
const oldestServer = 15;

/** Of the role that requests run as. */
export const applicationAttributes = 'login nosuperuser nocreatedb nocreaterole noinherit nobypassrls';

/** ICU sorts; the locale of the C library tells what a letter is, which the index of the text search goes by (of C: those of English). */
export const createDatabaseSql = (
  name: string,
  { locale = 'C.UTF-8', owner }: { locale?: string; owner?: string } = {},
): string =>
  `create database ${name} template template0 encoding 'UTF8' locale_provider icu icu_locale 'und' locale '${locale}'${owner === undefined ? '' : ` owner ${pg.escapeIdentifier(owner)}`}`;

/** Why Partner Hub cannot work with this database at all, whatever is in it; undefined where it can. */
export async function databaseFault(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ version: string; encoding: string; name: string }>(
    "select current_setting('server_version') as version, pg_encoding_to_char(encoding) as encoding, datname as name from pg_database where datname = current_database()",
  );
  const { version = '', encoding = '', name = '' } = rows[0] ?? {};
  if (Number.parseInt(version, 10) < oldestServer)
    return `PostgreSQL ${version} is too old: Partner Hub needs ${oldestServer} or newer. Upgrade it, or name another server in DATABASE_URL.`;
  if (encoding !== 'UTF8')
    return `The database "${name}" has the encoding ${encoding}, in which letters beyond English are neither found nor sorted: Partner Hub needs UTF8. Drop it, or choose another name in DATABASE_URL, and make it so: ${createDatabaseSql(client.escapeIdentifier(name), { owner: client.user ?? '' })}`;
  return undefined;
}

/** Why this account cannot do what the owner of the directory does, with the SQL that mends it; undefined where it can. */
export async function ownerFault(client: pg.Client, role: string): Promise<string | undefined> {
  return (await foreignTables(client)) ?? (await roleOutOfReach(client, role));
}

async function foreignTables(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ owner: string; here: string; database: string }>(`
    select pg_get_userbyid(c.relowner) as owner, current_user as here, current_database() as database
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where (n.nspname in ('identity', 'tenant', 'job') or (n.nspname = 'public' and c.relname in ('migration', 'installation')))
      and c.relkind in ('r', 'p', 'S') and not pg_has_role(current_user, c.relowner, 'usage')
    order by n.nspname = 'public' desc limit 1`);
  const [found] = rows;
  if (found === undefined) return undefined;
  const { owner, here, database } = found;
  return `The tables in the database "${database}" belong to the account "${owner}", and DATABASE_URL names "${here}". A restore is done with the account that Partner Hub works with, made superuser for that time. To hand over what is there, a superuser runs: psql -d ${database} -f deploy/take-over-tables.sql (it gives all of it to the owner of the database; alter database ${client.escapeIdentifier(database)} owner to ${client.escapeIdentifier(here)} where that is another)`;
}

async function roleOutOfReach(client: pg.Client, role: string): Promise<string | undefined> {
  const { rows } = await client.query<{ here: string; may: boolean; exists: boolean }>(
    `select current_user as here, exists (select 1 from pg_roles where rolname = $1) as exists,
       (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may`,
    [role],
  );
  const { here = '', may = false, exists = false } = rows[0] ?? {};
  if (may || exists) return undefined;
  return `The account "${here}" of DATABASE_URL may not make the role "${role}" that requests run as. A superuser runs: alter role ${client.escapeIdentifier(here)} createrole`;
}

/** The same for a role that is there and has to be changed. */
export function roleFault(client: pg.Client, role: string): string {
  const [here, name] = [client.escapeIdentifier(client.user ?? ''), client.escapeIdentifier(role)];
  return `The account ${here} of DATABASE_URL may not change the role ${name} that requests run as. A superuser runs: alter role ${here} createrole; grant ${name} to ${here} with admin option; alter role ${name} ${applicationAttributes}`;
}

/** How names are sorted; `isLinguistic`: as people expect, rather than by the codes of letters. `ctype` tells what a letter is. */
export async function readCollation(
  client: pg.Client,
): Promise<{ database: string; collation: string; isLinguistic: boolean; ctype: string }> {
  const { rows } = await client.query<{ database: string; collation: string; ctype: string; provider: string }>(
    'select datname as database, datcollate as collation, datctype as ctype, datlocprovider::text as provider from pg_database where datname = current_database()',
  );
  const { database = '', collation = '', ctype = '', provider = '' } = rows[0] ?? {};
  // i: ICU; b: PostgreSQL's own, which knows codes only; c: the C library's, whose C, POSIX and C.UTF-8 go by code.
  const isLinguistic = provider === 'i' || (provider === 'c' && !/^(?:C|POSIX)(?:\.|$)/.test(collation));
  return { database, collation: provider === 'b' ? 'builtin' : collation, isLinguistic, ctype };
}
