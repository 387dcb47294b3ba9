import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { readPolicy } from '../statuses/index.ts';
import { countRejected, countRowsBefore, findRejecting, type Limit } from './beyond-queries.ts';
import { findEndedBefore, type Removal } from './retention-queries.ts';

export const rowsOf = ({ stored, held, rejected }: Removal): number => stored + held + rejected;

/** What lies before the limits at this moment, of feeds of which anything does. Throws region_not_served. */
// oxlint-disable-next-line hub/verb-asks -- the preview and the night ask; this counts for both
export async function countBeyond(ctx: Ctx, region: RegionCode, limits: readonly Limit[]): Promise<Removal[]> {
  const store = ctx.stores.get(region);
  if (!store) throw new HubError('region_not_served', { region });
  if (limits.length === 0) return [];
  const { partnerId } = ctx.actor;
  const counted = await countRowsBefore(store, partnerId, limits);
  const rejecting = await findRejecting(store, partnerId);
  const removals: Removal[] = [];
  for (const { feed, firstDay } of limits) {
    const batches = await inTenant(ctx, async (tx) => {
      const { timeZone } = await readPolicy(tx, partnerId);
      return findEndedBefore(tx, { batches: rejecting, feed: feed.code, timeZone, firstDay });
    });
    const rejected = batches.length === 0 ? 0 : await countRejected(store, partnerId, batches);
    const { stored = 0, held = 0 } = counted.find(({ code }) => code === feed.code) ?? {};
    removals.push({ feed: feed.code, firstDay, stored, held, rejected, batches });
  }
  return removals.filter((removal) => rowsOf(removal) > 0);
}
