import type { SubscriptionId } from '@hub/contract/ids';
import type { Subscription, SubscriptionTerms } from '@hub/contract/subscriptions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { lockCustomers, partnerToday, refreshCustomers } from '../statuses/index.ts';
import { countedLines, sincesOf } from './contract-rules.ts';
import { setLines } from './license-lines-queries.ts';
import { noteAssignments } from './note-assignments.ts';
import { refuseTakenReference } from './refuse-taken-reference.ts';
import { getCustomerOfSubscription, getSubscriptionForUpdate, setTerms } from './subscriptions-queries.ts';
import { toldOf } from './told-of.ts';

/** Throws subscription_not_found, changed_meanwhile, contract_reference_taken, contract_reference_not_yours. */
export async function changeSubscription(
  ctx: Ctx,
  { subscriptionId, version, lines, ...terms }: SubscriptionTerms & { subscriptionId: SubscriptionId; version: number },
): Promise<Subscription> {
  requirePermission(ctx, 'subscriptions.write');
  const { partnerId } = ctx.actor;
  return refuseTakenReference(ctx, terms.reference, () =>
    inTenant(ctx, async (tx) => {
      await lockCustomers(tx, [await getCustomerOfSubscription(tx, subscriptionId)]);
      const stored = await getSubscriptionForUpdate(tx, subscriptionId);
      if (stored.version !== version) throw new HubError('changed_meanwhile');
      const today = await partnerToday(tx, ctx);
      await setTerms(tx, subscriptionId, { ...terms, ...sincesOf(terms, stored, today) });
      const { customerId } = stored;
      const counted = countedLines(lines, stored.lines, today);
      await setLines(tx, { partnerId, customerId, kind: 'subscription', contractId: subscriptionId, lines: counted });
      await noteAssignments(tx, ctx, {
        customerId,
        reference: terms.reference,
        today,
        before: stored.lines,
        after: lines,
      });
      const before = toldOf(stored);
      const after = toldOf(await getSubscriptionForUpdate(tx, subscriptionId));
      await refreshCustomers(tx, ctx, [customerId]);
      const target = { kind: 'subscription', id: subscriptionId };
      await audit(tx, ctx, { action: 'subscriptions.change', target, customerId, before, after });
      return after;
    }),
  );
}
