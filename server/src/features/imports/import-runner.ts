import type { PartnerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { newTrackingId } from '../../platform/http/index.ts';
import { type Ctx, type Installation, inTenant, regionalScope } from '../access/index.ts';
import { customerNames } from '../customers/index.ts';
import { findHeldAmong, holdsAnything } from './held-queries.ts';
import {
  findNextTask,
  findPartnerIds,
  findSpoolNames,
  findSupersededDue,
  findUnfinished,
  type ImportRow,
  type ImportTask,
  setImportState,
  setSupersededGone,
} from './import-queries.ts';
import { requestRelease } from './request-release.ts';
import { runImport } from './run-import.ts';
import { sweepSpool } from './spool.ts';
import { deleteSuperseded, dropTable, eraseBatch, findOrphanedStaging, stagingOf } from './staging-queries.ts';

/** How often a region looks for work that nobody told it of. */
const pollMilliseconds = 300;
/** Longer than any question runs (30 s) and waits for its turn: whoever asked before the commit has its answer by then. */
const supersededGraceSeconds = 300;
const cleaningMilliseconds = 10_000; // it asks for every partner, so not with every look for work
const retryMilliseconds = 5000; // after a fault of the directory or the store itself
const asideMilliseconds = 60_000; // a task that stumbles lets the others pass for so long

export interface ImportRunner {
  /** Looks for work at once. */
  wake(): void;
  /** Waits until no import runs and holds new ones back until the returned function is called. */
  pause(): Promise<() => void>;
  /** Stops after the current step; what was not finished begins anew at the next start. */
  stop(): Promise<void>;
}

/** Works through the queued imports, each region one after another, the regions beside each other. */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- the hub itself, for no person; runImport audits what an import changes
export async function startImportRunner(installation: Installation): Promise<ImportRunner> {
  await recover(installation);
  let isStopping = false;
  let holds = 0;
  let alarm = Promise.withResolvers<void>();
  const busy = new Set<Promise<void>>();
  const cleaned = new Map<RegionCode, number>();
  const released = new Set<RegionCode>(); // after a stop, once

  const stumbled = new Map<string, number>();
  const aside = (): string[] => [...stumbled].filter(([, until]) => until > performance.now()).map(([id]) => id);
  const stepAside = (task: ImportTask, error: unknown): never => {
    stumbled.set(task.import_id, performance.now() + asideMilliseconds);
    throw error;
  };

  const wake = (): void => {
    alarm.resolve();
    alarm = Promise.withResolvers<void>();
  };

  async function step(region: RegionCode): Promise<boolean> {
    if (!released.has(region)) {
      await releaseLeftovers(installation, region);
      released.add(region);
    }
    const task = await findNextTask(installation.directory, region, aside());
    if (task) await runTask(installation, task).catch((error: unknown) => stepAside(task, error));
    else if (performance.now() - (cleaned.get(region) ?? -Infinity) > cleaningMilliseconds) {
      await cleanSuperseded(installation, region);
      cleaned.set(region, performance.now());
    }
    return task !== undefined;
  }

  async function loop(region: RegionCode): Promise<void> {
    while (!isStopping) {
      let wait = pollMilliseconds;
      if (holds === 0) {
        const work = step(region);
        const settled = work.then(
          () => undefined,
          () => undefined,
        );
        busy.add(settled);
        try {
          if (await work) wait = 0;
        } catch (error) {
          installation.log.error({ err: error, region }, 'the import queue of a region stumbled');
          wait = retryMilliseconds;
        } finally {
          busy.delete(settled);
        }
      }
      if (wait > 0 && !isStopping) await sleepUntil(wait, alarm.promise);
    }
  }

  const loops = [...installation.stores.keys()].map(loop);
  return {
    wake,
    async pause() {
      holds++;
      await Promise.all(busy);
      let isHeld = true;
      return () => {
        if (isHeld) holds--;
        isHeld = false;
        wake();
      };
    },
    async stop() {
      isStopping = true;
      wake();
      await Promise.all(loops);
    },
  };
}

async function sleepUntil(milliseconds: number, alarm: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([timeout, alarm]);
  clearTimeout(timer);
}

const systemCtx = (installation: Installation, partnerId: string): Ctx => ({
  ...installation,
  actor: { kind: 'system', partnerId: partnerId as PartnerId },
  trackingId: newTrackingId(),
});

async function runTask(installation: Installation, task: ImportTask): Promise<void> {
  const ctx = systemCtx(installation, task.partner_id);
  await runImport(ctx, task.import_id);
}

/** Older versions that committed batches replaced: deleted once nobody can still be reading around them. */
async function cleanSuperseded(installation: Installation, region: RegionCode): Promise<void> {
  const store = installation.stores.get(region);
  if (!store) return;
  for (const partnerId of await findPartnerIds(installation.directory)) {
    const ctx = systemCtx(installation, partnerId);
    const due = await inTenant(ctx, (tx) => findSupersededDue(tx, region, supersededGraceSeconds));
    for (const row of due) {
      await deleteSuperseded(stagingOf(store, row.partner_id, row.number));
      await inTenant(ctx, (tx) => setSupersededGone(tx, row.id));
    }
  }
}

/** After a stop of any kind: what ran is queued again, what nobody knows of is swept, what may enter enters. */
async function recover(installation: Installation): Promise<void> {
  const kept = new Map<RegionCode, Set<string>>([...installation.stores.keys()].map((region) => [region, new Set()]));
  for (const partnerId of await findPartnerIds(installation.directory)) {
    const ctx = systemCtx(installation, partnerId);
    for (const row of await inTenant(ctx, (tx) => findUnfinished(tx))) {
      if (row.state === 'running') {
        // Before it may be canceled again: what it had published must not count for a moment.
        await requeue(ctx, row);
      }
    }
    for (const { region, spool_name } of await inTenant(ctx, (tx) => findSpoolNames(tx)))
      kept.get(region as RegionCode)?.add(spool_name);
  }
  for (const [region, store] of installation.stores) {
    await sweepSpool(installation.dataDir, region, kept.get(region) ?? new Set());
    for (const table of await findOrphanedStaging(store)) await dropTable(store, table);
  }
}

/** A store that fails leaves the batch running: it can then not be canceled, and its task erases it before anything else. */
async function requeue(ctx: Ctx, row: ImportRow): Promise<void> {
  try {
    const store = ctx.stores.get(row.region as RegionCode);
    if (store) await eraseBatch(stagingOf(store, row.partner_id, row.number));
    await inTenant(ctx, (tx) =>
      setImportState(tx, row.id, ['running'], { state: 'queued', stage: null, rows_done: 0, bytes_done: 0 }),
    );
  } catch (error) {
    ctx.log.error(
      { err: error, importId: row.id, region: row.region },
      'an interrupted import could not be erased yet',
    );
  }
}

/** Held rows whose organization has a customer by now: a stop between the commit of a link and its release. */
async function releaseLeftovers(installation: Installation, region: RegionCode): Promise<void> {
  for (const partnerId of await findPartnerIds(installation.directory)) {
    const ctx = systemCtx(installation, partnerId);
    const { store, scope } = regionalScope(ctx, region);
    if (!(await holdsAnything(store, scope))) continue;
    // The partner's customers are a bounded list; the organizations of uploaded rows are not.
    const linked = await inTenant(ctx, (tx) => customerNames(tx, region));
    const orgUuids = linked.flatMap((customer) => customer.orgUuid ?? []);
    for (const orgUuid of await findHeldAmong(store, scope, orgUuids))
      await inTenant(ctx, (tx) => requestRelease(tx, ctx, { region, orgUuid }));
  }
}
