import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  claimStore,
  type EmbeddedEngine,
  embeddedRegionalStore,
  ForeignStore,
  migrateRegional,
  openEmbeddedEngine,
  type RegionalStore,
  requireOwnStore,
} from './index.ts';

let folder: string;
let engine: EmbeddedEngine;
let eu: RegionalStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-own-'));
  engine = await openEmbeddedEngine(join(folder, 'engine'));
  eu = embeddedRegionalStore(engine, 'eu');
});

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

test('a store belongs to the installation and the region that claimed it first, and tells others so', async () => {
  const [ours, theirs] = [randomUUID(), randomUUID()];
  await requireOwnStore(eu, async () => undefined); // nothing there yet
  await migrateRegional(eu);
  await requireOwnStore(eu, async () => ours); // of an earlier release: nobody’s yet
  await claimStore(eu, ours);
  await claimStore(eu, ours);
  await requireOwnStore(eu, async () => ours);
  expect(await eu.ask('SELECT count() AS n FROM @region.installation')).toEqual([{ n: 1 }]);

  for (const other of [theirs, undefined])
    await expect(requireOwnStore(eu, async () => other)).rejects.toThrow(ForeignStore);
  await expect(claimStore(eu, theirs)).rejects.toThrow(`belongs to another Partner Hub (installation ${ours})`);
  const onServer: RegionalStore = { ...eu, region: 'us', isEmbedded: false };
  await expect(requireOwnStore(onServer, async () => ours)).rejects.toThrow(
    'The database hub_eu on its server, asked to be the store of region us, belongs to the region eu: nothing was changed in it. Name a database of its own in HUB_REGION_US_URL.',
  );
  await expect(requireOwnStore({ ...eu, isEmbedded: false }, async () => theirs)).rejects.toThrow(
    'run TRUNCATE TABLE hub_eu.installation there.',
  );
  await eu.run('TRUNCATE TABLE @region.installation');
  await claimStore(eu, theirs);
  await requireOwnStore(eu, async () => theirs);
});
