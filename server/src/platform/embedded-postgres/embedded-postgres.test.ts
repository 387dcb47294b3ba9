import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startEmbeddedPostgres } from './index.ts';
import {
  inPlace,
  ask,
  cleanUp,
  end,
  hubProcess,
  isAlive,
  kill,
  later,
  openFolder,
  scratch,
  until,
  watchdogOf,
} from './test-support.ts';

afterEach(cleanUp, 30_000);

async function start(dataDir: string, log: string[] = []) {
  const server = await startEmbeddedPostgres({ dataDir, log: (line) => log.push(line) });
  later(() => server.stop());
  return server;
}

test('data outlive a stop and a start; text sorts by language, checksums are on, nothing listens on TCP', async () => {
  const dataDir = join(scratch(), 'postgres');
  const first = await start(dataDir);
  expect(first.location).toMatchObject(inPlace(dataDir));
  await ask(
    first,
    `create table customers as select unnest(array['Zoe', 'ábel', 'eve', 'Émile', 'андрей', 'Яна', '김']) as name`,
  );
  await first.stop();
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);

  const second = await start(dataDir);
  expect(await ask(second, 'select name from customers order by name')).toEqual([
    'ábel',
    'Émile',
    'eve',
    'Zoe',
    'андрей',
    'Яна',
    '김',
  ]);
  expect(
    await ask(
      second,
      `select current_setting('data_checksums'), current_setting('listen_addresses'), current_setting('server_encoding')`,
    ),
  ).toEqual(['on', '', 'UTF8']);
  expect(second.superuser).toEqual(first.superuser);
  expect(statSync(join(dataDir, 'superuser-password')).mode & 0o777).toBe(0o600);
});

test('another password is refused', async () => {
  const server = await start(join(scratch(), 'postgres'));
  await expect(ask({ ...server, superuser: { ...server.superuser, password: 'guess' } }, 'select 1')).rejects.toThrow(
    /password authentication failed/,
  );
});

test('a path too long for a socket gets one in a private temporary folder', async () => {
  const dataDir = join(openFolder(scratch()), 'a'.repeat(60), 'b'.repeat(60), 'postgres');
  const server = await start(dataDir);
  expect(server.location.dataDir).toBe(dataDir);
  later(() => rmSync(server.socketDir, { recursive: true, force: true }));
  expect(Buffer.byteLength(join(server.socketDir, '.s.PGSQL.5432'))).toBeLessThan(100);
  expect(statSync(server.socketDir).mode & 0o777).toBe(0o700);
  expect(await ask(server, 'select 1')).toEqual([1]);
});

test('its unexpected end is told once, and the next start recovers', async () => {
  const dataDir = join(scratch(), 'postgres');
  const server = await start(dataDir);
  await ask(server, 'create table kept as select 1 as one');
  const reasons: string[] = [];
  server.onExit((reason) => reasons.push(reason));
  await kill(server.pid);
  await until(() => reasons.length > 0);
  expect(reasons).toEqual(['PostgreSQL ended unexpectedly: by signal SIGKILL']);
  expect(await ask(await start(dataDir), 'select one from kept')).toEqual([1]);
});

test('it stops by itself when the process that started it is killed', async () => {
  const hub = hubProcess(join(scratch(), 'postgres'));
  const { pid } = await hub.started;
  await kill(hub.process.pid);
  await until(() => !isAlive(pid));
});

test.runIf(process.platform === 'linux')(
  'one left behind, its watchdog killed too, is stopped by the next start',
  async () => {
    const dataDir = join(scratch(), 'postgres');
    const hub = hubProcess(dataDir);
    const orphan = await hub.started;
    await ask(orphan, 'create table kept as select 1 as one');
    await kill(watchdogOf(hub.process.pid ?? 0));
    await kill(hub.process.pid);
    expect(isAlive(orphan.pid)).toBe(true);

    const log: string[] = [];
    const server = await start(dataDir, log);
    expect(isAlive(orphan.pid)).toBe(false);
    expect(log[0]).toBe(
      `PostgreSQL of an earlier start is still running (process ${orphan.pid}); it is stopped first.`,
    );
    expect(await ask(server, 'select one from kept')).toEqual([1]);
  },
);

test('a postmaster.pid whose number belongs to a stranger now harms neither', async () => {
  const dataDir = join(scratch(), 'postgres');
  await (await start(dataDir)).stop();
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
  later(() => stranger.kill('SIGKILL'));
  writeFileSync(join(dataDir, 'cluster/postmaster.pid'), `${stranger.pid}\n${dataDir}/cluster\n`);
  expect(await ask(await start(dataDir), 'select 1')).toEqual([1]);
  expect(isAlive(stranger.pid ?? 0)).toBe(true);
});

test('an initdb cut short is begun anew', async () => {
  const dataDir = join(scratch(), 'postgres');
  const hub = hubProcess(dataDir);
  await until(() => existsSync(dataDir) && readdirSync(dataDir).some((entry) => entry.startsWith('cluster.new-')));
  await kill(hub.process.pid);
  expect(readdirSync(dataDir)).not.toContain('cluster');

  expect(await ask(await start(dataDir), 'select 1')).toEqual([1]);
  expect(readdirSync(dataDir).sort()).toEqual(['cluster', 'socket', 'superuser-password']);
});

test('a damaged cluster folder is refused in a sentence, not initialised over', async () => {
  const dataDir = join(scratch(), 'postgres');
  mkdirSync(join(dataDir, 'cluster'), { recursive: true });
  await expect(start(dataDir)).rejects.toThrow(/cluster is not a complete PostgreSQL database: restore it/);
});

test('a setting PostgreSQL does not know is told in its own words', async () => {
  const dataDir = join(scratch(), 'postgres');
  const hub = startEmbeddedPostgres({ dataDir, log: () => {}, settings: { no_such_thing: '1' } });
  await expect(hub).rejects.toThrow(/PostgreSQL did not start: .*unrecognized configuration parameter "no_such_thing"/);
});

test('the process that stops it ends by itself', async () => {
  const hub = hubProcess(join(scratch(), 'postgres'));
  const { pid } = await hub.started;
  await end(hub);
  expect(hub.process.exitCode).toBe(0);
  expect(isAlive(pid)).toBe(false);
});
