import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { lockCustomers } from '../statuses/index.ts';
import type { Entered } from './entered.ts';
import {
  findInvoiceLines,
  findOrderLines,
  findSubscriptionsNamed,
  type NamedSubscription,
  writeInvoiceLines,
  writeOrderLines,
} from './order-queries.ts';
import { findMeantCustomers } from './place-rows.ts';
import type { InvoiceRow, OrderRow } from './read-orders.ts';
import type { Fault } from './row-reading.ts';
import { invoiceOf, orderOf, type PlacedLine, type SettledLines, settleLines } from './settle-lines.ts';

export async function enterOrders(tx: TenantTx, ctx: Ctx, rows: readonly OrderRow[]): Promise<Entered> {
  const { placed, faults } = await placeLines(tx, ctx, rows);
  const existing = await findOrderLines(tx, referencesOf(placed));
  const settled = settleLines(placed, { existing, make: orderOf, newId: () => ctx.clock.id() });
  await writeOrderLines(tx, { partnerId: ctx.actor.partnerId, at: ctx.clock.now(), ...settled });
  return enteredOf(settled, faults);
}

export async function enterInvoices(tx: TenantTx, ctx: Ctx, rows: readonly InvoiceRow[]): Promise<Entered> {
  const { placed, faults } = await placeLines(tx, ctx, rows);
  const existing = await findInvoiceLines(tx, referencesOf(placed));
  const settled = settleLines(placed, { existing, make: invoiceOf, newId: () => ctx.clock.id() });
  await writeInvoiceLines(tx, { partnerId: ctx.actor.partnerId, at: ctx.clock.now(), ...settled });
  return enteredOf(settled, faults);
}

const referencesOf = (placed: readonly PlacedLine<{ reference: string }>[]): string[] => [
  ...new Set(placed.map(({ row }) => row.reference)),
];

/** Nothing that is derived of a customer hangs on orders and invoices: none is touched. */
const enteredOf = <Line>({ created, changed, unchanged, faults }: SettledLines<Line>, before: Fault[]): Entered => ({
  created: created.length,
  changed: changed.length,
  unchanged,
  faults: [...before, ...faults],
  touched: [],
  linked: [],
});

type LineRow = OrderRow | InvoiceRow;

/** Finds the subscription of each row, and holds its customer: a merge that hands the subscription on waits, or has been seen. */
async function placeLines<Row extends LineRow>(
  tx: TenantTx,
  ctx: Ctx,
  rows: readonly Row[],
): Promise<{ placed: PlacedLine<Row>[]; faults: Fault[] }> {
  const subscriptions = await findAndHold(tx, [...new Set(rows.map(({ subscription }) => subscription))]);
  const meant = await findMeantCustomers(tx, ctx, rows);
  const placed: PlacedLine<Row>[] = [];
  const faults: Fault[] = [];
  for (const row of rows) {
    const subscription = subscriptions.get(row.subscription);
    const customer = meant.get(row);
    const { line } = row;
    const value = row.subscription;
    if (subscription === undefined)
      faults.push({ line, column: 'subscription', value, reason: 'unknown_subscription', hint: '' });
    else if (customer !== undefined && !('customer' in customer)) faults.push(customer);
    else if (customer !== undefined && customer.customer.id !== subscription.customerId)
      faults.push({ line, column: 'subscription', value, reason: 'taken', hint: subscription.customerName });
    else placed.push({ row, subscription });
  }
  return { placed, faults };
}

async function findAndHold(tx: TenantTx, references: readonly string[]): Promise<Map<string, NamedSubscription>> {
  for (let held = new Set<string>(); ; ) {
    const found = await findSubscriptionsNamed(tx, references);
    const customers = [...new Set([...found.values()].map(({ customerId }) => customerId))];
    if (customers.every((id) => held.has(id))) return found;
    held = new Set([...held, ...(await lockCustomers(tx, customers.toSorted()))]);
  }
}
