import type { CustomerGroup } from '@hub/contract/customer-groups';
import { nameKey } from '@hub/contract/given-names';
import type { GroupId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import {
  countMembersOf,
  deleteAllMembers,
  getGroupForUpdate,
  isScope,
  lockGroups,
  updateGroup,
} from './group-queries.ts';
import { groupView } from './group-view.ts';
import { refuseGroup } from './refuse-group.ts';

/**
 * With a filter, the customers that were added one by one are no longer in it. Throws group_not_found, changed_meanwhile, group_name_taken,
 * group_in_use, group_is_scope, group_within_itself, filter_invalid, filter_too_long.
 */
export async function changeCustomerGroup(
  ctx: Ctx,
  {
    groupId,
    version,
    ...given
  }: { groupId: GroupId; version: number; name: string; description: string; filter: string | null },
): Promise<CustomerGroup> {
  requirePermission(ctx, 'groups.write');
  return inTenant(ctx, async (tx) => {
    await lockGroups(tx, ctx.actor.partnerId);
    const { id, version: stored, ...before } = await getGroupForUpdate(tx, groupId);
    if (stored !== version) throw new HubError('changed_meanwhile');
    const { name, description, filter } = given;
    const after = { name, description, filter };
    await refuseGroup(tx, ctx, { id, ...after }, before);
    const row = { id, ...after, version: version + 1 };
    const members = before.filter === null ? await countMembersOf(tx, id) : 0;
    if (filter !== null && before.filter === null && (await isScope(tx, id)))
      throw new HubError('group_is_scope', { name: before.name });
    if (filter !== null && members > 0) await deleteAllMembers(tx, id);
    await updateGroup(tx, { ...row, key: nameKey(name) });
    await audit(tx, ctx, {
      action: 'groups.change',
      target: { kind: 'group', id },
      before: before.filter === null ? { ...before, customers: members } : before,
      after,
    });
    return groupView(tx, ctx, row);
  });
}
