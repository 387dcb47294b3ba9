import { expect, test } from 'vitest';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { sharedQuestions } from './shared-questions.ts';

const server = {} as RegionalStore;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function desk(atATime: number, remembers = 10, store = server) {
  const { ask } = sharedQuestions<string>({ atATime: () => atATime, remembers, weightOf: () => 1 });
  const begun: string[] = [];
  const ends = new Map<string, (answer: string) => void>();
  const told = new Map<string, AbortSignal>();
  return {
    begun,
    told,
    ask: (partnerId: string, key: string, left?: AbortSignal) =>
      ask(store, {
        key,
        partnerId,
        left,
        ask: (all) => {
          begun.push(key);
          told.set(key, all);
          return new Promise<string>((resolve) => ends.set(key, resolve));
        },
      }),
    end: async (key: string): Promise<void> => {
      ends.get(key)?.(`answer of ${key}`);
      await settled();
    },
  };
}

test('so many at a time, and partners in turn: many questions of one do not keep another waiting', async () => {
  const { ask, begun, end } = desk(1);
  const answers = ['a1', 'a2', 'a3'].map((key) => ask('a', key));
  answers.push(ask('b', 'b1'));
  await settled();
  expect(begun).toEqual(['a1']);
  await end('a1');
  await end('a2');
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  await end('b1');
  await end('a3');
  expect(await Promise.all(answers)).toEqual(['answer of a1', 'answer of a2', 'answer of a3', 'answer of b1']);
});

test('the same question is asked once, at the same time and afterwards; the last answers are remembered up to a weight', async () => {
  const { ask, begun, end } = desk(2, 2);
  const both = [ask('a', 'one'), ask('a', 'one')];
  await end('one');
  expect(await Promise.all([...both, ask('a', 'one')])).toEqual(['answer of one', 'answer of one', 'answer of one']);
  expect(begun).toEqual(['one']);
  void ask('a', 'two');
  await end('two');
  void ask('a', 'one');
  await settled();
  expect(begun).toEqual(['one', 'two', 'one']);
});

test('what waits is not begun when all who asked it have left, and is begun while one of them waits', async () => {
  const { ask, begun, end } = desk(1);
  void ask('a', 'running');
  const leaving = new AbortController();
  const gone = ask('a', 'gone', leaving.signal);
  const stays = [ask('a', 'stays', leaving.signal), ask('a', 'stays', new AbortController().signal)];
  leaving.abort();
  await Promise.all([expect(gone).rejects.toMatchObject({ code: 'asker_left' }), end('running')]);
  await end('stays');
  expect(await Promise.all(stays)).toEqual(['answer of stays', 'answer of stays']);
  expect(begun).toEqual(['running', 'stays']);
});

test('a question that runs in the embedded engine is not asked twice by whoever leaves and comes back', async () => {
  const { ask, begun, told, end } = desk(2, 10, { isEmbedded: true } as RegionalStore);
  const leaving = new AbortController();
  const before = ask('a', 'long', leaving.signal);
  await settled();
  leaving.abort();
  const again = ask('a', 'long');
  expect(told.get('long')?.aborted).toBe(false);
  await end('long');
  expect(await Promise.all([before, again])).toEqual(['answer of long', 'answer of long']);
  expect(begun).toEqual(['long']);
});

test('a question that runs is told when the last who asked it leaves, and who comes then asks it anew', async () => {
  const { ask, begun, told, end } = desk(2);
  const [one, other] = [new AbortController(), new AbortController()];
  const both = [ask('a', 'long', one.signal), ask('a', 'long', other.signal)];
  await settled();
  one.abort();
  expect(told.get('long')?.aborted).toBe(false);
  const before = told.get('long');
  other.abort();
  expect(before?.aborted).toBe(true);
  const again = ask('a', 'long');
  await settled();
  expect(begun).toEqual(['long', 'long']);
  expect(told.get('long')?.aborted).toBe(false);
  await end('long');
  expect(await again).toBe('answer of long');
  void both;
});
