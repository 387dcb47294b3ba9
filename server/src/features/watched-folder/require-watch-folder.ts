import { access, constants, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';

/** The real path of the folder. Throws a sentence where it cannot be watched. */
export async function requireWatchFolder(folder: string, dataDirs: readonly string[]): Promise<string> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined)
    throw new Error(`HUB_WATCH_FOLDER: there is no folder ${folder}. Make it, or correct the setting.`);
  if (!found.isDirectory()) throw new Error(`HUB_WATCH_FOLDER: ${folder} is no folder.`);
  const real = await realpath(folder);
  try {
    await access(real, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(
      `HUB_WATCH_FOLDER: the account that runs Partner Hub must be able to read and write in ${folder}.`,
      {
        cause,
      },
    );
  }
  for (const dataDir of dataDirs) {
    const data = await realpath(dataDir).catch(() => dataDir);
    if (isWithin(real, data) || isWithin(data, real))
      throw new Error(
        `HUB_WATCH_FOLDER: ${folder} and the data of Partner Hub (${dataDir}) lie in one another. Keep them apart.`,
      );
  }
  return real;
}

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}${sep}`);
