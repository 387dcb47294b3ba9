import { listCustomerGroups } from '@hub/contract/customer-groups';
import {
  assignCustomers,
  assignGroups,
  changeAdministratorRole,
  inviteAdministrator,
  listAdministrators,
  listAssignableCustomers,
  removeAdministrator,
} from '@hub/contract/administrators';
import { listImports } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { FakeHub } from '../../testing/fake-hub.ts';
import { anAdministrator, anInvitation, aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const you = anAdministrator({
  personId: aSession().person.id,
  name: 'Jordan Vale',
  email: 'jordan.vale@halyard.example',
  role: 'partner_full',
  isYou: true,
  customers: null,
});
const ina = anAdministrator();
const Marks = z.object({ add: z.array(z.string()), remove: z.array(z.string()) });

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listAdministrators, { items: [ina, you], invitations: [anInvitation()] });
});

async function choose(act: string): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for Ina Verenitsova' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: act }));
}

test('people, who of them is you, and open invitations', async () => {
  renderHub('/administrators');
  const table = await screen.findByRole('grid', { name: 'Administrators by name' });
  const [, first, second] = within(table).getAllByRole('row');
  expect(first?.textContent).toContain('Ina Verenitsovaina@halyard.examplePartner administrator3 customersNever');
  expect(second?.textContent).toContain('Jordan ValeYou');
  const invitations = screen.getByRole('region', { name: 'Open invitations' });
  expect(invitations.textContent).toContain('newcomer@halyard.example');
  expect(invitations.textContent).toContain('Valid until Dec 1, 2026, 09:00 UTC');
});

test('an invitation shows its link once, with how it travels', async () => {
  hub.on(inviteAdministrator, { invitation: anInvitation(), secret: 'a-secret', isSent: false });
  renderHub('/administrators');
  await userEvent.click(await screen.findByRole('button', { name: 'Invite administrator' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Invite' }));
  expect(await within(dialog).findByText('Enter a valid email address.')).toBeTruthy();
  await userEvent.type(within(dialog).getByLabelText('Email'), 'newcomer@halyard.example');
  await userEvent.click(within(dialog).getByRole('radio', { name: 'Help desk administrator (Basic)' }));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Invite' }));
  const link = await screen.findByLabelText<HTMLInputElement>('Invitation link');
  expect(link.value).toBe(`${window.location.origin}/join#a-secret`);
  expect(screen.getByRole('dialog').textContent).toContain('No email was sent');
  expect(hub.asked(inviteAdministrator)[0]?.body).toEqual({
    email: 'newcomer@halyard.example',
    role: 'help_desk_basic',
  });
  await userEvent.click(within(screen.getByRole('dialog')).getAllByRole('button', { name: 'Close' })[0] ?? link);
  await waitFor(() => expect(screen.queryByDisplayValue(/a-secret/)).toBeNull());
});

test('removing names the person and what ends', async () => {
  hub.on(removeAdministrator, null);
  renderHub('/administrators');
  await choose('Remove administrator');
  const dialog = await screen.findByRole('dialog', { name: 'Remove Ina Verenitsova?' });
  expect(dialog.textContent).toContain('loses all access to Halyard Communications at once');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Remove administrator' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(hub.requests.find(({ method }) => method === 'DELETE')?.url.pathname).toBe(
    `/api/administrators/${ina.personId}`,
  );
});

test('the last full administrator must stay, and the dialog says so', async () => {
  hub.refuse(changeAdministratorRole, 'last_full_administrator');
  renderHub('/administrators');
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for Jordan Vale' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Change role' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(within(dialog).getByRole('radio', { name: 'Partner read-only administrator' }));
  expect(dialog.textContent).toContain('You may lose the right to change it back.');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Change role' }));
  expect((await within(dialog).findByRole('alert')).textContent).toContain('The last full administrator must stay.');
});

test('marks are saved in batches, and leaving with unsaved ones asks', async () => {
  const customers = Array.from({ length: 700 }, (_, index) => ({
    id: `0193000a-0000-7000-8000-${String(index).padStart(12, '0')}`,
    name: `Customer ${index}`,
    region: 'eu',
    isAssigned: index < 3,
    throughGroups: [],
  }));
  hub
    .on(listCustomerGroups, { items: [] })
    .on(listAssignableCustomers, ({ url }: { url: URL }) => {
      const offset = Number(url.searchParams.get('offset'));
      return { items: customers.slice(offset, offset + 200), total: customers.length, assigned: 3 };
    })
    .on(assignCustomers, ina);
  const { router } = renderHub(`/administrators?customersOf=${ina.personId}`);
  const panel = await screen.findByRole('complementary', { name: 'Customers of Ina Verenitsova' });
  expect(await within(panel).findByText('3 customers assigned')).toBeTruthy();
  await userEvent.click(await within(panel).findByRole('checkbox', { name: 'All that match' }));
  await userEvent.click(await within(panel).findByRole('checkbox', { name: 'Customer 1' }));
  expect(await within(panel).findByText('697 to assign, 1 to take away')).toBeTruthy();
  await userEvent.click(within(panel).getByRole('button', { name: 'Close the panel' }));
  const dialog = await screen.findByRole('dialog', { name: 'Discard the changes?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(router.state.location.search).toEqual({ customersOf: ina.personId });
  await userEvent.click(within(panel).getByRole('button', { name: 'Save 698 changes' }));
  await waitFor(() => expect(within(panel).queryByRole('button', { name: /^Save/ })).toBeNull());
  const sent = hub.requests.filter(({ method }) => method === 'PATCH').map(({ body }) => Marks.parse(body));
  expect(sent.map(({ add, remove }) => [add.length, remove.length])).toEqual([
    [500, 0],
    [197, 1],
  ]);
});

test('a group gives its customers while they are in it; one by filter is not offered', async () => {
  const group = (index: number, name: string, filter: string | null) => ({
    id: `0193000b-0000-7000-8000-${String(index).padStart(12, '0')}`,
    name,
    description: '',
    filter,
    isByFilter: filter !== null,
    customers: 2,
    version: 1,
  });
  const north = group(1, 'North', null);
  hub
    .on(listCustomerGroups, { items: [north, group(2, 'By filter', 'status:trial')] })
    .on(listAssignableCustomers, {
      items: [
        { id: north.id, name: 'Acme', region: 'eu', isAssigned: false, throughGroups: ['North'] },
        { id: group(3, '', null).id, name: 'Zeta', region: 'eu', isAssigned: false, throughGroups: [] },
      ],
      total: 2,
      assigned: 1,
    })
    .on(assignGroups, ina);
  renderHub(`/administrators?customersOf=${ina.personId}`);
  const panel = await screen.findByRole('complementary', { name: 'Customers of Ina Verenitsova' });
  await userEvent.click(await within(panel).findByText('Customer groups: none'));
  await userEvent.click(within(panel).getByRole('checkbox', { name: 'North' }));
  await waitFor(() =>
    expect(hub.requests.find(({ method }) => method === 'PUT')?.body).toEqual({ groupIds: [north.id] }),
  );
  expect(within(panel).queryByRole('checkbox', { name: 'By filter' })).toBeNull();
  expect(await within(panel).findByText(/Through North · EU/)).toBeTruthy();
  expect(within(panel).getByRole<HTMLInputElement>('checkbox', { name: 'Acme' })).toMatchObject({
    checked: true,
    disabled: true,
  });
  expect(within(panel).getByRole<HTMLInputElement>('checkbox', { name: 'Zeta' }).disabled).toBe(false);
});

test('whoever may only read sees everybody and no act', async () => {
  hub.on(getSession, aSession({}, 'partner_read_only'));
  renderHub(`/administrators?customersOf=${ina.personId}`);
  expect(await screen.findByText(/Only a partner full administrator can invite people/)).toBeTruthy();
  expect(await screen.findByText('ina@halyard.example')).toBeTruthy();
  expect(screen.queryAllByRole('button', { name: /Invite|Actions for|New link|Withdraw/ })).toEqual([]);
  expect(screen.queryByRole('complementary')).toBeNull();
});
