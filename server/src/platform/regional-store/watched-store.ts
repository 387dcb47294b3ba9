import { setTimeout as sleep } from 'node:timers/promises';
import type { RegionalStore } from './regional-store.ts';
import type { RemoteStore } from './remote-regional-store.ts';
import { StoreFault } from './store-fault.ts';

export interface WatchTimes {
  /** Between two looks at a store that answers, and at one that does not. */
  upMilliseconds: number;
  downMilliseconds: number;
  /** How long one look may take. */
  probeMilliseconds: number;
  /** What writes is given up after the store has been away for so long; a network may come back. */
  statementMilliseconds: number;
}

const usual: WatchTimes = {
  upMilliseconds: 5000,
  downMilliseconds: 2000,
  probeMilliseconds: 4000,
  statementMilliseconds: 60_000,
};

export interface WatchOptions {
  /** Before the store is used at all, each time this process finds it for the first time: its tables are brought to the newest form. */
  prepare: (store: RegionalStore) => Promise<void>;
  /** Told of every change; `reason` is for the log. */
  onChange?: (isAvailable: boolean, reason: string) => void;
  times?: Partial<WatchTimes>;
}

export interface WatchedStore extends RegionalStore {
  /** Why it is not used now; undefined where it is. `isPrepared`: it was before, since this process began. */
  away(): { reason: string; isPrepared: boolean } | undefined;
  /** Looks for the first time; resolves whether the store answers or not. */
  begin(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A store on a server, with somebody who looks whether it answers. While it does not, everything asked of it is refused at once, so that
 * nobody waits again and again for the same silence; it comes back by itself.
 */
export function watchedStore(remote: RemoteStore, { prepare, onChange, times = {} }: WatchOptions): WatchedStore {
  const { upMilliseconds, downMilliseconds, probeMilliseconds, statementMilliseconds } = { ...usual, ...times };
  const ending = new AbortController();
  let isUp = false;
  let isPrepared = false;
  let reason = 'it has not been asked yet';
  let downSince = performance.now();
  let look: Promise<void> | undefined;
  let watching: Promise<void> | undefined;

  function goDown(error: unknown): void {
    const words = error instanceof Error ? error.message : String(error);
    if (isUp) downSince = performance.now();
    const isNews = isUp || words !== reason;
    isUp = false;
    reason = words;
    if (isNews) onChange?.(false, words);
    remote.giveUp('gave up: the store went away', 'questions');
    if (performance.now() - downSince > statementMilliseconds)
      remote.giveUp('gave up: the store went away', 'statements');
  }

  async function lookOnce(): Promise<void> {
    try {
      await remote.probe(probeMilliseconds);
    } catch (error) {
      // A server that is only too busy for one more question is there all the same.
      if (error instanceof StoreFault && /Code: 202|TOO_MANY_SIMULTANEOUS/.test(error.message) && isUp) return;
      return goDown(error);
    }
    if (isUp) return;
    try {
      if (!isPrepared) await prepare(remote);
      isPrepared = true;
    } catch (error) {
      return goDown(error);
    }
    isUp = true;
    onChange?.(true, 'it answers');
  }

  /** One look at a time, whoever asks for it. */
  const lookNow = (): Promise<void> =>
    (look ??= lookOnce().finally(() => {
      look = undefined;
    }));

  async function watch(): Promise<void> {
    while (!ending.signal.aborted) {
      const options = { signal: ending.signal, ref: false };
      await sleep(isUp ? upMilliseconds : downMilliseconds, undefined, options).catch(() => undefined);
      if (!ending.signal.aborted) await lookNow();
    }
  }

  async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!isUp)
      throw StoreFault.unavailable(remote.region, reason.replace(/^The store of region \w+ does not answer: /, ''));
    try {
      return await work();
    } catch (error) {
      // Nobody else shall find out by waiting.
      if (error instanceof StoreFault && error.kind === 'unavailable' && !ending.signal.aborted) void lookNow();
      throw error;
    }
  }

  return {
    region: remote.region,
    database: remote.database,
    isEmbedded: false,
    isAvailable: () => isUp,
    away: () => (isUp ? undefined : { reason, isPrepared }),
    ask: <Row>(...words: Parameters<RegionalStore['ask']>) => guarded(() => remote.ask<Row>(...words)),
    run: (...words) => guarded(() => remote.run(...words)),
    load: (load) => guarded(() => remote.load(load)),
    askFile: <Row>(...words: Parameters<RegionalStore['askFile']>) => guarded(() => remote.askFile<Row>(...words)),
    unload: (unload) => guarded(() => remote.unload(unload)),
    async begin() {
      await lookNow();
      watching ??= watch();
    },
    async close() {
      ending.abort();
      await remote.close();
      await watching;
    },
  };
}
