import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Database } from './database.gen.ts';

pg.types.setTypeParser(20, Number); // bigint: counts and file sizes stay far below 2^53
pg.types.setTypeParser(1082, (text: string) => text); // date: a calendar date stays text

export type Directory = Kysely<Database>;

declare const tenantBrand: unique symbol;
/** A transaction bound to one partner. Only inTenant makes one; queries on tenant tables take nothing else. */
export type TenantTx = Transaction<Database> & { readonly [tenantBrand]: true };

/** How the application role reaches the directory. */
export type ApplicationConnection = pg.PoolConfig & { password: string };

/** Connects as the application role. `connection` names host, database and password. */
export function connectDirectory(connection: pg.PoolConfig): Directory {
  const pool = new pg.Pool({
    max: 20,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    ...connection,
  });
  // One in use whose server ends says so by itself too; the query in hand fails with the same.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined); // an idle connection that breaks is replaced at its next use
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

/** Runs `work` in one transaction that sees and writes only this partner's rows; with `scopePerson` only what is that person's to see. */
export function inPartnerTransaction<Result>(
  directory: Directory,
  { partnerId, scopePerson = '' }: { partnerId: string; scopePerson?: string | undefined },
  work: (tx: TenantTx) => Promise<Result>,
): Promise<Result> {
  return directory.transaction().execute(async (tx) => {
    // Transaction-local: a session-level value would leak through the pool to the next request.
    await sql`select set_config('app.partner_id', ${partnerId}, true), set_config('app.scope_person', ${scopePerson}, true)`.execute(
      tx,
    );
    return work(tx as TenantTx);
  });
}
