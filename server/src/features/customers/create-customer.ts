import type { createCustomer as endpoint, Customer } from '@hub/contract/customers';
import type { RequestOf } from '@hub/contract/endpoint';
import { regionOfCountry } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission, scopePersonOf } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { refreshCustomers } from '../statuses/index.ts';
import { assignNewCustomer, insertCustomer } from './customers-queries.ts';
import { type OnLinked, refuseTaken, refuseUnreadable } from './org-link.ts';

/**
 * Its country decides its region for good. Who sees only assigned customers has it assigned. Throws region_not_served,
 * customer_region_mismatch, customer_org_taken, customer_org_not_yours.
 */
export async function createCustomer(
  ctx: Ctx,
  input: Omit<RequestOf<typeof endpoint>['body'], 'kind'> & { kind?: 'owned' | 'external' },
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
      const id = ctx.clock.id();
      const { partnerId } = ctx.actor;
      const personId = scopePersonOf(ctx.actor);
      // First: what is written must be within the scope of whoever reads it back.
      if (personId !== undefined) await assignNewCustomer(tx, { partnerId, personId, customerId: id });
      const customer = await insertCustomer(tx, {
        id,
        partnerId,
        name,
        orgUuid: orgUuid ?? null,
        externalId: input.externalId || null,
        country,
        region,
        kind: input.kind ?? 'owned',
        domain: input.domain || null,
        contact: input.contact ?? { name: '', email: '', phone: '' },
        createdAt: ctx.clock.now(),
      });
      await refreshCustomers(tx, ctx, [id]);
      await audit(tx, ctx, {
        action: 'customers.create',
        target: { kind: 'customer', id: customer.id },
        after: personId === undefined ? customer : { ...customer, assignedTo: personId },
      });
      if (orgUuid !== undefined) await onLinked(tx, ctx, { region, orgUuid });
      return customer;
    }),
  );
}
