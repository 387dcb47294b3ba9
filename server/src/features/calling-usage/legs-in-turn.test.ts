import { expect, test } from 'vitest';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { legsInTurn } from './legs-in-turn.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function desk() {
  const begun: string[] = [];
  const options: unknown[] = [];
  const ends = new Map<string, () => void>();
  const ask = (_: string, asked: unknown) => {
    options.push(asked);
    return Promise.resolve([]);
  };
  const store = { isEmbedded: true, ask } as unknown as RegionalStore; // all that is used of it
  return {
    begun,
    options,
    ask: (partnerId: string, question: string, left?: AbortSignal) =>
      legsInTurn(store, { partnerId, question, left }, async (asked) => {
        begun.push(question);
        await asked.ask('SELECT 1');
        await new Promise<void>((resolve) => ends.set(question, resolve));
        return { told: question };
      }),
    end: async (question: string): Promise<void> => {
      ends.get(question)?.();
      await settled();
    },
  };
}

test('call legs wait for the turn of their partner, each question once, with a time of their own', async () => {
  const { ask, begun, end, options } = desk();
  const answers = ['a1', 'a2', 'a3', 'a4'].map((question) => ask('a', question));
  answers.push(ask('b', 'b1'), ask('a', 'a1'));
  await settled();
  expect(begun).toEqual(['a1', 'a2']);
  await end('a1');
  await end('a2');
  // The other partner's only question stands before the last of many.
  expect(begun).toEqual(['a1', 'a2', 'a3', 'b1']);
  for (const question of ['a3', 'b1', 'a4']) await end(question);
  expect(await Promise.all(answers)).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'a1'].map((told) => ({ told })));
  expect(options[0]).toMatchObject({ seconds: 10, left: expect.any(AbortSignal) as unknown });
});

test('legs are not asked for once whoever waits for them has left', async () => {
  const { ask, begun, end } = desk();
  const running = [ask('a', 'one'), ask('a', 'two')];
  const leaving = new AbortController();
  const gone = ask('a', 'gone', leaving.signal);
  leaving.abort();
  await settled();
  await Promise.all([expect(gone).rejects.toMatchObject({ code: 'asker_left' }), end('one')]);
  await end('two');
  await Promise.all(running);
  expect(begun).toEqual(['one', 'two']);
});
