import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runAs } from './account.ts';
import { binDir } from './binaries.ts';
import { clusterFolder, passwordFile } from './layout.ts';
import type { Placement } from './placement.ts';

export const superuser = 'hub_superuser';

// The major version of the npm package; a data directory of another one needs pg_upgrade or a dump.
const majorVersion = '18';

/** initdb works in cluster.new-…, renamed when complete: one that was interrupted leaves nothing that counts. */
const unfinishedPrefix = `${clusterFolder}.new-`;

/**
 * Creates the database cluster where there is none. Text sorts by ICU's root collation, which orders names of all
 * languages sensibly; where something sorts by bytes, its query says collate "C".
 */
export async function ensureCluster(placement: Placement): Promise<{ dir: string; password: string }> {
  const dir = join(placement.home, clusterFolder);
  const passwordPath = join(placement.home, passwordFile);
  if (existsSync(join(dir, 'PG_VERSION'))) {
    requireVersion(dir);
    // What a copy or a restore opened to others, PostgreSQL would refuse.
    if ((statSync(dir).mode & 0o027) !== 0) chmodSync(dir, 0o700);
    return { dir, password: readPassword(passwordPath) };
  }
  if (existsSync(dir)) {
    throw new Error(
      `${dir} is not a complete PostgreSQL database: restore it from a backup, or move it away to begin with an empty one.`,
    );
  }
  for (const entry of readdirSync(placement.home)) {
    if (entry.startsWith(unfinishedPrefix)) await removeUnfinished(join(placement.home, entry));
  }
  const password = randomBytes(24).toString('base64url');
  writeOwn(passwordPath, password, placement);
  const unfinished = join(placement.home, unfinishedPrefix + randomBytes(4).toString('hex'));
  await initialise(placement, unfinished, passwordPath);
  renameSync(unfinished, dir);
  return { dir, password };
}

/** The initdb of a start that was killed may still write here: it ends once its folder is gone, so one tries again. */
async function removeUnfinished(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

async function initialise(placement: Placement, dir: string, passwordPath: string): Promise<void> {
  const words = [
    '--pgdata',
    dir,
    '--username',
    superuser,
    '--pwfile',
    passwordPath,
    '--auth',
    'scram-sha-256',
    '--data-checksums',
  ].concat(['--encoding', 'UTF8', '--locale-provider', 'icu', '--icu-locale', 'und', '--text-search-config', 'simple']);
  const first = await runInitdb(placement, [...words, '--locale', 'C.UTF-8']);
  if (first.ok) return;
  // C.UTF-8 only classifies characters for the operating system; older C libraries and macOS know it under no name.
  const second = /invalid locale/i.test(first.output) ? await runInitdb(placement, [...words, '--locale', 'C']) : first;
  if (second.ok) return;
  rmSync(dir, { recursive: true, force: true });
  throw new Error(`The database could not be created in ${placement.home}: ${lastError(second.output)}`);
}

function runInitdb(placement: Placement, words: string[]): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(join(binDir(placement.binaries), 'initdb'), words, {
      ...runAs(placement.account),
      detached: true, // Ctrl-C in the terminal must not cut it short
      env: postgresEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code, signal) =>
      resolve({ ok: code === 0, output: signal === null ? output : `${output}\ninitdb ended by ${signal}` }),
    );
  });
}

/** Nothing of our environment: PG… and LC_… variables would change what these programs do. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const { PATH, LD_LIBRARY_PATH } = process.env;
  return { ...(PATH && { PATH }), ...(LD_LIBRARY_PATH && { LD_LIBRARY_PATH }), LC_ALL: 'C', TZ: 'UTC' };
}

/** The line that tells why, out of what PostgreSQL or initdb printed. */
export function lastError(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.findLast((line) => /FATAL|PANIC|error:/i.test(line)) ?? lines.at(-1) ?? 'it ended without a word';
}

function requireVersion(dir: string): void {
  const version = readFileSync(join(dir, 'PG_VERSION'), 'utf8').trim();
  if (version === majorVersion) return;
  throw new Error(
    `The database in ${dir} was written by PostgreSQL ${version}, this Partner Hub brings ${majorVersion}: start it with the version of Partner Hub that wrote it, or restore a backup.`,
  );
}

function readPassword(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new Error(
      `The database's own password is missing from ${path}: restore that file from the backup that holds the database.`,
      { cause: error },
    );
  }
}

function writeOwn(path: string, line: string, { account }: Placement): void {
  rmSync(path, { force: true });
  writeFileSync(path, `${line}\n`, { mode: 0o600, flag: 'wx' });
  if (account !== null) chownSync(path, account.uid, account.gid);
}
