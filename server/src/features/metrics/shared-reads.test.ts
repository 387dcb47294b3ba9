import { expect, test } from 'vitest';
import { AnswerMemory } from './answer-memory.ts';
import { sharedReads } from './shared-reads.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('who asks at once shares a read; who asks while it runs gets the next one, together with all who asked meanwhile; it begins after they asked', async () => {
  const read = sharedReads<number>();
  let state = 1;
  const ends: (() => void)[] = [];
  const ask = () =>
    read('a', async () => {
      const seen = state;
      await new Promise<void>((resolve) => ends.push(resolve));
      return seen;
    });
  const [first, atOnce] = [ask(), ask()];
  await turn();
  state = 2; // written while the first read runs
  const [second, third] = [ask(), ask()];
  ends[0]?.();
  expect(await Promise.all([first, atOnce])).toEqual([1, 1]);
  await turn();
  expect(ends).toHaveLength(2);
  ends[1]?.();
  expect(await Promise.all([second, third])).toEqual([2, 2]);
});

test('a read that fails is told to those who share it, and the next one is made anew', async () => {
  const read = sharedReads<number>();
  const failing = read('a', () => Promise.reject(new Error('away')));
  failing.catch(() => undefined);
  await turn();
  const next = read('a', () => Promise.resolve(7));
  const other = read('b', () => Promise.resolve(8));
  await expect(failing).rejects.toThrow('away');
  expect(await Promise.all([next, other])).toEqual([7, 8]);
});

test('answers are kept by their weight, and what was asked longest ago goes first', () => {
  const memory = new AnswerMemory<string>(10);
  memory.keep('a', 'A', 4);
  memory.keep('b', 'B', 4);
  expect(memory.find('a')).toBe('A');
  memory.keep('c', 'C', 4);
  expect([memory.find('a'), memory.find('b'), memory.find('c')]).toEqual(['A', undefined, 'C']);
  memory.keep('c', 'C again', 6);
  expect([memory.find('a'), memory.find('c')]).toEqual(['A', 'C again']);
  memory.keep('d', 'D', 11); // more than all may weigh
  expect([memory.find('c'), memory.find('d')]).toEqual([undefined, undefined]);
});
