import { getSession } from '@hub/contract/sessions';
import { listImports } from '@hub/contract/imports';
import { findings } from '@hub/contract/reconciliation-rules';
import { getReconciliation, listReconciliationRows, ReconciliationRow } from '@hub/contract/reconciliation';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub, problemResponse } from '../../testing/fake-hub.ts';
import { aSession } from '../../testing/fixtures.ts';
import { onPhone } from '../../testing/on-phone.ts';
import { renderHub } from '../../testing/render-hub.tsx';

const uuid = (kind: number, index: number): string =>
  `0193000${kind}-0000-7000-8000-${String(index).padStart(12, '0')}`;

const aRow = (index: number, over: object = {}): ReconciliationRow =>
  ReconciliationRow.parse({
    key: `row ${index}`,
    customerId: uuid(5, index),
    customerName: `Customer ${index}`,
    subscriptionId: uuid(6, index),
    reference: `Sub-${index}`,
    product: 'calling',
    finding: 'billed_less',
    reason: null,
    bought: 10,
    isBoughtFromSnapshot: true,
    assigned: 9,
    asOf: '2026-11-23',
    billed: 8,
    billing: {
      standing: 'ended',
      from: '2026-10-01',
      to: '2026-10-31',
      monthly: [{ currency: 'EUR', amount: '80.5' }],
    },
    unitPrice: { currency: 'EUR', amount: '10.0625' },
    billedLessBought: -2,
    assignedLessBought: -1,
    billedLessAssigned: -1,
    money: { currency: 'EUR', amount: '-20.13' },
    ...over,
  });

const unknown = {
  finding: 'bought_not_billed',
  reason: 'never',
  assigned: null,
  asOf: null,
  isBoughtFromSnapshot: false,
  billed: 0,
  billing: null,
  unitPrice: null,
  billedLessBought: -10,
  assignedLessBought: null,
  billedLessAssigned: null,
  money: null,
};

const header = (lines = 2) => ({
  today: '2026-11-24',
  timeZone: 'UTC',
  regions: [{ region: 'eu', hasAnswered: true }],
  lines,
  customers: lines,
  findings: findings.map((finding) => ({
    finding,
    lines: finding === 'billed_less' || finding === 'bought_not_billed' ? lines / 2 : 0,
    customers: finding === 'billed_less' || finding === 'bought_not_billed' ? lines / 2 : 0,
    money:
      finding === 'billed_less'
        ? [
            { currency: 'EUR', amount: '-20.13' },
            { currency: 'USD', amount: '3' },
          ]
        : [],
    withoutPrice: finding === 'bought_not_billed' ? 1 : 0,
  })),
  products: lines === 0 ? [] : [{ product: 'calling', lines }],
  ofEndedPeriods: lines / 2,
  withoutAssigned: lines / 2,
});

const page = (rows: ReconciliationRow[]) => ({
  rows,
  sums: { rows: rows.length, customers: rows.length, money: [{ currency: 'EUR', amount: '-20.13' }] },
  next: null,
  today: '2026-11-24',
});

let hub: FakeHub;
const address = '/reconciliation';
beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(getReconciliation, header())
    .on(listReconciliationRows, page([aRow(1), aRow(2, unknown)]));
});

const asked = (endpoint: Parameters<FakeHub['asked']>[0]) =>
  hub.asked(endpoint).map(({ url }) => Object.fromEntries(url.searchParams));

test('findings with their lines and money by currency, and rows that leave empty what is not known', async () => {
  renderHub(address);
  const strip = await screen.findByRole('region', { name: 'Findings' });
  expect(within(strip).getByRole('link', { name: 'Billed less than purchased: 1 line. Show only these' })).toBeTruthy();
  expect(within(strip).getByText('−€20.13 a month')).toBeTruthy();
  expect(within(strip).getByText('+$3.00 a month')).toBeTruthy();
  expect(within(strip).getByText('1 without a price')).toBeTruthy();
  const grid = await screen.findByRole('grid', { name: 'Lines' });
  const [, known, bare] = await within(grid).findAllByRole('row');
  const cells = (row: HTMLElement | undefined) =>
    [...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent.trim());
  await waitFor(() => expect(cells(known).slice(4)).toEqual(['10', '9', '8', '−2', '−€20.13']));
  expect(cells(bare).slice(4)).toEqual(['10', '', '0', '−10', '']);
  expect(screen.getByText(/^1 of 2 is billed by a period that has ended/)).toBeTruthy();
});

test('a finding, a product, a search and an order stand in the address, in the question and in the file', async () => {
  const { router } = renderHub(address);
  await userEvent.click(await screen.findByRole('link', { name: /^Billed less than purchased/ }));
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Product' }), 'calling');
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search by customer or ID' }), 'acme');
  await userEvent.click(await screen.findByRole('button', { name: /^Difference a month/ }));
  const all = { region: 'eu', findings: 'billed_less', product: 'calling', q: 'acme', sort: 'money', order: 'desc' };
  await waitFor(() => expect(asked(listReconciliationRows).at(-1)).toEqual({ ...all, limit: '100' }));
  expect(router.state.location.search).toMatchObject({ finding: 'billed_less', q: 'acme', sort: 'money' });
  const href = (await screen.findByRole('link', { name: 'Export 2' })).getAttribute('href') ?? '';
  expect(Object.fromEntries(new URL(href, 'http://hub.example').searchParams)).toEqual(all);
  await userEvent.click(screen.getByRole('link', { name: 'Show all findings' }));
  await waitFor(() => expect(asked(listReconciliationRows).at(-1)).not.toHaveProperty('findings'));
});

test('a row leads to its customer, its subscription and its invoices', async () => {
  renderHub(address);
  const grid = await screen.findByRole('grid', { name: 'Lines' });
  const hrefOf = async (name: string) => (await within(grid).findByRole('link', { name })).getAttribute('href');
  expect(await hrefOf('Customer 1')).toBe(`/customers/${uuid(5, 1)}`);
  expect(await hrefOf('Sub-1')).toBe(`/customers/${uuid(5, 1)}?tab=subscriptions#${uuid(6, 1)}`);
  expect(await hrefOf('8')).toBe(`/customers/${uuid(5, 1)}?tab=subscriptions#invoices`);
});

test('all regions are rows of numbers; one that fails is named', async () => {
  hub.on(getReconciliation, ({ url }: { url: URL }) =>
    url.searchParams.get('region') === 'ca' ? problemResponse('region_unavailable', { region: 'ca' }) : header(),
  );
  renderHub(`${address}?region=all`);
  const grid = await screen.findByRole('grid', { name: 'Regions' });
  expect(await within(grid).findByRole('row', { name: /^Canada \(CA\) No answer$/ })).toBeTruthy();
  expect(await within(grid).findByRole('row', { name: /^European Union \(EU\) 2 1 1 0 0 0 0 0$/ })).toBeTruthy();
  expect(hub.asked(listReconciliationRows)).toHaveLength(0);
});

test('nothing to compare is told with what helps; nothing found leads back', async () => {
  hub.on(getReconciliation, header(0));
  renderHub(address);
  expect(await screen.findByText('No subscription to compare')).toBeTruthy();
});

test('a search that finds nothing leads back', async () => {
  hub.on(listReconciliationRows, { ...page([]), sums: { rows: 0, customers: 0, money: [] } });
  renderHub(`${address}?q=zzz`);
  expect(await screen.findByText(/No line matches/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Clear the choices' }));
  await waitFor(() => expect(asked(listReconciliationRows).at(-1)).not.toHaveProperty('q'));
});

test('on a phone a line is a block, and unknown is said in words', async () => {
  onPhone();
  renderHub(address);
  const list = await screen.findByRole('list', { name: 'Lines' });
  expect(within(list).getAllByRole('listitem')).toHaveLength(2);
  expect(within(list).getByText('not known')).toBeTruthy();
  expect(within(list).getByText('there is no invoice')).toBeTruthy();
});
