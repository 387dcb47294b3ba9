import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getSetup } from '@hub/contract/sessions';
import { benchmark, childArguments, startRounds } from './bench-process.ts';
import { medianOf, runsInWords } from './figures.ts';

const program = join(import.meta.dirname, '../server/src/main.ts');
const builtPage = join(import.meta.dirname, '../web/dist/index.html');
const pollMilliseconds = 5;
const patienceMilliseconds = 60_000;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const startHub = (dataDir: string, port: number): ChildProcess =>
  spawn(process.execPath, [...childArguments, program], {
    env: { ...process.env, HUB_DATA_DIR: dataDir, HUB_DEMO: '0', HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });

/** From the start of Node until all these answer 200, then ended as Ctrl-C ends it. */
async function secondsToAnswer(dataDir: string, paths: readonly string[]): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  const child = startHub(dataDir, port);
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    for (const path of paths) {
      while (!(await isAnswered(`http://127.0.0.1:${port}${path}`))) {
        if (child.exitCode !== null || performance.now() - began > patienceMilliseconds)
          throw new Error('Partner Hub did not start.');
        await sleep(pollMilliseconds);
      }
    }
    return (performance.now() - began) / 1000;
  } finally {
    child.kill('SIGTERM');
    await ended;
    process.off('exit', kill);
  }
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

await benchmark(async ({ folder }, tell) => {
  const isBuilt = existsSync(builtPage);
  const paths = [getSetup.path, ...(isBuilt ? ['/'] : [])];
  const dataDir = join(folder, 'data');
  const first = await secondsToAnswer(dataDir, paths);
  const runs: number[] = [];
  for (let round = 0; round < startRounds; round++) runs.push(await secondsToAnswer(dataDir, paths));
  const until = `from the start of Node until ${paths.join(' and ')} ${isBuilt ? 'are answered' : 'is answered; the page is not built'}`;
  tell({ what: 'first start, an empty data folder', value: first, unit: 'seconds', detail: until });
  tell({
    what: 'second start',
    value: medianOf(runs),
    unit: 'seconds',
    budget: { atMost: 3 },
    detail: runsInWords(runs),
  });
});
