import { isDeepStrictEqual } from 'node:util';
import type { RequestOf } from '@hub/contract/endpoint';
import type { SubscriptionId } from '@hub/contract/ids';
import type * as api from '@hub/contract/renewals';
import type { RenewalWork } from '@hub/contract/renewals';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { lockCustomers, partnerToday } from '../statuses/index.ts';
import { blankWork } from './blank-work.ts';
import { findOwners, findTerm, findWork, setWork } from './work-queries.ts';

type Change = RequestOf<typeof api.changeRenewal>['body'] & { subscriptionId: SubscriptionId };

/**
 * Writes down the work on the term that runs or ran last. What is there already stays as it is, and so does its version. Throws
 * subscription_not_found, renewal_term_over, changed_meanwhile, administrator_not_found.
 */
export async function changeRenewal(
  ctx: Ctx,
  { subscriptionId, termEndsOn, version, ownerId, stage, note, noticeDays }: Change,
): Promise<RenewalWork> {
  requirePermission(ctx, 'subscriptions.write');
  const { actor } = ctx;
  const { partnerId } = actor;
  return inTenant(ctx, async (tx) => {
    const today = await partnerToday(tx, ctx);
    const found = await findTerm(tx, subscriptionId, today);
    if (!found) throw new HubError('subscription_not_found');
    // One at a time: who comes second finds what the first has written.
    await lockCustomers(tx, [found.customerId]);
    const { customerId, reference, endsOn } = (await findTerm(tx, subscriptionId, today)) ?? found;
    if (endsOn !== termEndsOn) throw new HubError('renewal_term_over', { reference, endsOn: endsOn ?? '' });
    const all = (await findWork(tx, [subscriptionId])).get(subscriptionId) ?? [];
    const before = all.find((one) => one.termEndsOn === endsOn) ?? blankWork(endsOn, all[0]?.noticeDays);
    if (before.version !== version) throw new HubError('changed_meanwhile');
    // Whoever owns it already may stay, also with another role by now.
    const isKnown = ownerId === null || ownerId === before.owner?.personId;
    if (!isKnown && !(await findOwners(tx, partnerId, customerId)).some(({ personId }) => personId === ownerId))
      throw new HubError('administrator_not_found');
    const [told, wanted] = [toldOf(before), { stage, ownerId, note, noticeDays }];
    if (isDeepStrictEqual(told, wanted)) return before;
    const changed = { by: actor.kind === 'person' ? actor.personId : null, at: ctx.clock.now() };
    await setWork(
      tx,
      { partnerId, customerId, subscriptionId },
      { termEndsOn, ...wanted, version: version + 1 },
      changed,
    );
    await audit(tx, ctx, {
      action: 'renewals.change',
      target: { kind: 'subscription', id: subscriptionId },
      customerId,
      before: { reference, termEndsOn, ...told },
      after: { reference, termEndsOn, ...wanted },
    });
    const after = (await findWork(tx, [subscriptionId]))
      .get(subscriptionId)
      ?.find((one) => one.termEndsOn === termEndsOn);
    if (!after) throw new Error('What was written down is not there.');
    return after;
  });
}

const toldOf = ({ stage, owner, note, noticeDays }: RenewalWork) => ({
  stage,
  ownerId: owner?.personId ?? null,
  note,
  noticeDays,
});
