import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { CalendarDate, CustomerId, InvoiceLineId, OrderLineId, SubscriptionId } from './ids.ts';
import { Product } from './products.ts';

export const OrderKind = z.enum(['new', 'change', 'renewal', 'cancel']);
export type OrderKind = z.infer<typeof OrderKind>;

export const OrderState = z.enum(['submitted', 'processing', 'completed', 'failed', 'canceled']);
export type OrderState = z.infer<typeof OrderState>;

export const InvoiceState = z.enum(['open', 'paid', 'overdue', 'void']);
export type InvoiceState = z.infer<typeof InvoiceState>;

const line = {
  /** What the order or the invoice is called, such as Ord-2041. */
  reference: z.string(),
  subscriptionId: SubscriptionId,
  subscriptionReference: z.string(),
  product: Product,
  quantity: z.int().min(0),
};

/** What an order says of one product of a subscription. */
export const OrderLine = z.object({
  id: OrderLineId,
  ...line,
  kind: OrderKind,
  state: OrderState,
  orderedOn: CalendarDate,
});
export type OrderLine = z.infer<typeof OrderLine>;

/** What an invoice says of one product of a subscription; below zero is a credit. */
export const InvoiceLine = z.object({
  id: InvoiceLineId,
  ...line,
  /** Both days belong to it. */
  periodFrom: CalendarDate,
  periodTo: CalendarDate,
  /** Exact, in units of the currency: a decimal as text, never a number of floating point. */
  amount: z.string().regex(/^-?\d{1,12}(\.\d{1,4})?$/),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  state: InvoiceState,
  issuedOn: CalendarDate.nullable(),
  dueOn: CalendarDate.nullable(),
});
export type InvoiceLine = z.infer<typeof InvoiceLine>;

const asked = {
  method: 'GET',
  permission: 'subscriptions.read',
  params: z.object({ customerId: CustomerId }),
  query: z.object({
    subscriptionId: SubscriptionId.optional(),
    order: z.enum(['asc', 'desc']).default('desc'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  errors: ['customer_not_found', 'cursor_invalid'],
} as const;

const page = { total: z.int(), next: z.string().nullable() };

export const listOrders = endpoint({
  ...asked,
  path: '/api/customers/:customerId/orders',
  summary: 'What was ordered for the subscriptions of a customer, by the day of the order.',
  reply: z.object({ items: z.array(OrderLine), ...page }),
});

export const listInvoices = endpoint({
  ...asked,
  path: '/api/customers/:customerId/invoices',
  summary: 'What was invoiced for the subscriptions of a customer, by the first day of the period.',
  reply: z.object({ items: z.array(InvoiceLine), ...page }),
});
