// Any Node from 18 on may start this; the work is done by the pinned one, which runs TypeScript as it is.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
const program = fileURLToPath(new URL('./run.ts', import.meta.url));
const { status, error } = spawnSync(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
if (error) console.error(`The pinned Node did not start (${error.message}). Run: npm ci`);
process.exit(status ?? 1);
