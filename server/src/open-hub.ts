import { setTimeout as sleep } from 'node:timers/promises';
import type { RegionCode } from '@hub/contract/regions';
import type { Installation } from './features/access/index.ts';
import { type ImportRunner, startImportRunner } from './features/imports/index.ts';
import { frozenClock, systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { connectDirectory } from './platform/directory/directory.ts';
import { migrateDirectory } from './platform/directory/migrate.ts';
import type { Log } from './platform/log.ts';
import { migrateRegional } from './platform/regional-store/index.ts';
import { refuseUnfinishedRestore } from './features/backup/index.ts';
import { type Measure, openStores, type Stores } from './open-stores.ts';

/** The whole product without its web server: what main.ts serves and what a command works with. */
export interface Hub {
  config: Config;
  stores: Stores;
  installation: Installation;
  /** The migrations that this opening ran. */
  migrated: { directory: string[]; regional: { region: RegionCode; names: string[] }[] };
  /** Where the page is served, once it is. */
  address: string | undefined;
  /** Absent where the opener asked for no imports to run. */
  runner: ImportRunner | undefined;
  /** Stops the runner between two steps, then the stores. */
  close(): Promise<void>;
}

export interface OpenOptions {
  log: Log;
  /** Commands that only read leave waiting imports alone. */
  runsImports: boolean;
}

/** Opens the stores of the data folder, brings both to the newest schema, and resumes what was interrupted. Wired by hand. */
export async function openHub(config: Config, { log, runsImports }: OpenOptions): Promise<Hub> {
  await refuseUnfinishedRestore(config.dataDir);
  const measure = measureTo(log);
  const stores = await openStores(config, log, measure);
  try {
    const [directoryNames, regionalNames] = await Promise.all([
      measure('migrate directory', () => migrateDirectory(stores.owner, stores.application.password)),
      measure('migrate regions', () => migrateRegions(stores)),
    ]);
    const directory = connectDirectory({ ...stores.application });
    const installation: Installation = {
      clock: config.now === undefined ? systemClock : frozenClock(config.now),
      log,
      directory,
      stores: stores.regional,
      dataDir: stores.dataDir,
    };
    const runner = runsImports ? await measure('resume imports', () => startImportRunner(installation)) : undefined;
    return {
      config,
      stores,
      installation,
      migrated: { directory: directoryNames, regional: regionalNames },
      address: undefined,
      runner,
      async close() {
        if (runner !== undefined) await within(runnerPatienceMilliseconds, runner.stop());
        // From here on nothing is recorded: an import that was not waited for begins anew at the next start.
        await within(directoryPatienceMilliseconds, directory.destroy());
        await stores.close();
      },
    };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

// Together with the engines' own patience this stays below the 10 s after which services are killed.
const runnerPatienceMilliseconds = 4000;
const directoryPatienceMilliseconds = 1000;

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const patience = new AbortController();
  await Promise.race([work, sleep(milliseconds, undefined, { signal: patience.signal }).catch(() => undefined)]);
  patience.abort();
}

async function migrateRegions(stores: Stores): Promise<Hub['migrated']['regional']> {
  const ran = [];
  for (const [region, store] of stores.regional) ran.push({ region, names: await migrateRegional(store) });
  return ran;
}

export function measureTo(log: Log): Measure {
  return async (phase, work) => {
    const start = performance.now();
    const result = await work();
    log.debug({ phase, milliseconds: Math.round(performance.now() - start) }, 'opened');
    return result;
  };
}
