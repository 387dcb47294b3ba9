import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBackup, requireEmptyStores, restoreBackup, restoreMarker } from '../features/backup/index.ts';
import { isShared, readConfig } from '../platform/config.ts';
import { readHolder } from '../platform/data-folder/index.ts';
import { openLog } from '../platform/log.ts';
import { measureTo } from '../open-hub.ts';
import { openStores } from '../open-stores.ts';
import { exitCodes } from './exit-codes.ts';
import { Refusal } from './refusal.ts';
import { openTerminal } from './terminal.ts';

// The lock and its signature are there as soon as anybody looked; they are no data.
/** The key comes from elsewhere than the backup, and may be there first. */
const noData = /^(hub\.(lock|holder\.json|sock)|vault-key$)/;

/** Fills the empty data folder from a backup. After a failure the folder is empty again; after a crash it says so at the next start. */
export async function restore(folder: string): Promise<number> {
  const config = readConfig(process.env);
  const terminal = openTerminal();
  const tell = (text: string): void => terminal.progress(text);
  if (!isShared(config)) await requireEmpty(config.dataDir);
  const manifest = await checkBackup(folder, config.regions, tell);
  const log = openLog(config.logLevel);
  const stores = await openStores(config, log, measureTo(log));
  try {
    await requireEmptyStores(stores);
    if (config.filesDir !== undefined) await requireEmptyFiles(config.filesDir);
  } catch (error) {
    await stores.close();
    throw error;
  }
  try {
    await writeFile(join(stores.dataDir, restoreMarker), `${folder}\n`, { mode: 0o600, flush: true });
    await restoreBackup(stores, folder, manifest, tell);
    await rm(join(stores.dataDir, restoreMarker));
    await stores.close();
  } catch (error) {
    await stores.close();
    if (!stores.isShared) await clear(stores.dataDir);
    const left =
      config.databaseUrl === undefined && config.regionUrls.size === 0
        ? 'the data folder is empty again'
        : 'what reached the servers is still there; empty their databases before the next try';
    throw new Error(`The restore failed and ${left}. ${(error as Error).message}`, { cause: error });
  }
  terminal.line(
    stores.isShared
      ? `Your servers now hold the backup of ${manifest.createdAt}. Start the web and worker processes.`
      : `${config.dataDir} now holds the backup of ${manifest.createdAt}. Start Partner Hub with "npm start".`,
  );
  await terminal.close(true);
  return exitCodes.fine;
}

async function requireEmpty(dataDir: string): Promise<void> {
  const entries: string[] = await readdir(dataDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (entries.includes('hub.lock') && (await readHolder(dataDir)) !== undefined) {
    throw new Refusal(
      `Partner Hub works in ${dataDir}. A restore needs an empty data folder: choose another with HUB_DATA_DIR.`,
    );
  }
  if (entries.some((name) => !noData.test(name))) {
    throw new Refusal(
      `${dataDir} is not empty. A restore overwrites nothing: choose an empty data folder with HUB_DATA_DIR, or move this one away.`,
    );
  }
}

/** HUB_FILES. The password of the application role is made there as soon as anybody looks. */
async function requireEmptyFiles(filesDir: string): Promise<void> {
  const [found] = (await readdir(filesDir)).filter((name) => name !== 'application-password' && !noData.test(name));
  if (found === undefined) return;
  throw new Refusal(
    `There is something in ${filesDir} (${found}). A restore overwrites nothing: name an empty folder in HUB_FILES, or move what is there away.`,
  );
}

async function clear(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir))
    if (!noData.test(name)) await rm(join(dataDir, name), { recursive: true, force: true });
}
