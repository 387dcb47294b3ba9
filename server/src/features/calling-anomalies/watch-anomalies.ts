import type { PartnerId } from '@hub/contract/ids';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import { newTrackingId } from '../../platform/http/index.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import type { Installation } from '../access/index.ts';
import type { Chore } from '../imports/index.ts';
import { findPartners } from '../statuses/index.ts';
import { lookAtRegion } from './look-at-region.ts';

const lookMilliseconds = 3000;
const asideMilliseconds = 60_000; // after a fault
/** Looking takes a tenth of the time at most, however many partners there are: imports that follow each other soon are judged together. */
const restFactor = 10;

/** A chore of the import queue: keeps what is told of the calling of customers right, soon after whatever changes it. */
export function watchesAnomalies(installation: Installation, { looksEvery = lookMilliseconds } = {}): Chore {
  const next = new Map<string, number>();
  return async (region, isOver) => {
    const walkBegan = performance.now();
    if ((next.get(region) ?? 0) > walkBegan) return;
    for (const { id } of await findPartners(installation.directory)) {
      const key = `${region} ${id}`;
      if (isOver()) return;
      if ((next.get(key) ?? 0) > performance.now()) continue;
      const actor = { kind: 'system', partnerId: id as PartnerId } as const;
      const began = performance.now();
      try {
        const hasLooked = await lookAtRegion({ ...installation, actor, trackingId: newTrackingId() }, region);
        if (hasLooked) next.set(key, performance.now() + restFactor * (performance.now() - began));
      } catch (error) {
        if (isDirectoryAway(error) || (error instanceof StoreFault && error.kind === 'unavailable')) throw error;
        // The other partners, and the imports, go on.
        installation.log.error({ err: error, partnerId: id, region }, 'the calling of customers could not be judged');
        next.set(key, performance.now() + asideMilliseconds);
      }
    }
    const took = performance.now() - walkBegan;
    next.set(region, performance.now() + Math.max(looksEvery, restFactor * took));
  };
}
