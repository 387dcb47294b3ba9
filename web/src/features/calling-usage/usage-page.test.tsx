import { getCallingUsage, getCallingUsageByRegion } from '@hub/contract/calling-usage';
import { explainEmpty } from '@hub/contract/freshness';
import { listImports } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { listCustomerGroups } from '@hub/contract/customer-groups';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aBatch, aSession, aUsagePage, aUsageRow } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const rows = [aUsageRow(2), aUsageRow(3), aUsageRow(4)];

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listCustomerGroups, { items: [] })
    .on(getCallingUsage, aUsagePage(rows));
});

afterEach(() => void vi.restoreAllMocks());

const onPhone = () =>
  vi
    .spyOn(window, 'matchMedia')
    .mockImplementation((media) => Object.assign(new EventTarget(), { matches: true, media }) as MediaQueryList);

const lastQuestion = (): Record<string, string> =>
  Object.fromEntries(hub.asked(getCallingUsage).at(-1)?.url.searchParams ?? []);

test('the last 31 days of the home region, most calls first, unless the address says otherwise', async () => {
  renderHub('/analytics/calling-usage');
  await screen.findByRole('grid');
  expect(lastQuestion()).toMatchObject({
    region: 'eu',
    from: '2026-10-25',
    to: '2026-11-24',
    sort: 'calls',
    order: 'desc',
  });
  const csv = new URL(
    (await screen.findByRole('link', { name: 'Export 3' })).getAttribute('href') ?? '',
    'http://hub.example',
  );
  expect(Object.fromEntries(csv.searchParams)).toMatchObject({ sort: 'calls', order: 'desc' });
});

test.each([
  ['from=2026-11-10&to=2026-11-01', 'The range in the link ends before it begins.'],
  ['from=2025-11-10&to=2026-11-01', 'The range in the link has 357 days; at most 92 can be shown.'],
  ['from=xx', 'The range in the link is not two dates.'],
  ['from=2026-10-25&to=2026-11-24&region=mars', 'The region “mars” in the link is not one of yours.'],
])(
  '%s cannot be shown: the page says so until another range is chosen, and the address is mended',
  async (link, why) => {
    const { router } = renderHub(`/analytics/calling-usage?${link}&q=blue`);
    expect(await screen.findByText(`${why} Shown instead: EU, Oct 25 – Nov 24, 2026.`)).toBeTruthy();
    const shown = { region: 'eu', from: '2026-10-25', to: '2026-11-24', q: 'blue' };
    await waitFor(() => expect(router.state.location.search).toEqual(shown));
    expect(router.history.length).toBe(1);
    await userEvent.click(await screen.findByRole('button', { name: /^Total call legs/ }));
    expect(screen.getByText(/Shown instead/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: /^Earlier/ }));
    await waitFor(() => expect(screen.queryByText(/Shown instead/)).toBeNull());
  },
);

test('a click on a head sorts by it, in the address and in the question', async () => {
  const { router } = renderHub('/analytics/calling-usage?region=us');
  const grid = await screen.findByRole('grid');
  await userEvent.click(within(grid).getByRole('button', { name: /^Total call legs/ }));
  await waitFor(() => expect(lastQuestion()).toMatchObject({ region: 'us', sort: 'callLegs', order: 'desc' }));
  expect(router.state.location.search).toMatchObject({ region: 'us', sort: 'callLegs', order: 'desc' });
  const head = within(await screen.findByRole('grid')).getByRole('columnheader', { name: /^Total call legs/ });
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
  hub
    .on(getCallingUsage, ({ url }: { url: URL }) =>
      url.searchParams.has('q') ? aUsagePage([], { rowsUnfiltered: 3 }) : aUsagePage(rows),
    )
    .on(explainEmpty, { reasons: [{ code: 'filtered', records: 3 }] });
  const { router } = renderHub('/analytics/calling-usage?q=nobody');
  expect(await screen.findByText('3 records lie in this range without the search and the filters.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Remove the search and the filters' }));
  await screen.findByRole('grid');
  expect(router.state.location.search).not.toHaveProperty('q');
});

test('without any data the way to the imports is shown, and what is on its way', async () => {
  hub.on(getCallingUsage, aUsagePage([], { dataAsOf: null })).on(explainEmpty, {
    reasons: [
      { code: 'never_imported' },
      { code: 'held', rows: 21, organizations: 1 },
      { code: 'import_underway', imports: 2 },
      { code: 'import_failed', importId: aBatch().id, number: 7, fileName: 'strange.csv', isKept: true },
    ],
  });
  renderHub('/analytics/calling-usage');
  expect(await screen.findByText('Call history: nothing in EU yet')).toBeTruthy();
  const href = (name: string) => screen.getByRole('link', { name }).getAttribute('href');
  expect(href('Import a file')).toBe('/imports?region=eu');
  expect(screen.getByText('21 rows wait for a customer, of 1 organization')).toBeTruthy();
  expect(href('Go to the held rows')).toBe('/imports?region=eu#held');
  expect(screen.getByText('2 imports wait or run')).toBeTruthy();
  expect(screen.getByText('Import B-7, strange.csv, has failed; its file is kept and waits for you')).toBeTruthy();
  expect(href('Open the import')).toBe(`/imports?region=eu&batch=${aBatch().id}`);
  expect(Object.fromEntries(hub.asked(explainEmpty)[0]?.url.searchParams ?? [])).toEqual({
    region: 'eu',
    from: '2026-10-25',
    to: '2026-11-24',
    feed: 'webex_call_history',
  });
});

test.each([
  [
    { code: 'ended_before', lastDay: '2026-09-30' },
    /ends on Sep 30, 2026/,
    /^Show Aug 31\s–\sSep 30, 2026$/,
    '2026-08-31',
  ],
  [{ code: 'begins_later', firstDay: '2026-12-02' }, /begins on Dec 2, 2026/, /^Show Dec 2, 2026/, '2026-12-02'],
  [
    { code: 'gap', before: '2026-09-30', after: '2026-12-02' },
    /records up to Sep 30, 2026 and again from Dec 2, 2026 on/,
    /^Show Dec 2, 2026/,
    '2026-12-02',
  ],
])('%s: another range of the same length is offered', async (reason, told, action, from) => {
  hub.on(getCallingUsage, aUsagePage([])).on(explainEmpty, { reasons: [reason] });
  const { router } = renderHub('/analytics/calling-usage');
  expect(await screen.findByText('No records from Oct 25 – Nov 24, 2026')).toBeTruthy();
  expect(screen.getByText(told)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: action }));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ from }));
});

test('a region that is away is told, and asked again', async () => {
  hub.on(getCallingUsage, aUsagePage([])).on(explainEmpty, { reasons: [{ code: 'region_away' }] });
  renderHub('/analytics/calling-usage');
  expect(await screen.findByText('The store of EU does not answer')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(hub.asked(explainEmpty).length).toBeGreaterThan(1));
});

test('who may not import is not sent to the imports', async () => {
  hub
    .on(getSession, aSession({}, 'partner_read_only'))
    .on(getCallingUsage, aUsagePage([], { dataAsOf: null }))
    .on(explainEmpty, { reasons: [{ code: 'never_imported' }] });
  renderHub('/analytics/calling-usage');
  expect(await screen.findByText('Call history: nothing in EU yet')).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'Import a file' })).toBeNull();
});

test('a phone sorts, opens a row to all of its numbers, and each leads to its call legs', async () => {
  onPhone();
  renderHub('/analytics/calling-usage');
  const list = await screen.findByRole('list', { name: 'Calling usage by customer and location' });
  expect(screen.getByText('Not imported: media quality and call queue statistics')).toBeTruthy();
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Sort by' }), 'Call minutes');
  await waitFor(() => expect(lastQuestion()).toMatchObject({ sort: 'callMinutes', order: 'desc' }));
  await userEvent.click(screen.getByRole('button', { name: 'Descending' }));
  await waitFor(() => expect(lastQuestion()).toMatchObject({ sort: 'callMinutes', order: 'asc' }));

  const row = within(list).getAllByRole('listitem')[0]!;
  expect(within(row).getAllByRole('term')).toHaveLength(3);
  const opener = within(row).getByRole('button', { name: /^All numbers: Bluemarl Ceramics/ });
  expect(opener.getAttribute('aria-expanded')).toBe('false');
  await userEvent.click(opener);
  expect(opener.getAttribute('aria-expanded')).toBe('true');
  expect(within(row).getAllByRole('term')).toHaveLength(17);
  const link = within(row).getByRole('link', { name: /^Call legs - Deskphone: / });
  expect(new URL(link.getAttribute('href') ?? '', 'http://hub.example').searchParams.get('measure')).toBe(
    'deskPhoneLegs',
  );
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
    missingFeeds: ['call_queue_stats'],
    policy: 'any_threshold',
    policyVersion: 1,
  });
  renderHub('/analytics/calling-usage?region=all');
  expect(await screen.findByText('1 of 2 regions answered')).toBeTruthy();
  expect(screen.getByText(/No answer from UAE/)).toBeTruthy();
  expect(screen.getByText(/Call queue statistics have not been imported/)).toBeTruthy();
  expect(screen.getByText(/Poor legs by “Any threshold reached”, version 1\./)).toBeTruthy();
  expect(within(screen.getByRole('row', { name: /United Arab Emirates/ })).getByText('No answer')).toBeTruthy();
});

test('a customer group is one choice, and a filter that came with the link another', async () => {
  const group = { id: '0193000b-0000-7000-8000-000000000001', name: 'North sea', description: '', filter: null };
  hub.on(listCustomerGroups, { items: [{ ...group, isByFilter: false, customers: 2, version: 1 }] });
  const { router } = renderHub('/analytics/calling-usage?filter=status%3Atrial');
  const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Customer group' });
  await waitFor(() =>
    expect([...choice.options].map(({ text }) => text)).toEqual(['All customers', 'North sea', 'Filter: status:trial']),
  );
  expect(choice.value).toBe('status:trial');
  await userEvent.selectOptions(choice, 'North sea');
  expect(router.state.location.search).toMatchObject({ filter: 'group:"North sea"' });
  await waitFor(() => expect(hub.requests.at(-1)?.url.searchParams.get('filter')).toBe('group:"North sea"'));
});
