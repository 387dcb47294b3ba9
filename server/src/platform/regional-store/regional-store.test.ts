import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedEngine, embeddedRegionalStore, openEmbeddedEngine, type RegionalStore } from './index.ts';
import { inlineParameters } from './inline-parameters.ts';

let folder: string;
let engine: EmbeddedEngine;
let store: RegionalStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-store-'));
  engine = await openEmbeddedEngine(join(folder, 'engine'));
  store = embeddedRegionalStore(engine, 'eu');
  await store.run('CREATE DATABASE hub_eu');
  await store.run('CREATE TABLE @region.thing (name String, size UInt32) ENGINE = MergeTree ORDER BY name');
  await writeFile(join(folder, 'things.csv'), 'a,1\nb,2\n');
});

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const file = (name: string) => ({ path: join(folder, name), format: 'CSV', structure: 'name String, size UInt32' });

/** What any connection of the lane has set for itself. */
async function settingsOf(lane: 'question' | 'import'): Promise<unknown> {
  return engine.use(lane, async (client) => {
    const answer = await client.query({
      query: 'SELECT name, value FROM system.settings WHERE changed = 1 ORDER BY name',
      format: 'JSONEachRow',
    });
    return answer.json();
  });
}

test('no primitive leaves a setting behind', async () => {
  const before = [await settingsOf('question'), await settingsOf('import')];
  await store.load({
    insert: 'INSERT INTO @region.thing (name, size) SELECT name, size FROM @file',
    file: file('things.csv'),
    settings: { format_csv_delimiter: ',', max_insert_block_size: 65_536 },
  });
  await store.askFile({
    select: 'SELECT count() AS n FROM @file',
    file: file('things.csv'),
    settings: { format_csv_delimiter: ',', input_format_parallel_parsing: 0 },
  });
  await store.ask('SELECT 1 AS one', { seconds: 3 });
  await store.run('OPTIMIZE TABLE @region.thing FINAL');
  await store.unload({
    select: 'SELECT name, size FROM @region.thing ORDER BY name',
    file: { path: join(folder, 'out.csv'), format: 'CSV' },
    settings: { max_threads: 1 },
  });
  await expect(store.ask('SELECT throwIf(1)', { seconds: 3 })).rejects.toThrow('throwIf');
  for (let index = 0; index < 4; index++)
    expect([await settingsOf('question'), await settingsOf('import')]).toEqual(before);
  expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('"a",1\n"b",2\n');
});

test('hostile text stays data', async () => {
  const unit = fc.oneof(
    fc.constantFrom(
      "'",
      '"',
      '`',
      '\\',
      '{',
      '}',
      ':',
      '\0',
      '\n',
      '$&',
      "$'",
      '@region.',
      '@file',
      '{b:String}',
      ';--',
      '/*',
      '😀',
      'я',
    ),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
  );
  const text = fc.array(unit, { maxLength: 8 }).map((parts) => parts.join('').toWellFormed());
  await fc.assert(
    fc.asyncProperty(text, fc.array(text, { maxLength: 4 }), async (a, list) => {
      const [row] = await store.ask<{ a: string; list: string[]; b: string }>(
        'SELECT {a:String} AS a, {list:Array(String)} AS list, {b:String} AS b',
        { parameters: { a, list, b: 'untouched' } },
      );
      expect(row).toEqual({ a, list, b: 'untouched' });
    }),
    { numRuns: 150 },
  );
  await store.run('INSERT INTO @region.thing SELECT {name:String}, {size:UInt32}', {
    parameters: { name: "'; DROP TABLE hub_eu.thing; --", size: 7 },
  });
  expect(await store.ask('SELECT name FROM @region.thing WHERE size = 7')).toEqual([
    { name: "'; DROP TABLE hub_eu.thing; --" },
  ]);
});

test('a parameter without a value, and a number that is none, are refused', () => {
  expect(() => inlineParameters('SELECT {a:UInt8}', {})).toThrow('The parameter a has no value.');
  expect(() => inlineParameters('SELECT {a:UInt8}', { a: Number.NaN })).toThrow('NaN is not a number');
  expect(inlineParameters('{a:Array(UInt8)} {a:Array(UInt8)}', { a: [1, 2] })).toBe(
    "CAST([1, 2], 'Array(UInt8)') CAST([1, 2], 'Array(UInt8)')",
  );
});

test('a question with parameters is answered while a long statement runs on the import lane', async () => {
  const order: string[] = [];
  const long = store
    .run('INSERT INTO @region.thing SELECT toString(sleepEachRow(0.5)), 0 FROM numbers(4) SETTINGS max_block_size = 1')
    .then(() => order.push('statement'));
  await Promise.all(
    [1, 2, 3].map(async (size) => {
      await store.ask('SELECT count() AS n FROM @region.thing WHERE size = {size:UInt32}', { parameters: { size } });
      order.push('question');
    }),
  );
  await long;
  expect(order).toEqual(['question', 'question', 'question', 'statement']);
});

test('a fault says what it is', async () => {
  const kindOf = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: { kind?: string }) => error.kind,
    );
  expect(
    await kindOf(
      store.ask('SELECT sleepEachRow(1) FROM numbers(100) SETTINGS max_block_size = 1, max_execution_time = 1 --', {}),
    ),
  ).toBe('too_slow');
  expect(
    await kindOf(
      store.ask(
        'SELECT groupArray(repeat(toString(number), 100)) FROM numbers(10000000) SETTINGS max_memory_usage = 10000000 --',
      ),
    ),
  ).toBe('out_of_memory');
  await writeFile(join(folder, 'broken.csv'), '"a"b,1\n');
  expect(
    await kindOf(
      store.askFile({
        select: 'SELECT * FROM @file',
        file: file('broken.csv'),
        settings: { input_format_allow_errors_num: 0 },
      }),
    ),
  ).toBe('unreadable');
  expect(await kindOf(store.ask('SELECT nonsense'))).toBe('other');
});
