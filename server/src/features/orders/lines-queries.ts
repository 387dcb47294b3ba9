import type { CustomerId, SubscriptionId } from '@hub/contract/ids';
import type { InvoiceLine, OrderLine } from '@hub/contract/orders';
import { type RawBuilder, sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { LinePosition } from './line-cursor.ts';

interface Of {
  customerId: CustomerId;
  subscriptionId: SubscriptionId | undefined;
}

interface Asked {
  order: 'asc' | 'desc';
  limit: number;
  after: LinePosition | undefined;
}

const line = sql`l.id, l.reference, l.subscription_id as "subscriptionId", s.reference as "subscriptionReference", l.product, l.quantity`;

const ofWhom = ({ customerId, subscriptionId }: Of): RawBuilder<unknown> =>
  subscriptionId === undefined
    ? sql`l.customer_id = ${customerId}::uuid`
    : sql`l.customer_id = ${customerId}::uuid and l.subscription_id = ${subscriptionId}::uuid`;

/** One more than the page holds, so that whoever asks knows whether another follows. */
function pageBy(day: RawBuilder<unknown>, { order, limit, after }: Asked): RawBuilder<unknown> {
  const [beyond, way] = order === 'asc' ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
  const begin = after === undefined ? sql`` : sql`and (${day}, l.id) ${beyond} (${after.day}::date, ${after.id}::uuid)`;
  return sql`${begin} order by ${day} ${way}, l.id ${way} limit ${limit + 1}`;
}

export async function findOrderLines(tx: TenantTx, of: Of, asked: Asked): Promise<OrderLine[]> {
  const { rows } = await sql<OrderLine>`
    select ${line}, l.kind, l.state, l.ordered_on as "orderedOn"
    from order_line l join subscription s on s.id = l.subscription_id
    where ${ofWhom(of)} ${pageBy(sql`l.ordered_on`, asked)}`.execute(tx);
  return rows;
}

export async function findInvoiceLines(tx: TenantTx, of: Of, asked: Asked): Promise<InvoiceLine[]> {
  const { rows } = await sql<InvoiceLine>`
    select ${line}, l.period_from as "periodFrom", l.period_to as "periodTo", trim_scale(l.amount)::text as amount, l.currency, l.state,
      l.issued_on as "issuedOn", l.due_on as "dueOn"
    from invoice_line l join subscription s on s.id = l.subscription_id
    where ${ofWhom(of)} ${pageBy(sql`l.period_from`, asked)}`.execute(tx);
  return rows;
}

export async function countLines(tx: TenantTx, table: 'order_line' | 'invoice_line', of: Of): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from ${sql.table(table)} l where ${ofWhom(of)}`.execute(tx);
  return rows[0]?.n ?? 0;
}
