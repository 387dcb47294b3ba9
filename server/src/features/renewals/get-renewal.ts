import type { ReplyOf } from '@hub/contract/endpoint';
import type { SubscriptionId } from '@hub/contract/ids';
import type * as api from '@hub/contract/renewals';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { partnerToday } from '../statuses/index.ts';
import { blankWork } from './blank-work.ts';
import { findTerm, findWork } from './work-queries.ts';

/** The work on the term that runs, and on those before. Throws subscription_not_found. */
export async function getRenewal(
  ctx: Ctx,
  { subscriptionId }: { subscriptionId: SubscriptionId },
): Promise<ReplyOf<typeof api.getRenewal>> {
  requirePermission(ctx, 'subscriptions.read');
  return inTenant(ctx, async (tx) => {
    const term = await findTerm(tx, subscriptionId, await partnerToday(tx, ctx));
    if (!term) throw new HubError('subscription_not_found');
    const all = (await findWork(tx, [subscriptionId])).get(subscriptionId) ?? [];
    const own = all.find(({ termEndsOn }) => termEndsOn === term.endsOn);
    const work = own ?? (term.endsOn === null ? null : blankWork(term.endsOn, all[0]?.noticeDays));
    return { work, past: all.filter((one) => one !== own) };
  });
}
