import { listCustomerGroups } from '@hub/contract/customer-groups';
import { explainEmpty } from '@hub/contract/freshness';
import { listImports } from '@hub/contract/imports';
import { askMetrics, askMetricsByRegion } from '@hub/contract/metrics';
import { getSession } from '@hub/contract/sessions';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { customerIdOf, someMetrics, someRegions } from '../../testing/engagement-fixtures.ts';
import { FakeHub, problemResponse } from '../../testing/fake-hub.ts';
import { aSession } from '../../testing/fixtures.ts';
import { onPhone } from '../../testing/on-phone.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const page = '/analytics/calling-engagement';

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listCustomerGroups, { items: [] })
    .on(askMetrics, someMetrics())
    .on(askMetricsByRegion, someRegions());
});

type Asked = Record<string, string>;
const asked = (endpoint: typeof askMetrics | typeof askMetricsByRegion = askMetrics): Asked[] =>
  hub.asked(endpoint).map(({ url }) => Object.fromEntries(url.searchParams));
const rowsAsked = (by = 'customer'): Asked | undefined =>
  asked().findLast((query) => query['by'] === by && query['bucket'] === 'week');
const search = (link: HTMLElement): Asked =>
  Object.fromEntries(new URL(link.getAttribute('href') ?? '', 'http://hub.example').searchParams);

test('the last week that is over, with the seven before it, of the home region; falling use first', async () => {
  renderHub(page);
  const grid = await screen.findByRole('grid', { name: 'Customers and usage' });
  expect(rowsAsked()).toMatchObject({
    region: 'eu',
    from: '2026-09-27',
    to: '2026-11-21',
    sort: 'activeShare',
    sortBy: 'change',
    order: 'asc',
  });
  expect(await screen.findByText('EU, data as of Nov 22, 00:04 UTC')).toBeTruthy();
  expect(
    within(grid)
      .getByRole('columnheader', { name: /^Change/ })
      .getAttribute('aria-sort'),
  ).toBe('ascending');
  expect(screen.getByText('12, Active: biggest fall first')).toBeTruthy();
  const href = screen.getByRole('link', { name: 'Export 12' }).getAttribute('href') ?? '';
  expect(href).toMatch(/^\/api\/metrics\/export\?/);
  expect(Object.fromEntries(new URL(href, 'http://hub.example').searchParams)).toMatchObject({
    by: 'customer',
    sortBy: 'change',
    region: 'eu',
  });
});

test('what the link asks for and cannot be shown is told, until something else is chosen', async () => {
  renderHub(`${page}?region=mars&from=2026-11-10&to=2026-11-01`);
  const told = await screen.findByText(
    /^The region “mars” in the link is not one of yours\. The range in the link ends/,
  );
  expect(told.textContent).toMatch(/Shown instead: EU, Nov 15\s–\s21, 2026\.$/);
  await userEvent.click(screen.getByRole('radio', { name: 'Canada (CA)' }));
  await userEvent.click(screen.getByRole('button', { name: /^Earlier: / }));
  await waitFor(() => expect(screen.queryByText(/Shown instead/)).toBeNull());
});

test('a key number has its change, its rows and its formula with the numbers of the week', async () => {
  renderHub(page);
  const strip = await screen.findByRole('region', { name: 'Key numbers' });
  const link = within(strip).getByRole('link', { name: /^Poor legs: .* %\. Show the rows$/ });
  expect(search(link)).toMatchObject({ view: 'quality', sort: 'poorShare', sortBy: 'last', order: 'desc' });
  expect(within(strip).getAllByText('vs previous week')).toHaveLength(5);
  await userEvent.click(within(strip).getByRole('button', { name: 'How it is counted: Poor legs' }));
  const formula = await screen.findByRole('dialog', { name: 'How it is counted: Poor legs' });
  expect(await within(formula).findByText('Poor legs ÷ legs with known quality')).toBeTruthy();
  expect(within(formula).getByText(/^[\d,]+ ÷ [\d,]+ = [\d.]+ %$/)).toBeTruthy();
  expect(within(formula).getByText('Any threshold reached, v1')).toBeTruthy();
});

test('what no feed has brought is no 0: the number says so, and so does the page', async () => {
  hub.on(
    askMetrics,
    someMetrics((query) => ({
      missingFeeds: ['call_queue_stats'],
      totals: Object.fromEntries(
        (query.get('metrics') ?? '').split(',').map((key) => [key, key.startsWith('queue') ? [null] : [5, 7]]),
      ),
    })),
  );
  renderHub(page);
  const strip = await screen.findByRole('region', { name: 'Key numbers' });
  const label = 'Queue abandonment: n/a. Show the rows';
  expect(within(strip).getByRole('link', { name: label })).toBeTruthy();
  expect(within(strip).getByText('no queue statistics')).toBeTruthy();
  expect(await screen.findByText(/^Call queue statistics have not been imported/)).toBeTruthy();
});

test('weeks are gone through by the arrows, and the week of today is open', async () => {
  const { router } = renderHub(page);
  await screen.findByRole('grid');
  await userEvent.click(screen.getByRole('button', { name: /^Later: / }));
  await waitFor(() => expect(rowsAsked()).toMatchObject({ from: '2026-10-04', to: '2026-11-24' }));
  expect(router.state.location.search).toMatchObject({ from: '2026-11-22', to: '2026-11-24' });
  expect(await screen.findByText(/This week so far/)).toBeTruthy();
  const strip = await screen.findByRole('region', { name: 'Key numbers' });
  await waitFor(() => expect(within(strip).getAllByText('not over yet')).toHaveLength(5));
  expect(screen.queryByRole('button', { name: /^Later: / })).toBeNull();
});

test('a week that is not over has no change in its table, and is sorted by the value', async () => {
  renderHub(`${page}?from=2026-11-22&to=2026-11-24`);
  const grid = await screen.findByRole('grid', { name: 'Customers and usage' });
  expect(rowsAsked()).toMatchObject({ sort: 'activeShare', sortBy: 'last', order: 'desc' });
  const change = within(grid).getByRole('columnheader', { name: /^Change/ });
  expect(change.getAttribute('title')).toMatch(/^This week is not over/);
  expect(within(change).queryByRole('button')).toBeNull();
  expect(grid.textContent).not.toMatch(/[+\u2212]\d/);
});

test('all regions: nor has the table of regions, nor its totals', async () => {
  renderHub(`${page}?region=all&from=2026-11-22&to=2026-11-24`);
  const grid = await screen.findByRole('grid', { name: 'Regions and usage' });
  expect(
    within(grid)
      .getByRole('columnheader', { name: /^Change/ })
      .getAttribute('title'),
  ).toMatch(/^This week is not/);
  expect(grid.textContent).not.toMatch(/[+\u2212]\d/);
});

test('of a range, the whole is asked apart with what it is compared with, and rows have no change', async () => {
  renderHub(`${page}?from=2026-11-01&to=2026-11-10`);
  const grid = await screen.findByRole('grid');
  expect(within(grid).queryByRole('columnheader', { name: /^Change/ })).toBeNull();
  const whole = asked().filter(
    ({ bucket, by, metrics }) => bucket === 'whole' && by === undefined && metrics?.startsWith('activeUsers'),
  );
  expect(whole.map(({ from, to, comparison }) => [from, to, comparison])).toEqual([
    ['2026-11-01', '2026-11-10', 'previous'],
  ]);
  expect(asked()).toContainEqual(expect.objectContaining({ bucket: 'day', from: '2026-11-01', to: '2026-11-10' }));
  expect(await screen.findAllByText('vs the same days before')).toHaveLength(5);
});

test.each(['from=2026-11-01&to=2026-11-10', 'from=2026-08-01&to=2026-11-10'])(
  'bands are of weeks, so a range (%s) has users and legs instead',
  async (range) => {
    renderHub(`${page}?${range}`);
    expect(await screen.findByRole('region', { name: 'Users and call legs' })).toBeTruthy();
    expect(screen.queryByRole('table', { name: 'Legs in the week' })).toBeNull();
    expect(screen.queryByRole('region', { name: 'Calling users by usage volume' })).toBeNull();
  },
);

test('a click on a head sorts by it, and change and trend become its own', async () => {
  const { router } = renderHub(page);
  const grid = await screen.findByRole('grid');
  await userEvent.click(within(grid).getByRole('button', { name: /^Call legs/ }));
  await waitFor(() => expect(rowsAsked()).toMatchObject({ sort: 'callLegs', sortBy: 'last', order: 'desc' }));
  const again = await screen.findByRole('grid');
  const change = within(again).getByRole('columnheader', { name: /^Change/ });
  expect(change.getAttribute('title')).toBe('Change vs. previous week: Call legs');
  await userEvent.click(within(change).getByRole('button'));
  await waitFor(() =>
    expect(router.state.location.search).toMatchObject({ sort: 'callLegs', sortBy: 'change', order: 'desc' }),
  );
});

test('a row leads to the customer, its locations, and from there to the call legs', async () => {
  const { router } = renderHub(page);
  const grid = await screen.findByRole('grid', { name: 'Customers and usage' });
  const customer = await within(grid).findByRole('link', { name: 'Customer 3' });
  await userEvent.click(customer);
  await screen.findByRole('grid', { name: 'Locations' });
  expect(rowsAsked('location')).toMatchObject({ customerId: customerIdOf(3), sort: 'callLegs' });
  expect(await screen.findByRole('heading', { name: 'Customer 0' })).toBeTruthy();
  const legs = (await screen.findAllByRole('link', { name: /^Call legs: [\d,]+\. Open Location 1$/ }))[0];
  expect(search(legs!)).toEqual({
    region: 'eu',
    from: '2026-11-15',
    to: '2026-11-21',
    customerId: customerIdOf(3),
    location: 'Location 1',
    measure: 'callLegs',
    back: 'engagement',
  });
  await userEvent.click(await screen.findByRole('link', { name: 'Location 2' }));
  await screen.findByRole('grid', { name: 'Users' });
  expect(router.state.location.search).toMatchObject({ customerId: customerIdOf(3), location: 'Location 2' });
  const totals = asked().filter(({ location, by }) => location === 'Location 2' && by === undefined);
  expect(totals.length).toBeGreaterThan(0);
  for (const { metrics = '' } of totals) expect(metrics).not.toMatch(/usersNone|activeShare|assignedLicenses/);
  await userEvent.click(screen.getByRole('link', { name: 'All customers in EU' }));
  await screen.findByRole('grid', { name: 'Customers and usage' });
  expect(router.state.location.search).not.toHaveProperty('customerId');
});

test('a search among locations hides the totals, which are not of the rows found', async () => {
  const { router } = renderHub(`${page}?customerId=${customerIdOf(3)}`);
  await screen.findByRole('grid', { name: 'Locations' });
  expect(screen.getByText('All 12 rows')).toBeTruthy();
  await act(() => router.navigate({ to: page, search: { customerId: customerIdOf(3), q: 'Location 1' } }));
  await screen.findByText(/^3, /);
  expect(screen.queryByText('All 3 rows')).toBeNull();
  await act(() => router.navigate({ to: page, search: { q: 'Customer 1' } }));
  expect(await screen.findByText('All 3 rows')).toBeTruthy();
});

test('a number of a user leads to that user’s legs of all places', async () => {
  renderHub(`${page}?customerId=${customerIdOf(3)}&rows=user`);
  await screen.findByRole('grid', { name: 'Users' });
  const link = await screen.findByRole('link', { name: /^Call legs: [\d,]+\. Open person1@/ });
  expect(search(link)).not.toHaveProperty('location');
  expect(search(link)).not.toHaveProperty('q');
  expect(search(link)).toMatchObject({ user: '10348002855486336101', measure: 'callLegs' });
  expect(link.title).toBe('');
});

test('of who is in media reports only, without a UUID, it leads to legs by the name, and says so', async () => {
  hub.on(askMetrics, (request: { url: URL }) => {
    const answer = someMetrics()(request);
    return { ...answer, rows: answer?.rows.map((row) => ({ ...row, userKey: null })) };
  });
  renderHub(`${page}?customerId=${customerIdOf(3)}&rows=user`);
  await screen.findByRole('grid', { name: 'Users' });
  const link = await screen.findByRole('link', { name: /^Call legs: [\d,]+\. Open person1@/ });
  expect(search(link)).not.toHaveProperty('location');
  expect(search(link)).toMatchObject({ q: 'person1@customer.example', measure: 'callLegs' });
  expect(link.title).toMatch(/^Call legs found by the name/);
});

test('a number of a user at one location leads to the legs at it', async () => {
  renderHub(`${page}?customerId=${customerIdOf(3)}&location=Location 2`);
  await screen.findByRole('grid', { name: 'Users' });
  const link = await screen.findByRole('link', { name: /^Call legs: [\d,]+\. Open person1@/ });
  expect(search(link)).toMatchObject({ user: '10348002855486336101', location: 'Location 2' });
});

test('two users of one name at one location are two rows', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const [user] =
    someMetrics()({ url: new URL('http://hub.example/?by=user&metrics=callLegs&from=2026-11-15&to=2026-11-21') })
      ?.rows ?? [];
  hub.on(
    askMetrics,
    someMetrics((query) => (query.get('by') === 'user' ? { rows: [user, { ...user, key: 'other' }], count: 2 } : {})),
  );
  renderHub(`${page}?customerId=${customerIdOf(3)}&rows=user`);
  const grid = await screen.findByRole('grid', { name: 'Users' });
  expect(await within(grid).findAllByText('person0@customer.example')).toHaveLength(2);
  expect(told.mock.calls.flat().join(' ')).not.toContain('same key');
  told.mockRestore();
});

test('whoever may not see call legs is led to no user and no leg', async () => {
  hub.on(getSession, aSession({ permissions: ['calling_usage.read'] }));
  renderHub(`${page}?customerId=${customerIdOf(3)}`);
  await screen.findByRole('grid', { name: 'Locations' });
  expect(screen.queryByRole('radio', { name: 'Users' })).toBeNull();
  expect(screen.queryByRole('link', { name: 'Show the call legs' })).toBeNull();
  expect(document.querySelector('a[href*="/legs"]')).toBeNull();
});

test('the chip changes the policy of every number of quality, and the other reading is told', async () => {
  const { router } = renderHub(`${page}?view=quality`);
  const chart = await screen.findByRole('region', { name: 'Call quality' });
  expect(await within(chart).findByText(/^By “All thresholds exceeded” it would be [\d.]+ %/)).toBeTruthy();
  await userEvent.click(within(chart).getByRole('button', { name: /Any threshold reached/ }));
  await userEvent.click(await screen.findByRole('radio', { name: 'All thresholds exceeded' }));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ policy: 'documented' }));
  await waitFor(() => expect(rowsAsked()).toMatchObject({ policy: 'documented' }));
  expect(await screen.findByText(/^By “Any threshold reached” it would be/)).toBeTruthy();
});

test('features are told of customers with queues only, largest first', async () => {
  renderHub(`${page}?view=features`);
  await screen.findByRole('grid', { name: 'Customers and feature usage' });
  expect(rowsAsked()).toMatchObject({ hasQueues: 'true', sort: 'queueAbandonedShare', order: 'desc' });
  const bars = screen.getByRole('region', { name: 'Feature usage by calls' });
  const counts = within(bars)
    .getAllByRole('row')
    .slice(1)
    .map((row) => Number(within(row).getAllByRole('cell')[0]?.textContent?.replaceAll(',', '')));
  expect(counts).toHaveLength(12);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
});

test('a chart is one stop of the Tab key, its buckets are told by arrow keys, series switch off, numbers stand in a table', async () => {
  renderHub(page);
  const chart = await screen.findByRole('region', { name: 'Calling users by usage volume' });
  const weeks = within(chart).getAllByRole('link', { name: /Heavy: .*Show the rows/ });
  expect(weeks).toHaveLength(8);
  expect(weeks.map((week) => week.getAttribute('tabindex')).filter((stop) => stop === '0')).toHaveLength(1);
  weeks[7]?.focus();
  await userEvent.keyboard('{ArrowLeft}');
  expect(document.activeElement).toBe(weeks[6]);
  expect(weeks[6]?.getAttribute('aria-label')).toMatch(/^Nov 8\s–\s14; /);
  await userEvent.keyboard('{Home}');
  expect(document.activeElement).toBe(weeks[0]);
  await userEvent.click(within(chart).getByRole('button', { name: 'None, 0', pressed: true }));
  expect(within(chart).queryAllByRole('link', { name: /None: .*Show the rows/ })).toHaveLength(0);
  await userEvent.click(within(chart).getByRole('button', { name: 'View as table' }));
  const table = await within(chart).findByRole('table', { name: 'Calling users by usage volume' });
  expect(within(table).getAllByRole('row')).toHaveLength(9);
});

test('all regions: aggregates, a row per region, who is silent is named, and no customer is asked for', async () => {
  hub.on(askMetricsByRegion, someRegions(['uae']));
  renderHub(`${page}?region=all`);
  const grid = await screen.findByRole('grid', { name: 'Regions and usage' });
  expect(await within(grid).findByText('No answer')).toBeTruthy();
  expect(await screen.findAllByText(/No answer from UAE\./)).not.toHaveLength(0);
  expect(screen.getByText(/^3 of 4 regions answered/)).toBeTruthy();
  expect(screen.getByText(/are exact within a region and added across regions/)).toBeTruthy();
  // Of a region's own numbers only legs by endpoint type are asked for, and added.
  await waitFor(() =>
    expect(
      asked()
        .map(({ by, region }) => `${by} ${region}`)
        .toSorted(),
    ).toEqual(['ca', 'eu', 'uae', 'us'].map((region) => `endpointType ${region}`)),
  );
  expect(search(await within(grid).findByRole('link', { name: 'Canada (CA)' }))).toMatchObject({ region: 'ca' });
  const file = screen.getByRole('link', { name: 'Export 4' });
  expect(file.getAttribute('href')).toMatch(/^\/api\/metrics\/regions\/export\?/);
  expect(search(file)).toMatchObject({ from: '2026-09-27', to: '2026-11-21', bucket: 'week' });
});

test('numbers of an endpoint type lead to their call legs, under the policy of the page', async () => {
  renderHub(`${page}?view=quality&policy=documented`);
  const endpoints = await screen.findByRole('region', { name: 'Call quality by endpoint type' });
  const known = await within(endpoints).findByRole('link', { name: /^Legs with known quality: .* Open Browser$/ });
  expect(search(known)).toMatchObject({
    region: 'eu',
    endpointType: 'browser',
    measure: 'knownLegs',
    policy: 'documented',
    from: '2026-11-15',
  });
  const poor = within(endpoints).getByRole('link', { name: /^Poor: .* Open Browser$/ });
  expect(poor && search(poor)).toMatchObject({ measure: 'poorLegs', endpointType: 'browser' });
});

test('every column of a table is told in words', async () => {
  renderHub(`${page}?view=features`);
  await screen.findByRole('grid', { name: 'Customers and feature usage' });
  await userEvent.click(screen.getByRole('button', { name: 'How it is counted: Customers and feature usage' }));
  const told = await screen.findByRole('dialog', { name: 'How it is counted: Customers and feature usage' });
  expect(await within(told).findByText('Answered calls ÷ total queue calls')).toBeTruthy();
  expect(within(told).getByText('Different calls that were parked or retrieved')).toBeTruthy();
});

test('a range is compared with as long a time before it, by one question of the whole', async () => {
  renderHub(`${page}?region=all&from=2026-11-01&to=2026-11-10`);
  const strip = await screen.findByRole('region', { name: 'Key numbers' });
  await waitFor(() => expect(strip.textContent).toMatch(/[+\u2212]\d/));
  const whole = asked(askMetricsByRegion).filter(({ bucket }) => bucket === 'whole');
  expect(whole.filter(({ comparison }) => comparison === 'previous')).not.toEqual([]);
  expect(whole.every(({ from, to }) => from === '2026-11-01' && to === '2026-11-10')).toBe(true);
});

test('all regions: endpoint types name the regions that failed, and those still waited for', async () => {
  hub.on(askMetrics, (request: { url: URL }) => {
    const region = request.url.searchParams.get('region');
    if (region === 'uae') return problemResponse('region_unavailable', { region });
    return region === 'ca' ? new Promise(() => undefined) : someMetrics()(request);
  });
  renderHub(`${page}?region=all`);
  const endpoints = await screen.findByRole('region', { name: 'Call quality by endpoint type' });
  expect(await within(endpoints).findByText(/^No answer from UAE\./)).toBeTruthy();
  expect(within(endpoints).getByText(/^Still waiting for CA;/)).toBeTruthy();
});

test('while another week loads, numbers are marked as old; of another group or bucket none stand there', async () => {
  const { router } = renderHub(page);
  const strip = await screen.findByRole('region', { name: 'Key numbers' });
  await screen.findByRole('grid');
  expect(strip.getAttribute('data-old')).toBeNull();
  hub.on(askMetrics, () => new Promise(() => undefined));
  const go = (search: object) => act(() => router.navigate({ to: page, search: { ...search } }));
  await go({ from: '2026-11-08', to: '2026-11-14' });
  expect((await screen.findByRole('region', { name: 'Key numbers' })).getAttribute('data-old')).toBe('true');
  await go({ filter: 'group:"North"' });
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Key numbers' })).toBeNull());
  expect(screen.queryByRole('grid')).toBeNull();
  await go({});
  await screen.findByRole('region', { name: 'Key numbers' });
  await go({ from: '2026-11-01', to: '2026-11-10' });
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Key numbers' })).toBeNull());
  expect(screen.queryByRole('grid')).toBeNull();
});

test('rows of one kind never stand under the words of another', async () => {
  renderHub(`${page}?customerId=${customerIdOf(3)}`);
  await screen.findByRole('grid', { name: 'Locations' });
  hub.on(askMetrics, () => new Promise(() => undefined));
  await userEvent.click(screen.getByRole('radio', { name: 'Users' }));
  await screen.findByRole('region', { name: 'Users' });
  expect(screen.queryByRole('grid')).toBeNull();
});

test('another zone is named, and queue statistics are neither asked nor shown', async () => {
  renderHub(`${page}?zone=Europe/Sofia&view=features`);
  await screen.findByRole('grid');
  expect(await screen.findByText(/^Days and weeks of the zone Europe\/Sofia/)).toBeTruthy();
  for (const { metrics = '', zone } of asked()) {
    expect(zone).toBe('Europe/Sofia');
    expect(metrics).not.toContain('queueAbandoned');
  }
});

test('a failure names itself and its tracking ID, and is tried again', async () => {
  hub.refuse(askMetrics, 'region_unavailable', { region: 'eu' });
  renderHub(page);
  await screen.findAllByRole('alert');
  await waitFor(() => expect(screen.getAllByRole('alert')).toHaveLength(1));
  const alert = screen.getByRole('alert');
  expect(within(alert).getByText(/ph-7c41-e09b/)).toBeTruthy();
  hub.on(askMetrics, someMetrics());
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('grid', { name: 'Customers and usage' })).toBeTruthy();
});

test('no rows: the reason, from the facts', async () => {
  hub
    .on(
      askMetrics,
      someMetrics(() => ({}), 0),
    )
    .on(explainEmpty, { reasons: [{ code: 'never_imported' }] });
  renderHub(page);
  expect(await screen.findByText('Call history: nothing in EU yet')).toBeTruthy();
});

test('on a phone a row is a few lines with its leading number, and sorts by a menu', async () => {
  onPhone();
  renderHub(page);
  const list = await screen.findByRole('list', { name: 'Customers and usage' });
  const [row] = within(list).getAllByRole('listitem');
  expect(row?.textContent).toMatch(/^Customer 0Active: [\d.]+ %[+−][\d.]+ pp/);
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Sort by' }), 'Call minutes');
  await waitFor(() => expect(rowsAsked()).toMatchObject({ sort: 'callMinutes', order: 'desc' }));
});

test('a number of a feature leads to the legs that used it, of the same customers and days', async () => {
  renderHub(`${page}?view=features&zone=Europe/Sofia&filter=group%3ANorth`);
  const bars = await screen.findByRole('region', { name: 'Feature usage by calls' });
  const link = await within(bars).findByRole('link', { name: /^Parked calls: [\d,]+\. Show the call legs$/ });
  expect(search(link)).toEqual({
    region: 'eu',
    from: '2026-11-15',
    to: '2026-11-21',
    zone: 'Europe/Sofia',
    filter: 'group:North',
    hasQueues: 'true',
    measure: 'parkedCalls',
    back: 'engagement',
  });
});

test('of one customer, with or without queues', async () => {
  renderHub(`${page}?view=features&customerId=${customerIdOf(3)}`);
  const bars = await screen.findByRole('region', { name: 'Feature usage by calls' });
  const link = await within(bars).findByRole('link', { name: /^Parked calls: / });
  expect(search(link)).toMatchObject({ customerId: customerIdOf(3), measure: 'parkedCalls' });
  expect(search(link)).not.toHaveProperty('hasQueues');
});

test('endpoint types lead to legs under a filter and in another zone, too', async () => {
  renderHub(`${page}?view=quality&zone=Europe/Sofia&filter=group%3ANorth`);
  const endpoints = await screen.findByRole('region', { name: 'Call quality by endpoint type' });
  const known = await within(endpoints).findByRole('link', { name: /^Legs with known quality: .* Open Browser$/ });
  expect(search(known)).toMatchObject({ zone: 'Europe/Sofia', filter: 'group:North', endpointType: 'browser' });
});

test('what the legs page cannot say the same of, such as all regions, leads to no legs', async () => {
  renderHub(`${page}?view=features&region=all`);
  const bars = await screen.findByRole('region', { name: 'Feature usage by calls' });
  expect(within(bars).queryByRole('link')).toBeNull();
});

test('numbers of a year lead to its legs', async () => {
  renderHub(`${page}?view=features&from=2026-01-01&to=2026-11-10`);
  const bars = await screen.findByRole('region', { name: 'Feature usage by calls' });
  const [legs] = within(bars).getAllByRole('link');
  expect(legs && search(legs)).toMatchObject({ from: '2026-01-01', to: '2026-11-10' });
});

test('a row that opens no page of its own leads to legs by all of its numbers: averages, shares, queues', async () => {
  const { router } = renderHub(`${page}?view=features&customerId=${customerIdOf(3)}&rows=queue`);
  await screen.findByRole('grid', { name: 'Queues' });
  const abandoned = await screen.findAllByRole('link', { name: /^Abandoned: [\d.,]+\. Open Queue 1$/ });
  for (const link of abandoned)
    expect(search(link)).toMatchObject({ measure: 'queueCallsAbandoned', queue: 'Queue 1', location: 'Location 0' });
  const [wait] = await screen.findAllByRole('link', { name: /^Answer time: [\d.,]+\. Open Queue 1$/ });
  expect(search(wait!)).toMatchObject({ measure: 'queueStatistics', queue: 'Queue 1' });
  await act(() =>
    router.navigate({ to: page, search: { view: 'quality', customerId: customerIdOf(3), rows: 'user' } }),
  );
  await screen.findByRole('grid', { name: 'Users' });
  const [jitter] = await screen.findAllByRole('link', { name: /^Average jitter: [\d.,]+\. Open person1@/ });
  expect(search(jitter!)).toMatchObject({ measure: 'audioLegs', user: '10348002855486336101' });
});

test('a key number leads to its call legs beside its formula', async () => {
  renderHub(`${page}?view=features`);
  const queues = await screen.findByRole('region', { name: 'Call queue insights' });
  await userEvent.click(
    await within(queues).findByRole('button', { name: 'How it is counted: Average call abandonment rate' }),
  );
  const formula = await screen.findByRole('dialog', { name: 'How it is counted: Average call abandonment rate' });
  const link = await within(formula).findByRole('link', { name: 'Show the call legs' });
  expect(search(link)).toMatchObject({ measure: 'queueCallsAbandoned', region: 'eu' });
});

test('a number of a band leads to the customers with most of it, and of one customer to its users', async () => {
  const { router } = renderHub(page);
  const bands = await screen.findByRole('table', { name: 'Legs in the week' });
  const light = within(bands).getByRole('link', { name: /^Light, 1 to 4: [\d,]+\. Show the rows$/ });
  expect(search(light)).toMatchObject({ sort: 'usersLight', order: 'desc' });
  await userEvent.click(light);
  await waitFor(() => expect(rowsAsked()).toMatchObject({ sort: 'usersLight', order: 'desc' }));
  const grid = await screen.findByRole('grid', { name: 'Customers and usage' });
  expect(await within(grid).findByRole('columnheader', { name: /^Users \(Light\)/ })).toBeTruthy();
  await act(() => router.navigate({ to: page, search: { customerId: customerIdOf(3) } }));
  const own = await screen.findByRole('table', { name: 'Legs in the week' });
  expect(search(within(own).getByRole('link', { name: /^Heavy/ }))).toMatchObject({ rows: 'user', sort: 'callLegs' });
  expect(within(own).queryByRole('link', { name: /^None/ })).toBeNull();
});

test('all regions: a number of a region leads to its customers', async () => {
  renderHub(`${page}?region=all`);
  const grid = await screen.findByRole('grid', { name: 'Regions and usage' });
  const legs = await within(grid).findByRole('link', { name: /^Call legs: [\d,]+\. Open Canada \(CA\)$/ });
  expect(search(legs)).toMatchObject({ region: 'ca', sort: 'callLegs', order: 'desc' });
});

test('on a phone numbers lead on, too', async () => {
  onPhone();
  renderHub(`${page}?customerId=${customerIdOf(3)}&rows=user`);
  const list = await screen.findByRole('list', { name: 'Users' });
  const [link] = within(list).getAllByRole('link', { name: /^Call legs: [\d,]+\. Open person0@/ });
  expect(search(link!)).toMatchObject({ user: '10348002855486336100', measure: 'callLegs' });
});

test('points of a picture lead to the rows of their week, by click, by key, and in its table', async () => {
  const { router } = renderHub(page);
  const chart = await screen.findByRole('region', { name: 'Calling users by usage volume' });
  const shown = () => router.state.location.search;
  const point = await within(chart).findByRole('link', { name: /^Nov 1\s–.*Show the rows counted$/ });
  point.focus();
  await userEvent.keyboard('{Enter}');
  await waitFor(() =>
    expect(shown()).toMatchObject({ from: '2026-11-01', to: '2026-11-07', view: 'usage', sort: 'activeUsers' }),
  );
  expect(router.state.location.hash).toBe('rows');
  await userEvent.click(within(chart).getByRole('link', { name: /^Oct 25\s–.*Show the rows counted$/ }));
  await waitFor(() => expect(shown()).toMatchObject({ from: '2026-10-25', to: '2026-10-31' }));
  await userEvent.click(within(chart).getByRole('button', { name: 'View as table' }));
  const heavy = await within(chart).findByRole('link', { name: /^Heavy.*: .* Open Oct 11/ });
  expect(search(heavy)).toMatchObject({ from: '2026-10-11', to: '2026-10-17', sort: 'usersHeavy', order: 'desc' });
});

test('points of quality lead to the rows of quality, numbers of features to their legs', async () => {
  renderHub(`${page}?region=eu`);
  const quality = await screen.findByRole('region', { name: 'Call quality' });
  await userEvent.click(await within(quality).findByRole('button', { name: 'View as table' }));
  const [poor] = await within(quality).findAllByRole('link', { name: /^Poor legs: / });
  expect(poor && search(poor)).toMatchObject({
    view: 'quality',
    sort: 'poorLegs',
    from: '2026-09-27',
    to: '2026-10-03',
  });
  await userEvent.click(screen.getByRole('link', { name: 'Features and queues' }));
  const features = await screen.findByRole('region', { name: 'Feature usage by calls' });
  await userEvent.click(within(features).getByRole('button', { name: 'View as table' }));
  const [park] = await within(features).findAllByRole('link', { name: /^Call park: / });
  expect(park && search(park)).toMatchObject({
    measure: 'parkedCalls',
    from: '2026-09-27',
    to: '2026-10-03',
    hasQueues: 'true',
  });
});
