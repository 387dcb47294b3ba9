import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { Ctx } from '../access/index.ts';
import { dateIn } from '../statuses/index.ts';
import { countWhere } from './customer-page-queries.ts';
import { findCondition } from './customers-filter-queries.ts';
import { readTimeZone } from './customers-queries.ts';
import { readFilter } from './read-filter.ts';

/**
 * How many of those that the actor sees a group's filter finds: whoever asks, it may be by what the actor is not told. Nobody where the
 * filter does not read any more, such as after an update.
 */
export async function countInGroup(tx: TenantTx, ctx: Ctx, filter: string): Promise<number> {
  try {
    const query = readFilter(filter);
    const timeZone = await readTimeZone(tx, ctx.actor.partnerId);
    const today = dateIn(timeZone, ctx.clock.now());
    return await countWhere(tx, await findCondition(tx, query, { today, timeZone, findsReferences: true }));
  } catch (error) {
    if (error instanceof HubError && (error.code === 'filter_invalid' || error.code === 'filter_too_long')) return 0;
    throw error;
  }
}
