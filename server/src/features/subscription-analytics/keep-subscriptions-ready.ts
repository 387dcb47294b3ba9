import { PartnerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import { newTrackingId } from '../../platform/http/index.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, type Installation, inTenant } from '../access/index.ts';
import type { Chore } from '../imports/index.ts';
import { partnerToday } from '../statuses/index.ts';
import { areImportsWaiting, findPartnersInUse } from './day-marks-queries.ts';
import { getSubscriptionAnalytics } from './get-subscription-analytics.ts';
import { findLicenseImports } from './license-import-queries.ts';

const lookMilliseconds = 2000;
const restFactor = 2; // telling everything anew takes seconds of a core, and leaves the pages two thirds of the time
const asideMilliseconds = 60_000; // after a fault
const pageAtFirst = { product: 'calling', everyProduct: false } as const;

/**
 * Of partners that somebody is signed in to, what subscription analytics tells of today is kept in memory before somebody asks: as soon as the last of
 * the imports that wait has brought its snapshots, and when a day begins. Whoever asks meanwhile waits for the same answer.
 */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- the hub itself, for no person; it only tells and keeps
export function keepsSubscriptionsReady(installation: Installation): Chore {
  const told = new Map<string, string>();
  const next = new Map<string, number>();
  return async (region, isOver) => {
    if ((next.get(region) ?? 0) > performance.now()) return;
    if (await areImportsWaiting(installation.directory, region)) return;
    const began = performance.now();
    for (const id of await findPartnersInUse(installation.directory, installation.clock.now())) {
      const key = `${region} ${id}`;
      if (isOver()) return;
      if ((next.get(key) ?? 0) > performance.now()) continue;
      const actor = { kind: 'system', partnerId: PartnerId.parse(id) } as const;
      try {
        const ctx = { ...installation, actor, trackingId: newTrackingId() };
        const state = await stateOf(ctx, region);
        if (told.get(key) === state) continue;
        await getSubscriptionAnalytics(ctx, { region, ...pageAtFirst });
        told.set(key, state);
      } catch (error) {
        if (isDirectoryAway(error) || (error instanceof StoreFault && error.kind === 'unavailable')) throw error;
        installation.log.warn({ err: error, partnerId: id, region }, 'subscriptions could not be told ahead');
        next.set(key, performance.now() + asideMilliseconds);
      }
    }
    const took = performance.now() - began;
    next.set(region, performance.now() + Math.max(lookMilliseconds, restFactor * took));
  };
}

/** What is told hangs on it; what contracts change is told quickly by who asks. */
const stateOf = (ctx: Ctx, region: RegionCode): Promise<string> =>
  inTenant(ctx, async (tx) => {
    const day = await partnerToday(tx, ctx);
    return JSON.stringify([day, await findLicenseImports(tx, region, day)]);
  });
