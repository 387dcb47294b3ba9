import { getCustomer, listStatusHistory } from '@hub/contract/customers';
import { listImports } from '@hub/contract/imports';
import { InvoiceLine, listInvoices, listOrders, OrderLine } from '@hub/contract/orders';
import { getSession } from '@hub/contract/sessions';
import { listSubscriptions } from '@hub/contract/subscriptions';
import { listTrials } from '@hub/contract/trials';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { aCustomer, aHistory, customerId, someSubscriptions } from '../../testing/customer-fixtures.ts';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const address = `/customers/${customerId}?tab=subscriptions`;
const id = (number: number): string => `01939ad0-0000-7000-8000-${String(number).padStart(12, '0')}`;
const ofSubscription = { subscriptionId: id(1), subscriptionReference: 'Sub-4711', product: 'calling', quantity: 1200 };

const order = (number: number, orderedOn: string): OrderLine =>
  OrderLine.parse({
    id: id(number),
    ...ofSubscription,
    reference: `Ord-${number}`,
    kind: 'renewal',
    state: 'failed',
    orderedOn,
  });

const invoice = (number: number, change: Record<string, unknown> = {}): InvoiceLine =>
  InvoiceLine.parse({
    id: id(number),
    ...ofSubscription,
    reference: `Inv-${number}`,
    periodFrom: '2026-10-01',
    periodTo: '2026-10-31',
    amount: '1234.5',
    currency: 'EUR',
    state: 'overdue',
    issuedOn: null,
    dueOn: '2026-11-15',
    ...change,
  });

const cellsOf = (row: HTMLElement): string[] =>
  within(row)
    .getAllByRole('cell')
    .map((cell) => (cell.textContent ?? '').replaceAll(/[\u2009\u202f]/g, ' '));

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(getCustomer, aCustomer())
    .on(listStatusHistory, aHistory())
    .on(listTrials, { items: [] })
    .on(listSubscriptions, someSubscriptions());
});

test('where nothing came in yet, both lists say how it would', async () => {
  renderHub(address);
  const orders = await screen.findByRole('region', { name: 'Orders' });
  expect(await within(orders).findByText(/No orders yet\. They come in with a file/)).toBeTruthy();
  const invoices = screen.getByRole('region', { name: 'Invoices' });
  expect(await within(invoices).findByText(/No invoices yet\./)).toBeTruthy();
  expect(within(invoices).queryByRole('table')).toBeNull();
});

test('orders: a line tells what, how many, when and its state; the other order is asked of the server', async () => {
  const lines = [order(2, '2026-11-03'), order(3, '2026-02-01')];
  hub.on(listOrders, ({ url }: { url: URL }) => ({
    items: url.searchParams.get('order') === 'asc' ? lines.toReversed() : lines,
    total: 2,
    next: null,
  }));
  renderHub(address);
  const region = await screen.findByRole('region', { name: '2 order lines' });
  const table = within(region).getByRole('table', { name: '2 order lines' });
  expect(cellsOf(within(table).getByRole('row', { name: /^Ord-2/ }))).toEqual([
    'Nov 3, 2026',
    'Sub-4711',
    'Webex Calling',
    '1,200',
    'Renewal',
    'Failed',
  ]);
  const date = within(table).getByRole('columnheader', { name: 'Ordered on' });
  expect(date.getAttribute('aria-sort')).toBe('descending');
  await userEvent.click(within(region).getByRole('button', { name: 'Latest first' }));
  await waitFor(() =>
    expect(
      within(region)
        .getAllByRole('rowheader')
        .map((cell) => cell.textContent),
    ).toEqual(['Ord-3', 'Ord-2']),
  );
  expect(within(region).getByRole('columnheader', { name: 'Ordered on' }).getAttribute('aria-sort')).toBe('ascending');
});

test('invoices: amounts are exact in their currency, a credit has its sign, and more lines follow on demand', async () => {
  const lines = [
    invoice(1),
    invoice(2, { amount: '-0.05', state: 'void', dueOn: null }),
    invoice(3, { amount: '123456789012.3407', currency: 'USD' }),
    invoice(4, { amount: '5000', currency: 'JPY', state: 'paid' }),
  ];
  hub.on(listInvoices, ({ url }: { url: URL }) =>
    url.searchParams.get('cursor') === 'behind'
      ? { items: lines.slice(2), total: 4, next: null }
      : { items: lines.slice(0, 2), total: 4, next: 'behind' },
  );
  renderHub(address);
  const region = await screen.findByRole('region', { name: '4 invoice lines' });
  expect(cellsOf(within(region).getByRole('row', { name: /^Inv-1/ }))).toEqual([
    'Oct 1 – 31, 2026',
    'Sub-4711',
    'Webex Calling',
    '1,200',
    '€1,234.50',
    'Nov 15, 2026',
    'Overdue',
  ]);
  expect(within(region).getByText('−€0.05')).toBeTruthy();
  await userEvent.click(within(region).getByRole('button', { name: 'Show more' }));
  expect(await within(region).findByText('$123,456,789,012.3407')).toBeTruthy();
  expect(within(region).getByText('¥5,000')).toBeTruthy();
  expect(within(region).queryByRole('button', { name: 'Show more' })).toBeNull();
});

test('a list that cannot be read says so and is asked again', async () => {
  hub.refuse(listInvoices, 'customer_not_found');
  renderHub(address);
  const region = await screen.findByRole('region', { name: 'Invoices' });
  const alert = await within(region).findByRole('alert');
  hub.on(listInvoices, { items: [invoice(1)], total: 1, next: null });
  await userEvent.click(within(alert).getByRole('button', { name: /again/i }));
  expect(await screen.findByRole('region', { name: '1 invoice line' })).toBeTruthy();
});
