import { setTimeout as sleep } from 'node:timers/promises';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import type { Installation } from '../access/index.ts';
import { type BulkTask, findTasks } from './bulk-queries.ts';
import { runBatch, skipNext } from './run-batch.ts';

/** How often work is looked for. */
const pollMilliseconds = 300;
const retryMilliseconds = 5000; // after a fault of the directory
const asideMilliseconds = 2000; // a job that stumbles lets the others pass for so long
// A transaction of so many takes a fraction of a second: whoever cancels, or tags a customer by hand, waits no longer.
const customersAtOnce = 250;
// The first fault may be nobody's, such as two transactions in each other's way; from then on each customer has one of its own.
const faultsAtOnce = 2;
const faultsAlone = 3;

export interface BulkRunner {
  /** Stops after the batch in hand; what is left goes on at the next start, or with another worker. */
  stop(): Promise<void>;
}

interface Trouble {
  faults: number;
  /** So many customers more are done one by one. */
  alone: number;
  until: number;
}

/** Works through everybody's jobs, a batch of each in turn, so that a long one holds up nobody. Several processes may do so at once. */
export function startBulkRunner(installation: Installation): BulkRunner {
  const { directory, log } = installation;
  const stopping = new AbortController();
  const troubles = new Map<string, Trouble>();

  async function step(task: BulkTask): Promise<boolean> {
    const trouble = troubles.get(task.jobId) ?? { faults: 0, alone: 0, until: 0 };
    if (trouble.until > performance.now()) return false;
    const atMost = trouble.alone > 0 ? 1 : customersAtOnce;
    try {
      const outcome = await runBatch(installation, task, { atMost });
      if (outcome === 'ended' || trouble.alone <= 1) troubles.delete(task.jobId);
      else troubles.set(task.jobId, { ...trouble, faults: 0, alone: trouble.alone - 1 });
      return outcome !== 'elsewhere';
    } catch (error) {
      if (isDirectoryAway(error)) throw error;
      log.error({ err: error, jobId: task.jobId, partnerId: task.partnerId }, 'a batch of a bulk job stumbled');
      const faults = trouble.faults + 1;
      if (atMost === 1 && faults >= faultsAlone) {
        await skipNext(installation, task);
        troubles.set(task.jobId, { faults: 0, alone: trouble.alone - 1, until: 0 });
      } else {
        const isTooMuch = atMost > 1 && faults >= faultsAtOnce;
        const alone = isTooMuch ? customersAtOnce : trouble.alone;
        const until = performance.now() + asideMilliseconds;
        troubles.set(task.jobId, { faults: isTooMuch ? 0 : faults, alone, until });
      }
      return false;
    }
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      let wait = pollMilliseconds;
      try {
        for (const task of await findTasks(directory)) {
          if (stopping.signal.aborted) return;
          if (await step(task)) wait = 0;
        }
      } catch (error) {
        if (!isDirectoryAway(error)) log.error({ err: error }, 'bulk jobs stumbled');
        wait = retryMilliseconds;
      }
      if (wait > 0) await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const running = loop();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
