import type { CustomerId } from '@hub/contract/ids';
import type { Trial, TrialTerms } from '@hub/contract/trials';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { getCustomer } from '../customers/index.ts';
import { lockCustomers, partnerToday, refreshCustomers } from '../statuses/index.ts';
import {
  countedLines,
  isReferenceTaken,
  noteAssignments,
  refuseTakenReference,
  setLines,
} from '../subscriptions/index.ts';
import { refusePastTrial } from './refuse-past-trial.ts';
import { refuseSecondTrial } from './refuse-second-trial.ts';
import { toldOf } from './told-of.ts';
import { madeTrialReference } from './trial-reference.ts';
import { getTrialForUpdate, insertTrial } from './trials-queries.ts';

// With a million trials one made reference in 700 is taken, and five in a row never are.
const tries = 5;

/**
 * Throws customer_not_found, customer_own, trial_in_past, trial_of_product_open, contract_reference_taken, contract_reference_not_yours.
 */
export async function startTrial(
  ctx: Ctx,
  { reference, ...input }: TrialTerms & { customerId: CustomerId; reference?: string | undefined },
  { makeReference = madeTrialReference }: { makeReference?: () => string } = {},
): Promise<Trial> {
  requirePermission(ctx, 'subscriptions.write');
  if (reference !== undefined) return refuseTakenReference(ctx, reference, () => record(ctx, { ...input, reference }));
  for (let left = tries; ; left--) {
    try {
      return await record(ctx, { ...input, reference: makeReference() });
    } catch (error) {
      if (left === 1 || !isReferenceTaken(error)) throw error;
    }
  }
}

function record(
  ctx: Ctx,
  { customerId, reference, startsOn, endsOn, lines }: TrialTerms & { customerId: CustomerId; reference: string },
): Promise<Trial> {
  const { partnerId } = ctx.actor;
  return inTenant(ctx, async (tx) => {
    await lockCustomers(tx, [customerId]);
    if ((await getCustomer(tx, customerId)).kind === 'own') throw new HubError('customer_own');
    const today = await partnerToday(tx, ctx);
    refusePastTrial({ endsOn }, today);
    const id = ctx.clock.id();
    await refuseSecondTrial(tx, { id, customerId, endsOn, lines }, today);
    await insertTrial(tx, { id, partnerId, customerId, reference, startsOn, endsOn, createdAt: ctx.clock.now() });
    const counted = countedLines(lines, [], today);
    await setLines(tx, { partnerId, customerId, kind: 'trial', contractId: id, lines: counted });
    await noteAssignments(tx, ctx, { customerId, reference, today, before: [], after: lines });
    const after = toldOf(await getTrialForUpdate(tx, id));
    await refreshCustomers(tx, ctx, [customerId]);
    await audit(tx, ctx, { action: 'trials.start', target: { kind: 'trial', id }, customerId, after });
    return after;
  });
}
