import { listConnectors } from '@hub/contract/connectors';
import { FeedCode, listImports } from '@hub/contract/imports';
import { changeRetention, getRetention, previewRetention, usualKeptDays } from '@hub/contract/retention';
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
const rules = (['us', 'eu'] as const).flatMap((region) =>
  FeedCode.options.map((feed) => ({
    region,
    feed,
    days: usualKeptDays[feed],
    usualDays: usualKeptDays[feed],
    firstDay: '2025-10-20',
  })),
);
const retention = { rules, beginsOn: '2026-12-20' };

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listSessions, { items: [] })
    .on(listTokens, { items: [] })
    .on(listConnectors, { items: [] })
    .on(getStatusPolicy, { expiresSoonDays: 14, inactiveDays: 90, timeZone: 'UTC' })
    .on(getRetention, retention)
    .on(previewRetention, { removes: [], unavailable: [] })
    .on(changeRetention, { ...retention, beginsOn: null });
});

const sectionShown = () => screen.findByRole('region', { name: 'Retention' });

test('a limit that removes rows is saved after its numbers were seen; one outside is told at its field', async () => {
  hub.on(previewRetention, {
    removes: [{ region: 'eu', feed: 'webex_call_history', rows: 1200, firstDay: '2026-10-25' }],
    unavailable: [],
  });
  renderHub('/settings');
  const section = await sectionShown();
  expect(await within(section).findByText(/^Nothing is removed before Dec 20, 2026/)).toBeTruthy();
  const calls = within(section).getByRole('textbox', { name: 'Call history' });
  await userEvent.clear(calls);
  await userEvent.type(calls, '29');
  await userEvent.click(within(section).getByRole('button', { name: 'Save' }));
  expect(await within(section).findByText('Enter a whole number from 30 to 3,650, or nothing.')).toBeTruthy();
  expect(hub.asked(previewRetention)).toEqual([]);
  await userEvent.clear(calls);
  await userEvent.type(calls, '30');
  await userEvent.clear(within(section).getByRole('textbox', { name: 'Devices' }));
  await userEvent.click(within(section).getByRole('button', { name: 'Save' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText('Call history: 1,200 rows before Oct 25, 2026')).toBeTruthy();
  expect(hub.asked(changeRetention)).toEqual([]);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save and remove' }));
  await waitFor(() => expect(hub.asked(changeRetention)).toHaveLength(1));
  const { body } = hub.asked(changeRetention)[0] as { body: { rules: object[] } };
  expect(body.rules).toHaveLength(FeedCode.options.length);
  expect(body.rules).toContainEqual({ region: 'eu', feed: 'webex_call_history', days: 30 });
  expect(body.rules).toContainEqual({ region: 'eu', feed: 'webex_devices', days: null });
  await waitFor(() => expect(within(section).queryByText(/^Nothing is removed before/)).toBeNull());
});

test('what removes nothing is saved at once', async () => {
  renderHub('/settings');
  const section = await sectionShown();
  await userEvent.click(await within(section).findByRole('button', { name: 'Save' }));
  await waitFor(() => expect(hub.asked(changeRetention)).toHaveLength(1));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('whoever may not change them reads them', async () => {
  hub.on(getSession, aSession({}, 'help_desk_basic'));
  renderHub('/settings');
  const section = await sectionShown();
  expect((await within(section).findAllByText('400 days')).length).toBeGreaterThan(1);
  expect(within(section).queryByRole('textbox', { name: 'Call history' })).toBeNull();
});
