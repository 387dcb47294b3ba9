import {
  changeConnector,
  changeConnectorOrganization,
  type Connector,
  listConnectorOrganizations,
  listConnectors,
  runConnector,
  type SnapshotKind,
} from '@hub/contract/connectors';
import { createCustomer } from '@hub/contract/customers';
import type { OrgUuid } from '@hub/contract/ids';
import { changeStatusPolicy, getStatusPolicy } from '@hub/contract/status-policy';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { madeUuid } from '../../testing/leg-record.ts';
import { misbehaving, mockWebex, webexId } from '../../testing/mock-webex.ts';
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
});
afterAll(async () => {
  for (const each of closing) await each.close();
});

const all: SnapshotKind[] = ['licenses', 'locations', 'numbers', 'devices'];
const kindOf: Record<string, SnapshotKind> = {
  '/licenses': 'licenses',
  '/locations': 'locations',
  '/telephony/config/numbers': 'numbers',
  '/devices': 'devices',
};

async function organization(name: string, country: string | undefined = 'US'): Promise<OrgUuid> {
  const { mock, partner } = world;
  const orgUuid = madeUuid() as OrgUuid;
  mock.organizations.push({ orgUuid, name });
  await partner.admin.call(createCustomer, { body: { name, country, orgUuid } });
  fill(orgUuid);
  return orgUuid;
}

/** Two licenses, one location, three numbers, two devices: what an organization answers with. */
function fill(orgUuid: string): void {
  const { inventories } = world.mock;
  inventories['/licenses'].set(
    orgUuid,
    ['Webex Calling - Professional', 'Webex Calling - Standard'].map((name, place) => ({
      id: webexId('LICENSE', `${orgUuid}:MS_${place}`),
      name,
      totalUnits: 50,
      consumedUnits: 40 + place,
      consumedByUsers: 39,
      consumedByWorkspaces: 1 + place,
      subscriptionId: 'Sub-1',
    })),
  );
  const location = { id: webexId('LOCATION', `loc-${orgUuid}`), name: 'Sofia' };
  inventories['/locations'].set(orgUuid, [
    {
      ...location,
      orgId: webexId('ORGANIZATION', orgUuid),
      timeZone: 'Europe/Sofia',
      preferredLanguage: 'bg_BG',
      address: { address1: '1 Main St', city: 'Sofia', postalCode: '1000', country: 'BG' },
    },
  ]);
  const owner = { id: webexId('PEOPLE', madeUuid()), type: 'PEOPLE', firstName: 'Ana', lastName: 'Dimova' };
  inventories['/telephony/config/numbers'].set(orgUuid, [
    { phoneNumber: '+35921000001', state: 'ACTIVE', phoneNumberType: 'PRIMARY', mainNumber: true, location, owner },
    { phoneNumber: '+35921000002', state: 'INACTIVE', location },
    { extension: '1001', state: 'ACTIVE', location, owner },
  ]);
  inventories['/devices'].set(
    orgUuid,
    [1, 2].map((place) => ({
      id: webexId('DEVICE', madeUuid()),
      displayName: `Room ${place}`,
      orgId: webexId('ORGANIZATION', orgUuid),
      connectionStatus: 'connected',
      product: 'Cisco Room Kit',
      type: 'roomdesk',
      tags: ['lobby', 'floor 1'],
      mac: `AA:BB:CC:00:00:0${place}`,
      serial: `FOC${place}`,
      software: 'RoomOS 11',
      firstSeen: '2026-01-02T09:00:00Z',
      lastSeen: '2026-10-01T09:00:00Z',
    })),
  );
}

const stateOf = async (): Promise<Connector> => {
  const [connector] = (await world.partner.admin.call(listConnectors)).items;
  if (!connector) throw new Error('no connector');
  return connector;
};
const statesOf = async (): Promise<Record<string, Connector['snapshotStates'][number]>> =>
  Object.fromEntries((await stateOf()).snapshotStates.map((state) => [state.kind, state]));
const asked = (): string[] =>
  world.mock.requests.filter(({ path }) => path in kindOf).map(({ path }) => kindOf[path] ?? '');
const brought = async () =>
  (await world.imported())
    .filter(({ feed }) => feed !== 'webex_call_history')
    .map(({ feed, region, counts, state, covers, failure }) => ({ feed, region, counts, state, covers, failure }));
const sums = async (): Promise<Record<string, number>> => {
  const found: Record<string, number> = {};
  for (const { feed, counts, state, failure } of await brought()) {
    expect([state, failure, counts?.rejected]).toEqual(['committed', null, 0]);
    found[String(feed)] = (found[String(feed)] ?? 0) + (counts?.new ?? 0) + (counts?.replaced ?? 0);
  }
  return found;
};
/** By and by, as somebody who stays signed in. */
async function nextDay(): Promise<void> {
  for (let passed = 0; passed < 24; passed += 8) {
    world.hub.clock.advance(8 * hour);
    await stateOf();
  }
}
const everything = { license_snapshots: 4, webex_locations: 2, webex_phone_numbers: 6, webex_devices: 4 };

test('each kind comes in once a day, of all organizations in one file, with the day and the organization', async () => {
  const { pull, make, hub } = world;
  const connector = await make({ snapshots: all });
  await pull(connector);
  expect(await sums()).toEqual(everything);
  expect(await brought()).toHaveLength(4);
  const today = `${hub.clock.now().toISOString().slice(0, 10)}T00:00:00.000Z`;
  for (const { covers } of await brought()) expect(covers).toEqual({ from: today, to: today });
  hub.clock.advance(15 * minute);
  await pull(connector);
  expect(asked()).toHaveLength(8);
  await nextDay();
  await pull(connector);
  expect(asked()).toHaveLength(16);
  expect((await sums())['license_snapshots']).toBe(8);
});

test('what was stored is what the provider said', async () => {
  const { pull, make, hub, partner } = world;
  await pull(await make({ snapshots: all }));
  await sums();
  const ask = (columns: string, table: string, order: string) =>
    hub.installation.stores
      .get('us')
      ?.ask(
        `SELECT ${columns} FROM @region.${table} WHERE partner_id = {partner:UUID} AND org_uuid = {org:UUID} ORDER BY ${order}`,
        {
          parameters: { partner: partner.partnerId, org: acme },
        },
      );
  expect(await ask('product, subscription, ordered, assigned', 'license_snapshot', 'product')).toEqual([
    { product: 'Webex Calling - Professional', subscription: 'Sub-1', ordered: 50, assigned: 40 },
    { product: 'Webex Calling - Standard', subscription: 'Sub-1', ordered: 50, assigned: 41 },
  ]);
  expect(await ask('location, city, country, time_zone', 'location', 'location')).toEqual([
    { location: 'Sofia', city: 'Sofia', country: 'BG', time_zone: 'Europe/Sofia' },
  ]);
  const [person] = world.mock.inventories['/telephony/config/numbers'].get(acme) ?? [];
  const { id } = (person ?? {})['owner'] as { id: string };
  const user_uuid = Buffer.from(id, 'base64').toString().split('/').at(-1);
  expect(
    await ask('phone_number, extension, active, user_type, user_uuid, location', 'phone_number', 'phone_number'),
  ).toEqual([
    { phone_number: '', extension: '1001', active: true, user_type: 'PEOPLE', user_uuid, location: 'Sofia' },
    { phone_number: '+35921000001', extension: '', active: true, user_type: 'PEOPLE', user_uuid, location: 'Sofia' },
    {
      phone_number: '+35921000002',
      extension: '',
      active: false,
      user_type: '',
      user_uuid: '00000000-0000-0000-0000-000000000000',
      location: 'Sofia',
    },
  ]);
  expect(await ask('device, product, status, firmware, tags', 'device', 'device')).toEqual(
    [1, 2].map((place) => ({
      device: `Room ${place}`,
      product: 'Cisco Room Kit',
      status: 'connected',
      firmware: 'RoomOS 11',
      tags: 'lobby, floor 1',
    })),
  );
});

test.each([true, false])('pages are read to their end (with links: %s)', async (links) => {
  const { mock, pull, make } = world;
  mock.links = links;
  mock.pageRecords = links ? 1 : 2000;
  if (!links) {
    const many = Array.from({ length: 4500 }, (_, place) => ({
      extension: String(10_000 + place),
      state: 'ACTIVE',
      location: { id: 'x', name: 'Sofia' },
    }));
    mock.inventories['/telephony/config/numbers'].set(acme, many);
  }
  await pull(await make({ snapshots: all }));
  expect(await sums()).toEqual(links ? everything : { ...everything, webex_phone_numbers: 4503 });
});

test('whoever sends the first page for ever is not asked for ever', async () => {
  const { mock, pull, make } = world;
  const many = Array.from({ length: 2000 }, (_, place) => ({ extension: String(place), location: { name: 'Sofia' } }));
  mock.script(
    '/telephony/config/numbers',
    ...[1, 2].map(() => misbehaving.text(JSON.stringify({ phoneNumbers: many }))),
  );
  await pull(await make({ snapshots: ['numbers'] }));
  expect((await statesOf())['numbers']).toMatchObject({ taken: 1, failing: 1, fault: { code: 'paging_endless' } });
  expect(await sums()).toEqual({ webex_phone_numbers: 3 });
});

test('only what is chosen is asked for; the choice may be changed', async () => {
  const { pull, make, partner } = world;
  const made = await make({ snapshots: ['devices', 'licenses', 'devices'] });
  expect(made.snapshots).toEqual(['licenses', 'devices']);
  await pull(made);
  expect(new Set(asked())).toEqual(new Set(['licenses', 'devices']));
  const { name, baseUrl, callsUrl, otherDomains, region, everyMinutes, backDays, pullsUnlinked, addsIn, version } =
    made;
  const choices = { name, baseUrl, callsUrl, otherDomains, region, everyMinutes, backDays, pullsUnlinked, addsIn };
  const params = { connectorId: made.id };
  const kept = await partner.admin.call(changeConnector, { params, body: { ...choices, version } });
  expect(kept.snapshots).toEqual(['licenses', 'devices']);
  const body = { ...choices, version: kept.version, snapshots: ['locations' as const] };
  const changed = await partner.admin.call(changeConnector, { params, body });
  expect(changed.snapshotStates).toMatchObject([
    { kind: 'locations', taken: 0, failing: 0, lastSuccessAt: null, lagMinutes: null },
  ]);
  await pull(changed);
  expect(asked().slice(4)).toEqual(['locations', 'locations']);
});

test('people are counted where somebody chose it, page by page, and nothing of them is kept', async () => {
  const { mock, pull, make, partner, hub } = world;
  const people = (names: readonly string[], type: 'person' | 'bot' = 'person') =>
    names.map((displayName) => ({
      id: webexId('PEOPLE', madeUuid()),
      displayName,
      emails: [`${displayName}@example.com`],
      type,
    }));
  mock.inventories['/people'].set(acme, [...people(['Zdravka', 'Yavor', 'Xenia']), ...people(['helper'], 'bot')]);
  mock.inventories['/people'].set(beta, people(['Viktor']));
  mock.pageRecords = 2;
  const usual = await make({ snapshots: undefined });
  expect(usual.snapshots).toEqual(all);
  const connector = await make({ snapshots: ['people'] });
  await pull(connector);
  const requests = mock.requests.filter(({ path }) => path === '/people');
  expect(requests).toHaveLength(3);
  const stateNow = async () =>
    (await partner.admin.call(listConnectors)).items.find(({ id }) => id === connector.id)?.snapshotStates;
  expect(await stateNow()).toMatchObject([{ kind: 'people', taken: 2, failing: 0, people: 4, fault: null }]);
  const organizationsNow = async () => {
    const { items } = await partner.admin.call(listConnectorOrganizations, { params: { connectorId: connector.id } });
    return items.map(({ name, snapshots }) => [name, snapshots[0]?.people, snapshots[0]?.takenOn]);
  };
  const today = hub.clock.now().toISOString().slice(0, 10);
  expect(await organizationsNow()).toEqual([
    ['Acme', 3, today],
    ['Beta', 1, today],
  ]);
  // It is a number, and no file of anybody.
  expect(await world.imported()).toEqual([]);
  const kept = await hub.asOwner<{ text: string }>('select to_jsonb(s)::text as text from connector_snapshot s');
  expect(kept.some(({ text }) => /Zdravka|example\.com/.test(text))).toBe(false);
  expect(JSON.stringify(hub.logged)).not.toContain('Zdravka');
  // Once a day; of pages of which the second does not come nothing is taken, and the day before stands.
  await pull(connector);
  expect(mock.requests.filter(({ path }) => path === '/people')).toHaveLength(3);
  await nextDay();
  mock.inventories['/people'].set(acme, people(['Zdravka', 'Yavor', 'Xenia', 'Ulyana']));
  mock.inventories['/people'].set(beta, people(['Viktor', 'Toma']));
  mock.script('/people', 'usual', misbehaving.status(403));
  await pull(connector);
  expect(await stateNow()).toMatchObject([{ taken: 2, failing: 1, people: 5, fault: { code: 'forbidden' } }]);
  expect(await organizationsNow()).toMatchObject([
    ['Acme', 3, today],
    ['Beta', 2, expect.not.stringMatching(today)],
  ]);
});

test('the day is the partner’s own', async () => {
  const { pull, make, partner, hub } = world;
  const { expiresSoonDays, inactiveDays } = await partner.admin.call(getStatusPolicy);
  await partner.admin.call(changeStatusPolicy, {
    body: { expiresSoonDays, inactiveDays, timeZone: 'Pacific/Kiritimati' },
  });
  await pull(await make({ snapshots: ['licenses'] }));
  const there = new Date(hub.clock.now().getTime() + 14 * hour).toISOString().slice(0, 10);
  expect((await brought())[0]?.covers?.from).toBe(`${there}T00:00:00.000Z`);
});

test('rows go to the region of their customer; without one they are held where that is wanted', async () => {
  const { mock, pull, make } = world;
  await organization('Gamma', 'DE');
  const unknown = madeUuid();
  mock.organizations.push({ orgUuid: unknown, name: 'Nobody yet' });
  fill(unknown);
  await pull(await make({ snapshots: ['licenses'], pullsUnlinked: true }));
  const found = (await brought()).map(({ region, counts }) => [region, counts?.new, counts?.held]);
  expect(found.toSorted(([one], [other]) => String(one).localeCompare(String(other)))).toEqual([
    ['eu', 2, 0],
    ['us', 4, 2],
  ]);
});

test('an organization without any is asked once a day and brings no file', async () => {
  const { mock, pull, make } = world;
  for (const each of Object.values(mock.inventories)) each.clear();
  const connector = await make({ snapshots: all });
  await pull(connector);
  await pull(connector);
  expect(await brought()).toEqual([]);
  expect(asked()).toHaveLength(8);
  expect(Object.values(await statesOf()).map(({ taken }) => taken)).toEqual([2, 2, 2, 2]);
});

test('403 of one kind is named, rests longer each time, and keeps nothing else waiting', async () => {
  const { mock, pull, make, hub, partner, call, counted } = world;
  call(acme, { began: hour, inserted: hour });
  const connector = await make({ snapshots: all });
  const no = misbehaving.status(403);
  mock.script('/devices', no, no);
  await pull(connector);
  expect(await sums()).toEqual({ license_snapshots: 4, webex_locations: 2, webex_phone_numbers: 6 });
  expect((await counted('us')).legs).toBe(1);
  expect(await stateOf()).toMatchObject({ fault: null, organizations: { failing: 2 } });
  expect(await statesOf()).toMatchObject({
    devices: { taken: 0, failing: 2, lastSuccessAt: null, fault: { code: 'forbidden' } },
    licenses: { taken: 2, failing: 0, lagMinutes: 0, lastSuccessAt: hub.clock.now().toISOString(), fault: null },
  });
  const params = { connectorId: connector.id };
  const { items } = await partner.admin.call(listConnectorOrganizations, { params, query: { which: 'failing' } });
  expect(
    items.map(({ name, snapshots }) => [name, snapshots.find(({ kind }) => kind === 'devices')?.fault?.code]),
  ).toEqual([
    ['Acme', 'forbidden'],
    ['Beta', 'forbidden'],
  ]);
  const before = asked().length;
  hub.clock.advance(5 * minute);
  await pull(connector);
  expect(asked()).toHaveLength(before);
  await partner.admin.call(runConnector, { params });
  await pull(connector);
  expect(asked().slice(before)).toEqual(['devices', 'devices']);
  expect(await sums()).toEqual(everything);
  expect((await stateOf()).organizations.failing).toBe(0);
});

test('429 waits as it says and asks again; a longer wait rests this, not the calls', async () => {
  const { mock, pull, make, call, counted, hub } = world;
  call(acme, { began: hour, inserted: hour });
  mock.script('/licenses', misbehaving.status(429, { 'retry-after': '1' }));
  mock.script('/locations', misbehaving.status(429, { 'retry-after': '7200' }));
  const connector = await make({ snapshots: all });
  await pull(connector);
  expect(await sums()).toEqual({ license_snapshots: 4 });
  expect((await counted('us')).legs).toBe(1);
  expect((await statesOf())['locations']).toMatchObject({
    failing: 1,
    fault: { code: 'rate_limited', data: { seconds: 7200 } },
  });
  hub.clock.advance(3 * hour);
  await pull(connector);
  expect(await sums()).toEqual(everything);
});

test('451 is followed to a host that is allowed', async () => {
  const { mock, pull, make, hub } = world;
  const regional = await mockWebex({ now: () => hub.clock.now() });
  closing.push(regional);
  Object.assign(regional, { organizations: mock.organizations, inventories: mock.inventories });
  const sendOn = misbehaving.status(451, { location: `${regional.url}/devices` });
  mock.script('/devices', sendOn, sendOn);
  await pull(await make({ snapshots: all }));
  expect(await sums()).toEqual(everything);
  expect(regional.requests.map(({ path }) => path)).toEqual(['/devices', '/devices']);
});

test.each([
  ['breaks off', misbehaving.cutOff, 'unreachable'],
  ['stalls', misbehaving.stall, 'timed_out'],
  ['sends half of its JSON', () => misbehaving.text('{"items": [{"name": "a"}'), 'answer_broken'],
  ['sends something else', () => misbehaving.text('{"items": [{"name": "a"}]}'), 'answer_broken'],
  ['says 500', () => misbehaving.status(500), 'server_failed'],
] as const)('a provider that %s is asked again, and given up in the end', async (_words, answering, code) => {
  const { mock, pull, make } = world;
  mock.script('/licenses', answering(), answering());
  const connector = await make({ snapshots: ['licenses', 'devices'] });
  await pull(connector);
  expect(await sums()).toEqual({ license_snapshots: 4, webex_devices: 4 });
  await nextDay();
  mock.script('/licenses', answering(), answering(), answering());
  await pull(connector);
  expect((await statesOf())['licenses']).toMatchObject({ taken: 2, failing: 1, fault: { code } });
  expect((await sums())['license_snapshots']).toBe(6);
});

test('of pages of which the second does not come nothing is taken; the other organization is', async () => {
  const { mock, pull, make, hub } = world;
  mock.pageRecords = 2;
  mock.breaksAt = ({ path, query }) =>
    path === '/telephony/config/numbers' && query.has('start') && query.get('orgId') === webexId('ORGANIZATION', acme);
  const connector = await make({ snapshots: ['numbers'] });
  await pull(connector);
  expect(await sums()).toEqual({ webex_phone_numbers: 3 });
  mock.breaksAt = () => false;
  hub.clock.advance(hour);
  await pull(connector);
  expect(await sums()).toEqual({ webex_phone_numbers: 6 });
});

test('what is left out, or without a customer, is not asked for', async () => {
  const { mock, partner, pull, make } = world;
  mock.organizations.push({ orgUuid: madeUuid(), name: 'Nobody yet' });
  const connector = await make({ snapshots: [] });
  await pull(connector);
  const params = { connectorId: connector.id, orgUuid: beta };
  await partner.admin.call(changeConnectorOrganization, { params, body: { isLeftOut: true } });
  await world.hub.asOwner("update connector set snapshots = '{licenses}' where id = $1", [connector.id]);
  await pull(connector);
  expect(asked()).toEqual(['licenses']);
});

test('killed at any request, each kind comes in once', async () => {
  const { mock, hub, partner, make, pull } = world;
  mock.pageRecords = 2;
  const connector = await make({ snapshots: all });
  const { runPull } = await import('./run-pull.ts');
  const task = { connectorId: connector.id, partnerId: partner.partnerId };
  for (const at of [1, 3, 5, 8, 10]) {
    const { promise: reached, resolve } = Promise.withResolvers<void>();
    let seen = 0;
    mock.keepsWaiting = () => {
      seen += 1;
      if (seen === at) resolve();
      return seen >= at;
    };
    const grave = new AbortController();
    const patience = { ...quick, idleMilliseconds: 600_000, totalMilliseconds: 600_000 };
    const dead = runPull(hub.installation, task, { signal: grave.signal, patience }).catch(() => undefined);
    await Promise.race([reached, dead]);
    mock.keepsWaiting = () => false;
    // The next worker goes on beside what the dead one still holds.
    await pull(connector);
    grave.abort();
    await dead;
    expect(await sums()).toEqual(everything);
    for (const { counts } of await brought()) expect(counts).toMatchObject({ duplicate: 0, replaced: 0 });
    await nextDay();
    await hub.asOwner('delete from import_batch where partner_id = $1', [partner.partnerId]);
  }
}, 300_000);
