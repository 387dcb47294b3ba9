import { listCustomers } from '@hub/contract/customers';
import {
  cancelImport,
  discardHeldOrganizations,
  discardHeldRows,
  FeedCode,
  getImport,
  listHeldOrganizations,
  listImports,
  listRejectedRows,
  releaseHeldRows,
  retryImport,
} from '@hub/contract/imports';
import type { CustomerId } from '@hub/contract/ids';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import {
  aBatch,
  aCustomerPage,
  aCustomerRow,
  aHeldOrganization,
  aHeldPage,
  aSession,
  someRejectedRows,
} from '../../testing/fixtures.ts';
import { onPhone } from '../../testing/on-phone.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const batch = aBatch();

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [batch], next: null, total: 1 })
    .on(getImport, batch)
    .on(listRejectedRows, someRejectedRows())
    .on(listHeldOrganizations, aHeldPage([aHeldOrganization()]));
});

const number = (text: string | null | undefined): number => Number((text ?? '').replaceAll(/\D/g, ''));

test('the counts of an import are shown as a sum that adds up', async () => {
  renderHub(`/imports?batch=${batch.id}`);
  const panel = await screen.findByRole('complementary', { name: 'Import B-20414' });
  const counts = [...panel.querySelectorAll('.sum dd')].map((cell) => number(cell.textContent));
  expect(counts).toHaveLength(6);
  const [read, ...parts] = counts;
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(read);
});

test('there is an example file of each feed, by keyboard as well', async () => {
  renderHub('/imports');
  const button = await screen.findByRole('button', { name: 'Example files' });
  expect(screen.queryByRole('list', { name: 'Example files' })).toBeNull();
  button.focus();
  await userEvent.keyboard('{Enter}');
  expect(button.getAttribute('aria-expanded')).toBe('true');
  const list = screen.getByRole('list', { name: 'Example files' });
  const items = within(list).getAllByRole('link');
  expect(items.map((item) => item.getAttribute('href'))).toEqual(
    FeedCode.options.map((feed) => `/api/imports/sample?region=eu&feed=${feed}`),
  );
  expect(items.map(({ textContent }) => textContent)).toContain('License snapshots');
});

test('records that are no reports are named, with their way in', async () => {
  renderHub('/imports');
  expect(await screen.findByText(/^Customers, subscriptions, trials, last sign-ins, orders and invoices/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Import records' }));
  expect(await screen.findByRole('dialog', { name: 'Import records' })).toBeTruthy();
});

test('rejected rows say row, value and reason, and all of them can be downloaded', async () => {
  renderHub(`/imports?batch=${batch.id}`);
  const panel = await screen.findByRole('complementary', { name: 'Import B-20414' });
  expect(await within(panel).findByText('line 118,204')).toBeTruthy();
  expect(within(panel).getByText('2026-11-09T25:14:00Z')).toBeTruthy();
  expect(within(panel).getByText('row 118,203')).toBeTruthy();
  expect(panel.textContent).toContain('3 columns instead of 83');
  expect(within(panel).getByText(/^2026-11-09T06:14:00.000Z,/)).toBeTruthy();
  expect(within(panel).getByText('5 of 1,284')).toBeTruthy();
  await userEvent.click(within(panel).getByRole('button', { name: 'Show more' }));
  await waitFor(() => expect(hub.requests.at(-1)?.url.search).toBe('?limit=50&after=5'));
  const download = within(panel).getByRole('link', { name: 'Download 1,284 rows' });
  expect(download.getAttribute('href')).toBe(`/api/imports/${batch.id}/rejected-rows/export`);
});

test.each([
  ['its file can never come in', { code: 'import_not_text', data: { fileName: 'a.pdf', looksLike: 'a PDF' } }, false],
  ['the fault was none of its own', { code: 'import_engine_failed', data: { reason: 'it was busy' } }, true],
])('a failed import says why, and offers to try again unless it is in vain: %s', async (_, failure, mayRetry) => {
  const failed = aBatch({ state: 'failed', counts: null, covers: null, failure });
  hub.on(getImport, failed).on(listImports, { items: [failed], next: null, total: 1 });
  renderHub(`/imports?batch=${failed.id}`);
  const panel = await screen.findByRole('complementary', { name: 'Import B-20414' });
  expect(panel.textContent).toContain(mayRetry ? 'it was busy' : 'a.pdf is not a text file: it begins like a PDF.');
  expect(within(panel).queryByRole('button', { name: 'Try again' }) !== null).toBe(mayRetry);
});

test('a report that names neither customer nor days asks for both, and goes on with the answers', async () => {
  const asking = aBatch({
    feed: 'webex_call_queue_stats',
    state: 'failed',
    counts: null,
    covers: null,
    fileName: 'queues.csv',
    failure: { code: 'import_needs_customer_and_period', data: { fileName: 'queues.csv' } },
  });
  const customer = aCustomerRow(1, { name: 'Acme', orgUuid: 'b41f77a2-5c3e-4d0a-9a41-7f0b2c519c0e' });
  hub
    .on(listImports, { items: [asking], next: null, total: 1 })
    .on(listCustomers, aCustomerPage([customer]))
    .on(retryImport, { ...asking, state: 'queued', failure: null });
  renderHub('/imports');
  const work = await screen.findByRole('region', { name: 'Import B-20414' });
  expect(work.textContent).toContain('queues.csv says neither which customer nor which days it is of');
  expect(work.textContent).toContain('Call queue statistics, EU');
  expect(screen.getByText('Needs an answer')).toBeTruthy();
  const submit = within(work).getByRole('button', { name: 'Go on with the import' });
  await userEvent.click(submit);
  const sent = () => hub.requests.filter(({ url }) => url.pathname === `/api/imports/${asking.id}/retry`);
  expect(sent()).toEqual([]);
  await userEvent.click(within(work).getByRole('combobox', { name: 'Customer' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Acme' }));
  const [from, to] = [within(work).getByLabelText('First day'), within(work).getByLabelText('Last day')];
  await userEvent.type(from, '2026-11-30');
  await userEvent.type(to, '2026-11-01');
  await userEvent.click(submit);
  expect(work.textContent).toContain('The first day must not be after the last.');
  expect(sent()).toEqual([]);
  await userEvent.clear(from);
  await userEvent.type(from, '2026-11-01');
  await userEvent.clear(to);
  await userEvent.type(to, '2026-11-30');
  await userEvent.click(submit);
  await waitFor(() =>
    expect(sent()[0]?.body).toEqual({
      orgUuid: customer.orgUuid,
      from: '2026-11-01',
      to: '2026-11-30',
    }),
  );
  expect(hub.asked(listCustomers)[0]?.url.searchParams.get('filter')).toBe('region:eu has:organization');
});

test('of the files of an archive that all ask three do it on the page, and each stands in the list', async () => {
  const items = Array.from({ length: 5 }, (_, index) =>
    aBatch({
      number: 30 - index,
      feed: 'webex_call_queue_stats',
      state: 'failed',
      counts: null,
      covers: null,
      fileName: `reports.zip / ${index}.csv`,
      failure: { code: 'import_needs_period', data: { fileName: `reports.zip / ${index}.csv` } },
    }),
  );
  hub.on(listImports, { items, next: null, total: 5, underway: 0 });
  renderHub('/imports');
  await screen.findByRole('region', { name: 'Import B-30' });
  const asking = screen.getAllByRole('region', { name: /^Import B-/ }).map((work) => work.getAttribute('aria-label'));
  expect(asking).toEqual(['Import B-30', 'Import B-29', 'Import B-28']);
  expect(screen.getByText('2 more imports in the list below need an answer')).toBeTruthy();
  // Each is one line until it is answered.
  expect(screen.queryByRole('button', { name: 'Go on with the import' })).toBeNull();
  const second = screen.getByRole('region', { name: 'Import B-29' });
  await userEvent.click(within(second).getByRole('button', { name: 'Answer' }));
  expect(within(second).getByRole('button', { name: 'Go on with the import' })).toBeTruthy();
  expect(screen.getAllByRole('button', { name: 'Go on with the import' })).toHaveLength(1);
  // Rows are drawn some a frame.
  await waitFor(() => expect(screen.getAllByText('Needs an answer')).toHaveLength(5));
});

test('a file of records is told to be one, with the way in that takes it and the one for a report all the same', async () => {
  const data = { fileName: 'orders.csv', kind: 'orders' };
  const batch = aBatch({ feed: null, state: 'failed', counts: null, failure: { code: 'import_is_records', data } });
  hub.on(listImports, { items: [batch], next: null, total: 1, underway: 0 });
  renderHub('/imports');
  const work = await screen.findByRole('region', { name: 'Import B-20414' });
  expect(work.textContent).toContain('orders.csv holds records, and no report');
  expect(within(work).getByRole('link', { name: 'Say what its columns mean' })).toBeTruthy();
  await userEvent.click(within(work).getByRole('button', { name: 'Import records' }));
  expect(await screen.findByRole('dialog', { name: 'Import records' })).toBeTruthy();
});

test('canceling a running import asks once, then sends the token with it', async () => {
  const running = aBatch({
    state: 'running',
    stage: 'checking',
    counts: null,
    covers: null,
    endedAt: null,
    progress: { rowsDone: 6_048_500, bytesDone: 600, bytesTotal: 1000, rowsPerSecond: 412_600, secondsLeft: 9 },
  });
  hub.on(listImports, { items: [running], next: null, total: 1 }).on(cancelImport, running);
  renderHub('/imports');
  const work = await screen.findByRole('region', { name: 'Import B-20414' });
  expect(work.textContent).toContain('412,600');
  expect(within(work).getByRole('img', { name: 'Import B-20414: 60 percent done' })).toBeTruthy();
  await userEvent.click(within(work).getByRole('button', { name: 'Cancel import' }));
  const dialog = await screen.findByRole('dialog');
  expect(hub.requests.some(({ method }) => method === 'POST')).toBe(false);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel import' }));
  await waitFor(() =>
    expect(hub.requests.find(({ method }) => method === 'POST')?.headers.get('x-hub-csrf')).toBe('a-token'),
  );
});

test('discarding held rows names what is lost', async () => {
  hub.on(discardHeldRows, { rows: 152 });
  renderHub('/imports');
  await userEvent.click(await screen.findByRole('button', { name: 'Discard' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('Discard 152 held rows?');
  expect(dialog.textContent).toContain('b41f77a2-5c3e-4d0a-9a41-7f0b2c519c0e');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Discard 152 rows' }));
  await waitFor(() =>
    expect(hub.requests.find(({ method }) => method === 'DELETE')?.url.pathname).toBe(
      '/api/held-organizations/eu/b41f77a2-5c3e-4d0a-9a41-7f0b2c519c0e',
    ),
  );
});

const many = Array.from({ length: 3 }, (_, index) =>
  aHeldOrganization({ orgUuid: `b41f77a2-5c3e-4d0a-9a41-00000000000${index}`, rows: 10 - index }),
);
/** The rest of them is on a page that is empty here. */
const pagesOf =
  (total: { organizations: number; rows: number }) =>
  ({ url }: { url: URL }) =>
    url.searchParams.has('after') ? aHeldPage([], { total }) : aHeldPage(many, { next: 'there', total });
const chooser = (index: number) => screen.findByRole('checkbox', { name: `Select ${many[index]?.orgUuid}` });

test('of a thousand held organizations the true totals are told, and what is chosen is discarded at once', async () => {
  const total = { organizations: 1203, rows: 48_211 };
  hub
    .on(listHeldOrganizations, pagesOf(total))
    .on(discardHeldOrganizations, { organizations: 2, rows: 19, unavailable: [] });
  renderHub('/imports');
  expect(await screen.findByText('1,203 organizations, 48,211 rows')).toBeTruthy();
  await userEvent.click(await chooser(0));
  await userEvent.click(await chooser(1));
  expect(screen.getByText('2 organizations selected, 19 rows')).toBeTruthy();
  const bulk = screen.getByText('2 organizations selected, 19 rows').parentElement as HTMLElement;
  await userEvent.click(within(bulk).getByRole('button', { name: 'Discard' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('Discard 19 held rows?');
  expect(dialog.textContent).toContain('The held rows of 2 organizations are deleted for good.');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Discard 19 rows' }));
  await waitFor(() =>
    expect(hub.asked(discardHeldOrganizations)[0]?.body).toEqual({
      organizations: many.slice(0, 2).map(({ region, orgUuid }) => ({ region, orgUuid })),
    }),
  );
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(screen.queryByText(/selected/)).toBeNull();
});

test('all that match are discarded by their filter, which stands in the address; another filter chooses nothing', async () => {
  hub
    .on(listHeldOrganizations, pagesOf({ organizations: 812, rows: 30_400 }))
    .on(discardHeldOrganizations, { organizations: 800, rows: 30_000, unavailable: ['uae'] });
  const { router } = renderHub('/imports?heldReason=unknown&heldText=varna');
  await userEvent.click(await chooser(0));
  await userEvent.click(screen.getByRole('button', { name: 'Select all 812 organizations' }));
  const bulk = screen.getByText('812 organizations selected, 30,400 rows').parentElement as HTMLElement;
  await userEvent.click(within(bulk).getByRole('button', { name: 'Discard' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Discard 30,400 rows' }));
  await waitFor(() =>
    expect(hub.asked(discardHeldOrganizations)[0]?.body).toEqual({
      organizations: 'matching',
      q: 'varna',
      reason: 'unknown',
    }),
  );
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

  await userEvent.click(await chooser(0));
  await userEvent.click(screen.getByRole('button', { name: 'Select all 812 organizations' }));
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Region' }), 'eu');
  await waitFor(() => expect(screen.queryByText(/selected/)).toBeNull());
  expect(router.state.location.search).toMatchObject({ heldReason: 'unknown', heldRegion: 'eu', heldText: 'varna' });
});

const counts = { read: 12, new: 4, duplicate: 0, replaced: 2, rejected: 5, held: 1 };

test('a batch names its file, tells what became of every row, and the year of old calls', async () => {
  const covers = { from: '2020-05-14T00:00:00.000Z', to: '2020-05-14T01:00:00.000Z' };
  hub.on(listImports, { items: [aBatch({ counts, covers })], next: null, total: 1 });
  renderHub('/imports');
  expect(await screen.findByText('5 rejected')).toBeTruthy();
  const grid = screen.getByRole('grid', { name: 'Batches' });
  const heads = within(grid)
    .getAllByRole('columnheader')
    .map(({ textContent }) => textContent);
  const cells = within(grid)
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);
  const shown = Object.fromEntries(heads.map((head, at) => [head, cells[at]]));
  expect(shown).toMatchObject({ New: '4', Duplicates: '0', Replaced: '2', Rejected: '5', Held: '1' });
  const parts = ['New', 'Duplicates', 'Replaced', 'Rejected', 'Held'].map((head) => Number(shown[head]));
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(Number(shown['Rows']));
  expect(shown['File']).toBe(`${batch.fileName}Call history EU, May 14, 2020`);
});

test('a phone names the file, and its numbers add up too', async () => {
  onPhone();
  const items = [aBatch({ counts }), aBatch({ number: 7, counts: null, state: 'failed', feed: null, covers: null })];
  hub.on(listImports, { items, next: null, total: 2 });
  renderHub('/imports');
  const list = await screen.findByRole('list', { name: 'Batches' });
  expect(await within(list).findByText('12 rows: 4 new, 2 replaced, 5 rejected, 1 held')).toBeTruthy();
  expect(await within(list).findAllByText(batch.fileName)).toHaveLength(2);
});

test('rows that wait for want of an assignment are let in with one press', async () => {
  const customer = { id: 'c0000000-0000-4000-8000-000000000001' as CustomerId, name: 'Acme', region: 'eu' as const };
  const held = aHeldOrganization({ reason: 'not_assigned', customer });
  hub.on(listHeldOrganizations, aHeldPage([held])).on(releaseHeldRows, undefined);
  renderHub('/imports');
  expect(await screen.findByText(/^Acme has this organization/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Let the rows in' }));
  await waitFor(() =>
    expect(hub.requests.find(({ method }) => method === 'POST')?.url.pathname).toBe(
      `/api/held-organizations/eu/${held.orgUuid}/release`,
    ),
  );
});

test('a read-only administrator sees imports and held rows but no control that writes', async () => {
  hub.on(getSession, aSession({}, 'partner_read_only'));
  renderHub('/imports');
  expect(await screen.findByText(/sees everything here and changes nothing/)).toBeTruthy();
  expect(await screen.findByText('152 rows')).toBeTruthy();
  const writing = ['choose files', 'Create customer', 'Link to a customer', 'Discard'];
  expect(writing.filter((name) => screen.queryByRole('button', { name }) !== null)).toEqual([]);
});
