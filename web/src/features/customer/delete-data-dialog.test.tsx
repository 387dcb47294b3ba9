import { getCustomer, listStatusHistory } from '@hub/contract/customers';
import { deleteCustomerData, getCustomerData } from '@hub/contract/deletions';
import { listImports } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import { listSubscriptions } from '@hub/contract/subscriptions';
import { listTrials } from '@hub/contract/trials';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { aCustomer, aHistory, customerId, someSubscriptions } from '../../testing/customer-fixtures.ts';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const name = 'Quayside Insurance';
const feed = { feed: 'webex_call_history', stored: 1200, held: 0, rejected: 1, firstDay: null, lastDay: null };

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(getCustomer, aCustomer())
    .on(listStatusHistory, aHistory())
    .on(listSubscriptions, someSubscriptions())
    .on(listTrials, { items: [] })
    .on(getCustomerData, {
      customerName: name,
      orgUuid: null,
      regions: [{ region: 'eu', feeds: [feed] }],
      unavailable: ['us'],
      record: { subscriptions: 2, trials: 0, orders: 0, invoices: 1 },
    });
});

test('tells what is there, and deletes only after the name was typed', async () => {
  hub.on(deleteCustomerData, {
    id: '01930099-0000-7000-8000-000000000001',
    customerId,
    orgUuid: null,
    subject: 'customer',
    takesRecord: true,
    askedBy: null,
    askedAt: '2026-11-23T09:00:00.000Z',
    begunAt: null,
    endedAt: null,
    regions: [],
    sha256: null,
  });
  renderHub(`/customers/${customerId}`);
  await userEvent.click(await screen.findByRole('button', { name: 'More actions' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete data' }));
  const dialog = await screen.findByRole('dialog');
  expect(await within(dialog).findByText('Call history: 1,200 rows, 0 held, 1 rejected')).toBeTruthy();
  expect(within(dialog).getByText(/^United States \(US\) does not answer/)).toBeTruthy();
  expect(within(dialog).getByText(/2 subscriptions, 0 trials, 0 order lines, 1 invoice line/)).toBeTruthy();
  const button = within(dialog).getByRole('button', { name: 'Delete data' });
  expect(button).toHaveProperty('disabled', true);
  await userEvent.click(within(dialog).getByRole('radio', { name: 'The data and the customer' }));
  await userEvent.type(within(dialog).getByRole('textbox'), name);
  await userEvent.click(button);
  await waitFor(() =>
    expect(hub.requests.find(({ url }) => url.pathname.endsWith('/deletions'))?.body).toEqual({
      name,
      takesRecord: true,
    }),
  );
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a role without the permission is not offered it', async () => {
  hub.on(getSession, aSession({}, 'partner_admin'));
  renderHub(`/customers/${customerId}`);
  await userEvent.click(await screen.findByRole('button', { name: 'More actions' }));
  expect(await screen.findByRole('menuitem', { name: 'Record last sign-in' })).toBeTruthy();
  expect(screen.queryByRole('menuitem', { name: 'Delete data' })).toBeNull();
});
