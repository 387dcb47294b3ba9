import pg from 'pg';

/** The account that owns the tables: for migrations, backups and the doctor. Requests never use it. */
export type OwnerConnection = pg.ClientConfig;

/** Creates the directory's database in a cluster that lacks it: UTF-8, names ordered by ICU's root rules on every machine alike. */
export async function ensureDatabase(owner: OwnerConnection & { database: string }): Promise<void> {
  const client = new pg.Client({ ...owner, database: 'postgres' });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [owner.database]);
    if (found.rowCount !== 0) return;
    const name = client.escapeIdentifier(owner.database);
    await client.query(
      `create database ${name} template template0 encoding 'UTF8' locale_provider icu icu_locale 'und' locale 'C'`,
    );
  } finally {
    await client.end();
  }
}
