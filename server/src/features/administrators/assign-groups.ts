import type { Administrator } from '@hub/contract/administrators';
import type { GroupId, PersonId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { releaseAssigned } from '../imports/index.ts';
import {
  findAssignedOrganizations,
  findGroups,
  getAdministrator,
  lockMember,
  setGroups,
} from './administrators-queries.ts';

/**
 * Sets through which groups an administrator has customers, from their next request on; what was assigned by itself stays. Throws
 * administrator_not_found, group_not_found, group_by_filter.
 */
export async function assignGroups(
  ctx: Ctx,
  { personId, groupIds }: { personId: PersonId; groupIds: readonly GroupId[] },
): Promise<Administrator> {
  requirePermission(ctx, 'administrators.write');
  const { partnerId } = ctx.actor;
  const you = ctx.actor.kind === 'person' ? ctx.actor.personId : undefined;
  const { administrator, organizations } = await inTenant(ctx, async (tx) => {
    await lockMember(tx, { partnerId, personId, actor: ctx.actor });
    const before = await getAdministrator(tx, { partnerId, personId, you });
    const known = new Set((await findAssignedOrganizations(tx, personId)).map(({ orgUuid }) => orgUuid));
    const groups = await findGroups(tx, groupIds);
    if (groups.length < new Set(groupIds).size) throw new HubError('group_not_found');
    if (groups.some(({ hasFilter }) => hasFilter)) throw new HubError('group_by_filter');
    await setGroups(tx, { partnerId, personId, groupIds });
    const after = await getAdministrator(tx, { partnerId, personId, you });
    if (JSON.stringify(before.groups) !== JSON.stringify(after.groups))
      await audit(tx, ctx, {
        action: 'administrators.assign_groups',
        target: { kind: 'person', id: personId },
        before: { groups: before.groups, customers: before.customers },
        after: { groups: after.groups, customers: after.customers },
      });
    const now = await findAssignedOrganizations(tx, personId);
    return { administrator: after, organizations: now.filter(({ orgUuid }) => !known.has(orgUuid)) };
  });
  // After the transaction, as with single customers.
  await releaseAssigned(ctx, personId, organizations);
  return administrator;
}
