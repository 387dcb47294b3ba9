import type { Readable } from 'node:stream';
import type { Download, Endpoint, ReplyOf, RequestOf } from '@hub/contract/endpoint';
import { unknownKeys } from '@hub/contract/unknown-keys';
import type {} from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HubError } from '../hub-error.ts';
import { invalidRequest } from './invalid-request.ts';

/** What a handler of a download endpoint returns. */
export interface FileReply {
  fileName: string;
  mediaType: string;
  body: Readable | string;
}

/** What the edge of HTTP offers beside the parsed request. */
export interface Edge {
  /** The raw body of an upload endpoint. */
  upload: Readable;
  /** Content-Length, where the client names one. */
  uploadBytes: number | undefined;
  contentType: string;
  /** The header Idempotency-Key, of endpoints that take one. */
  idempotencyKey: string | undefined;
  address: string;
  userAgent: string;
  /** Aborted when the client goes away before its answer is there. */
  left: AbortSignal;
  /** The session cookie as it came, of whatever session. */
  sessionToken: string | undefined;
  setSessionCookie(token: string, maximumSeconds: number): void;
  clearSessionCookie(): void;
}

export type HandlerReply<E> = E extends { reply?: infer R }
  ? R extends Download
    ? FileReply
    : R extends z.ZodType
      ? ReplyOf<E>
      : void
  : void;
export type Handler<E, Context> = (ctx: Context, request: RequestOf<E>, edge: Edge) => Promise<HandlerReply<E>>;

/** Binds an endpoint of the contract to its verb. */
export type Serve<Context> = <E extends Endpoint>(endpoint: E, handler: Handler<E, Context>) => void;

export const sessionCookie = 'hub_session';

interface ServeOptions<Context> {
  app: FastifyInstance;
  /** Who asks: throws not_signed_in, csrf_failed and the like. */
  contextOf: (request: FastifyRequest, endpoint: Endpoint) => Promise<Context>;
  /** Whether cookies may only travel over https. */
  isSecure: (request: FastifyRequest) => boolean;
}

export function serveWith<Context>({ app, contextOf, isSecure }: ServeOptions<Context>): Serve<Context> {
  return (endpoint, handler) => {
    const { params, query, body, reply: replySchema } = endpoint;
    const isUpload = body !== undefined && 'upload' in body;

    const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const ctx = await contextOf(request, endpoint);
      const parsed = {
        params: params && parse('path', params, request.params),
        query: parse('query', query ?? nothing, request.query),
        body: body && !isUpload ? parse('body', body, request.body) : undefined,
      } as RequestOf<typeof endpoint>;
      const result = await handler(
        ctx,
        parsed,
        edgeOf(request, reply, { isSecure: isSecure(request), takesKey: endpoint.takesKey === true }),
      );
      if (replySchema === undefined) return reply.code(204).send();
      if ('download' in replySchema) return sendFile(reply, result as FileReply);
      // Parsing drops whatever the contract does not name: nothing leaves by accident.
      return reply.code(endpoint.method === 'POST' && isUpload ? 201 : 200).send(replySchema.parse(result));
    };

    if (isUpload) {
      app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
        scope.route({
          method: endpoint.method,
          url: endpoint.path,
          handler: handle,
          bodyLimit: Number.MAX_SAFE_INTEGER,
        });
      });
    } else app.route({ method: endpoint.method, url: endpoint.path, handler: handle });
  };
}

const nothing = z.object({});

function parse(part: string, schema: z.ZodType, value: unknown): unknown {
  const read = schema.safeParse(value ?? {});
  if (!read.success) throw invalidRequest(part, read.error, value ?? {});
  const unknown = unknownKeys(schema, value ?? {});
  if (unknown.length > 0)
    throw new HubError('invalid_request', {
      issues: unknown
        .map((key) => `${part}.${key}: there is no such field`)
        .join('; ')
        .slice(0, 1000),
      field: (unknown[0] ?? '').slice(0, 100),
      why: 'unknown',
    });
  if (holdsNoText(read.data))
    throw new HubError('invalid_request', { issues: `${part}: NUL and broken Unicode are not text` });
  return read.data;
}

/** PostgreSQL's text knows no NUL and no half of a surrogate pair: refused here, once for all verbs. */
function holdsNoText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed();
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNoText);
}

function edgeOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { isSecure: secure, takesKey }: { isSecure: boolean; takesKey: boolean },
): Edge {
  const length = request.headers['content-length'];
  return {
    upload: request.raw,
    uploadBytes: length === undefined ? undefined : Number(length),
    contentType: request.headers['content-type'] ?? '',
    idempotencyKey: takesKey ? keyOf(request) : undefined,
    address: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    left: leavingOf(reply),
    sessionToken: request.cookies[sessionCookie],
    setSessionCookie(token, maxAge) {
      reply.setCookie(sessionCookie, token, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge });
    },
    clearSessionCookie() {
      reply.clearCookie(sessionCookie, { path: '/', httpOnly: true, sameSite: 'lax', secure });
    },
  };
}

function leavingOf({ raw }: FastifyReply): AbortSignal {
  const leaving = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) leaving.abort();
  });
  return leaving.signal;
}

/** Throws invalid_request. */
function keyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new HubError('invalid_request', {
    issues: 'Idempotency-Key: one word of at most 255 visible ASCII characters',
  });
}

function sendFile(reply: FastifyReply, file: FileReply): FastifyReply {
  // RFC 6266: plain ASCII for old readers, the real name beside it.
  const ascii = file.fileName.replace(/[^\x20-\x7e]|["\\]/g, '_');
  return reply
    .header('content-type', `${file.mediaType}; charset=utf-8`)
    .header(
      'content-disposition',
      `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
    )
    .header('cache-control', 'no-store')
    .send(file.body);
}
