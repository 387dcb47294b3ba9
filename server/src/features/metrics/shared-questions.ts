import { HubError } from '../../platform/hub-error.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { AnswerMemory } from './answer-memory.ts';

export interface Asked<Answer> {
  /** Names the question, whose data it is about, and the version of the data. */
  key: string;
  partnerId: string;
  /** Aborted when whoever asks has left. */
  left: AbortSignal | undefined;
  /** The signal is aborted when all who ask have left. */
  ask: (left: AbortSignal) => Promise<Answer>;
}

interface Waiting {
  partnerId: string;
  begin: () => void;
}

interface Memory<Answer> {
  answered: AnswerMemory<Answer>;
  open: Map<string, { answer: Promise<Answer>; join: (asker: AbortSignal | undefined) => void }>;
  running: number;
  /** By partner, in the order in which it is their turn. */
  waiting: Map<string, Waiting[]>;
}

interface SharedQuestions<Answer> {
  ask: (store: RegionalStore, asked: Asked<Answer>) => Promise<Answer>;
  /** Whether it has been answered, or is being asked. */
  knows: (store: RegionalStore, key: string) => boolean;
}

/**
 * Heavy questions of a store: at most so many at a time, partners in turn, and each once for all who ask it at the same time or soon after.
 * A question that waits is not begun when all who asked it have left, and one that runs on a server is told. The last answers are remembered, as many as weigh `remembers` together.
 */
export function sharedQuestions<Answer>({
  atATime,
  remembers,
  weightOf,
}: {
  atATime: (store: RegionalStore) => number;
  remembers: number;
  weightOf: (answer: Answer) => number;
}): SharedQuestions<Answer> {
  const memories = new WeakMap<RegionalStore, Memory<Answer>>();
  const memoryOf = (store: RegionalStore): Memory<Answer> => {
    const memory = memories.get(store) ?? {
      answered: new AnswerMemory<Answer>(remembers),
      open: new Map(),
      running: 0,
      waiting: new Map(),
    };
    memories.set(store, memory);
    return memory;
  };
  const knows: SharedQuestions<Answer>['knows'] = (store, key) => {
    const { answered, open } = memoryOf(store);
    return open.has(key) || answered.find(key) !== undefined;
  };
  const ask: SharedQuestions<Answer>['ask'] = (store, { key, partnerId, left, ask: work }) => {
    const memory = memoryOf(store);
    const known = memory.answered.find(key);
    if (known !== undefined) return Promise.resolve(known);
    const open = memory.open.get(key);
    if (open) {
      open.join(left);
      return open.answer;
    }
    const askers: (AbortSignal | undefined)[] = [];
    const everybody = new AbortController();
    const whenOneLeaves = (): void => {
      // The embedded engine goes on whoever left, and whoever comes back gets its answer.
      if (store.isEmbedded || !askers.every((asker) => asker?.aborted)) return;
      if (memory.open.get(key)?.answer === answer) memory.open.delete(key); // who comes now asks anew
      everybody.abort();
    };
    const join = (asker: AbortSignal | undefined): void => {
      askers.push(asker);
      asker?.addEventListener('abort', whenOneLeaves, { once: true });
    };
    join(left);
    const answer = inTurn(memory, atATime(store), partnerId, () => {
      if (askers.every((asker) => asker?.aborted)) throw new HubError('asker_left');
      return work(everybody.signal);
    });
    memory.open.set(key, { answer, join });
    const end = (): void => {
      for (const asker of askers) asker?.removeEventListener('abort', whenOneLeaves);
      if (memory.open.get(key)?.answer === answer) memory.open.delete(key);
    };
    answer.then((told) => {
      memory.answered.keep(key, told, weightOf(told) + key.length / 8);
      end();
    }, end);
    return answer;
  };
  return { ask, knows };
}

async function inTurn<Answer>(
  memory: Memory<Answer>,
  atATime: number,
  partnerId: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (memory.running >= atATime)
    await new Promise<void>((begin) => {
      const queue = memory.waiting.get(partnerId) ?? [];
      queue.push({ partnerId, begin });
      memory.waiting.set(partnerId, queue);
    });
  else memory.running++;
  try {
    return await work();
  } finally {
    const [next] = memory.waiting.values();
    const first = next?.shift();
    if (first === undefined) memory.running--;
    else {
      // Whoever was served stands behind the other partners.
      memory.waiting.delete(first.partnerId);
      if (next !== undefined && next.length > 0) memory.waiting.set(first.partnerId, next);
      first.begin();
    }
  }
}
