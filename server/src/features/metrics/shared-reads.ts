/**
 * Reads that are asked for while the same one runs share the next, which begins when that has ended. So each begins after it was asked for, and
 * nobody is told what stood there before.
 */
export function sharedReads<Told>(): (key: string, read: () => Promise<Told>) => Promise<Told> {
  const running = new Map<string, Promise<Told>>();
  const waiting = new Map<string, Promise<Told>>();
  const begin = (key: string, read: () => Promise<Told>): Promise<Told> => {
    const told = read().finally(() => {
      if (running.get(key) === told) running.delete(key);
    });
    running.set(key, told);
    return told;
  };
  return (key, read) => {
    const next = waiting.get(key);
    if (next) return next;
    const before = running.get(key);
    if (!before) return begin(key, read);
    const after = before.then(nothing, nothing).then(() => {
      waiting.delete(key);
      return begin(key, read);
    });
    waiting.set(key, after);
    return after;
  };
}

const nothing = (): void => undefined;
