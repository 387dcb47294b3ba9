import { countCustomers, listCustomers } from '@hub/contract/customers';
import { getSession } from '@hub/contract/sessions';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aCustomerPage, aCustomerRow, aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

const filterOf = ({ url }: { url: URL }): string => url.searchParams.get('filter') ?? '';
const spike = {
  kind: 'quality_spike',
  since: '2026-11-15',
  week: '2026-11-15',
  poorShare: 3.1,
  limit: 2.4,
  knownLegs: 900,
  policy: 'any_threshold',
};
const noisy = aCustomerRow(3, { anomalies: [spike] });
const unpaid = aCustomerRow(9);

function aHub(rows: Record<string, ReturnType<typeof aCustomerRow>[]>): FakeHub {
  return new FakeHub()
    .on(getSession, aSession({}))
    .on(listCustomers, (request: { url: URL }) => aCustomerPage(rows[filterOf(request)] ?? []))
    .on(countCustomers, { matching: 2, all: 12 });
}

const group = (name: RegExp) => screen.findByRole('region', { name });

test('who needs what: by reason, the most urgent first, each with its sentence and its next act', async () => {
  aHub({ 'anomaly:quality-spike': [noisy], 'status:suspended': [unpaid] });
  renderHub('/overview');
  const suspended = await group(/^Suspended 1/);
  expect(within(suspended).getByText(/Sub-4709.*12 days/)).toBeTruthy();
  const quality = within(await group(/^Quality spike 1/));
  expect(quality.getByText(/3\.1%/)).toBeTruthy();
  const heads = screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
  expect(heads).toEqual(['Suspended 1', 'Quality spike 1']);
  expect(screen.getByText('2 entries at 2 customers')).toBeTruthy();
  const act = quality.getByRole('link', { name: /: / });
  expect(act.getAttribute('href')).toBe(`/customers/${noisy.id}?tab=calling&view=quality`);
});

test('of a reason with more customers the list has the others', async () => {
  const hub = aHub({}).on(listCustomers, (request: { url: URL }) => ({
    ...aCustomerPage(filterOf(request) === 'status:suspended' ? [unpaid] : []),
    next: filterOf(request) === 'status:suspended' ? 'more' : null,
  }));
  hub.on(countCustomers, (request: { url: URL }) => ({
    matching: filterOf(request) === 'status:suspended' ? 41 : 2,
    all: 50,
  }));
  const { router } = renderHub('/overview');
  await userEvent.click(await screen.findByRole('link', { name: 'Suspended: Show all 41' }));
  expect(router.state.location.pathname).toBe('/customers');
  expect(router.state.location.search).toEqual({ q: 'status:suspended' });
});

test('whoever may not see calling analytics is not told of it, and asks nothing of it', async () => {
  const hub = aHub({ 'status:suspended': [unpaid] }).on(getSession, aSession({}, 'help_desk_basic'));
  renderHub('/overview');
  await group(/^Suspended/);
  expect(hub.asked(listCustomers).map(filterOf).join(' ')).not.toContain('anomaly');
  expect(hub.asked(countCustomers).map(filterOf).join(' ')).not.toContain('anomaly');
});

test('where nothing needs attention, that is said', async () => {
  aHub({});
  renderHub('/overview');
  expect(await screen.findByRole('heading', { name: 'Nothing needs attention' })).toBeTruthy();
});

test('a reason that could not be asked is told, the others stand, and it is asked again', async () => {
  let isAway = true;
  aHub({ 'status:suspended': [unpaid] }).on(listCustomers, (request: { url: URL }) => {
    if (isAway && filterOf(request) === 'has:setup-errors') return new Response('', { status: 503 });
    return aCustomerPage(filterOf(request) === 'status:suspended' ? [unpaid] : []);
  });
  renderHub('/overview');
  await group(/^Suspended/);
  const alert = await screen.findByRole('alert');
  isAway = false;
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('1 entry at 2 customers')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});
