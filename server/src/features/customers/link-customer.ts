import type { Customer } from '@hub/contract/customers';
import type { CustomerId, OrgUuid } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { refreshCustomers } from '../statuses/index.ts';
import { getCustomerForUpdate, setOrgUuid } from './customers-queries.ts';
import { type OnLinked, refuseTaken, refuseUnreadable } from './org-link.ts';

/** Once only. Throws customer_not_found, customer_region_mismatch, customer_org_set, customer_org_taken, customer_org_not_yours. */
export async function linkCustomer(
  ctx: Ctx,
  {
    customerId,
    orgUuid,
    expectedRegion,
  }: { customerId: CustomerId; orgUuid: OrgUuid; expectedRegion?: RegionCode | undefined },
  { onLinked }: { onLinked: OnLinked },
): Promise<Customer> {
  requirePermission(ctx, 'customers.write');
  refuseUnreadable(orgUuid);
  return refuseTaken(ctx, orgUuid, () =>
    inTenant(ctx, async (tx) => {
      const before = await getCustomerForUpdate(tx, customerId);
      if (expectedRegion !== undefined && expectedRegion !== before.region) {
        throw new HubError('customer_region_mismatch', { customerRegion: before.region, region: expectedRegion });
      }
      if (before.orgUuid !== null) throw new HubError('customer_org_set');
      const after = await setOrgUuid(tx, customerId, orgUuid);
      await refreshCustomers(tx, ctx, [customerId]);
      await audit(tx, ctx, { action: 'customers.link', target: { kind: 'customer', id: customerId }, before, after });
      await onLinked(tx, ctx, { region: after.region, orgUuid });
      return after;
    }),
  );
}
