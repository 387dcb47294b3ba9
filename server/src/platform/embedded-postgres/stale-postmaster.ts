import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Ends a PostgreSQL that a killed Hub left on this cluster. The caller holds the data folder, so whoever runs there has
 * nobody to serve. A postmaster.pid whose number now belongs to a stranger (after a reboot, in a new container) is removed,
 * since PostgreSQL would take the stranger for itself; with a dead one PostgreSQL deals better than we could.
 */
export async function stopStalePostmaster(cluster: string, log: (line: string) => void): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const pid = readPid(pidFile);
  if (pid === undefined || !isAlive(pid)) return;
  if (!isPostgresOn(pid, cluster)) {
    rmSync(pidFile, { force: true });
    return;
  }
  log(`PostgreSQL of an earlier start is still running (process ${pid}); it is stopped first.`);
  // SIGINT: fast shutdown; SIGQUIT: at once, with recovery at the next start.
  for (const [signal, seconds] of [
    ['SIGINT', 10],
    ['SIGQUIT', 5],
  ] as const) {
    signalTo(pid, signal);
    if (await endsWithin(pid, seconds)) return;
  }
  throw new Error(
    `PostgreSQL of an earlier start (process ${pid}) does not stop: end it with kill -9 ${pid} and start again.`,
  );
}

function readPid(pidFile: string): number | undefined {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  return pid > 1 && pid !== process.pid ? pid : undefined;
}

function isPostgresOn(pid: number, cluster: string): boolean {
  if (existsSync('/proc/self/cmdline')) {
    const words = readOrNothing(`/proc/${pid}/cmdline`).split('\0');
    if (basename(words[0] ?? '') !== 'postgres') return false;
    // The postmaster works in its data directory, which also recognises one that was renamed meanwhile.
    const works = statSync(`/proc/${pid}/cwd`, { throwIfNoEntry: false });
    const here = statSync(cluster);
    return works === undefined ? words.includes(cluster) : works.dev === here.dev && works.ino === here.ino;
  }
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return /\/postgres\s/.test(stdout) && stdout.includes(` ${cluster} `);
}

async function endsWithin(pid: number, seconds: number): Promise<boolean> {
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    if (!isAlive(pid)) return true;
    await sleep(20);
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** In a container without an init, nobody collects the processes whose parent was killed: they stay, and hold nothing. */
function isZombie(pid: number): boolean {
  return /\) Z /.test(readOrNothing(`/proc/${pid}/stat`));
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process ended meanwhile
  }
}

function signalTo(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile.
  }
}
