import { PartnerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import { newTrackingId } from '../../platform/http/index.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import type { Ctx, Installation } from '../access/index.ts';
import { findPartnerIds } from './import-queries.ts';
import type { Chore } from './import-runner.ts';

const asideMilliseconds = 60_000; // after a fault
/** Such work takes a tenth of the time at most, however many partners there are: imports that follow each other soon are served together. */
const restFactor = 10;

interface PartnerWork {
  /** Milliseconds, at least. */
  looksEvery: number;
  /** What is written to the log where it fails. */
  fault: string;
  /** For one partner; whether there was anything to be done. */
  work: (ctx: Ctx, region: RegionCode, isOver: () => boolean) => Promise<boolean>;
}

/** A chore of the import queue that is done for each partner by itself: where one fails, the others, and the imports, go on. */
export function partnerChore(installation: Installation, { looksEvery, fault, work }: PartnerWork): Chore {
  const next = new Map<string, number>();
  return async (region, isOver) => {
    const walkBegan = performance.now();
    if ((next.get(region) ?? 0) > walkBegan) return;
    for (const id of await findPartnerIds(installation.directory)) {
      const key = `${region} ${id}`;
      if (isOver()) return;
      if ((next.get(key) ?? 0) > performance.now()) continue;
      const actor = { kind: 'system', partnerId: PartnerId.parse(id) } as const;
      const began = performance.now();
      try {
        const hasWorked = await work({ ...installation, actor, trackingId: newTrackingId() }, region, isOver);
        if (hasWorked) next.set(key, performance.now() + restFactor * (performance.now() - began));
      } catch (error) {
        if (isDirectoryAway(error) || (error instanceof StoreFault && error.kind === 'unavailable')) throw error;
        installation.log.error({ err: error, partnerId: id, region }, fault);
        next.set(key, performance.now() + asideMilliseconds);
      }
    }
    const took = performance.now() - walkBegan;
    next.set(region, performance.now() + Math.max(looksEvery, restFactor * took));
  };
}
