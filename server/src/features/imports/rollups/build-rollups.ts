import type { RegionCode } from '@hub/contract/regions';
import type { Installation } from '../../access/index.ts';
import { findPartnerIds } from '../import-queries.ts';
import { findBuilt, rebuildRollups } from './rollup-queries.ts';

const lookMilliseconds = 60_000;

/**
 * A chore of the queue: builds the rollups of partners that have none yet, such as those of before this release and new ones. It looks once a
 * minute; until then, and where building broke off, questions ask the facts.
 */
export function buildsRollups({ directory, stores, log }: Installation) {
  const looked = new Map<RegionCode, number>();
  return async (region: RegionCode, isOver: () => boolean): Promise<void> => {
    const store = stores.get(region);
    if (!store || performance.now() - (looked.get(region) ?? -Infinity) < lookMilliseconds) return;
    const built = await findBuilt(store);
    for (const partnerId of await findPartnerIds(directory)) {
      if (isOver()) return;
      if (built.has(partnerId)) continue;
      const began = performance.now();
      await rebuildRollups(store, partnerId);
      log.info({ region, partnerId, milliseconds: Math.round(performance.now() - began) }, 'rollups were built');
    }
    looked.set(region, performance.now());
  };
}
