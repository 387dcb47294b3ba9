import { setImmediate as turn } from 'node:timers/promises';

/**
 * Reads that are asked for at once, or while the same one runs, share one, which begins after all of them asked. So nobody is told what stood there
 * before.
 */
export function sharedReads<Told>(): (key: string, read: () => Promise<Told>) => Promise<Told> {
  const running = new Map<string, Promise<Told>>();
  const waiting = new Map<string, Promise<Told>>();
  const begin = (key: string, read: () => Promise<Told>): Promise<Told> => {
    waiting.delete(key);
    const told = read().finally(() => {
      if (running.get(key) === told) running.delete(key);
    });
    running.set(key, told);
    return told;
  };
  return (key, read) => {
    const next = waiting.get(key);
    if (next) return next;
    const before = running.get(key)?.then(nothing, nothing) ?? turn();
    const after = before.then(() => begin(key, read));
    waiting.set(key, after);
    return after;
  };
}

const nothing = (): void => undefined;
