import { listConnectors } from '@hub/contract/connectors';
import { listImports } from '@hub/contract/imports';
import { getSession, listSessions } from '@hub/contract/sessions';
import { changeStatusPolicy, getStatusPolicy } from '@hub/contract/status-policy';
import { listTokens } from '@hub/contract/tokens';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const policy = { expiresSoonDays: 14, inactiveDays: 90, timeZone: 'UTC' };

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listSessions, { items: [] })
    .on(listTokens, { items: [] })
    .on(listConnectors, { items: [] })
    .on(getStatusPolicy, policy)
    .on(changeStatusPolicy, policy);
});

test('windows and zone are changed, a number outside is told at its field', async () => {
  renderHub('/settings');
  const section = await screen.findByRole('region', { name: 'Statuses' });
  const expires = await within(section).findByRole('textbox', { name: 'Expires soon: days before the end' });
  await userEvent.clear(expires);
  await userEvent.type(expires, '91');
  await userEvent.click(within(section).getByRole('button', { name: 'Save' }));
  expect(await within(section).findByText('Enter a whole number from 1 to 90.')).toBeTruthy();
  await userEvent.clear(expires);
  await userEvent.type(expires, '30');
  const zone = within(section).getByRole('combobox', { name: 'Time zone' });
  await userEvent.clear(zone);
  await userEvent.type(zone, 'Sofia');
  await userEvent.click(await screen.findByRole('option', { name: 'Europe/Sofia' }));
  expect(within(section).getByText(/^Today there: /)).toBeTruthy();
  await userEvent.click(within(section).getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(hub.asked(changeStatusPolicy).at(-1)?.body).toEqual({
      expiresSoonDays: 30,
      inactiveDays: 90,
      timeZone: 'Europe/Sofia',
    }),
  );
});

test('whoever may not change them reads them', async () => {
  hub.on(getSession, aSession({}, 'help_desk_basic'));
  renderHub('/settings');
  const section = await screen.findByRole('region', { name: 'Statuses' });
  expect(await within(section).findByText('14 days')).toBeTruthy();
  expect(within(section).queryByRole('textbox')).toBeNull();
});
