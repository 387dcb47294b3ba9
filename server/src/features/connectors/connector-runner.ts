import { setTimeout as sleep } from 'node:timers/promises';
import { connectorLock, withLease } from '../../platform/directory/advisory-lock.ts';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import type { Installation } from '../access/index.ts';
import { type ConnectorTask, findDueTasks } from './connector-queries.ts';
import type { Patience } from './provider.ts';
import { runPull } from './run-pull.ts';

/** How often work is looked for: one small question about all partners. */
const pollMilliseconds = 2000;
const retryMilliseconds = 5000; // after a fault of the directory
const asideMilliseconds = 10_000; // for what another process has in hand, or what failed for no reason that is known
/** Each holds a connection of the directory for as long as it runs, which with a limit of one question a minute may be hours. */
const mostAtOnce = 4;

export interface ConnectorRunner {
  /** Breaks off what waits or asks; it begins again where it had been handed over last. */
  stop(): Promise<void>;
}

/** Runs each connector when it is due. Of several processes one does it; where that one ends, however it ends, another begins anew. */
export function startConnectorRunner(
  installation: Installation,
  { pollsEvery = pollMilliseconds, patience }: { pollsEvery?: number; patience?: Patience } = {},
): ConnectorRunner {
  const { directory, log, clock } = installation;
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const aside = new Map<string, number>();

  async function run(task: ConnectorTask): Promise<void> {
    const isMine = await withLease(directory, connectorLock(task.connectorId), async (lease) => {
      const lost = new AbortController();
      const watch = setInterval(() => {
        if (lease.isLost()) lost.abort();
      }, 1000);
      try {
        const signal = AbortSignal.any([stopping.signal, lost.signal]);
        await runPull(installation, task, { signal, ...(patience === undefined ? {} : { patience }) });
      } finally {
        clearInterval(watch);
      }
    });
    if (!isMine) aside.set(task.connectorId, performance.now() + asideMilliseconds);
  }

  function begin(task: ConnectorTask): void {
    const { connectorId, partnerId } = task;
    const work = run(task).catch((error: unknown) => {
      aside.set(connectorId, performance.now() + asideMilliseconds);
      if (!stopping.signal.aborted && !isDirectoryAway(error))
        log.error({ err: error, connectorId, partnerId }, 'a run of a connector stumbled');
    });
    running.set(
      connectorId,
      work.finally(() => running.delete(connectorId)),
    );
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      let wait = pollsEvery;
      try {
        for (const task of await findDueTasks(directory, clock.now())) {
          const isAside = (aside.get(task.connectorId) ?? 0) > performance.now();
          if (running.size < mostAtOnce && !running.has(task.connectorId) && !isAside) begin(task);
        }
      } catch (error) {
        if (!isDirectoryAway(error)) log.error({ err: error }, 'the look at due connectors stumbled');
        wait = retryMilliseconds;
      }
      await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const looking = loop();
  return {
    async stop() {
      stopping.abort();
      await looking;
      await Promise.all(running.values());
    },
  };
}
