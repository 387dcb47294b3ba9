import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RegionCode } from '@hub/contract/regions';
import type { Clock } from '../../platform/clock.ts';
import type { OwnerConnection } from '../../platform/directory/ensure-database.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { accountHere, isNotAllowed } from '../../platform/data-folder/index.ts';
import { spoolPath } from '../imports/index.ts';
import * as queries from './backup-queries.ts';
import { type BackupFile, describeFile, filesOf, type Manifest, manifestName } from './manifest.ts';
import { release } from './release.ts';

/** What a backup is taken of, or a restore fills. */
export interface BackupStores {
  filesDir: string;
  owner: OwnerConnection;
  regional: ReadonlyMap<RegionCode, RegionalStore>;
}

interface BackupOptions {
  clock: Clock;
  /** Waits until no import is between two of its steps; the answer lets them go on. */
  pauseImports: () => Promise<() => void>;
  onProgress: (text: string) => void;
  signal: AbortSignal;
}

/**
 * Writes one consistent cut of both stores into `folder`, which must not exist; it appears when it is complete. Imports wait meanwhile,
 * everything else goes on. Throws a sentence where it cannot be written; nothing is left then.
 */
export async function writeBackup(
  stores: BackupStores,
  folder: string,
  options: BackupOptions,
): Promise<{ files: number; bytes: number }> {
  const unfinished = `${folder}.partial`;
  await requireAbsent(folder, unfinished);
  await makeFolders(folder, unfinished);
  try {
    options.onProgress('waiting until no import is at work');
    const resume = await options.pauseImports();
    let manifest: Manifest;
    try {
      manifest = await queries.withSnapshot(stores.owner, (client) => writeAll(stores, client, unfinished, options));
    } finally {
      resume();
    }
    await writeFile(join(unfinished, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    });
    await flushFolders(unfinished);
    await rename(unfinished, folder);
    await flush(dirname(folder));
    const files = filesOf(manifest);
    return { files: files.length + 1, bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new Error(`The disk of ${folder} is full; no backup was written.`, { cause: error });
    throw error;
  }
}

async function writeAll(
  stores: BackupStores,
  client: queries.DirectorySnapshot,
  folder: string,
  options: BackupOptions,
): Promise<Manifest> {
  // Before anything slow: files of imports that somebody cancels meanwhile would go.
  const spool = await copySpool(stores, client, folder);
  const directory = await writeDirectory(client, folder, options);
  const regions: Manifest['regions'] = [];
  for (const [region, store] of stores.regional) {
    regions.push({ ...(await writeRegion(store, folder, options)), spool: spool.get(region) ?? [] });
  }
  return {
    product: 'partner-hub',
    format: 1,
    release: await release(),
    createdAt: options.clock.now().toISOString(),
    directory,
    regions,
  };
}

async function writeDirectory(
  client: queries.DirectorySnapshot,
  folder: string,
  { onProgress, signal }: BackupOptions,
): Promise<Manifest['directory']> {
  await mkdir(join(folder, 'directory'), { mode: 0o700 });
  const tables: Manifest['directory']['tables'] = [];
  for (const table of await queries.listDirectoryTables(client)) {
    signal.throwIfAborted();
    onProgress(`directory: ${table.schema}.${table.name}`);
    const path = `directory/${table.schema}.${table.name}.copy.zst`;
    const rows = await queries.copyOut(client, table, join(folder, path));
    tables.push({ ...table, rows, file: await describeFile(folder, path) });
  }
  return {
    migrations: await queries.listDirectoryMigrations(client),
    tables,
    sequences: await queries.listSequences(client),
  };
}

async function writeRegion(
  store: RegionalStore,
  folder: string,
  { onProgress, signal }: BackupOptions,
): Promise<Omit<Manifest['regions'][number], 'spool'>> {
  const inside = `regions/${store.region}`;
  await mkdir(join(folder, inside), { recursive: true, mode: 0o700 });
  const tables: Manifest['regions'][number]['tables'] = [];
  for (const table of await queries.listRegionalTables(store)) {
    signal.throwIfAborted();
    onProgress(`region ${store.region}: ${table.name}`);
    const path = `${inside}/${table.name}.native.zst`;
    const rows = await queries.unloadTable(store, table, join(folder, path));
    tables.push({ ...table, rows, file: rows === 0 ? null : await describeFile(folder, path) });
  }
  return { region: store.region, migrations: await queries.listRegionalMigrations(store), tables };
}

async function copySpool(
  { filesDir, regional }: BackupStores,
  client: queries.DirectorySnapshot,
  folder: string,
): Promise<Map<string, { name: string; file: BackupFile }[]>> {
  const copied = new Map<string, { name: string; file: BackupFile }[]>();
  for (const { region, name } of await queries.listSpoolNames(client)) {
    const served = [...regional.keys()].find((code) => code === region);
    if (served === undefined) continue;
    const inside = `regions/${region}/spool`;
    await mkdir(join(folder, inside), { recursive: true, mode: 0o700 });
    try {
      await copyFile(
        spoolPath(filesDir, served, name),
        join(folder, inside, name),
        constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE,
      );
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      continue; // its import was canceled since the snapshot
    }
    const list = copied.get(region) ?? [];
    list.push({ name, file: await describeFile(folder, `${inside}/${name}`) });
    copied.set(region, list);
  }
  return copied;
}

/** In a running product this is its account, whoever gave the command. */
async function makeFolders(folder: string, unfinished: string): Promise<void> {
  try {
    await mkdir(dirname(folder), { recursive: true });
    await mkdir(unfinished, { mode: 0o700 });
  } catch (cause) {
    const { code, path = dirname(folder) } = cause as NodeJS.ErrnoException;
    const isReadOnly = code === 'EROFS';
    if (!isReadOnly && !isNotAllowed(cause)) throw cause;
    throw new Error(
      isReadOnly
        ? `${dirname(path)} is read-only for the running Partner Hub: name another folder, or add it to ReadWritePaths of the service (systemctl edit partner-hub).`
        : `The account ${accountHere()}, as which Partner Hub runs, may not make a folder in ${dirname(path)}: give it that right (chown), or name another folder.`,
      { cause },
    );
  }
}

async function requireAbsent(folder: string, unfinished: string): Promise<void> {
  if (await exists(folder)) throw new Error(`${folder} exists already; name a folder that does not.`);
  if (await exists(unfinished))
    throw new Error(
      `${unfinished} exists: another backup is being written there, or one was interrupted. Delete it where it is a leftover.`,
    );
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The engine writes its files without flushing them. */
async function flushFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    await (entry.isDirectory() ? flushFolders(path) : flush(path));
  }
  await flush(folder);
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
