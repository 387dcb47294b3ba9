import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { getSetup } from '@hub/contract/sessions';
import { benchmark, startRounds } from './bench-process.ts';
import { medianOf, runsInWords } from './figures.ts';
import { freePort } from '../server/src/testing/tcp-postgres.ts';
import { startHub } from './hub-process.ts';

const builtPage = join(import.meta.dirname, '../web/dist/index.html');

/** From the start of Node until all these answer 200, then ended as Ctrl-C ends it. */
async function secondsToAnswer(dataDir: string, paths: readonly string[]): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  const hub = startHub(dataDir, port);
  try {
    await hub.answers(paths);
    return (performance.now() - began) / 1000;
  } finally {
    await hub.stop();
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
