import type { InvoiceState, OrderKind, OrderState } from '@hub/contract/orders';
import type { Product } from '@hub/contract/products';
import { amountOf, choices, currencyOf, periodOf } from './cell-values.ts';
import { type CustomerKey, mostLicenses, orgOf, products } from './read-rows.ts';
import type { RowReading } from './row-reading.ts';

interface LedgerRow {
  line: number;
  /** Of the order or the invoice. */
  reference: string;
  subscription: string;
  /** Where the file names one: it has to be the subscription's. */
  customer: CustomerKey | undefined;
  product: Product;
  quantity: number;
}

export interface OrderRow extends LedgerRow {
  kind: OrderKind;
  state: OrderState;
  orderedOn: string;
}

/** Undefined: the file does not say, what is known stays. Null: empty. */
export interface InvoiceRow extends LedgerRow {
  periodFrom: string;
  periodTo: string;
  /** Exact, as amountOf writes it. */
  amount: string;
  currency: string;
  state: InvoiceState;
  issuedOn: string | null | undefined;
  dueOn: string | null | undefined;
}

const orderKinds = choices<OrderKind>({
  new: ['new', 'initial'],
  change: ['change', 'modification', 'upgrade'],
  renewal: ['renewal', 'renew'],
  cancel: ['cancel', 'cancellation', 'canceled', 'cancelled'],
});
const orderStates = choices<OrderState>({
  submitted: ['submitted', 'open', 'new'],
  processing: ['processing', 'in progress'],
  completed: ['completed', 'complete', 'fulfilled', 'done'],
  failed: ['failed', 'error'],
  canceled: ['canceled', 'cancelled'],
});
const invoiceStates = choices<InvoiceState>({
  open: ['open', 'unpaid', 'due'],
  paid: ['paid'],
  overdue: ['overdue', 'past due'],
  void: ['void', 'voided', 'canceled', 'cancelled'],
});

function readLedger(row: RowReading): LedgerRow {
  row.needed('reference');
  row.needed('subscription');
  row.needed('product');
  row.needed('ordered');
  const customer: CustomerKey = {
    orgUuid: orgOf(row),
    externalId: row.text('externalId', 200) ?? undefined,
    name: row.text('name', 200) ?? undefined,
  };
  const isNamed = (customer.orgUuid ?? customer.externalId ?? customer.name) !== undefined;
  return {
    line: row.line,
    reference: row.text('reference', 100) ?? '',
    subscription: row.text('subscription', 100) ?? '',
    customer: isNamed ? customer : undefined,
    // What stands for a cell at fault is never seen: such a row does not count.
    product: row.choice('product', products) ?? 'calling',
    quantity: row.count('ordered', mostLicenses) ?? 0,
  };
}

export function readOrder(row: RowReading): OrderRow {
  const ledger = readLedger(row);
  row.needed('orderKind');
  row.needed('orderState');
  row.needed('orderedOn');
  return {
    ...ledger,
    kind: row.choice('orderKind', orderKinds) ?? 'new',
    state: row.choice('orderState', orderStates) ?? 'submitted',
    orderedOn: row.date('orderedOn') ?? '',
  };
}

export function readInvoice(row: RowReading): InvoiceRow {
  const ledger = readLedger(row);
  const { from, to } = readPeriod(row);
  const read = amountOf(row.needed('amount') ?? '');
  if (read === undefined || read === 'unclear') row.fail('amount', read === undefined ? 'no_amount' : 'amount_unclear');
  const amount = typeof read === 'object' ? read.amount : '';
  const currency = currencyOf(row.needed('currency') ?? '') ?? row.fail('currency', 'no_currency');
  row.needed('invoiceState');
  const state = row.choice('invoiceState', invoiceStates) ?? 'open';
  const [issuedOn, dueOn] = [row.date('issuedOn'), row.date('dueOn')];
  return {
    ...ledger,
    periodFrom: from,
    periodTo: to,
    amount,
    currency: currency ?? '',
    state,
    issuedOn,
    dueOn,
  };
}

/** From a cell for each of its ends, or from one for both. */
function readPeriod(row: RowReading): { from: string; to: string } {
  const inOne = row.cells.periodFrom === undefined || row.cells.periodTo === undefined;
  if (inOne) row.needed('period');
  else {
    row.needed('periodFrom');
    row.needed('periodTo');
  }
  const period = inOne
    ? periodOf(row.filled('period') ?? '')
    : { from: row.date('periodFrom') ?? '', to: row.date('periodTo') ?? '' };
  if (period === undefined) row.fail('period', 'no_date');
  else if (period.to < period.from) row.fail(inOne ? 'period' : 'periodTo', 'ends_before_start');
  return period ?? { from: '', to: '' };
}
