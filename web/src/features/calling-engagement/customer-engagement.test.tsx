import { getCallingAnomalies } from '@hub/contract/calling-anomalies';
import { getCallingUsage } from '@hub/contract/calling-usage';
import { getCustomer } from '@hub/contract/customers';
import { getCustomerFreshness } from '@hub/contract/freshness';
import { listImports } from '@hub/contract/imports';
import { askMetrics } from '@hub/contract/metrics';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { aCustomer, customerId } from '../../testing/customer-fixtures.ts';
import { someAnomalies, someMetrics } from '../../testing/engagement-fixtures.ts';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aCoverage, aSession, aUsagePage, aUsageRow } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const address = `/customers/${customerId}?tab=calling`;

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(getCustomer, aCustomer())
    .on(getCallingUsage, aUsagePage([aUsageRow(0)]))
    .on(getCustomerFreshness, aCoverage())
    .on(getCallingAnomalies, someAnomalies())
    .on(askMetrics, someMetrics());
});

const rule = (name: string) => screen.findByRole('region', { name });

test('both rules stand there in words and numbers, the one that holds with its mark and since when', async () => {
  renderHub(address);
  const spike = await rule('Quality spike');
  expect(within(spike).getByText('More legs were poor than usual.')).toBeTruthy();
  expect(within(spike).getByText('Since Nov 8, 2026')).toBeTruthy();
  expect(within(spike).getByText('8.25 %')).toBeTruthy();
  expect(within(spike).getByText('3.50 %')).toBeTruthy();
  expect(
    within(spike).getByText(/above 2 times the median of the 8 weeks before, with at least 200 legs/),
  ).toBeTruthy();
  const use = await rule('Falling use');
  expect(within(use).getByText('As usual.')).toBeTruthy();
  expect(within(use).getByRole('row', { name: /^Mon Nov 16 80 80 56$/ })).toBeTruthy();
  await userEvent.click(within(spike).getByRole('link', { name: 'Show call quality of this week' }));
  expect(await screen.findByRole('grid', { name: 'Locations' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Quality' }).getAttribute('aria-current')).toBe('page');
});

test('low days are marked and said', async () => {
  const low = someAnomalies()?.use;
  const days = low?.usual?.days.map((day) => ({ ...day, legs: 0, isLow: day.usual > 0 }));
  hub.on(
    getCallingAnomalies,
    someAnomalies({
      use: { ...low, legs: 0, usual: { ...low?.usual, lowDays: 5, days }, isFalling: true },
      anomalies: [
        {
          kind: 'falling_use',
          since: '2026-11-15',
          week: '2026-11-15',
          legs: 0,
          usualLegs: 400,
          lowDays: 5,
          usedDays: 5,
        },
      ],
    }),
  );
  renderHub(address);
  const use = await rule('Falling use');
  expect(
    within(use).getByText(/^No call leg, usually 400\. Calling has stopped, or its records have not come/),
  ).toBeTruthy();
  expect(within(use).getByRole('row', { name: /^Fri Nov 20 low: 0 80 56$/ })).toBeTruthy();
});

test('what has not come, and what is too short to tell, is said and is no alarm', async () => {
  hub.on(
    getCallingAnomalies,
    someAnomalies({
      quality: null,
      anomalies: [],
      use: { week: '2026-11-15', legs: 9, usual: null, isFalling: false },
    }),
  );
  renderHub(address);
  expect(
    within(await rule('Quality spike')).getByText(/^The records of the last two weeks have not come/),
  ).toBeTruthy();
  expect(within(await rule('Falling use')).getByText(/less than 4 weeks before this one/)).toBeTruthy();
});

test('a fault of the rules leaves the numbers below', async () => {
  hub.refuse(getCallingAnomalies, 'region_unavailable');
  renderHub(address);
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
  expect(await screen.findByRole('region', { name: 'Key numbers' })).toBeTruthy();
});

test('location, user and week stay on the page of the customer, and the address says them', async () => {
  const { router } = renderHub(address);
  const locations = await screen.findByRole('grid', { name: 'Locations' });
  await userEvent.click(within(locations).getByRole('link', { name: 'Location 3' }));
  expect(await screen.findByRole('grid', { name: 'Users' })).toBeTruthy();
  expect(router.state.location.pathname).toBe(`/customers/${customerId}`);
  expect(router.state.location.search).toEqual({ tab: 'calling', location: 'Location 3' });
  expect(screen.getByRole('link', { name: 'Show the call legs' }).getAttribute('href')).toMatch(/location=Location\+3/);
  const asked = hub.asked(askMetrics).at(-1)?.url.searchParams;
  expect([asked?.get('customerId'), asked?.get('location')]).toEqual([customerId, 'Location 3']);
  await userEvent.click(screen.getByRole('button', { name: /^Earlier: / }));
  await waitFor(() =>
    expect(router.state.location.search).toMatchObject({ tab: 'calling', location: 'Location 3', from: '2026-11-08' }),
  );
  await userEvent.click(screen.getByRole('link', { name: 'Quayside Insurance' }));
  await waitFor(() =>
    expect(router.state.location.search).toEqual({ tab: 'calling', from: '2026-11-08', to: '2026-11-14' }),
  );
});

test('who has not bought Calling and has no calls is told so', async () => {
  hub.on(getCustomer, aCustomer({ products: ['meetings'] })).on(getCallingUsage, aUsagePage([]));
  renderHub(address);
  expect(await screen.findByRole('heading', { name: 'Webex Calling is not bought' })).toBeTruthy();
  expect(hub.asked(getCallingAnomalies)).toHaveLength(0);
});
