import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Tuesday, as in the design's pictures: dates on the page stay what they are. */
export const today = '2026-11-24';

const program = join(import.meta.dirname, '../server/src/main.ts');
const patienceMilliseconds = 60_000;

/** Starts the real product, empty, on a free port; its address is HUB_ADDRESS. */
export default async function startProduct(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-e2e-'));
  await chmod(folder, 0o711); // where root runs this, PostgreSQL runs as another account
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    env: {
      ...process.env,
      PORT: '0',
      HUB_DEMO: '0',
      HUB_DATA_DIR: join(folder, 'data'),
      HUB_NOW: `${today}T09:00:00.000Z`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`The product ended with ${code} before it told its address.\n${text}`)));
    setTimeout(() => reject(new Error('The product did not tell its address.')), patienceMilliseconds).unref();
  });
  process.env['HUB_ADDRESS'] = await address;
  return async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
}
