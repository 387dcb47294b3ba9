import type { PartnerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import { newTrackingId } from '../../platform/http/index.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, type Installation, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { type Chore, feedOf, feeds, firstKept, noteRemoval, readKeptDays } from '../imports/index.ts';
import { dateIn, findPartners, partnerToday } from '../statuses/index.ts';
import { countBeyond } from './beyond.ts';
import { removeRejected, removeRowsBefore } from './beyond-queries.ts';
import { endNight, type Night, readBeginning, readNight, setPlan } from './retention-queries.ts';

const ofNoDay = '0001-01-01'; // before it nothing can have gone
const asideMilliseconds = 60_000; // after a fault

/**
 * Each night of a partner's zone, what is older than its limits goes. A chore of the import queue: it works between two imports, in one process,
 * while no backup is written; a region that is away is caught up when it is back.
 */
// oxlint-disable-next-line hub/verb-asks -- the hub itself, for no person; whoever set the limits was asked
export function keepsRetention(installation: Installation): Chore {
  const looked = new Map<string, string>();
  const aside = new Map<string, number>();
  return async (region, isOver) => {
    for (const { id, timeZone } of await findPartners(installation.directory)) {
      const key = `${region} ${id}`;
      const today = dateIn(timeZone, installation.clock.now());
      if (isOver()) return;
      if (looked.get(key) === today || (aside.get(key) ?? 0) > performance.now()) continue;
      const actor = { kind: 'system', partnerId: id as PartnerId } as const;
      try {
        await keepRetention({ ...installation, actor, trackingId: newTrackingId() }, region);
        looked.set(key, today);
      } catch (error) {
        if (isDirectoryAway(error) || (error instanceof StoreFault && error.kind === 'unavailable')) throw error;
        // The other partners, and the imports, go on.
        installation.log.error({ err: error, partnerId: id, region }, 'rows beyond their limit could not be removed');
        aside.set(key, performance.now() + asideMilliseconds);
      }
    }
  };
}

/** One partner's night in one region, if it is due; what an earlier try left unfinished is finished as it was planned. */
// oxlint-disable-next-line hub/verb-asks -- the hub itself, for no person; whoever set the limits was asked
export async function keepRetention(ctx: Ctx, region: RegionCode): Promise<void> {
  const { partnerId } = ctx.actor;
  const store = ctx.stores.get(region);
  if (!store) return;
  const night = await planNight(ctx, region);
  if (night === undefined) return;
  for (const { feed, firstDay, batches } of night.removes) {
    await removeRowsBefore(store, partnerId, { feed: feedOf(feed), firstDay });
    await removeRejected(store, partnerId, batches);
  }
  await inTenant(ctx, async (tx) => {
    if (!(await endNight(tx, region, night.on)) || night.removes.length === 0) return;
    const licenses = night.removes.find(({ feed }) => feed === 'license_snapshots');
    await noteRemoval(tx, { partnerId, region }, { licensesBefore: licenses?.firstDay ?? ofNoDay });
    await audit(tx, ctx, {
      action: 'retention.remove',
      target: { kind: 'partner', id: partnerId },
      after: {
        region,
        feeds: Object.fromEntries(
          night.removes.map(({ feed, firstDay, stored, held, rejected }) => [
            feed,
            { firstDay, stored, held, rejected },
          ]),
        ),
      },
    });
  });
}

async function planNight(ctx: Ctx, region: RegionCode): Promise<Night | undefined> {
  const { partnerId } = ctx.actor;
  const { today, doneOn, plan, beginning, kept } = await inTenant(ctx, async (tx) => {
    const today = await partnerToday(tx, ctx);
    const beginning = await readBeginning(tx, partnerId);
    return {
      today,
      beginning,
      ...(await readNight(tx, { partnerId, region, today })),
      kept: await readKeptDays(tx, region),
    };
  });
  if (plan !== null) return plan;
  if (doneOn >= today || (beginning !== null && beginning > today)) return undefined;
  const limits = feeds.flatMap((feed) => {
    const days = kept.get(feed.code) ?? null;
    return days === null ? [] : [{ feed, firstDay: firstKept(today, days) }];
  });
  const night = { on: today, removes: await countBeyond(ctx, region, limits) };
  // Before the first row goes: whoever finishes it after a stop still knows how many there were.
  if (night.removes.length > 0) await inTenant(ctx, (tx) => setPlan(tx, region, night));
  return night;
}
