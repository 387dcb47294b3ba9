import { Readable } from 'node:stream';
import type { Endpoint, GivenOf, ReplyOf } from '@hub/contract/endpoint';
import { Problem } from '@hub/contract/errors';
import type { FastifyInstance } from 'fastify';

type Asked<E> = { [Part in keyof GivenOf<E> as GivenOf<E>[Part] extends undefined ? never : Part]: GivenOf<E>[Part] };
type Loose<Given> = { [Part in keyof Given as {} extends Given[Part] ? Part : never]?: Given[Part] } & {
  [Part in keyof Given as {} extends Given[Part] ? never : Part]: Given[Part];
};
/** The parts of a request that the endpoint has; a part without required fields may be left out. */
export type GivenFor<E> = Loose<Asked<E>>;
type Arguments<E> = {} extends GivenFor<E> ? [given?: GivenFor<E>] : [given: GivenFor<E>];

/** A reply that was not 2xx, with the problem that it carried. */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.title}`);
    this.name = 'Refused';
    this.problem = problem;
  }
}

export interface RawReply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface RawRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string | Buffer | Readable;
}

interface Credentials {
  /** An access token; sent instead of the cookie. */
  bearer?: string;
  cookie?: string;
  csrfToken?: string;
}

/** A browser with one cookie, asking by the contract. */
export interface TestClient {
  /** Throws Refused for whatever is not 2xx. */
  call<E extends Endpoint>(endpoint: E, ...given: Arguments<E>): Promise<ReplyOf<E>>;
  /** The problem that is expected; throws when the call succeeds. */
  refusal<E extends Endpoint>(endpoint: E, ...given: Arguments<E>): Promise<Problem>;
  upload<E extends Endpoint>(
    endpoint: E,
    given: { query: GivenOf<E>['query']; body: string | Buffer | Readable; contentType?: string },
  ): Promise<ReplyOf<E>>;
  download<E extends Endpoint>(
    endpoint: E,
    ...given: Arguments<E>
  ): Promise<{ text: string; fileName: string; headers: RawReply['headers'] }>;
  /** A request as it is written here, with this client's cookie and CSRF token unless `headers` say otherwise. */
  raw(request: RawRequest): Promise<RawReply>;
  readonly credentials: Credentials;
}

interface ClientOptions {
  app: FastifyInstance;
  /** The app on a loopback port, for bodies that are streamed. */
  listen: () => Promise<string>;
  credentials?: Credentials;
}

export function testClient({ app, listen, credentials: initial = {} }: ClientOptions): TestClient {
  const credentials: Credentials = { ...initial };

  async function raw(request: RawRequest): Promise<RawReply> {
    const headers = {
      ...(credentials.bearer === undefined ? {} : { authorization: `Bearer ${credentials.bearer}` }),
      ...(credentials.cookie === undefined ? {} : { cookie: credentials.cookie }),
      ...(credentials.csrfToken === undefined || request.method === 'GET'
        ? {}
        : { 'x-hub-csrf': credentials.csrfToken }),
      ...request.headers,
    };
    const reply =
      request.body instanceof Readable
        ? await sendStream(await listen(), request, headers)
        : await sendInjected(app, request, headers);
    keepCookie(credentials, reply.headers['set-cookie']);
    return reply;
  }

  async function send(
    endpoint: Endpoint,
    given: Given,
    media?: { body: string | Buffer | Readable; contentType: string },
  ): Promise<RawReply> {
    const url = urlOf(endpoint, given);
    const body = media?.body ?? (given.body === undefined ? undefined : JSON.stringify(given.body));
    const reply = await raw({
      method: endpoint.method,
      url,
      ...(body === undefined ? {} : { body, headers: { 'content-type': media?.contentType ?? 'application/json' } }),
    });
    if (reply.status < 200 || reply.status > 299) throw new Refused(Problem.parse(JSON.parse(reply.text)));
    return reply;
  }

  function parsed<E extends Endpoint>(endpoint: E, reply: RawReply): ReplyOf<E> {
    if (endpoint.reply === undefined || 'download' in endpoint.reply) return undefined as ReplyOf<E>;
    const value = endpoint.reply.parse(JSON.parse(reply.text));
    const { csrfToken } = value as { csrfToken?: string };
    if (typeof csrfToken === 'string') credentials.csrfToken = csrfToken;
    return value as ReplyOf<E>;
  }

  return {
    credentials,
    raw,
    async call(endpoint, ...[given]) {
      return parsed(endpoint, await send(endpoint, given ?? {}));
    },
    async refusal(endpoint, ...[given]) {
      try {
        await send(endpoint, given ?? {});
      } catch (error) {
        if (error instanceof Refused) return error.problem;
        throw error;
      }
      throw new Error(`${endpoint.method} ${endpoint.path} succeeded where a refusal was expected.`);
    },
    async upload(endpoint, { query, body, contentType = 'application/octet-stream' }) {
      return parsed(endpoint, await send(endpoint, { query } as Given, { body, contentType }));
    },
    async download(endpoint, ...[given]) {
      const { text, headers } = await send(endpoint, given ?? {});
      const encoded = /filename\*=UTF-8''([^;]+)/.exec(String(headers['content-disposition']))?.[1] ?? '';
      return { text, headers, fileName: decodeURIComponent(encoded) };
    },
  };
}

interface Given {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
}

/** Path and query of a request by the contract. */
export function urlOf(endpoint: Endpoint, { params = {}, query = {} }: Given): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? `:${name}`));
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
}

async function sendInjected(
  app: FastifyInstance,
  request: RawRequest,
  headers: Record<string, string>,
): Promise<RawReply> {
  const {
    statusCode,
    headers: answered,
    payload,
  } = await app.inject({
    method: request.method as 'GET',
    url: request.url,
    headers,
    ...(request.body === undefined ? {} : { payload: request.body }),
  });
  return { status: statusCode, headers: answered as RawReply['headers'], text: payload };
}

async function sendStream(base: string, request: RawRequest, headers: Record<string, string>): Promise<RawReply> {
  const reply = await fetch(base + request.url, {
    method: request.method,
    headers,
    body: Readable.toWeb(request.body as Readable),
    duplex: 'half',
  });
  return {
    status: reply.status,
    headers: { ...Object.fromEntries(reply.headers), 'set-cookie': reply.headers.getSetCookie() },
    text: await reply.text(),
  };
}

function keepCookie(credentials: Credentials, setCookie: string | string[] | undefined): void {
  for (const line of [setCookie ?? []].flat()) {
    const [pair = ''] = line.split(';');
    if (/expires=Thu, 01 Jan 1970/i.test(line) || pair.endsWith('=')) delete credentials.cookie;
    else credentials.cookie = pair;
  }
}
