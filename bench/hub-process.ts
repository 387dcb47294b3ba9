import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childArguments } from './bench-process.ts';

const program = join(import.meta.dirname, '../server/src/main.ts');
const pollMilliseconds = 5;
const patienceMilliseconds = 60_000;

export interface HubProcess {
  child: ChildProcess;
  /** Until all these answer 200. Throws where the process ends or a minute goes by. */
  answers(paths: readonly string[]): Promise<void>;
  /** As Ctrl-C ends it. */
  stop(): Promise<void>;
  /** As a crash ends it. */
  kill(): Promise<void>;
}

/** The product as a process of its own on the data folder, without demo data. */
export function startHub(dataDir: string, port: number, settings: Record<string, string> = {}): HubProcess {
  const began = performance.now();
  const child = spawn(process.execPath, [...childArguments, program], {
    env: { ...process.env, HUB_DATA_DIR: dataDir, HUB_DEMO: '0', HOST: '127.0.0.1', PORT: String(port), ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true, // a session of its own, that can give way as a whole
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
    process.off('exit', kill);
  };
  return {
    child,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async answers(paths) {
      for (const path of paths) {
        while (!(await isAnswered(`http://127.0.0.1:${port}${path}`))) {
          if (child.exitCode !== null || performance.now() - began > patienceMilliseconds)
            throw new Error('Partner Hub did not start.');
          await sleep(pollMilliseconds);
        }
      }
    },
  };
}

async function isAnswered(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false; // not listening yet
  }
}
