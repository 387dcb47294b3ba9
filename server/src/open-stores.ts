import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegionCode } from '@hub/contract/regions';
import type { Config } from './platform/config.ts';
import { type DataFolder, openDataFolder } from './platform/data-folder/index.ts';
import { ensureDatabase } from './platform/directory/ensure-database.ts';
import { applicationRole } from './platform/directory/migrate.ts';
import { type RunningPostgres, startEmbeddedPostgres } from './platform/embedded-postgres/index.ts';
import type { Log } from './platform/log.ts';
import {
  type EmbeddedEngine,
  embeddedRegionalStore,
  openEmbeddedEngine,
  type RegionalStore,
} from './platform/regional-store/index.ts';

/** The two stores of a data folder, held by this process and answering, whatever schema they have. */
export interface Stores {
  dataDir: string;
  /** For migrations, backups and the doctor; requests never use it. */
  owner: DirectoryConnection;
  application: DirectoryConnection;
  regional: ReadonlyMap<RegionCode, RegionalStore>;
  /** A sentence where PostgreSQL lies elsewhere than asked. */
  movedBecause: string | null;
  note(address: string): Promise<void>;
  /** Called when PostgreSQL ends without close(). */
  onLoss(listener: (reason: string) => void): void;
  close(): Promise<void>;
}

export interface DirectoryConnection {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

/** Logs at debug level how long each phase of a start took. */
export type Measure = <Result>(phase: string, work: () => Promise<Result>) => Promise<Result>;

/** Takes the data folder's lock and starts both engines side by side. Throws DataFolderHeld, or one sentence that says what to do. */
export async function openStores(config: Config, log: Log, measure: Measure): Promise<Stores> {
  const folder = await openDataFolder(config.dataDir);
  try {
    const [postgres, engine] = await bothOrNeither(
      measure('postgres', () =>
        startEmbeddedPostgres({
          dataDir: join(folder.path, 'postgres'),
          log: (line) => log.info({ from: 'postgres' }, line),
        }),
      ),
      measure('engine', () => openEmbeddedEngine(join(folder.path, 'clickhouse'))),
    );
    try {
      const connection = { host: postgres.socketDir, port: postgres.port, database: 'hub' };
      const owner = { ...connection, ...postgres.superuser };
      await measure('database', () => ensureDatabase(owner));
      const application = { ...connection, user: applicationRole, password: await applicationPassword(folder.path) };
      const regional = new Map(config.regions.map((region) => [region, embeddedRegionalStore(engine, region)]));
      return {
        dataDir: folder.path,
        owner,
        application,
        regional,
        movedBecause: postgres.location.movedBecause,
        note: (address) => folder.note(address),
        onLoss: (listener) => postgres.onExit(listener),
        close: once(() => closeAll(folder, postgres, engine)),
      };
    } catch (error) {
      await closeAll(folder, postgres, engine);
      throw error;
    }
  } catch (error) {
    await folder.release();
    throw error;
  }
}

// 1 s: a question that runs longer is not worth a slow stop, and a statement of an import is made again at the next start.
const enginePatienceMilliseconds = 1000;

async function closeAll(folder: DataFolder, postgres: RunningPostgres, engine: EmbeddedEngine): Promise<void> {
  const ended = await Promise.allSettled([postgres.stop(), engine.close(enginePatienceMilliseconds)]);
  await folder.release();
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
}

/** Where one of the two does not start, the other is stopped before the failure is told. */
async function bothOrNeither(
  starting: Promise<RunningPostgres>,
  opening: Promise<EmbeddedEngine>,
): Promise<[RunningPostgres, EmbeddedEngine]> {
  const [postgres, engine] = await Promise.allSettled([starting, opening]);
  if (postgres.status === 'fulfilled' && engine.status === 'fulfilled') return [postgres.value, engine.value];
  if (postgres.status === 'fulfilled') await postgres.value.stop();
  if (engine.status === 'fulfilled') await engine.value.close();
  throw postgres.status === 'rejected' ? postgres.reason : (engine as PromiseRejectedResult).reason;
}

/** Random, made once, readable by this account only. */
async function applicationPassword(folder: string): Promise<string> {
  const path = join(folder, 'application-password');
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const password = randomBytes(24).toString('base64url');
  await writeFile(`${path}.new`, `${password}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return password;
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
