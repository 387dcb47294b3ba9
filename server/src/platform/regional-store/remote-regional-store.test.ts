import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Fault } from '../../testing/regional-bridge-faults.ts';
import { openRegionalBridge, type RegionalBridge } from '../../testing/regional-bridge.ts';
import { until } from '../../testing/spawn-hub.ts';
import {
  type EmbeddedEngine,
  inFileOrder,
  openEmbeddedEngine,
  remoteRegionalStore,
  StoreFault,
  watchedStore,
  type WatchedStore,
} from './index.ts';
import type { RemoteStore } from './remote-regional-store.ts';

let folder: string;
let engine: EmbeddedEngine;
let bridge: RegionalBridge;
let store: RemoteStore;
const undo: (() => void)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-remote-'));
  const enginePath = join(folder, 'engine');
  engine = await openEmbeddedEngine(enginePath);
  bridge = await openRegionalBridge({ enginePath });
  store = remoteRegionalStore('eu', { url: `${bridge.url}far_away` }, { graceMilliseconds: 300 });
  await store.run('CREATE DATABASE far_away');
  await store.run('CREATE TABLE @region.thing (name String, size UInt32) ENGINE = MergeTree ORDER BY name');
});

afterEach(() => {
  for (const again of undo.splice(0)) again();
});

afterAll(async () => {
  await store.close();
  await bridge.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const inject = (fault: Fault): void => void undo.push(bridge.inject(fault));
const structure = 'name String, size UInt32';

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function faultOf(work: Promise<unknown>): Promise<StoreFault> {
  const thrown = await work.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof StoreFault)) throw thrown;
  return thrown;
}

test('a file is loaded, asked about and written over HTTP', async () => {
  const path = await fileOf('things.csv', `a,1\n"b\n'\\{x:String} @row",2\nc,3\n`);
  const file = { path, format: 'CSV', structure };
  await store.load({
    insert: 'INSERT INTO @region.thing (name, size) SELECT name, size FROM @file',
    file,
    settings: {},
  });
  expect(await store.ask('SELECT name, size FROM @region.thing ORDER BY size')).toEqual([
    { name: 'a', size: 1 },
    { name: "b\n'\\{x:String} @row", size: 2 },
    { name: 'c', size: 3 },
  ]);
  expect(
    await store.askFile({
      select:
        'SELECT n, name FROM (SELECT @row AS n, name FROM @file) WHERE size_of = 2 OR n = {last:UInt64} ORDER BY n'.replace(
          'size_of = 2',
          "position(name, '{') > 0",
        ),
      file,
      settings: inFileOrder,
      parameters: { last: 2 },
    }),
  ).toEqual([
    { n: 1, name: "b\n'\\{x:String} @row" },
    { n: 2, name: 'c' },
  ]);
  expect(await store.ask("SELECT name FROM system.tables WHERE database = 'far_away'")).toEqual([{ name: 'thing' }]);
  for (const name of ['out.native', 'out.native.zst']) {
    const out = join(folder, name);
    await store.unload({ select: 'SELECT * FROM @region.thing ORDER BY size', file: { path: out, format: 'Native' } });
    const written = { path: out, format: 'Native', structure };
    expect(await store.askFile({ select: 'SELECT sum(size) AS sum FROM @file', file: written, settings: {} })).toEqual([
      { sum: 6 },
    ]);
    const isZstd = (await readFile(out)).readUInt32LE(0) === 0xfd2fb528;
    expect(isZstd).toBe(name.endsWith('.zst'));
  }
});

test('a file of many megabytes streams in and out', { timeout: 60_000 }, async () => {
  const rows = 300_000;
  const line = (index: number): string => `${'x'.repeat(60)}${index},${index}`;
  const path = await fileOf('many.csv', `${Array.from({ length: rows }, (_, index) => line(index)).join('\n')}\n`);
  await store.run('CREATE TABLE @region.many AS @region.thing');
  const seen: number[] = [];
  await store.load({
    insert: 'INSERT INTO @region.many (name, size) SELECT name, size FROM @file',
    file: { path, format: 'CSV', structure },
    settings: { max_insert_block_size: 1000 },
    onProgress: ({ bytes }) => void seen.push(bytes),
  });
  expect(await store.ask('SELECT count() AS n, max(size) AS last FROM @region.many')).toEqual([
    { n: rows, last: rows - 1 },
  ]);
  const out = join(folder, 'many-out.csv');
  await store.unload({
    select: 'SELECT name, size FROM @region.many ORDER BY size',
    file: { path: out, format: 'CSV' },
  });
  expect((await readFile(out, 'utf8')).replaceAll('"', '')).toBe(await readFile(path, 'utf8'));
});

test('what the engine itself refuses keeps its meaning', async () => {
  const path = await fileOf('broken.csv', '"a"b,1\n');
  const broken = { path, format: 'CSV', structure };
  const insert = 'INSERT INTO @region.thing (name, size) SELECT name, size FROM @file';
  const unreadable = await faultOf(store.load({ insert, file: broken, settings: {} }));
  expect([unreadable.kind, unreadable.message]).toEqual(['unreadable', expect.anything()]);
  expect((await faultOf(store.ask('SELECT nonsense'))).kind).toBe('other');
  expect(
    (await faultOf(store.ask('SELECT sleepEachRow(1) FROM numbers(50) SETTINGS max_block_size = 1', { seconds: 1 })))
      .kind,
  ).toBe('too_slow');
  inject({
    kind: 'exception',
    message: 'Code: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE)',
  });
  expect((await faultOf(store.run('OPTIMIZE TABLE @region.thing'))).kind).toBe('disk_full');
  undo.pop()?.();
  inject({ kind: 'exception', message: 'Code: 242. DB::Exception: Table is in readonly mode. (TABLE_IS_READ_ONLY)' });
  expect((await faultOf(store.run('OPTIMIZE TABLE @region.thing'))).kind).toBe('read_only');
  await expect(store.load({ insert, file: { ...broken, path: `${path}.absent` }, settings: {} })).rejects.toMatchObject(
    {
      code: 'ENOENT',
    },
  );
});

const away: [string, Fault][] = [
  ['breaks the connection', { kind: 'reset' }],
  ['stops in the middle of its answer', { kind: 'cut' }],
  ['says nothing', { kind: 'silence' }],
  ['answers too late', { kind: 'delay', milliseconds: 5000 }],
  ['answers a byte at a time', { kind: 'slow', millisecondsPerByte: 400 }],
  ['has a proxy before it that says 503', { kind: 'status', status: 503, body: '<h1>Service Unavailable</h1>' }],
  [
    'is shutting down',
    { kind: 'exception', message: 'Code: 210. DB::Exception: Server is shutting down. (NETWORK_ERROR)' },
  ],
];

test.each(away)('a store that %s is unavailable, soon', async (_, fault) => {
  inject(fault);
  const began = performance.now();
  const thrown = await faultOf(store.ask("SELECT 'a fairly long text' AS text", { seconds: 1 }));
  expect(thrown).toMatchObject({ kind: 'unavailable', region: 'eu' });
  expect(performance.now() - began).toBeLessThan(4500);
  expect(thrown.message).not.toContain('of the bridge');
});

test('a connection that broke is tried again for a question, never for a statement', async () => {
  inject({ kind: 'reset', times: 2 });
  expect(await store.ask('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  undo.pop()?.();
  inject({ kind: 'reset', times: 1 });
  expect((await faultOf(store.run('SELECT 1'))).kind).toBe('unavailable');
});

test('a wrong password is no secret told', async () => {
  const wrong = remoteRegionalStore('us', { url: bridge.url.replace(/:[^:@]+@/, ':hush-hush@') });
  const thrown = await faultOf(wrong.ask('SELECT 1'));
  expect(thrown.kind).toBe('unavailable');
  expect(JSON.stringify([thrown.message, (thrown.cause as Error).message, (thrown.cause as Error).stack])).not.toMatch(
    /hush|bridge &/,
  );
  await wrong.close();
});

const times = { upMilliseconds: 50, downMilliseconds: 50, probeMilliseconds: 500, statementMilliseconds: 100 };

async function watched(): Promise<{ watch: WatchedStore; changes: boolean[] }> {
  const changes: boolean[] = [];
  const remote = remoteRegionalStore('eu', { url: `${bridge.url}far_away` });
  const watch = watchedStore(remote, {
    prepare: () => Promise.resolve(),
    onChange: (isAvailable) => void changes.push(isAvailable),
    times,
  });
  undo.push(() => void watch.close());
  await watch.begin();
  return { watch, changes };
}

test('a store that goes away refuses at once, and comes back by itself', { timeout: 30_000 }, async () => {
  const { watch, changes } = await watched();
  expect(watch.isAvailable()).toBe(true);
  await bridge.goAway();
  await until(() => !watch.isAvailable());
  const began = performance.now();
  const thrown = await faultOf(watch.ask('SELECT 1 AS one'));
  expect(thrown).toMatchObject({ kind: 'unavailable', region: 'eu' });
  expect(performance.now() - began).toBeLessThan(1000); // and not after a network's patience
  await bridge.comeBack();
  await until(() => watch.isAvailable());
  expect(await watch.ask('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect([changes[0], changes.at(-1)]).toEqual([true, true]);
});

test('a question that nobody waits for any more is ended, on the server too; one that was answered is left alone', async () => {
  const heard: { id: string | null; words: string }[] = [];
  const server = createServer((request, response) => {
    let words = '';
    request.on('data', (chunk) => (words += String(chunk)));
    request.on('end', () => {
      heard.push({ id: new URL(request.url ?? '', 'http://server').searchParams.get('query_id'), words });
      if (!words.includes('slow')) response.end('{"one":1}\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const remote = remoteRegionalStore('eu', { url: `http://hub:secret@127.0.0.1:${port}/far_away` });
  undo.push(
    () => void remote.close(),
    () => void server.close(),
  );
  const leaving = new AbortController();
  const asked = remote.ask("SELECT 1 AS one, 'slow'", { left: leaving.signal });
  expect(await remote.ask('SELECT 1 AS one', { left: leaving.signal })).toEqual([{ one: 1 }]);
  await until(() => heard.length === 2);
  leaving.abort();
  await expect(asked).rejects.toMatchObject({ code: 'asker_left' });
  await until(() => heard.length === 3);
  const slow = heard.find(({ words }) => words.includes('slow'));
  expect(heard[2]?.words).toContain(`KILL QUERY WHERE query_id = '${slow?.id}'`);
  await expect(remote.ask('SELECT 1 AS one', { left: leaving.signal })).rejects.toMatchObject({ code: 'asker_left' });
  expect(heard).toHaveLength(3);
});

test('a question of the bridge ends when whoever asked has left, and the store answers the next one', async () => {
  const leaving = new AbortController();
  const asked = store.ask('SELECT sum(sleepEachRow(0.05)) AS slept FROM numbers(60) SETTINGS max_block_size = 1', {
    left: leaving.signal,
  });
  setTimeout(() => leaving.abort(), 200);
  await expect(asked).rejects.toMatchObject({ code: 'asker_left' });
  expect(await store.ask('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('what waits for a store that falls silent is let go', { timeout: 30_000 }, async () => {
  const { watch } = await watched();
  inject({ kind: 'silence' });
  const waiting = [watch.ask('SELECT 1 AS one', { seconds: 600 }), watch.run('OPTIMIZE TABLE @region.thing')];
  for (const work of waiting) expect((await faultOf(work)).kind).toBe('unavailable');
});

test('a store is used only after it was prepared', { timeout: 30_000 }, async () => {
  let tries = 0;
  const remote = remoteRegionalStore('eu', { url: `${bridge.url}far_away` });
  const watch = watchedStore(remote, {
    prepare: () => (++tries < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve()),
    times,
  });
  await watch.begin();
  expect(watch.isAvailable()).toBe(false);
  await until(() => watch.isAvailable());
  expect(tries).toBe(3);
  await watch.close();
});

test('the bridge speaks the protocol: parameters, settings, sessions, compression, inserts in both places', async () => {
  const [user = '', password = ''] = new URL(bridge.url).href
    .replace(/^.*\/\/|@.*$/g, '')
    .split(':')
    .map(decodeURIComponent);
  const client = createClient({
    url: bridge.url.replace(/\/\/.*@/, '//'),
    username: user,
    password,
    database: 'far_away',
    compression: { request: { codec: 'zstd' }, response: { codec: 'br' } },
  });
  const rows = async (query: string, more = {}): Promise<unknown> =>
    (await client.query({ query, format: 'JSONEachRow', ...more })).json();
  expect(await client.ping()).toEqual({ success: true });
  expect(
    await rows('SELECT {text:String} AS text, {list:Array(UInt8)} AS list', {
      query_params: { text: "it's\t{a}", list: [1, 2] },
    }),
  ).toEqual([{ text: "it's\t{a}", list: [1, 2] }]);
  expect(await rows("SELECT getSetting('max_threads') AS n", { clickhouse_settings: { max_threads: 3 } })).toEqual([
    { n: 3 },
  ]);
  await client.command({ query: 'CREATE TEMPORARY TABLE mine (n UInt8)', session_id: 's' });
  await client
    .insert({ table: 'mine', values: [{ n: 7 }], format: 'JSONEachRow', session_id: 's' })
    .catch(() => undefined);
  expect(await rows('SELECT count() AS n FROM mine', { session_id: 's' })).toEqual([{ n: 1 }]);
  await expect(rows('SELECT count() FROM mine')).rejects.toMatchObject({ code: '60' });
  await client.command({ query: 'CREATE TABLE put AS thing' });
  await client.insert({ table: 'put', values: [{ name: 'x', size: 1 }], format: 'JSONEachRow' });
  await client.insert({ table: 'put', values: createReadStream(await fileOf('put.csv', 'y,2\n')), format: 'CSV' });
  expect(await rows('SELECT name FROM put ORDER BY size')).toEqual([{ name: 'x' }, { name: 'y' }]);
  const stream = (await client.query({ query: 'SELECT number FROM numbers(200000)', format: 'JSONEachRow' })).stream();
  let n = 0;
  for await (const part of stream) n += (part as unknown[]).length;
  expect(n).toBe(200_000);
  const open = await client.query({
    query: 'SELECT throwIf(number = 500000) FROM numbers(1000000)',
    format: 'JSONEachRow',
    clickhouse_settings: { max_block_size: '1000' },
  });
  await expect(open.json()).rejects.toBeInstanceOf(Error);
  await client.close();
});
