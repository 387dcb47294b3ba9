import type { Parameters, RegionalStore } from '../../../platform/regional-store/index.ts';
import { namesPerson } from './forgotten-queries.ts';
import { readableCopies } from './readable-copies.ts';

/** Whether a kept file names a person, in whatever encoding; of a packed one nothing can be told. */
export async function fileNamesPerson(
  store: RegionalStore,
  path: string,
  who: readonly Parameters[],
): Promise<boolean> {
  for await (const copy of readableCopies(path)) if (await namesPerson(store, copy, who)) return true;
  return false;
}
