import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { zipStream } from './zip-stream.ts';

async function packed(content: AsyncIterable<string> | Iterable<string>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of zipStream([
    { name: 'first', content: ['x'] },
    { name: 'second', content },
  ]))
    pieces.push(piece);
  return Buffer.concat(pieces);
}

test('the same content is the same file', async () => {
  const file = await packed(['Ямбол ', '한국']);
  expect(file.subarray(0, 4)).toEqual(Buffer.from('PK\u0003\u0004'));
  expect(await packed(['Ямбол ', '한국'])).toEqual(file);
});

test('what fails in an entry fails the file', async () => {
  async function* failing(): AsyncGenerator<string> {
    yield await Promise.resolve('begun');
    throw new Error('the database went away');
  }
  await expect(packed(failing())).rejects.toThrow('the database went away');
});

test('whoever goes away in the middle ends the reading', async () => {
  let read = 0;
  async function* endless(): AsyncGenerator<string> {
    for (;;) {
      read += 1;
      yield await Promise.resolve('x'.repeat(100_000));
    }
  }
  for await (const _ of zipStream([{ name: 'endless', content: endless() }])) break;
  const before = read;
  await sleep(50);
  expect(read).toBeLessThanOrEqual(before + 1);
});
