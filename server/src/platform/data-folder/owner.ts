import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { lstat, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFileName } from './holder.ts';

/** A folder of the product, and what lies in it from the first start on: whoever made that is at home there. */
export interface OwnedFolder {
  path: string;
  /** As sentences name it. */
  name: string;
  variable: string;
  marks: readonly string[];
}

export const dataFolderAt = (path: string): OwnedFolder => ({
  path,
  name: 'data folder',
  variable: 'HUB_DATA_DIR',
  marks: [lockFileName],
});

export const filesFolderAt = (path: string): OwnedFolder => ({
  path,
  name: 'folder for files',
  variable: 'HUB_FILES',
  marks: ['application-password', 'regions'],
});

const root = 0;

/**
 * Throws a sentence where another account works in this folder: what this one wrote there would lock the other out, root's files above all.
 * A new folder that root made for somebody, as volumes are, is taken.
 */
export async function requireOwnFolder(folder: OwnedFolder): Promise<void> {
  const mine = await writtenAs(folder.path);
  const owner = await ownerOf(folder);
  if (owner.uid === mine || (owner.uid === root && !owner.isMarked)) return;
  const [them, me] = [accountName(owner.uid), accountName(mine)];
  throw new Error(
    `The ${folder.name} ${folder.path} belongs to the account ${them}, and this runs as ${me}, whose files there would lock ${them} out. Run it as ${them}, such as "sudo -u ${/^\d+$/.test(them) ? `#${them}` : them} …"; or, where ${me} shall work in it from now on, stop Partner Hub and run chown -R ${me}: ${folder.path}; or choose another folder with ${folder.variable}.`,
  );
}

async function ownerOf({ path, marks }: OwnedFolder): Promise<{ uid: number; isMarked: boolean }> {
  for (const mark of marks) {
    const found = await lstat(join(path, mark)).catch(() => undefined);
    if (found) return { uid: found.uid, isMarked: true };
  }
  return { uid: (await stat(path)).uid, isMarked: false };
}

/** Whose files become that this process writes there: network file systems and containers have their own idea of it. */
async function writtenAs(path: string): Promise<number> {
  const trial = join(path, `${lockFileName}.${randomBytes(6).toString('hex')}`);
  await writeFile(trial, '', { flag: 'wx', mode: 0o600 });
  try {
    return (await lstat(trial)).uid;
  } finally {
    await rm(trial, { force: true });
  }
}

export interface ForeignFiles {
  /** Of the folder. */
  owner: string;
  count: number;
  /** Whose they are. */
  accounts: string[];
  /** The entries of the folder in which they lie. */
  places: string[];
}

// PostgreSQL does not run as root: its folder may have an account of its own, which its start sees to.
const ownAccount = new Set(['postgres']);

/** Files that belong to another account than the folder, or undefined where there are none. */
export async function findForeignFiles(folder: OwnedFolder): Promise<ForeignFiles | undefined> {
  const { uid } = await ownerOf(folder);
  const accounts = new Set<number>();
  const places: string[] = [];
  let count = 0;
  for (const name of await readdir(folder.path)) {
    if (ownAccount.has(name)) continue;
    const before = count;
    for await (const owner of ownersBelow(join(folder.path, name))) {
      if (owner === uid) continue;
      accounts.add(owner);
      count += 1;
    }
    if (count > before) places.push(join(folder.path, name));
  }
  if (count === 0) return undefined;
  return { owner: accountName(uid), count, accounts: [...accounts].map(accountName), places };
}

/** What vanishes meanwhile is passed over; a folder that is closed to us tells at least whose it is. */
async function* ownersBelow(path: string): AsyncGenerator<number> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return;
  yield found.uid;
  if (!found.isDirectory()) return;
  for (const name of await readdir(path).catch(() => [] as string[])) yield* ownersBelow(join(path, name));
}

/** The number where the machine knows no name for it. */
export function accountName(uid: number): string {
  const { status, stdout } = spawnSync('id', ['-nu', String(uid)], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : String(uid);
}
