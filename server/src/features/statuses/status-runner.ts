import { setTimeout as sleep } from 'node:timers/promises';
import type { PartnerId } from '@hub/contract/ids';
import { type Lease, statusesLock, withLease } from '../../platform/directory/advisory-lock.ts';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import { newTrackingId } from '../../platform/http/index.ts';
import type { Installation } from '../access/index.ts';
import { dateIn } from './date-in.ts';
import { refreshDueCustomers } from './refresh-due-customers.ts';
import { findPartners } from './policy-queries.ts';

/** How soon a midnight or a new policy is seen: one small question about all partners. */
const pollMilliseconds = 2000;
/** How often each partner is looked at all the same: customers that a write held, or that came past every verb. */
const anywayMilliseconds = 30_000;
const elsewhereMilliseconds = 5000; // while another process does it
const retryMilliseconds = 5000; // after a fault of the directory

export interface StatusRunner {
  /** Stops after the batch in hand; the next start goes on. */
  stop(): Promise<void>;
}

/**
 * Keeps what is derived of customers right by the passing of time: at each midnight of a partner's zone, and soon after a change of its
 * policy. Of several processes one does it; where that one ends, another takes it over.
 */
export function startStatusRunner(
  installation: Installation,
  { pollsEvery = pollMilliseconds }: { pollsEvery?: number } = {},
): StatusRunner {
  const { directory, log, clock } = installation;
  const stop = new AbortController();
  const isStopping = (): boolean => stop.signal.aborted;

  async function lookAt(partnerId: string, isOver: () => boolean): Promise<void> {
    const actor = { kind: 'system', partnerId: partnerId as PartnerId } as const;
    await refreshDueCustomers({ ...installation, actor, trackingId: newTrackingId() }, isOver);
  }

  async function work(lease: Lease): Promise<void> {
    const looked = new Map<string, { at: number; today?: string }>();
    const isOver = (): boolean => isStopping() || lease.isLost();
    while (!isOver()) {
      for (const { id, timeZone, isPolicyNew } of await findPartners(directory)) {
        if (isOver()) return;
        const last = looked.get(id);
        const isRested = last === undefined || performance.now() - last.at > anywayMilliseconds;
        try {
          const today = dateIn(timeZone, clock.now());
          if (!isRested && (last.today === undefined || (last.today === today && !isPolicyNew))) continue;
          await lookAt(id, isOver);
          looked.set(id, { at: performance.now(), today });
        } catch (error) {
          if (isDirectoryAway(error)) throw error;
          // The statuses of the other partners shall be right all the same; this one is tried again later.
          if (isRested || last.today !== undefined)
            log.error({ err: error, partnerId: id }, 'the statuses of a partner could not be derived');
          looked.set(id, { at: performance.now() });
        }
      }
      await rest(pollsEvery, stop.signal);
    }
  }

  async function loop(): Promise<void> {
    while (!isStopping()) {
      let wait = elsewhereMilliseconds;
      try {
        await withLease(directory, statusesLock, work);
      } catch (error) {
        if (!isDirectoryAway(error)) log.error({ err: error }, 'the look at due statuses stumbled');
        wait = retryMilliseconds;
      }
      await rest(wait, stop.signal);
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

/** Until the time is over, or the runner shall stop. */
const rest = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal }).catch(() => undefined);
