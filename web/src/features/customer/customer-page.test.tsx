import { listAuditEvents } from '@hub/contract/audit';
import { getCallingUsage } from '@hub/contract/calling-usage';
import { explainEmpty, getCustomerFreshness } from '@hub/contract/freshness';
import {
  changeCustomer,
  getCustomer,
  listCustomers,
  listStatusHistory,
  mergeCustomer,
  previewMerge,
  recordSignIn,
} from '@hub/contract/customers';
import { changeCustomerTags, listTags } from '@hub/contract/customer-tags';
import { listImports } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import { listSubscriptions } from '@hub/contract/subscriptions';
import { listTrials } from '@hub/contract/trials';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { aCustomer, aHistory, aTag, aTrial, customerId, someSubscriptions } from '../../testing/customer-fixtures.ts';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aCoverage, anAuditEvent, aSession, aUsagePage, aUsageRow } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const address = `/customers/${customerId}`;
const bodyOf = (endpoint: { method: string }, part: string): unknown =>
  hub.requests.findLast(({ method, url }) => method === endpoint.method && url.pathname.endsWith(part))?.body;

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(getCustomer, aCustomer())
    .on(listStatusHistory, aHistory())
    .on(listSubscriptions, someSubscriptions())
    .on(listTrials, { items: [aTrial()] });
});

test('says who it is, why it has its statuses, and where it is kept', async () => {
  renderHub(address);
  expect(await screen.findByRole('heading', { level: 1, name: 'Quayside Insurance' })).toBeTruthy();
  expect(screen.getByText('7d10c2f4-58aa-4e1b-9f60-3c2b81de90a7')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Copy External ID' })).toBeTruthy();
  expect(screen.getByRole('button', { name: /The country \(Netherlands\) decided it/ })).toBeTruthy();
  expect(await screen.findByText('15 licenses over for Webex Meetings on Sub-4711 for 12 days')).toBeTruthy();
  const licenses = await screen.findByRole('table', { name: 'Licenses by product' });
  expect(
    within(licenses).getByRole('row', { name: /Webex Meetings 295 of 280 licenses assigned, 15 over/ }),
  ).toBeTruthy();
  const history = await screen.findByRole('table', { name: 'Status history' });
  expect(within(history).getByRole('row', { name: 'Suspended Jun 2, 2026 Jun 9, 2026' })).toBeTruthy();
});

test('tabs stand in the address, and only those that the role includes are there', async () => {
  hub.on(getSession, aSession({}, 'help_desk_basic'));
  const { router } = renderHub(`${address}?tab=subscriptions`);
  const tabs = await screen.findByRole('navigation', { name: 'Parts of the page of Quayside Insurance' });
  expect(
    within(tabs)
      .getAllByRole('link')
      .map((link) => link.textContent),
  ).toEqual(['Overview', 'Activity']);
  expect(screen.queryByRole('heading', { name: 'Licenses by product' })).toBeNull();
  expect(screen.queryByRole('link', { name: 'Compare licenses' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
  expect(screen.queryByRole('button', { name: /Edit tags/ })).toBeNull();
  hub.on(listAuditEvents, { items: [anAuditEvent()], next: null, actions: [] });
  await userEvent.click(within(tabs).getByRole('link', { name: 'Activity' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ tab: 'activity' }));
  expect(await screen.findByRole('list', { name: 'Entries, newest first' })).toBeTruthy();
  expect(hub.asked(listAuditEvents).at(-1)?.url.searchParams.get('customerId')).toBe(customerId);
});

test('a customer of somebody else is not told from one that does not exist', async () => {
  hub.refuse(getCustomer, 'customer_not_found');
  renderHub(address);
  expect(await screen.findByRole('heading', { name: 'This customer is not here' })).toBeTruthy();
});

test('calls of the last 30 days in numbers, with the way to all of them', async () => {
  hub.on(getCallingUsage, aUsagePage([aUsageRow(0)])).on(getCustomerFreshness, aCoverage());
  renderHub(`${address}?tab=calling`);
  expect(await screen.findByRole('heading', { name: 'Calling usage, last 30 days' })).toBeTruthy();
  expect(screen.getByText('Total calls')).toBeTruthy();
  const link = screen.getByRole('link', { name: 'Show in Calling usage' });
  expect(link.getAttribute('href')).toBe(
    `/analytics/calling-usage?region=eu&from=2026-10-26&to=2026-11-24&customerId=${customerId}`,
  );
});

test('without calls the tab says why once, and shows the days that have data', async () => {
  hub
    .on(getCallingUsage, aUsagePage([]))
    .on(getCustomerFreshness, aCoverage())
    .on(explainEmpty, { reasons: [{ code: 'ended_before', lastDay: '2026-10-20' }] });
  const { router } = renderHub(`${address}?tab=calling`);
  expect(await screen.findByText(/ends on Oct 20, 2026/)).toBeTruthy();
  expect(await screen.findByRole('grid', { name: 'Days with data: Call history' })).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: /^Show Sep 21\s–\sOct 20, 2026$/ }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/analytics/calling-usage'));
  expect(router.state.location.search).toMatchObject({ from: '2026-09-21', to: '2026-10-20', customerId });
});

test('where nothing was ever imported the tab says so, and the calendar does not say it again', async () => {
  hub
    .on(getCallingUsage, aUsagePage([]))
    .on(getCustomerFreshness, { ...aCoverage(), feeds: [] })
    .on(explainEmpty, { reasons: [{ code: 'never_imported' }] });
  renderHub(`${address}?tab=calling`);
  expect(await screen.findByText('Call history: nothing of this customer yet')).toBeTruthy();
  await waitFor(() => expect(screen.queryByLabelText('Loading…')).toBeNull());
  expect(screen.getAllByText(/nothing of this customer/)).toHaveLength(1);
});

test('a tag is created by typing, with its color, and a known one is offered', async () => {
  hub.on(listTags, { items: [aTag()] }).on(changeCustomerTags, { tags: [], gone: [] });
  renderHub(address);
  await userEvent.click(await screen.findByRole('button', { name: 'Edit tags of Quayside Insurance' }));
  const field = await screen.findByRole('combobox', { name: 'Add tag' });
  expect(await screen.findByRole('option', { name: /renew-q1/ })).toBeTruthy();
  await userEvent.type(field, 'North');
  await userEvent.click(screen.getByRole('radio', { name: 'Violet' }));
  await userEvent.type(screen.getByRole('combobox', { name: 'Add tag' }), '{Enter}');
  await waitFor(() =>
    expect(bodyOf(changeCustomerTags, '/tags')).toEqual({
      add: [{ name: 'North', color: 'violet', description: '' }],
    }),
  );
  await userEvent.type(field, 'twenty-six characters, no!');
  expect(screen.getByText('A tag can have up to 25 characters.')).toBeTruthy();
  // What is pasted into the description is not cut but refused, and stays to be shortened.
  const asked = hub.requests.length;
  await userEvent.clear(field);
  await userEvent.type(field, 'South');
  const description = await screen.findByRole('textbox', { name: /Description/ });
  await userEvent.click(description);
  await userEvent.paste('x'.repeat(201));
  expect(description).toHaveProperty('value', 'x'.repeat(201));
  expect(screen.getByText('The text is too long: at most 200 characters fit.')).toBeTruthy();
  await userEvent.keyboard('{Enter}');
  await userEvent.type(screen.getByRole('combobox', { name: 'Add tag' }), '{Enter}');
  expect(hub.requests.slice(asked).some(({ method }) => method === 'PATCH')).toBe(false);
});

test('a tag that disappeared with its last holder comes back by undo', async () => {
  const gone = aTag({ id: aCustomer()?.tags[0]?.id, name: 'finance', color: 'blue', description: 'Banks' });
  hub.on(listTags, { items: [gone] }).on(changeCustomerTags, { tags: [], gone: [gone] });
  renderHub(address);
  render(
    <MantineProvider env="test">
      <Notifications />
    </MantineProvider>,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Edit tags of Quayside Insurance' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove tag finance' }));
  await waitFor(() => expect(bodyOf(changeCustomerTags, '/tags')).toEqual({ remove: [gone.id] }));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  const back = { name: 'finance', color: 'blue', description: 'Banks' };
  await waitFor(() => expect(bodyOf(changeCustomerTags, '/tags')).toEqual({ add: [back] }));
});

test('two people edit: the second is told which field changed, keeps what they typed, and chooses', async () => {
  hub.refuse(changeCustomer, 'changed_meanwhile');
  renderHub(address);
  await userEvent.click(await screen.findByRole('button', { name: 'Edit' }));
  const dialog = await screen.findByRole('dialog', { name: 'Edit Quayside Insurance' });
  const name = within(dialog).getByRole('textbox', { name: 'Name' });
  await userEvent.clear(name);
  await userEvent.type(name, 'Quayside Group');
  hub.on(getCustomer, aCustomer({ version: 4, name: 'Quayside plc', externalId: 'HC-9' }));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  const notice = await within(dialog).findByRole('alert');
  const names = within(notice).getByRole('group', { name: 'Name' });
  expect(within(names).getByRole<HTMLInputElement>('radio', { name: 'Yours: Quayside Group' }).checked).toBe(true);
  expect(within(notice).getByRole<HTMLInputElement>('radio', { name: 'Theirs: HC-9' }).checked).toBe(true);
  expect(within(dialog).getByRole<HTMLInputElement>('textbox', { name: /External ID/ }).value).toBe('HC-9');
  expect(name).toHaveProperty('value', 'Quayside Group');
  await userEvent.click(within(names).getByRole('radio', { name: 'Theirs: Quayside plc' }));
  expect(name).toHaveProperty('value', 'Quayside plc');
  hub.on(changeCustomer, aCustomer({ version: 5 }));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(bodyOf(changeCustomer, customerId)).toMatchObject({ name: 'Quayside plc', externalId: 'HC-9', version: 4 });
});

test('what the contract would refuse is said at its field', async () => {
  renderHub(address);
  await userEvent.click(await screen.findByRole('button', { name: 'Edit' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(within(dialog).getByRole('textbox', { name: /Domain/ }), ' and more');
  await userEvent.type(within(dialog).getByRole('textbox', { name: /Contact email/ }), '@@');
  await userEvent.clear(within(dialog).getByRole('textbox', { name: 'Name' }));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(await within(dialog).findByText('Enter a domain, such as example.com.')).toBeTruthy();
  expect(within(dialog).getByText('Enter a valid email address.')).toBeTruthy();
  expect(within(dialog).getByText('Enter a value.')).toBeTruthy();
});

test('merging shows what moves and wants the other named', async () => {
  const other = aCustomer({
    id: '01930004-0000-7000-8000-000000000009',
    name: 'Quay Ins.',
    orgUuid: null,
    externalId: 'OLD-1',
    statuses: [],
  });
  hub
    .on(listCustomers, { items: [other], next: null, today: '2026-11-24' })
    .on(getCustomer, ({ url }: { url: URL }) => (url.pathname.endsWith('9') ? other : aCustomer()))
    .on(previewMerge, { tagsLeft: ['late'], groups: ['Hotels'], administrators: 2, administratorNames: null })
    .on(mergeCustomer, { ...aCustomer(), tagsLeft: ['late'] });
  renderHub(address);
  await userEvent.click(await screen.findByRole('button', { name: 'More actions' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Merge with another customer' }));
  const dialog = await screen.findByRole('dialog', { name: 'Merge another customer into Quayside Insurance' });
  await userEvent.click(within(dialog).getByRole('combobox', { name: 'Customer to take in' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Quay Ins. · OLD-1' }));
  expect(await within(dialog).findByText('1 subscription and 1 trial')).toBeTruthy();
  for (const text of ['Groups: Hotels', '2 assigned administrators', /No room for these tags.*: late/])
    expect(within(dialog).getByText(text)).toBeTruthy();
  const submit = within(dialog).getByRole('button', { name: 'Merge and remove the other' });
  await userEvent.click(submit);
  expect(within(dialog).getByText('The name is not the same.')).toBeTruthy();
  await userEvent.type(
    within(dialog).getByRole('textbox', { name: 'To confirm, type the name: Quay Ins.' }),
    'Quay Ins.',
  );
  await userEvent.click(submit);
  await waitFor(() => expect(bodyOf(mergeCustomer, '/merge')).toEqual({ otherCustomerId: other?.id }));
});

test('a sign-in cannot lie in the future', async () => {
  hub.on(recordSignIn, { isKnown: true, on: '2026-11-23' });
  renderHub(address);
  await userEvent.click(await screen.findByRole('button', { name: 'More actions' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Record last sign-in' }));
  const dialog = await screen.findByRole('dialog');
  const field = within(dialog).getByLabelText('Last sign-in of an administrator');
  await userEvent.clear(field);
  await userEvent.type(field, '2026-11-25');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(within(dialog).getByText('The date must not lie in the future.')).toBeTruthy();
  await userEvent.clear(field);
  await userEvent.type(field, '2026-11-23');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(bodyOf(recordSignIn, '/last-sign-in')).toEqual({ on: '2026-11-23' }));
});
