import type { NamedSubscription, StoredInvoice, StoredOrder } from './order-queries.ts';
import type { InvoiceRow, OrderRow } from './read-orders.ts';
import type { Fault } from './row-reading.ts';

/** A row whose subscription is found. */
export interface PlacedLine<Row> {
  row: Row;
  subscription: NamedSubscription;
}

export interface SettledLines<Line> {
  created: (Line & { customerId: string })[];
  changed: Line[];
  unchanged: number;
  faults: Fault[];
}

/** What makes of a row the line that it tells of, where `before` is what is known of it. */
type Making<Row, Line> = (row: Row, before: Line | undefined) => Omit<Line, 'id' | 'subscriptionId'>;

export const orderOf: Making<OrderRow, StoredOrder> = ({ reference, product, quantity, kind, state, orderedOn }) => ({
  reference,
  product,
  quantity,
  kind,
  state,
  orderedOn,
});

export const invoiceOf: Making<InvoiceRow, StoredInvoice> = (row, before) => ({
  reference: row.reference,
  product: row.product,
  quantity: row.quantity,
  periodFrom: row.periodFrom,
  periodTo: row.periodTo,
  amount: row.amount,
  currency: row.currency,
  state: row.state,
  issuedOn: row.issuedOn === undefined ? (before?.issuedOn ?? null) : row.issuedOn,
  dueOn: row.dueOn === undefined ? (before?.dueOn ?? null) : row.dueOn,
});

/** A line is known by its order or invoice, its subscription and its product: of rows about the same one the last of the file counts. */
export function settleLines<Row extends OrderRow | InvoiceRow, Line extends StoredOrder | StoredInvoice>(
  placed: readonly PlacedLine<Row>[],
  { existing, make, newId }: { existing: readonly Line[]; make: Making<Row, Line>; newId: () => string },
): SettledLines<Line> {
  const known = new Map(existing.map((line) => [keyOf(line), line]));
  const settled: SettledLines<Line> = { created: [], changed: [], unchanged: 0, faults: [] };
  const lineOf = new Map<string, number>();
  for (const { row, subscription } of placed.toReversed()) {
    const key = keyOf({ ...row, subscriptionId: subscription.id });
    const later = lineOf.get(key);
    if (later !== undefined) {
      const value = row.reference;
      settled.faults.push({ line: row.line, column: 'reference', value, reason: 'twice', hint: String(later) });
      continue;
    }
    lineOf.set(key, row.line);
    const before = known.get(key);
    const made = make(row, before);
    const after = { id: before?.id ?? newId(), subscriptionId: subscription.id, ...made } as Line;
    if (isDueBeforeIssued(after))
      settled.faults.push({
        line: row.line,
        column: 'dueOn',
        value: after.dueOn ?? '',
        reason: 'due_before_issued',
        hint: '',
      });
    else if (before === undefined) settled.created.push({ ...after, customerId: subscription.customerId });
    else if (isSame(before, after)) settled.unchanged += 1;
    else settled.changed.push(after);
  }
  return settled;
}

const keyOf = ({ reference, subscriptionId, product }: Pick<StoredOrder, 'reference' | 'subscriptionId' | 'product'>) =>
  JSON.stringify([reference, subscriptionId, product]);

function isDueBeforeIssued(line: StoredOrder | StoredInvoice): line is StoredInvoice {
  return 'dueOn' in line && line.dueOn !== null && line.issuedOn !== null && line.dueOn < line.issuedOn;
}

const isSame = <Line extends object>(before: Line, after: Line): boolean =>
  (Object.keys(after) as (keyof Line)[]).every((field) => before[field] === after[field]);
