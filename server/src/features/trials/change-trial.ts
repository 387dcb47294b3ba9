import type { TrialId } from '@hub/contract/ids';
import type { Trial, TrialTerms } from '@hub/contract/trials';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { lockCustomers, partnerToday, refreshCustomers } from '../statuses/index.ts';
import { countedLines, noteAssignments, setLines } from '../subscriptions/index.ts';
import { refusePastTrial } from './refuse-past-trial.ts';
import { refuseSecondTrial } from './refuse-second-trial.ts';
import { toldOf } from './told-of.ts';
import { getCustomerOfTrial, getTrialForUpdate, setTrialDates } from './trials-queries.ts';

/** Of one that is over everything but its end may still be put right. Throws trial_not_found, changed_meanwhile, trial_in_past, trial_of_product_open. */
export async function changeTrial(
  ctx: Ctx,
  { trialId, version, startsOn, endsOn, lines }: TrialTerms & { trialId: TrialId; version: number },
): Promise<Trial> {
  requirePermission(ctx, 'subscriptions.write');
  const { partnerId } = ctx.actor;
  return inTenant(ctx, async (tx) => {
    await lockCustomers(tx, [await getCustomerOfTrial(tx, trialId)]);
    const stored = await getTrialForUpdate(tx, trialId);
    if (stored.version !== version) throw new HubError('changed_meanwhile');
    const { customerId } = stored;
    const today = await partnerToday(tx, ctx);
    if (endsOn !== stored.endsOn) refusePastTrial({ endsOn }, today);
    await refuseSecondTrial(tx, { id: trialId, customerId, endsOn, lines }, today);
    await setTrialDates(tx, trialId, { startsOn, endsOn });
    const counted = countedLines(lines, stored.lines, today);
    await setLines(tx, { partnerId, customerId, kind: 'trial', contractId: trialId, lines: counted });
    await noteAssignments(tx, ctx, {
      customerId,
      reference: stored.reference,
      today,
      before: stored.lines,
      after: lines,
    });
    const before = toldOf(stored);
    const after = toldOf(await getTrialForUpdate(tx, trialId));
    await refreshCustomers(tx, ctx, [customerId]);
    const target = { kind: 'trial', id: trialId };
    await audit(tx, ctx, { action: 'trials.change', target, customerId, before, after });
    return after;
  });
}
