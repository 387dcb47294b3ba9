import { createCustomer } from '@hub/contract/customers';
import type { OrgUuid } from '@hub/contract/ids';
import { afterAll, expect, test } from 'vitest';
import { madeUuid } from '../../testing/leg-record.ts';
import type { Installation } from '../access/index.ts';
import { hour, minute, type Pulling, pulling, quick } from './test-support.ts';
import { runPull } from './run-pull.ts';

const opened: Pulling[] = [];
afterAll(async () => {
  for (const each of opened) await each.close();
});

async function busyWorld(): Promise<Pulling> {
  const world = await pulling();
  opened.push(world);
  for (const name of ['Acme', 'Beta', 'Gamma']) {
    const orgUuid = madeUuid() as OrgUuid;
    world.mock.organizations.push({ orgUuid, name });
    await world.partner.admin.call(createCustomer, { body: { name, country: 'US', orgUuid } });
    for (const ago of [1, 3, 8, 30]) world.call(orgUuid, { began: ago * hour, inserted: ago * hour });
  }
  world.mock.pageRecords = 1;
  return world;
}

const settle = async (world: Pulling, connector: Awaited<ReturnType<Pulling['make']>>): Promise<unknown> => {
  for (let runs = 0; runs < 5; runs += 1) {
    await world.pull(connector);
    world.hub.clock.advance(minute);
  }
  const batches = await world.imported();
  expect(batches.filter(({ state }) => state !== 'committed')).toEqual([]);
  return world.counted('us');
};

/** As if the process had ended: whatever it would do next never happens, and nothing of its own clears up. */
const forever = (): Promise<never> => new Promise<never>(() => undefined);

test('killed at any request, it loses nothing and doubles nothing', async () => {
  const undisturbed = await busyWorld();
  const connector = await undisturbed.make({ backDays: 2 });
  await undisturbed.pull(connector);
  const all = undisturbed.mock.requests.length;
  expect(await settle(undisturbed, connector)).toEqual({ legs: 12, held: 0 });

  for (const at of [0, 1, Math.floor(all / 3), Math.floor(all / 2), all - 1]) {
    const world = await busyWorld();
    const killed = await world.make({ backDays: 2 });
    let seen = 0;
    const reached = Promise.withResolvers<void>();
    // It is asked and never answers: whoever asked waits for ever, as the dead do.
    world.mock.keepsWaiting = () => {
      seen += 1;
      if (seen !== at + 1) return false;
      reached.resolve();
      return true;
    };
    void runPull(
      world.hub.installation,
      { connectorId: killed.id, partnerId: world.partner.partnerId },
      {
        signal: new AbortController().signal,
        patience: { ...quick, idleMilliseconds: 600_000, totalMilliseconds: 600_000 },
      },
    ).catch(() => undefined);
    await reached.promise;
    world.mock.keepsWaiting = () => false;
    expect(await settle(world, killed)).toEqual({ legs: 12, held: 0 });
  }
});

test('killed before or after any transaction, it loses nothing and doubles nothing', async () => {
  const counting = await busyWorld();
  let transactions = 0;
  const counted = watched(counting.hub.installation, () => {
    transactions += 1;
    return undefined;
  });
  const first = await counting.make({ backDays: 2 });
  await runPull(counted, { connectorId: first.id, partnerId: counting.partner.partnerId }, options());
  expect(transactions).toBeGreaterThan(8);
  expect(await settle(counting, first)).toEqual({ legs: 12, held: 0 });

  for (let at = 1; at <= transactions; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const world = await busyWorld();
      const killed = await world.make({ backDays: 2 });
      const reached = Promise.withResolvers<void>();
      let seen = 0;
      const dying = watched(world.hub.installation, (moment) => {
        if (moment === 'before') seen += 1;
        if (seen !== at || moment !== when) return undefined;
        reached.resolve();
        return forever();
      });
      void runPull(dying, { connectorId: killed.id, partnerId: world.partner.partnerId }, options()).catch(
        () => undefined,
      );
      await reached.promise;
      expect([at, when, await settle(world, killed)]).toEqual([at, when, { legs: 12, held: 0 }]);
    }
  }
}, 600_000);

const options = () => ({ signal: new AbortController().signal, patience: quick });

/** An installation that tells of each transaction of the directory, and may be kept from it or from what follows. */
function watched(
  installation: Installation,
  onTransaction: (moment: 'before' | 'after') => Promise<never> | undefined,
): Installation {
  const directory = new Proxy(installation.directory, {
    get(target, name, receiver) {
      if (name !== 'transaction') return Reflect.get(target, name, receiver) as unknown;
      return () => {
        const builder = target.transaction();
        return {
          async execute(work: Parameters<typeof builder.execute>[0]) {
            await onTransaction('before');
            const result = await builder.execute(work);
            await onTransaction('after');
            return result;
          },
        };
      };
    },
  });
  return { ...installation, directory };
}
