import type { RegionCode } from '@hub/contract/regions';
import type { Installation } from '../access/index.ts';
import { askForLife } from './health-queries.ts';

export interface Readiness {
  /** Whether requests can be served at all: a region that is down leaves the others useful. */
  isReady: boolean;
  directory: 'up' | 'down';
  regions: Partial<Record<RegionCode, 'up' | 'down'>>;
}

const patienceMilliseconds = 2000;

/** Asks both stores for a sign of life, each for 2 s at most. */
export async function readReadiness({
  directory,
  stores,
}: Pick<Installation, 'directory' | 'stores'>): Promise<Readiness> {
  const [directoryState, ...regions] = await Promise.all([
    stateOf(askForLife(directory)),
    ...[...stores].map(
      async ([region, store]) => [region, await stateOf(store.ask('SELECT 1 AS one', { seconds: 2 }))] as const,
    ),
  ]);
  return { isReady: directoryState === 'up', directory: directoryState, regions: Object.fromEntries(regions) };
}

async function stateOf(sign: Promise<unknown>): Promise<'up' | 'down'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'down'>((resolve) => {
    timer = setTimeout(() => resolve('down'), patienceMilliseconds);
  });
  const state = sign.then(
    () => 'up' as const,
    () => 'down' as const,
  );
  try {
    return await Promise.race([state, late]);
  } finally {
    clearTimeout(timer);
  }
}
