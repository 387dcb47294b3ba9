import type { CustomerGroup } from '@hub/contract/customer-groups';
import { nameKey } from '@hub/contract/given-names';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { insertGroup, lockGroups } from './group-queries.ts';
import { groupView } from './group-view.ts';
import { refuseGroup } from './refuse-group.ts';

/** Throws group_name_taken, group_within_itself, filter_invalid, filter_too_long. */
export async function createCustomerGroup(
  ctx: Ctx,
  { name, description, filter = null }: { name: string; description: string; filter?: string | null | undefined },
): Promise<CustomerGroup> {
  requirePermission(ctx, 'groups.write');
  const { partnerId } = ctx.actor;
  return inTenant(ctx, async (tx) => {
    await lockGroups(tx, partnerId);
    const row = { id: ctx.clock.id(), name, description, filter, version: 1 };
    await refuseGroup(tx, ctx, row);
    await insertGroup(tx, { ...row, partnerId, key: nameKey(name), at: ctx.clock.now() });
    const target = { kind: 'group', id: row.id };
    await audit(tx, ctx, { action: 'groups.create', target, after: { name, description, filter } });
    return groupView(tx, ctx, row, 0);
  });
}
