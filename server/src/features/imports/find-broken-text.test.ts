import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrokenText } from './find-broken-text.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-text-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function brokenIn(bytes: Uint8Array): Promise<number | undefined> {
  const path = join(folder, 'file');
  await writeFile(path, bytes);
  return findBrokenText(path);
}

test('the line at fault is named', async () => {
  const zurich = Buffer.from('Zürich', 'latin1');
  expect(await brokenIn(Buffer.concat([Buffer.from('a\nZürich\n'), zurich, Buffer.from('\nx\n')]))).toBe(3);
  expect(await brokenIn(zurich)).toBe(1);
  expect(await brokenIn(Buffer.from('a\n中').subarray(0, -1))).toBe(2); // cut in its last character
});

test('characters that lie across the pieces in which a file is read are whole', async () => {
  const piece = 1 << 22;
  for (const character of ['é', '中', '😀'])
    for (let shift = 0; shift < 4; shift++)
      expect(await brokenIn(Buffer.from(`${'x'.repeat(piece - shift)}${character}\n`))).toBeUndefined();
  const late = Buffer.concat([Buffer.from('x\n'.repeat(piece)), Buffer.from([0xff])]);
  expect(await brokenIn(late)).toBe(piece + 1);
});

test('it agrees with a decoder that refuses', async () => {
  const pieces = fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces), async (parts) => {
      const bytes = Buffer.concat(parts);
      const isText = ((): boolean => {
        try {
          new TextDecoder('utf-8', { fatal: true }).decode(bytes);
          return true;
        } catch {
          return false;
        }
      })();
      expect((await brokenIn(bytes)) === undefined).toBe(isText);
    }),
    { numRuns: 200 },
  );
});
