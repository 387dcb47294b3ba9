import type { PartnerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { demoCurrencies, demoLedger, type DemoRecords } from '../../demo-data/index.ts';
import type { Ctx } from '../access/index.ts';

type Subscription = DemoRecords['subscriptions'][number] & {
  id: string;
  customer_id: string;
  region: RegionCode;
};

/** Rows of what was ordered and invoiced of the demo's subscriptions; `day` is the date of so many days from the scenario's. */
export function demoLedgerRows(
  ctx: Ctx,
  { partnerId, day }: { partnerId: PartnerId; day: (days: number) => string },
  subscriptions: readonly Subscription[],
) {
  const own = ({ id, customer_id }: Subscription) => ({
    id: ctx.clock.id(),
    partner_id: partnerId,
    customer_id,
    subscription_id: id,
    created_at: ctx.clock.now(),
  });
  const ledgers = subscriptions.map((subscription) => ({ subscription, ...demoLedger(subscription) }));
  return {
    order_line: ledgers.flatMap(({ subscription, orders }) =>
      orders.map(({ orderedOn, ...one }) => ({
        ...own(subscription),
        ...one,
        kind: 'new' as const,
        ordered_on: day(orderedOn),
      })),
    ),
    invoice_line: ledgers.flatMap(({ subscription, invoices }) =>
      invoices.map(({ periodFrom, periodTo, issuedOn, dueOn, ...one }) => ({
        ...own(subscription),
        ...one,
        period_from: day(periodFrom),
        period_to: day(periodTo),
        currency: demoCurrencies[subscription.region] ?? 'USD',
        issued_on: day(issuedOn),
        due_on: day(dueOn),
      })),
    ),
  };
}
