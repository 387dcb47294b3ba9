import { listCustomerFacet } from '@hub/contract/customers';
import { listImports } from '@hub/contract/imports';
import {
  changeRenewal,
  getRenewal,
  getRenewalTotals,
  listRenewalOwners,
  listRenewals,
  RenewalRow,
  type RenewalTotal,
  tryRenewals,
} from '@hub/contract/renewals';
import { getSession } from '@hub/contract/sessions';
import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub, problemResponse } from '../../testing/fake-hub.ts';
import { aSession } from '../../testing/fixtures.ts';
import { onPhone } from '../../testing/on-phone.ts';
import { renderHub } from '../../testing/render-hub.tsx';

const row = RenewalRow.parse({
  subscriptionId: '01939ad0-0000-7000-8000-0000000000a1',
  reference: 'Sub-1',
  customerId: '01939ad0-0000-7000-8000-0000000000c1',
  customerName: 'Alder Bakeries',
  urgency: 'high',
  endsOn: '2026-12-20',
  autoRenews: true,
  daysUntil: 19,
  lastDayToReduce: '2026-11-20',
  nextTermMonths: 12,
  products: [
    {
      product: 'calling',
      ordered: 15,
      assigned: 14,
      assignedAsOf: '2026-11-30',
      price: { from: '2026-11-01', to: '2026-11-30', quantity: 15, amounts: [{ amount: '150', currency: 'EUR' }] },
    },
    { product: 'meetings', ordered: 4, assigned: null, assignedAsOf: null, price: null },
  ],
  forecast: [{ amount: '1800.00', currency: 'EUR' }],
  work: {
    termEndsOn: '2026-12-20',
    stage: 'not_started',
    owner: null,
    note: '',
    noticeDays: 30,
    version: 0,
    changedBy: null,
    changedAt: null,
  },
});
const other = { personId: '01939ad0-0000-7000-8000-0000000000e1', name: 'Bea Other' };
const total = (urgency: RenewalTotal['urgency'], rows: number): RenewalTotal => ({
  urgency,
  rows,
  customers: rows,
  licenses: 19 * rows,
  forecast: rows === 0 ? [] : row.forecast,
  unpriced: rows,
});
const totals = [total('high', 1), total('upcoming', 0), total('grace', 0)];

let hub: FakeHub;

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listCustomerFacet, { items: [] })
    .on(listRenewals, { rows: [row], next: null, today: '2026-12-01', hasSnapshots: true })
    .on(getRenewalTotals, { today: '2026-12-01', timeZone: 'UTC', totals, regions: [{ region: 'eu', totals }] })
    .on(listRenewalOwners, { items: [other] })
    .on(tryRenewals, {
      rows: 1,
      licenses: 19,
      seats: 18,
      now: row.forecast,
      after: row.forecast,
      difference: [{ amount: '0.00', currency: 'EUR' }],
      unpriced: 1,
      belowAssigned: 0,
      tooLate: 1,
      hasSnapshots: true,
    })
    .on(getRenewal, { work: row.work, past: [] });
});

const bodies = () => hub.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body);
const cell = (field: string) => screen.findByRole('button', { name: new RegExp(`^${field} of Sub-1: `) });

test('a row tells who, until when, and what it brings; what is left out is said', async () => {
  renderHub('/renewals?region=eu');
  const grid = await screen.findByRole('grid', { name: 'Renewals' });
  expect(within(grid).getByRole('link', { name: 'Alder Bakeries' }).getAttribute('href')).toBe(
    `/customers/${row.customerId}`,
  );
  expect(within(grid).getByRole('link', { name: 'Sub-1' }).getAttribute('href')).toBe(
    `/customers/${row.customerId}?tab=subscriptions#${row.subscriptionId}`,
  );
  expect(within(grid).getByText('Renews in 19 days')).toBeTruthy();
  expect(grid.textContent).toContain('passed');
  expect(grid.textContent).toContain('Calling 15 · Meetings 4');
  expect(grid.textContent).toContain('€1,800.00');
  expect(grid.textContent).toContain('Without Webex Meetings: nothing was invoiced of it.');
});

test('a card shows only its own; who may only read edits nothing', async () => {
  hub.on(getSession, aSession({}, 'partner_read_only'));
  const { router } = renderHub('/renewals?region=eu');
  const card = await screen.findByRole('button', { name: 'High priority: 1 renewal. Show only these' });
  await userEvent.click(card);
  await waitFor(() => expect(router.state.location.search).toMatchObject({ urgency: 'high' }));
  expect(card.getAttribute('aria-pressed')).toBe('true');
  await waitFor(() => expect(hub.asked(listRenewals).at(-1)?.url.searchParams.get('urgency')).toBe('high'));
  expect(screen.queryByRole('button', { name: /^Stage of Sub-1/ })).toBeNull();
});

test('owners are offered of the customer: those who see it', async () => {
  renderHub('/renewals?region=eu');
  await userEvent.click(await cell('Owner'));
  const owner = await screen.findByRole('combobox', { name: 'Owner of Sub-1' });
  expect(await within(owner).findByRole('option', { name: 'Bea Other' })).toBeTruthy();
  const asked = hub.asked(listRenewalOwners).map(({ url }) => url.searchParams.get('customerId'));
  expect(asked).toContain(row.customerId);
});

test('a note is saved with Enter and left with Escape; what could not be saved is there again', async () => {
  hub.refuse(changeRenewal, 'internal');
  renderHub('/renewals?region=eu');
  await userEvent.click(await cell('Note'));
  await userEvent.keyboard('Not this{Escape}');
  expect(bodies()).toEqual([]);
  expect(document.activeElement).toBe(await cell('Note'));
  await userEvent.keyboard('{Enter}Call in May{Enter}');
  expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Note of Sub-1' })).value).toBe(
    'Call in May',
  );
  hub.on(changeRenewal, { ...row.work, note: 'Call in May', version: 1 });
  await userEvent.keyboard('{Enter}');
  await waitFor(async () => expect((await cell('Note')).textContent).toBe('Call in May'));
  expect(bodies().at(-1)).toMatchObject({
    note: 'Call in May',
    version: 0,
    stage: 'not_started',
    termEndsOn: '2026-12-20',
  });
});

test('who comes second keeps both fields, and of one field chooses', async () => {
  const theirs = { ...row.work, stage: 'quoted', owner: other, version: 1, changedBy: other };
  let first = true;
  hub.on(changeRenewal, ({ body }: { body: Partial<RenewalRow['work']> }) => {
    if (!first) return { ...theirs, ...body, owner: other, version: 2 };
    first = false;
    return problemResponse('changed_meanwhile', {});
  });
  hub.on(getRenewal, { work: theirs, past: [] });
  renderHub('/renewals?region=eu');
  await userEvent.click(await cell('Note'));
  await userEvent.keyboard('Mine{Enter}');
  await waitFor(() => expect(bodies()).toHaveLength(2));
  expect(bodies()[1]).toMatchObject({ note: 'Mine', stage: 'quoted', ownerId: other.personId, version: 1 });
  await waitFor(async () => expect((await cell('Stage')).textContent).toBe('Quoted'));

  hub.refuse(changeRenewal, 'changed_meanwhile');
  hub.on(getRenewal, { work: { ...theirs, note: 'Theirs', version: 3 }, past: [] });
  await userEvent.click(await cell('Note'));
  await userEvent.keyboard(' again{Enter}');
  const dialog = await screen.findByRole('dialog', { name: 'Sub-1 was changed meanwhile' });
  expect(dialog.textContent).toContain('Theirs');
  expect(dialog.textContent).toContain('Mine again');
  hub.on(changeRenewal, { ...theirs, note: 'Mine again', version: 4 });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save mine' }));
  await waitFor(() => expect(bodies().at(-1)).toMatchObject({ note: 'Mine again', version: 3 }));
});

test('of one field of two people: mine is there again where it cannot be saved after all, theirs stays where it is chosen', async () => {
  const theirs = { ...row.work, note: 'Theirs', version: 1, changedBy: other };
  hub.refuse(changeRenewal, 'changed_meanwhile');
  hub.on(getRenewal, { work: theirs, past: [] });
  renderHub('/renewals?region=eu');
  await userEvent.click(await cell('Note'));
  await userEvent.keyboard('Mine{Enter}');
  notifications.clean();
  render(
    <MantineProvider env="test">
      <Notifications />
    </MantineProvider>,
  );
  const takeMine = await screen.findByRole('button', { name: 'Save mine' });
  hub.refuse(changeRenewal, 'internal');
  await userEvent.click(takeMine);
  expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Note of Sub-1' })).value).toBe('Mine');
  expect(await screen.findByText('Not saved')).toBeTruthy();

  hub.refuse(changeRenewal, 'changed_meanwhile');
  hub.on(getRenewal, { work: { ...theirs, note: 'Theirs again', version: 2 }, past: [] });
  await userEvent.keyboard('{Enter}');
  await userEvent.click(await screen.findByRole('button', { name: 'Keep what is saved' }));
  await waitFor(async () => expect((await cell('Note')).textContent).toBe('Theirs again'));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('two fields that were left before the first answer are chosen one after the other', async () => {
  const theirs = { ...row.work, note: 'Theirs', stage: 'quoted', version: 1, changedBy: other };
  const answered = Promise.withResolvers<undefined>();
  hub.on(changeRenewal, () => answered.promise.then(() => problemResponse('changed_meanwhile', {})));
  hub.on(getRenewal, { work: theirs, past: [] });
  renderHub('/renewals?region=eu');
  await userEvent.click(await cell('Note'));
  await userEvent.keyboard('Mine{Enter}');
  await userEvent.click(await cell('Stage'));
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Stage of Sub-1' }), 'Lost');
  await waitFor(() => expect(bodies()).toHaveLength(2));
  answered.resolve(undefined);
  const chosen: string[] = [];
  for (const _ of ['first', 'second']) {
    const dialog = await screen.findByRole('dialog', { name: 'Sub-1 was changed meanwhile' });
    chosen.push(within(dialog).getAllByRole('definition')[0]?.textContent ?? '');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Keep what is saved' }));
  }
  expect(chosen.toSorted()).toEqual(['Quoted', 'Theirs']);
});

test('what if: by percent and by product, with what it costs the customer', async () => {
  renderHub(`/renewals?region=eu&open=${row.subscriptionId}`);
  const panel = await screen.findByRole('complementary', { name: 'Renewal of Sub-1' });
  const seats = within(panel).getByLabelText('Licenses, change in %');
  await userEvent.clear(seats);
  await userEvent.type(seats, '-10');
  expect(within(panel).getByLabelText<HTMLInputElement>('Webex Calling').value).toBe('14');
  expect(panel.textContent).toContain('The last day to reduce licenses, Nov 20, 2026, has passed.');
  expect(panel.textContent).not.toContain('would be fewer');
  await userEvent.clear(within(panel).getByLabelText('Webex Calling'));
  await userEvent.type(within(panel).getByLabelText('Webex Calling'), '13');
  expect(panel.textContent).toContain('Webex Calling: 13 would be fewer than the 14 assigned now.');
  expect(within(panel).getByRole('row', { name: /^EUR/ }).textContent).toContain('€1,800.00€1,560.00−€240.00');
});

test('all regions tell their sums and no customer; an empty list says what will appear', async () => {
  const { unmount } = renderHub('/renewals?region=all');
  const grid = await screen.findByRole('grid', { name: 'Regions' });
  expect(grid.textContent).toContain('1 · €1,800.00');
  expect(await screen.findByText(/^1 of 1 region answered/)).toBeTruthy();
  expect(hub.asked(listRenewals)).toEqual([]);
  unmount();
  hub.on(listRenewals, { rows: [], next: null, today: '2026-12-01', hasSnapshots: false });
  renderHub('/renewals?region=eu');
  expect(await screen.findByRole('heading', { name: 'Nothing renews or ends soon' })).toBeTruthy();
});

test('on a phone a renewal opens with its work', async () => {
  onPhone();
  renderHub('/renewals?region=eu');
  const list = await screen.findByRole('list', { name: 'Renewals' });
  await userEvent.click(within(list).getByRole('button', { name: 'Alder Bakeries' }));
  expect((await cell('Stage')).textContent).toContain('Not started');
});
