import { listAdministrators } from '@hub/contract/administrators';
import {
  type BulkAct,
  listBulkJobs,
  listBulkResults,
  previewBulkJob,
  startBulkJob,
  undoBulkJob,
} from '@hub/contract/bulk-jobs';
import {
  changeCustomerGroup,
  createCustomerGroup,
  CustomerGroup,
  listCustomerGroups,
  removeCustomerGroup,
} from '@hub/contract/customer-groups';
import {
  countCustomers,
  exportCustomersInSteps,
  type FileStep,
  listCustomerFacet,
  listCustomers,
} from '@hub/contract/customers';
import { changeSavedView, listSavedViews, removeSavedView, restoreSavedView } from '@hub/contract/saved-views';
import { getSession } from '@hub/contract/sessions';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import {
  aBulkJob,
  aCustomerPage,
  aCustomerRow,
  anAdministrator,
  aSavedView,
  aSession,
} from '../../testing/fixtures.ts';
import { onPhone } from '../../testing/on-phone.ts';
import { renderHub } from '../../testing/render-hub.tsx';

const rows = Array.from({ length: 120 }, (_, index) => aCustomerRow(index));
const idOf = (index: number) => rows[index]?.id;
const group = (change: Partial<Record<keyof CustomerGroup, unknown>> = {}) =>
  CustomerGroup.parse({
    id: '0193000d-0000-7000-8000-000000000001',
    name: 'Hotels',
    description: '',
    filter: null,
    isByFilter: typeof change.filter === 'string',
    customers: 12,
    version: 4,
    ...change,
  });
let hub: FakeHub;

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listCustomers, aCustomerPage(rows))
    .on(countCustomers, { matching: 412, all: 412 })
    .on(listCustomerFacet, {
      items: [
        { value: 'expires_soon', customers: 4 },
        { value: 'trial', customers: 31 },
      ],
    })
    .on(listBulkJobs, { items: [] })
    .on(listCustomerGroups, {
      items: [group(), group({ id: '0193000d-0000-7000-8000-000000000002', name: 'Full', filter: 'tag:full' })],
    })
    .on(previewBulkJob, { total: 1, changed: 1, unchanged: 0, failed: 0, refusals: [], tags: [] })
    .on(startBulkJob, aBulkJob());
});

const table = () => screen.findByRole('grid', { name: 'Customers' });
const bodies = (method: string) => hub.requests.filter((each) => each.method === method).map(({ body }) => body);

/** Opens the dialog of an act on the first customer, from the row's menu. */
async function act(user: ReturnType<typeof userEvent.setup>, word: string) {
  renderHub('/customers');
  await table();
  await user.click(await screen.findByRole('button', { name: `Actions for ${rows[0]?.name}` }));
  await user.click(await screen.findByRole('menuitem', { name: word }));
  return screen.findByRole('dialog', { name: `${word}: 1 customer` });
}

async function started(user: ReturnType<typeof userEvent.setup>): Promise<BulkAct> {
  await user.click(screen.getByRole('button', { name: 'Check first' }));
  await user.click(await screen.findByRole('button', { name: 'Change 1 customer' }));
  await waitFor(() => expect(hub.asked(startBulkJob)).toHaveLength(1));
  const body = hub.asked(startBulkJob)[0]?.body as { selection: unknown; act: BulkAct };
  expect(body.selection).toEqual({ customerIds: [idOf(0)] });
  return body.act;
}

test('the menu of a row names the customer, leads to the page, and gives the focus back', async () => {
  const user = userEvent.setup();
  renderHub('/customers');
  await table();
  const button = await screen.findByRole('button', { name: `Actions for ${rows[0]?.name}` });
  await user.click(button);
  const open = await screen.findByRole('menuitem', { name: 'Open customer' });
  expect(open.getAttribute('href')).toBe(`/customers/${idOf(0)}`);
  expect(screen.getAllByRole('menuitem')).toHaveLength(10);
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('menuitem')).toBeNull());
  expect(document.activeElement).toBe(button);
});

test('an administrator is assigned who sees assigned customers only', async () => {
  const pia = anAdministrator({ name: 'Pia Part', email: 'pia@halyard.example', role: 'partner_admin' });
  hub.on(listAdministrators, { items: [anAdministrator({ role: 'partner_full' }), pia], invitations: [] });
  const user = userEvent.setup();
  const dialog = await act(user, 'Assign administrator');
  await user.click(within(dialog).getByRole('button', { name: 'Check first' }));
  expect(await within(dialog).findByText('Enter a value.')).toBeDefined();
  await user.click(await within(dialog).findByRole('combobox', { name: /Partner administrator/ }));
  expect(await screen.findAllByRole('option')).toHaveLength(1);
  await user.click(screen.getByRole('option', { name: 'Pia Part (pia@halyard.example)' }));
  expect(await started(user)).toEqual({ act: 'assign_administrator', personId: pia.personId });
});

test('a group is made on the way; groups by a filter are not offered', async () => {
  hub.on(createCustomerGroup, group({ id: '0193000d-0000-7000-8000-000000000009', name: 'Inns' }));
  const user = userEvent.setup();
  const dialog = await act(user, 'Add to group');
  await user.click(await within(dialog).findByRole('combobox', { name: /Group/ }));
  expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual(['Hotels']);
  await user.keyboard('{Escape}');
  await user.click(await screen.findByRole('button', { name: 'New group' }));
  await user.type(screen.getByRole('textbox', { name: 'Name of the group' }), 'Inns');
  expect(await started(user)).toEqual({ act: 'add_to_group', groupId: '0193000d-0000-7000-8000-000000000009' });
  expect(hub.asked(createCustomerGroup)[0]?.body).toEqual({ name: 'Inns' });
});

test('a trial is started for each; what cannot be is told at its field', async () => {
  const user = userEvent.setup();
  const dialog = await act(user, 'Start trial');
  const end = await within(dialog).findByLabelText('End date');
  const licenses = within(dialog).getByRole('textbox', { name: /Licenses for .*Calling/ });
  await user.clear(end);
  await user.type(end, '2026-01-01');
  await user.clear(licenses);
  await user.type(licenses, '0');
  await user.click(within(dialog).getByRole('button', { name: 'Check first' }));
  expect(within(dialog).getByText('The trial must not end before it starts.')).toBeDefined();
  expect(within(dialog).getByText('Enter a whole number above 0.')).toBeDefined();
  expect(hub.asked(previewBulkJob)).toEqual([]);
  await user.clear(end);
  await user.type(end, '2026-12-31');
  await user.clear(licenses);
  await user.type(licenses, '40');
  expect(await started(user)).toMatchObject({
    act: 'start_trial',
    endsOn: '2026-12-31',
    lines: [{ product: 'calling', ordered: 40, assigned: null }],
  });
});

test('a job that ended shows what came of each customer, and is undone', async () => {
  const job = aBulkJob({ state: 'done', looked: 148, changed: 147, failed: 1, mayUndo: true });
  const results = listBulkResults.path.replace(':bulkJobId', job.id);
  hub
    .on(listBulkJobs, { items: [job] })
    .on(listBulkResults, {
      items: [
        { customerId: idOf(3), customerName: 'Cobalt', outcome: 'failed', code: 'tag_limit', data: { limit: 5 } },
        { customerId: idOf(4), customerName: 'Dove', outcome: 'changed', code: null, data: {} },
      ],
      next: null,
    })
    .on(undoBulkJob, aBulkJob({ undoes: job.id }));
  const user = userEvent.setup();
  renderHub('/customers');
  await user.click(await screen.findByRole('button', { name: 'Results' }));
  const dialog = await screen.findByRole('dialog', { name: 'Results: Add tags' });
  expect(await within(dialog).findByText('A customer or a subscription has at most 5 tags.')).toBeDefined();
  expect(within(dialog).getByText('changed')).toBeDefined();
  expect(hub.requests.some(({ url }) => url.pathname === results)).toBe(true);
  await user.keyboard('{Escape}');
  hub.on(listBulkJobs, { items: [aBulkJob({ undoes: job.id }), { ...job, isUndone: true, mayUndo: false }] });
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Undo: Add tags')).toBeDefined();
  expect(hub.requests.filter(({ method, url }) => method === 'POST' && url.pathname.endsWith('/undo'))).toHaveLength(1);
});

/** The answer to an export of these steps, and what the page saves of it. */
function exporting(steps: readonly Partial<FileStep>[]): { saved: { name: string; file: Promise<string> }[] } {
  const saved: { name: string; file: Promise<string> }[] = [];
  const lines = steps.map((step) => `${JSON.stringify({ rows: 2, of: 2, piece: '', isWhole: false, ...step })}\n`);
  hub.on(
    exportCustomersInSteps,
    () =>
      new Response(lines.join(''), {
        headers: { 'content-disposition': "attachment; filename*=UTF-8''Customers_2026-11-24.csv" },
      }),
  );
  let made = new Blob();
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    if (this.download !== '') saved.push({ name: this.download, file: made.text() });
  });
  Object.assign(URL, {
    createObjectURL: (blob: Blob) => {
      made = blob;
      return 'blob:here';
    },
    revokeObjectURL: () => {},
  });
  return { saved };
}

const whole = [{ piece: btoa('a,b\r\n') }, { piece: btoa('1,2\r\n') }, { isWhole: true }];

test('what is exported is exactly what the list shows, in its order', async () => {
  const { saved } = exporting(whole);
  const user = userEvent.setup();
  renderHub('/customers?q=region%3Aeu%20tag%3A%22a%20%26%20b%22&sort=name&order=desc');
  await table();
  for (const [name, format] of [
    ['CSV', 'csv'],
    ['Excel workbook (XLSX)', 'xlsx'],
  ] as const) {
    await user.click(await screen.findByRole('button', { name: 'Export 412' }));
    await user.click(await screen.findByRole('menuitem', { name }));
    await waitFor(() => expect(saved.length).toBe(hub.asked(exportCustomersInSteps).length));
    expect(hub.asked(exportCustomersInSteps).at(-1)?.body).toEqual({
      format,
      selection: { filter: 'region:eu tag:"a & b"' },
      sort: 'name',
      order: 'desc',
    });
  }
  expect(saved[0]?.name).toBe('Customers_2026-11-24.csv');
  expect(await saved[0]?.file).toBe('a,b\r\n1,2\r\n');
});

test('all but a few leave by a filter; others one by one', async () => {
  const { saved } = exporting(whole);
  const user = userEvent.setup();
  renderHub('/customers');
  await user.click(within(await table()).getByRole('checkbox', { name: 'Select the rows loaded so far' }));
  const bar = await screen.findByRole('region', { name: 'Selected customers' });
  await user.click(within(bar).getByRole('button', { name: 'Export 120' }));
  await user.click(await screen.findByRole('menuitem', { name: 'CSV' }));
  await waitFor(() => expect(saved).toHaveLength(1));
  expect(hub.asked(exportCustomersInSteps)[0]?.body).toEqual({
    format: 'csv',
    selection: { customerIds: rows.map(({ id }) => id) },
    sort: 'urgency',
    order: 'asc',
  });

  await user.click(within(bar).getByRole('button', { name: 'Select all 412' }));
  await user.click(within(await table()).getByRole('checkbox', { name: `Select ${rows[1]?.name}` }));
  await user.click(within(bar).getByRole('button', { name: 'Export 411' }));
  await user.click(await screen.findByRole('menuitem', { name: 'CSV' }));
  await waitFor(() => expect(saved).toHaveLength(2));
  expect(hub.asked(exportCustomersInSteps)[1]?.body).toMatchObject({ selection: { filter: `-id:${idOf(1)}` } });
}, 30_000);

test('one customer is exported from its row, also by who changes nothing', async () => {
  hub.on(getSession, aSession({}, 'partner_read_only'));
  const { saved } = exporting(whole);
  const user = userEvent.setup();
  renderHub('/customers');
  await user.click(await screen.findByRole('button', { name: `Actions for ${rows[2]?.name}` }));
  expect((await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent)).toEqual([
    'Open customer',
    'Export as CSV',
    'Export as XLSX',
  ]);
  await user.click(screen.getByRole('menuitem', { name: 'Export as XLSX' }));
  await waitFor(() => expect(saved).toHaveLength(1));
  expect(hub.asked(exportCustomersInSteps)[0]?.body).toMatchObject({
    format: 'xlsx',
    selection: { customerIds: [rows[2]?.id] },
  });
});

test('a long export tells how far it is, can be stopped, and a file that was cut off is not saved', async () => {
  const { saved } = exporting([]);
  const step = (rows: number) => `${JSON.stringify({ rows, of: 412, piece: btoa('x'), isWhole: false })}\n`;
  let send: ReadableStreamDefaultController<Uint8Array> | undefined;
  hub.on(exportCustomersInSteps, () => new Response(new ReadableStream({ start: (each) => void (send = each) })));
  const user = userEvent.setup();
  renderHub('/customers');
  render(
    <MantineProvider env="test">
      <Notifications />
    </MantineProvider>,
  );
  const start = async (): Promise<void> => {
    await user.click(await screen.findByRole('button', { name: 'Export 412' }));
    await user.click(await screen.findByRole('menuitem', { name: 'CSV' }));
    await waitFor(() => expect(send).toBeDefined());
    send?.enqueue(new TextEncoder().encode(step(200)));
    expect(await screen.findByRole('img', { name: '200 of 412 customers' })).toBeDefined();
  };
  await start();
  await user.click(await screen.findByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByRole('img', { name: '200 of 412 customers' })).toBeNull());
  await start();
  send?.close();
  expect(await screen.findByText('Something went wrong')).toBeDefined();
  expect(saved).toEqual([]);
});

test('groups are made of the filter, renamed with their version, shown and removed', async () => {
  hub
    .on(createCustomerGroup, group({ name: 'EU', filter: 'region:eu' }))
    .on(changeCustomerGroup, group({ name: 'Inns' }))
    .on(removeCustomerGroup, undefined);
  const user = userEvent.setup();
  const { router } = renderHub('/customers?q=region%3Aeu');
  await table();
  await user.click(await screen.findByRole('button', { name: 'Filters: 1' }));
  await user.click(await screen.findByRole('button', { name: 'Group' }));
  await user.click(await screen.findByRole('button', { name: 'Manage groups' }));
  const dialog = await screen.findByRole('dialog', { name: 'Customer groups' });
  await user.click(within(dialog).getByRole('button', { name: 'Create from the filter' }));
  expect(await within(dialog).findByText('Enter a value.')).toBeDefined();
  await user.type(within(dialog).getByRole('textbox', { name: 'Name of the group' }), 'EU');
  await user.click(within(dialog).getByRole('button', { name: 'Create from the filter' }));
  await waitFor(() => expect(bodies('POST')).toContainEqual({ name: 'EU', filter: 'region:eu' }));

  await user.click(await within(dialog).findByRole('button', { name: 'Edit the group “Full”' }));
  const filter = within(dialog).getByRole('textbox', { name: 'Filter' });
  await user.clear(filter);
  await user.type(filter, 'tag:(');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(bodies(changeCustomerGroup.method)).toEqual([]);
  expect(filter.getAttribute('aria-invalid')).toBe('true');
  await user.click(within(dialog).getByRole('button', { name: 'Take the present filter' }));
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(bodies(changeCustomerGroup.method)).toEqual([
      { name: 'Full', description: '', filter: 'region:eu', version: 4 },
    ]),
  );

  await user.click(await within(dialog).findByRole('button', { name: 'Remove the group “Hotels”' }));
  const question = await screen.findByRole('dialog', { name: 'Remove the group “Hotels”?' });
  await user.click(within(question).getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(hub.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1));
  const [shown] = await within(dialog).findAllByRole('button', { name: '12 customers' });
  await user.click(shown as HTMLElement);
  await waitFor(() => expect(router.state.location.search).toMatchObject({ q: 'group:Hotels' }));
}, 30_000);

test('a saved view is shared, and removed with a way back', async () => {
  hub
    .on(listSavedViews, {
      items: [
        aSavedView(),
        aSavedView({ id: '0193000a-0000-7000-8000-000000000002', name: 'Of Ina', isMine: false, isShared: true }),
      ],
    })
    .on(changeSavedView, aSavedView({ isShared: true }))
    .on(removeSavedView, undefined)
    .on(restoreSavedView, aSavedView());
  const user = userEvent.setup();
  renderHub('/customers?q=region%3Aeu');
  await table();
  await user.click(await screen.findByRole('button', { name: 'Saved views' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Manage views' }));
  const dialog = await screen.findByRole('dialog', { name: 'Saved views' });
  expect(within(dialog).queryByRole('button', { name: /Of Ina/ })).toBeNull();
  await user.click(within(dialog).getByRole('checkbox', { name: 'Shared with the partner' }));
  await waitFor(() => expect(bodies('PATCH')).toEqual([{ isShared: true }]));
  await user.click(within(dialog).getByRole('button', { name: 'Remove the view “My hotels, EU”' }));
  await waitFor(() => expect(hub.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1));
  // The very view comes back, not another of its name.
  render(
    <MantineProvider env="test">
      <Notifications />
    </MantineProvider>,
  );
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(hub.requests.filter(({ url }) => url.pathname.endsWith('/restore'))).toHaveLength(1));
});

test('columns and density are chosen, and stay for the next visit', async () => {
  const user = userEvent.setup();
  const { unmount } = renderHub('/customers');
  await table();
  expect(screen.queryByRole('columnheader', { name: 'Domain' })).toBeNull();
  await user.click(await screen.findByRole('button', { name: 'Choose columns' }));
  await user.click(await screen.findByRole('checkbox', { name: 'Domain' }));
  await user.click(screen.getByRole('checkbox', { name: 'Tags' }));
  expect(await screen.findByRole('columnheader', { name: 'Domain' })).toBeDefined();
  expect(screen.queryByRole('columnheader', { name: 'Tags' })).toBeNull();
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: 'Row density: Comfortable' }));
  unmount();
  renderHub('/customers');
  expect(within(await table()).getByRole('columnheader', { name: 'Domain' })).toBeDefined();
  expect((await screen.findByRole('button', { name: 'Row density: Compact' })).getAttribute('aria-pressed')).toBe(
    'true',
  );
});

test('the query bar by keyboard alone: arrows choose, Tab completes, Escape closes and empties, Backspace takes back', async () => {
  const user = userEvent.setup();
  const { router } = renderHub('/customers');
  await table();
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Filters' });
  field.focus();
  await user.keyboard('stat');
  await screen.findByRole('option', { name: /^Status/ });
  await user.keyboard('{Tab}');
  expect(field.value).toBe('status:');
  expect(document.activeElement).toBe(field);
  await screen.findByRole('option', { name: /Trial 31/ });
  const options = screen.getAllByRole('option');
  const chosen = () => screen.getByRole('option', { selected: true });
  expect(chosen()).toBe(options[0]);
  await user.keyboard('{ArrowDown}');
  expect(chosen()).toBe(options[1]);
  expect(field.getAttribute('aria-activedescendant')).toBe(chosen().id);
  await user.keyboard('{ArrowUp}{ArrowUp}');
  expect(chosen()).toBe(options.at(-1));
  await user.keyboard('tri');
  await waitFor(() => expect(chosen().textContent).toContain('Trial'));
  await user.keyboard('{Enter}');
  await waitFor(() => expect(router.state.location.search).toMatchObject({ q: 'status:trial' }));
  expect(field.value).toBe('');
  await user.keyboard('reg');
  await screen.findByRole('option', { name: /^Region/ });
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('option')).toBeNull();
  expect(field.value).toBe('reg');
  await user.keyboard('{Escape}');
  expect(field.value).toBe('');
  await user.keyboard('{Backspace}');
  await waitFor(() => expect(router.state.location.search).toMatchObject({ q: '' }));
  await user.tab();
  expect(document.activeElement).not.toBe(field);
});

test('on a phone rows are chosen by their boxes, and the bar below acts on them', async () => {
  onPhone();
  const user = userEvent.setup();
  renderHub('/customers');
  await screen.findByRole('link', { name: 'Alder & Finch Logistics' });
  expect(screen.queryByRole('checkbox')).toBeNull();
  await user.click(await screen.findByRole('button', { name: 'Select' }));
  await user.click(await screen.findByRole('checkbox', { name: `Select ${rows[0]?.name}` }));
  await user.click(screen.getByRole('checkbox', { name: `Select ${rows[2]?.name}` }));
  const bar = await screen.findByRole('region', { name: 'Selected customers' });
  expect(within(bar).getByText('2 selected')).toBeDefined();
  await user.click(within(bar).getByRole('button', { name: 'More actions' }));
  expect(await screen.findAllByRole('menuitem')).toHaveLength(7);
  await user.click(screen.getByRole('menuitem', { name: 'Add to group' }));
  expect(await screen.findByRole('dialog', { name: 'Add to group: 2 customers' })).toBeDefined();
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: 'Done' }));
  expect(screen.queryByRole('checkbox')).toBeNull();
  expect(screen.queryByRole('region', { name: 'Selected customers' })).toBeNull();
});

test('records are imported from the list and from its empty state, by those who may', async () => {
  hub.on(listCustomers, aCustomerPage([])).on(countCustomers, { matching: 0, all: 0 });
  const user = userEvent.setup();
  const { unmount } = renderHub('/customers');
  await screen.findByText('No customers yet');
  await waitFor(() => expect(screen.getAllByRole('button', { name: 'Import records' })).toHaveLength(2));
  await user.click(screen.getAllByRole('button', { name: 'Import records' })[1] as HTMLElement);
  expect(await screen.findByRole('dialog', { name: 'Import records' })).toBeDefined();
  unmount();
  hub.on(getSession, aSession({}, 'partner_read_only'));
  renderHub('/customers');
  await screen.findByText('No customers yet');
  expect(screen.queryByRole('button', { name: 'Import records' })).toBeNull();
});
