import { explainEmpty, getCustomerFreshness, listFreshness } from '@hub/contract/freshness';
import { listImports } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aCoverage, aFreshnessRow, aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const late = { from: '2026-11-10', to: '2026-11-20', days: 9 };
const unknown = { kind: 'too_short', weekdays: [], usualBreak: 0 };
const rows = [
  aFreshnessRow(1, { late, gaps: 2, missingDays: 14 }),
  aFreshnessRow(2),
  aFreshnessRow(3, { feed: 'webex_call_queue_stats', cadence: unknown, lastRecordAt: null }),
];
const aList = (items = rows, change: Record<string, unknown> = {}) => ({
  items,
  next: null,
  rows: items.length,
  rowsUnfiltered: 3,
  late: 1,
  withGaps: 1,
  from: '2025-11-19',
  to: '2026-11-24',
  dataAsOf: '2026-11-24T05:04:00.000Z',
  ...change,
});

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0, underway: 0 })
    .on(listFreshness, aList())
    .on(getCustomerFreshness, aCoverage());
});

afterEach(() => void vi.restoreAllMocks());

const lastQuestion = (): Record<string, string> =>
  Object.fromEntries(hub.asked(listFreshness).at(-1)?.url.searchParams ?? []);
const cellsOf = (row: HTMLElement): string[] =>
  within(row)
    .getAllByRole('cell')
    .map((cell) => cell.textContent);

test('the worst come first, lateness has a word, and of what nothing is expected nothing is said to be missing', async () => {
  renderHub('/data-freshness');
  const grid = await screen.findByRole('grid', { name: 'Data freshness by customer and feed' });
  expect(lastQuestion()).toMatchObject({ region: 'eu', sort: 'worst', order: 'desc' });
  const [, first, second, third] = within(grid).getAllByRole('row');
  expect(cellsOf(first!)).toEqual([
    'Customer 1',
    'Call history',
    '9 days, since Nov 10',
    '2',
    '14',
    'Monday to Friday',
    'Jan 5, 2026',
    'Nov 23, 2026, 17:30',
  ]);
  expect(cellsOf(second!).slice(2, 5)).toEqual(['On time', '0', '0']);
  expect(cellsOf(third!).slice(1)).toEqual([
    'Call queue statistics',
    '',
    '',
    '',
    'Too few days to tell',
    'Jan 5, 2026',
    'Nov 23, 2026',
  ]);
  expect(screen.getByText(/Looked at: Nov 19, 2025 – Nov 24, 2026/)).toBeTruthy();
  expect(screen.getByText(/Public holidays are not known here/)).toBeTruthy();
});

test('filters, search and order stand in the address, the question and the CSV', async () => {
  const { router } = renderHub('/data-freshness?region=us');
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Feed' }), 'Media quality');
  await screen.findByRole('option', { name: 'Late (1)' });
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'Late (1)');
  await userEvent.click(await screen.findByRole('button', { name: /^Gaps/ }));
  const asked = { region: 'us', feed: 'webex_media_quality', state: 'late', sort: 'gaps', order: 'desc' };
  await waitFor(() => expect(lastQuestion()).toMatchObject(asked));
  expect(router.state.location.search).toEqual(asked);
  const csv = new URL(screen.getByRole('link', { name: 'Export 3' }).getAttribute('href') ?? '', 'http://hub.example');
  expect([csv.pathname, Object.fromEntries(csv.searchParams)]).toEqual(['/api/data-freshness/export', asked]);
});

test('a filter that leaves nothing can be taken away; without any data the reason is told', async () => {
  hub.on(listFreshness, ({ url }: { url: URL }) => (url.searchParams.has('state') ? aList([]) : aList()));
  const { unmount } = renderHub('/data-freshness?state=gaps');
  expect(await screen.findByText('3 rows are there without it.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
  await screen.findByRole('grid');
  unmount();
  hub.on(listFreshness, aList([], { rowsUnfiltered: 0 })).on(explainEmpty, { reasons: [{ code: 'never_imported' }] });
  renderHub('/data-freshness');
  expect(await screen.findByText('Call history: nothing in EU yet')).toBeTruthy();
});

test('a phone has rows of lines that can be sorted', async () => {
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (media) => Object.assign(new EventTarget(), { matches: true, media }) as MediaQueryList,
  );
  renderHub('/data-freshness');
  const list = await screen.findByRole('list', { name: 'Data freshness by customer and feed' });
  expect(within(list).getAllByRole('listitem')[0]?.textContent).toContain('9 days, since Nov 10');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Sort by' }), 'Customer');
  await waitFor(() => expect(lastQuestion()).toMatchObject({ sort: 'customerName', order: 'asc' }));
});

test('a help desk has no such page in its menu and is told so', async () => {
  hub.on(getSession, aSession({}, 'help_desk_basic'));
  renderHub('/data-freshness');
  expect(await screen.findByRole('heading', { name: 'Your role does not include this page' })).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'Data freshness' })).toBeNull();
  expect(hub.asked(listFreshness)).toEqual([]);
});

const calendar = async () => screen.findByRole('grid', { name: 'Days with data: Call history' });
const address = `/data-freshness/${aFreshnessRow(0).customerId}?feed=webex_call_history`;

test('a customer leads to its page, its feed to the calendar: each day has a name, gaps stand in words with the way to mend them', async () => {
  const { router } = renderHub('/data-freshness');
  const customer = await screen.findByRole('link', { name: 'Customer 1' });
  expect(customer.getAttribute('href')).toBe(`/customers/${aFreshnessRow(1).customerId}`);
  await userEvent.click(await screen.findByRole('link', { name: 'Call history of Customer 1: show the calendar' }));
  await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/data-freshness\/0193/));
  const grid = await calendar();
  expect(within(grid).getByRole('cell', { name: 'Mar 9, 2026: 1,204 records' }).dataset['level']).toBe('3');
  const missing = within(grid).getByRole('cell', { name: 'Mar 10, 2026: no records, though expected' });
  expect(missing.dataset['missing']).toBe('true');
  expect(within(grid).getByRole('cell', { name: 'Mar 14, 2026: no records' }).dataset['missing']).toBeUndefined();
  expect(screen.getByText('Mar 10 – 11, 2026: 2 expected days without records')).toBeTruthy();
  expect(screen.getByText('Late, Oct 21 – Nov 22, 2026: 23 expected days without records')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Import a file' }).getAttribute('href')).toBe('/imports?region=eu');
  expect(screen.getByText('Breaks of up to 1 day are usual here.')).toBeTruthy();
  // A link says where it leads; the heading is none.
  expect(within(screen.getByRole('heading', { level: 1 })).queryByRole('link')).toBeNull();
  const toCustomer = screen.getByRole('link', { name: 'Open the customer' });
  expect(toCustomer.getAttribute('href')).toMatch(/^\/customers\/0193/);
});

test('arrow keys move between days, and never out of the calendar', async () => {
  renderHub(address);
  const grid = await calendar();
  const stops = within(grid)
    .getAllByRole('cell')
    .filter((cell) => cell.tabIndex === 0);
  expect(stops.map((cell) => cell.getAttribute('aria-label'))).toEqual(['Nov 24, 2026: no records']);
  stops[0]?.focus();
  const at = () => document.activeElement?.getAttribute('aria-label')?.split(':')[0];
  const pressed = async (key: string) => {
    await userEvent.keyboard(`{${key}}`);
    return at();
  };
  expect(await pressed('ArrowRight')).toBe('Nov 24, 2026');
  expect(await pressed('ArrowUp')).toBe('Nov 23, 2026');
  expect(await pressed('ArrowLeft')).toBe('Nov 16, 2026');
  expect(await pressed('ArrowDown')).toBe('Nov 17, 2026');
  expect(await pressed('PageUp')).toBe('Oct 20, 2026');
  expect(screen.getByText('Oct 20, 2026: 80 records')).toBeTruthy();
  expect(await pressed('Home')).toBe('Nov 19, 2025');
  expect(await pressed('ArrowLeft')).toBe('Nov 19, 2025');
  expect(await pressed('End')).toBe('Nov 24, 2026');
});

test('another feed is chosen, and the calendar is there as a table of numbers too', async () => {
  const { router } = renderHub(address);
  await calendar();
  const table = () => screen.getByRole('table', { name: 'Days with data: Call history' });
  await userEvent.click(screen.getByText('View as table'));
  const week = within(await waitFor(table)).getByRole('row', { name: /^Mar 9, 2026/ });
  expect(cellsOf(week)).toEqual(['1,204', 'missing', 'missing', '3', '0', '0', '0']);
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Feed' }), 'Call queue statistics');
  expect(await screen.findByRole('grid', { name: 'Days with data: Call queue statistics' })).toBeTruthy();
  expect(router.state.location.search).toEqual({ feed: 'webex_call_queue_stats' });
  expect(screen.getByText(/Nothing is expected of a feed without a cadence/)).toBeTruthy();
});
