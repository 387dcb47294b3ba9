import type { TrialId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { lockCustomers, partnerToday, refreshCustomers } from '../statuses/index.ts';
import { hasEnded } from '../subscriptions/index.ts';
import { toldOf } from './told-of.ts';
import { deleteTrial, getCustomerOfTrial, getTrialForUpdate } from './trials-queries.ts';

/** Throws trial_not_found, contract_ended. */
export async function removeTrial(ctx: Ctx, { trialId }: { trialId: TrialId }): Promise<void> {
  requirePermission(ctx, 'subscriptions.write');
  await inTenant(ctx, async (tx) => {
    await lockCustomers(tx, [await getCustomerOfTrial(tx, trialId)]);
    const stored = await getTrialForUpdate(tx, trialId);
    const { customerId, reference } = stored;
    if (hasEnded(stored, await partnerToday(tx, ctx))) throw new HubError('contract_ended', { reference });
    await deleteTrial(tx, trialId);
    await refreshCustomers(tx, ctx, [customerId]);
    const target = { kind: 'trial', id: trialId };
    await audit(tx, ctx, { action: 'trials.remove', target, customerId, before: toldOf(stored) });
  });
}
