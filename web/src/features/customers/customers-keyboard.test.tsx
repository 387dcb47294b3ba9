import { listBulkJobs, previewBulkJob, startBulkJob } from '@hub/contract/bulk-jobs';
import { listTags } from '@hub/contract/customer-tags';
import { countCustomers, createCustomer, listCustomerFacet, listCustomers } from '@hub/contract/customers';
import { createSavedView } from '@hub/contract/saved-views';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { onPhone } from '../../testing/on-phone.ts';
import { aBulkJob, aCustomerPage, aCustomerRow, aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listCustomers, aCustomerPage([aCustomerRow(0), aCustomerRow(1)]))
    .on(countCustomers, { matching: 2, all: 2 })
    .on(listCustomerFacet, { items: [] })
    .on(listBulkJobs, { items: [] })
    .on(listTags, { items: [] });
});

const table = () => screen.findByRole('grid', { name: 'Customers' });
const addCustomer = async (user: ReturnType<typeof userEvent.setup>) => {
  await table();
  await user.click(screen.getByRole('button', { name: 'Add customer' }));
  return screen.findByRole('textbox', { name: 'Name' });
};

test('Enter and Tab take the first country that fits what was typed', async () => {
  const user = userEvent.setup();
  renderHub('/customers');
  await addCustomer(user);
  const country = screen.getByRole('combobox', { name: 'Country' });
  await user.type(country, 'Bulg{Enter}');
  expect(country).toHaveProperty('value', 'Bulgaria');
  await user.clear(country);
  await user.type(country, 'Germ');
  await user.tab();
  await waitFor(() => expect(country).toHaveProperty('value', 'Germany'));
});

test('a form that lacks something leads to the first field that lacks it', async () => {
  const user = userEvent.setup();
  renderHub('/customers');
  const name = await addCustomer(user);
  const submit = within(screen.getByRole('dialog')).getByRole('button', { name: 'Add customer' });
  await user.click(submit);
  await waitFor(() => expect(document.activeElement).toBe(name));
  await user.type(name, 'Brightwater');
  await user.click(submit);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Country' })));
  expect(hub.asked(createCustomer)).toEqual([]);
});

test('a name that is too long is not cut but refused', async () => {
  const user = userEvent.setup();
  renderHub('/customers');
  const name = await addCustomer(user);
  await user.click(name);
  await user.paste('a'.repeat(5000));
  await user.type(screen.getByRole('combobox', { name: 'Country' }), 'Bulg{Enter}');
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Add customer' }));
  expect(await screen.findByText('The text is too long: at most 200 characters fit.')).toBeDefined();
  expect(hub.asked(createCustomer)).toEqual([]);
});

test('nor is the name of a view', async () => {
  const user = userEvent.setup();
  renderHub('/customers');
  await table();
  await user.click(await screen.findByRole('button', { name: 'Saved views' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Save view' }));
  await user.click(await screen.findByRole('textbox', { name: 'Name' }));
  await user.paste('b'.repeat(61));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('The text is too long: at most 60 characters fit.')).toBeDefined();
  expect(hub.asked(createSavedView)).toEqual([]);
});

test('through the steps of a bulk act the focus is never lost', async () => {
  hub
    .on(previewBulkJob, { total: 1, changed: 1, unchanged: 0, failed: 0, refusals: [], tags: [] })
    .on(startBulkJob, aBulkJob({ total: 1 }));
  const user = userEvent.setup();
  renderHub('/customers');
  const grid = await table();
  await user.click(within(grid).getByRole('checkbox', { name: `Select ${aCustomerRow(0).name}` }));
  await user.click(await screen.findByRole('button', { name: 'Add tags' }));
  await user.type(await screen.findByRole('textbox', { name: 'Tags' }), 'renew-q1{Enter}');
  await user.click(screen.getByRole('button', { name: 'Check first' }));
  const start = await screen.findByRole('button', { name: /^Change 1 customer/ });
  expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true);
  await user.click(start);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(document.getElementById('content')?.contains(document.activeElement)).toBe(true));
});

test('by keys alone the statuses of a row are told in words, since when, and what to do; then the list goes on', async () => {
  const user = userEvent.setup();
  const { router } = renderHub('/customers');
  const { name, id } = aCustomerRow(0);
  (await within(await table()).findByRole('link', { name })).focus();
  await user.keyboard('{ArrowRight}');
  const badges = document.activeElement;
  expect(badges?.textContent).toContain('Suspended');
  await user.keyboard('{Enter}');
  const told = await screen.findByRole('dialog', { name: `Statuses: ${name}` });
  expect(told.textContent).toContain('Payment has been overdue on Sub-4700 for 12 days');
  expect(told.textContent).toContain('Since Nov 12, 2026');
  expect(told.textContent).toContain('Subscription Sub-4700 is active');
  await waitFor(() => expect(told.contains(document.activeElement)).toBe(true));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(document.activeElement).toBe(badges);
  await user.keyboard('{Enter}');
  await user.click(await screen.findByRole('link', { name: 'Check the payment' }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/customers/${id}`));
  expect(router.state.location.search).toMatchObject({ tab: 'subscriptions' });
});

test('on a phone a finger finds the same', async () => {
  onPhone();
  const user = userEvent.setup();
  renderHub('/customers');
  await user.click(await screen.findByRole('button', { name: /^License overage/ }));
  const told = await screen.findByRole('dialog', { name: `Statuses: ${aCustomerRow(1).name}` });
  expect(told.textContent).toContain('4 licenses over for Webex Calling on Sub-4701 for 12 days');
  expect(within(told).getByRole('link', { name: 'Compare licenses' })).toBeDefined();
});

test('what ended a while ago is no news', async () => {
  hub.on(listBulkJobs, {
    items: [aBulkJob({ state: 'done', looked: 148, changed: 148, endedAt: '2020-01-01T00:00:00.000Z' })],
  });
  renderHub('/customers');
  await table();
  await waitFor(() => expect(hub.asked(listBulkJobs).length).toBeGreaterThan(0));
  expect(screen.queryByRole('region', { name: 'Work in progress' })).toBeNull();
});

test('every column has a name', async () => {
  renderHub('/customers');
  const heads = within(await table()).getAllByRole('columnheader');
  expect(heads.slice(1).filter((head) => (head.textContent ?? '').trim() === '')).toEqual([]);
});

test('the focus stays in its place when other rows come', async () => {
  const { client } = renderHub('/customers');
  const linkOf = async (row: number) => within(await table()).findByRole('link', { name: aCustomerRow(row).name });
  (await linkOf(1)).focus();
  hub.on(listCustomers, aCustomerPage([aCustomerRow(2), aCustomerRow(3)]));
  await client.invalidateQueries({ queryKey: ['customers'] });
  const link = await linkOf(3);
  await waitFor(() => expect(document.activeElement).toBe(link));
});

test('who has left the table is not brought back when other rows come', async () => {
  const { client } = renderHub('/customers');
  const linkOf = async (row: number) => within(await table()).findByRole('link', { name: aCustomerRow(row).name });
  const link = await linkOf(1);
  link.focus();
  link.blur();
  hub.on(listCustomers, aCustomerPage([aCustomerRow(2), aCustomerRow(3)]));
  await client.invalidateQueries({ queryKey: ['customers'] });
  await linkOf(3);
  expect(document.activeElement).toBe(document.body);
});
