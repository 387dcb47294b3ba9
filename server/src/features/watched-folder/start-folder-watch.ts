import { setTimeout as sleep } from 'node:timers/promises';
import { type Lease, watchLock, withLease } from '../../platform/directory/advisory-lock.ts';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import type { Installation } from '../access/index.ts';
import { lookAtFolder, type Seen } from './look-at-folder.ts';

/** A file that is the same at two looks has stopped growing. */
const lookMilliseconds = 5000;
const retryMilliseconds = 10_000; // after a fault of the directory or of the folder; while another process watches

export interface FolderWatch {
  /** Stops after the file in hand; the next start goes on. */
  stop(): Promise<void>;
}

/** Brings what is put into the folder. Of several processes one watches; where that one ends, another goes on from the folder itself. */
export function startFolderWatch(
  installation: Installation,
  root: string,
  { looksEvery = lookMilliseconds }: { looksEvery?: number } = {},
): FolderWatch {
  const { directory, log } = installation;
  const stop = new AbortController();
  const rest = (milliseconds: number): Promise<void> =>
    sleep(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined);

  async function work(lease: Lease): Promise<void> {
    const seen: Seen = new Map();
    const isOver = (): boolean => stop.signal.aborted || lease.isLost();
    while (!isOver()) {
      await lookAtFolder({ installation, root, seen, isOver });
      await rest(looksEvery);
    }
  }

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await withLease(directory, watchLock, work);
      } catch (error) {
        if (!isDirectoryAway(error))
          log.error({ err: error, folder: root }, 'the watched folder could not be looked at');
      }
      await rest(Math.max(looksEvery, Math.min(retryMilliseconds, 2 * looksEvery)));
    }
  }

  const running = loop();
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}
