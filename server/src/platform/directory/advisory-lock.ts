import pg from 'pg';
import { sql } from 'kysely';
import type { Directory, TenantTx } from './directory.ts';
import type { OwnerConnection } from './ensure-database.ts';

/** What processes on one directory agree on beside its rows. PostgreSQL frees a lock with the connection that holds it, however that ends. */
export type LockName = readonly [kind: number, number: number];

/** Held for as long as any process of the installation lives; alone by one that must be the only one. */
export const installationLock: LockName = [4_801_271, 0];
/** Held while tables of regional stores are being brought to the newest form. */
export const regionalTablesLock: LockName = [4_801_271, 1];
/** Shared by every running import; alone by a backup. */
export const importsLock: LockName = [4_801_271, 2];
/** Held by the one process that works through a region's queue. */
export const queueLock = (region: number): LockName => [4_801_272, region];
/** Held by the one process that looks at what the passing of time makes of statuses. */
export const statusesLock: LockName = [4_801_273, 0];

/** Held by the one process that takes files out of the watched folder. */
export const watchLock: LockName = [4_801_273, 1];

/** Taken to the end of a transaction: whoever gives, renames or takes tags of a partner waits for their turn. */
export const tagsLock = (partnerId: string): LockName => [4_801_273, keyOf(partnerId)];
/** As tagsLock: for names and filters of customer groups, which name each other. */
export const groupsLock = (partnerId: string): LockName => [4_801_274, keyOf(partnerId)];

/** Held by the one process that fetches for a connector. */
export const connectorLock = (connectorId: string): LockName => [4_801_275, keyOf(connectorId)];

// Two partners on one key wait for each other, no more. The last eight digits of a UUID are random.
const keyOf = (id: string): number => Number.parseInt(id.slice(-8), 16) | 0;

/** Waits for the lock and holds it to the end of the transaction. */
export async function takeTurn(tx: TenantTx, [kind, number]: LockName): Promise<void> {
  await sql`select pg_advisory_xact_lock(${kind}::int, ${number}::int)`.execute(tx);
}

export interface Lease {
  /** The connection that held the lock is gone: somebody else may hold it by now. */
  isLost(): boolean;
  /** Runs `work` while a second lock is shared; undefined where somebody holds that one alone. */
  sharing<Result>(lock: LockName, work: () => Promise<Result>): Promise<Result | undefined>;
}

const beatMilliseconds = 3000;

/** Runs `work` while this process alone holds the lock. False where another holds it. */
export async function withLease(
  directory: Directory,
  [kind, number]: LockName,
  work: (lease: Lease) => Promise<void>,
): Promise<boolean> {
  return directory.connection().execute(async (connection) => {
    // A worker whose machine vanished is noticed in half a minute, not in two hours.
    const { rows } = await sql<{ taken: boolean }>`
      select pg_try_advisory_lock(${kind}::int, ${number}::int) as taken,
        set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
        set_config('tcp_keepalives_count', '3', false)`.execute(connection);
    if (rows[0]?.taken !== true) return false;
    let isLost = false;
    const beat = setInterval(() => {
      sql`select 1`.execute(connection).catch(() => {
        isLost = true;
      });
    }, beatMilliseconds);
    try {
      await work({
        isLost: () => isLost,
        async sharing([otherKind, otherNumber], shared) {
          const other = sql<{ taken: boolean }>`
            select pg_try_advisory_lock_shared(${otherKind}::int, ${otherNumber}::int) as taken`;
          if ((await other.execute(connection)).rows[0]?.taken !== true) return undefined;
          try {
            return await shared();
          } finally {
            await sql`select pg_advisory_unlock_shared(${otherKind}::int, ${otherNumber}::int)`
              .execute(connection)
              .catch(() => undefined);
          }
        },
      });
    } finally {
      clearInterval(beat);
      await sql`select pg_advisory_unlock(${kind}::int, ${number}::int)`.execute(connection).catch(() => undefined);
    }
    return true;
  });
}

/** Waits for the lock and holds it until the returned function is called. */
export async function holdLock(owner: OwnerConnection, [kind, number]: LockName): Promise<() => Promise<void>> {
  const client = new pg.Client(owner);
  client.on('error', () => undefined); // the lock goes with the connection
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1::int, $2::int)', [kind, number]);
  } catch (error) {
    await client.end();
    throw error;
  }
  return () => client.end();
}

/** Runs `work` while nobody else runs theirs under this lock; waits for its turn. */
export async function underLock<Result>(
  owner: OwnerConnection,
  lock: LockName,
  work: () => Promise<Result>,
): Promise<Result> {
  const release = await holdLock(owner, lock);
  try {
    return await work();
  } finally {
    await release();
  }
}

const againMilliseconds = 2000;

/**
 * Signs this process in on a directory that others may use too: shared where everything lies on servers, else alone. Comes back after a
 * restart of PostgreSQL by itself; `onRefused` is told where somebody else was faster. Throws a sentence where another process is there.
 */
export async function joinInstallation(
  owner: OwnerConnection,
  { isShared, onRefused }: { isShared: boolean; onRefused: (reason: string) => void },
): Promise<() => Promise<void>> {
  const [kind, number] = installationLock;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  async function join(): Promise<void> {
    const joining = new pg.Client({ ...owner, keepAlive: true, connectionTimeoutMillis: 10_000 });
    joining.on('error', () => undefined);
    await joining.connect();
    const call = isShared ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock';
    const { rows } = await joining.query<{ taken: boolean }>(`select ${call}($1::int, $2::int) as taken`, [
      kind,
      number,
    ]);
    if (rows[0]?.taken !== true) {
      await joining.end();
      throw new InstallationTaken(isShared);
    }
    joining.once('end', () => {
      if (!isOver) timer = setTimeout(again, againMilliseconds);
    });
    client = joining;
  }

  function again(): void {
    join().catch((error: unknown) => {
      if (error instanceof InstallationTaken) return onRefused(error.message);
      if (!isOver) timer = setTimeout(again, againMilliseconds);
    });
  }

  await join();
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await client?.end();
  };
}

class InstallationTaken extends Error {
  constructor(isShared: boolean) {
    super(
      isShared
        ? 'A Partner Hub that keeps some of its data to itself works on this DATABASE_URL: end it first, or give it HUB_FILES and the URL of every region too.'
        : 'Another Partner Hub works on this DATABASE_URL. For several processes set HUB_FILES and the URL of every region, for each of them alike.',
    );
  }
}
