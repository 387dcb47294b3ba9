import type { InvoiceState, OrderState } from '@hub/contract/orders';
import type { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import type { DemoSubscription } from './demo-records.ts';

interface DemoOrderLine {
  reference: string;
  product: Product;
  quantity: number;
  state: OrderState;
  orderedOn: number;
}

interface DemoInvoiceLine {
  reference: string;
  product: Product;
  quantity: number;
  /** In days from madeOn, as all days here. */
  periodFrom: number;
  periodTo: number;
  amount: string;
  state: InvoiceState;
  issuedOn: number;
  dueOn: number;
}

/** Of one license for thirty days, in hundredths of the currency. */
const prices: Record<Product, number> = {
  calling: 1450,
  call_on_webex: 890,
  meetings: 1325,
  webinars: 6900,
  messaging: 275,
  real_time_translations: 640,
  contact_center: 11_850,
  devices: 1999,
};

export const demoCurrencies: Partial<Record<RegionCode, string>> = { eu: 'EUR', ca: 'CAD', uae: 'AED' };

const periodDays = 30;
const dueAfter = 14;
const leadDays = 12; // between an order and the first day of what was ordered

/** What was ordered and invoiced of an invented subscription: its first order, and the last three periods in which it ran. */
export function demoLedger(subscription: DemoSubscription): { orders: DemoOrderLine[]; invoices: DemoInvoiceLine[] } {
  const { reference, startsOn, endsOn, setupState, lines } = subscription;
  const number = reference.replace(/^\D+/, '');
  const state = setupState.startsWith('provisioned') ? 'completed' : 'processing';
  const orders = lines.map(
    ({ product, ordered }): DemoOrderLine => ({
      reference: `Ord-${number}`,
      product,
      quantity: ordered,
      state,
      orderedOn: startsOn - leadDays,
    }),
  );
  const periods = [-3, -2, -1]
    .map((place) => ({ place, from: place * periodDays, to: (place + 1) * periodDays - 1 }))
    .filter(({ from, to }) => from >= startsOn && (endsOn === null || to <= endsOn));
  const invoices = periods.flatMap(({ place, from, to }) =>
    lines.map(
      ({ product, ordered }): DemoInvoiceLine => ({
        reference: `Inv-${number}-${place + 4}`,
        product,
        quantity: ordered,
        periodFrom: from,
        periodTo: to,
        amount: amountText(prices[product] * ordered),
        state: stateOf(place, subscription),
        issuedOn: to + 1,
        dueOn: to + 1 + dueAfter,
      }),
    ),
  );
  return { orders, invoices };
}

/** The last one is not due yet; who is behind owes the one before. */
function stateOf(place: number, { paymentState }: DemoSubscription): InvoiceState {
  if (place === -1) return 'open';
  return place === -2 && paymentState !== 'current' ? 'overdue' : 'paid';
}

const amountText = (hundredths: number): string =>
  `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
