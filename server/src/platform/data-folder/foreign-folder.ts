import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';

/** Whether the system refused it because of whose the file or folder is. */
export const isNotAllowed = (error: unknown): boolean =>
  ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Why this account may not use the folder that `variable` names, and how to run what was wanted. */
export function foreignFolder(path: string, variable: string): string {
  const owner = ownerOf(path);
  const here = accountHere();
  if (owner === here)
    return `${path} may not be used by the account ${here}, though it is its own: correct its mode, or how it is mounted`;
  return `${path} belongs to the account ${owner} and may not be used by ${here}: run this as that account (sudo -u ${owner} ${variable}=${path} npm run hub -- …)`;
}

/** The account's name; of the innermost folder of the path that may be looked at. */
export function ownerOf(path: string): string {
  try {
    return nameOf(statSync(path).uid);
  } catch (error) {
    if (dirname(path) === path) throw error;
    return ownerOf(dirname(path));
  }
}

/** The name under which this process runs. */
export function accountHere(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.()); // a number that no account has, as in a container
  }
}

/** Node knows no name but its own; `id` asks wherever this machine keeps its accounts. */
function nameOf(uid: number): string {
  const { status, stdout } = spawnSync('id', ['-nu', String(uid)], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : `#${uid}`;
}
