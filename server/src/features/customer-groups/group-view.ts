import type { CustomerGroup } from '@hub/contract/customer-groups';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { countInGroup } from '../customers/index.ts';
import { countMembersOf, type GroupRow } from './group-queries.ts';

/** A group with how many of its customers the actor sees. `members`: where they are counted already. */
export async function groupView(tx: TenantTx, ctx: Ctx, row: GroupRow, members?: number): Promise<CustomerGroup> {
  const { filter } = row;
  const customers =
    filter === null ? (members ?? (await countMembersOf(tx, row.id))) : await countInGroup(tx, ctx, filter);
  return { ...row, isByFilter: filter !== null, customers } as CustomerGroup;
}
