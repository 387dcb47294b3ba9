import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { runAs } from './account.ts';
import { binDir } from './binaries.ts';
import { lastError, postgresEnvironment } from './cluster.ts';
import type { Placement } from './placement.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

// Recovery after a crash replays at most max_wal_size (512 MB), well under a minute on any disk.
const readyWithinMilliseconds = 300_000;

/** One running postmaster, in a session of its own so that a terminal's Ctrl-C does not reach it before we are done. */
export class ServerProcess {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #watchdog: Watchdog;
  readonly #ended: Promise<string>;
  readonly #lastLines: string[] = [];
  readonly #listeners: Array<(reason: string) => void> = [];
  #reason: string | undefined;
  #stopping = false;

  constructor(placement: Placement, cluster: string, settings: Record<string, string>, log: (line: string) => void) {
    const words = ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    this.#watchdog = startWatchdog(placement.account);
    this.#child = spawn(join(binDir(placement.binaries), 'postgres'), words, {
      ...runAs(placement.account),
      detached: true,
      env: postgresEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.pid = this.#child.pid ?? 0;
    if (this.pid !== 0) this.#watchdog.guard(this.pid);
    this.#ended = this.#whenEnded();
    this.#readLog(log);
  }

  /** Resolves when it accepts connections; throws why it does not, with PostgreSQL's own line. */
  async ready(cluster: string): Promise<void> {
    const until = performance.now() + readyWithinMilliseconds;
    while (this.#reason === undefined) {
      if (saysReady(join(cluster, 'postmaster.pid'), this.pid)) {
        this.#child.unref();
        (this.#child.stderr as unknown as { unref(): void }).unref(); // a pipe, which is a net.Socket
        return;
      }
      if (performance.now() > until) {
        await this.stop();
        throw new Error(
          `PostgreSQL did not become ready within ${readyWithinMilliseconds / 1000} s: ${this.#lastLines.at(-1) ?? ''}`,
        );
      }
      await sleep(5);
    }
    throw new Error(`PostgreSQL did not start: ${this.#reason}`);
  }

  onExit(listener: (reason: string) => void): void {
    if (this.#reason === undefined) this.#listeners.push(listener);
    else if (!this.#stopping) listener(unexpected(this.#reason));
  }

  /** Fast shutdown: sessions are ended, everything is written. Harsher by and by. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#child.ref();
    for (const [signal, milliseconds] of [
      ['SIGINT', 10_000],
      ['SIGQUIT', 5_000],
      ['SIGKILL', 5_000],
    ] as const) {
      if (this.#reason !== undefined) break;
      this.#child.kill(signal);
      const patience = new AbortController();
      await Promise.race([this.#ended, sleep(milliseconds, undefined, { signal: patience.signal }).catch(() => {})]);
      patience.abort();
    }
  }

  #whenEnded(): Promise<string> {
    return new Promise((resolve) => {
      const end = (reason: string) => {
        if (this.#reason !== undefined) return;
        this.#reason = reason;
        this.#watchdog.dismiss();
        resolve(reason);
        if (!this.#stopping) for (const listener of this.#listeners) listener(unexpected(reason));
      };
      this.#child.on('error', (error) => end(error.message));
      this.#child.on('exit', (code, signal) => {
        // Its last lines may still be in the pipe, which stays open as long as one of its own children lives.
        setTimeout(() => end(this.#describe(code, signal)), 20);
      });
    });
  }

  #describe(code: number | null, signal: NodeJS.Signals | null): string {
    return signal === null ? `${lastError(this.#lastLines.join('\n'))} (exit code ${code})` : `by signal ${signal}`;
  }

  #readLog(log: (line: string) => void): void {
    if (this.#child.stderr === null) return;
    createInterface({ input: this.#child.stderr }).on('line', (line) => {
      this.#lastLines.push(line);
      if (this.#lastLines.length > 20) this.#lastLines.shift();
      log(line);
    });
  }
}

function unexpected(reason: string): string {
  return `PostgreSQL ended unexpectedly: ${reason}`;
}

/** The eighth line of postmaster.pid is what pg_ctl waits for, too. */
function saysReady(pidFile: string, pid: number): boolean {
  try {
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    return lines[0]?.trim() === String(pid) && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}
