import type { changeCustomer as endpoint, Customer } from '@hub/contract/customers';
import type { RequestOf } from '@hub/contract/endpoint';
import type { CustomerId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { refreshCustomers } from '../statuses/index.ts';
import { getCustomerForUpdate, updateCustomer } from './customers-queries.ts';

/** Country, region and organization stay. Throws customer_not_found, customer_own, changed_meanwhile. */
export async function changeCustomer(
  ctx: Ctx,
  { customerId, version, ...facts }: RequestOf<typeof endpoint>['body'] & { customerId: CustomerId },
): Promise<Customer> {
  requirePermission(ctx, 'customers.write');
  return inTenant(ctx, async (tx) => {
    const before = await getCustomerForUpdate(tx, customerId);
    if (before.kind === 'own') throw new HubError('customer_own');
    if (before.version !== version) throw new HubError('changed_meanwhile');
    const after = await updateCustomer(tx, customerId, {
      ...facts,
      externalId: facts.externalId || null,
      domain: facts.domain || null,
    });
    await refreshCustomers(tx, ctx, [customerId]);
    await audit(tx, ctx, { action: 'customers.change', target: { kind: 'customer', id: customerId }, before, after });
    return after;
  });
}
