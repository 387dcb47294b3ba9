import { listCustomerGroups } from '@hub/contract/customer-groups';
import { explainEmpty } from '@hub/contract/freshness';
import { listImports } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import {
  getLicenseTrend,
  getSubscriptionAnalytics,
  listCountedCustomers,
  listSubscriptionRows,
  listTrendMoves,
} from '@hub/contract/subscription-analytics';
import { headlineMetrics } from '@hub/contract/subscription-metrics';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import {
  aKpi,
  analyticsCustomer,
  aSubscriptionRow,
  contractOf,
  noRows,
  someAnalytics,
  someCounted,
  someMoves,
  someRows,
  someTrend,
} from '../../testing/analytics-fixtures.ts';
import { FakeHub, problemResponse } from '../../testing/fake-hub.ts';
import { aSession } from '../../testing/fixtures.ts';
import { onPhone } from '../../testing/on-phone.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const page = '/analytics/subscriptions';

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listCustomerGroups, { items: [] })
    .on(getSubscriptionAnalytics, someAnalytics())
    .on(getLicenseTrend, someTrend)
    .on(listSubscriptionRows, someRows())
    .on(listCountedCustomers, someCounted)
    .on(listTrendMoves, someMoves);
});

type Asked = Record<string, string>;
const asked = (endpoint: Parameters<FakeHub['asked']>[0]): Asked[] =>
  hub.asked(endpoint).map(({ url }) => Object.fromEntries(url.searchParams));
const rowsAsked = (section: string): Asked | undefined =>
  asked(listSubscriptionRows).findLast((query) => query['section'] === section);
const sectionOf = (name: string) => screen.findByRole('region', { name });
const strip = () => screen.findByRole('region', { name: 'Key performance indicators (KPIs)' });

test('five numbers of the home region, and below them what Meetings holds', async () => {
  renderHub(page);
  const cards = await strip();
  expect(
    within(cards)
      .getAllByRole('link')
      .map((link) => link.getAttribute('aria-label')),
  ).toEqual([
    'Total customers: 40. Show what is counted',
    'Nearing expiration: 41. Show what is counted',
    'Nearing renewal: 42. Show what is counted',
    'Low license assignment: 43. Show what is counted',
    'Over license limit: 44. Show what is counted',
  ]);
  expect(within(cards).getAllByText('vs. 7 days ago')).toHaveLength(5);
  expect(asked(getSubscriptionAnalytics)[0]).toEqual({ region: 'eu', product: 'meetings' });
  expect(await screen.findByText('EU, data as of Nov 23')).toBeTruthy();
  const grid = await screen.findByRole('grid', { name: 'Subscriptions expiring soon' });
  expect(rowsAsked('expiring')).toEqual({ region: 'eu', product: 'meetings', section: 'expiring', limit: '100' });
  expect(
    within(grid)
      .getByRole('columnheader', { name: /^Days until expiration/ })
      .getAttribute('aria-sort'),
  ).toBe('ascending');
});

test('a card without nights says so, one that divides by nothing too, and neither is 0', async () => {
  hub.on(
    getSubscriptionAnalytics,
    someAnalytics(() => ({
      header: headlineMetrics.map((key, index) =>
        aKpi(
          key,
          index,
          index === 0 ? { change: null, history: [] } : index === 1 ? { value: null, change: null } : {},
        ),
      ),
      sections: {
        ...someAnalytics()({ url: new URL('http://hub.example/') })?.sections,
        over_limit: [
          aKpi('overCustomers', 0, { value: 0 }),
          aKpi('overLicenses', 1, { value: 0 }),
          aKpi('overAverage', 2, { value: null, change: null }),
        ],
      },
    })),
  );
  renderHub(page);
  const cards = await strip();
  expect(within(cards).getByText('no history')).toBeTruthy();
  expect(within(cards).getByText('nothing is known of it')).toBeTruthy();
  const over = await sectionOf('Customers over license limit');
  expect(within(over).getByText('nobody to count')).toBeTruthy();
});

test('where there is no snapshot, the facts say why, and what helps', async () => {
  hub
    .on(
      getSubscriptionAnalytics,
      someAnalytics(() => ({ newestSnapshot: null })),
    )
    .on(explainEmpty, { reasons: [{ code: 'never_imported' }] });
  renderHub(page);
  expect(await screen.findByText(/^There is no license snapshot in the last 7 days/)).toBeTruthy();
  expect(await screen.findByRole('heading', { name: /License snapshots/ })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Import a file' }).getAttribute('href')).toBe('/imports?region=eu');
  const [question] = asked(explainEmpty);
  expect(question).toMatchObject({ region: 'eu', feed: 'license_snapshots' });
});

test('the (i) says how a card is counted, of which day and by which rule', async () => {
  renderHub(page);
  const cards = await strip();
  const label = 'How it is counted: Low license assignment';
  await userEvent.click(within(cards).getByRole('button', { name: label }));
  const formula = await screen.findByRole('dialog', { name: label });
  expect(within(formula).getByText(/whose assignment is low by the rule of the partner/)).toBeTruthy();
  expect(within(formula).getByText(/^Low: among the lowest 25% of at least 8 peers/)).toBeTruthy();
  expect(within(formula).getByText('License snapshots up to Nov 23, 2026')).toBeTruthy();
  expect(within(formula).getByText('Nov 20, 2026')).toBeTruthy();
});

test('a card leads to the customers it counts, each with what made it count, and the panel closes', async () => {
  const { router } = renderHub(`${page}?region=us&every=true`);
  const cards = await strip();
  await userEvent.click(within(cards).getByRole('link', { name: /^Nearing expiration/ }));
  const panel = await screen.findByRole('complementary', { name: 'Nearing expiration' });
  const line = await within(panel).findByRole('link', { name: 'Sub-1' });
  expect(line.getAttribute('href')).toBe(`/customers/${analyticsCustomer(1)}?tab=subscriptions#${contractOf(1)}`);
  expect(asked(listCountedCustomers).at(-1)).toEqual({
    region: 'us',
    kpi: 'nearingExpiration',
    everyProduct: 'true',
  });
  expect(router.state.location.search).toMatchObject({ counted: 'nearingExpiration' });
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('complementary', { name: 'Nearing expiration' })).toBeNull());
});

test('a share stands on the sums that it divides, where they are those of its rows', async () => {
  hub.on(
    getSubscriptionAnalytics,
    someAnalytics(() => ({
      sections: {
        ...someAnalytics()({ url: new URL('http://hub.example/') })?.sections,
        expiring: [
          aKpi('expiringCustomers', 0),
          aKpi('expiringAssignment', 1, { value: (100 * 465) / 615 }),
          aKpi('expiringUsage', 2, { value: 61 }),
        ],
      },
    })),
  );
  renderHub(page);
  const section = await sectionOf('Upcoming expiration in the next 90 days');
  expect(await within(section).findByText(/^465 of 615 · /)).toBeTruthy();
  expect(within(section).getAllByText(/ of 615/)).toHaveLength(1);
  await userEvent.click(within(section).getByRole('button', { name: 'How it is counted: License assignment' }));
  expect(await screen.findByText('465 ÷ 615 = 75.6 %')).toBeTruthy();
});

test('the toggle drives all below it; the header stays', async () => {
  const { router } = renderHub(page);
  await screen.findByRole('grid', { name: 'Subscriptions expiring soon' });
  await userEvent.click(screen.getByRole('radio', { name: 'Calling' }));
  await waitFor(() => expect(rowsAsked('over_limit')).toMatchObject({ product: 'calling' }));
  expect(router.state.location.search).toMatchObject({ product: 'calling' });
  expect(asked(getLicenseTrend).at(-1)).toMatchObject({ product: 'calling' });
  expect(await screen.findByText(/Calling data excludes Call on Webex/)).toBeTruthy();
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Other products' }), 'messaging');
  await waitFor(() => expect(rowsAsked('over_limit')).toMatchObject({ product: 'messaging' }));
});

test('the header counts every product where that is switched on', async () => {
  renderHub(page);
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Include every product' }));
  await waitFor(() => expect(asked(getSubscriptionAnalytics).at(-1)).toMatchObject({ everyProduct: 'true' }));
  expect(await screen.findByText('Customers with any product are counted.')).toBeTruthy();
});

test('the trend is as long and in such steps as the address says; a gap has no number', async () => {
  renderHub(`${page}?weeks=8&unit=percent&previous=true`);
  const chart = await sectionOf('License distribution trend');
  expect(asked(getLicenseTrend)[0]).toMatchObject({ weeks: '8', bucket: 'week' });
  await userEvent.click(within(chart).getByRole('button', { name: 'View as table' }));
  const table = await within(chart).findByRole('table', { name: 'License distribution trend' });
  expect(
    within(table)
      .getAllByRole('columnheader')
      .map((head) => head.textContent),
  ).toEqual([
    'Week',
    'Assigned, previous period',
    'Used, previous period',
    'Available, previous period',
    'Assigned',
    'Used',
    'Available',
  ]);
  const rows = within(table).getAllByRole('row');
  expect(rows).toHaveLength(9);
  expect(
    within(rows[3]!)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['', '', '', '', '', '']);
  expect(within(rows[8]!).getAllByRole('cell').at(-3)?.textContent).toBe('80.7 %');
  await userEvent.click(within(chart).getByRole('radio', { name: 'By day' }));
  await waitFor(() => expect(asked(getLicenseTrend).at(-1)).toMatchObject({ bucket: 'day' }));
});

test('the legend has the newest numbers and their change, and what they lack', async () => {
  renderHub(page);
  const legend = await screen.findByRole('table', { name: 'Latest' });
  expect(within(legend).getByRole('row', { name: /^Assigned 812 81\.2 \+10$/ })).toBeTruthy();
  expect(screen.getByText(/4 of 72 subscriptions do not tell the use/)).toBeTruthy();
});

test('a week is opened by key, and who moved it stands beside the page', async () => {
  const { router } = renderHub(page);
  const chart = await sectionOf('License distribution trend');
  const week = within(chart).getByRole('button', { name: /^Nov 15\s–\s21; .*Show who moved it$/ });
  week.focus();
  await userEvent.keyboard('{Enter}');
  const panel = await screen.findByRole('complementary', { name: /^Who moved Nov 15/ });
  await within(panel).findByRole('link', { name: 'Customer 3' });
  expect(within(panel).getByText('+5')).toBeTruthy();
  expect(asked(listTrendMoves).at(-1)).toMatchObject({ bucket: 'week', from: '2026-11-15', sort: 'assigned' });
  expect(router.state.location.search).toMatchObject({ moved: '2026-11-15' });
});

test('a row leads to its subscription; its bar tells exact numbers, and what is not known is empty', async () => {
  hub.on(
    listSubscriptionRows,
    someRows(() => ({
      rows: [
        aSubscriptionRow(0, { usedFrom: 'call_legs' }),
        aSubscriptionRow(3),
        aSubscriptionRow(5, {
          isTotalFromSnapshot: false,
          asOf: null,
          assigned: null,
          used: null,
          usedFrom: null,
          available: null,
          over: null,
          assignedShare: null,
          usedShare: null,
          weeklyAssignmentChange: null,
          weeklyUsageChange: null,
        }),
      ],
    })),
  );
  renderHub(page);
  const grid = await screen.findByRole('grid', { name: 'Recently added subscriptions' });
  const bar = await within(grid).findByRole('link', {
    name: 'Sub-0: Used in 7 days: 60, Use counted from call legs, Assigned: 80, Available: 20, Total: 100, Snapshot of Nov 23, 2026',
  });
  expect(bar.getAttribute('href')).toBe(`/customers/${analyticsCustomer(0)}?tab=subscriptions#${contractOf(0)}`);
  const trial = within(grid).getByRole('link', { name: 'Trial-3' });
  expect(trial.getAttribute('href')).toBe(`/customers/${analyticsCustomer(3)}?tab=trials#${contractOf(3)}`);
  const unknown = within(grid).getByRole('row', { name: /^Customer 5/ });
  expect(
    within(unknown)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['Customer 5', 'Sub-5', '45', '105', '', '', '']);
});

test('sorting, filter, group and search of a table stand in the address and in its export', async () => {
  const { router } = renderHub(`${page}?product=calling`);
  const section = await sectionOf('Upcoming expiration in the next 90 days');
  const grid = await within(section).findByRole('grid');
  await userEvent.click(within(grid).getByRole('button', { name: /^Total licenses/ }));
  await waitFor(() => expect(rowsAsked('expiring')).toMatchObject({ sort: 'total', order: 'desc' }));
  await userEvent.selectOptions(within(section).getByRole('combobox', { name: 'Subscriptions or trials' }), 'trial');
  await userEvent.selectOptions(within(section).getByRole('combobox', { name: 'Group rows by' }), 'end');
  await userEvent.type(within(section).getByRole('searchbox', { name: 'Search by customer or ID' }), 'acme');
  const all = { sort: 'total', order: 'desc', kind: 'trial', group: 'end', q: 'acme' };
  await waitFor(() => expect(rowsAsked('expiring')).toMatchObject(all));
  expect(router.state.location.search).toMatchObject({ expiring: 'sort:total order:desc group:end kind:trial q:acme' });
  const href = (await within(section).findByRole('link', { name: 'Export 6' })).getAttribute('href') ?? '';
  expect(Object.fromEntries(new URL(href, 'http://hub.example').searchParams)).toEqual({
    region: 'eu',
    product: 'calling',
    section: 'expiring',
    ...all,
  });
  const count = within(section).getByRole('link', { name: /^Expiring customers: / });
  expect(new URL(count.getAttribute('href') ?? '', 'http://hub.example').searchParams.get('expiring')).toBe(
    'sort:total order:desc group:end',
  );
});

test('groups have their sums before their rows', async () => {
  const sums = { ...noRows, rows: 2, customers: 1, total: 201 };
  hub.on(
    listSubscriptionRows,
    someRows((section) =>
      section === 'expiring'
        ? {
            rows: [aSubscriptionRow(0, { group: '2026-12' }), aSubscriptionRow(1, { group: '2026-12' })],
            groups: [{ key: '2026-12', name: '2026-12', sums }],
          }
        : {},
    ),
  );
  renderHub(`${page}?expiring=group:end`);
  const grid = await screen.findByRole('grid', { name: 'Subscriptions expiring soon' });
  expect(await within(grid).findByRole('row', { name: /^Dec 2026 2 201/ })).toBeTruthy();
});

test('a section without rows says so; one that a search left empty leads back', async () => {
  hub.on(
    listSubscriptionRows,
    someRows(() => ({ rows: [], sums: noRows })),
  );
  renderHub(`${page}?expiring=q:zzz`);
  expect(await screen.findByText('Nobody is over the limit.')).toBeTruthy();
  const section = await sectionOf('Upcoming expiration in the next 90 days');
  expect(within(section).getByText(/No subscription matches/)).toBeTruthy();
  await userEvent.click(within(section).getByRole('button', { name: 'Clear the filter' }));
  expect(await within(section).findByText('Nothing expires in the next 90 days.')).toBeTruthy();
});

test('old snapshots, silent regions and missing figures are told', async () => {
  hub.on(
    getSubscriptionAnalytics,
    someAnalytics(() => ({
      newestSnapshot: '2026-11-20',
      regions: [{ region: 'eu', hasAnswered: false }],
      lines: { all: 72, withoutSnapshot: 3, withoutAssigned: 1, withoutUse: 5, usedFromLegs: 9 },
    })),
  );
  renderHub(page);
  expect(await screen.findByText('The newest license snapshot is 4 days old.')).toBeTruthy();
  expect(screen.getByText(/^No answer from EU/)).toBeTruthy();
  expect(screen.getByText(/^3 of 72 have no snapshot in the last 7 days/)).toBeTruthy();
  expect(screen.getByText('Use is not known for 5 of 72.')).toBeTruthy();
  expect(screen.getByText(/^Use of 9 of 72 is counted from call legs/)).toBeTruthy();
});

test('all regions are rows with their numbers, without a customer; one that fails is named', async () => {
  hub.on(getSubscriptionAnalytics, (request: { url: URL }) =>
    request.url.searchParams.get('region') === 'ca'
      ? problemResponse('region_unavailable', { region: 'ca' })
      : someAnalytics()(request),
  );
  renderHub(`${page}?region=all`);
  const grid = await screen.findByRole('grid', { name: 'Regions' });
  expect(await within(grid).findByRole('row', { name: /^Canada \(CA\) No answer$/ })).toBeTruthy();
  expect(
    await within(grid).findByRole('row', { name: /^European Union \(EU\) Answered 40 41 42 43 44$/ }),
  ).toBeTruthy();
  expect(asked(getSubscriptionAnalytics)[0]).toEqual({ product: 'meetings' });
  expect(await screen.findAllByText('Select a region to see customer data.')).toHaveLength(5);
  expect(hub.asked(listSubscriptionRows)).toHaveLength(0);
});

test('a product that nobody has is told once, with what helps', async () => {
  hub.on(
    getSubscriptionAnalytics,
    someAnalytics(() => ({
      lines: { all: 0, withoutSnapshot: 0, withoutAssigned: 0, withoutUse: 0, usedFromLegs: 0 },
    })),
  );
  renderHub(page);
  expect(await screen.findByText('No active subscription or trial of Webex Meetings')).toBeTruthy();
  expect(screen.queryByRole('grid')).toBeNull();
});

test('what fails is told in its place, and the rest is shown', async () => {
  hub.refuse(getLicenseTrend, 'question_too_slow');
  renderHub(page);
  expect(await screen.findByText('The license trend could not be loaded. The rest of the page is shown.')).toBeTruthy();
  expect(await screen.findByRole('grid', { name: 'Subscriptions expiring soon' })).toBeTruthy();
});

test('what the link asks for and cannot be shown is told', async () => {
  renderHub(`${page}?region=mars&product=fax&weeks=9&moved=someday&counted=stars`);
  expect(
    await screen.findByText(
      /^The region “mars” in the link is not one of yours\. The product “fax” .* Shown instead: EU, Webex Meetings\.$/,
    ),
  ).toBeTruthy();
  await waitFor(() => expect(asked(getLicenseTrend)[0]).toMatchObject({ weeks: '13' }));
  expect(screen.queryByRole('complementary')).toBeNull();
});

test('whoever may not see subscriptions is told so, and has no way to the page', async () => {
  const session = aSession();
  hub.on(getSession, { ...session, permissions: session?.permissions.filter((each) => each !== 'subscriptions.read') });
  renderHub(page);
  expect(await screen.findByText('Your role does not include this page')).toBeTruthy();
  const nav = screen.getByRole('navigation', { name: 'Main navigation' });
  expect(within(nav).queryByRole('link', { name: 'Subscriptions' })).toBeNull();
  expect(within(nav).getByRole('link', { name: 'Calling engagement' })).toBeTruthy();
});

test('on a phone rows are some lines each, ten at a time', async () => {
  onPhone();
  hub.on(
    listSubscriptionRows,
    someRows(() => ({ rows: Array.from({ length: 14 }, (_, index) => aSubscriptionRow(index)) })),
  );
  renderHub(page);
  const section = await sectionOf('Customers over license limit');
  const list = await within(section).findByRole('list', { name: 'Subscriptions with license overages' });
  expect(within(list).getAllByRole('listitem')).toHaveLength(10);
  await userEvent.click(within(section).getByRole('button', { name: 'Show more' }));
  expect(within(list).getAllByRole('listitem')).toHaveLength(14);
  expect(within(section).queryByRole('button', { name: 'Show more' })).toBeNull();
});
