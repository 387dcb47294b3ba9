import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canUseFolder } from './account.ts';
import { socketFolder } from './layout.ts';
import type { Placement } from './placement.ts';

// sun_path holds 104 bytes on macOS and 108 on Linux; 100 with the file's name leaves both some air.
const longestSocketPath = 100;

export const port = 5432; // names the socket's file only; nothing listens on TCP

/** A private folder for the socket: in the home of the database, or, where that path is too long, a temporary one. */
export function socketDirFor(placement: Placement): string {
  const inside = join(placement.home, socketFolder);
  if (fits(inside)) return makePrivate(inside, placement);

  const owner = placement.account?.uid ?? process.getuid?.() ?? 0;
  const name = `partner-hub-pg-${owner}-${createHash('sha256').update(placement.home).digest('hex').slice(0, 12)}`;
  for (const folder of [tmpdir(), '/tmp'].map((path) => realpathSync(path))) {
    const reachable = placement.account === null || canUseFolder(placement.account, folder);
    if (!reachable || !fits(join(folder, name))) continue;
    try {
      return makePrivate(join(folder, name), placement);
    } catch {
      // Somebody else holds that name in a folder open to everybody.
      return makePrivate(mkdtempSync(join(folder, 'partner-hub-pg-')), placement);
    }
  }
  throw new Error(
    `No folder for PostgreSQL's socket: ${inside} is too long a path for one and ${tmpdir()} cannot be used; choose a shorter path with HUB_DATA_DIR.`,
  );
}

function fits(dir: string): boolean {
  return Buffer.byteLength(join(dir, `.s.PGSQL.${port}`)) < longestSocketPath;
}

function makePrivate(path: string, { account }: Placement): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const owner = account?.uid ?? process.getuid?.();
  const found = lstatSync(path);
  if (!found.isDirectory() || (found.uid !== owner && found.uid !== process.getuid?.()))
    throw new Error(`${path} belongs to another account.`);
  if (account !== null && found.uid !== account.uid) chownSync(path, account.uid, account.gid);
  chmodSync(path, 0o700);
  return path;
}
