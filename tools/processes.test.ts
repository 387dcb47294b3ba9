import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';

const started: number[] = [];

afterEach(() => {
  for (const pid of started.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});

/** A launcher as start.mjs is one, with a server that prints its pid and every signal, and ends 100 ms after the first. */
async function launch(serverEnds = 'setTimeout(() => process.exit(7), 100)') {
  const server = `
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { console.log(signal); ${serverEnds} });
    console.log(process.pid);
    setInterval(() => {}, 1000);`;
  const launcher = `
    import { supervise } from ${JSON.stringify(new URL('./processes.mjs', import.meta.url).href)};
    const follow = ${JSON.stringify(new URL('./follow-launcher.mjs', import.meta.url).href)};
    const env = { ...process.env, HUB_LAUNCHER: String(process.pid) };
    process.exitCode = await supervise(process.execPath, ['--import', follow, '--eval', ${JSON.stringify(server)}], { env });`;
  const { npm_lifecycle_event: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', launcher], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  started.push(child.pid ?? 0);
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  await once(output, 'line');
  const serverPid = Number(lines.shift());
  started.push(serverPid);
  return { child, serverPid, lines };
}

test('the exit code of the server is the exit code of the launcher, and the signal arrives once', async () => {
  const { child, lines } = await launch();
  child.kill('SIGTERM');
  expect(await codeOf(child)).toBe(7);
  expect(lines).toEqual(['SIGTERM']);
});

test('a Ctrl-C that npm passes on once more counts once', async () => {
  const { child, lines } = await launch();
  child.kill('SIGINT');
  await sleep(20);
  child.kill('SIGINT');
  expect(await codeOf(child)).toBe(7);
  expect(lines).toEqual(['SIGINT']);
});

test('a second Ctrl-C ends a server that does not come to an end', async () => {
  const { child, serverPid } = await launch('');
  child.kill('SIGINT');
  await sleep(600);
  expect(isAlive(serverPid)).toBe(true);
  child.kill('SIGINT');
  expect(await codeOf(child)).toBe(128 + 9);
  expect(isAlive(serverPid)).toBe(false);
});

test('a launcher that is killed takes the server with it, in order', async () => {
  const { child, serverPid, lines } = await launch();
  child.kill('SIGKILL');
  await untilGone(serverPid);
  expect(lines).toEqual(['SIGTERM']);
});

async function codeOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) await once(child, 'close');
  return child.exitCode;
}

async function untilGone(pid: number): Promise<void> {
  const deadline = performance.now() + 5000;
  while (isAlive(pid) && performance.now() < deadline) await sleep(10);
  expect(isAlive(pid)).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
