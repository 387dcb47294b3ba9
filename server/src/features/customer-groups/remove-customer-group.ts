import type { GroupId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { countMembersOf, deleteGroup, findGroups, getGroupForUpdate, isScope, lockGroups } from './group-queries.ts';
import { refuseUsed } from './refuse-group.ts';

/** Nobody loses customers by it. Throws group_not_found, group_in_use, group_is_scope. */
export async function removeCustomerGroup(ctx: Ctx, groupId: GroupId): Promise<void> {
  requirePermission(ctx, 'groups.write');
  await inTenant(ctx, async (tx) => {
    await lockGroups(tx, ctx.actor.partnerId);
    const { id, name, description, filter } = await getGroupForUpdate(tx, groupId);
    refuseUsed(
      name,
      (await findGroups(tx)).filter((group) => group.id !== id),
    );
    if (await isScope(tx, id)) throw new HubError('group_is_scope', { name });
    const customers = await countMembersOf(tx, id);
    await deleteGroup(tx, id);
    await audit(tx, ctx, {
      action: 'groups.remove',
      target: { kind: 'group', id },
      before: { name, description, filter, ...(filter === null ? { customers } : {}) },
    });
  });
}
