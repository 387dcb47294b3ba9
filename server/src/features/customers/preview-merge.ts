import { tagsPerHolder } from '@hub/contract/customer-tags';
import type { MergePreview } from '@hub/contract/customers';
import type { CustomerId } from '@hub/contract/ids';
import { can } from '@hub/contract/permissions';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getCustomer } from './customers-queries.ts';
import { countHandedOn, findGroupsHandedOn, findNamesHandedOn, findTagsLeft } from './merge-queries.ts';

/** What a merge would do now beyond the facts of the two customers, without doing it. Throws customer_not_found. */
export async function previewMerge(
  ctx: Ctx,
  { customerId, otherCustomerId }: { customerId: CustomerId; otherCustomerId: CustomerId },
): Promise<MergePreview> {
  requirePermission(ctx, 'customers.write');
  const mayName = can(ctx.actor, 'administrators.read', { partnerId: ctx.actor.partnerId });
  return inTenant(ctx, async (tx) => {
    const kept = (await getCustomer(tx, customerId)).id;
    const gone = (await getCustomer(tx, otherCustomerId)).id;
    const left = await findTagsLeft(tx, { kept, gone, tagsAtMost: tagsPerHolder });
    return {
      tagsLeft: left.map(({ name }) => name),
      groups: await findGroupsHandedOn(tx, { kept, gone }),
      administrators: await countHandedOn(tx, { kept, gone }),
      administratorNames: mayName ? await findNamesHandedOn(tx, { kept, gone }) : null,
    };
  });
}
