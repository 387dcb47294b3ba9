import type { createCustomer as endpoint, Customer } from '@hub/contract/customers';
import type { RequestOf } from '@hub/contract/endpoint';
import { regionOfCountry } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { insertCustomer } from './customers-queries.ts';
import { type OnLinked, refuseTaken, refuseUnreadable } from './org-link.ts';

/** Its country decides its region for good. Throws region_not_served, customer_region_mismatch, customer_org_taken. */
export async function createCustomer(
  ctx: Ctx,
  input: RequestOf<typeof endpoint>['body'],
  { onLinked }: { onLinked: OnLinked },
): Promise<Customer> {
  requirePermission(ctx, 'customers.write');
  const { name, country, orgUuid, expectedRegion } = input;
  const region = regionOfCountry(country);
  if (!ctx.stores.has(region)) throw new HubError('region_not_served', { region });
  if (expectedRegion !== undefined && expectedRegion !== region) {
    throw new HubError('customer_region_mismatch', { customerRegion: region, region: expectedRegion });
  }
  if (orgUuid !== undefined) refuseUnreadable(orgUuid);
  return refuseTaken(ctx, orgUuid, () =>
    inTenant(ctx, async (tx) => {
      const customer = await insertCustomer(tx, {
        id: ctx.clock.id(),
        partnerId: ctx.actor.partnerId,
        name,
        orgUuid: orgUuid ?? null,
        externalId: input.externalId || null,
        country,
        region,
        kind: 'owned',
        createdAt: ctx.clock.now(),
      });
      await audit(tx, ctx, {
        action: 'customers.create',
        target: { kind: 'customer', id: customer.id },
        after: customer,
      });
      if (orgUuid !== undefined) await onLinked(tx, ctx, { region, orgUuid });
      return customer;
    }),
  );
}
