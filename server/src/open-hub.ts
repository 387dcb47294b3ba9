import { setTimeout as sleep } from 'node:timers/promises';
import type { RegionCode } from '@hub/contract/regions';
import type { Installation } from './features/access/index.ts';
import { startBulkRunner } from './features/bulk-jobs/index.ts';
import { startConnectorRunner } from './features/connectors/index.ts';
import { buildsRollups, type ImportRunner, startImportRunner } from './features/imports/index.ts';
import { runsDeletions } from './features/deletions/index.ts';
import { keepsRetention } from './features/retention/index.ts';
import { watchesAnomalies } from './features/calling-anomalies/index.ts';
import { startStatusRunner } from './features/statuses/index.ts';
import {
  bringsOwnSnapshots,
  keepsSubscriptionHistory,
  keepsSubscriptionsReady,
} from './features/subscription-analytics/index.ts';
import { frozenClock, systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { regionalTablesLock, underLock } from './platform/directory/advisory-lock.ts';
import { connectDirectory } from './platform/directory/directory.ts';
import type { OwnerConnection } from './platform/directory/ensure-database.ts';
import { ensureInstallationId } from './platform/directory/installation-id.ts';
import { migrateDirectory } from './platform/directory/migrate.ts';
import type { Log } from './platform/log.ts';
import { openMail } from './platform/mail/index.ts';
import { claimStore, migrateRegional, type RegionalStore } from './platform/regional-store/index.ts';
import { openVault } from './platform/vault/index.ts';
import { refuseUnfinishedRestore } from './features/backup/index.ts';
import { claimFiles, requireSharedFiles } from './files-folder.ts';
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
  /** Stops what runs between two steps, then the stores. */
  close(): Promise<void>;
}

export interface OpenOptions {
  log: Log;
  /** Commands that only read leave waiting imports alone. */
  runsImports: boolean;
  /** Whether connectors fetch; a command that takes a moment does not begin to. */
  runsConnectors?: boolean;
}

/** Opens the stores of the data folder, brings both to the newest schema, and resumes what was interrupted. Wired by hand. */
export async function openHub(config: Config, { log, runsImports, runsConnectors = false }: OpenOptions): Promise<Hub> {
  for (const folder of [config.dataDir, config.filesDir])
    if (folder !== undefined) await refuseUnfinishedRestore(folder);
  const measure = measureTo(log);
  const regional: Hub['migrated']['regional'] = [];
  const prepare = async (store: RegionalStore, owner: OwnerConnection): Promise<void> => {
    // One process after another: the engine has no transactions around definitions.
    const names = await underLock(owner, regionalTablesLock, async () => {
      const ran = await migrateRegional(store);
      await claimStore(store, await ensureInstallationId(owner));
      return ran;
    });
    regional.push({ region: store.region, names });
  };
  const stores = await openStores(config, log, measure, { prepare });
  try {
    const embedded = [...stores.regional.values()].filter((store) => store.isEmbedded);
    const [directoryNames] = await Promise.all([
      measure('migrate directory', () => migrateDirectory(stores.owner, stores.application.password)),
      measure('migrate regions', async () => {
        for (const store of embedded) await prepare(store, stores.owner);
      }),
    ]);
    if (config.filesDir !== undefined) {
      const id = await underLock(stores.owner, regionalTablesLock, () => ensureInstallationId(stores.owner));
      await claimFiles(stores.filesDir, id);
      if (stores.isShared) await requireSharedFiles(stores);
    }
    const directory = connectDirectory({ ...stores.application });
    const installation: Installation = {
      clock: config.now === undefined ? systemClock : frozenClock(config.now),
      log,
      directory,
      stores: stores.regional,
      mail: openMail({ smtpUrl: config.smtpUrl, from: config.mailFrom, publicUrl: config.publicUrl }, log),
      dataDir: stores.filesDir,
      vault: await openVault(stores.filesDir, config.secretKey),
      outbound: config.outbound,
    };
    const runner = runsImports
      ? await measure('resume imports', () =>
          startImportRunner(installation, {
            isAlone: !stores.isShared,
            chores: [
              buildsRollups(installation),
              runsDeletions(installation),
              keepsRetention(installation),
              watchesAnomalies(installation),
              bringsOwnSnapshots(installation),
              keepsSubscriptionsReady(installation),
              keepsSubscriptionHistory(installation),
            ],
          }),
        )
      : undefined;
    const statuses = runsImports ? startStatusRunner(installation) : undefined;
    const bulkJobs = runsImports ? startBulkRunner(installation) : undefined;
    const connectors = runsConnectors ? startConnectorRunner(installation) : undefined;
    return {
      config,
      stores,
      installation,
      migrated: { directory: directoryNames, regional },
      address: undefined,
      runner,
      async close() {
        const ended = Promise.all([runner?.stop(), statuses?.stop(), bulkJobs?.stop(), connectors?.stop()]).then(
          () => undefined,
        );
        await within(runnerPatienceMilliseconds, ended);
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

export function measureTo(log: Log): Measure {
  return async (phase, work) => {
    const start = performance.now();
    const result = await work();
    log.debug({ phase, milliseconds: Math.round(performance.now() - start) }, 'opened');
    return result;
  };
}
