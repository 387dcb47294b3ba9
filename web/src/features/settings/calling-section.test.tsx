import { changeCallingPolicy, getCallingPolicy } from '@hub/contract/calling-policy';
import { listConnectors } from '@hub/contract/connectors';
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

let hub: FakeHub;
const policy = { qualityPolicy: 'documented', bands: { regularFrom: 5, heavyFrom: 25 } };

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listSessions, { items: [] })
    .on(listTokens, { items: [] })
    .on(listConnectors, { items: [] })
    .on(getStatusPolicy, { expiresSoonDays: 14, inactiveDays: 90, timeZone: 'UTC' })
    .on(getCallingPolicy, policy)
    .on(changeCallingPolicy, policy);
});

test('policy and bands are changed; heavy use begins above regular use', async () => {
  renderHub('/settings');
  const section = await screen.findByRole('region', { name: 'Calling analytics' });
  const heavy = await within(section).findByRole('textbox', { name: /^Heavy use/ });
  await userEvent.click(within(section).getByRole('radio', { name: 'Any threshold reached' }));
  await userEvent.clear(heavy);
  await userEvent.type(heavy, '5');
  await userEvent.click(within(section).getByRole('button', { name: 'Save' }));
  expect(await within(section).findByText(/^Enter a whole number above the one for regular use/)).toBeTruthy();
  expect(hub.asked(changeCallingPolicy)).toHaveLength(0);
  await userEvent.type(heavy, '0');
  await userEvent.click(within(section).getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(hub.asked(changeCallingPolicy).at(-1)?.body).toEqual({
      qualityPolicy: 'any_threshold',
      bands: { regularFrom: 5, heavyFrom: 50 },
    }),
  );
});

test('whoever may not change them reads them', async () => {
  hub.on(getSession, aSession({}, 'partner_read_only'));
  renderHub('/settings');
  const section = await screen.findByRole('region', { name: 'Calling analytics' });
  expect(await within(section).findByText('All thresholds exceeded')).toBeTruthy();
  expect(within(section).queryByRole('textbox')).toBeNull();
});
