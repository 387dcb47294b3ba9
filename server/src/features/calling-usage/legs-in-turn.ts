import { hash } from 'node:crypto';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { sharedQuestions } from '../metrics/index.ts';
import type { AskedStore } from './facts-question.ts';

const numbersOfRow = 60; // some 500 bytes
const rememberedNumbers = 1_000_000; // 8 bytes each
const legsSeconds = 10; // as of the numbers that lead here

const shared = sharedQuestions<object>({
  atATime: (store) => (store.isEmbedded ? 2 : 6),
  remembers: rememberedNumbers,
  weightOf: (answer) => 16 + (Array.isArray(answer) ? numbersOfRow * answer.length : 0),
});

interface Asker {
  partnerId: string;
  /** Everything that the answer hangs on, the state of the data included. */
  question: unknown;
  left: AbortSignal | undefined;
}

/** Call legs when it is this partner's turn: once for all who ask the same, ended after its time or when all of them have left. */
export async function legsInTurn<Answer extends object>(
  store: RegionalStore,
  { partnerId, question, left }: Asker,
  ask: (store: AskedStore) => Promise<Answer>,
): Promise<Answer> {
  return (await shared.ask(store, {
    key: hash('sha256', JSON.stringify([partnerId, question])),
    partnerId,
    left,
    ask: (all) => ask({ ask: (sql, options) => store.ask(sql, { ...options, seconds: legsSeconds, left: all }) }),
  })) as Answer; // the question names which kind
}
