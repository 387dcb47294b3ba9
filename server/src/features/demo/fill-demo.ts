import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoReports, type DemoScenario, writeReports } from '../../demo-data/index.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { spoolFile } from '../imports/index.ts';
import { listDemoFiles, lockDemoState, setDemoState } from './demo-queries.ts';
import { addDays, demoFileName, missingDemoFiles } from './demo-rules.ts';

const lookMilliseconds = 500;

export interface FillOptions {
  signal: AbortSignal;
  wakeImports: () => void;
}

/**
 * Generates the days that no import has brought yet, from eleven complete weeks before the demo was made up to yesterday, and queues them
 * through the same path as every other file. Interrupted anywhere, the next call goes on; a day that comes twice changes nothing.
 */
export async function fillDemo(ctx: Ctx, scenario: DemoScenario, { signal, wakeImports }: FillOptions): Promise<void> {
  requirePermission(ctx, 'imports.write');
  const folder = join(ctx.dataDir, 'demo');
  await rm(folder, { recursive: true, force: true });
  const files = await inTenant(ctx, listDemoFiles);
  const wanted = { madeOn: scenario.madeOn, to: addDays(ctx.clock.today(), -1) };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const pass of missingDemoFiles(
    wanted,
    demoReports,
    [...ctx.stores.keys()],
    files.map(({ fileName }) => fileName),
  )) {
    if (signal.aborted) return;
    const targets = pass.reports.map((report) => ({
      path: join(folder, demoFileName({ ...pass, report })),
      report: report.report,
    }));
    const written = await writeReports(scenario, pass, targets);
    for (const [place, { path }] of targets.entries()) {
      if (signal.aborted) return;
      // Statistics of days without a call have no row, and the next start asks for them again with what is new then.
      if ((written[place]?.rows ?? 0) > 0) await spoolFile(ctx, { region: pass.region, path, source: 'demo' });
      await rm(path);
      wakeImports();
    }
  }
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
