import { join } from 'node:path';
import type { RegionCode } from '@hub/contract/regions';
import { type Config, isShared } from './platform/config.ts';
import { type DataFolder, openDataFolder } from './platform/data-folder/index.ts';
import { joinInstallation } from './platform/directory/advisory-lock.ts';
import type { ApplicationConnection } from './platform/directory/directory.ts';
import { ensureDatabase, type OwnerConnection, requireDatabase } from './platform/directory/ensure-database.ts';
import { readInstallationId } from './platform/directory/installation-id.ts';
import { applicationRoleOf } from './platform/directory/migrate.ts';
import { type RunningPostgres, startEmbeddedPostgres } from './platform/embedded-postgres/index.ts';
import type { Log } from './platform/log.ts';
import {
  type EmbeddedEngine,
  embeddedRegionalStore,
  ForeignStore,
  openEmbeddedEngine,
  type RegionalStore,
  remoteRegionalStore,
  requireOwnStore,
  type WatchedStore,
  watchedStore,
} from './platform/regional-store/index.ts';
import { applicationPassword, openFilesFolder, requireOwnFiles } from './files-folder.ts';

/** The two stores, in the data folder or on servers, answering, whatever schema they have. A region on a server may be away. */
export interface Stores {
  /** Held by this process, unless everything lies on servers. */
  dataDir: string;
  /** Spool files by region. */
  filesDir: string;
  /** Everything lies on servers: other processes may work on it too. */
  isShared: boolean;
  /** For migrations, backups and the doctor; requests never use it. */
  owner: OwnerConnection;
  /** Whether PostgreSQL came with the product, or is a server of the operator. */
  isDirectoryEmbedded: boolean;
  application: ApplicationConnection;
  regional: ReadonlyMap<RegionCode, RegionalStore>;
  /** Regions on servers that are not used now, and why. */
  away(): AwayRegion[];
  /** A sentence where PostgreSQL lies elsewhere than asked. */
  movedBecause: string | null;
  note(address: string): Promise<void>;
  /** Called when PostgreSQL ends without close(). */
  onLoss(listener: (reason: string) => void): void;
  close(): Promise<void>;
}

export interface AwayRegion {
  region: RegionCode;
  /** "The store of region eu does not answer: …", or what the server says; without a full stop. */
  reason: string;
  /** Whether its tables were brought to the newest form since this process began. */
  isPrepared: boolean;
}

/** Logs at debug level how long each phase of a start took. */
export type Measure = <Result>(phase: string, work: () => Promise<Result>) => Promise<Result>;

export interface OpenStoresOptions {
  /** Each time a region's server answers for the first time: brings its tables to the newest form. */
  prepare?: (store: RegionalStore, owner: OwnerConnection) => Promise<void>;
}

/**
 * Takes the data folder's lock and starts what is embedded; reaches the rest by its URL. Throws DataFolderHeld, or one sentence that says
 * what to do; a region whose server does not answer is no reason to throw.
 */
export async function openStores(
  config: Config,
  log: Log,
  measure: Measure,
  { prepare = () => Promise.resolve() }: OpenStoresOptions = {},
): Promise<Stores> {
  const shared = isShared(config);
  const opened: (() => Promise<unknown>)[] = [];
  const closeAll = once(() => closeInTurn(opened));
  const losses: ((reason: string) => void)[] = [];
  try {
    const folder = shared ? undefined : await openDataFolder(config.dataDir);
    if (folder) opened.unshift(() => folder.release());
    const filesDir = config.filesDir === undefined ? folder?.path : await openFilesFolder(config.filesDir);
    if (filesDir === undefined) throw new Error('There is no folder for files.');
    const { postgres, engine } = await startEmbedded(config, folder, log, measure);
    if (postgres || engine) opened.unshift(() => stopEmbedded(postgres, engine));
    postgres?.onExit((reason) => losses.forEach((listener) => listener(reason)));

    const password = config.applicationPassword ?? (await applicationPassword(filesDir));
    const { owner, application } = connections(config, postgres, password);
    if (config.databaseUrl === undefined) await measure('database', () => ensureDatabase(owner));
    else {
      await measure('database', () => requireDatabase(owner));
      const leave = await joinInstallation(owner, {
        isShared: shared,
        onRefused: (reason) => losses.forEach((listener) => listener(reason)),
      });
      opened.unshift(leave);
    }

    if (config.filesDir !== undefined) await requireOwnFiles({ owner, filesDir });
    const readId = (): Promise<string | undefined> => readInstallationId(owner);
    const foreign: ForeignStore[] = [];
    // Before anything is written into it, each time a region's server is found.
    async function prepareOwn(ready: RegionalStore): Promise<void> {
      try {
        await requireOwnStore(ready, readId);
        await prepare(ready, owner);
      } catch (error) {
        if (error instanceof ForeignStore) foreign.push(error);
        throw error;
      }
    }

    const remote = new Map<RegionCode, WatchedStore>();
    const regional = new Map(
      config.regions.map((region): [RegionCode, RegionalStore] => {
        const url = config.regionUrls.get(region);
        if (url === undefined) return [region, embeddedRegionalStore(engine as EmbeddedEngine, region)];
        const store = watchedStore(remoteRegionalStore(region, { url }), {
          prepare: prepareOwn,
          onChange: (isAvailable, reason) =>
            log[isAvailable ? 'info' : 'warn']({ region, isAvailable, reason }, 'region'),
        });
        remote.set(region, store);
        opened.unshift(() => store.close());
        return [region, store];
      }),
    );
    await measure('regions', () => Promise.all([...remote.values()].map((store) => store.begin())));
    // A server that is away may come; one that is somebody else's is a fault of the settings.
    if (foreign[0]) throw foreign[0];
    for (const store of regional.values()) if (store.isEmbedded) await requireOwnStore(store, readId);
    return {
      dataDir: folder?.path ?? filesDir,
      filesDir,
      isShared: shared,
      owner,
      isDirectoryEmbedded: postgres !== undefined,
      application,
      regional,
      away: () =>
        [...remote].flatMap(([region, store]) => {
          const away = store.away();
          const reason = away?.reason.replace(/[\s.]+$/, '') ?? '';
          return away === undefined ? [] : [{ region, ...away, reason }];
        }),
      movedBecause: postgres?.location.movedBecause ?? null,
      note: (address) => folder?.note(address) ?? Promise.resolve(),
      onLoss: (listener) => void losses.push(listener),
      close: closeAll,
    };
  } catch (error) {
    await closeAll().catch(() => undefined);
    throw error;
  }
}

async function startEmbedded(
  config: Config,
  folder: DataFolder | undefined,
  log: Log,
  measure: Measure,
): Promise<{ postgres: RunningPostgres | undefined; engine: EmbeddedEngine | undefined }> {
  if (!folder) return { postgres: undefined, engine: undefined };
  const startPostgres = (): Promise<RunningPostgres> =>
    startEmbeddedPostgres({
      dataDir: join(folder.path, 'postgres'),
      log: (line) => log.info({ from: 'postgres' }, line),
    });
  const needsEngine = config.regions.some((region) => !config.regionUrls.has(region));
  const [postgres, engine] = await Promise.allSettled([
    config.databaseUrl === undefined ? measure('postgres', startPostgres) : undefined,
    needsEngine ? measure('engine', () => openEmbeddedEngine(join(folder.path, 'clickhouse'))) : undefined,
  ]);
  if (postgres.status === 'fulfilled' && engine.status === 'fulfilled')
    return { postgres: postgres.value, engine: engine.value };
  // Where one of the two does not start, the other is stopped before the failure is told.
  if (postgres.status === 'fulfilled') await postgres.value?.stop();
  if (engine.status === 'fulfilled') await engine.value?.close();
  throw postgres.status === 'rejected' ? postgres.reason : (engine as PromiseRejectedResult).reason;
}

// 1 s: a question that runs longer is not worth a slow stop, and a statement of an import is made again at the next start.
const enginePatienceMilliseconds = 1000;

async function stopEmbedded(postgres: RunningPostgres | undefined, engine: EmbeddedEngine | undefined): Promise<void> {
  const ended = await Promise.allSettled([postgres?.stop(), engine?.close(enginePatienceMilliseconds)]);
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
}

/** Newest first, each whatever became of the others. */
async function closeInTurn(opened: readonly (() => Promise<unknown>)[]): Promise<void> {
  const faults: unknown[] = [];
  for (const close of opened) await close().catch((error: unknown) => faults.push(error));
  if (faults.length > 0) throw faults[0];
}

function connections(
  config: Config,
  postgres: RunningPostgres | undefined,
  password: string,
): { owner: OwnerConnection & { database: string }; application: Stores['application'] } {
  if (postgres) {
    const connection = { host: postgres.socketDir, port: postgres.port, database: 'hub' };
    return {
      owner: { ...connection, ...postgres.superuser },
      application: { ...connection, user: applicationRoleOf(connection.database), password },
    };
  }
  const url = new URL(config.databaseUrl ?? '');
  const database = decodeURIComponent(url.pathname.slice(1)) || 'hub';
  url.pathname = `/${encodeURIComponent(database)}`;
  const owner = { connectionString: url.href, database };
  url.username = encodeURIComponent(applicationRoleOf(database));
  url.password = encodeURIComponent(password);
  return { owner, application: { connectionString: url.href, password } };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
