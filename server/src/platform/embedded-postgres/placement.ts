import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { type Account, accountForPostgres, canPassThrough, canRun, canUseFolder } from './account.ts';
import { type Binaries, installedBinaries } from './binaries.ts';
import { copyBinaries, elsewhereFor, followPointer, isOurs, makePassage, moveClusterInto, ownBy } from './elsewhere.ts';
import { clusterFolder } from './layout.ts';

/** Where PostgreSQL's data and programs lie, and who runs it. */
export interface Placement {
  /** Holds cluster/, superuser-password and, where the path is short enough, socket/. */
  home: string;
  binaries: Binaries;
  account: Account | null;
  /** A sentence for the operator where anything lies elsewhere than asked. */
  movedBecause: string | null;
}

/** Decides it, and creates the folders. Throws one sentence where it cannot work. */
export function place(dataDir: string): Placement {
  const asked = create(dataDir);
  const installed = installedBinaries();
  const pointer = followPointer(asked);
  const account = accountForPostgres([join(pointer ?? asked, clusterFolder), asked]);
  if (account === null) {
    requireOwn(asked, pointer);
    return { home: asked, binaries: installed, account, movedBecause: null };
  }

  const inPlace = pointer === undefined && makeReachable(account, asked);
  const runsInstalled = canRun(account, installed);
  if (inPlace && runsInstalled) return { home: asked, binaries: installed, account, movedBecause: null };

  const elsewhere = elsewhereFor(asked, inPlace);
  const home = inPlace ? asked : join(elsewhere, 'postgres');
  if (!inPlace) {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    moveClusterInto(home, asked);
    ownBy(account, home);
  }
  const binaries = runsInstalled ? installed : copyBinaries(installed, elsewhere);
  requireReach(account, home, binaries, elsewhere);
  return { home, binaries, account, movedBecause: sentence(account, { asked, home, installed, binaries }) };
}

function create(dataDir: string): string {
  const isRoot = process.getuid?.() === 0;
  try {
    // Folders on the way that only now come into being let the other account through.
    mkdirSync(dirname(dataDir), { recursive: true, mode: isRoot ? 0o711 : 0o700 });
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return realpathSync(dataDir);
  } catch (error) {
    throw new Error(
      `The database folder ${dataDir} cannot be created by the user ${userInfo().username} (${(error as Error).message}): correct its permissions, or choose another folder with HUB_DATA_DIR.`,
      { cause: error },
    );
  }
}

function requireOwn(asked: string, pointer: string | undefined): void {
  const me = userInfo();
  if (pointer !== undefined) {
    throw new Error(
      `The database of ${asked} lies in ${pointer} since Partner Hub ran as root: start it as root, or move ${pointer}/* to ${asked}, run chown -R ${me.username} ${asked}, and delete ${asked}/moved-to.`,
    );
  }
  for (const folder of [asked, join(asked, clusterFolder)]) {
    const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
    if (owner !== undefined && owner !== me.uid) {
      throw new Error(
        `The database folder ${folder} belongs to another user (uid ${owner}): start Partner Hub as that user or as root, or run chown -R ${me.username} ${asked}.`,
      );
    }
  }
}

/** Gives the account its folder, and the passage to it where that lies in our hand. False where it still cannot get there. */
function makeReachable(account: Account, asked: string): boolean {
  const parent = dirname(asked);
  const closed: string[] = [];
  for (let folder = parent; !canPassThrough(account, folder); folder = dirname(folder)) {
    if (!isOurs(folder)) return false;
    closed.push(folder);
  }
  for (const folder of closed) makePassage(account, folder);
  if (!canPassThrough(account, parent)) return false;
  ownBy(account, asked);
  return canUseFolder(account, asked);
}

function requireReach(account: Account, home: string, binaries: Binaries, elsewhere: string): void {
  if (canUseFolder(account, home) && canRun(account, binaries)) return;
  throw new Error(
    `PostgreSQL refuses to run as root, and the user ${account.name} cannot work in ${elsewhere} either: start Partner Hub as an ordinary user, or choose a folder that ${account.name} reaches with HUB_DATA_DIR, or set DATABASE_URL.`,
  );
}

function sentence(
  account: Account,
  where: { asked: string; home: string; installed: Binaries; binaries: Binaries },
): string {
  const data =
    where.home === where.asked ? undefined : `cannot reach ${where.asked}, so the database is kept in ${where.home}`;
  const programs =
    where.binaries === where.installed
      ? undefined
      : `cannot reach ${where.installed.root}, so a copy of PostgreSQL is in ${where.binaries.root}`;
  const facts = [data, programs].filter((fact) => fact !== undefined).join('; it ');
  return `PostgreSQL refuses to run as root and runs as the user ${account.name}, who ${facts}.`;
}
