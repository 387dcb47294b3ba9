import type { CustomerId } from '@hub/contract/ids';
import type { Subscription, SubscriptionTerms } from '@hub/contract/subscriptions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { lockCustomers, partnerToday, refreshCustomers } from '../statuses/index.ts';
import { countedLines, sincesOf } from './contract-rules.ts';
import { setLines } from './license-lines-queries.ts';
import { noteAssignments } from './note-assignments.ts';
import { refuseTakenReference } from './refuse-taken-reference.ts';
import { getSubscriptionForUpdate, insertSubscription } from './subscriptions-queries.ts';
import { toldOf } from './told-of.ts';

/** Throws customer_not_found, contract_reference_taken, contract_reference_not_yours. */
export async function createSubscription(
  ctx: Ctx,
  { customerId, lines, ...terms }: SubscriptionTerms & { customerId: CustomerId },
): Promise<Subscription> {
  requirePermission(ctx, 'subscriptions.write');
  const { partnerId } = ctx.actor;
  return refuseTakenReference(ctx, terms.reference, () =>
    inTenant(ctx, async (tx) => {
      if ((await lockCustomers(tx, [customerId])).length === 0) throw new HubError('customer_not_found');
      const today = await partnerToday(tx, ctx);
      const id = ctx.clock.id();
      const given = { id, partnerId, customerId, createdAt: ctx.clock.now() };
      await insertSubscription(tx, given, { ...terms, ...sincesOf(terms, undefined, today) });
      const counted = countedLines(lines, [], today);
      await setLines(tx, { partnerId, customerId, kind: 'subscription', contractId: id, lines: counted });
      await noteAssignments(tx, ctx, { customerId, reference: terms.reference, today, before: [], after: lines });
      const after = toldOf(await getSubscriptionForUpdate(tx, id));
      await refreshCustomers(tx, ctx, [customerId]);
      await audit(tx, ctx, { action: 'subscriptions.create', target: { kind: 'subscription', id }, customerId, after });
      return after;
    }),
  );
}
