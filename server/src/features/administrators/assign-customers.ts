import type { Administrator } from '@hub/contract/administrators';
import type { CustomerId, PersonId } from '@hub/contract/ids';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { releaseAssigned } from '../imports/index.ts';
import { getAdministrator, lockMember } from './administrators-queries.ts';
import { changeAssignments } from './change-assignments.ts';

/**
 * Counts from the person's next request on. Held rows of what they brought before and now have assigned enter by themselves. A customer in
 * both lists is taken away. Throws administrator_not_found, customer_not_found.
 */
export async function assignCustomers(
  ctx: Ctx,
  { personId, add, remove }: { personId: PersonId; add: readonly CustomerId[]; remove: readonly CustomerId[] },
): Promise<Administrator> {
  requirePermission(ctx, 'administrators.write');
  const { partnerId } = ctx.actor;
  const { administrator, added } = await inTenant(ctx, async (tx) => {
    await lockMember(tx, { partnerId, personId, actor: ctx.actor });
    const { added } = await changeAssignments(tx, ctx, { personId, add, remove });
    const you = ctx.actor.kind === 'person' ? ctx.actor.personId : undefined;
    return {
      administrator: await getAdministrator(tx, { partnerId, personId, you }),
      added,
    };
  });
  // After the transaction: a region that is slow or away must not hold it. What is left undone by a stop, the next start does.
  await releaseAssigned(
    ctx,
    personId,
    added.flatMap(({ region, orgUuid }) => (orgUuid === null ? [] : [{ region, orgUuid }])),
  );
  return administrator;
}
