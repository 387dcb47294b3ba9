import { getCustomer } from '@hub/contract/customers';
import { healthFactors } from '@hub/contract/health-rules';
import {
  changeHealthPolicy,
  defaultHealthPolicy,
  getCustomerHealth,
  getHealthTotals,
  listHealthScores,
  previewHealthScores,
} from '@hub/contract/health-score';
import { listConnectors } from '@hub/contract/connectors';
import { listImports } from '@hub/contract/imports';
import { getSession, listSessions } from '@hub/contract/sessions';
import { listTokens } from '@hub/contract/tokens';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { aCustomer } from '../../testing/customer-fixtures.ts';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aSession } from '../../testing/fixtures.ts';
import { onPhone } from '../../testing/on-phone.ts';
import { renderHub } from '../../testing/render-hub.tsx';

const customerId = '01930005-0000-7000-8000-000000000001';
const points = { use: 50, trend: 10.4, quality: null, overage: 50, payment: 30, activity: null };
const values = { use: 50, trend: -45, quality: null, overage: 10, payment: null, activity: null };
const factors = healthFactors.map((factor) => ({ factor, value: values[factor], points: points[factor] }));
const row = { customerId, customerName: 'Corbel Estates', score: 42, known: 4, counted: 6, factors };
const unknown = factors.map(({ factor }) => ({ factor, value: null, points: null }));
const none = { ...row, customerId: customerId.replace(/1$/, '2'), customerName: 'Bare', score: null, known: 0 };

let hub: FakeHub;
beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listHealthScores, {
      items: [row, { ...none, factors: unknown }],
      next: null,
      count: 2,
      withoutScore: 1,
      today: '2026-11-24',
      policy: defaultHealthPolicy,
    });
});

const asked = () => hub.asked(listHealthScores).map(({ url }) => Object.fromEntries(url.searchParams));

test('customers by health, those in need first; what is not known is empty', async () => {
  renderHub('/customer-health');
  const grid = await screen.findByRole('grid', { name: 'Customer health' });
  const cells = (line: HTMLElement | undefined) =>
    [...(line?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent.trim());
  await waitFor(() =>
    expect(within(grid).getAllByRole('row').slice(1).map(cells)).toEqual([
      ['Corbel Estates', '42', '4 of 6', '50', '10', '', '50', '30', ''],
      ['Bare', '', '0 of 6', '', '', '', '', '', ''],
    ]),
  );
  expect(screen.getByText('2 customers, 1 without a score')).toBeTruthy();
  expect(asked()[0]).toEqual({ region: 'eu', sort: 'score', order: 'asc', limit: '100' });
  await userEvent.click(within(grid).getByRole('button', { name: /^Payment/ }));
  await waitFor(() => expect(asked().at(-1)).toMatchObject({ sort: 'payment', order: 'desc' }));
});

test('all regions are rows of numbers; the chip tells who answered, and none of their customers is asked for', async () => {
  const sums = { customers: 3, withoutScore: 1, mean: 54.5, bands: [1, 0, 1] };
  hub.on(getHealthTotals, {
    today: '2026-11-24',
    regions: [
      { region: 'eu', sums },
      { region: 'ca', sums: null },
    ],
    totals: sums,
  });
  renderHub('/customer-health?region=all&filter=name:a');
  const grid = await screen.findByRole('grid', { name: 'Regions' });
  expect(await within(grid).findByRole('row', { name: /^European Union \(EU\) 3 54.5 1 0 1 1$/ })).toBeTruthy();
  expect(await within(grid).findByRole('row', { name: /^Canada \(CA\) No answer$/ })).toBeTruthy();
  expect(await within(grid).findByRole('row', { name: /^All regions 3 54.5 1 0 1 1$/ })).toBeTruthy();
  expect(screen.getByText(/^1 of 2 regions answered/)).toBeTruthy();
  expect(screen.getByText(/^No answer from Canada/)).toBeTruthy();
  expect(hub.asked(getHealthTotals)[0]?.url.searchParams.get('filter')).toBe('name:a');
  expect(hub.asked(listHealthScores)).toHaveLength(0);
  expect(
    within(grid)
      .getByRole('link', { name: /^European/ })
      .getAttribute('href'),
  ).toBe('/customer-health?region=eu&filter=name%3Aa');
});

test('on a phone a customer is a block with its points', async () => {
  onPhone();
  renderHub('/customer-health');
  const list = await screen.findByRole('list', { name: 'Customer health' });
  expect(within(list).getByText('Use 50 · Trend of use 10 · Overage 50 · Payment 30')).toBeTruthy();
  expect(within(list).getByText('no score')).toBeTruthy();
});

test('the customer’s page explains each factor in words, with its weight and its points', async () => {
  const customer = aCustomer();
  hub.on(getCustomer, customer).on(getCustomerHealth, {
    score: 42,
    known: 4,
    counted: 6,
    factors,
    policy: defaultHealthPolicy,
    today: '2026-11-24',
    payment: { suspended: 0, pastDue: 1, overdue: 2 },
    activity: null,
  });
  renderHub(`/customers/${customer?.id}`);
  const panel = await screen.findByRole('region', { name: 'Health score' });
  expect(await within(panel).findByText('from 4 of 6 factors')).toBeTruthy();
  const rows = within(panel).getAllByRole('row').slice(1);
  expect(rows.map((line) => line.textContent)).toEqual([
    'Use50% of assigned licenses were used in 7 days3050',
    'Trend of useUse changed by −45% in 4 weeks2010',
    'Call qualityFewer than 20 call legs of known quality in the last 4 whole weeks; left out15',
    'Overage10% more licenses are assigned than purchased1050',
    'PaymentPayment of 1 subscription is past due1530',
    'ActivityNo sign-ins are known; left out10',
  ]);
});

test.each([
  ['assigned without a purchased license', 0, 'OverageLicenses are assigned and none is purchased100'],
  ['nothing at all', null, 'OverageNothing is purchased or assigned, or assignment is not known; left out10'],
])('overage of %s has a sentence without a percentage', async (_, ofOverage, text) => {
  const customer = aCustomer();
  hub.on(getCustomer, customer).on(getCustomerHealth, {
    score: null,
    known: 0,
    counted: 6,
    factors: [{ factor: 'overage', value: null, points: ofOverage }],
    policy: defaultHealthPolicy,
    today: '2026-11-24',
    payment: null,
    activity: null,
  });
  renderHub(`/customers/${customer?.id}`);
  const panel = await screen.findByRole('region', { name: 'Health score' });
  expect(await within(panel).findByRole('row', { name: /^Overage/ })).toHaveProperty('textContent', text);
});

test('weights are looked at before they are saved, and one of them has to count', async () => {
  hub
    .on(listSessions, { items: [] })
    .on(listTokens, { items: [] })
    .on(listConnectors, { items: [] })
    .on(changeHealthPolicy, defaultHealthPolicy)
    .on(previewHealthScores, {
      now: 2,
      proposed: 2,
      moved: 1,
      rows: [
        { customerId, customerName: 'Corbel Estates', before: 42, after: 60, placeBefore: 1, placeAfter: 2 },
        { customerId: none.customerId, customerName: 'Bare', before: null, after: 5, placeBefore: null, placeAfter: 1 },
      ],
    });
  renderHub('/settings');
  const form = await screen.findByRole('region', { name: 'Health score' });
  const payment = await within(form).findByRole('textbox', { name: 'Payment' });
  await userEvent.clear(payment);
  await userEvent.type(payment, '80');
  await userEvent.click(within(form).getByRole('button', { name: 'Preview' }));
  const preview = await within(form).findByRole('region', { name: 'Whose place would change' });
  expect(await within(preview).findByText('42, place 1 → 60, place 2')).toBeTruthy();
  expect(within(preview).getByText('no score → 5, place 1')).toBeTruthy();
  expect(hub.asked(changeHealthPolicy)).toEqual([]);
  await userEvent.click(within(form).getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(hub.asked(changeHealthPolicy).at(-1)?.body).toEqual({ ...defaultHealthPolicy, payment: 80 }),
  );
  for (const name of ['Use', 'Trend of use', 'Call quality', 'Overage', 'Payment', 'Activity']) {
    const field = within(form).getByRole('textbox', { name });
    await userEvent.clear(field);
    await userEvent.type(field, '0');
  }
  await userEvent.click(within(form).getByRole('button', { name: 'Save' }));
  expect(await within(form).findByText(/one of them above 0/)).toBeTruthy();
  expect(hub.asked(changeHealthPolicy)).toHaveLength(1);
});
