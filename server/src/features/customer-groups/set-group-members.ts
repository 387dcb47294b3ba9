import type { CustomerGroup } from '@hub/contract/customer-groups';
import type { CustomerId, GroupId } from '@hub/contract/ids';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { releaseToGroup } from '../imports/index.ts';
import { changeMembers, lockMemberGroup } from './change-members.ts';
import { groupView } from './group-view.ts';

/** Throws group_not_found, group_by_filter, customer_not_found. */
export async function setGroupMembers(
  ctx: Ctx,
  { groupId, add, remove }: { groupId: GroupId; add: readonly CustomerId[]; remove: readonly CustomerId[] },
): Promise<CustomerGroup> {
  requirePermission(ctx, 'groups.write');
  const view = await inTenant(ctx, async (tx) => {
    const group = await lockMemberGroup(tx, groupId);
    await changeMembers(tx, ctx, { groupId, add, remove });
    return groupView(tx, ctx, group);
  });
  // After the transaction: a region that is slow or away must not hold it.
  await releaseToGroup(ctx, groupId, add);
  return view;
}
