import type { Hub } from '../open-hub.ts';
import { holdLock, importsLock } from '../platform/directory/advisory-lock.ts';

/** Here, and in every other process that works on the same stores; until the returned function is called. */
export async function pauseImports({ runner, stores }: Hub): Promise<() => void> {
  const resume = (await runner?.pause()) ?? (() => undefined);
  const release = await holdLock(stores.owner, importsLock);
  return () => {
    void release().catch(() => undefined);
    resume();
  };
}
