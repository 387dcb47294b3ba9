import { getCustomer, listStatusHistory } from '@hub/contract/customers';
import { deletePersonData, findPersonData } from '@hub/contract/deletions';
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
const userUuid = '5a3f1c9e-0d4b-4c1a-9b57-2f6d8e7a1b03';
const calls = {
  feed: 'webex_call_history',
  stored: 1200,
  held: 0,
  rejected: 1,
  named: 7,
  firstDay: '2026-11-01',
  lastDay: '2026-11-20',
};

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(getCustomer, aCustomer())
    .on(listStatusHistory, aHistory())
    .on(listSubscriptions, someSubscriptions())
    .on(listTrials, { items: [] })
    .on(findPersonData, {
      regions: [{ region: 'eu', feeds: [calls] }],
      unavailable: ['us'],
      contactFields: 1,
      alsoKnown: { userUuids: [], emails: ['ada@example.com'], numbers: ['4111'], names: [] },
    })
    .on(deletePersonData, {
      id: '01930099-0000-7000-8000-000000000001',
      customerId,
      orgUuid: null,
      subject: 'person',
      takesRecord: false,
      askedBy: null,
      askedAt: '2026-11-23T09:00:00.000Z',
      begunAt: null,
      endedAt: null,
      regions: [],
      sha256: null,
    });
});

const asked = (path: string): unknown[] =>
  hub.requests.filter(({ url }) => url.pathname.endsWith(path)).map(({ body }) => body);

async function opened(): Promise<HTMLElement> {
  renderHub(`/customers/${customerId}`);
  await userEvent.click(await screen.findByRole('button', { name: 'More actions' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete a person’s data' }));
  return screen.findByRole('dialog');
}

test('shows what there is of a person, takes up what else they are known by, and deletes after the name was typed', async () => {
  const dialog = await opened();
  const find = within(dialog).getByRole('button', { name: 'Show what there is' });
  expect(find).toHaveProperty('disabled', true);
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'User UUID' }), userUuid);
  await userEvent.click(find);
  expect(await within(dialog).findByText(/^Call history: 1,200 rows, 0 held, 1 rejected/)).toBeTruthy();
  expect(within(dialog).getByText(/^7 records of others name them/)).toBeTruthy();
  expect(within(dialog).getByText(/^United States \(US\) does not answer/)).toBeTruthy();
  expect(within(dialog).getByText(/^The contact of the customer names them/)).toBeTruthy();
  // One more number: what there is must be asked for anew, and that the number is meant must be said.
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add 4111' }));
  expect(within(dialog).queryByText(/^Call history/)).toBeNull();
  await userEvent.click(within(dialog).getByRole('button', { name: 'Show what there is' }));
  const typed = await within(dialog).findByRole('textbox', { name: `Type this to confirm: ${userUuid}` });
  const act = within(dialog).getByRole('button', { name: 'Delete a person’s data' });
  await userEvent.type(typed, userUuid.toUpperCase());
  expect(act).toHaveProperty('disabled', true);
  await userEvent.click(within(dialog).getByRole('checkbox'));
  await userEvent.click(act);
  await waitFor(() =>
    expect(asked('/person-deletions')).toEqual([
      {
        userUuid,
        emails: [],
        numbers: ['4111'],
        names: [],
        confirm: userUuid.toUpperCase(),
        sharedIsMeant: true,
      },
    ]),
  );
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('what is no UUID is not asked for', async () => {
  const dialog = await opened();
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'User UUID' }), 'Ada');
  expect(within(dialog).getByText('This is not a UUID.')).toBeTruthy();
  await userEvent.click(within(dialog).getByRole('button', { name: 'Show what there is' }));
  expect(asked('/person-data')).toEqual([]);
});

test('a customer without an organization, and a role without the permission, are not offered it', async () => {
  hub.on(getCustomer, { ...aCustomer(), orgUuid: null });
  const { unmount } = renderHub(`/customers/${customerId}`);
  await userEvent.click(await screen.findByRole('button', { name: 'More actions' }));
  expect(await screen.findByRole('menuitem', { name: 'Delete data' })).toBeTruthy();
  expect(screen.queryByRole('menuitem', { name: 'Delete a person’s data' })).toBeNull();
  unmount();
  hub.on(getCustomer, aCustomer()).on(getSession, aSession({}, 'partner_admin'));
  renderHub(`/customers/${customerId}`);
  await userEvent.click(await screen.findByRole('button', { name: 'More actions' }));
  expect(await screen.findByRole('menuitem', { name: 'Record last sign-in' })).toBeTruthy();
  expect(screen.queryByRole('menuitem', { name: 'Delete a person’s data' })).toBeNull();
});
