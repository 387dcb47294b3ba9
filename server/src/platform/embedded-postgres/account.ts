import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { accountName } from '../data-folder/index.ts';
import { binDir, type Binaries } from './binaries.ts';

/** A system account under which PostgreSQL runs. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** Options of child_process for a program of this account; none for ourselves. "/" because our own folder may be closed to it. */
export function runAs(account: Account | null): { uid?: number; gid?: number; cwd: string } {
  return account === null ? { cwd: '/' } : { uid: account.uid, gid: account.gid, cwd: '/' };
}

/**
 * PostgreSQL refuses to run as root. Null where we are not root and it simply runs as ourselves; otherwise the account
 * that already owns the data, or the first there is of: postgres, partner-hub (created where possible), nobody.
 */
export function accountForPostgres(placesOfData: string[]): Account | null {
  if (process.getuid?.() !== 0) return null;
  for (const place of placesOfData) {
    const owner = statSync(place, { throwIfNoEntry: false });
    if (owner !== undefined && owner.uid !== 0) return { name: accountName(owner.uid), uid: owner.uid, gid: owner.gid };
  }

  const account = lookUp('postgres') ?? lookUp('partner-hub') ?? create('partner-hub') ?? lookUp('nobody');
  if (account === undefined) {
    throw new Error(
      'PostgreSQL refuses to run as root and this machine has no other account for it: start Partner Hub as an ordinary user, or set DATABASE_URL.',
    );
  }
  return account;
}

/** Really tried, as that account: modes, ACLs, mount options and security modules all have a say. */
export function canUseFolder(account: Account, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -w "$1" && test -x "$1"', 'sh', folder], runAs(account)).status === 0;
}

export function canPassThrough(account: Account, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], runAs(account)).status === 0;
}

export function canRun(account: Account, binaries: Binaries): boolean {
  const bin = binDir(binaries);
  const readsCatalogs =
    spawnSync('/bin/sh', ['-c', 'test -r "$1"', 'sh', `${binaries.root}/share/postgresql/postgres.bki`], runAs(account))
      .status === 0;
  return readsCatalogs && spawnSync(`${bin}/postgres`, ['--version'], runAs(account)).status === 0;
}

function lookUp(name: string): Account | undefined {
  const uid = ask('id', '-u', name);
  const gid = ask('id', '-g', name);
  return uid === undefined || gid === undefined ? undefined : { name, uid: Number(uid), gid: Number(gid) };
}

function create(name: string): Account | undefined {
  // Where useradd is missing or the account files are read-only, the next choice is tried.
  ask(
    'useradd',
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
    name,
  );
  return lookUp(name);
}

function ask(program: string, ...words: string[]): string | undefined {
  const { status, stdout } = spawnSync(program, words, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
