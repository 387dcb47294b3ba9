import type { Product } from '@hub/contract/products';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { InvoiceRow, OrderRow } from './read-orders.ts';
import { inPieces } from './record-import-queries.ts';

export interface NamedSubscription {
  id: string;
  reference: string;
  customerId: string;
  customerName: string;
}

/** Those of these references that customers in the actor's scope have. */
export async function findSubscriptionsNamed(
  tx: TenantTx,
  references: readonly string[],
): Promise<Map<string, NamedSubscription>> {
  const { rows } = await sql<NamedSubscription>`
    select s.id, s.reference, s.customer_id as "customerId", customer.name as "customerName"
    from unnest(${references}::text[]) as given (reference)
    join subscription s on s.reference = given.reference join customer on customer.id = s.customer_id`.execute(tx);
  return new Map(rows.map((row) => [row.reference, row]));
}

interface StoredLine {
  id: string;
  reference: string;
  subscriptionId: string;
  product: Product;
  quantity: number;
}

export type StoredOrder = StoredLine & Pick<OrderRow, 'kind' | 'state' | 'orderedOn'>;
export type StoredInvoice = StoredLine &
  Pick<InvoiceRow, 'periodFrom' | 'periodTo' | 'amount' | 'currency' | 'state'> & {
    issuedOn: string | null;
    dueOn: string | null;
  };

const line = sql`l.id, l.reference, l.subscription_id as "subscriptionId", l.product, l.quantity`;

/** What these orders say of subscriptions in the actor's scope. */
export async function findOrderLines(tx: TenantTx, references: readonly string[]): Promise<StoredOrder[]> {
  const { rows } = await sql<StoredOrder>`
    select ${line}, l.kind, l.state, l.ordered_on as "orderedOn" from order_line l where l.reference = any(${references}::text[])`.execute(
    tx,
  );
  return rows;
}

export async function findInvoiceLines(tx: TenantTx, references: readonly string[]): Promise<StoredInvoice[]> {
  const { rows } = await sql<StoredInvoice>`
    select ${line}, l.period_from as "periodFrom", l.period_to as "periodTo", trim_scale(l.amount)::text as amount, l.currency, l.state,
      l.issued_on as "issuedOn", l.due_on as "dueOn"
    from invoice_line l where l.reference = any(${references}::text[])`.execute(tx);
  return rows;
}

interface Writing<Line> {
  partnerId: string;
  at: Date;
  created: readonly (Line & { customerId: string })[];
  changed: readonly Line[];
}

/** How the lines of a table are written: its columns beside those that every line has, with their types, and what stands in them. */
interface LineTable<Line> {
  name: 'order_line' | 'invoice_line';
  columns: Record<string, string>;
  valuesOf: (line: Line) => Record<string, unknown>;
}

const orders: LineTable<StoredOrder> = {
  name: 'order_line',
  columns: { kind: 'text', state: 'text', ordered_on: 'date' },
  valuesOf: ({ kind, state, orderedOn }) => ({ kind, state, ordered_on: orderedOn }),
};

const invoices: LineTable<StoredInvoice> = {
  name: 'invoice_line',
  columns: {
    period_from: 'date',
    period_to: 'date',
    amount: 'numeric',
    currency: 'text',
    state: 'text',
    issued_on: 'date',
    due_on: 'date',
  },
  valuesOf: ({ periodFrom, periodTo, amount, currency, state, issuedOn, dueOn }) => ({
    period_from: periodFrom,
    period_to: periodTo,
    amount, // as text: PostgreSQL reads it exactly
    currency,
    state,
    issued_on: issuedOn,
    due_on: dueOn,
  }),
};

export const writeOrderLines = (tx: TenantTx, writing: Writing<StoredOrder>): Promise<void> =>
  writeLines(tx, orders, writing);
export const writeInvoiceLines = (tx: TenantTx, writing: Writing<StoredInvoice>): Promise<void> =>
  writeLines(tx, invoices, writing);

async function writeLines<Line extends StoredLine>(
  tx: TenantTx,
  { name, columns, valuesOf }: LineTable<Line>,
  { partnerId, at, created, changed }: Writing<Line>,
): Promise<void> {
  const own = ['quantity', ...Object.keys(columns)];
  const types = Object.entries({ quantity: 'integer', ...columns }).map(([column, type]) => `${column} ${type}`);
  const given = (piece: readonly Line[], more: (one: Line) => object) => {
    const rows = piece.map((one) => ({ id: one.id, quantity: one.quantity, ...valuesOf(one), ...more(one) }));
    const shape = `id uuid, customer_id uuid, subscription_id uuid, reference text, product text, ${types.join(', ')}`;
    return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (${sql.raw(shape)})`;
  };
  const columnList = sql.raw(['id', 'customer_id', 'subscription_id', 'reference', 'product', ...own].join(', '));
  await inPieces(created, (piece) => {
    const rows = given(piece, (one) => ({
      customer_id: (one as Line & { customerId: string }).customerId,
      subscription_id: one.subscriptionId,
      reference: one.reference,
      product: one.product,
    }));
    return sql`insert into ${sql.table(name)} (partner_id, created_at, ${columnList})
      select ${partnerId}::uuid, ${at}::timestamptz, ${columnList} from ${rows}`.execute(tx);
  });
  const changes = sql.raw(own.map((column) => `${column} = given.${column}`).join(', '));
  await inPieces(changed, (piece) =>
    sql`update ${sql.table(name)} as held set ${changes} from ${given(piece, () => ({}))} where held.id = given.id`.execute(
      tx,
    ),
  );
}
