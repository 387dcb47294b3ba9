import pg from 'pg';
import { createDatabaseSql, databaseFault, ownerFault } from './database-faults.ts';
import { applicationRoleOf } from './migrate.ts';

/** The account that owns the tables: for migrations, backups and the doctor. Requests never use it. */
export type OwnerConnection = pg.ClientConfig;

/** As PostgreSQL answers to a locale that its machine does not know. */
const wrongObject = '42809';

/** Creates the directory's database in a cluster that lacks it: UTF-8, names ordered by ICU's root rules on every machine alike. */
export async function ensureDatabase(owner: OwnerConnection & { database: string }): Promise<void> {
  // A connection string names its own database, and wins.
  const client = new pg.Client({ ...owner, database: 'postgres' });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [owner.database]);
    if (found.rowCount !== 0) return;
    const name = client.escapeIdentifier(owner.database);
    await client.query(createDatabaseSql(name)).catch(async (error: Error & { code?: string }) => {
      if (error.code !== wrongObject) throw error;
      // Older C libraries and macOS have no C.UTF-8.
      await client.query(createDatabaseSql(name, { locale: 'C' }));
    });
  } finally {
    await client.end();
  }
}

/**
 * The same for a server of one's own, whose account may have its database without the right to create any. Throws a sentence without the password, also where the
 * server is too old or the database has another encoding.
 */
export async function requireDatabase(owner: OwnerConnection & { database: string }): Promise<void> {
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 10_000 });
  const place = `${client.host}:${client.port}`;
  let fault: string | undefined;
  try {
    await client.connect();
    try {
      fault = (await databaseFault(client)) ?? (await ownerFault(client, applicationRoleOf(owner.database)));
    } finally {
      await client.end();
    }
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (code !== '3D000')
      throw new Error(
        `PostgreSQL at ${place} cannot be used (${message || code}): start it, or correct DATABASE_URL.`,
        { cause: error },
      );
    return createDatabase(owner, place);
  }
  if (fault !== undefined) throw new Error(fault);
}

async function createDatabase(owner: OwnerConnection & { database: string }, place: string): Promise<void> {
  const { connectionString } = owner;
  if (connectionString === undefined) return ensureDatabase(owner);
  const url = new URL(connectionString);
  url.pathname = '/postgres';
  try {
    await ensureDatabase({ connectionString: url.href, database: owner.database });
  } catch (cause) {
    throw new Error(
      `PostgreSQL at ${place} has no database "${owner.database}", and this account may not create it (${(cause as Error).message}). Create it: ${createDatabaseSql(`"${owner.database}"`, { owner: decodeURIComponent(url.username) })}`,
      { cause },
    );
  }
}
