// npm start: installs what is missing, builds the page, and hands over to the pinned Node.
import { environment, pinnedNode, prepare, Refusal, repository } from './prepare.mjs';
import { supervise } from './processes.mjs';

try {
  await prepare({ page: true });
  const follow = new URL('./follow-launcher.mjs', import.meta.url).href;
  const words = [
    '--disable-warning=ExperimentalWarning',
    '--import',
    follow,
    'server/src/main.ts',
    ...process.argv.slice(2),
  ];
  process.exitCode = await supervise(pinnedNode, words, {
    cwd: repository,
    env: environment({ HUB_LAUNCHER: String(process.pid) }),
  });
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}
