import { listConnectors } from '@hub/contract/connectors';
import { listImports } from '@hub/contract/imports';
import { changeLowAssignmentRule, defaultLowAssignmentRule, getLowAssignmentRule } from '@hub/contract/low-assignment';
import { getSession, listSessions } from '@hub/contract/sessions';
import { previewLowAssignment } from '@hub/contract/subscription-analytics';
import { listTokens } from '@hub/contract/tokens';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { aSubscriptionRow } from '../../testing/analytics-fixtures.ts';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listSessions, { items: [] })
    .on(listTokens, { items: [] })
    .on(listConnectors, { items: [] })
    .on(getLowAssignmentRule, defaultLowAssignmentRule)
    .on(changeLowAssignmentRule, defaultLowAssignmentRule)
    .on(previewLowAssignment, {
      now: { lines: 3, customers: 3 },
      proposed: { lines: 2, customers: 1 },
      rows: [
        { ...aSubscriptionRow(0), change: 'comes' },
        { ...aSubscriptionRow(1), change: 'goes' },
      ],
    });
});

const section = () => screen.findByRole('region', { name: 'Low license assignment' });

test('a rule is looked at before it is saved: who comes in and who goes', async () => {
  renderHub('/settings');
  const form = await section();
  const below = await within(form).findByRole('textbox', { name: 'And below (% assigned)' });
  await userEvent.clear(below);
  await userEvent.type(below, '70');
  await userEvent.click(within(form).getByRole('button', { name: 'Preview' }));
  const preview = await within(form).findByRole('region', { name: 'Who would be flagged' });
  expect(await within(preview).findByText('With this rule: 2 subscriptions of 1 customer.')).toBeTruthy();
  expect(within(preview).getByText('Newly flagged')).toBeTruthy();
  expect(within(preview).getByText('No longer flagged')).toBeTruthy();
  await userEvent.click(within(preview).getByRole('radio', { name: 'Canada (CA)' }));
  await waitFor(() =>
    expect(Object.fromEntries(hub.asked(previewLowAssignment).at(-1)?.url.searchParams ?? [])).toEqual({
      region: 'ca',
      product: 'meetings',
      percentile: '25',
      belowPercent: '70',
      minimumAgeDays: '30',
      minimumPeers: '8',
      fallbackBelowPercent: '50',
      sizeBands: '25,100,500',
    }),
  );
  expect(hub.asked(changeLowAssignmentRule)).toEqual([]);
  await userEvent.click(within(form).getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(hub.asked(changeLowAssignmentRule).at(-1)?.body).toEqual({ ...defaultLowAssignmentRule, belowPercent: 70 }),
  );
});

test('a number outside and bands that do not rise are told at their fields', async () => {
  renderHub('/settings');
  const form = await section();
  const share = await within(form).findByRole('textbox', { name: 'Lowest share of peers (%)' });
  await userEvent.clear(share);
  await userEvent.type(share, '51');
  const bands = within(form).getByRole('textbox', { name: 'Size bands begin at (licenses)' });
  await userEvent.clear(bands);
  await userEvent.type(bands, '100, 25');
  await userEvent.click(within(form).getByRole('button', { name: 'Save' }));
  expect(await within(form).findByText('Enter a whole number from 1 to 50.')).toBeTruthy();
  expect(within(form).getByText(/^Enter up to 8 whole numbers/)).toBeTruthy();
  await userEvent.click(within(form).getByRole('button', { name: 'Fill in the defaults' }));
  await userEvent.click(within(form).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(hub.asked(changeLowAssignmentRule).at(-1)?.body).toEqual(defaultLowAssignmentRule));
});

test('whoever may not change the rule reads it', async () => {
  hub.on(getSession, aSession({}, 'partner_read_only'));
  renderHub('/settings');
  const form = await section();
  expect(
    await within(form).findByText('1 to 24 licenses, 25 to 99 licenses, 100 to 499 licenses, 500 or more licenses'),
  ).toBeTruthy();
  expect(within(form).queryByRole('textbox')).toBeNull();
});
