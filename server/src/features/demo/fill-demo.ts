import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DemoScenario, writeCallHistoryCsv, writeLicenseSnapshotsCsv } from '../../demo-data/index.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { spoolFile } from '../imports/index.ts';
import { listDemoFiles, lockDemoState, setDemoState } from './demo-queries.ts';
import {
  addDays,
  demoDays,
  type DemoFile,
  demoFileName,
  type DemoKind,
  missingDemoFiles,
  missingLicenseFiles,
} from './demo-rules.ts';

const lookMilliseconds = 500;

export interface FillOptions {
  signal: AbortSignal;
  wakeImports: () => void;
}

/**
 * Generates the days that no import has brought yet, of calls and of licenses, from nine weeks before the demo was made up to yesterday, and
 * queues them through the same path as every other file. Interrupted anywhere, the next call goes on; a day that comes twice changes nothing.
 */
export async function fillDemo(ctx: Ctx, scenario: DemoScenario, { signal, wakeImports }: FillOptions): Promise<void> {
  requirePermission(ctx, 'imports.write');
  const folder = join(ctx.dataDir, 'demo');
  await rm(folder, { recursive: true, force: true });
  const files = await inTenant(ctx, listDemoFiles);
  const wanted = { from: addDays(scenario.madeOn, -demoDays), to: addDays(ctx.clock.today(), -1) };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const regions = [...ctx.stores.keys()];
  const names = files.map(({ fileName }) => fileName);
  const queue = async (file: DemoFile, kind: DemoKind, write: (path: string) => Promise<unknown>): Promise<void> => {
    if (signal.aborted) return;
    const path = join(folder, demoFileName(file, kind));
    await write(path);
    if (signal.aborted) return;
    await spoolFile(ctx, { region: file.region, path, source: 'demo' });
    await rm(path);
    wakeImports();
  };
  const queueCalls = async (some: readonly DemoFile[]): Promise<void> => {
    for (const file of some) await queue(file, 'calls', (path) => writeCallHistoryCsv(path, scenario, file));
  };
  // What a page opens with comes first, a file of each region.
  const calls = missingDemoFiles(wanted, regions, names);
  await queueCalls(calls.slice(0, regions.length));
  for (const file of missingLicenseFiles(wanted, regions, names))
    await queue(file, 'licenses', (path) => writeLicenseSnapshotsCsv(path, scenario, file));
  await queueCalls(calls.slice(regions.length));
  await rm(folder, { recursive: true, force: true });
}

/** Waits until everything queued for the demo has ended, and notes that it is there. */
export async function finishLoading(ctx: Ctx, signal: AbortSignal): Promise<void> {
  requirePermission(ctx, 'imports.write');
  while (!signal.aborted) {
    const files = await inTenant(ctx, listDemoFiles);
    if (files.every(({ isOpen }) => !isOpen)) break;
    await sleep(lookMilliseconds, undefined, { signal }).catch(() => undefined);
  }
  if (signal.aborted) return;
  const { partnerId } = ctx.actor;
  await inTenant(ctx, async (tx) => {
    if ((await lockDemoState(tx, partnerId)) !== 'loading') return;
    await setDemoState(tx, partnerId, 'loaded');
    await audit(tx, ctx, { action: 'demo.loaded', target: { kind: 'partner', id: partnerId } });
  });
}
