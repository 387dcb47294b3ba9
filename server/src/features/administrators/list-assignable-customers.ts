import type { AssignableCustomer } from '@hub/contract/administrators';
import type { PersonId } from '@hub/contract/ids';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findAssignable, getAdministrator } from './administrators-queries.ts';

/** The partner's customers, assigned ones first. Throws administrator_not_found. */
export async function listAssignableCustomers(
  ctx: Ctx,
  { personId, ...page }: { personId: PersonId; q?: string | undefined; offset: number; limit: number },
): Promise<{ items: AssignableCustomer[]; total: number; assigned: number }> {
  requirePermission(ctx, 'administrators.write');
  return inTenant(ctx, async (tx) => {
    await getAdministrator(tx, { partnerId: ctx.actor.partnerId, personId, you: undefined });
    return findAssignable(tx, personId, page);
  });
}
