import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { dateIn } from './date-in.ts';
import { readPolicy } from './policy-queries.ts';

/** The date in the partner's zone: by it contracts run and statuses are derived. */
export async function partnerToday(tx: TenantTx, ctx: Ctx): Promise<string> {
  const { timeZone } = await readPolicy(tx, ctx.actor.partnerId);
  return dateIn(timeZone, ctx.clock.now());
}
