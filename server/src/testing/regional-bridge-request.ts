import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import type { EngineRequest } from './regional-bridge-engine.ts';

/** What ClickHouse's HTTP interface reads of the address line beside settings. */
const words = new Set(
  'query query_id session_id session_timeout session_check database default_format role user password compress decompress enable_http_compression wait_end_of_query buffer_size send_progress_in_http_headers http_headers_progress_interval_ms'.split(
    ' ',
  ),
);

const decoders: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/** The statement stands in the address line or at the head of the body; what follows an INSERT … FORMAT is its data. */
export async function readRequest(request: IncomingMessage, folder: string): Promise<EngineRequest> {
  const { searchParams } = new URL(request.url ?? '/', 'http://bridge');
  const encoding = String(request.headers['content-encoding'] ?? '');
  const decoder = decoders[encoding];
  if (encoding !== '' && !decoder)
    throw new Error(`Code: 1. DB::Exception: Unknown encoding ${encoding}. (UNSUPPORTED_METHOD)`);
  const body: AsyncIterable<Buffer> = decoder ? (request.pipe(decoder()) as unknown as Readable) : request;
  const inLine = searchParams.get('query') ?? '';
  const { head, rest } = inLine === '' ? await splitBody(body) : { head: inLine, rest: body };
  const format = insertFormat(head);
  let file: string | undefined;
  if (format !== undefined) {
    file = join(folder, randomUUID());
    await pipeline(Readable.from(rest), createWriteStream(file));
  } else for await (const _ of rest) continue;

  const settings: Record<string, string> = {};
  const parameters: Record<string, string> = {};
  for (const [name, value] of searchParams) {
    if (name.startsWith('param_')) parameters[name.slice(6)] = value;
    else if (!words.has(name)) settings[name] = value;
  }
  return {
    sql: head.trim().replace(/;$/, ''),
    file,
    fileFormat: format,
    settings,
    parameters,
    database: searchParams.get('database') ?? '',
    sessionId: searchParams.get('session_id') ?? undefined,
    queryId: searchParams.get('query_id') ?? randomUUID(),
    format: /\bFORMAT\s+(\w+)\s*$/i.exec(head)?.[1] ?? searchParams.get('default_format') ?? 'TabSeparated',
    isWhole: searchParams.get('wait_end_of_query') === '1',
    sendsProgress: searchParams.get('send_progress_in_http_headers') === '1',
    isCompressed: searchParams.get('enable_http_compression') === '1',
  };
}

const insertFormat = (sql: string): string | undefined => /^\s*INSERT\b[\s\S]*\bFORMAT\s+(\w+)\s*$/i.exec(sql)?.[1];

async function splitBody(body: AsyncIterable<Buffer>): Promise<{ head: string; rest: AsyncIterable<Buffer> }> {
  const chunks = body[Symbol.asyncIterator]();
  let read = Buffer.alloc(0);
  for (;;) {
    const next = await chunks.next();
    if (next.done) break;
    read = Buffer.concat([read, next.value]);
    const text = read.toString('latin1');
    const line = /^\s*INSERT\b/i.test(text) ? /\bFORMAT\s+\w+[ \t]*\n/.exec(text) : null;
    if (line === null) continue;
    const end = line.index + line[0].length;
    const data = read.subarray(end);
    async function* rest(): AsyncGenerator<Buffer> {
      yield data;
      yield* { [Symbol.asyncIterator]: () => chunks };
    }
    return { head: read.subarray(0, end).toString(), rest: rest() };
  }
  return { head: read.toString(), rest: Readable.from([]) };
}
