import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Tuesday, as in the design's pictures: dates on the page stay what they are. */
export const today = '2026-11-24';

const program = join(import.meta.dirname, '../../server/src/main.ts');
const patienceMilliseconds = 60_000;

interface Product {
  address: string;
  dataDir: string;
  /** What it said until it was ready. */
  greeting: string;
  stop: () => Promise<void>;
}

/** The real product on a free port and a data folder of its own, which goes when it stops. Its clock stands still. */
export async function startProduct({ hasDemo }: { hasDemo: boolean }): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-e2e-'));
  await chmod(folder, 0o711); // where root runs this, PostgreSQL runs as another account
  const dataDir = join(folder, 'data');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    env: {
      ...process.env,
      PORT: '0',
      HUB_DEMO: hasDemo ? '1' : '0',
      HUB_DATA_DIR: dataDir,
      HUB_ALLOW_HTTP_CONNECTORS: '1', // the provider of a journey is one of ours
      HUB_NOW: `${today}T09:00:00.000Z`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  const ready = new Promise<{ address: string; greeting: string }>((resolve, reject) => {
    let greeting = '';
    child.stdout.on('data', (chunk: Buffer) => {
      greeting += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(greeting)?.[0];
      if (address !== undefined && greeting.includes('Ctrl-C')) resolve({ address, greeting });
    });
    child.once('exit', (code) =>
      reject(new Error(`The product ended with ${code} before it told its address.\n${greeting}`)),
    );
    setTimeout(() => reject(new Error('The product did not tell its address.')), patienceMilliseconds).unref();
  });
  try {
    return { ...(await ready), dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
