import type { Product } from '@hub/contract/products';
import { besideDays, type BilledLine } from '@hub/contract/reconciliation-rules';
import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';

/** What is invoiced of a subscription, by product. */
export interface InvoicedSubscription {
  subscriptionId: string;
  lines: (BilledLine & { product: Product })[];
}

/**
 * Of the region's customers that are part of the partner's organization, by subscription, the invoice lines of each product on the newest day, up to
 * the one asked for, on which licenses are charged; where none ever were, on the newest that has any line; and what ended so lately that it may stand
 * beside them. Void ones are none.
 */
export async function findInvoiced(tx: TenantTx, region: RegionCode, day: string): Promise<InvoicedSubscription[]> {
  // Hundreds of thousands are faster as a text for each subscription, and a largest day by line is faster than a window over all.
  const { rows } = await sql<{ subscriptionId: string; told: string }>`
    with newest as (select i.subscription_id, i.product, coalesce(max(least(i.period_to, ${day}::date)) filter (where i.quantity > 0 and i.amount >= 0),
        max(least(i.period_to, ${day}::date))) as until from invoice_line i
      where i.state <> 'void' and i.period_from <= ${day}::date and i.customer_id in (select id from customer where region = ${region} and kind = 'owned')
      group by i.subscription_id, i.product)
    select i.subscription_id as "subscriptionId", string_agg(concat_ws(' ', i.product, i.quantity, trim_scale(i.amount), i.currency,
        i.period_from, i.period_to), ',') as told
    from invoice_line i join newest n on n.subscription_id = i.subscription_id and n.product = i.product
    where i.state <> 'void' and i.period_from <= ${day}::date
      and (n.until between i.period_from and i.period_to or i.period_to >= ${day}::date - ${besideDays}::int)
    group by i.subscription_id`.execute(tx);
  return rows.map(({ subscriptionId, told }) => ({ subscriptionId, lines: told.split(',').map(lineOf) }));
}

function lineOf(text: string): InvoicedSubscription['lines'][number] {
  const [product, quantity = '', amount = '', currency = '', periodFrom = '', periodTo = ''] = text.split(' ');
  return { product: product as Product, quantity: Number(quantity), amount, currency, periodFrom, periodTo }; // as the table has it
}

export interface BilledSubscription {
  id: string;
  reference: string;
  startsOn: string;
  customerId: string;
  customerName: string;
}

/** Those of some customers; undefined: of all. */
export async function findSubscriptions(
  tx: TenantTx,
  ids: readonly string[],
  customers: ReadonlySet<string> | undefined,
): Promise<BilledSubscription[]> {
  const only = customers === undefined ? sql`` : sql`and s.customer_id = any(${[...customers]}::uuid[])`;
  const { rows } = await sql<BilledSubscription>`
    select s.id, s.reference, s.starts_on as "startsOn", c.id as "customerId", c.name as "customerName"
    from subscription s join customer c on c.id = s.customer_id where s.id = any(${ids}::uuid[]) ${only}`.execute(tx);
  return rows;
}
