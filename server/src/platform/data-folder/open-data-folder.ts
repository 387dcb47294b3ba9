import { access, chmod, constants, mkdir, realpath, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { describeHolder, type Holder, lockFileName, readHolder, sign, takeLock } from './holder.ts';
import { dataFolderAt, requireOwnFolder } from './owner.ts';

export interface DataFolder {
  path: string;
  /** Adds the address on which the Hub listens, for those who are refused. */
  note(address: string): Promise<void>;
  release(): Promise<void>;
}

export class DataFolderHeld extends Error {
  override readonly name = 'DataFolderHeld';
  readonly holder: Holder;

  constructor(path: string, holder: Holder) {
    super(
      `The data folder ${path} is in use by Partner Hub, ${describeHolder(holder)}. Stop it first or choose another folder with HUB_DATA_DIR.`,
    );
    this.holder = holder;
  }
}

/**
 * Creates the folder (0700) and holds it for this process alone, until release() or the end of the process, however it
 * ends. Throws DataFolderHeld where another process, or this one, already holds it, and a sentence where it belongs to another account.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const folder = await create(path);
  await requireOwnFolder(dataFolderAt(folder));
  const lock = takeLock(folder);
  if (lock === undefined) {
    throw new DataFolderHeld(folder, (await readHolder(folder)) ?? { pid: 0, startedAt: 0, host: '', address: null });
  }
  // By path: opening the lock file would drop the lock (see lockFileName).
  await chmod(join(folder, lockFileName), 0o600);
  await sign(folder, null);

  let held = true;
  return {
    path: folder,
    note: (address) => sign(folder, address),
    release: async () => {
      if (held) lock.free();
      held = false;
    },
  };
}

async function create(path: string): Promise<string> {
  try {
    await makeFolder(path);
    const folder = await realpath(path);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return folder;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      `The data folder ${path} cannot be used: ${reason(code) ?? message}. Correct that or choose another folder with HUB_DATA_DIR.`,
      {
        cause: error,
      },
    );
  }
}

/** Step by step: Node's recursive mkdir never returns where a parent says ENOENT, as /proc does. */
async function makeFolder(path: string): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await makeFolder(dirname(path));
  }
  await mkdir(path, { mode: 0o700 }).catch(async (error: unknown) => {
    // Somebody else was faster, which is as good.
    if (
      !(await stat(path).then(
        (found) => found.isDirectory(),
        () => false,
      ))
    )
      throw error;
  });
}

function reason(code: string | undefined): string | undefined {
  if (code === 'EEXIST' || code === 'ENOTDIR') return 'a file is in its place';
  if (code === 'ENOENT') return 'the system lets nobody make it there';
  if (code === 'EACCES' || code === 'EPERM') return `the user ${userInfo().username} may not write there`;
  return undefined;
}
