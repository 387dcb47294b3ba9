import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex, Writable } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBrotliCompress, createDeflate, createGzip, createZstdCompress } from 'node:zlib';
import { bridgeEngine, type EngineRequest } from './regional-bridge-engine.ts';
import { type Fault, faultFor } from './regional-bridge-faults.ts';
import { readRequest } from './regional-bridge-request.ts';

/** A server that speaks ClickHouse's HTTP protocol in front of the embedded engine, so that the real client's way over the network is gone. */
export interface RegionalBridge {
  /** With account and password; add a database as the path. */
  url: string;
  /** Every statement that arrived, oldest first. */
  seen: string[];
  /** Until the returned function is called, requests that match meet the fault. */
  inject(fault: Fault): () => void;
  /** Refuses connections and breaks those that stand. */
  goAway(): Promise<void>;
  /** Listens again, on the same port. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export interface BridgeOptions {
  /** Of the embedded engine of this process. */
  enginePath: string;
  user?: string;
  password?: string;
}

export async function openRegionalBridge({
  enginePath,
  user = 'hub',
  password = 'of the bridge & co',
}: BridgeOptions): Promise<RegionalBridge> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bridge-'));
  const engine = bridgeEngine(enginePath);
  const faults = new Set<Fault>();
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const running = new Set<Promise<void>>();
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (new URL(request.url ?? '/', 'http://bridge').pathname === '/ping') return void response.end('Ok.\n');
    const asked = await readRequest(request, folder);
    try {
      seen.push(asked.sql);
      const fault = faultFor(faults, asked.sql);
      if (fault && (await meet(fault, response))) return;
      if (request.headers.authorization !== authorization)
        return refuse(response, `Code: 516. DB::Exception: ${user}: Authentication failed. (AUTHENTICATION_FAILED)`);
      await reply(asked, request, response, fault);
    } finally {
      if (asked.file !== undefined) await rm(asked.file, { force: true });
    }
  }

  async function reply(
    asked: EngineRequest,
    request: IncomingMessage,
    response: ServerResponse,
    fault: Fault | undefined,
  ): Promise<void> {
    const chunks = engine.run(asked)[Symbol.asyncIterator]();
    let first: IteratorResult<Uint8Array>;
    const held: Uint8Array[] = [];
    try {
      first = await chunks.next();
      // wait_end_of_query: nothing is said before everything is known.
      while (asked.isWhole && !first.done) {
        held.push(first.value);
        first = await chunks.next();
      }
    } catch (error) {
      return refuse(response, exceptionText(error));
    }
    response.setHeader('X-ClickHouse-Query-Id', asked.queryId);
    response.setHeader('X-ClickHouse-Format', asked.format);
    response.setHeader('X-ClickHouse-Timezone', 'UTC');
    const summary = JSON.stringify({ read_rows: '0', read_bytes: '0', written_rows: '0', written_bytes: '0' });
    if (asked.sendsProgress) response.setHeader('X-ClickHouse-Progress', summary);
    response.setHeader('X-ClickHouse-Summary', summary);
    async function* body(): AsyncGenerator<Uint8Array> {
      yield* held;
      if (!first.done) yield first.value;
      for (let next = first; !next.done; ) {
        next = await chunks.next(); // a fault from here on breaks the answer off, as the server does
        if (!next.done) yield next.value;
      }
    }
    const encoder = asked.isCompressed ? encoderFor(request.headers['accept-encoding']) : undefined;
    if (encoder) response.setHeader('Content-Encoding', encoder.name);
    const shaped = fault?.kind === 'slow' || fault?.kind === 'cut' ? misshapen(body(), fault) : body();
    const stages: (Readable | Duplex | Writable)[] = [
      Readable.from(shaped, { objectMode: false }),
      ...(encoder ? [encoder.stream] : []),
      response,
    ];
    response.flushHeaders();
    await pipeline(stages as [Readable, ...Duplex[], Writable]).catch(() => response.destroy());
  }

  const server = createServer({ maxHeaderSize: 4 << 20, keepAliveTimeout: 10_000 }, (request, response) => {
    const work: Promise<void> = answer(request, response)
      .catch((error: unknown) => {
        if (!response.headersSent && !response.destroyed) refuse(response, exceptionText(error));
        else response.destroy();
      })
      .finally(() => running.delete(work));
    running.add(work);
  });
  server.requestTimeout = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;

  async function goAway(): Promise<void> {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.resetAndDestroy();
    await closed;
  }

  return {
    url: `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/`,
    seen,
    inject(fault) {
      faults.add(fault);
      return () => faults.delete(fault);
    },
    goAway,
    comeBack: () => listen(port),
    async close() {
      await goAway();
      await Promise.allSettled(running);
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** True where the fault was the whole answer. */
async function meet(fault: Fault, response: ServerResponse): Promise<boolean> {
  if (fault.kind === 'delay') await sleep(fault.milliseconds);
  if (fault.kind === 'reset') response.socket?.resetAndDestroy();
  if (fault.kind === 'status') response.writeHead(fault.status, { 'content-type': 'text/html' }).end(fault.body);
  if (fault.kind === 'exception') refuse(response, fault.message);
  return fault.kind === 'reset' || fault.kind === 'status' || fault.kind === 'exception' || fault.kind === 'silence';
}

/** An answer that comes byte by byte, or stops in the middle. */
async function* misshapen(body: AsyncIterable<Uint8Array>, fault: Fault): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    if (fault.kind === 'cut') {
      yield chunk.subarray(0, Math.ceil(chunk.length / 2));
      await sleep(20); // so that the half is on its way
      throw new Error('cut');
    }
    for (let at = 0; at < chunk.length; at += 1) {
      yield chunk.subarray(at, at + 1);
      await sleep(fault.kind === 'slow' ? fault.millisecondsPerByte : 0);
    }
  }
}

const statuses: Record<string, number> = { '516': 403, '62': 400, '60': 404, '81': 404, '497': 403, '164': 403 };

/** The engine inside gives some faults without their head. */
function exceptionText(error: unknown): string {
  const { message, code, type } = error as Error & { code?: unknown; type?: unknown };
  if (message.startsWith('Code:')) return message;
  const number = Number.isInteger(Number(code)) ? Number(code) : 1002;
  return `Code: ${number}. DB::Exception: ${message} (${typeof type === 'string' ? type : 'UNKNOWN_EXCEPTION'})`;
}

function refuse(response: ServerResponse, message: string): void {
  const code = /Code: (\d+)/.exec(message)?.[1] ?? '1002';
  response
    .writeHead(statuses[code] ?? 500, {
      'content-type': 'text/plain; charset=UTF-8',
      'x-clickhouse-exception-code': code,
      'x-clickhouse-query-id': randomUUID(),
    })
    .end(`${message} (version 26.7.1.1 (official build))\n`);
}

function encoderFor(accepted: string | string[] | undefined): { name: string; stream: Duplex } | undefined {
  const names = String(accepted ?? '');
  if (names.includes('zstd')) return { name: 'zstd', stream: createZstdCompress() };
  if (names.includes('br')) return { name: 'br', stream: createBrotliCompress() };
  if (names.includes('gzip')) return { name: 'gzip', stream: createGzip() };
  if (names.includes('deflate')) return { name: 'deflate', stream: createDeflate() };
  return undefined;
}
