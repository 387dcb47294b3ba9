import type { Connector, SnapshotKind } from '@hub/contract/connectors';
import { createCustomer } from '@hub/contract/customers';
import type { OrgUuid } from '@hub/contract/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { madeUuid } from '../../testing/leg-record.ts';
import { webexId } from '../../testing/mock-webex.ts';
import { type TestHub, testHub } from '../../testing/test-hub.ts';
import { runPull } from './run-pull.ts';
import { importAll, importsOf, minute, type Pulling, pullingIn, quick, watchedInstallation } from './test-support.ts';

let hub: TestHub;
const opened: Pulling[] = [];
/** What was killed, and how it is let go once everything has been looked at. */
const dead: { run: Promise<unknown>; bury: () => void }[] = [];
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  for (const { bury } of dead) bury();
  await Promise.all(dead.map(({ run }) => run));
  for (const each of opened) await each.close();
});

interface World {
  world: Pulling;
  connector: Connector;
}

const kinds: SnapshotKind[] = ['licenses', 'locations', 'numbers', 'devices'];

/** An organization with two licenses, a location, a number and a device; its provider gives them in pages of one. */
async function inventoryWorld(): Promise<World> {
  const world = await pullingIn(hub);
  opened.push(world);
  const orgUuid = madeUuid() as OrgUuid;
  world.mock.organizations.push({ orgUuid, name: 'Acme' });
  await world.partner.admin.call(createCustomer, { body: { name: 'Acme', country: 'US', orgUuid } });
  const { inventories } = world.mock;
  inventories['/licenses'].set(
    orgUuid,
    [0, 1].map((place) => ({
      id: webexId('LICENSE', `${orgUuid}:MS_${place}`),
      name: `Webex Calling ${place}`,
      totalUnits: 50,
      consumedUnits: 40,
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
  inventories['/telephony/config/numbers'].set(orgUuid, [
    { phoneNumber: '+35921000001', state: 'ACTIVE', phoneNumberType: 'PRIMARY', mainNumber: true, location },
  ]);
  inventories['/devices'].set(orgUuid, [
    {
      id: webexId('DEVICE', madeUuid()),
      displayName: 'Room 1',
      orgId: webexId('ORGANIZATION', orgUuid),
      connectionStatus: 'connected',
      product: 'Cisco Room Kit',
      type: 'roomdesk',
      tags: ['lobby'],
      mac: 'AABBCC000001',
      serial: 'FOC1',
    },
  ]);
  world.mock.pageRecords = 1;
  return { world, connector: await world.make({ snapshots: kinds }) };
}
const everything = { license_snapshot: 2, location: 1, phone_number: 1, device: 1 };

/** What the next worker does: some runs, as if time went on. */
async function goOn({ world, connector }: World): Promise<void> {
  for (let runs = 0; runs < 2; runs += 1) {
    await world.pull(connector);
    hub.clock.advance(minute);
  }
}

/** What counts of each kind in the end; every import that was queued is in the ledger, whole. */
async function settled(worlds: readonly World[]): Promise<unknown[]> {
  await importAll(
    hub,
    worlds.map(({ world }) => world.partner),
  );
  const found: unknown[] = [];
  for (const { world } of worlds) {
    const batches = await importsOf(world.partner);
    expect(batches.filter(({ state, counts }) => state !== 'committed' || counts?.rejected !== 0)).toEqual([]);
    // Each kind came once: what was queued before the kill was not fetched again, and what was not came again whole.
    expect(batches.map(({ feed }) => String(feed)).toSorted()).toEqual(
      [...new Set(batches.map(({ feed }) => String(feed)))].toSorted(),
    );
    const store = hub.installation.stores.get('us');
    const counts: [string, number][] = [];
    for (const table of Object.keys(everything)) {
      const rows = await store?.ask<{ n: number; kinds: number }>(
        `SELECT count() AS n, uniqExact(record_id) AS kinds FROM @region.${table} WHERE partner_id = {partner:UUID} AND replaced_by = 0`,
        { parameters: { partner: world.partner.partnerId } },
      );
      expect(rows?.[0]?.n).toBe(rows?.[0]?.kinds);
      counts.push([table, rows?.[0]?.n ?? 0]);
    }
    found.push(Object.fromEntries(counts));
  }
  return found;
}

const patience = { ...quick, idleMilliseconds: 600_000, totalMilliseconds: 600_000 };
const start = (installation: TestHub['installation'], { world, connector }: World, signal: AbortSignal) =>
  runPull(installation, { connectorId: connector.id, partnerId: world.partner.partnerId }, { signal, patience });

test('killed at any request for licenses, locations, numbers or devices, it loses nothing and doubles nothing', async () => {
  const undisturbed = await inventoryWorld();
  await undisturbed.world.pull(undisturbed.connector);
  const { requests } = undisturbed.world.mock;
  // The first page of each kind, and the second of the licenses.
  const places = kinds.map((_, index) =>
    requests.findIndex(
      ({ path }) => path === ['/licenses', '/locations', '/telephony/config/numbers', '/devices'][index],
    ),
  );
  expect(places.every((place) => place >= 0)).toBe(true);
  const worlds = [undisturbed];
  for (const at of [...places, (places[0] ?? 0) + 1]) {
    const killed = await inventoryWorld();
    const { promise: reached, resolve } = Promise.withResolvers<void>();
    let seen = 0;
    // It is asked and never answers: whoever asked waits for ever, as the dead do.
    killed.world.mock.keepsWaiting = () => {
      seen += 1;
      if (seen === at + 1) resolve();
      return seen === at + 1;
    };
    const grave = new AbortController();
    const run = start(hub.installation, killed, grave.signal).catch(() => undefined);
    dead.push({ run, bury: () => grave.abort() });
    await reached;
    killed.world.mock.keepsWaiting = () => false;
    await goOn(killed);
    worlds.push(killed);
  }
  expect(await settled(worlds)).toEqual(worlds.map(() => everything));
}, 300_000);

test('killed after fetching, before or after what was fetched is queued and noted, each kind comes in once', async () => {
  const undisturbed = await inventoryWorld();
  // The transactions that queue an import, which also note how far the kind has come.
  const queueing: number[] = [];
  let transactions = 0;
  let known = 0;
  const counting = watchedInstallation(hub.installation, (moment) => {
    if (moment === 'before') transactions += 1;
    return moment === 'before' ? undefined : lookForImports();
  });
  const lookForImports = async (): Promise<void> => {
    const at = transactions;
    const [row] = await hub.asOwner<{ n: number }>(
      "select count(*)::int as n from import_batch where source = 'connector' and partner_id = $1",
      [undisturbed.world.partner.partnerId],
    );
    if ((row?.n ?? 0) > known) queueing.push(at);
    known = row?.n ?? 0;
  };
  await start(counting, undisturbed, new AbortController().signal);
  expect(queueing).toHaveLength(kinds.length);
  const worlds = [undisturbed];
  for (const at of queueing) {
    for (const when of ['before', 'after'] as const) {
      const killed = await inventoryWorld();
      const { promise: reached, resolve } = Promise.withResolvers<void>();
      const { promise: forever, reject } = Promise.withResolvers<never>();
      let seen = 0;
      const dying = watchedInstallation(hub.installation, (moment) => {
        if (moment === 'before') seen += 1;
        if (seen !== at || moment !== when) return undefined;
        resolve();
        return forever;
      });
      const run = start(dying, killed, new AbortController().signal).catch(() => undefined);
      dead.push({ run, bury: () => reject(new Error('buried')) });
      await reached;
      const imports = (await importsOf(killed.world.partner)).filter(({ source }) => source === 'connector');
      expect(imports).toHaveLength(queueing.indexOf(at) + (when === 'after' ? 1 : 0));
      await goOn(killed);
      worlds.push(killed);
    }
  }
  expect(await settled(worlds)).toEqual(worlds.map(() => everything));
}, 300_000);
