import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { createChdbConnection } from 'chdb/connection';

/** A connection of the embedded engine runs one query at a time, so questions share a few and imports keep their own. */
const connectionsForQuestions = 4;

interface Lane {
  idle: ClickHouseClient[];
  waiting: ((client: ClickHouseClient) => void)[];
}

/** The ClickHouse engine in this process: one data folder, all regions as databases in it. */
export interface EmbeddedEngine {
  /** Runs `work` with a connection of the lane; waits for one when all are busy. */
  use<Result>(
    lane: 'question' | 'import' | 'check',
    work: (client: ClickHouseClient) => Promise<Result>,
  ): Promise<Result>;
  /** Refuses new work and waits for what runs; what runs longer than that is stopped. May be called again. */
  close(patienceMilliseconds?: number): Promise<void>;
}

type EmbeddedConnection = NonNullable<NonNullable<Parameters<typeof createClient>[0]>['connection']>;

// chdb implements the client's own interface, compiled against another copy of its types that has no exactOptionalPropertyTypes.
const connectionTo = (path: string): EmbeddedConnection =>
  createChdbConnection({ path }) as unknown as EmbeddedConnection;

export async function openEmbeddedEngine(path: string): Promise<EmbeddedEngine> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const open = (): ClickHouseClient => createClient({ connection: connectionTo(path) });
  const lanes: Record<'question' | 'import' | 'check', Lane> = {
    question: { idle: Array.from({ length: connectionsForQuestions }, open), waiting: [] },
    import: { idle: [open()], waiting: [] },
    check: { idle: [open()], waiting: [] },
  };
  const all = Object.values(lanes).flatMap((lane) => lane.idle);
  const running = new Set<Promise<unknown>>();

  async function run<Result>(lane: Lane, work: (client: ClickHouseClient) => Promise<Result>): Promise<Result> {
    const client = lane.idle.pop() ?? (await new Promise<ClickHouseClient>((resolve) => lane.waiting.push(resolve)));
    try {
      return await work(client);
    } finally {
      const next = lane.waiting.shift();
      if (next) next(client);
      else lane.idle.push(client);
    }
  }

  async function stopRest(): Promise<void> {
    const client = open();
    while (running.size > 0) {
      // Work that waited for a connection begins when the one before it was stopped, hence again and again.
      await client.command({ query: 'KILL QUERY WHERE query_id != queryID() ASYNC' });
      await Promise.race([Promise.allSettled(running), sleep(200)]);
    }
    await client.close();
  }

  async function end(patienceMilliseconds: number): Promise<void> {
    const patience = new AbortController();
    await Promise.race([
      Promise.allSettled(running),
      sleep(patienceMilliseconds, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
    if (running.size > 0) await stopRest();
    // A connection closed under a running query aborts the engine for the whole process.
    await Promise.allSettled(running);
    for (const client of all) await client.close();
  }

  let ended: Promise<void> | undefined;
  return {
    use(name, work) {
      if (ended !== undefined) return Promise.reject(new Error('The engine has been closed.'));
      const promise = run(lanes[name], work);
      running.add(promise);
      const forget = () => running.delete(promise);
      promise.then(forget, forget);
      return promise;
    },
    close: (patienceMilliseconds = 60_000) => (ended ??= end(patienceMilliseconds)),
  };
}
