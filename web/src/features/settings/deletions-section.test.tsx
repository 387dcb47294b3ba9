import { letInAgain, listDeletions } from '@hub/contract/deletions';
import { listConnectors } from '@hub/contract/connectors';
import { listImports } from '@hub/contract/imports';
import { getRetention } from '@hub/contract/retention';
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
const deletion = {
  id: '01930099-0000-7000-8000-000000000001',
  customerId: '01930098-0000-7000-8000-000000000001',
  orgUuid: '5a3f1c9e-0d4b-4c1a-9b57-2f6d8e7a1b03',
  subject: 'customer',
  takesRecord: false,
  askedBy: 'Jordan Vale',
  askedAt: '2026-11-23T09:00:00.000Z',
  begunAt: null,
  endedAt: null,
  sha256: null,
  letInAt: null,
  regions: [
    { region: 'us', endedAt: null, isAway: true, waitsForImports: 0, feeds: [] },
    { region: 'eu', endedAt: null, isAway: false, waitsForImports: 2, feeds: [] },
  ],
};

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listSessions, { items: [] })
    .on(listTokens, { items: [] })
    .on(listConnectors, { items: [] })
    .on(getStatusPolicy, { expiresSoonDays: 14, inactiveDays: 90, timeZone: 'UTC' })
    .on(getRetention, { rules: [], beginsOn: null })
    .on(listDeletions, { items: [], next: null });
});

test('nothing was deleted, and whoever may not delete is not told of it', async () => {
  const { unmount } = renderHub('/settings');
  const section = await screen.findByRole('region', { name: 'Deletions' });
  expect(await within(section).findByText('Nothing was deleted so far.')).toBeTruthy();
  unmount();
  hub.on(getSession, aSession({}, 'partner_read_only'));
  renderHub('/settings');
  await screen.findByRole('region', { name: 'Statuses' });
  expect(screen.queryByRole('region', { name: 'Deletions' })).toBeNull();
  expect(hub.asked(listDeletions)).toHaveLength(1);
});

test('what waits says for what; what has ended has its receipt', async () => {
  const feed = { feed: 'webex_call_history', stored: 1000, held: 200, rejected: 34, firstDay: null, lastDay: null };
  const at = '2026-11-23T09:05:00.000Z';
  const ended = {
    ...deletion,
    id: '01930099-0000-7000-8000-000000000002',
    takesRecord: true,
    endedAt: at,
    sha256: 'ab',
    regions: [{ region: 'eu', endedAt: at, isAway: false, waitsForImports: 0, feeds: [feed] }],
  };
  const person = { ...ended, id: '01930099-0000-7000-8000-000000000003', subject: 'person', takesRecord: false };
  hub.on(listDeletions, { items: [deletion, ended, person], next: null });
  renderHub('/settings');
  const section = await screen.findByRole('region', { name: 'Deletions' });
  expect(await within(section).findByText(/^Waits for United States \(US\)/)).toBeTruthy();
  expect(within(section).getByText(/: waits for 2 imports$/)).toBeTruthy();
  expect(within(section).getAllByText('1,234 rows deleted')).toHaveLength(2);
  expect(within(section).getByText(`A person of ${person.orgUuid}`)).toBeTruthy();
  const receipts = within(section).getAllByRole('link', { name: 'Download the receipt' });
  expect(receipts.map((link) => link.getAttribute('href'))).toEqual([
    `/api/deletions/${ended.id}/receipt`,
    `/api/deletions/${person.id}/receipt`,
  ]);
});

test('a person is let in again by whoever has read what that means, and it says since when', async () => {
  const at = '2026-11-23T09:05:00.000Z';
  const id = '01930099-0000-7000-8000-000000000002';
  const ended = { ...deletion, id, subject: 'person', endedAt: at, sha256: 'ab', regions: [] };
  const written = () => hub.requests.filter(({ method }) => method === 'POST').map(({ url }) => url.pathname);
  hub.on(listDeletions, { items: [deletion, ended], next: null });
  hub.on(letInAgain, { ...ended, letInAt: at });
  renderHub('/settings');
  const section = await screen.findByRole('region', { name: 'Deletions' });
  const buttons = await within(section).findAllByRole('button', { name: 'Let in again' });
  expect(buttons).toHaveLength(1); // what still waits keeps nobody out yet
  await userEvent.click(buttons[0] as HTMLElement);
  const dialog = await screen.findByRole('dialog', { name: 'Let this person in again?' });
  expect(within(dialog).getByText(/What was deleted stays deleted/)).toBeTruthy();
  expect(written()).toEqual([]);
  hub.on(listDeletions, { items: [deletion, { ...ended, letInAt: at }], next: null });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Let in again' }));
  expect(await within(section).findByText(/^Let in again on /)).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(within(section).queryByRole('button', { name: 'Let in again' })).toBeNull();
  expect(written()).toEqual([`/api/deletions/${id}/let-in`]);
});
