import { getCallingUsage, getCallingUsageByRegion } from '@hub/contract/calling-usage';
import { listImports } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aSession, aUsagePage, aUsageRow } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const rows = [aUsageRow(2), aUsageRow(3), aUsageRow(4)];

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(getCallingUsage, aUsagePage(rows));
});

const lastQuestion = (): Record<string, string> =>
  Object.fromEntries(hub.asked(getCallingUsage).at(-1)?.url.searchParams ?? []);

test('the last 31 days of the home region by customer, unless the address says otherwise', async () => {
  renderHub('/analytics/calling-usage');
  await screen.findByRole('grid');
  expect(lastQuestion()).toMatchObject({
    region: 'eu',
    from: '2026-10-25',
    to: '2026-11-24',
    sort: 'customerName',
    order: 'asc',
  });
});

test('a click on a head sorts by it, in the address and in the question', async () => {
  const { router } = renderHub('/analytics/calling-usage?region=us');
  const grid = await screen.findByRole('grid');
  await userEvent.click(within(grid).getByRole('button', { name: /^Total calls/ }));
  await waitFor(() => expect(lastQuestion()).toMatchObject({ region: 'us', sort: 'calls', order: 'desc' }));
  expect(router.state.location.search).toMatchObject({ region: 'us', sort: 'calls', order: 'desc' });
  const head = within(await screen.findByRole('grid')).getByRole('columnheader', { name: /^Total calls/ });
  expect(head.getAttribute('aria-sort')).toBe('descending');
});

test('what no feed has brought is empty, not 0, and the feed is named', async () => {
  renderHub('/analytics/calling-usage');
  const grid = await screen.findByRole('grid');
  expect(screen.getByText(/Media quality has not been imported.*“Total poor quality call legs”/)).toBeTruthy();
  const heads = within(grid)
    .getAllByRole('columnheader')
    .map((head) => head.textContent);
  const cells = within(within(grid).getAllByRole('row')[1]!).getAllByRole('cell');
  expect(cells[heads.findIndex((head) => head.startsWith('Total poor quality'))]?.textContent).toBe('');
});

test('a number leads to the call legs that it counts; the totals are those of the server', async () => {
  hub.on(getCallingUsage, aUsagePage(rows, { totals: { ...aUsagePage(rows)?.totals, calls: 987_654 } }));
  renderHub('/analytics/calling-usage');
  const grid = await screen.findByRole('grid');
  const value = rows[0]?.cells.calls?.toLocaleString('en-US') ?? '';
  const link = within(grid).getAllByRole('link', { name: new RegExp(`^Total calls: ${value}`) })[0];
  const search = new URL(link?.getAttribute('href') ?? '', 'http://hub.example').searchParams;
  expect(Object.fromEntries(search)).toMatchObject({ region: 'eu', measure: 'calls', customerId: rows[0]?.customerId });
  expect(within(grid).getAllByRole('row').at(-1)?.textContent).toContain('987,654');
});

test('the export has the filter and the order of the page', async () => {
  renderHub('/analytics/calling-usage?q=bluemarl&sort=calls&order=desc');
  const link = await screen.findByRole('link', { name: 'Export 3' });
  const address = new URL(link.getAttribute('href') ?? '', 'http://hub.example');
  expect(address.pathname).toBe('/api/calling-usage/export');
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    region: 'eu',
    q: 'bluemarl',
    sort: 'calls',
    order: 'desc',
  });
});

test('a search without a match says so and can be removed', async () => {
  hub.on(getCallingUsage, ({ url }: { url: URL }) =>
    url.searchParams.has('q') ? aUsagePage([], { rowsUnfiltered: 3 }) : aUsagePage(rows),
  );
  const { router } = renderHub('/analytics/calling-usage?q=nobody');
  expect(await screen.findByText('Nothing matches “nobody”')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Remove the search' }));
  await screen.findByRole('grid');
  expect(router.state.location.search).not.toHaveProperty('q');
});

test('without any data the way to the imports is shown', async () => {
  hub.on(getCallingUsage, aUsagePage([], { dataAsOf: null }));
  renderHub('/analytics/calling-usage');
  expect(await screen.findByText('No call history in EU yet')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Go to imports' }).getAttribute('href')).toBe('/imports?region=eu');
});

test('a refusal is told with its tracking ID, and trying again asks again', async () => {
  hub.refuse(getCallingUsage, 'region_unavailable', { region: 'eu' });
  renderHub('/analytics/calling-usage');
  expect(await screen.findByText('The region EU is not answering.')).toBeTruthy();
  expect(screen.getByText('Tracking ID: ph-7c41-e09b')).toBeTruthy();
  hub.on(getCallingUsage, aUsagePage(rows));
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('grid')).toBeTruthy();
});

test('all regions: a region that did not answer is named, not left out', async () => {
  const cells = aUsagePage(rows)?.totals;
  hub.on(getCallingUsageByRegion, {
    items: [
      { region: 'eu', hasAnswered: true, customers: 2, cells, dataAsOf: null },
      { region: 'uae', hasAnswered: false, customers: 0, cells, dataAsOf: null },
    ],
    totals: cells,
  });
  renderHub('/analytics/calling-usage?region=all');
  expect(await screen.findByText('1 of 2 regions answered')).toBeTruthy();
  expect(screen.getByText(/No answer from UAE/)).toBeTruthy();
  expect(within(screen.getByRole('row', { name: /United Arab Emirates/ })).getByText('No answer')).toBeTruthy();
});
