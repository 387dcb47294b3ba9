import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { Ctx } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import {
  countCustomers,
  countMembersOf,
  deleteMembers,
  getGroup,
  getGroupForUpdate,
  type GroupRow,
  insertMembers,
} from './group-queries.ts';

/** A group to which customers are added one by one. Throws group_not_found, group_by_filter. */
export async function getMemberGroup(tx: TenantTx, groupId: string): Promise<GroupRow> {
  return refuseFiltered(await getGroup(tx, groupId));
}

/** As getMemberGroup; who is in it is nobody else's to change until the end of the transaction. */
export async function lockMemberGroup(tx: TenantTx, groupId: string): Promise<GroupRow> {
  return refuseFiltered(await getGroupForUpdate(tx, groupId));
}

function refuseFiltered(group: GroupRow): GroupRow {
  if (group.filter !== null) throw new HubError('group_by_filter');
  return group;
}

/** Under lockMemberGroup, within a transaction that has asked. A customer in both lists is taken out. Throws customer_not_found. */
export async function changeMembers(
  tx: TenantTx,
  ctx: Ctx,
  { groupId, add, remove }: { groupId: string; add: readonly string[]; remove: readonly string[] },
): Promise<void> {
  const taken = new Set(remove);
  const wanted = [...new Set(add)].filter((id) => !taken.has(id));
  const named = [...taken, ...wanted];
  if ((await countCustomers(tx, named)) < named.length) throw new HubError('customer_not_found');
  const before = await countMembersOf(tx, groupId);
  const removed = await deleteMembers(tx, { groupId, customerIds: [...taken] });
  const added = await insertMembers(tx, { partnerId: ctx.actor.partnerId, groupId, customerIds: wanted });
  if (removed.length + added.length === 0) return;
  await audit(tx, ctx, {
    action: 'groups.assign',
    target: { kind: 'group', id: groupId },
    before: { customers: before, removed },
    after: { customers: before - removed.length + added.length, added },
  });
}
