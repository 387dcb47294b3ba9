import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { refusedField } from '../../platform/http/index.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findCustomersByOrg, isOrgTaken } from './customers-queries.ts';

/** What happens, in the same transaction, when a customer gets its organization: handed in by app.ts, so that customers knows no importing. */
export type OnLinked = (tx: TenantTx, ctx: Ctx, link: { region: RegionCode; orgUuid: string }) => Promise<void>;

const unreadable = '00000000-0000-0000-0000-000000000000';

/** Throws invalid_request for the ID that stands for "no readable organization" in held rows. */
export function refuseUnreadable(orgUuid: string): void {
  if (orgUuid === unreadable) throw refusedField('body', 'orgUuid', 'unreadable', 'all zeros is no organization');
}

/**
 * Runs a write; where another customer has the organization, also one created in the same moment, throws customer_org_taken with its
 * name, or customer_org_not_yours where that customer is not in the actor's scope.
 */
export async function refuseTaken<Result>(
  ctx: Ctx,
  orgUuid: string | undefined,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (cause) {
    if (orgUuid === undefined || !isOrgTaken(cause)) throw cause;
    requirePermission(ctx, 'customers.write'); // the name is for those who may write
    const [holder] = await inTenant(ctx, (tx) => findCustomersByOrg(tx, [orgUuid]));
    if (!holder) throw new HubError('customer_org_not_yours', {}, { cause });
    throw new HubError('customer_org_taken', { customerName: holder.name }, { cause });
  }
}
