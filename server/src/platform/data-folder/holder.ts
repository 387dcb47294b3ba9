import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Who works in a data folder. A holder that had no time to sign is known by nothing but its lock: pid is 0. */
export interface Holder {
  pid: number;
  /** UTC, milliseconds since 1970. */
  startedAt: number;
  host: string;
  address: string | null;
}

/**
 * Never open this file by other means: closing any descriptor of it drops the process's POSIX lock. Backups leave it out.
 */
export const lockFileName = 'hub.lock';
const holderFileName = 'hub.holder.json';

const unknownHolder: Holder = { pid: 0, startedAt: 0, host: '', address: null };

// 0.2 s: a command that only looks at the lock holds it for less than a millisecond; a start waits for that.
const patienceMilliseconds = 200;

/** SQLite's "database is locked". */
const busy = 5;

/**
 * A lock that the kernel frees with the process, kill -9 included, so nobody ever judges whether a lock file is stale and
 * two starts cannot both win. Node has no flock of its own; the SQLite inside it locks files the same way everywhere.
 * Undefined where somebody else holds it.
 */
export function takeLock(folder: string): { free(): void } | undefined {
  const file = new DatabaseSync(join(folder, lockFileName), { timeout: patienceMilliseconds });
  try {
    file.exec('pragma journal_mode = memory'); // nothing is ever written, so no journal file is wanted
    file.exec('begin exclusive');
    return { free: () => file.close() };
  } catch (error) {
    file.close();
    if (isBusy(error)) return undefined;
    throw new Error(
      `The data folder ${folder} cannot be locked (${(error as Error).message}): its file system must support file locks; choose another folder with HUB_DATA_DIR.`,
      { cause: error },
    );
  }
}

/** The Hub that works in this data folder now, or undefined where none does. For commands; takes nothing. */
export async function readHolder(folder: string): Promise<Holder | undefined> {
  return isLocked(folder) ? ((await readSigned(folder)) ?? unknownHolder) : undefined;
}

export async function sign(folder: string, address: string | null): Promise<void> {
  const holder: Holder = { pid: process.pid, startedAt: Math.round(performance.timeOrigin), host: hostname(), address };
  const path = join(folder, holderFileName);
  await writeFile(`${path}.new`, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** "process 1234 (started 2026-11-22 09:14 UTC, http://127.0.0.1:3000)" */
export function describeHolder({ pid, startedAt, host, address }: Holder): string {
  if (pid === 0) return 'a process that is just starting';
  // The Swedish short form is the ISO one; Intl takes milliseconds, so no Date is needed.
  const started = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'UTC' }).format(
    startedAt,
  );
  const elsewhere = host === hostname() ? '' : ` on ${host}`;
  return `process ${pid}${elsewhere} (started ${started} UTC${address === null ? '' : `, ${address}`})`;
}

function isLocked(folder: string): boolean {
  const path = join(folder, lockFileName);
  if (!existsSync(path)) return false;
  const file = new DatabaseSync(path, { readOnly: true });
  try {
    file.prepare('select count(*) from sqlite_master').get();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    file.close();
  }
}

async function readSigned(folder: string): Promise<Holder | undefined> {
  try {
    return {
      ...unknownHolder,
      ...(JSON.parse(await readFile(join(folder, holderFileName), 'utf8')) as Partial<Holder>),
    };
  } catch {
    return undefined; // The lock is the truth; the signature only tells who.
  }
}

function isBusy(error: unknown): boolean {
  return (error as { errcode?: number }).errcode === busy;
}
