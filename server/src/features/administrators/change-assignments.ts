import { HubError } from '../../platform/hub-error.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import {
  type AssignedCustomer,
  countAssigned,
  deleteAssignments,
  findCustomersById,
  insertAssignments,
} from './administrators-queries.ts';

/**
 * Within a transaction that has asked and holds the member (lockMember). A customer in both lists is taken away. Returns those that were
 * not assigned before; what is held of theirs is released by releaseAssigned, after the transaction. Throws customer_not_found.
 */
export async function changeAssignments(
  tx: TenantTx,
  ctx: Ctx,
  { personId, add, remove }: { personId: string; add: readonly string[]; remove: readonly string[] },
): Promise<{ added: AssignedCustomer[] }> {
  const { partnerId } = ctx.actor;
  const taken = new Set(remove);
  const wanted = [...new Set(add)].filter((id) => !taken.has(id));
  const customers = await findCustomersById(tx, [...new Set([...add, ...remove])]);
  const known = new Set<string>(customers.map((customer) => customer.id));
  if ([...add, ...remove].some((id) => !known.has(id))) throw new HubError('customer_not_found');
  const before = await countAssigned(tx, personId);
  const removedIds = await deleteAssignments(tx, { personId, customerIds: [...taken] });
  const addedIds = await insertAssignments(tx, { partnerId, personId, customerIds: wanted });
  if (removedIds.length + addedIds.length > 0)
    await audit(tx, ctx, {
      action: 'administrators.assign',
      target: { kind: 'person', id: personId },
      before: { customers: before, removed: removedIds },
      after: { customers: before - removedIds.length + addedIds.length, added: addedIds },
    });
  const isNew = new Set(addedIds);
  return { added: customers.filter((customer) => isNew.has(customer.id)) };
}
