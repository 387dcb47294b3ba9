import type { PartnerId } from '@hub/contract/ids';
import { RegionCode } from '@hub/contract/regions';
import { importsLock, type Lease, queueLock, withLease } from '../../platform/directory/advisory-lock.ts';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import { newTrackingId } from '../../platform/http/index.ts';
import { type RegionalStore, StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, type Installation, inTenant, regionalScope } from '../access/index.ts';
import { customerNames } from '../customers/index.ts';
import { cleanStore } from './clean-store.ts';
import { findHeldAmong, holdsAnything } from './held-queries.ts';
import {
  clearWaitsForFault,
  findPartnerIds,
  findSpoolNames,
  findUnfinished,
  type ImportRow,
  setOwnState,
  setWaitsForFault,
  supersedeAttempt,
} from './import-queries.ts';
import { findEntitledHeld } from './release-queries.ts';
import { findNextTask, type ImportTask } from './task-queries.ts';
import { requestRelease } from './request-release.ts';
import { runImport } from './run-import.ts';
import { sweepSpool } from './spool.ts';
import { dropTable, eraseBatch, findOrphanedStaging, type Workplace } from './staging-queries.ts';
import { sweepUploads } from './sweep-uploads.ts';
import { findUploadFiles } from './upload-queries.ts';

/** How often a region looks for work that nobody told it of. */
const pollMilliseconds = 300;
const cleaningMilliseconds = 10_000; // it asks for every partner, so not with every look for work
const choresMilliseconds = 1000; // how often what else is done between imports is looked at
const elsewhereMilliseconds = 1000; // while another process has the queue, or the store is away
const retryMilliseconds = 5000; // after a fault of the directory or the store itself
const readOnlyMilliseconds = 10_000; // until a store that took no writes is asked again
const asideMilliseconds = 60_000; // a task that stumbles lets the others pass for so long
const leftoverMilliseconds = 24 * 3_600_000; // longer than any upload takes
// A store that answers every look and breaks off every time under the same file will not do better with it.
const triesUnderBrokenConnection = 5;

export interface ImportRunner {
  /** Looks for work at once. */
  wake(): void;
  /** Waits until no import runs and holds new ones back until the returned function is called. */
  pause(): Promise<() => void>;
  /** Stops after the current step; what was not finished begins anew at the next start. */
  stop(): Promise<void>;
}

/** What is done in a region between two imports, by whoever holds its queue; it looks by itself whether anything is due. */
export type Chore = (region: RegionCode, isOver: () => boolean) => Promise<void>;

export interface RunnerOptions {
  chores?: readonly Chore[];
  /** No other process works on this installation: what lies in the spool and nobody knows of is a leftover. */
  isAlone?: boolean;
}

/**
 * Works through the queued imports, each region one after another, the regions beside each other. Of several processes one holds a region's
 * queue; where that one ends, however it ends, another takes the queue over and what ran begins anew.
 */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- the hub itself, for no person; runImport audits what an import changes
export async function startImportRunner(
  installation: Installation,
  { isAlone = true, chores = [] }: RunnerOptions = {},
): Promise<ImportRunner> {
  let isStopping = false;
  let isStarted = false;
  let holds = 0;
  let alarm = Promise.withResolvers<void>();
  const busy = new Set<Promise<void>>();
  const cleaned = new Map<RegionCode, number>();
  const choresDone = new Map<RegionCode, number>();
  const broken = new Map<string, number>(); // how often the store went away under an import

  const stumbled = new Map<string, number>();
  const aside = (): string[] => [...stumbled].filter(([, until]) => until > performance.now()).map(([id]) => id);
  const stepAside = (task: ImportTask, error: unknown): never => {
    if (!isAway(error)) stumbled.set(task.import_id, performance.now() + asideMilliseconds);
    throw error;
  };

  const wake = (): void => {
    alarm.resolve();
    alarm = Promise.withResolvers<void>();
  };
  const rest = (milliseconds: number): Promise<void> =>
    isStopping ? Promise.resolve() : sleepUntil(milliseconds, alarm.promise);

  async function run(task: ImportTask): Promise<void> {
    const tries = (broken.get(task.import_id) ?? 0) + 1;
    const outcome = await runImport(systemCtx(installation, task.partner_id), task.import_id, {
      mayWait: tries < triesUnderBrokenConnection,
    });
    if (outcome === 'ended') return void broken.delete(task.import_id);
    // Others are tried meanwhile, so that each partner is told that its imports wait.
    if (outcome === 'read_only') return void stumbled.set(task.import_id, performance.now() + readOnlyMilliseconds);
    await rest(retryMilliseconds);
    // A store that is away by now is no fault of this file.
    if (installation.stores.get(task.region)?.isAvailable()) broken.set(task.import_id, tries);
  }

  /** Before the next import, so that a queue that is never empty holds none of them up. */
  async function doChores(region: RegionCode, isOver: () => boolean): Promise<void> {
    if (performance.now() - (choresDone.get(region) ?? -Infinity) < choresMilliseconds) return;
    for (const chore of chores) {
      if (isOver()) return;
      await chore(region, isOver);
    }
    choresDone.set(region, performance.now());
  }

  async function step(region: RegionCode, isOver: () => boolean): Promise<boolean> {
    await doChores(region, isOver);
    if (isOver()) return false;
    const task = await findNextTask(installation.directory, region, aside());
    if (task) await run(task).catch((error: unknown) => stepAside(task, error));
    else if (performance.now() - (cleaned.get(region) ?? -Infinity) > cleaningMilliseconds) {
      for (const partnerId of await findPartnerIds(installation.directory)) {
        await cleanStore(systemCtx(installation, partnerId), region);
        await sweepUploads(systemCtx(installation, partnerId), region);
      }
      cleaned.set(region, performance.now());
    }
    return task !== undefined;
  }

  /** Until the queue is somebody else's, the store is away, or this process ends. */
  async function workThrough(region: RegionCode, lease: Lease, onReady: () => void): Promise<void> {
    const { stores } = installation;
    // Files of uploads that are just coming in look like leftovers, for so long as others may be taking uploads.
    await recover(installation, region, { sweepOlderThan: isAlone && !isStarted ? 0 : leftoverMilliseconds });
    onReady();
    await releaseLeftovers(installation, region);
    let isProven = false; // that the queue goes on again, should it have stumbled before
    while (!isStopping && !lease.isLost() && stores.get(region)?.isAvailable()) {
      let wait = pollMilliseconds;
      if (holds === 0) {
        const work = lease.sharing(importsLock, () => step(region, () => isStopping || lease.isLost()));
        const settled = work.then(
          () => undefined,
          () => undefined,
        );
        busy.add(settled);
        try {
          if (await work) wait = 0;
          if (!isProven) await tellGoesOn(installation, region, aside());
          isProven = true;
        } finally {
          busy.delete(settled);
        }
      }
      if (wait > 0) await rest(wait);
    }
  }

  async function loop(region: RegionCode, onReady: () => void): Promise<void> {
    while (!isStopping) {
      let wait = elsewhereMilliseconds;
      try {
        if (installation.stores.get(region)?.isAvailable())
          await withLease(installation.directory, queueLock(RegionCode.options.indexOf(region)), (lease) =>
            workThrough(region, lease, onReady),
          );
      } catch (error) {
        // A region that is away is told of once, where it went away.
        // What an ending process breaks off begins anew at the next start.
        if (!isAway(error) && !isStopping) {
          installation.log.error({ err: error, region }, 'the import queue of a region stumbled');
          await tellStumbles(installation, region);
        }
        wait = retryMilliseconds;
      }
      onReady();
      await rest(wait);
    }
  }

  const ready: Promise<void>[] = [];
  const loops = [...installation.stores.keys()].map((region) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    ready.push(promise);
    return loop(region, resolve);
  });
  await Promise.all(ready);
  if (isAlone) await requeueUnserved(installation);
  isStarted = true;
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

/** The store or the directory did not answer: no fault of the import in hand. */
const isAway = (error: unknown): boolean =>
  isDirectoryAway(error) || (error instanceof StoreFault && error.kind === 'unavailable');

async function tellStumbles(installation: Installation, region: RegionCode): Promise<void> {
  try {
    for (const partnerId of await findPartnerIds(installation.directory))
      await inTenant(systemCtx(installation, partnerId), (tx) => setWaitsForFault(tx, region));
  } catch (error) {
    installation.log.warn({ err: error, region }, 'that imports wait for a fault to be mended was not written');
  }
}

async function tellGoesOn(installation: Installation, region: RegionCode, except: readonly string[]): Promise<void> {
  for (const partnerId of await findPartnerIds(installation.directory))
    await inTenant(systemCtx(installation, partnerId), (tx) => clearWaitsForFault(tx, region, except));
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

const workplaceOf = (store: RegionalStore, row: ImportRow): Workplace => ({
  store,
  partnerId: row.partner_id,
  batch: row.number,
  attempt: row.attempt,
});

/** After a stop of any kind, or of whoever had the queue before: what ran is queued again, what nobody knows of is swept. */
async function recover(
  installation: Installation,
  region: RegionCode,
  { sweepOlderThan }: { sweepOlderThan: number },
): Promise<void> {
  const kept = new Set<string>();
  for (const partnerId of await findPartnerIds(installation.directory)) {
    const ctx = systemCtx(installation, partnerId);
    for (const row of await inTenant(ctx, (tx) => findUnfinished(tx))) {
      if (row.region === region && row.state === 'running') {
        // Before it may be canceled again: what it had published must not count for a moment.
        await requeue(ctx, row);
      }
    }
    for (const entry of await inTenant(ctx, (tx) => findSpoolNames(tx)))
      if (entry.region === region) kept.add(entry.spool_name);
    for (const name of await inTenant(ctx, (tx) => findUploadFiles(tx, region))) kept.add(name);
  }
  await sweepSpool(installation.dataDir, region, kept, sweepOlderThan);
  const store = installation.stores.get(region);
  if (store) for (const table of await findOrphanedStaging(store)) await dropTable(store, table);
}

/** What ran in a region that is no longer served waits with its file; who serves the region again erases it first. */
async function requeueUnserved(installation: Installation): Promise<void> {
  for (const partnerId of await findPartnerIds(installation.directory)) {
    const ctx = systemCtx(installation, partnerId);
    for (const row of await inTenant(ctx, (tx) => findUnfinished(tx)))
      if (row.state === 'running' && !ctx.stores.has(row.region as RegionCode)) await requeue(ctx, row);
  }
}

/**
 * First of all whoever ran it, and may still be at work, has no word in it any more; only then its tables go. A store that fails leaves the
 * batch running: it can then not be canceled, and its task erases it before anything else.
 */
async function requeue(ctx: Ctx, row: ImportRow): Promise<void> {
  try {
    const attempt = await inTenant(ctx, (tx) => supersedeAttempt(tx, row.id));
    if (attempt === undefined) return;
    const store = ctx.stores.get(row.region as RegionCode);
    if (store) await eraseBatch({ ...workplaceOf(store, row), attempt });
    await inTenant(ctx, (tx) =>
      setOwnState(tx, { id: row.id, attempt }, { state: 'queued', stage: null, rows_done: 0, bytes_done: 0 }),
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
    const { store, scope } = await regionalScope(ctx, region);
    if (!(await holdsAnything(store, scope))) continue;
    // The partner's customers are a bounded list; the organizations of uploaded rows are not.
    const linked = await inTenant(ctx, (tx) => customerNames(tx, region));
    const orgUuids = linked.flatMap((customer) => customer.orgUuid ?? []);
    const held = await findHeldAmong(store, scope, orgUuids);
    // What waits because its uploader does not have the customer assigned goes on waiting.
    for (const orgUuid of await inTenant(ctx, (tx) => findEntitledHeld(tx, region, held)))
      await inTenant(ctx, (tx) => requestRelease(tx, ctx, { region, orgUuid }));
  }
}
