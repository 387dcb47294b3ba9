import type { RegionalStore } from './regional-store.ts';

/**
 * The last answers of each store, so that paging and sorting do not ask it again; as many as `atMost`, the one used longest ago goes first. The
 * key must hold the data's version and whose data it is: an import, a link or another partner must never meet an old answer.
 */
export function rememberedAnswers<Answer>(
  atMost: number,
): (store: RegionalStore, key: string, ask: () => Promise<Answer>) => Promise<Answer> {
  const memories = new WeakMap<RegionalStore, Map<string, Promise<Answer>>>();
  return (store, key, ask) => {
    const memory = memories.get(store) ?? new Map<string, Promise<Answer>>();
    memories.set(store, memory);
    const known = memory.get(key);
    if (known) {
      memory.delete(key);
      memory.set(key, known);
      return known;
    }
    const answer = ask();
    memory.set(key, answer);
    answer.catch(() => memory.delete(key));
    const oldest = memory.keys().next().value;
    if (memory.size > atMost && oldest !== undefined) memory.delete(oldest);
    return answer;
  };
}
