import pg from 'pg';
import type { OwnerConnection } from './ensure-database.ts';
import { refuseForeignDatabase } from './migrate.ts';

/** What a directory and its regional stores know each other by. Beside the migrations and, like them, no part of a backup; undefined before the first start. */
export async function readInstallationId(owner: OwnerConnection): Promise<string | undefined> {
  return asOwner(owner, async (client) => {
    const { rows } = await client.query<{ found: boolean }>(
      "select to_regclass('public.installation') is not null as found",
    );
    return rows[0]?.found === true ? readId(client) : undefined;
  });
}

/** Made at the first start of any release that knows of it. The caller holds a lock: two processes must not make two. */
export async function ensureInstallationId(owner: OwnerConnection): Promise<string> {
  return asOwner(owner, async (client) => {
    await client
      .query('create table if not exists public.installation (id uuid primary key, files text)')
      .catch(refuseForeignDatabase);
    await client.query(
      'insert into public.installation (id) select gen_random_uuid() where not exists (select from public.installation)',
    );
    const id = await readId(client);
    if (id === undefined) throw new Error('The directory did not say which installation it is.');
    return id;
  });
}

/** Notes the folder for files that the first process brought; answers with the one that is noted. After ensureInstallationId. */
export async function claimFilesFolder(owner: OwnerConnection, mark: string): Promise<string> {
  return asOwner(owner, async (client) => {
    const { rows } = await client.query<{ files: string }>(
      'update public.installation set files = coalesce(files, $1) returning files',
      [mark],
    );
    return rows[0]?.files ?? mark;
  });
}

async function readId(client: pg.Client): Promise<string | undefined> {
  return (await client.query<{ id: string }>('select id from public.installation')).rows[0]?.id;
}

async function asOwner<Result>(owner: OwnerConnection, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(owner);
  client.on('error', () => undefined); // the query in hand tells
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
