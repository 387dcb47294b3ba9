import {
  changeConnector,
  type Connector,
  listConnectorOrganizations,
  listConnectors,
  resumeConnector,
  testConnector,
} from '@hub/contract/connectors';
import { createCustomer } from '@hub/contract/customers';
import type { OrgUuid } from '@hub/contract/ids';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { madeUuid } from '../../testing/leg-record.ts';
import { type Answering, misbehaving, mockWebex } from '../../testing/mock-webex.ts';
import { hour, minute, type Pulling, pulling, quick } from './test-support.ts';

let world: Pulling;
let acme: OrgUuid;
let beta: OrgUuid;
const closing: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  world = await pulling();
  closing.push(world);
  acme = await organization('Acme');
  beta = await organization('Beta');
  world.call(acme, { began: hour, inserted: hour });
  world.call(beta, { began: hour, inserted: hour });
});
afterAll(async () => {
  for (const each of closing) await each.close();
});

async function organization(name: string): Promise<OrgUuid> {
  const orgUuid = madeUuid() as OrgUuid;
  world.mock.organizations.push({ orgUuid, name });
  await world.partner.admin.call(createCustomer, { body: { name, country: 'US', orgUuid } });
  return orgUuid;
}

const stateOf = async (): Promise<Connector> => {
  const [connector] = (await world.partner.admin.call(listConnectors)).items;
  if (!connector) throw new Error('no connector');
  return connector;
};
const faultsOf = async ({ id }: Connector) => {
  const { items } = await world.partner.admin.call(listConnectorOrganizations, { params: { connectorId: id } });
  return Object.fromEntries(items.map(({ name, fault }) => [name, fault && { code: fault.code, data: fault.data }]));
};
const newRows = async (): Promise<number> =>
  (await world.imported()).reduce((sum, { counts }) => sum + (counts?.new ?? 0), 0);

test.each([
  ['a number of seconds', () => '1'],
  ['an instant', () => new Date(world.hub.clock.now().getTime() + 1000).toUTCString()],
])('429 with %s in Retry-After waits so long and asks the same again', async (_words, header) => {
  const { mock, pull, make } = world;
  mock.script('/cdr_stream', misbehaving.status(429, { 'retry-after': header() }));
  const connector = await make();
  const began = performance.now();
  await pull(connector);
  expect(performance.now() - began).toBeGreaterThanOrEqual(1000);
  const [refused, again] = mock.requests
    .filter(({ path }) => path === '/cdr_stream')
    .map(({ query }) => query.toString());
  expect(again).toBe(refused);
  expect([await faultsOf(connector), (await stateOf()).fault, await newRows()]).toEqual([
    { Acme: null, Beta: null },
    null,
    2,
  ]);
});

test('a longer wait ends the run, which comes again when the provider said', async () => {
  const { mock, pull, make, hub } = world;
  mock.script('/organizations', misbehaving.status(429, { 'retry-after': '7200' }));
  await pull(await make());
  expect(await stateOf()).toMatchObject({
    fault: { code: 'rate_limited', data: { seconds: 7200 } },
    lastSuccessAt: null,
    nextRunAt: new Date(hub.clock.now().getTime() + 2 * hour).toISOString(),
  });
});

test('what was fetched before the run had to end is kept', async () => {
  const { mock, pull, make } = world;
  // Seven windows are the hours that the stream reaches back: those of the first organization.
  mock.script(
    '/cdr_stream',
    ...Array.from({ length: 7 }, () => 'usual' as const),
    misbehaving.status(429, { 'retry-after': '3600' }),
  );
  const connector = await make();
  await pull(connector);
  expect((await stateOf()).fault?.code).toBe('rate_limited');
  expect(await newRows()).toBe(1);
  await pull(connector);
  expect(await newRows()).toBe(2);
});

test('451 is followed to a host that is allowed, and remembered', async () => {
  const { mock, pull, make, hub } = world;
  const regional = await mockWebex({ now: () => hub.clock.now() });
  closing.push(regional);
  regional.organizations = mock.organizations;
  regional.records = mock.records;
  const sendOn = misbehaving.status(451, {}, `The data is at ${regional.url}/cdr_stream`);
  mock.script('/cdr_stream', sendOn, sendOn);
  const connector = await make();
  await pull(connector);
  expect(await faultsOf(connector)).toEqual({ Acme: null, Beta: null });
  expect(await newRows()).toBe(2);
  expect(regional.requests.every(({ authorization }) => authorization === 'Bearer token-1')).toBe(true);
  const before = mock.requests.length;
  hub.clock.advance(hour);
  await pull(connector);
  expect(mock.requests.slice(before).map(({ path }) => path)).toEqual(['/organizations']);
});

test('451 to a host that is not allowed is named, the token stays here, the others go on', async () => {
  const { mock, pull, make, hub } = world;
  const elsewhere = await mockWebex({ now: () => hub.clock.now() });
  closing.push(elsewhere);
  const { port } = new URL(elsewhere.url);
  mock.script('/cdr_stream', misbehaving.status(451, { location: `http://localhost:${port}/v1/cdr_stream` }));
  const connector = await make();
  await pull(connector);
  const faults = Object.values(await faultsOf(connector)).filter((fault) => fault !== null);
  expect(faults).toEqual([{ code: 'other_region', data: { host: `localhost:${port}` } }]);
  expect(elsewhere.requests).toEqual([]);
  expect(await newRows()).toBe(1);
});

test('451 there and back again ends', async () => {
  const { mock, pull, make } = world;
  mock.script('/cdr_stream', ...Array.from({ length: 2 }, () => misbehaving.status(451, { location: mock.url })));
  const connector = await make();
  await pull(connector);
  expect(Object.values(await faultsOf(connector)).map((fault) => fault?.code ?? null)).toContain('other_region');
});

test('a page link that leads elsewhere is not followed', async () => {
  const { mock, pull, make } = world;
  mock.script(
    '/cdr_stream',
    misbehaving.text('{"items":[]}', { link: '<https://evil.example/v1/cdr_stream>; rel="next"' }),
  );
  const connector = await make();
  await pull(connector);
  expect(Object.values(await faultsOf(connector))).toContainEqual({
    code: 'other_region',
    data: { host: 'evil.example' },
  });
});

test('pages that lead in a circle end', async () => {
  const { mock, pull, make } = world;
  const circle: Answering = (request, response) => {
    response.writeHead(200, { link: `<${mock.url}${request.path}?${request.query.toString()}>; rel="next"` });
    response.end('{"items":[]}');
  };
  mock.script('/cdr_stream', circle, circle, circle);
  const connector = await make();
  await pull(connector);
  expect(Object.values(await faultsOf(connector)).map((fault) => fault?.code)).toContain('paging_endless');
});

test('a redirect is not followed', async () => {
  const { mock, pull, make } = world;
  mock.script('/organizations', misbehaving.status(302, { location: `${mock.url}/people/me` }));
  await pull(await make());
  expect((await stateOf()).fault).toMatchObject({ code: 'redirected', data: { status: 302 } });
  expect(mock.requests.map(({ path }) => path)).toEqual(['/organizations']);
});

test('a token that is refused is renewed once and kept', async () => {
  const { mock, pull, make, hub } = world;
  const credential = { kind: 'refresh', clientId: 'client', clientSecret: 'shh', refreshToken: 'refresh-1' } as const;
  const connector = await make({ credential });
  await pull(connector); // there is no access token yet
  expect(await newRows()).toBe(2);
  expect((await stateOf()).credential).toMatchObject({ kind: 'refresh', isReadable: true });
  expect((await stateOf()).credential.expiresAt).not.toBeNull();
  mock.tokens.clear(); // revoked
  await pull(connector);
  await pull(connector);
  expect(mock.requests.filter(({ path }) => path === '/access_token')).toHaveLength(2);
  expect(await stateOf()).toMatchObject({ state: 'enabled', fault: null });
  expect((await hub.auditOf(connector.id)).map(({ action }) => action)).toEqual([
    'connectors.create',
    'connectors.renew_token',
    'connectors.renew_token',
  ]);
  hub.clock.advance(15 * 24 * hour); // expired
  await pull(connector);
  expect(mock.requests.filter(({ path }) => path === '/access_token')).toHaveLength(3);
});

test('a token that cannot be renewed pauses the connector with a reason; another one lets it go on', async () => {
  const { mock, pull, make, hub, partner } = world;
  const connector = await make();
  mock.tokens = new Set(['another']);
  await pull(connector);
  expect(await stateOf()).toMatchObject({ state: 'paused', pausedBecause: 'token_refused', nextRunAt: null });
  expect(await hub.auditOf(connector.id)).toMatchObject([
    { action: 'connectors.create' },
    { action: 'connectors.pause', actor_kind: 'system', after: { because: 'token_refused' } },
  ]);
  const before = mock.requests.length;
  await pull(connector);
  expect(mock.requests).toHaveLength(before);

  const params = { connectorId: connector.id };
  const { name, baseUrl, callsUrl, otherDomains, region, everyMinutes, backDays, pullsUnlinked, addsIn } = connector;
  const choices = { name, baseUrl, callsUrl, otherDomains, region, everyMinutes, backDays, pullsUnlinked, addsIn };
  await partner.admin.call(changeConnector, {
    params,
    body: { ...choices, version: 1, credential: { kind: 'token', accessToken: 'another' } },
  });
  await partner.admin.call(resumeConnector, { params });
  await pull(connector);
  expect(await stateOf()).toMatchObject({ state: 'enabled', pausedBecause: null, fault: null });
  expect(await newRows()).toBe(2);
});

test('a refresh token that is refused pauses it; a provider that only stumbles does not', async () => {
  const { mock, pull, make } = world;
  const credential = { kind: 'refresh', clientId: 'client', clientSecret: 'wrong', refreshToken: 'refresh-1' } as const;
  const connector = await make({ credential });
  mock.script('/access_token', misbehaving.status(503));
  await pull(connector);
  expect(await stateOf()).toMatchObject({ state: 'enabled', fault: { code: 'server_failed', data: { status: 503 } } });
  await pull(connector);
  expect(await stateOf()).toMatchObject({ state: 'paused', pausedBecause: 'token_refused' });
});

test('403 of one organization is named and rests longer each time; the others go on', async () => {
  const { mock, pull, make, hub } = world;
  mock.forbidden.add(acme);
  const connector = await make();
  const asked = () => mock.requests.filter(({ query }) => query.get('orgId') === acme).length;
  const counts: number[] = [];
  for (let runs = 0; runs < 8; runs += 1) {
    await pull(connector);
    counts.push(asked());
    hub.clock.advance(15 * minute);
  }
  expect(counts).toEqual([1, 2, 2, 3, 3, 3, 3, 4]);
  expect(await faultsOf(connector)).toEqual({ Acme: { code: 'forbidden', data: {} }, Beta: null });
  expect(await stateOf()).toMatchObject({ fault: null, organizations: { failing: 1 } });
  mock.forbidden.clear();
  hub.clock.advance(6 * hour);
  await pull(connector);
  expect(await faultsOf(connector)).toEqual({ Acme: null, Beta: null });
  expect(await newRows()).toBe(2);
});

test.each([
  ['breaks off', misbehaving.cutOff, 'unreachable'],
  ['stalls', misbehaving.stall, 'timed_out'],
  ['hangs up', misbehaving.hangUp, 'unreachable'],
  ['sends half of its JSON', () => misbehaving.text('{"items": [{"Report ID": "a"}'), 'answer_broken'],
  ['sends a page of HTML', () => misbehaving.text('<html>'), 'answer_broken'],
  ['sends something else', () => misbehaving.text('{"items": [1, 2]}'), 'answer_broken'],
  ['says 500', () => misbehaving.status(500), 'server_failed'],
  ['says 503 with Retry-After', () => misbehaving.status(503, { 'retry-after': '1' }), 'server_failed'],
] as const)('a provider that %s is asked again, and given up in the end', async (_words, answering, code) => {
  const { mock, pull, make } = world;
  mock.script('/cdr_stream', answering(), answering());
  const connector = await make();
  await pull(connector);
  expect(await faultsOf(connector)).toEqual({ Acme: null, Beta: null });
  expect(await newRows()).toBe(2);

  world.hub.clock.advance(hour);
  mock.script('/organizations', answering(), answering(), answering());
  await pull(connector);
  expect(await stateOf()).toMatchObject({ state: 'enabled', fault: { code } });
});

test('of a window whose second page does not come nothing is taken; the others are', async () => {
  const { mock, pull, make, call, hub } = world;
  hub.clock.advance(minute);
  for (let made = 0; made < 3; made += 1) call(acme, { began: hour, inserted: hour });
  mock.pageRecords = 2;
  mock.breaksAt = ({ path, query }) => path === '/cdr_stream' && query.get('orgId') === acme && query.has('offset');
  const connector = await make();
  await pull(connector);
  expect(await faultsOf(connector)).toMatchObject({ Acme: { code: 'unreachable' }, Beta: null });
  expect(await newRows()).toBe(1);
  mock.breaksAt = () => false;
  hub.clock.advance(hour);
  await pull(connector);
  expect(await faultsOf(connector)).toEqual({ Acme: null, Beta: null });
  expect(await newRows()).toBe(5);
});

test('an answer without end is not read to its end', async () => {
  const { mock, pull, make } = world;
  mock.script('/organizations', misbehaving.endless());
  await pull(await make(), { ...quick, totalMilliseconds: 20_000, idleMilliseconds: 20_000 });
  expect((await stateOf()).fault).toMatchObject({ code: 'answer_too_large', data: { limit: 16_000_000 } });
});

test('an answer that is small and unpacks to a mountain is refused; a packed one is read', async () => {
  const { mock, pull, make } = world;
  const packed =
    (text: string): Answering =>
    (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(text));
    };
  mock.script('/organizations', packed(`{"items":[]}${' '.repeat(20_000_000)}`), packed('{"items":[]}'));
  const connector = await make();
  const patience = { ...quick, totalMilliseconds: 20_000, idleMilliseconds: 20_000 };
  await pull(connector, patience);
  expect((await stateOf()).fault).toMatchObject({ code: 'answer_too_large' });
  await pull(connector, patience);
  expect((await stateOf()).fault).toBeNull();
});

test('three organizations in a row without an answer end the run', async () => {
  const { mock, pull, make } = world;
  for (const name of ['C', 'D', 'E', 'F']) await organization(name);
  mock.script('/cdr_stream', ...Array.from({ length: 9 }, () => misbehaving.hangUp()));
  const connector = await make();
  await pull(connector);
  expect(mock.requests.filter(({ path }) => path === '/cdr_stream')).toHaveLength(9);
  expect(await stateOf()).toMatchObject({ fault: { code: 'unreachable' }, organizations: { failing: 3 } });
});

test('without the key it says so and asks nobody', async () => {
  const { mock, pull, make, hub } = world;
  const connector = await make();
  await hub.asOwner(`update connector_secret set key_id = '0123456789abcdef' where connector_id = $1`, [connector.id]);
  await pull(connector);
  expect(await stateOf()).toMatchObject({
    state: 'enabled',
    fault: { code: 'key_missing' },
    credential: { isReadable: false },
  });
  expect(mock.requests).toEqual([]);
});

test('the trial tells what the token may see, and what fails first', async () => {
  const { mock, make, partner } = world;
  const connector = await make();
  const params = { connectorId: connector.id };
  const asked = () => partner.admin.call(testConnector, { params });
  expect(await asked()).toEqual({
    person: { name: 'Pat Partner', email: 'pat@partner.example' },
    organizations: { count: 2, names: ['Acme', 'Beta'] },
    readsCalls: true,
    fault: null,
  });
  mock.script('/cdr_stream', misbehaving.status(429, { 'retry-after': '60' }));
  expect(await asked()).toMatchObject({ readsCalls: true, fault: null });
  mock.forbidden.add(acme);
  expect(await asked()).toMatchObject({ organizations: { count: 2 }, readsCalls: false, fault: { code: 'forbidden' } });
  mock.tokens.clear();
  expect(await asked()).toMatchObject({
    person: null,
    organizations: null,
    readsCalls: null,
    fault: { code: 'token_refused' },
  });
  await mock.close();
  expect(await asked()).toMatchObject({ fault: { code: 'unreachable', data: { reason: 'ECONNREFUSED' } } });
  // A trial pauses nothing.
  expect((await stateOf()).state).toBe('enabled');
});

test('no token, secret or answer is written to the log', async () => {
  const { mock, pull, make, hub } = world;
  mock.script('/organizations', misbehaving.status(500, {}, 'token-1 Acme'), misbehaving.text('{"items":"Acme"}'));
  mock.script('/cdr_stream', misbehaving.status(418, {}, 'token-1 Acme'));
  const connector = await make({ credential: { kind: 'token', accessToken: 'token-1' } });
  await pull(connector);
  const text = JSON.stringify(hub.logged);
  expect(text).toContain(connector.id);
  for (const secret of ['token-1', 'Acme', 'Beta']) expect(text).not.toContain(secret);
});
