import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  DataFolderHeld,
  dataFolderAt,
  findForeignFiles,
  freeBytes,
  openDataFolder,
  operatorSocketPath,
  readHolder,
} from './index.ts';

const cleanups: Array<() => unknown> = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function scratch(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'hub-folder-')));
  cleanups.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A second process that holds the folder until it is killed. */
async function holdElsewhere(folder: string, address: string): Promise<ChildProcess> {
  const program = `
    import { openDataFolder } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    const folder = await openDataFolder(${JSON.stringify(folder)});
    await folder.note(${JSON.stringify(address)});
    process.send('held');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  cleanups.push(() => child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

test('a new data folder is private, held while open, free after release', async () => {
  const path = join(scratch(), 'deep', 'data');
  const folder = await openDataFolder(path);
  expect(folder.path).toBe(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(await readHolder(path)).toMatchObject({ pid: process.pid, address: null });

  await expect(openDataFolder(path)).rejects.toThrow(DataFolderHeld);

  await folder.release();
  await folder.release();
  expect(await readHolder(path)).toBeUndefined();
  await (await openDataFolder(path)).release();
});

test('a second process is refused with a sentence that names the holder', async () => {
  const path = scratch();
  const child = await holdElsewhere(path, 'http://127.0.0.1:3000');
  const refusal = await openDataFolder(path).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DataFolderHeld);
  expect((refusal as DataFolderHeld).message).toMatch(
    new RegExp(
      `^The data folder ${path} is in use by Partner Hub, process ${child.pid} \\(started \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC, http://127\\.0\\.0\\.1:3000\\)\\. Stop it first or choose another folder with HUB_DATA_DIR\\.$`,
    ),
  );
  expect(await readHolder(path)).toMatchObject({ pid: child.pid, address: 'http://127.0.0.1:3000' });
});

test('a holder that is killed leaves the folder free', async () => {
  const path = scratch();
  const child = await holdElsewhere(path, 'http://127.0.0.1:3000');
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  expect(await readHolder(path)).toBeUndefined();
  await (await openDataFolder(path)).release();
});

test('of many that start at once exactly one gets the folder', async () => {
  const path = scratch();
  const answers = await Promise.allSettled(Array.from({ length: 4 }, () => openDataFolder(path)));
  const winners = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  expect(winners).toHaveLength(1);
  for (const winner of winners) await winner.release();
});

test('a folder that cannot be one is refused in a sentence', async () => {
  const path = join(scratch(), 'file');
  writeFileSync(path, '');
  await expect(openDataFolder(path)).rejects.toThrow(/cannot be used: a file is in its place\. .*HUB_DATA_DIR/);
});

test('a folder that the system lets nobody make is refused at once', async () => {
  await expect(openDataFolder('/proc/hub/data')).rejects.toThrow(/cannot be used: .*HUB_DATA_DIR/);
});

test('nobody holds a folder that does not exist', async () => {
  expect(await readHolder(join(scratch(), 'none'))).toBeUndefined();
});

test('the operator socket lies in the folder, and for a long path in a private one that can be listened on', async () => {
  const short = scratch();
  expect(operatorSocketPath(short)).toBe(join(short, 'hub.sock'));

  const long = join(scratch(), 'a'.repeat(90));
  mkdirSync(long);
  const socket = operatorSocketPath(long);
  cleanups.push(() => rmSync(join(socket, '..'), { recursive: true, force: true }));
  expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(100);
  expect(operatorSocketPath(long)).toBe(socket);
  expect(statSync(join(socket, '..')).mode & 0o777).toBe(0o700);
  const server = createServer().listen(socket);
  await once(server, 'listening');
  server.close();
});

test('free bytes are counted', async () => {
  expect(await freeBytes(scratch())).toBeGreaterThan(0);
});

describe.runIf(process.getuid?.() === 0)('as root', () => {
  // 65534 is nobody; any number will do that is not root.
  const ordinary = 65534;

  test('a folder of another account is refused with the sentence that says whose it is, begun or not', async () => {
    const path = join(scratch(), 'data');
    mkdirSync(path);
    chownSync(path, ordinary, ordinary);
    const refusal =
      /^The data folder \S+ belongs to the account (\S+), and this runs as root.*Run it as \1, such as "sudo -u \1 …"; .*chown -R root: .*HUB_DATA_DIR\.$/;
    await expect(openDataFolder(path)).rejects.toThrow(refusal);
    expect(readdirSync(path)).toEqual([]);

    // In a folder that root made and the account was let into, its lock tells.
    chownSync(path, 0, 0);
    await (await openDataFolder(path)).release();
    chownSync(join(path, 'hub.lock'), ordinary, ordinary);
    await expect(openDataFolder(path)).rejects.toThrow(refusal);
  });

  test('files of another account in the folder are found; PostgreSQL’s own may have one', async () => {
    const path = scratch();
    await (await openDataFolder(path)).release();
    mkdirSync(join(path, 'postgres'));
    chownSync(join(path, 'postgres'), ordinary, ordinary);
    mkdirSync(join(path, 'clickhouse', 'store'), { recursive: true });
    expect(await findForeignFiles(dataFolderAt(path))).toBeUndefined();
    writeFileSync(join(path, 'clickhouse', 'store', 'part'), '');
    chownSync(join(path, 'clickhouse', 'store', 'part'), ordinary, ordinary);
    expect(await findForeignFiles(dataFolderAt(path))).toMatchObject({
      owner: 'root',
      count: 1,
      places: [join(path, 'clickhouse')],
    });
  });
});
