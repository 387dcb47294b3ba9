import { createReadStream, createWriteStream } from 'node:fs';
import { randomInt, randomUUID } from 'node:crypto';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { type ClickHouseClientConfigOptions, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../hub-error.ts';
import { inlineParameters, type Parameters, quoted } from './inline-parameters.ts';
import {
  type AskOptions,
  asNumbers,
  databaseOf,
  type FileQuestion,
  type Load,
  type LoadProgress,
  progressMilliseconds,
  questionSeconds,
  type RegionalStore,
  type RunOptions,
  statementSeconds,
  type Unload,
} from './regional-store.ts';
import type { Settings } from './settings.ts';
import { StoreFault } from './store-fault.ts';

export interface RemoteAddress {
  /** http or https, with account and password; a path names the database. */
  url: string;
}

export interface RemoteOptions {
  /** Beyond the time that the engine itself was given for a question. */
  graceMilliseconds?: number;
  /** Between the tries of a question that met a closed door. */
  retryMilliseconds?: readonly number[];
}

/** The store of a region on a server, before anybody watches whether it answers. */
export interface RemoteStore extends RegionalStore {
  /** One small question without a second try; rejects when it is not answered in time. */
  probe(milliseconds: number): Promise<void>;
  /** Ends the questions that wait for an answer. `statements`: those that write too. */
  giveUp(reason: string, which: 'questions' | 'statements'): void;
  close(): Promise<void>;
}

// The engine's own time limit comes first; this is for a server that says nothing at all.
const graceMilliseconds = 5000;
// A server that is just starting again, or a connection that it had closed already.
const retryMilliseconds = [100, 500];

/** Whoever writes says how: no profile of the server's account decides whether rows arrive at once, and a repeated block is no mistake. */
const forWriting: Settings = { async_insert: 0, insert_deduplicate: 0, mutations_sync: 2, alter_sync: 2 };

/** Reaches a region's ClickHouse server over HTTP. Same SQL as the embedded engine; files travel as the body of a request. */
export function remoteRegionalStore(
  region: RegionCode,
  { url }: RemoteAddress,
  options: RemoteOptions = {},
): RemoteStore {
  const { database, ...account } = accountOf(region, url);
  const grace = options.graceMilliseconds ?? graceMilliseconds;
  const pauses = options.retryMilliseconds ?? retryMilliseconds;
  const client = createClient({
    ...account,
    application: 'partner-hub',
    compression: { response: true },
    max_open_connections: 16,
    // Each request has its own end (below); TCP's keepalive finds a peer that is gone.
    request_timeout: statementSeconds * 1000,
    // Lines of logs, here and on the server, would hold statements, and those hold what people searched for and the keys of what is forgotten.
    clickhouse_settings: { log_queries: 0 },
    log: { level: ClickHouseLogLevel.OFF },
  });
  const inRegion = (sql: string, parameters: Parameters = {}): string =>
    inlineParameters(sql.replaceAll('@region.', `${database}.`), parameters);
  const open = { questions: new Set<AbortController>(), statements: new Set<AbortController>() };

  /** Bounded from outside too, whatever the server does: nothing waits for an answer that never comes. */
  async function bounded<Result>(
    which: 'questions' | 'statements',
    milliseconds: number,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(`no answer within ${milliseconds / 1000} s`), milliseconds);
    open[which].add(end);
    // The client lets go of the signal once the head of the answer is there; what follows must end too.
    const ended = new Promise<never>((_, reject) => {
      end.signal.addEventListener('abort', () => reject(new Error(String(end.signal.reason))), { once: true });
    });
    const working = work(end.signal);
    working.catch(() => undefined);
    try {
      return await Promise.race([working, ended]);
    } catch (cause) {
      if (end.signal.aborted) throw StoreFault.unavailable(region, String(end.signal.reason), cause);
      if (cause instanceof StoreFault || isLocal(cause)) throw cause;
      throw StoreFault.ofServer(region, cause);
    } finally {
      clearTimeout(timer);
      open[which].delete(end);
    }
  }

  async function question<Row>(sql: string, seconds: number, left?: AbortSignal): Promise<Row[]> {
    const query_id = randomUUID();
    const leave = (): void => void kill(query_id);
    left?.addEventListener('abort', leave, { once: true });
    try {
      return await bounded('questions', seconds * 1000 + grace, async (ended) => {
        const abort_signal = left === undefined ? ended : AbortSignal.any([ended, left]);
        const answer = await client.query({
          query: sql,
          format: 'JSONEachRow',
          query_id,
          abort_signal,
          // Whole or not at all: a fault in the middle of an answer would arrive behind a status of success.
          clickhouse_settings: { ...sent(asNumbers), max_execution_time: seconds, wait_end_of_query: 1 },
        });
        abort_signal.addEventListener('abort', () => answer.close(), { once: true });
        return answer.json<Row>();
      });
    } finally {
      left?.removeEventListener('abort', leave);
    }
  }

  /** A server goes on with a query whose connection has gone. */
  async function kill(queryId: string): Promise<void> {
    const query = `KILL QUERY WHERE query_id = '${queryId}' ASYNC`;
    await client.command({ query, clickhouse_settings: { max_execution_time: 10 } }).catch(() => undefined); // it ends by its time limit too
  }

  /** Asking again changes nothing, so a connection that broke is tried again. Throws asker_left. */
  async function ask<Row>(sql: string, seconds: number, left?: AbortSignal): Promise<Row[]> {
    const last = performance.now() + seconds * 1000;
    for (let tries = 0; ; tries += 1) {
      try {
        left?.throwIfAborted();
        return await question<Row>(sql, seconds, left);
      } catch (error) {
        if (left?.aborted) throw new HubError('asker_left', {}, { cause: error });
        const pause = pauses[tries];
        const mayRetry = error instanceof StoreFault && error.kind === 'unavailable' && broke(error);
        if (!mayRetry || pause === undefined || performance.now() + pause > last) throw error;
        await sleep(pause);
      }
    }
  }

  async function run(sql: string, settings: Settings = forWriting): Promise<void> {
    await bounded('statements', statementSeconds * 1000, async (abort_signal) => {
      await client.command({
        query: sql,
        abort_signal,
        clickhouse_settings: { ...sent(settings), wait_end_of_query: 1 },
      });
    });
  }

  /** The statement and behind it the file, in one body: a statement about 83 columns is too long for the address line of many a proxy. */
  async function send({ insert, file, settings, parameters, onProgress }: Load): Promise<void> {
    const source = `input(${quoted(file.structure)})`;
    const statement = `${inRegion(aboutFile(insert, source, 'rowNumberInAllBlocks()'), parameters)}\nFORMAT ${file.format}\n`;
    const query_id = randomUUID();
    let bytes = 0;
    const timer = onProgress && setInterval(() => void watch(query_id, bytes, onProgress), progressMilliseconds);
    const counted = new Transform({
      transform(chunk: Buffer, _, done) {
        bytes += chunk.length;
        done(null, chunk);
      },
    });
    const body = new Transform({ transform: (chunk, _, done) => done(null, chunk) });
    body.write(statement);
    const stages = file.path.endsWith('.zst') ? [createZstdDecompress(), counted, body] : [counted, body];
    const reading = pipeline([createReadStream(file.path, { highWaterMark: 1 << 20 }), ...stages]);
    try {
      await bounded('statements', statementSeconds * 1000, async (abort_signal) => {
        const answering = client.exec({
          query: '',
          values: body,
          query_id,
          abort_signal,
          clickhouse_settings: {
            ...sent({ ...settings, ...forWriting }),
            max_execution_time: statementSeconds,
            wait_end_of_query: 1,
            ...(insert.includes('@row') ? { max_threads: 1, max_insert_threads: '1' } : {}),
          },
        });
        // A file that cannot be read ends the request; what it ends with says less than the file's own fault.
        const fault = reading.then(
          () => undefined,
          (error: unknown) => error,
        );
        const answer = await answering.catch(async (error: unknown) => {
          body.destroy();
          const local = await fault;
          throw isLocal(local) ? local : error;
        });
        answer.stream.resume();
        await new Promise<void>((resolve, reject) => {
          answer.stream.once('end', resolve).once('error', reject).once('close', resolve);
        });
      });
    } finally {
      clearInterval(timer);
      body.destroy();
      await reading.catch(() => undefined);
    }
  }

  async function watch(queryId: string, bytes: number, onProgress: (progress: LoadProgress) => void): Promise<void> {
    const rows = await question<{ rows: number }>(
      inRegion('SELECT read_rows AS rows FROM system.processes WHERE query_id = {queryId:String}', { queryId }),
      3,
    ).catch(() => []);
    onProgress({ rows: rows[0]?.rows ?? 0, bytes });
  }

  return {
    region,
    database,
    isEmbedded: false,
    isAvailable: () => true,
    ask: <Row>(sql: string, { parameters, seconds = questionSeconds, left }: AskOptions = {}) =>
      ask<Row>(inRegion(sql, parameters), seconds, left),
    run: (sql: string, { parameters }: RunOptions = {}) => run(inRegion(sql, parameters)),
    load: send,
    async askFile<Row>({ select, file, settings, parameters }: FileQuestion): Promise<Row[]> {
      // A server reads a body only into a table: the answer's own, which is asked and dropped.
      const answer = `${database}.answer_${randomInt(1_000_000_000, 2_000_000_000)}`;
      const shape = aboutFile(select, `null(${quoted(file.structure)})`, 'toUInt64(0)');
      await run(inRegion(`CREATE TABLE ${answer} ENGINE = MergeTree ORDER BY tuple() EMPTY AS ${shape}`, parameters));
      try {
        await send({
          insert: `INSERT INTO ${answer} ${select}`,
          file,
          settings,
          ...(parameters ? { parameters } : {}),
        });
        return await question<Row>(`SELECT * FROM ${answer} SETTINGS max_threads = 1`, statementSeconds);
      } finally {
        await run(`DROP TABLE IF EXISTS ${answer} SYNC`).catch(() => undefined); // else the next start drops it
      }
    },
    async unload({ select, file, parameters, settings = {} }: Unload) {
      await bounded('statements', statementSeconds * 1000, async (abort_signal) => {
        const answer = await client.exec({
          query: `${inRegion(select, parameters)}\nFORMAT ${file.format}`,
          abort_signal,
          clickhouse_settings: { ...sent(settings), max_execution_time: statementSeconds },
        });
        abort_signal.addEventListener('abort', () => answer.stream.destroy(), { once: true });
        const out = createWriteStream(file.path, { flags: 'wx', mode: 0o600 });
        const stages = file.path.endsWith('.zst') ? [createZstdCompress(), out] : [out];
        await pipeline([answer.stream, ...stages]);
      });
    },
    probe: (milliseconds) =>
      bounded('questions', milliseconds, async (abort_signal) => {
        const answer = await client.query({ query: 'SELECT 1 AS one', format: 'JSONEachRow', abort_signal });
        await answer.json();
      }),
    giveUp(reason, which) {
      for (const end of open[which]) end.abort(reason);
    },
    async close() {
      for (const which of ['questions', 'statements'] as const)
        for (const end of open[which]) end.abort('Partner Hub is ending');
      await client.close();
    },
  };
}

const aboutFile = (sql: string, source: string, row: string): string =>
  sql.replaceAll('@row', row).replaceAll('@file', () => source);

type Sent = NonNullable<ClickHouseClientConfigOptions['clickhouse_settings']>;

// The client's own list of settings lags behind the engine's; what the engine does not know it refuses.
const sent = (settings: Settings): Sent => settings;

/** A fault of a file on this machine. */
const isLocal = (error: unknown): boolean =>
  typeof (error as { path?: unknown } | undefined)?.path === 'string' ||
  (error as { code?: unknown } | undefined)?.code === 'ENOSPC';

/** Whether the connection broke or was refused, rather than that time ran out. */
const broke = (error: StoreFault): boolean => !/no answer within|gave up/.test(error.message);

function accountOf(
  region: RegionCode,
  text: string,
): { url: string; username: string; password: string; database: string } {
  const url = new URL(text);
  const path = decodeURIComponent(url.pathname).replaceAll('/', '');
  return {
    // Without the account: an address may stand in a log.
    url: `${url.protocol}//${url.host}`,
    username: decodeURIComponent(url.username) || 'default',
    password: decodeURIComponent(url.password),
    database: path === '' ? databaseOf(region) : path,
  };
}
