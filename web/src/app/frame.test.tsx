import { switchPartner } from '@hub/contract/administrators';
import { listAuditEvents } from '@hub/contract/audit';
import { listBulkJobs } from '@hub/contract/bulk-jobs';
import { countCustomers, listCustomers } from '@hub/contract/customers';
import { listHeldOrganizations, listImports } from '@hub/contract/imports';
import { listRegions } from '@hub/contract/region-states';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub } from '../testing/fake-hub.ts';
import { aCustomerPage, aCustomerRow, aHeldPage, anAuditEvent, aSession } from '../testing/fixtures.ts';
import { renderHub } from '../testing/render-hub.tsx';

let hub: FakeHub;
const halyard = aSession().partner;
const brightwater = { id: '01930002-0000-7000-8000-000000000002', name: 'Brightwater Telecom' };

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession({ hasCallLegs: false }))
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listHeldOrganizations, aHeldPage([]))
    .on(listAuditEvents, { items: [anAuditEvent()], next: null, actions: [] });
});

const menu = async (): Promise<string[]> => {
  const nav = await screen.findByRole('navigation', { name: 'Main navigation' });
  return within(nav)
    .getAllByRole('link')
    .map((link) => link.textContent.replace(/\d*$/, '').trim());
};

test.each(['help_desk_basic', 'help_desk_advanced'] as const)(
  '%s begins with the audit log and sees no page that it may not open',
  async (role) => {
    hub.on(getSession, aSession({}, role));
    const { router } = renderHub('/');
    expect(await screen.findByRole('heading', { name: 'Audit log' })).toBeTruthy();
    expect(router.state.location.pathname).toBe('/audit-log');
    expect(await menu()).toEqual(['Overview', 'Customers', 'Audit log', 'Settings']);
    expect(screen.queryByRole('link', { name: 'Export CSV' })).toBeNull();
    expect(hub.asked(listImports)).toEqual([]);
  },
);

test('a partner administrator has the same menu but for the administrators', async () => {
  hub.on(getSession, aSession({ hasCallLegs: false }, 'partner_admin'));
  renderHub('/');
  expect(await menu()).toEqual([
    'Overview',
    'Customers',
    'Renewals',
    'Subscriptions',
    'Reconciliation',
    'Customer health',
    'Calling engagement',
    'Calling usage',
    'Imports',
    'Data freshness',
    'Audit log',
    'Settings',
  ]);
});

test('a visit begins with the customers once there is any beside the own organization', async () => {
  hub
    .on(countCustomers, { matching: 3, all: 4 })
    .on(listCustomers, aCustomerPage([aCustomerRow(1)]))
    .on(listBulkJobs, { items: [] });
  const { router } = renderHub('/');
  expect(await screen.findByRole('heading', { name: 'Customers' })).toBeTruthy();
  expect(router.state.location.pathname).toBe('/customers');
  expect(hub.asked(countCustomers)[0]?.url.searchParams.get('filter')).toBe('-managed:own');
});

test('a page that the role does not include says so, and asks nothing', async () => {
  hub.on(getSession, aSession({}, 'help_desk_basic'));
  renderHub('/analytics/calling-usage?region=eu');
  expect(await screen.findByRole('heading', { name: 'Your role does not include this page' })).toBeTruthy();
  expect(screen.getByText(/Your role with Halyard Communications: Help desk administrator \(Basic\)/)).toBeTruthy();
  // What the frame itself shows, and no more.
  expect(hub.requests.map(({ url }) => url.pathname).toSorted()).toEqual([
    '/api/customers/count',
    '/api/regions',
    '/api/saved-views',
    '/api/session',
  ]);
});

test('who belongs to several partners switches between them', async () => {
  const session = aSession({ hasCallLegs: false, partners: [halyard, brightwater] });
  hub.on(getSession, session).on(switchPartner, session);
  renderHub('/imports');
  await userEvent.click(await screen.findByRole('button', { name: /^Partner: Halyard Communications/ }));
  await userEvent.click(await screen.findByRole('menuitemradio', { name: 'Brightwater Telecom' }));
  await waitFor(() => expect(hub.asked(switchPartner)[0]?.body).toEqual({ partnerId: brightwater.id }));
});

test('who belongs to one partner sees its name and no switch', async () => {
  renderHub('/imports');
  expect(await screen.findByText('Halyard Communications')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^Partner:/ })).toBeNull();
});

test('a region that is away is named on every page', async () => {
  hub.on(listRegions, { regions: ['us', 'eu'], regionsUnavailable: ['eu'], regionsReadOnly: [] });
  renderHub('/imports');
  expect(await screen.findByText(/^The store of region EU does not answer/)).toBeTruthy();
});
