import { tagsPerHolder } from '@hub/contract/customer-tags';
import type { Customer } from '@hub/contract/customers';
import type { CustomerId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { dateIn, refreshCustomers } from '../statuses/index.ts';
import { getCustomerForUpdate, readTimeZone, updateCustomer } from './customers-queries.ts';
import { handOn, removeMerged } from './merge-queries.ts';

/**
 * Moves everything of the other customer here and removes it; of what each has once (IDs, domain, contact) this one's stays where it has
 * any. Throws customer_not_found, customer_own, customer_region_mismatch, customers_not_mergeable.
 */
export async function mergeCustomer(
  ctx: Ctx,
  { customerId, otherCustomerId }: { customerId: CustomerId; otherCustomerId: CustomerId },
): Promise<Customer & { tagsLeft: string[] }> {
  requirePermission(ctx, 'customers.write');
  return inTenant(ctx, async (tx) => {
    // In the order of their ids, as everybody locks them.
    const locked: Customer[] = [];
    for (const id of [customerId, otherCustomerId].toSorted()) locked.push(await getCustomerForUpdate(tx, id));
    const kept = locked.find(({ id }) => id === customerId);
    const gone = locked.find(({ id }) => id === otherCustomerId);
    if (!kept || !gone) throw new HubError('customer_not_found');
    refuseUnlike(kept, gone);
    const today = dateIn(await readTimeZone(tx, ctx.actor.partnerId), ctx.clock.now());
    const moved = await handOn(tx, { kept: kept.id, gone: gone.id, today, tagsAtMost: tagsPerHolder });
    await removeMerged(tx, gone.id, moved.tagsLeft);
    const after = await updateCustomer(tx, kept.id, {
      name: kept.name,
      externalId: kept.externalId ?? gone.externalId,
      domain: kept.domain ?? gone.domain,
      kind: kept.kind,
      contact: hasContact(kept) ? kept.contact : gone.contact,
      orgUuid: kept.orgUuid ?? gone.orgUuid,
    });
    await refreshCustomers(tx, ctx, [kept.id]);
    await audit(tx, ctx, [
      {
        action: 'customers.merge',
        target: { kind: 'customer', id: kept.id },
        before: kept,
        after: { ...after, merged: gone, ...moved },
      },
      { action: 'customers.merged', target: { kind: 'customer', id: gone.id }, before: gone, after: { into: kept.id } },
    ]);
    return { ...after, tagsLeft: moved.tagsLeft.map(({ name }) => name) };
  });
}

/** `because` is for the page, which has its own words. */
function refuseUnlike(kept: Customer, gone: Customer): void {
  if (kept.id === gone.id)
    throw new HubError('customers_not_mergeable', { because: 'same', reason: 'they are the same' });
  if (kept.kind === 'own' || gone.kind === 'own') throw new HubError('customer_own');
  if (kept.region !== gone.region)
    throw new HubError('customer_region_mismatch', { customerRegion: kept.region, region: gone.region });
  if (kept.orgUuid !== null && gone.orgUuid !== null)
    throw new HubError('customers_not_mergeable', {
      because: 'both_linked',
      reason: 'each is linked to an organization of its own',
    });
}

const hasContact = ({ contact: { name, email, phone } }: Customer): boolean => `${name}${email}${phone}` !== '';
