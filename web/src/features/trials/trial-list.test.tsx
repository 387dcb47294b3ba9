import { getCustomer, listStatusHistory } from '@hub/contract/customers';
import { listImports } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import { changeTrial, listTrials, startTrial } from '@hub/contract/trials';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { aCustomer, aHistory, aTrial, customerId } from '../../testing/customer-fixtures.ts';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const address = `/customers/${customerId}?tab=trials`;
const past = aTrial({
  id: '01930012-0000-7000-8000-000000000002',
  reference: 'Trial-1',
  startsOn: '2026-05-01',
  endsOn: '2026-07-30',
});

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(getCustomer, aCustomer())
    .on(listStatusHistory, aHistory())
    .on(listTrials, { items: [aTrial(), past] });
});

test('those that run stand before those that are over', async () => {
  renderHub(address);
  const running = await screen.findByRole('region', { name: 'Running' });
  expect(within(running).getByText('12 days left')).toBeTruthy();
  expect(within(screen.getByRole('region', { name: 'Past' })).getByText(/^ended 117 days ago/)).toBeTruthy();
});

test('a trial runs 30, 60 or 90 days, or until a day within 180', async () => {
  hub.on(startTrial, aTrial({ reference: 'Trial-7' }));
  renderHub(address);
  await userEvent.click((await screen.findAllByRole('button', { name: 'Start trial' })).at(-1) ?? document.body);
  const dialog = await screen.findByRole('dialog', { name: 'Start a trial for Quayside Insurance' });
  expect(within(dialog).getByText('Ends on Feb 22, 2027, after 90 days.')).toBeTruthy();
  await userEvent.click(within(dialog).getByRole('radio', { name: 'Until a date' }));
  const end = within(dialog).getByLabelText('End date');
  expect(end).toHaveProperty('value', '2027-02-22');
  fireEvent.change(end, { target: { value: '2027-08-01' } });
  const submit = within(dialog).getByRole('button', { name: 'Start trial' });
  await userEvent.click(submit);
  expect(
    await within(dialog).findByText('A trial runs at most 180 days: until May 23, 2027 at the latest.'),
  ).toBeTruthy();
  await userEvent.click(within(dialog).getByRole('radio', { name: '30 days' }));
  await userEvent.click(submit);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(hub.requests.findLast(({ method }) => method === 'POST')?.body).toEqual({
    startsOn: '2026-11-24',
    endsOn: '2026-12-24',
    lines: [{ product: 'calling', ordered: 25, assigned: null }],
  });
});

test('what a trial holds is not called purchased', async () => {
  renderHub(address);
  const running = await screen.findByRole('region', { name: 'Running' });
  const [table] = within(running).getAllByRole('table');
  const heads = within(table ?? running).getAllByRole('columnheader');
  expect(heads.map(({ textContent }) => textContent)).toEqual([
    'Product',
    'Assigned of all licenses',
    'Assigned',
    'Licenses',
    'Available',
    'Overage',
  ]);
});

test('a trial needs licenses, and a last day that is not past; one that is over keeps its own', async () => {
  hub.on(startTrial, aTrial({ reference: 'Trial-7' })).on(changeTrial, past);
  renderHub(address);
  await userEvent.click((await screen.findAllByRole('button', { name: 'Start trial' })).at(-1) ?? document.body);
  const dialog = await screen.findByRole('dialog', { name: 'Start a trial for Quayside Insurance' });
  const licenses = within(dialog).getByRole('textbox', { name: 'Licenses' });
  await userEvent.clear(licenses);
  await userEvent.type(licenses, '0');
  fireEvent.change(within(dialog).getByLabelText('Start date'), { target: { value: '2026-08-01' } });
  const submit = within(dialog).getByRole('button', { name: 'Start trial' });
  await userEvent.click(submit);
  expect(await within(dialog).findByText('Enter a whole number above 0.')).toBeTruthy();
  await userEvent.clear(licenses);
  await userEvent.type(licenses, '5');
  await userEvent.click(submit);
  expect(await within(dialog).findByText('The last day must not be past.')).toBeTruthy();
  expect(hub.requests.some(({ method }) => method === 'POST')).toBe(false);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  await userEvent.click(screen.getByRole('button', { name: 'Edit Trial-1' }));
  const edit = await screen.findByRole('dialog', { name: 'Edit Trial-1' });
  await userEvent.click(within(edit).getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(hub.requests.findLast(({ method }) => method === 'PUT')?.body).toMatchObject({ endsOn: '2026-07-30' }),
  );
});

test('two people extend: the second sees the end that the first chose', async () => {
  hub.refuse(changeTrial, 'changed_meanwhile');
  renderHub(address);
  await userEvent.click(await screen.findByRole('button', { name: 'Edit Trial-88' }));
  const dialog = await screen.findByRole('dialog', { name: 'Edit Trial-88' });
  fireEvent.change(within(dialog).getByLabelText('End date'), { target: { value: '2026-12-20' } });
  hub.on(listTrials, { items: [aTrial({ endsOn: '2026-12-31', version: 2 })] });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  const notice = await within(dialog).findByRole('alert');
  await userEvent.click(within(notice).getByRole('radio', { name: 'Theirs: Dec 31, 2026' }));
  expect(within(dialog).getByLabelText('End date')).toHaveProperty('value', '2026-12-31');
});

test('the partner’s own organization has no trials to start', async () => {
  hub.on(getCustomer, aCustomer({ kind: 'own' })).on(listTrials, { items: [] });
  renderHub(address);
  expect(await screen.findByText('Your own organization cannot have trials.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Start trial' })).toBeNull();
});
