import type { Administrator } from '@hub/contract/administrators';
import type { CustomerId, PersonId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { releaseAssigned } from '../imports/index.ts';
import {
  countAssigned,
  deleteAssignments,
  findCustomersById,
  getAdministrator,
  insertAssignments,
  lockMember,
} from './administrators-queries.ts';

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
    const wanted = [...new Set(add)].filter((id) => !remove.includes(id));
    const customers = await findCustomersById(tx, [...new Set([...add, ...remove])]);
    const known = new Set(customers.map((customer) => customer.id));
    if ([...add, ...remove].some((id) => !known.has(id))) throw new HubError('customer_not_found');
    const before = await countAssigned(tx, personId);
    const removedIds = await deleteAssignments(tx, { personId, customerIds: [...new Set(remove)] });
    const addedIds = await insertAssignments(tx, { partnerId, personId, customerIds: wanted });
    if (removedIds.length + addedIds.length > 0)
      await audit(tx, ctx, {
        action: 'administrators.assign',
        target: { kind: 'person', id: personId },
        before: { customers: before, removed: removedIds },
        after: { customers: before - removedIds.length + addedIds.length, added: addedIds },
      });
    const you = ctx.actor.kind === 'person' ? ctx.actor.personId : undefined;
    return {
      administrator: await getAdministrator(tx, { partnerId, personId, you }),
      added: customers.filter((customer) => addedIds.includes(customer.id)),
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
