import type { PartnerId } from '@hub/contract/ids';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import { newTrackingId } from '../../platform/http/index.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import type { Ctx, Installation } from '../access/index.ts';
import type { Chore } from '../imports/index.ts';
import { deleteInRegion } from './delete-in-region.ts';
import { findDeletionTasks } from './deletion-queries.ts';

const asideMilliseconds = 30_000; // after a fault

/** Deletions of a region whose turn has come. A chore of the import queue, as the nightly removal: no import of the region runs meanwhile. */
export function runsDeletions(installation: Installation): Chore {
  const aside = new Map<string, number>();
  return async (region, isOver) => {
    for (const task of await findDeletionTasks(installation.directory, region)) {
      if (isOver()) return;
      if ((aside.get(task.deletionId) ?? 0) > performance.now()) continue;
      const actor = { kind: 'system', partnerId: task.partnerId as PartnerId } as const;
      const ctx: Ctx = { ...installation, actor, trackingId: newTrackingId() };
      try {
        await deleteInRegion(ctx, task);
      } catch (error) {
        if (isDirectoryAway(error) || (error instanceof StoreFault && error.kind === 'unavailable')) throw error;
        installation.log.error(
          { err: error, deletionId: task.deletionId, region },
          'a deletion stumbled and is tried again',
        );
        aside.set(task.deletionId, performance.now() + asideMilliseconds);
      }
    }
  };
}
