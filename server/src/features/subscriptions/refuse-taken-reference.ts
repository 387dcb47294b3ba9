import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findReferenceHolder, isReferenceTaken } from './reference-queries.ts';

/**
 * Runs a write; where another subscription or trial of the partner has the reference, also one recorded in the same moment, throws
 * contract_reference_taken with its customer's name, or contract_reference_not_yours where that customer is not in the actor's scope.
 */
export async function refuseTakenReference<Result>(
  ctx: Ctx,
  reference: string,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (cause) {
    if (!isReferenceTaken(cause)) throw cause;
    requirePermission(ctx, 'subscriptions.write'); // the name is for those who may write
    const customerName = await inTenant(ctx, (tx) => findReferenceHolder(tx, reference));
    if (customerName === undefined) throw new HubError('contract_reference_not_yours', { reference }, { cause });
    throw new HubError('contract_reference_taken', { reference, customerName }, { cause });
  }
}
