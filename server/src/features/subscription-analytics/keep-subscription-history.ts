import type { PartnerId } from '@hub/contract/ids';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import { newTrackingId } from '../../platform/http/index.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import type { Installation } from '../access/index.ts';
import type { Chore } from '../imports/index.ts';
import { dateIn, findPartners } from '../statuses/index.ts';
import { areImportsWaiting } from './day-marks-queries.ts';
import { recordNights } from './record-nights.ts';
import { storeLicenseDays } from './store-license-days.ts';

const atOnceMilliseconds = 1500; // then the imports go on first
const lookMilliseconds = 30_000; // how often a partner that has all its nights is looked at
const asideMilliseconds = 60_000; // after a fault
const restFactor = 4; // 91 nights of 100,000 customers take minutes of a core: a fifth of the time leaves the pages theirs

const isAway = (error: unknown): boolean =>
  isDirectoryAway(error) || (error instanceof StoreFault && error.kind === 'unavailable');

/**
 * Keeps what subscription analytics tells of the past: the nights of its cards, and the days of its trend. Both are told anew where an import that
 * they come from arrives late or is undone. A chore of the import queue that waits for every import.
 */
export function keepsSubscriptionHistory(installation: Installation): Chore {
  const next = new Map<string, { at: number; today: string }>();
  const rests = new Map<string, number>();
  const walk: Chore = async (region, isOver) => {
    const until = performance.now() + atOnceMilliseconds;
    for (const { id, timeZone } of await findPartners(installation.directory)) {
      const key = `${region} ${id}`;
      const today = dateIn(timeZone, installation.clock.now());
      const due = next.get(key);
      if (isOver() || performance.now() > until) return;
      if (due && due.today === today && due.at > performance.now()) continue;
      const actor = { kind: 'system', partnerId: id as PartnerId } as const;
      const began = performance.now();
      try {
        const ctx = { ...installation, actor, trackingId: newTrackingId() };
        const isEnough = (): boolean => isOver() || performance.now() > until;
        const isDone = (await recordNights(ctx, region, isEnough)) && (await storeLicenseDays(ctx, region, isEnough));
        // Who has many customers is looked at as seldom as looking takes long.
        const rest = isDone ? Math.max(lookMilliseconds, 10 * (performance.now() - began)) : 0;
        next.set(key, { at: performance.now() + rest, today });
      } catch (error) {
        if (isAway(error)) throw error;
        installation.log.error({ err: error, partnerId: id, region }, 'the history of subscriptions could not be kept');
        next.set(key, { at: performance.now() + asideMilliseconds, today });
      }
    }
  };
  return async (region, isOver) => {
    if ((rests.get(region) ?? 0) > performance.now()) return;
    if (await areImportsWaiting(installation.directory, region)) return;
    const began = performance.now();
    await walk(region, isOver);
    rests.set(region, performance.now() + restFactor * (performance.now() - began));
  };
}
