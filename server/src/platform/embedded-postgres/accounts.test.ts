import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openDataFolder } from '../data-folder/index.ts';
import { startEmbeddedPostgres } from './index.ts';
import {
  inPlace,
  ask,
  cleanUp,
  end,
  hubProcess,
  installCopy,
  isRoot,
  later,
  openFolder,
  removeElsewhere,
  scratch,
} from './test-support.ts';

afterEach(cleanUp, 30_000);

async function start(dataDir: string) {
  const server = await startEmbeddedPostgres({ dataDir, log: () => {} });
  removeElsewhere(server.location);
  later(() => server.stop());
  return server;
}

function ownerOfProcess(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'uid=', '-p', String(pid)], { encoding: 'utf8' }));
}

test('in a private data folder of Partner Hub it needs no other place', async () => {
  const folder = await openDataFolder(join(scratch(), 'data'));
  later(() => folder.release());
  const server = await start(join(folder.path, 'postgres'));
  expect(server.location).toMatchObject(inPlace(join(folder.path, 'postgres')));
  // Others still see nothing; as root, PostgreSQL's group may pass through.
  expect(statSync(folder.path).mode & 0o066).toBe(0);
});

describe.runIf(isRoot)('as root', () => {
  // 65534 is nobody on Linux, and any number will do: it owns nothing and is not root.
  const ordinary = 65534;

  test('PostgreSQL runs as another account, which keeps the data', async () => {
    const dataDir = join(scratch(), 'postgres');
    const server = await start(dataDir);
    expect(ownerOfProcess(server.pid)).toBe(statSync(join(dataDir, 'cluster')).uid);
    expect(ownerOfProcess(server.pid)).not.toBe(0);
  });

  test('data that a restore gave to root are given back', async () => {
    const dataDir = join(scratch(), 'postgres');
    await (await start(dataDir)).stop();
    execFileSync('chown', ['-R', '0:0', dataDir]);
    expect(await ask(await start(dataDir), 'select 1')).toEqual([1]);
  });

  test('from a repository in a closed folder, data and programs are kept where the account reaches them, and it says so', async () => {
    const closed = scratch(homedir()); // mode 700, under /root
    const from = installCopy(closed);
    const dataDir = join(closed, 'data/postgres');
    const first = hubProcess(dataDir, { from });
    const server = await first.started;
    removeElsewhere(server.location);
    expect(server.location.dataDir).toMatch(/^\/var\/lib\/partner-hub\/[0-9a-f]{12}\/postgres$/);
    expect(server.location.binDir).toMatch(new RegExp(`^${dirname(server.location.dataDir)}/postgresql-[^/]+/bin$`));
    expect(server.location.movedBecause).toContain(
      `cannot reach ${dataDir}, so the database is kept in ${server.location.dataDir}; it cannot reach ${closed}/node_modules/`,
    );
    expect(statSync(closed).mode & 0o777).toBe(0o700);
    await ask(server, 'create table kept as select 1 as one');
    await end(first);

    const second = hubProcess(dataDir, { from });
    expect(await ask(await second.started, 'select one from kept')).toEqual([1]);
    await end(second);
  });

  test('a renamed data folder finds its database again, a copied one is refused, an erased one begins anew', async () => {
    const closed = scratch(homedir());
    const first = await start(join(closed, 'a/postgres'));
    await ask(first, 'create table kept as select 1 as one');
    await first.stop();

    cpSync(join(closed, 'a'), join(closed, 'copy'), { recursive: true });
    await expect(start(join(closed, 'copy/postgres'))).rejects.toThrow(
      /copy\/postgres is a copy of .*delete .*moved-to to begin with an empty database/,
    );

    renameSync(join(closed, 'a'), join(closed, 'b'));
    const renamed = await start(join(closed, 'b/postgres'));
    expect(await ask(renamed, 'select one from kept')).toEqual([1]);
    await renamed.stop();

    rmSync(join(closed, 'b'), { recursive: true });
    const anew = await start(join(closed, 'a/postgres'));
    expect(anew.location.dataDir).not.toBe(first.location.dataDir);
    expect(await ask(anew, `select count(*)::int from pg_tables where tablename = 'kept'`)).toEqual([0]);
  });

  test('a database that began in place comes along when its folder becomes unreachable', async () => {
    const open = scratch();
    const first = await start(join(open, 'postgres'));
    await ask(first, 'create table kept as select 1 as one');
    await first.stop();
    const closed = scratch(homedir());
    cpSync(join(open, 'postgres'), join(closed, 'postgres'), { recursive: true });

    const moved = await start(join(closed, 'postgres'));
    expect(moved.location.dataDir).toMatch(/^\/var\/lib\/partner-hub\//);
    expect(await ask(moved, 'select one from kept')).toEqual([1]);
    expect(existsSync(join(closed, 'postgres/cluster'))).toBe(false);
  });

  test('an ordinary user needs no other place and no other account', async () => {
    const open = openFolder(scratch());
    const from = installCopy(open);
    const dataDir = join(openFolder(join(open, 'his')), 'postgres');
    execFileSync('chown', [String(ordinary), dirname(dataDir)]);
    const hub = hubProcess(dataDir, { from, uid: ordinary });
    const server = await hub.started;
    expect(server.location).toMatchObject({ dataDir, movedBecause: null });
    expect(ownerOfProcess(server.pid)).toBe(ordinary);
    await ask(server, 'create table kept as select 1 as one');
    await end(hub);

    // And root, starting later, leaves the data to that user.
    const asRoot = await start(dataDir);
    expect(ownerOfProcess(asRoot.pid)).toBe(ordinary);
    expect(await ask(asRoot, 'select one from kept')).toEqual([1]);
  });

  test('an ordinary user is told what to do with a folder of somebody else, and with a database kept elsewhere', async () => {
    const open = openFolder(scratch());
    const from = installCopy(open);
    const dataDir = openFolder(join(open, 'postgres'));
    await expect(hubProcess(dataDir, { from, uid: ordinary }).started).rejects.toThrow(
      /belongs to another user \(uid 0\): start Partner Hub as that user or as root, or run chown -R/,
    );
    await expect(hubProcess(join(open, 'closed/postgres'), { from, uid: ordinary }).started).rejects.toThrow(
      /cannot be created by the user \S+ .*HUB_DATA_DIR/,
    );

    writeFileSync(join(dataDir, 'moved-to'), '/var/lib/partner-hub/0123456789ab\n');
    await expect(hubProcess(dataDir, { from, uid: ordinary }).started).rejects.toThrow(
      /lies in \/var\/lib\/partner-hub\/0123456789ab\/postgres since Partner Hub ran as root/,
    );
    expect(readFileSync(join(dataDir, 'moved-to'), 'utf8')).not.toBe('');
  });
});
