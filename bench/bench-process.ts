import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figures.ts';

/** What a benchmark is asked for. */
export interface Job {
  /** Legs in the file; the usage benchmark also asks ten times as many. */
  rows: number;
  isFull: boolean;
  /** Empty, its own, removed afterwards. */
  folder: string;
  /** Generated files, shared by the benchmarks of a run. */
  files: string;
}

/** The runs of a measurement; the middle one counts. */
export const importRounds = 3;
export const questionRounds = 7;
export const startRounds = 5;

export const childArguments = ['--disable-warning=ExperimentalWarning'];

/** The main of a benchmark's program: works, tells its figures to the parent and ends. */
export async function benchmark(work: (job: Job, tell: (figure: Figure) => void) => Promise<void>): Promise<void> {
  endWithParent();
  const job = JSON.parse(process.argv[2] ?? '') as Job;
  await work(job, (figure) => void process.send?.(figure));
  process.disconnect?.();
}

/** Nobody is left to work for when the parent has gone; databases end with their process. */
export function endWithParent(): void {
  // An exit, so that what was started here is ended too.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  process.once('disconnect', () => process.exit(process.exitCode ?? 0));
}

let running: ChildProcess | undefined;

/** Runs a program of this folder to its end; every message that it sends goes to `hear`. */
export function runProgram<Message>(
  program: string,
  words: readonly string[],
  hear: (message: Message) => void,
): Promise<void> {
  const child = fork(join(import.meta.dirname, program), words, {
    execArgv: childArguments,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  running = child;
  child.on('message', (message) => hear(message as Message));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running = undefined;
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${signal ?? `code ${code}`}.`));
    });
  });
}

/** Resolves when it has ended. */
export async function stopProgram(): Promise<void> {
  const child = running;
  if (child === undefined) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** The most memory that a process ever held: VmHWM. undefined where the system does not tell. */
export function peakMemoryBytes(pid: number | 'self'): number | undefined {
  return memoryLine(pid, /^VmHWM:\s+(\d+) kB$/m);
}

/** The memory that a process holds at this moment: VmRSS. undefined where the system does not tell. */
export function memoryBytes(pid: number): number | undefined {
  return memoryLine(pid, /^VmRSS:\s+(\d+) kB$/m);
}

function memoryLine(pid: number | 'self', line: RegExp): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const kilobytes = line.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
