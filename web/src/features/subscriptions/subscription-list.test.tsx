import { getCustomer, listStatusHistory } from '@hub/contract/customers';
import { listImports } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import {
  changeSubscription,
  createSubscription,
  listSubscriptions,
  removeSubscription,
} from '@hub/contract/subscriptions';
import { listTrials } from '@hub/contract/trials';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { aCustomer, aHistory, customerId, someSubscriptions } from '../../testing/customer-fixtures.ts';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const address = `/customers/${customerId}?tab=subscriptions`;
const bodyOf = (method: string): unknown => hub.requests.findLast((request) => request.method === method)?.body;

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(getCustomer, aCustomer())
    .on(listStatusHistory, aHistory())
    .on(listTrials, { items: [] })
    .on(listSubscriptions, someSubscriptions());
});

test('a subscription tells its term, its states with the provider’s words, and its licenses', async () => {
  renderHub(address);
  const subscription = await screen.findByRole('region', { name: 'Sub-4711' });
  expect(within(subscription).getByText('renews in 80 days, on Feb 12, 2027')).toBeTruthy();
  expect(within(subscription).getByText('12 months')).toBeTruthy();
  expect(within(subscription).getByText('Set up with errors')).toBeTruthy();
  expect(within(subscription).getByText('Provider: “Number porting rejected”')).toBeTruthy();
  const row = within(subscription).getByRole('row', { name: /^Webex Messaging 80 licenses; how many are assigned/ });
  expect(
    within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['', '', '80', '', '']);
});

test('a role that only looks has nothing to change', async () => {
  hub.on(getSession, aSession({}, 'partner_read_only'));
  renderHub(address);
  await screen.findByRole('region', { name: 'Sub-4711' });
  expect(screen.queryByRole('button', { name: /Add|Edit|Remove/ })).toBeNull();
});

test('a new one: faults stand at their fields, a product once, and what was typed is sent', async () => {
  hub.on(listSubscriptions, { items: [] }).on(createSubscription, someSubscriptions()?.items[0]);
  renderHub(address);
  await userEvent.click(await screen.findByRole('button', { name: 'Add subscription' }));
  const dialog = await screen.findByRole('dialog', { name: 'Add a subscription of Quayside Insurance' });
  const submit = within(dialog).getByRole('button', { name: 'Add subscription' });
  await userEvent.click(submit);
  expect(await within(dialog).findByText('Enter a value.')).toBeTruthy();
  expect(within(dialog).getByText('Enter a whole number.')).toBeTruthy();
  expect(within(dialog).getByText('Enter a date.')).toBeTruthy();
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Subscription ID' }), 'Sub-1');
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Purchased' }), '40');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add product' }));
  expect(within(dialog).getAllByRole('combobox', { name: 'Product' })).toHaveLength(2);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Remove Call on Webex' }));
  await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Without end' }));
  await userEvent.click(submit);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(bodyOf('POST')).toEqual({
    reference: 'Sub-1',
    lines: [{ product: 'calling', ordered: 40, assigned: null }],
    startsOn: '2026-11-24',
    endsOn: null,
    termMonths: 12,
    autoRenews: true,
    paymentState: 'current',
    setupState: 'provisioned',
    setupNote: null,
  });
});

test('an end before the start, and an ID that is in use, are told at the field', async () => {
  hub.refuse(changeSubscription, 'contract_reference_taken', { reference: 'Sub-9', customerName: 'Kestrel Mutual' });
  renderHub(address);
  await userEvent.click(await screen.findByRole('button', { name: 'Edit Sub-4711' }));
  const dialog = await screen.findByRole('dialog', { name: 'Edit Sub-4711' });
  const end = within(dialog).getByLabelText('End date');
  await userEvent.clear(end);
  await userEvent.type(end, '2026-02-12');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(await within(dialog).findByText('The end must not be before the start.')).toBeTruthy();
  await userEvent.clear(end);
  await userEvent.type(end, '2027-02-12');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(await within(dialog).findByText(/There is a subscription or trial Sub-9 already, of Kestrel/)).toBeTruthy();
});

test('two people edit: products and dates of the first are taken over, what the second typed stays', async () => {
  hub.refuse(changeSubscription, 'changed_meanwhile');
  renderHub(address);
  await userEvent.click(await screen.findByRole('button', { name: 'Edit Sub-4711' }));
  const dialog = await screen.findByRole('dialog', { name: 'Edit Sub-4711' });
  const term = within(dialog).getByRole('textbox', { name: /Term in months/ });
  await userEvent.clear(term);
  await userEvent.type(term, '24');
  hub.on(
    listSubscriptions,
    someSubscriptions({ version: 6, termMonths: 36, lines: [{ product: 'calling', ordered: 400, assigned: 331 }] }),
  );
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  const notice = await within(dialog).findByRole('alert');
  expect(within(notice).getByRole<HTMLInputElement>('radio', { name: 'Yours: 24' }).checked).toBe(true);
  expect(
    within(notice).getByRole<HTMLInputElement>('radio', { name: 'Theirs: Webex Calling: 331 of 400 assigned' }).checked,
  ).toBe(true);
  hub.on(changeSubscription, someSubscriptions()?.items[0]);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(bodyOf('PUT')).toMatchObject({
    version: 6,
    termMonths: 24,
    lines: [{ product: 'calling', ordered: 400, assigned: 331 }],
  });
});

test('removing asks once and names it', async () => {
  hub.refuse(removeSubscription, 'contract_ended', { reference: 'Sub-4711' });
  renderHub(address);
  await userEvent.click(await screen.findByRole('button', { name: 'Remove Sub-4711' }));
  const dialog = await screen.findByRole('dialog', { name: 'Remove Sub-4711?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Remove subscription' }));
  expect(await within(dialog).findByText(/What has ended is kept/)).toBeTruthy();
});
