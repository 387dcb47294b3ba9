import { inPartnerTransaction, type TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from './ctx.ts';

/** One transaction in the directory that sees and writes only the rows of the actor's partner. */
export function inTenant<Result>(ctx: Ctx, work: (tx: TenantTx) => Promise<Result>): Promise<Result> {
  return inPartnerTransaction(ctx.directory, ctx.actor.partnerId, work);
}
