import {
  changeConnector,
  changeConnectorOrganization,
  listConnectorOrganizations,
  listConnectors,
} from '@hub/contract/connectors';
import { createCustomer, listCustomers } from '@hub/contract/customers';
import { deleteCustomerData, letInAgain } from '@hub/contract/deletions';
import { type CustomerId, type OrgUuid } from '@hub/contract/ids';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { madeUuid } from '../../testing/leg-record.ts';
import { misbehaving } from '../../testing/mock-webex.ts';
import { runsDeletions } from '../deletions/index.ts';
import { hour, minute, type Pulling, pulling } from './test-support.ts';

let world: Pulling;
const opened: Pulling[] = [];
beforeEach(async () => {
  world = await pulling();
  opened.push(world);
});
afterAll(async () => {
  for (const each of opened) await each.close();
});

const recent = { began: hour, inserted: hour };

/** An organization that the provider lists, with a customer unless told otherwise. */
async function organization(name: string, { country }: { country?: string } = { country: 'US' }): Promise<OrgUuid> {
  const orgUuid = madeUuid() as OrgUuid;
  world.mock.organizations.push({ orgUuid, name });
  if (country !== undefined) await world.partner.admin.call(createCustomer, { body: { name, country, orgUuid } });
  return orgUuid;
}

const countsOf = (batch: { counts: unknown } | undefined): unknown => batch?.counts;

test('calls of customers come in once, whatever overlaps', async () => {
  const { mock, pull, make, call, imported, counted, hub, partner } = world;
  const [acme, beta] = [await organization('Acme'), await organization('Beta')];
  mock.pageRecords = 2;
  for (let hours = 1; hours <= 9; hours += 1) call(acme, { began: hours * hour, inserted: hours * hour });
  call(beta, recent);
  const connector = await make();
  await pull(connector);
  const [first, ...none] = await imported();
  expect(none).toEqual([]);
  expect(first).toMatchObject({
    source: 'connector',
    region: 'us',
    state: 'committed',
    format: 'json',
    createdBy: null,
  });
  expect(countsOf(first)).toMatchObject({ new: 10, rejected: 0, held: 0 });
  expect(await counted('us')).toEqual({ legs: 10, held: 0 });

  hub.clock.advance(20 * minute);
  call(acme, { began: 5 * hour, inserted: 10 * minute }); // late
  await pull(connector);
  const [second] = await imported();
  expect(countsOf(second)).toMatchObject({ new: 1, rejected: 0, held: 0 });
  expect(await counted('us')).toEqual({ legs: 11, held: 0 });

  const { items } = await partner.admin.call(listConnectors);
  expect(items).toMatchObject([
    {
      lastSuccessAt: hub.clock.now().toISOString(),
      fault: null,
      runningSince: null,
      lagMinutes: 1,
      organizations: { listed: 2, pulled: 2, unlinked: 0, failing: 0 },
      nextRunAt: new Date(hub.clock.now().getTime() + 15 * minute).toISOString(),
    },
  ]);
});

test('a later version of a record wins, as with every import', async () => {
  const { pull, make, call, imported, counted, hub } = world;
  const acme = await organization('Acme');
  const leg = call(acme, { began: 2 * hour, inserted: 2 * hour }, { duration: 60 });
  const connector = await make();
  await pull(connector);
  await imported();
  hub.clock.advance(30 * minute);
  call(acme, { began: 2.5 * hour, inserted: 5 * minute }, { report_id: leg.report_id, duration: 90 });
  await pull(connector);
  const [second] = await imported();
  expect(countsOf(second)).toMatchObject({ replaced: 1 });
  expect((await counted('us')).legs).toBeGreaterThanOrEqual(1);
});

test('organizations without a customer are named, not made and not fetched', async () => {
  const { mock, partner, pull, make, call, imported } = world;
  const unknown = await organization('Nobody yet', {});
  await partner.admin.call(createCustomer, { body: { name: 'nobody YET', country: 'US' } });
  call(unknown, recent);
  const connector = await make();
  await pull(connector);
  expect(await imported()).toEqual([]);
  expect(mock.requests.filter(({ path }) => path === '/cdr_stream')).toEqual([]);
  const { items, total } = await partner.admin.call(listConnectorOrganizations, {
    params: { connectorId: connector.id },
    query: { which: 'unlinked' },
  });
  expect(total).toBe(1);
  expect(items).toMatchObject([
    { orgUuid: unknown, customer: null, suggestion: { name: 'nobody YET' }, isPulled: false, pulledTo: null },
  ]);
});

test('fetched without a customer they are held, and enter once there is one', async () => {
  const { partner, pull, make, call, imported, counted } = world;
  const unknown = await organization('Later', {});
  call(unknown, recent);
  await pull(await make({ pullsUnlinked: true }));
  expect(countsOf((await imported())[0])).toMatchObject({ new: 0, held: 1 });
  await partner.admin.call(createCustomer, { body: { name: 'Later', country: 'US', orgUuid: unknown } });
  await imported();
  expect(await counted('us')).toMatchObject({ legs: 1, held: 0 });
});

test('customers are made where a person chose their country, once', async () => {
  const { partner, pull, make, call, imported, counted, hub } = world;
  const orgUuid = await organization('  New\tone ', {});
  await organization('Known');
  call(orgUuid, recent);
  const connector = await make({ addsIn: 'DE' });
  await pull(connector);
  await pull(connector);
  const { items } = await partner.admin.call(listCustomers, { query: { filter: 'New' } });
  expect(items).toMatchObject([{ name: 'New one', orgUuid, country: 'DE', region: 'eu' }]);
  expect(await hub.auditOf(items[0]?.id ?? '')).toMatchObject([{ action: 'customers.create', actor_kind: 'system' }]);
  await imported();
  // To the region of the customer, not to that of the connector.
  expect([await counted('eu'), await counted('us')]).toEqual([
    { legs: 1, held: 0 },
    { legs: 0, held: 0 },
  ]);
});

test('history is fetched once, oldest first, and to where the provider has any', async () => {
  const { mock, pull, make, call, imported, hub, partner } = world;
  const acme = await organization('Acme');
  for (const days of [1, 2, 4, 6]) call(acme, { began: days * 24 * hour, inserted: days * 24 * hour });
  const connector = await make({ backDays: 5 });
  for (let runs = 0; runs < 12; runs += 1) {
    await pull(connector);
    hub.clock.advance(minute);
  }
  expect((await imported()).map(countsOf)).toHaveLength(3);
  const history = mock.requests.filter(({ path }) => path === '/cdr_feed').map(({ query }) => query.get('startTime'));
  expect(history).toEqual(history.toSorted((one, other) => String(one).localeCompare(String(other))));
  expect(history).toHaveLength(10); // of 12 hours less a minute each

  const old = await pulling();
  opened.push(old);
  world = old;
  old.mock.historyHours = 48;
  const beta = await organization('Beta');
  old.call(beta, { began: 30 * hour, inserted: 30 * hour });
  const short = await old.make({ backDays: 30 });
  for (let runs = 0; runs < 6; runs += 1) await old.pull(short);
  expect((await old.imported()).map(({ counts }) => counts?.new)).toEqual([1]);
  const { items } = await old.partner.admin.call(listConnectorOrganizations, { params: { connectorId: short.id } });
  expect(items).toMatchObject([{ back: null, fault: null }]);
  expect(items[0]?.backFloor).not.toBeNull();
  expect(partner.partnerId).not.toBe(old.partner.partnerId);
});

test('more history may be wanted later', async () => {
  const { pull, make, call, imported, partner } = world;
  const acme = await organization('Acme');
  call(acme, { began: 30 * hour, inserted: 30 * hour });
  const connector = await make();
  await pull(connector);
  expect(await imported()).toEqual([]);
  const { items } = await partner.admin.call(listConnectors);
  const { id, credential, state, pausedBecause, runningSince, lastRunAt, lastSuccessAt, nextRunAt, ...rest } =
    items[0] ?? connector;
  const { fault, organizations, lagMinutes, snapshotStates, createdAt, ...choices } = rest;
  expect([state, pausedBecause, fault, lagMinutes, snapshotStates]).toEqual(['enabled', null, null, 1, []]);
  expect([credential.kind, runningSince, organizations.pulled]).toEqual(['token', null, 1]);
  expect([lastRunAt, lastSuccessAt, nextRunAt, createdAt]).not.toContain(null);
  const changed = await partner.admin.call(changeConnector, {
    params: { connectorId: id },
    body: { ...choices, backDays: 2 },
  });
  for (let runs = 0; runs < 4; runs += 1) await pull(changed);
  expect((await imported()).map(({ counts }) => counts?.new)).toEqual([1]);
});

test('what is left out is not asked for, and goes on where it was left', async () => {
  const { mock, partner, pull, make, call, imported, hub } = world;
  const acme = await organization('Acme');
  const connector = await make();
  const params = { connectorId: connector.id, orgUuid: acme };
  await pull(connector);
  await partner.admin.call(changeConnectorOrganization, { params, body: { isLeftOut: true } });
  hub.clock.advance(hour);
  call(acme, { began: 30 * minute, inserted: 30 * minute });
  const before = mock.requests.length;
  await pull(connector);
  expect(mock.requests.slice(before).map(({ path }) => path)).toEqual(['/organizations']);
  hub.clock.advance(hour);
  await partner.admin.call(changeConnectorOrganization, { params, body: { isLeftOut: false } });
  await pull(connector);
  expect((await imported()).map(({ counts }) => counts?.new)).toEqual([1]);
});

test('a customer that was deleted on request is not made again, by a later connector neither, until it is let in', async () => {
  const { partner, pull, make, call, imported, hub } = world;
  const acme = await organization('Acme');
  const early = await make();
  await pull(early);
  const { items } = await partner.admin.call(listCustomers, { query: { filter: 'Acme' } });
  const body = { name: 'Acme', takesRecord: true };
  const asked = await partner.admin.call(deleteCustomerData, {
    params: { customerId: items[0]?.id as CustomerId },
    body,
  });
  await imported();
  const chore = runsDeletions(hub.installation);
  for (const region of hub.installation.stores.keys()) await chore(region, () => false);

  call(acme, recent);
  const later = await make({ addsIn: 'US' });
  for (const connector of [early, later]) await pull(connector);
  const leftOut = async () =>
    Promise.all(
      [early, later].map(async ({ id: connectorId }) => {
        const listed = await partner.admin.call(listConnectorOrganizations, { params: { connectorId } });
        return listed.items.map(({ isLeftOut }) => isLeftOut);
      }),
    );
  expect(await leftOut()).toEqual([[true], [true]]);
  expect((await partner.admin.call(listCustomers, { query: { filter: 'Acme' } })).items).toEqual([]);

  await partner.admin.call(letInAgain, { params: { deletionId: asked.id } });
  expect(await leftOut()).toEqual([[false], [false]]);
  await pull(later);
  expect((await partner.admin.call(listCustomers, { query: { filter: 'Acme' } })).items).toMatchObject([
    { orgUuid: acme },
  ]);
  expect((await imported()).map(({ counts }) => counts?.new)).toEqual([1]);
});

test('an organization that the provider lists no more is remembered', async () => {
  const { mock, partner, pull, make } = world;
  await organization('Stays');
  await organization('Goes');
  const connector = await make();
  await pull(connector);
  mock.organizations.pop();
  await pull(connector);
  const { items } = await partner.admin.call(listConnectorOrganizations, { params: { connectorId: connector.id } });
  expect(items.map(({ name, isListed, isPulled }) => [name, isListed, isPulled])).toEqual([
    ['Goes', false, false],
    ['Stays', true, true],
  ]);
});

test('a list of organizations of two pages is read to its end', async () => {
  const { mock, partner, pull, make } = world;
  const one = await organization('One');
  const two = await organization('Two');
  const page = (orgUuid: string) => JSON.stringify({ items: [{ id: orgUuid, displayName: orgUuid }] });
  mock.script(
    '/organizations',
    misbehaving.text(page(one), { link: `<${mock.url}/organizations?page=2>; rel="next"` }),
    misbehaving.text(page(two)),
  );
  const connector = await make();
  await pull(connector);
  const { total } = await partner.admin.call(listConnectorOrganizations, { params: { connectorId: connector.id } });
  expect(total).toBe(2);
});

test('a person in a scope sees organizations of assigned customers alone', async () => {
  const { partner, pull, make, hub } = world;
  await organization('Hidden');
  const seen = await organization('Seen');
  const connector = await make();
  await pull(connector);
  const { client, personId } = await hub.person(partner.partnerId, 'partner_admin');
  const { items: customers } = await partner.admin.call(listCustomers, { query: { filter: 'Seen' } });
  await hub.asOwner('insert into assignment (partner_id, person_id, customer_id) values ($1, $2, $3)', [
    partner.partnerId,
    personId,
    customers[0]?.id as CustomerId,
  ]);
  const { items } = await client.call(listConnectorOrganizations, { params: { connectorId: connector.id } });
  expect(items.map(({ orgUuid }) => orgUuid)).toEqual([seen]);
  const [shown] = (await client.call(listConnectors)).items;
  expect(shown?.organizations).toEqual({ listed: 1, pulled: 1, unlinked: 0, failing: 0 });
});
