import type { CustomerGroup } from '@hub/contract/customer-groups';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findShown } from '../customers/index.ts';
import { countMembers, findGroups } from './group-queries.ts';
import { groupView } from './group-view.ts';

/** The partner's by name, with how many customers the actor sees; in a scope those with any, and no filter that names customers. */
export async function listCustomerGroups(ctx: Ctx): Promise<{ items: CustomerGroup[] }> {
  requirePermission(ctx, 'customers.read');
  return inTenant(ctx, async (tx) => {
    const members = await countMembers(tx);
    const items: CustomerGroup[] = [];
    const { isShownGroup, isToldFilter } = await findShown(tx, ctx);
    for (const row of (await findGroups(tx)).filter(({ id }) => isShownGroup(id))) {
      const group = await groupView(tx, ctx, row, members.get(row.id) ?? 0);
      items.push(group.filter === null || isToldFilter(group.filter) ? group : { ...group, filter: null });
    }
    return { items };
  });
}
