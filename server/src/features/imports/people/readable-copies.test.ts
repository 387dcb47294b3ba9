import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readableCopies } from './readable-copies.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-copies-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function textsOf(content: string | Buffer): Promise<string[]> {
  const path = join(folder, 'kept');
  await writeFile(path, content);
  const texts: string[] = [];
  for await (const copy of readableCopies(path)) texts.push(await readFile(copy, 'utf8'));
  expect(await readdir(folder)).toEqual(['kept']);
  return texts;
}

test('a file of UTF-8 is looked through where it lies; its backslashes mean nothing', async () => {
  const text = 'who\n"\\u0041da"\n';
  expect(await textsOf(text)).toEqual([text]);
});

test('escapes of JSON are undone wherever the pieces end in which it is read, but for those that mean something', async () => {
  const escape = '\\u0416';
  for (let at = 0; at <= escape.length; at++) {
    const filler = 'x'.repeat((1 << 20) - '["'.length - at);
    expect((await textsOf(`["${filler}${escape}"]`))[0]).toBe(`["${filler}Ж"]`);
  }
  expect(await textsOf('["\\u0022 \\u005c \\u000a \\u00e9 \\ud83d\\ude00 \\u12"]')).toEqual([
    '["\\u0022 \\u005c \\u000a é 😀 \\u12"]',
  ]);
});

test('what is no Unicode is read by the tables of three alphabets, one after another', async () => {
  const bytes = Buffer.concat([Buffer.from('who\n'), Buffer.from([0xcc, 0xe0, 0xf0, 0xe8, 0xff, 0x0a])]);
  expect((await textsOf(bytes)).slice(0, 2)).toEqual(['who\nÌàðèÿ\n', 'who\nМария\n']);
  expect(await textsOf(bytes)).toHaveLength(3);
});

test('nothing is left of a copy that was not looked through to its end', async () => {
  const path = join(folder, 'kept');
  await writeFile(path, Buffer.from('\uFEFFwho\n', 'utf16le'));
  for await (const copy of readableCopies(path)) {
    expect(await readdir(folder)).toHaveLength(2);
    expect(copy).not.toBe(path);
    break;
  }
  expect(await readdir(folder)).toEqual(['kept']);
});
