import type { ErrorCode } from '@hub/contract/errors';
import { productNames } from '@hub/contract/products';
import type { TrialTerms } from '@hub/contract/trials';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { ErrorData } from '../../platform/hub-error.ts';
import type { Ctx } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { partnerToday, refreshCustomers } from '../statuses/index.ts';
import { countedLines, hasEnded, noteAssignments } from '../subscriptions/index.ts';
import {
  deleteTrials,
  findOpenTrials,
  findOwn,
  findTrialsById,
  insertTrials,
  type NewTrial,
} from './many-trials-queries.ts';
import { toldOf } from './told-of.ts';
import { madeTrialReference } from './trial-reference.ts';
import type { StoredTrial } from './trials-queries.ts';

// The same rules as for one (start-trial.ts, remove-trial.ts), for many at once, within a transaction that has asked.

export type TrialVerdict<Outcome> = { customerId: string } & (
  | { trial: Outcome }
  | { code: ErrorCode; data: ErrorData }
  /** Somebody has removed it already. */
  | { isGone: true }
);

/** Who of them may try this; each with the trial that it would get. */
export async function judgeTrials(
  tx: TenantTx,
  ctx: Ctx,
  customerIds: readonly string[],
  { endsOn, lines }: TrialTerms,
): Promise<TrialVerdict<NewTrial>[]> {
  const today = await partnerToday(tx, ctx);
  const products = lines.map(({ product }) => product);
  const own = await findOwn(tx, customerIds);
  const open = await findOpenTrials(tx, { customerIds, products, today });
  return customerIds.map((customerId) => {
    // A job may come to them only after midnight.
    if (hasEnded({ endsOn }, today)) return { customerId, code: 'trial_in_past', data: { endsOn, today } };
    if (own.has(customerId)) return { customerId, code: 'customer_own', data: {} };
    const other = open.get(customerId);
    if (other) {
      const data = { product: productNames[other.product], reference: other.reference };
      return { customerId, code: 'trial_of_product_open', data };
    }
    return { customerId, trial: { id: ctx.clock.id(), customerId, reference: madeTrialReference() } };
  });
}

/** Of customers that are locked (lockCustomers). A made reference that is taken fails all of them: the next try makes others. */
export async function startTrials(
  tx: TenantTx,
  ctx: Ctx,
  trials: readonly NewTrial[],
  { startsOn, endsOn, lines }: TrialTerms,
): Promise<void> {
  if (trials.length === 0) return;
  const { partnerId } = ctx.actor;
  const today = await partnerToday(tx, ctx);
  const counted = countedLines(lines, [], today);
  await insertTrials(tx, trials, { partnerId, startsOn, endsOn, lines: counted, at: ctx.clock.now() });
  for (const { customerId, reference } of trials)
    await noteAssignments(tx, ctx, { customerId, reference, today, before: [], after: lines });
  await refreshCustomers(
    tx,
    ctx,
    trials.map(({ customerId }) => customerId),
  );
  await audit(
    tx,
    ctx,
    trials.map((trial) => ({
      action: 'trials.start',
      target: { kind: 'trial', id: trial.id },
      customerId: trial.customerId,
      after: { ...trial, startsOn, endsOn, lines, version: 1 },
    })),
  );
}

/** Whether these trials may be removed as they were started: nobody has changed them since, and they have not ended. */
export async function judgeRemovals(
  tx: TenantTx,
  ctx: Ctx,
  started: readonly { customerId: string; trialId: string }[],
): Promise<TrialVerdict<StoredTrial>[]> {
  const today = await partnerToday(tx, ctx);
  const found = await findTrialsById(
    tx,
    started.map(({ trialId }) => trialId),
  );
  return started.map(({ customerId, trialId }) => {
    const trial = found.get(trialId);
    if (!trial) return { customerId, isGone: true };
    if (trial.version > 1) return { customerId, code: 'changed_meanwhile', data: {} };
    if (hasEnded(trial, today)) return { customerId, code: 'contract_ended', data: { reference: trial.reference } };
    return { customerId, trial };
  });
}

/** Of customers that are locked (lockCustomers). */
export async function removeTrials(tx: TenantTx, ctx: Ctx, trials: readonly StoredTrial[]): Promise<void> {
  if (trials.length === 0) return;
  await deleteTrials(
    tx,
    trials.map(({ id }) => id),
  );
  await refreshCustomers(
    tx,
    ctx,
    trials.map(({ customerId }) => customerId),
  );
  await audit(
    tx,
    ctx,
    trials.map((trial) => ({
      action: 'trials.remove',
      target: { kind: 'trial', id: trial.id },
      customerId: trial.customerId,
      before: toldOf(trial),
    })),
  );
}
