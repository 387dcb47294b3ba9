import type { CustomerGroup } from '@hub/contract/customer-groups';
import type { CustomerId, GroupId } from '@hub/contract/ids';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { changeMembers, lockMemberGroup } from './change-members.ts';
import { groupView } from './group-view.ts';

/** Throws group_not_found, group_by_filter, customer_not_found. */
export async function setGroupMembers(
  ctx: Ctx,
  { groupId, add, remove }: { groupId: GroupId; add: readonly CustomerId[]; remove: readonly CustomerId[] },
): Promise<CustomerGroup> {
  requirePermission(ctx, 'groups.write');
  return inTenant(ctx, async (tx) => {
    const group = await lockMemberGroup(tx, groupId);
    await changeMembers(tx, ctx, { groupId, add, remove });
    return groupView(tx, ctx, group);
  });
}
