// npm run hub -- <command>: the operator's command line, on the pinned Node.
import { join } from 'node:path';
import { environment, pinnedNode, prepare, Refusal, repository } from './prepare.mjs';
import { runInForeground } from './processes.mjs';

try {
  await prepare({ page: false });
  const words = [
    '--disable-warning=ExperimentalWarning',
    join(repository, 'server/src/hub.ts'),
    ...process.argv.slice(2),
  ];
  process.exitCode = await runInForeground(pinnedNode, words, {
    cwd: repository, // a relative HUB_DATA_DIR means the same folder as for npm start
    env: environment(),
  });
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}
