import { inPartnerTransaction, type TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from './ctx.ts';
import { requireActor } from './require-actor.ts';
import { scopePersonOf } from './scope-person.ts';

/** One transaction in the directory that sees and writes only the rows of the actor's partner, and of those only what is in their scope. */
export function inTenant<Result>(ctx: Ctx, work: (tx: TenantTx) => Promise<Result>): Promise<Result> {
  return inPartnerTransaction(
    ctx.directory,
    { partnerId: ctx.actor.partnerId, scopePerson: scopePersonOf(ctx.actor) },
    async (tx) => {
      await requireActor(tx, ctx.actor);
      return work(tx);
    },
  );
}
