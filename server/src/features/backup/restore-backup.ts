import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RegionCode } from '@hub/contract/regions';
import { ensureInstallationId } from '../../platform/directory/installation-id.ts';
import { directoryMigrations, migrateDirectory } from '../../platform/directory/migrate.ts';
import { claimStore, migrateRegional, type RegionalStore } from '../../platform/regional-store/index.ts';
import { spoolPath } from '../imports/index.ts';
import * as queries from './backup-queries.ts';
import { type Manifest, readManifest } from './manifest.ts';
import type { BackupStores } from './write-backup.ts';

/** Lies in a data folder from the first to the last step of a restore. */
export const restoreMarker = 'restore-unfinished';

/** Throws where a restore into this data folder was interrupted: what is there is no installation. */
export async function refuseUnfinishedRestore(dataDir: string): Promise<void> {
  if (!existsSync(join(dataDir, restoreMarker))) return;
  throw new Error(
    `A restore into ${dataDir} did not end. Delete this folder and restore again, or choose another with HUB_DATA_DIR.`,
  );
}

/** Reads and checks everything in the backup before anything is touched. Throws a sentence where it does not fit this release or its settings. */
export async function checkBackup(
  folder: string,
  regions: readonly RegionCode[],
  onProgress: (text: string) => void,
): Promise<Manifest> {
  const manifest = await readManifest(folder, onProgress);
  const known = new Set((await directoryMigrations()).map(({ name }) => name));
  const unknown = manifest.directory.migrations.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new Error(
      `The backup was made by a newer release, ${manifest.release} (${unknown.join(', ')}). Restore it with that release.`,
    );
  const left = manifest.regions.map(({ region }) => region).filter((region) => !regions.includes(region));
  if (left.length > 0)
    throw new Error(`The backup holds the regions ${left.join(', ')}, which HUB_REGIONS leaves out; add them.`);
  return manifest;
}

/** Fills empty stores from a checked backup, with the backup's own schema, and then brings both to the newest. */
export async function restoreBackup(
  stores: BackupStores & { application: { password: string } },
  folder: string,
  manifest: Manifest,
  onProgress: (text: string) => void,
): Promise<void> {
  await migrateDirectory(stores.owner, stores.application.password, manifest.directory.migrations);
  await queries.whileRestoring(stores.owner, async (client) => {
    for (const { file, rows, ...table } of manifest.directory.tables) {
      onProgress(`directory: ${table.schema}.${table.name}`);
      requireRows(`${table.schema}.${table.name}`, rows, await queries.copyIn(client, table, join(folder, file.path)));
    }
    for (const sequence of manifest.directory.sequences) await queries.setSequence(client, sequence);
    // Who was signed in when the backup was taken is not signed in now: sessions ended since must not come back.
    await queries.dropSessions(client);
  });
  for (const part of manifest.regions) {
    const store = stores.regional.get(part.region);
    if (store === undefined) throw new Error(`This installation does not serve the region ${part.region}.`);
    await restoreRegion(store, stores.filesDir, folder, part, onProgress);
  }
  await migrateDirectory(stores.owner, stores.application.password);
  // What was restored belongs to the directory that it was restored into, whoever's it was.
  const installationId = await ensureInstallationId(stores.owner);
  for (const store of stores.regional.values()) {
    await migrateRegional(store);
    await claimStore(store, installationId);
  }
}

async function restoreRegion(
  store: RegionalStore,
  filesDir: string,
  folder: string,
  part: Manifest['regions'][number],
  onProgress: (text: string) => void,
): Promise<void> {
  await migrateRegional(store, part.migrations);
  for (const { file, rows, ...table } of part.tables) {
    if (file === null) continue;
    onProgress(`region ${store.region}: ${table.name}`);
    requireRows(`${store.region}.${table.name}`, rows, await queries.loadTable(store, table, join(folder, file.path)));
  }
  for (const { name, file } of part.spool) {
    const path = spoolPath(filesDir, store.region, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await copyFile(join(folder, file.path), path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  }
}

function requireRows(table: string, expected: number, found: number): void {
  if (expected !== found)
    throw new Error(`${table} has ${found} rows after the restore where the backup has ${expected}.`);
}

/** Stores on servers are not emptied with the data folder: throws a sentence where anything lies in them. */
export async function requireEmptyStores({ owner, regional }: BackupStores): Promise<void> {
  const full = (await queries.hasTables(owner)) ? ['the database of DATABASE_URL'] : [];
  for (const store of regional.values()) {
    if (!store.isAvailable())
      throw new Error(`The store of region ${store.region} does not answer; a restore needs every region.`);
    if (!store.isEmbedded && (await queries.holdsTables(store)))
      full.push(`the database ${store.database} of region ${store.region}`);
  }
  if (!(await queries.maySkipChecks(owner)))
    throw new Error(
      'A restore needs the account of a superuser in DATABASE_URL, for rows are written before those that they name. Make the account that Partner Hub works with one for that time (alter role … superuser), and not another, whose the tables would be.',
    );
  if (full.length > 0)
    throw new Error(
      `A restore overwrites nothing, and there are tables in ${full.join(', ')}. Empty what shall be replaced.`,
    );
}
