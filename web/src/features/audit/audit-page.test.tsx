import { listAuditEvents } from '@hub/contract/audit';
import { getSession } from '@hub/contract/sessions';
import { listImports } from '@hub/contract/imports';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { anAuditEvent, aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';
import { en } from '../../locales/administration/en.ts';
import { translate } from '../../lib/i18n.ts';
import { actionWords } from './audit-words.ts';

let hub: FakeHub;
const event = anAuditEvent();
const unknown = anAuditEvent({ id: '01930008-0000-7000-8000-000000000002', action: 'things.change' });

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listAuditEvents, { items: [event, unknown], next: null, actions: [event.action, 'things.change'] });
});

test('acts are told in words, one that is not known as it is logged', async () => {
  renderHub('/audit-log');
  const list = await screen.findByRole('list', { name: 'Entries, newest first' });
  expect(within(list).getByText('Role changed')).toBeTruthy();
  expect(within(list).getByText('things.change')).toBeTruthy();
});

test('every act that has words is told in them', () => {
  const acts = Object.keys(en).filter((key) => key.startsWith('act.'));
  expect(acts.length).toBeGreaterThan(50);
  expect(acts.filter((key) => actionWords(key.slice('act.'.length), translate) === key.slice('act.'.length))).toEqual(
    [],
  );
});

test('an entry opens to what changed and its tracking ID', async () => {
  renderHub('/audit-log');
  await userEvent.click(await screen.findByRole('button', { name: /^Details: Role changed/ }));
  const changes = screen.getByRole('table', { name: 'Values before and after' });
  expect(within(changes).getByRole('row', { name: 'role partner_admin partner_read_only' }).dataset['changed']).toBe(
    'true',
  );
  expect(screen.getByText('Tracking ID: ph-0042-c0de')).toBeTruthy();
});

test('a click on a person leaves their entries, in the address and in the export', async () => {
  const { router } = renderHub('/audit-log');
  await userEvent.click((await screen.findAllByRole('link', { name: 'Jordan Vale' }))[0] ?? document.body);
  const { personId } = event.actor;
  await waitFor(() => expect(router.state.location.search).toEqual({ personId }));
  expect(hub.asked(listAuditEvents).at(-1)?.url.searchParams.get('personId')).toBe(personId);
  expect(screen.getByRole('link', { name: 'Export CSV' }).getAttribute('href')).toBe(
    `/api/audit-events/export?personId=${personId}`,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Remove the filter: Jordan Vale' }));
  await waitFor(() => expect(router.state.location.search).toEqual({}));
});

test('nothing that matches says so and can be undone', async () => {
  hub.on(listAuditEvents, { items: [], next: null, actions: [] });
  const { router } = renderHub('/audit-log?q=zzzz');
  expect(await screen.findByRole('heading', { name: 'No entry matches' })).toBeTruthy();
  await userEvent.click(screen.getAllByRole('button', { name: 'Remove all filters' })[0] ?? document.body);
  await waitFor(() => expect(router.state.location.search).toEqual({}));
  expect(await screen.findByRole('heading', { name: 'Nothing is logged yet' })).toBeTruthy();
});
