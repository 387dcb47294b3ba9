import type { RegionCode } from '@hub/contract/regions';
import type { Installation } from '../../access/index.ts';
import { findPartnerIds } from '../import-queries.ts';
import { areRollupsBuilt, rebuildRollups } from './rollup-queries.ts';

/**
 * A chore of the queue: builds the rollups of partners that have none yet, such as those of before this release and new ones. Whom it found
 * built it does not ask for again until the process ends.
 */
export function buildsRollups({ directory, stores, log }: Installation) {
  const built = new Set<string>();
  return async (region: RegionCode, isOver: () => boolean): Promise<void> => {
    const store = stores.get(region);
    if (!store) return;
    for (const partnerId of await findPartnerIds(directory)) {
      const key = `${region} ${partnerId}`;
      if (built.has(key)) continue;
      if (isOver()) return;
      if (!(await areRollupsBuilt(store, partnerId))) {
        const began = performance.now();
        await rebuildRollups(store, partnerId);
        log.info({ region, partnerId, milliseconds: Math.round(performance.now() - began) }, 'rollups were built');
      }
      built.add(key);
    }
  };
}
