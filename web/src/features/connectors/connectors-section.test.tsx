import * as api from '@hub/contract/connectors';
import { linkCustomer } from '@hub/contract/customers';
import type { ConnectorId, CustomerId, OrgUuid } from '@hub/contract/ids';
import { listImports } from '@hub/contract/imports';
import { getSession, listSessions } from '@hub/contract/sessions';
import { getStatusPolicy } from '@hub/contract/status-policy';
import { listTokens } from '@hub/contract/tokens';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

const connector: api.Connector = {
  id: '01939ad0-0000-7000-8000-0000000000c1' as ConnectorId,
  name: 'Webex Europe',
  baseUrl: 'https://webexapis.com/v1',
  callsUrl: 'https://analytics-calling.webexapis.com/v1',
  otherDomains: [],
  region: 'eu',
  everyMinutes: 15,
  backDays: 2,
  pullsUnlinked: false,
  addsIn: null,
  snapshots: ['licenses', 'devices'],
  snapshotStates: [
    {
      kind: 'licenses',
      taken: 10,
      failing: 0,
      lastSuccessAt: '2026-11-22T08:00:00.000Z',
      lagMinutes: 300,
      people: null,
      fault: null,
    },
    {
      kind: 'devices',
      taken: 8,
      failing: 2,
      lastSuccessAt: null,
      lagMinutes: null,
      people: null,
      fault: { code: 'forbidden', data: {}, at: '2026-11-22T09:00:00.000Z' },
    },
  ],
  credential: { kind: 'refresh', setAt: '2026-11-01T00:00:00.000Z', expiresAt: null, isReadable: true },
  state: 'enabled',
  pausedBecause: null,
  runningSince: null,
  lastRunAt: '2026-11-22T09:00:00.000Z',
  lastSuccessAt: '2026-11-22T09:00:00.000Z',
  nextRunAt: '2026-11-22T09:15:00.000Z',
  fault: null,
  organizations: { listed: 12, pulled: 10, unlinked: 2, failing: 0 },
  lagMinutes: 7,
  version: 3,
  createdAt: '2026-11-01T00:00:00.000Z',
};

const organization: api.ConnectorOrganization = {
  orgUuid: '00000000-0000-4000-8000-0000000000a1' as OrgUuid,
  name: 'Acme',
  customer: null,
  suggestion: { id: '01939ad0-0000-7000-8000-0000000000d1' as CustomerId, name: 'ACME', region: 'eu' },
  isListed: true,
  isLeftOut: false,
  isPulled: false,
  pulledTo: null,
  lagMinutes: null,
  back: null,
  backFloor: null,
  lastSuccessAt: null,
  fault: { code: 'forbidden', data: {}, at: '2026-11-22T09:00:00.000Z' },
  snapshots: [
    {
      kind: 'devices',
      takenOn: null,
      people: null,
      lastSuccessAt: null,
      fault: { code: 'timed_out', data: {}, at: '2026-11-22T09:00:00.000Z' },
      nextTryAt: null,
    },
  ],
  nextTryAt: null,
};

let hub: FakeHub;
beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listSessions, { items: [] })
    .on(listTokens, { items: [] })
    .on(getStatusPolicy, { expiresSoonDays: 14, inactiveDays: 90, timeZone: 'UTC' })
    .on(api.listConnectors, { items: [connector] })
    .on(api.listConnectorOrganizations, { items: [organization], next: null, total: 1 });
});

/** What was sent to paths that hold an id. */
const sent = (method: string, path: string) =>
  hub.requests.filter((request) => request.method === method && request.url.pathname === path).map(({ body }) => body);
const path = `/api/connectors/${connector.id}`;

const shown = async () => screen.findByRole('region', { name: 'Import sources' });

test('a connector tells its state, its lag and when it runs next', async () => {
  renderHub('/settings');
  const section = await shown();
  expect(await within(section).findByText('Webex Europe')).toBeTruthy();
  for (const text of ['Up to schedule', '7 minutes', '10 of 12 fetched · 2 without a customer', 'every 15 minutes'])
    expect(within(section).getByText(text)).toBeTruthy();
});

test('what is fetched once a day tells its last success, its lag and its fault', async () => {
  renderHub('/settings');
  const section = await shown();
  expect(await within(section).findByText('License snapshots')).toBeTruthy();
  expect(within(section).getByText(/^10 of 10 fetched · last .+ UTC · oldest 5 hours ago$/)).toBeTruthy();
  expect(within(section).getByText(/^8 of 10 fetched · 2 failing/)).toBeTruthy();
  expect(
    within(section).getByText('The token may not see this. Give its account the role that the provider asks for.'),
  ).toBeTruthy();
  expect(within(section).queryByText('Locations')).toBeNull();
});

test('what failed is a sentence; a paused one says why and can be resumed', async () => {
  hub
    .on(api.listConnectors, {
      items: [{ ...connector, state: 'paused', pausedBecause: 'token_refused', nextRunAt: null }],
    })
    .on(api.resumeConnector, connector);
  renderHub('/settings');
  const section = await shown();
  expect(
    await within(section).findByText('The provider no longer takes the token. Enter a new one and resume.'),
  ).toBeTruthy();
  expect(within(section).queryByRole('button', { name: 'Run now' })).toBeNull();
  await userEvent.click(within(section).getByRole('button', { name: 'Resume' }));
  await waitFor(() => expect(sent('POST', `${path}/resume`)).toHaveLength(1));
});

test('a new connector is made with its credential, which is asked for', async () => {
  hub.on(api.createConnector, connector);
  renderHub('/settings');
  const section = await shown();
  await userEvent.click(await within(section).findByRole('button', { name: 'New connector' }));
  const dialog = await screen.findByRole('dialog', { name: 'New connector' });
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Webex');
  await userEvent.selectOptions(within(dialog).getByRole('combobox', { name: 'Credential' }), 'Access token');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Create connector' }));
  expect(hub.asked(api.createConnector)).toHaveLength(0);
  await userEvent.type(within(dialog).getByLabelText('Access token'), 'very-secret');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Create connector' }));
  await waitFor(() =>
    expect(hub.asked(api.createConnector).at(-1)?.body).toMatchObject({
      name: 'Webex',
      credential: { kind: 'token', accessToken: 'very-secret' },
      everyMinutes: 15,
      addsIn: null,
      snapshots: ['licenses', 'locations', 'numbers', 'devices'],
    }),
  );
});

test('a change keeps the credential unless another is entered', async () => {
  hub.on(api.changeConnector, connector);
  renderHub('/settings');
  const section = await shown();
  await userEvent.click(await within(section).findByRole('button', { name: 'Edit' }));
  const dialog = await screen.findByRole('dialog', { name: 'Change the connector' });
  const minutes = within(dialog).getByRole('textbox', { name: 'Minutes between runs' });
  const devices = within(dialog).getByRole<HTMLInputElement>('checkbox', { name: 'Devices' });
  expect(devices.checked).toBe(true);
  await userEvent.click(devices);
  await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Locations' }));
  await userEvent.clear(minutes);
  await userEvent.type(minutes, '60');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent('PUT', path)).toHaveLength(1));
  const [body] = sent('PUT', path);
  expect(body).toMatchObject({ everyMinutes: 60, version: 3, snapshots: ['licenses', 'locations'] });
  expect(body).not.toHaveProperty('credential');
});

test('the trial tells what the token may see', async () => {
  hub.on(api.testConnector, {
    person: { name: 'Pat Partner', email: 'pat@partner.example' },
    organizations: { count: 12, names: ['Acme', 'Beta'] },
    readsCalls: false,
    fault: { code: 'forbidden', data: {}, at: '2026-11-22T09:00:00.000Z' },
  });
  renderHub('/settings');
  const section = await shown();
  await userEvent.click(await within(section).findByRole('button', { name: 'Test connection' }));
  const dialog = await screen.findByRole('dialog', { name: 'Connection of Webex Europe' });
  expect(await within(dialog).findByText('The connection does not work')).toBeTruthy();
  expect(within(dialog).getByText('Pat Partner · pat@partner.example')).toBeTruthy();
  expect(within(dialog).getByText(/^12, such as Acme/)).toBeTruthy();
});

test('organizations are linked by the suggested name, and left out', async () => {
  hub.on(linkCustomer, {}).on(api.changeConnectorOrganization, { ...organization, isLeftOut: true });
  renderHub('/settings');
  const section = await shown();
  await userEvent.click(await within(section).findByRole('button', { name: 'Organizations' }));
  const dialog = await screen.findByRole('dialog', { name: 'Organizations of Webex Europe' });
  expect(await within(dialog).findByText('Acme')).toBeTruthy();
  expect(within(dialog).getByText(/^Devices: The provider did not answer in time/)).toBeTruthy();
  await userEvent.click(within(dialog).getByRole('button', { name: 'Link to ACME' }));
  await waitFor(() =>
    expect(sent('POST', `/api/customers/${String(organization.suggestion?.id)}/link`)).toEqual([
      { orgUuid: organization.orgUuid },
    ]),
  );
  await userEvent.click(within(dialog).getByRole('button', { name: 'Leave out Acme' }));
  await waitFor(() =>
    expect(sent('PUT', `${path}/organizations/${organization.orgUuid}`)).toEqual([{ isLeftOut: true }]),
  );
});

test('whoever may not change connectors reads them', async () => {
  hub.on(getSession, aSession({}, 'partner_read_only'));
  renderHub('/settings');
  const section = await shown();
  expect(await within(section).findByText('Webex Europe')).toBeTruthy();
  for (const name of ['New connector', 'Edit', 'Pause', 'Run now', 'Remove', 'Test connection'])
    expect(within(section).queryByRole('button', { name })).toBeNull();
});
