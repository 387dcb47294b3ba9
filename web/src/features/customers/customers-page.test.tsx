import { getSession } from '@hub/contract/sessions';
import { countCustomers, createCustomer, listCustomerFacet, listCustomers } from '@hub/contract/customers';
import { listBulkJobs, previewBulkJob, startBulkJob } from '@hub/contract/bulk-jobs';
import { listTags } from '@hub/contract/customer-tags';
import { changeSavedView, countSavedViews, createSavedView, listSavedViews } from '@hub/contract/saved-views';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aBulkJob, aCustomerPage, aCustomerRow, aSavedView, aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

const rows = Array.from({ length: 12 }, (_, index) => aCustomerRow(index));
let hub: FakeHub;

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listCustomers, aCustomerPage(rows))
    .on(countCustomers, ({ url }: { url: URL }) => ({
      matching: url.searchParams.get('filter') === '' ? 412 : 148,
      all: 412,
    }))
    .on(listCustomerFacet, {
      items: [
        { value: 'expires_soon', customers: 4 },
        { value: 'expired', customers: 1 },
        { value: 'trial', customers: 31 },
      ],
    })
    .on(listBulkJobs, { items: [] });
});

const lastFilter = () => hub.asked(listCustomers).at(-1)?.url.searchParams.get('filter');
const valueOf = (field: HTMLElement) => (field instanceof HTMLInputElement ? field.value : undefined);
const table = () => screen.findByRole('grid', { name: 'Customers' });

test('the list says who needs somebody: statuses with reasons, licenses, what ends or renews', async () => {
  renderHub('/customers');
  const grid = await table();
  const first = within(grid).getByRole('row', { name: /Alder & Finch/ });
  expect(within(first).getByText('Suspended')).toBeDefined();
  expect(within(first).getByText('unpaid 12 d')).toBeDefined();
  const over = within(grid).getByRole('row', { name: /Bluemarl/ });
  expect(within(over).getByText('License overage')).toBeDefined();
  expect(within(over).getByText('+4')).toBeDefined();
  expect(within(over).getByRole('img', { name: '81 of 77 licenses assigned, 4 over' })).toBeDefined();
  expect(within(over).getByRole('link', { name: 'Bluemarl Ceramics' }).getAttribute('href')).toBe(
    `/customers/${rows[1]?.id}`,
  );
  expect(await screen.findByRole('button', { name: 'Export 412' })).toBeDefined();
});

test('a condition is typed, completed and taken away by keyboard; the address holds it', async () => {
  const user = userEvent.setup();
  const { router } = renderHub('/customers');
  await table();
  const field = screen.getByRole('combobox', { name: 'Filters' });
  await user.type(field, 'stat');
  expect(await screen.findByRole('option', { name: /^Status/ })).toBeDefined();
  await user.keyboard('{ArrowDown}{Enter}');
  expect(valueOf(field)).toBe('status:');
  await user.keyboard('exp');
  expect((await screen.findByRole('option', { name: /Expires soon 4/ })).getAttribute('aria-selected')).toBe('true');
  await user.keyboard('{Enter}');
  expect(router.state.location.search).toMatchObject({ q: 'status:expires-soon' });
  await waitFor(() => expect(lastFilter()).toBe('status:expires-soon'));
  expect(screen.getByRole('button', { name: 'Change the filter: Status is Expires soon' })).toBeDefined();
  expect(await screen.findByText('148 of 412')).toBeDefined();
  await user.keyboard('{Backspace}');
  await waitFor(() => expect(router.state.location.search).toMatchObject({ q: '' }));
});

test('a value chosen with the arrows is excluded by the minus key', async () => {
  const user = userEvent.setup();
  const { router } = renderHub('/customers');
  await table();
  await user.type(screen.getByRole('combobox', { name: 'Filters' }), 'status:');
  await screen.findByRole('option', { name: /Trial 31/ });
  await user.keyboard('{ArrowDown}-');
  expect(router.state.location.search).toMatchObject({ q: '-status:expired' });
});

test('words are looked for while they are typed, and stay in the field', async () => {
  const user = userEvent.setup();
  renderHub('/customers?q=region%3Aeu');
  await table();
  const field = screen.getByRole('combobox', { name: 'Filters' });
  await user.type(field, 'acme');
  await waitFor(() => expect(lastFilter()).toBe('region:eu acme'));
  expect(valueOf(field)).toBe('acme');
});

test('what cannot be read is said in a sentence that points at the spot, and asks nothing', async () => {
  const user = userEvent.setup();
  renderHub('/customers');
  await table();
  const before = hub.asked(listCustomers).length;
  await user.type(screen.getByRole('combobox', { name: 'Filters' }), 'statsu:trial{Enter}');
  expect(await screen.findByText('There is no filter “statsu”. Did you mean “status”?')).toBeDefined();
  expect(screen.getByText('statsu', { selector: 'mark' })).toBeDefined();
  expect(hub.asked(listCustomers)).toHaveLength(before);
});

test('the filter menu does without typing', async () => {
  const user = userEvent.setup();
  const { router } = renderHub('/customers?q=region%3Aeu');
  await table();
  await user.click(screen.getByRole('button', { name: 'Filters: 1' }));
  await user.click(await screen.findByRole('checkbox', { name: 'Trial 31' }));
  expect(router.state.location.search).toMatchObject({ q: 'region:eu status:trial' });
  await user.click(await screen.findByRole('checkbox', { name: 'Expired 1' }));
  expect(router.state.location.search).toMatchObject({ q: 'region:eu status:trial,expired' });
});

test('rows are selected by Space and Shift, and all that match at once; a job is tried before it starts', async () => {
  hub
    .on(listTags, { items: [] })
    .on(previewBulkJob, {
      total: 148,
      changed: 146,
      unchanged: 1,
      failed: 1,
      refusals: [
        { customerId: rows[3]?.id, customerName: 'Cobalt', outcome: 'failed', code: 'tag_limit', data: { limit: 5 } },
      ],
      tags: [{ name: 'renew-q1', isNew: true, customers: 146 }],
    })
    .on(startBulkJob, aBulkJob());
  const user = userEvent.setup();
  renderHub('/customers?q=region%3Aeu');
  const grid = await table();
  within(grid).getByRole('link', { name: 'Bluemarl Ceramics' }).focus();
  await user.keyboard(' ');
  expect(await screen.findByText('1 selected')).toBeDefined();
  await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  expect(screen.getByText('3 selected')).toBeDefined();
  await user.click(await screen.findByRole('button', { name: 'Select all 148' }));
  await user.click(within(grid).getByRole('checkbox', { name: 'Select Cobalt Ridge Dental' }));
  expect(screen.getByText('147 selected')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Add tags' }));
  await user.type(await screen.findByRole('textbox', { name: 'Tags' }), 'renew-q1{Enter}');
  hub.on(listBulkJobs, { items: [aBulkJob()] });
  await user.click(screen.getByRole('button', { name: 'Check first' }));
  expect(await screen.findByText('146 customers will change')).toBeDefined();
  expect(screen.getByText('“renew-q1”, a new tag: 146 customers get it')).toBeDefined();
  expect(screen.getByText('A customer or a subscription has at most 5 tags.')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Change 146 customers' }));
  expect(await screen.findByText('40 of 148 customers')).toBeDefined();
  expect(hub.asked(startBulkJob)[0]?.body).toEqual({
    selection: { filter: `region:eu -id:${rows[3]?.id}` },
    act: { act: 'add_tags', tags: [{ name: 'renew-q1' }] },
  });
  expect(screen.queryByText('147 selected')).toBeNull();
});

test('a job that goes on is there after a reload; when it has ended it can be undone', async () => {
  hub.on(listBulkJobs, { items: [aBulkJob({ state: 'done', looked: 148, changed: 147, mayUndo: true })] });
  renderHub('/customers');
  expect(await screen.findByText('Add tags: 147 of 148 customers updated, 1 failed')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Undo' })).toBeDefined();
});

test('pinned views stand in the navigation with their counts; the default one opens the list', async () => {
  hub
    .on(listSavedViews, { items: [aSavedView({ isDefault: true })] })
    .on(countSavedViews, { items: [{ id: aSavedView().id, customers: 18 }] });
  const { router } = renderHub('/customers');
  await table();
  expect(router.state.location.search).toEqual({ q: 'region:eu tag:hospitality', sort: 'name', order: 'asc' });
  const link = await screen.findByRole('link', { name: 'My hotels, EU 18' });
  expect(link.getAttribute('aria-current')).toBe('page');
  // Asked once, and with what the view asks, whoever was first: the page or what asks ahead of it.
  const asked = hub.asked(listCustomers).map(({ url }) => Object.fromEntries(url.searchParams));
  expect(asked).toEqual([{ filter: 'region:eu tag:hospitality', sort: 'name', order: 'asc', limit: '100' }]);
});

test('a customer that stands on two pages is one row; another filter starts with nothing selected, ranges too', async () => {
  const [first = aCustomerRow(0), second = aCustomerRow(1), ...others] = rows;
  hub.on(listCustomers, ({ url }: { url: URL }) => {
    if (url.searchParams.get('filter') !== '') return aCustomerPage(rows);
    return url.searchParams.has('after')
      ? aCustomerPage([{ ...second, name: 'Bluemarl Renamed' }, ...others])
      : aCustomerPage([first, second], { next: 'more' });
  });
  const user = userEvent.setup();
  const { router } = renderHub('/customers');
  const grid = await table();
  await within(grid).findByRole('link', { name: 'Bluemarl Renamed' });
  expect(within(grid).queryByRole('link', { name: second.name })).toBeNull();
  await waitFor(() => expect(within(grid).getAllByRole('row')).toHaveLength(rows.length + 1));
  await user.click(within(grid).getByRole('checkbox', { name: `Select ${first.name}` }));
  expect(await screen.findByText('1 selected')).toBeDefined();
  await user.click(within(grid).getByRole('checkbox', { name: `Select ${first.name}` }));
  void router.navigate({ to: '/customers', search: { q: 'region:ca' } });
  const last = await within(grid).findByRole('checkbox', { name: `Select ${rows.at(-1)?.name}` });
  await waitFor(() => expect(lastFilter()).toBe('region:ca'));
  await waitFor(() => expect(within(grid).getByRole('link', { name: second.name })).toBeDefined());
  await user.keyboard('{Shift>}');
  await user.click(last);
  await user.keyboard('{/Shift}');
  expect(await screen.findByText('1 selected')).toBeDefined();
});

test('a view is saved, and renamed later', async () => {
  hub.on(createSavedView, aSavedView()).on(changeSavedView, aSavedView({ name: 'Hotels' }));
  const user = userEvent.setup();
  renderHub('/customers?q=region%3Aeu');
  await table();
  await user.click(screen.getByRole('button', { name: 'Saved views' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Save view' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'My hotels, EU');
  hub.on(listSavedViews, { items: [aSavedView()] });
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(hub.asked(createSavedView)[0]?.body).toMatchObject({
      name: 'My hotels, EU',
      filter: 'region:eu',
      isPinned: true,
    }),
  );
  await user.click(await screen.findByRole('button', { name: 'Saved views' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Manage views' }));
  await user.click(await screen.findByRole('button', { name: 'Rename the view “My hotels, EU”' }));
  const name = screen.getByRole('textbox', { name: 'Name' });
  await user.clear(name);
  await user.type(name, 'Hotels{Enter}');
  await waitFor(() =>
    expect(hub.requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body)).toEqual([
      { name: 'Hotels' },
    ]),
  );
});

test('where the filter hides everybody, it says which condition hides most', async () => {
  hub.on(listCustomers, aCustomerPage([])).on(countCustomers, ({ url }: { url: URL }) => ({
    matching: { 'region:eu': 96, 'tag:x': 2, '': 412 }[url.searchParams.get('filter') ?? ''] ?? 0,
    all: 412,
  }));
  const user = userEvent.setup();
  const { router } = renderHub('/customers?q=region%3Aeu%20tag%3Ax');
  expect(await screen.findByText('No customer matches these 2 filters')).toBeDefined();
  expect(await screen.findByText(/“Tag is x” hides the most: 96\./)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Remove that filter' }));
  expect(router.state.location.search).toMatchObject({ q: 'region:eu' });
});

test('a customer is added; the form tells the region before it is fixed', async () => {
  hub.on(createCustomer, { ...aCustomerRow(3), name: 'New one' });
  const user = userEvent.setup();
  renderHub('/customers');
  await table();
  await user.click(screen.getByRole('button', { name: 'Add customer' }));
  const dialog = await screen.findByRole('dialog', { name: 'Add customer' });
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'New one');
  await user.type(within(dialog).getByRole('combobox', { name: 'Country' }), 'Bulg');
  await user.click(await screen.findByRole('option', { name: 'Bulgaria' }));
  expect(within(dialog).getByText(/kept in this region: European Union \(EU\)/)).toBeDefined();
  await user.type(within(dialog).getByRole('textbox', { name: 'Domain (Optional)' }), 'new.example');
  await user.click(within(dialog).getByRole('button', { name: 'Add customer' }));
  await waitFor(() =>
    expect(hub.asked(createCustomer)[0]?.body).toEqual({
      name: 'New one',
      country: 'BG',
      kind: 'owned',
      domain: 'new.example',
    }),
  );
});

test('who may not see subscriptions is offered nothing that asks of them', async () => {
  hub.on(getSession, aSession({}, 'help_desk_basic'));
  hub.on(
    listCustomers,
    aCustomerPage([aCustomerRow(1, { licenses: null, next: { on: '2027-02-28', verb: 'ends', reference: null } })]),
  );
  const user = userEvent.setup();
  renderHub('/customers?q=&sort=licenses&order=desc');
  const grid = await table();
  expect(hub.asked(listCustomers).at(-1)?.url.searchParams.get('sort')).toBe('urgency');
  expect(within(grid).queryByRole('columnheader', { name: /Licenses/ })).toBeNull();
  expect(within(grid).getByText(/^ends .*2027$/).title).toBe('Feb 28, 2027');
  const field = screen.getByRole('combobox', { name: 'Filters' });
  await user.type(field, 'lic');
  await user.clear(field);
  await user.type(field, 'stat');
  expect(await screen.findByRole('option', { name: /^Status/ })).toBeDefined();
  await user.clear(field);
  await user.type(field, 'licenses');
  expect(screen.queryByRole('option', { name: /licenses/i })).toBeNull();
});

test('what went wrong in a setup has a badge of its own, with its reason', async () => {
  const of = { kind: 'subscription', reference: 'Sub-9' };
  const reasons = [{ code: 'setup_failed', of, state: 'error', note: 'No carrier', since: '2026-11-12' }];
  hub.on(listCustomers, aCustomerPage([aCustomerRow(3, { failedSetup: { since: '2026-11-12', reasons } })]));
  renderHub('/customers');
  const badge = within(await table()).getByText('Setup error');
  await userEvent.hover(badge);
  expect(await screen.findByText('The setup of Sub-9 failed 12 days ago. Provider: “No carrier”')).toBeDefined();
});

test('what is cut in a cell is told in full once the keys have come to it', async () => {
  const wide = vi.spyOn(Element.prototype, 'scrollWidth', 'get').mockImplementation(function of(this: Element) {
    return this.classList.contains('name') ? 1300 : 0;
  });
  renderHub('/customers');
  const grid = await table();
  const told = { hidden: true }; // without a layout it has no place to stand
  expect(screen.queryByRole('tooltip', told)).toBeNull();
  within(grid).getByRole('link', { name: 'Bluemarl Ceramics' }).focus();
  expect((await screen.findByRole('tooltip', told)).textContent).toBe('Bluemarl Ceramics');
  await userEvent.keyboard('{ArrowRight}');
  await waitFor(() => expect(screen.queryByRole('tooltip', told)).toBeNull());
  wide.mockRestore();
});

test('who only reads selects nothing, adds nothing and sees no acts', async () => {
  hub.on(getSession, aSession({}, 'help_desk_basic'));
  renderHub('/customers');
  const grid = await table();
  expect(within(grid).queryAllByRole('checkbox')).toEqual([]);
  expect(screen.queryByRole('button', { name: 'Add customer' })).toBeNull();
  expect(screen.queryByRole('button', { name: /^Export/ })).toBeNull();
});

test('a failure names its tracking ID and can be tried again', async () => {
  hub.refuse(listCustomers, 'internal');
  renderHub('/customers');
  expect(await screen.findByText('Tracking ID: ph-7c41-e09b')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
});
