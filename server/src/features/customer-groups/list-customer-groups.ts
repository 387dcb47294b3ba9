import type { CustomerGroup } from '@hub/contract/customer-groups';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { countMembers, findGroups } from './group-queries.ts';
import { groupView } from './group-view.ts';

/** All of the partner's by name, whoever asks; counted are the customers in their scope. */
export async function listCustomerGroups(ctx: Ctx): Promise<{ items: CustomerGroup[] }> {
  requirePermission(ctx, 'customers.read');
  return inTenant(ctx, async (tx) => {
    const members = await countMembers(tx);
    const items: CustomerGroup[] = [];
    for (const row of await findGroups(tx)) items.push(await groupView(tx, ctx, row, members.get(row.id) ?? 0));
    return { items };
  });
}
