import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callHistoryColumns } from '../features/imports/index.ts';
import type { LegRecord } from './leg-record.ts';
import {
  devicesShape,
  licensesShape,
  locationsShape,
  numbersShape,
  organizationsShape,
  peopleShape,
  personShape,
} from './webex-shapes.ts';

/** A request as it came, and a way of answering it that is not the usual one. */
export interface MockRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  authorization: string | undefined;
  body: string;
}
export type Answering = (request: MockRequest, response: ServerResponse) => void;

export interface MockOrganization {
  orgUuid: string;
  name: string;
}

export interface MockRecord {
  leg: LegRecord;
  /** When the provider took it in. */
  insertedAt: string;
}

const inventoryShapes = {
  '/licenses': licensesShape,
  '/locations': locationsShape,
  '/telephony/config/numbers': numbersShape,
  '/devices': devicesShape,
  '/people': peopleShape,
};
type InventoryPath = keyof typeof inventoryShapes;
const isInventory = (path: string): path is InventoryPath => Object.hasOwn(inventoryShapes, path);

/** A provider of ours that speaks as much of `/v1` as the connector asks, keeps its rules, and misbehaves as it is told. */
export interface MockWebex {
  /** Of `/v1`. */
  url: string;
  origin: string;
  /** What it takes now; an empty list of tokens takes none. */
  tokens: Set<string>;
  refreshToken: string;
  organizations: MockOrganization[];
  /** Organizations whose calls the token may not see. */
  forbidden: Set<string>;
  records: MockRecord[];
  /** By path, then by organization. */
  inventories: Record<InventoryPath, Map<string, Record<string, unknown>[]>>;
  /** Whether pages name the next one; else they are asked for by `start`. */
  links: boolean;
  /** Records on a page at most, whatever is asked. */
  pageRecords: number;
  /** How far back cdr_feed reaches. */
  historyHours: number;
  requests: MockRequest[];
  /** Hangs up on these. */
  breaksAt: (request: MockRequest) => boolean;
  /** Never answers these. */
  keepsWaiting: (request: MockRequest) => boolean;
  /** Answers the next requests of this path so, one after another. */
  script(path: string, ...answers: (Answering | 'usual')[]): void;
  close(): Promise<void>;
}

const hour = 3_600_000;

export async function mockWebex({ now }: { now: () => Date }): Promise<MockWebex> {
  const scripts = new Map<string, (Answering | 'usual')[]>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const url = new URL(request.url ?? '/', mock.origin);
      const asked: MockRequest = {
        method: request.method ?? '',
        path: url.pathname.replace(/^\/v1/, ''),
        query: url.searchParams,
        authorization: request.headers.authorization,
        body,
      };
      mock.requests.push(asked);
      const scripted = scripts.get(asked.path)?.shift();
      if (mock.keepsWaiting(asked)) return;
      if (mock.breaksAt(asked)) response.destroy();
      else if (scripted !== undefined && scripted !== 'usual') scripted(asked, response);
      else answer(mock, asked, response, now());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const mock: MockWebex = {
    url: `${origin}/v1`,
    origin,
    tokens: new Set(['token-1']),
    refreshToken: 'refresh-1',
    organizations: [],
    forbidden: new Set(),
    records: [],
    inventories: {
      '/licenses': new Map(),
      '/locations': new Map(),
      '/telephony/config/numbers': new Map(),
      '/devices': new Map(),
      '/people': new Map(),
    },
    links: true,
    pageRecords: 1000,
    historyHours: 30 * 24,
    requests: [],
    breaksAt: () => false,
    keepsWaiting: () => false,
    script(path, ...answers) {
      scripts.set(path, [...(scripts.get(path) ?? []), ...answers]);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return mock;
}

/** Unpadded, as the provider writes ids. */
export const webexId = (kind: string, uuid: string): string =>
  Buffer.from(`ciscospark://us/${kind}/${uuid}`).toString('base64').replace(/=+$/, '');

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const send = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', trackingid: 'MOCK_1', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

const refuse = (response: ServerResponse, status: number, message: string, headers?: Record<string, string>): void =>
  send(response, status, { message, errors: [{ description: message }], trackingId: 'MOCK_1' }, headers);

function answer(mock: MockWebex, request: MockRequest, response: ServerResponse, now: Date): void {
  const { path, query, authorization = '' } = request;
  if (path === '/access_token') return answerToken(mock, request, response);
  if (!mock.tokens.has(authorization.replace(/^Bearer /, '')))
    return refuse(response, 401, 'The request requires a valid access token set in the Authorization request header.');
  if (path === '/people/me') {
    const person = { id: webexId('PEOPLE', '00000000-0000-4000-8000-0000000000a1'), displayName: 'Pat Partner' };
    return send(response, 200, personShape.parse({ ...person, emails: ['pat@partner.example'], type: 'person' }));
  }
  if (path === '/organizations') {
    const items = mock.organizations.map(({ orgUuid, name }) => ({
      id: webexId('ORGANIZATION', orgUuid),
      displayName: name,
      created: '2020-01-01T00:00:00+00:00',
    }));
    return send(response, 200, organizationsShape.parse({ items }));
  }
  if (path === '/cdr_stream' || path === '/cdr_feed') return answerCalls(mock, { path, query }, response, now);
  if (isInventory(path)) return answerInventory(mock, { path, query }, response);
  refuse(response, 404, 'Not found');
}

/** Licenses come in one piece; the others in pages, by `start`. */
function answerInventory(
  mock: MockWebex,
  { path, query }: { path: InventoryPath; query: URLSearchParams },
  response: ServerResponse,
): void {
  const asked = Buffer.from(query.get('orgId') ?? '', 'base64').toString('utf8');
  const orgUuid = /^ciscospark:\/\/us\/ORGANIZATION\/(.+)$/.exec(asked)?.[1] ?? '';
  if (mock.forbidden.has(orgUuid) || !mock.organizations.some((organization) => organization.orgUuid === orgUuid))
    return refuse(response, 403, 'Access denied');
  const all = mock.inventories[path].get(orgUuid) ?? [];
  const start = Number(query.get('start') ?? 0);
  const size = path === '/licenses' ? all.length : Math.min(mock.pageRecords, Number(query.get('max')));
  const next = new URLSearchParams(query);
  next.set('start', String(start + size));
  const records = all.slice(start, start + size);
  const body = path === '/telephony/config/numbers' ? { phoneNumbers: records } : { items: records };
  const hasNext = mock.links && start + size < all.length;
  const headers = hasNext ? { link: `<${mock.url}${path}?${next.toString()}>; rel="next"` } : undefined;
  send(response, 200, inventoryShapes[path].parse(body), headers);
}

function answerToken(mock: MockWebex, { body }: MockRequest, response: ServerResponse): void {
  const form = new URLSearchParams(body);
  const isKnown = form.get('client_id') === 'client' && form.get('client_secret') === 'shh';
  if (form.get('grant_type') !== 'refresh_token' || !isKnown || form.get('refresh_token') !== mock.refreshToken)
    return refuse(response, 400, 'invalid_grant');
  const token = `token-${mock.requests.length + 1}`;
  mock.tokens = new Set([token]);
  send(response, 200, {
    access_token: token,
    expires_in: 1_209_599,
    refresh_token: mock.refreshToken,
    refresh_token_expires_in: 7_775_999,
    token_type: 'Bearer',
  });
}

/** Both feeds keep to the rules that are documented for them. */
function answerCalls(
  mock: MockWebex,
  { path, query }: { path: '/cdr_stream' | '/cdr_feed'; query: URLSearchParams },
  response: ServerResponse,
  now: Date,
): void {
  const orgUuid = query.get('orgId') ?? '';
  const [from, to] = [Date.parse(query.get('startTime') ?? ''), Date.parse(query.get('endTime') ?? '')];
  const isStream = path === '/cdr_stream';
  const [delay, reach, span] = isStream
    ? [60_000, 12 * hour, 2 * hour]
    : [300_000, mock.historyHours * hour, 12 * hour];
  if (!(from < to)) return refuse(response, 400, 'endTime must be after startTime');
  if (to > now.getTime() - delay || from < now.getTime() - reach || to - from > span)
    return refuse(response, 400, 'The time range is not valid');
  if (mock.forbidden.has(orgUuid) || !mock.organizations.some((organization) => organization.orgUuid === orgUuid))
    return refuse(response, 403, 'Access denied');
  const found = mock.records
    .filter(({ leg, insertedAt }) => {
      const at = Date.parse(isStream ? insertedAt : leg.start_time);
      return leg.org_uuid === orgUuid && at >= from && at <= to;
    })
    .map(({ leg }) => recordOf(leg));
  const offset = Number(query.get('offset') ?? 0);
  const size = Math.min(mock.pageRecords, Number(query.get('max')));
  const next = new URLSearchParams(query);
  next.set('offset', String(offset + size));
  const headers: Record<string, string> =
    offset + size < found.length
      ? { link: `<<${mock.url}${path}?${next.toString()}>;rel="next">` } // as the documentation writes it
      : {};
  send(response, 200, { items: found.slice(offset, offset + size) }, headers);
}

/** A record with the provider's names for its keys. */
const recordOf = (leg: LegRecord): Record<string, unknown> => {
  const values = new Map<string, unknown>(Object.entries(leg));
  return Object.fromEntries(callHistoryColumns.map(({ name, header }) => [header, values.get(name) ?? '']));
};

/** Ways of misbehaving. */
export const misbehaving = {
  status:
    (status: number, headers: Record<string, string> = {}, message = 'No'): Answering =>
    (_request, response) =>
      refuse(response, status, message, headers),
  text:
    (body: string, headers: Record<string, string> = {}): Answering =>
    (_request, response) =>
      send(response, 200, body, headers),
  /** Announces more than it sends, and hangs up. */
  cutOff: (): Answering => (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"items": [{"Report ID": "');
    setTimeout(() => response.destroy(), 10);
  },
  /** Begins an answer and never ends it. */
  stall: (): Answering => (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"items": [');
  },
  hangUp: (): Answering => (_request, response) => void response.destroy(),
  endless: (): Answering => (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  },
};
