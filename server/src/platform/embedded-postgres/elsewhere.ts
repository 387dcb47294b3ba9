import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { lockFileName } from '../data-folder/index.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { clusterFolder, passwordFile } from './layout.ts';

// Only ever used as root, for repositories and data folders that no other account reaches (under /root, mode 700).
const elsewhereRoot = '/var/lib/partner-hub';

/** In the folder that was asked for: where its database lies. The way back is written beside that database. */
const pointerFile = 'moved-to';
const originFile = 'moved-from';

/** The home of the database whose folder says that it lies elsewhere. Throws where two folders claim one database. */
export function followPointer(asked: string): string | undefined {
  const pointer = readLine(join(asked, pointerFile));
  if (pointer === undefined) return undefined;
  const home = join(pointer, 'postgres');
  const origin = readLine(join(pointer, originFile));
  if (origin !== undefined && origin !== asked) {
    if (readLine(join(origin, pointerFile)) === pointer) {
      throw new Error(
        `${asked} is a copy of ${origin}, and both name the one database in ${home}: delete ${asked}/${pointerFile} to begin with an empty database, or work with ${origin}.`,
      );
    }
    writeFileSync(join(pointer, originFile), `${asked}\n`); // The data folder was renamed; its database follows it.
  }
  return home;
}

/** The folder of this data folder under /var/lib/partner-hub. A database that an erased data folder left there is not taken up again. */
export function elsewhereFor(asked: string, forBinariesOnly: boolean): string {
  const known = readLine(join(asked, pointerFile));
  const named = join(elsewhereRoot, createHash('sha256').update(asked).digest('hex').slice(0, 12));
  const isLeftOver = !forBinariesOnly && existsSync(join(named, 'postgres', clusterFolder));
  const path = known ?? (isLeftOver ? `${named}-${randomBytes(2).toString('hex')}` : named);
  makeOpen(elsewhereRoot);
  makeOpen(path);
  writeFileSync(join(path, originFile), `${asked}\n`);
  if (!forBinariesOnly) writeFileSync(join(asked, pointerFile), `${path}\n`);
  return path;
}

/** A database that began in place and became unreachable, as when a repository was moved to /root, comes along. */
export function moveClusterInto(home: string, asked: string): void {
  for (const part of [passwordFile, clusterFolder]) {
    const from = join(asked, part);
    const to = join(home, part);
    if (!existsSync(from) || existsSync(to)) continue;
    cpSync(from, `${to}.moving`, { recursive: true, preserveTimestamps: true, force: true });
    renameSync(`${to}.moving`, to);
    rmSync(from, { recursive: true });
  }
}

/** The programs for this version, copied once; other versions are removed. */
export function copyBinaries(installed: Binaries, elsewhere: string): Binaries {
  const root = join(elsewhere, `postgresql-${installed.version}`);
  for (const entry of readdirSync(elsewhere)) {
    if (entry.startsWith('postgresql-') && entry !== basename(root))
      rmSync(join(elsewhere, entry), { recursive: true, force: true });
  }
  if (!existsSync(root)) {
    const unfinished = `${root}.unfinished`;
    cpSync(installed.root, unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    });
    // An npm that ran under umask 077 left files that only root reads.
    forEachEntry(unfinished, (path, isLink) => {
      if (isLink) return;
      const { mode } = statSync(path);
      const withoutWriting = mode & 0o500;
      chmodSync(path, (mode & 0o700) | (withoutWriting >> 3) | (withoutWriting >> 6));
    });
    renameSync(unfinished, root);
  }
  return { root, version: installed.version };
}

/**
 * A folder that only root enters and through which PostgreSQL's account may be let: a data folder of Partner Hub, or a
 * scratch folder below the temporary one; never /root or whatever else a path leads through.
 */
export function isOurs(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  const isScratch = folder.startsWith(`${realpathSync(tmpdir())}/`);
  return uid === 0 && (mode & 0o070) === 0 && (isScratch || existsSync(join(folder, lockFileName)));
}

/** Passage for the account's group, and nothing more: it can neither list the folder nor read root's files in it. */
export function makePassage(account: Account, folder: string): void {
  chownSync(folder, 0, account.gid);
  chmodSync(folder, (statSync(folder).mode & 0o701) | 0o010);
}

/** Everything in the folder belongs to the account, also what a restore as root brought back. */
export function ownBy(account: Account, folder: string): void {
  const { uid, mode } = statSync(folder);
  const cluster = lstatSync(join(folder, clusterFolder), { throwIfNoEntry: false });
  if (uid !== account.uid || (cluster !== undefined && cluster.uid !== account.uid)) {
    forEachEntry(folder, (path) => lchownSync(path, account.uid, account.gid));
  }
  if ((mode & 0o777) !== 0o700) chmodSync(folder, 0o700);
}

function makeOpen(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o711);
  } catch (error) {
    throw new Error(
      `PostgreSQL refuses to run as root, its account cannot reach the data folder, and ${folder} cannot be created (${(error as Error).message}): start Partner Hub as an ordinary user, or choose a folder that other users reach with HUB_DATA_DIR, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

function forEachEntry(path: string, visit: (path: string, isLink: boolean) => void): void {
  const entry = lstatSync(path);
  visit(path, entry.isSymbolicLink());
  if (entry.isDirectory()) for (const name of readdirSync(path)) forEachEntry(join(path, name), visit);
}

function readLine(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
