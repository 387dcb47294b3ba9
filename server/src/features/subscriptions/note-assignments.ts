import type { LicenseLine } from '@hub/contract/subscriptions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { insertOwnAssignments } from './own-assignment-queries.ts';

interface Changed {
  customerId: string;
  reference: string;
  today: string;
  before: readonly LicenseLine[];
  after: readonly LicenseLine[];
}

/**
 * Notes what somebody assigned here, of which the day's license snapshot is made. A line that is written again as it was says nothing of today; what
 * is not known any more is told as unknown.
 */
export async function noteAssignments(
  tx: TenantTx,
  ctx: Ctx,
  { customerId, reference, today, before, after }: Changed,
): Promise<void> {
  const had = new Map(before.map((line) => [line.product, line]));
  const changed = after.filter((line) => {
    const { ordered, assigned = null } = had.get(line.product) ?? { ordered: null };
    const isTold = line.assigned !== null || assigned !== null;
    return isTold && (line.assigned !== assigned || line.ordered !== ordered);
  });
  const rows = changed.map(({ product, ordered, assigned }) => ({
    customerId,
    reference,
    product,
    day: today,
    ordered,
    assigned,
  }));
  await insertOwnAssignments(tx, ctx.actor.partnerId, rows, ctx.clock.now());
}
