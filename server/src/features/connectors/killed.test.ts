import type { Connector } from '@hub/contract/connectors';
import { createCustomer } from '@hub/contract/customers';
import type { OrgUuid } from '@hub/contract/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { madeUuid } from '../../testing/leg-record.ts';
import { type TestHub, testHub } from '../../testing/test-hub.ts';
import type { Installation } from '../access/index.ts';
import { runPull } from './run-pull.ts';
import {
  hour,
  importAll,
  importsOf,
  minute,
  type Pulling,
  pullingIn,
  quick,
  watchedInstallation,
} from './test-support.ts';

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

/** Two organizations, each with two calls in the stream and one in the history, a page each. */
async function busyWorld(): Promise<{ world: Pulling; connector: Connector }> {
  const world = await pullingIn(hub);
  opened.push(world);
  for (const name of ['Acme', 'Beta']) {
    const orgUuid = madeUuid() as OrgUuid;
    world.mock.organizations.push({ orgUuid, name });
    await world.partner.admin.call(createCustomer, { body: { name, country: 'US', orgUuid } });
    for (const ago of [1, 3, 20]) world.call(orgUuid, { began: ago * hour, inserted: ago * hour });
  }
  world.mock.pageRecords = 1;
  return { world, connector: await world.make({ backDays: 1 }) };
}
const everything = { legs: 6, held: 0 };

/** What the next worker does: some runs, as if time went on. */
async function goOn({ world, connector }: Awaited<ReturnType<typeof busyWorld>>): Promise<void> {
  for (let runs = 0; runs < 3; runs += 1) {
    await world.pull(connector);
    hub.clock.advance(minute);
  }
}

/** All of them at once: what each has in the end. */
async function settled(worlds: readonly Pulling[]): Promise<unknown[]> {
  const counts: unknown[] = [];
  await importAll(
    hub,
    worlds.map(({ partner }) => partner),
  );
  for (const world of worlds) {
    const batches = await importsOf(world.partner);
    expect(batches.filter(({ state }) => state !== 'committed')).toEqual([]);
    counts.push(await world.counted('us'));
  }
  return counts;
}

const start = (
  installation: Installation,
  { world, connector }: Awaited<ReturnType<typeof busyWorld>>,
  signal: AbortSignal,
) =>
  runPull(
    installation,
    { connectorId: connector.id, partnerId: world.partner.partnerId },
    { signal, patience: { ...quick, idleMilliseconds: 600_000, totalMilliseconds: 600_000 } },
  );

test('killed at any request, it loses nothing and doubles nothing', async () => {
  const undisturbed = await busyWorld();
  await undisturbed.world.pull(undisturbed.connector);
  const all = undisturbed.world.mock.requests.length;
  await goOn(undisturbed);
  const worlds = [undisturbed.world];
  for (const at of [0, 1, Math.floor(all / 3), Math.floor(all / 2), all - 1]) {
    const killed = await busyWorld();
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
    worlds.push(killed.world);
  }
  expect(await settled(worlds)).toEqual(worlds.map(() => everything));
}, 300_000);

test('killed before or after any transaction, it loses nothing and doubles nothing', async () => {
  let transactions = 0;
  const undisturbed = await busyWorld();
  const counting = watchedInstallation(hub.installation, (moment) => {
    if (moment === 'before') transactions += 1;
    return undefined;
  });
  await start(counting, undisturbed, new AbortController().signal);
  expect(transactions).toBeGreaterThan(6);
  await goOn(undisturbed);
  const worlds = [undisturbed.world];
  for (let at = 1; at <= transactions; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const killed = await busyWorld();
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
      await goOn(killed);
      worlds.push(killed.world);
    }
  }
  expect(await settled(worlds)).toEqual(worlds.map(() => everything));
}, 300_000);
