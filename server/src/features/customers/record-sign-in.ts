import type { CustomerRow } from '@hub/contract/customers';
import type { CalendarDate, CustomerId } from '@hub/contract/ids';
import { refusedField } from '../../platform/http/index.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { refreshCustomers } from '../statuses/index.ts';
import { getSignInForUpdate, setSignIn } from './customers-queries.ts';

const dayMilliseconds = 86_400_000;

/** The later of what is known and what is told. Throws customer_not_found; invalid_request for a day that is nowhere yet. */
export async function recordSignIn(
  ctx: Ctx,
  { customerId, on }: { customerId: CustomerId; on: CalendarDate | null },
): Promise<CustomerRow['lastSignIn']> {
  requirePermission(ctx, 'customers.write');
  // Zones are up to 14 h ahead of UTC.
  if (on !== null && Date.parse(on) > ctx.clock.now().getTime() + dayMilliseconds)
    throw refusedField('body', 'on', 'future', 'this day has not come yet');
  return inTenant(ctx, async (tx) => {
    const before = await getSignInForUpdate(tx, customerId);
    const after = { isKnown: true, on: before.on !== null && (on === null || on < before.on) ? before.on : on };
    if (before.isKnown && before.on === after.on) return before;
    await setSignIn(tx, customerId, after.on);
    await refreshCustomers(tx, ctx, [customerId]);
    await audit(tx, ctx, { action: 'customers.sign_in', target: { kind: 'customer', id: customerId }, before, after });
    return after;
  });
}
