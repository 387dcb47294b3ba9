import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RegionCode } from '@hub/contract/regions';
import type { DyingHubTask } from './dying-hub.ts';

const source = join(import.meta.dirname, '..');
// Generous: the machine may be building and testing other things.
const patienceMilliseconds = 180_000;

export interface Ended {
  code: number | null;
  /** By which it was ended from outside. */
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

/** The program itself as a child process, listening. */
export interface SpawnedHub {
  pid: number;
  address: string;
  out(): string;
  signal(name: NodeJS.Signals): void;
  ended: Promise<Ended>;
}

export interface TestFolder {
  path: string;
  dataDir: string;
  /** Kills what was started in it and still runs, and removes it. */
  remove(): Promise<void>;
}

const alive = new Set<ChildProcess>();

export async function testFolder(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), 'hub-spawn-'));
  await chmod(path, 0o711); // where root runs the tests, PostgreSQL runs as another account
  return {
    path,
    dataDir: join(path, 'data'),
    async remove() {
      for (const child of alive) child.kill('SIGKILL');
      await until(() => processesOf(path).length === 0);
      await rm(path, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Runs a command of the operator to its end. */
export function runHub(words: string[], environment: Record<string, string>, input = ''): Promise<Ended> {
  const child = launch('hub.ts', words, environment);
  child.stdin?.end(input);
  return endOf(child);
}

/** The same as another account of the machine; only root may do that. */
export function runHubAs(uid: number, words: string[], environment: Record<string, string>): Promise<Ended> {
  const child = launch('hub.ts', words, environment, { uid, gid: uid });
  child.stdin?.end();
  return endOf(child);
}

/** The same with somebody who reads no line of what it says. */
export async function runHubUnread(words: string[], environment: Record<string, string>): Promise<Ended> {
  const child = launch('hub.ts', words, environment);
  child.stdin?.end();
  child.stdout?.destroy();
  return endOf(child);
}

/** For each table of both stores how many rows it has, and a hash of them all. */
export async function dumpStores(dataDir: string, environment: Record<string, string> = {}): Promise<string> {
  const settings = { ...environment, HUB_DATA_DIR: dataDir };
  const { code, out, err } = await endOf(launch('testing/dump-stores.ts', [], settings));
  if (code !== 0) throw new Error(err);
  return out;
}

/** Runs imports without a web server, up to where it kills itself. */
export const runDyingHub = (task: DyingHubTask, environment: Record<string, string>): Promise<Ended> =>
  endOf(launch('testing/dying-hub.ts', [JSON.stringify(task)], environment));

/** The exit of a start that is expected to be refused. */
export function startRefused(environment: Record<string, string>, words: string[] = []): Promise<Ended> {
  return endOf(launch('main.ts', words, environment));
}

/** Resolves when it has told its address. */
export async function startHub(environment: Record<string, string>, words: string[] = []): Promise<SpawnedHub> {
  const child = launch('main.ts', words, { PORT: '0', HUB_DEMO: '0', ...environment });
  const { out, ended } = await running(child);
  const address = /http:\/\/\S+/.exec(out())?.[0];
  if (address === undefined) throw new Error(`Partner Hub told no address:\n${out()}`);
  return { pid: child.pid ?? 0, address, out, signal: (name) => void child.kill(name), ended };
}

/** A part of the product that listens nowhere. */
export async function spawnPart(
  part: 'worker',
  environment: Record<string, string>,
): Promise<Omit<SpawnedHub, 'address'>> {
  const child = launch('main.ts', [part], environment);
  const { out, ended } = await running(child);
  return { pid: child.pid ?? 0, out, signal: (name) => void child.kill(name), ended };
}

async function running(child: ChildProcess): Promise<{ out: () => string; ended: Promise<Ended> }> {
  let out = '';
  child.stdout?.on('data', (text) => {
    out += String(text);
  });
  const ended = endOf(child);
  let isEnded = false;
  void ended.then(() => {
    isEnded = true;
  });
  await until(() => isEnded || /Ctrl-C stops/.test(out));
  if (isEnded) throw new Error(`Partner Hub did not start:\n${out}\n${(await ended).err}`);
  return { out: () => out, ended };
}

export interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** Every process of the machine that has not ended. */
export function processes(): Process[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,command='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state = 'Z', command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return state.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** Those whose command line names this path. */
export const processesOf = (path: string): Process[] => processes().filter(({ command }) => command.includes(path));

export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMilliseconds;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('What was waited for did not happen.');
    await sleep(50);
  }
}

function launch(
  program: string,
  words: string[],
  environment: Record<string, string>,
  account: { uid?: number; gid?: number } = {},
): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(source, program), ...words], {
    env: { PATH, HOME, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...account,
  });
  child.stdout?.setEncoding('utf8');
  child.stderr?.setEncoding('utf8');
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  return child;
}

function endOf(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (text) => {
    out += String(text);
  });
  child.stderr?.on('data', (text) => {
    err += String(text);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, out, err }));
  });
}

/** The words that add Ada, the first administrator, with her partner; her password goes to standard input. */
export function addFirstUser(region: RegionCode): string[] {
  const given = { email: 'ada@example.com', name: 'Ada', role: 'partner_full', 'partner-name': 'P', region };
  return ['user', 'add', ...Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]), '--password-stdin'];
}
