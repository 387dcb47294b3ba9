import { lookup as lookUp } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { hostOf, mayReach, type OutboundRules } from './outbound-rules.ts';

export interface Asked {
  url: URL;
  method?: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** Of the answer, unpacked. */
  limitBytes: number;
  /** The other side may say nothing for so long, and take so long altogether. */
  idleMilliseconds: number;
  totalMilliseconds: number;
  signal: AbortSignal;
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export class OutboundFault extends Error {
  readonly kind: 'address_refused' | 'unreachable' | 'timed_out' | 'too_large';
  /** A code of the system, such as ECONNREFUSED. */
  readonly reason: string;

  constructor(kind: OutboundFault['kind'], reason: string, options?: { cause?: unknown }) {
    super(`${kind}: ${reason}`, options);
    this.name = 'OutboundFault';
    this.kind = kind;
    this.reason = reason;
  }
}

const unpack = promisify(gunzip);

/**
 * Asks another system, at addresses that the rules allow, and nowhere else: a redirect is an answer like any other. Each name is judged by
 * what it resolves to when the connection is made. Throws OutboundFault; what `signal` says where that broke it off.
 */
export async function ask(rules: OutboundRules, asked: Asked): Promise<Answer> {
  const { url, signal } = asked;
  signal.throwIfAborted();
  const host = hostOf(url);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new OutboundFault('address_refused', url.protocol);
  if (isIP(host) !== 0 && !mayReach(rules, host, url.protocol)) throw new OutboundFault('address_refused', host);
  const late = AbortSignal.timeout(asked.totalMilliseconds);
  try {
    const { status, headers, body } = await exchange(rules, asked, AbortSignal.any([signal, late]));
    return { status, headers, body: await unpacked(headers['content-encoding'], body, asked.limitBytes) };
  } catch (cause) {
    if (cause instanceof OutboundFault) throw cause;
    signal.throwIfAborted();
    if (late.aborted) throw new OutboundFault('timed_out', 'ETIMEDOUT', { cause });
    const { code, name } = cause as NodeJS.ErrnoException;
    throw new OutboundFault(code === 'ETIMEDOUT' ? 'timed_out' : 'unreachable', code ?? name, { cause });
  }
}

function exchange(rules: OutboundRules, asked: Asked, signal: AbortSignal): Promise<Answer> {
  const { url, method = 'GET', headers, body, idleMilliseconds } = asked;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const begin = url.protocol === 'https:' ? requestHttps : requestHttp;
  const request = begin(
    url,
    {
      method,
      headers: {
        accept: 'application/json',
        'accept-encoding': 'gzip',
        'user-agent': 'PartnerHub',
        ...headers,
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      },
      agent: false,
      signal,
      lookup: guardedLookup(rules, url.protocol),
    },
    (answer) => {
      collect(answer, asked.limitBytes).then(
        (bytes) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: bytes }),
        (error: unknown) => {
          request.destroy();
          reject(error);
        },
      );
    },
  );
  request.setTimeout(idleMilliseconds, () => request.destroy(new OutboundFault('timed_out', 'ETIMEDOUT')));
  request.on('error', reject);
  request.end(body);
  return promise;
}

async function collect(answer: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw new OutboundFault('too_large', String(limitBytes));
    chunks.push(chunk);
  }
  // The other side hung up before the end that it had announced.
  if (!answer.complete) throw new OutboundFault('unreachable', 'ECONNRESET');
  return Buffer.concat(chunks);
}

async function unpacked(encoding: string | undefined, body: Buffer, limitBytes: number): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity' || body.length === 0) return body;
  if (encoding !== 'gzip') throw new OutboundFault('unreachable', `content-encoding ${encoding}`);
  try {
    return await unpack(body, { maxOutputLength: limitBytes });
  } catch (cause) {
    const isTooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLarge
      ? new OutboundFault('too_large', String(limitBytes), { cause })
      : new OutboundFault('unreachable', 'EGZIP', { cause });
  }
}

/** Refuses a name one of whose addresses may not be reached: what was public a moment ago may point inwards now. */
const guardedLookup =
  (rules: OutboundRules, protocol: string): LookupFunction =>
  (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const refused = addresses.find(({ address }) => !mayReach(rules, address, protocol));
      const [first] = addresses;
      if (refused !== undefined || first === undefined)
        return callback(new OutboundFault('address_refused', refused?.address ?? hostname), '', 0);
      if (options.all === true) return (callback as (fault: null, all: typeof addresses) => void)(null, addresses);
      callback(null, first.address, first.family);
    });
  };
