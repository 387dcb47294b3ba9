import { expect, test } from 'vitest';
import { testHub } from '../testing/test-hub.ts';
import type { Hub } from '../open-hub.ts';
import { actingFor } from './acting-for.ts';
import type { CommandContext } from './command.ts';

test('the only partner needs no name; of several one must be named, and the choices are listed', async () => {
  const hub = await testHub({ isAlone: true });
  const silent = { line: () => undefined, progress: () => undefined, data: async () => undefined };
  // Only the installation is looked at.
  const opened = { installation: hub.installation } as Hub;
  const context: CommandContext = { hub: opened, tell: silent, signal: new AbortController().signal, trackingId: 't' };
  await expect(actingFor(context, undefined)).rejects.toThrow('There is no partner yet');

  const first = await hub.partner({ name: 'Alder' });
  expect((await actingFor(context, undefined)).actor).toEqual({ kind: 'operator', partnerId: first.partnerId });
  const second = await hub.partner({ name: 'Birch' });
  await expect(actingFor(context, undefined)).rejects.toMatchObject({
    isUsage: true,
    message: expect.stringContaining('"Alder", "Birch"') as unknown,
  });
  expect((await actingFor(context, 'birch')).actor.partnerId).toBe(second.partnerId);
  await expect(actingFor(context, 'Cedar')).rejects.toThrow(
    'There is no partner "Cedar"; the choices are: "Alder", "Birch".',
  );

  const twin = await hub.partner({ name: 'Birch' });
  await expect(actingFor(context, 'Birch')).rejects.toThrow(twin.partnerId);
  expect((await actingFor(context, twin.partnerId)).actor.partnerId).toBe(twin.partnerId);
});
