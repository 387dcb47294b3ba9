import { getCallPath } from '@hub/contract/call-path';
import { getCallLeg, listCallLegs } from '@hub/contract/calling-usage';
import { explainEmpty } from '@hub/contract/freshness';
import { listImports } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aCallLeg, aCallPath, aLegRecord, aLegsPage, aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const legs = [aCallLeg(0), aCallLeg(1), aCallLeg(2)];
const address =
  '/analytics/calling-usage/legs?region=eu&from=2026-11-01&to=2026-11-20&customerId=01930004-0000-7000-8000-000000000000';

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listCallLegs, aLegsPage(legs, { value: 2 }))
    .on(getCallLeg, aLegRecord(legs[1]!))
    .on(getCallPath, aCallPath(legs[1]!));
});

test('the heading states the number and how many call legs are behind it', async () => {
  renderHub(`${address}&location=Amsterdam&measure=calls`);
  expect(await screen.findByRole('heading', { name: 'Total calls: 2 · 3 call legs behind them' })).toBeTruthy();
  expect(Object.fromEntries(hub.asked(listCallLegs)[0]?.url.searchParams ?? [])).toMatchObject({
    region: 'eu',
    location: 'Amsterdam',
    measure: 'calls',
  });
});

test('with a search the number, which is not of the legs found, is not stated', async () => {
  renderHub(`${address}&measure=calls&q=person1`);
  expect(await screen.findByRole('heading', { name: 'Total calls · 3 call legs' })).toBeTruthy();
  expect(screen.queryByText(/^Calls are counted once/)).toBeNull();
});

test('an empty location is a location, none is all of them', async () => {
  renderHub(`${address}&location=&measure=calls`);
  await screen.findByRole('grid');
  expect(hub.asked(listCallLegs)[0]?.url.searchParams.get('location')).toBe('');
});

test('a link that cannot be shown is told and mended here too; the newest come first', async () => {
  const { router } = renderHub(address.replace('region=eu', 'region=mars').replace('2026-11-01', '2026-12-01'));
  expect(
    await screen.findByText(/“mars” in the link is not one of yours. The range in the link ends before/),
  ).toBeTruthy();
  await waitFor(() => expect(router.state.location.search).toMatchObject({ region: 'eu', from: '2026-10-25' }));
  const head = await screen.findByRole('columnheader', { name: /^Start/ });
  expect(head.getAttribute('aria-sort')).toBe('descending');
});

test('a click opens the whole record: empty fields are folded, emptied ones are marked', async () => {
  renderHub(address);
  const grid = await screen.findByRole('grid', { name: 'Call legs, newest first' });
  await userEvent.click(within(grid).getAllByRole('link')[1]!);
  const panel = await screen.findByRole('complementary', { name: 'Call leg' });
  expect(await within(panel).findByText('From import B-20414, webex-calling-detailed-2026-11-08_14.csv')).toBeTruthy();
  expect(within(panel).getByText('could not be read, left empty')).toBeTruthy();
  expect(within(panel).getByText('20 empty fields')).toBeTruthy();
  expect(within(panel).getByRole('button', { name: 'Copy Correlation ID' })).toBeTruthy();
});

test('the call path is a list in words: roles, who called whom, where it came from, and the way to the other legs', async () => {
  const leg = legs[1]!;
  const { router } = renderHub(`${address}&leg=${leg.reportId}&day=${leg.startTime.slice(0, 10)}`);
  const path = await screen.findByRole('region', { name: 'Call path' });
  const steps = await within(path).findAllByRole('listitem');
  expect(steps.map((step) => step.getAttribute('aria-current'))).toEqual([null, null, 'true']);
  expect(within(path).getByText('3 call legs of this call, by their start.')).toBeTruthy();
  expect(steps[0]?.textContent).toContain('Auto attendant Main menu');
  expect(steps[0]?.textContent).toContain('Key pressed: 2.');
  expect(steps[1]?.textContent).toContain('From Auto attendant: Main menu.');
  expect(steps[2]?.textContent).toMatch(/called Ada Petrova \(\+35925550101\)/);
  expect(steps[2]?.textContent).toMatch(/Transferred: .*10:00:00.* UTC/);
  await userEvent.click(within(steps[1]!).getByRole('link'));
  await waitFor(() => expect(router.state.location.search).not.toMatchObject({ leg: leg.reportId }));
});

test('a path that is longer than is shown, and a record without a Correlation ID, are told', async () => {
  const leg = legs[1]!;
  hub.on(getCallPath, aCallPath(leg, { hasMore: true, hasSession: false }));
  renderHub(`${address}&leg=${leg.reportId}&day=${leg.startTime.slice(0, 10)}`);
  expect(
    await screen.findByText(/has no Correlation ID; joined by related calls: 3.*Only the first 200 are shown/),
  ).toBeTruthy();
});

test.each([
  ['poorLegs', /rows of media quality/],
  ['queueCallsAbandoned', /name no calls/],
])('%s: the page says how far the number leads to legs', async (measure, sentence) => {
  renderHub(`${address}&measure=${measure}&policy=any_threshold`);
  expect(await screen.findByText(sentence)).toBeTruthy();
  await screen.findByRole('grid');
  expect(screen.queryByText(/Poor legs by/) !== null).toBe(measure === 'poorLegs');
  expect(hub.asked(listCallLegs)[0]?.url.searchParams.get('policy')).toBe('any_threshold');
});

test('without a leg the reason is that of the customer and the range, and what narrows can be removed', async () => {
  hub.on(listCallLegs, aLegsPage([], { value: 0 })).on(explainEmpty, { reasons: [{ code: 'filtered', records: 4 }] });
  const { router } = renderHub(`${address}&measure=calls&q=nobody`);
  expect(await screen.findByText('4 records lie in this range without the search and the filters.')).toBeTruthy();
  expect(Object.fromEntries(hub.asked(explainEmpty)[0]?.url.searchParams ?? [])).toMatchObject({
    region: 'eu',
    from: '2026-11-01',
    to: '2026-11-20',
    customerId: '01930004-0000-7000-8000-000000000000',
  });
  await userEvent.click(screen.getByRole('button', { name: 'Remove the search and the filters' }));
  await waitFor(() => expect(router.state.location.search).not.toHaveProperty('q'));
  expect(router.state.location.search).not.toHaveProperty('measure');
});

test('legs of a feature: its name, the customers and days that are counted, and the way back', async () => {
  renderHub(`${address}&measure=parkedCalls&hasQueues=true&filter=group%3ANorth&zone=Europe%2FSofia&back=engagement`);
  expect(await screen.findByRole('heading', { name: 'Parked calls: 2 · 3 call legs behind them' })).toBeTruthy();
  expect(
    screen.getByText(/Customers: group:North · Only customers with Call Queue enabled .* Europe\/Sofia$/),
  ).toBeTruthy();
  expect(screen.getByText(/^Calls are counted once/)).toBeTruthy();
  expect(Object.fromEntries(hub.asked(listCallLegs)[0]?.url.searchParams ?? [])).toMatchObject({
    measure: 'parkedCalls',
    hasQueues: 'true',
    filter: 'group:North',
    zone: 'Europe/Sofia',
  });
  const back = document.querySelector<HTMLAnchorElement>('a.back');
  expect(back?.textContent).toBe('Calling engagement');
  const { pathname, searchParams } = new URL(back?.getAttribute('href') ?? '', 'http://hub.example');
  expect([pathname, searchParams.get('view'), searchParams.get('zone'), searchParams.get('from')]).toEqual([
    '/analytics/calling-engagement',
    'features',
    'Europe/Sofia',
    '2026-11-01',
  ]);
});

test('legs of a queue are named by it; numbers without a column of the report say how many legs there are', async () => {
  hub.on(listCallLegs, aLegsPage(legs, { value: null }));
  renderHub(`${address}&measure=queueStatistics&queue=Front%20desk`);
  expect(await screen.findByRole('heading', { name: '3 call legs' })).toBeTruthy();
  expect(screen.getByText(/Queue: Front desk/)).toBeTruthy();
  expect(screen.getByText(/name no calls/)).toBeTruthy();
});

test('without a leg, what narrows is removed with the filter, the queue and the feature', async () => {
  hub.on(listCallLegs, aLegsPage([], { value: 0 })).on(explainEmpty, { reasons: [{ code: 'filtered', records: 4 }] });
  const { router } = renderHub(`${address}&measure=parkedCalls&queue=Sales&filter=group%3ANorth&hasQueues=true`);
  await userEvent.click(await screen.findByRole('button', { name: 'Remove the search and the filters' }));
  await waitFor(() => expect(router.state.location.search).not.toHaveProperty('queue'));
  for (const name of ['filter', 'hasQueues', 'measure']) expect(router.state.location.search).not.toHaveProperty(name);
});

test.each([
  ['callLegs', 'usage'],
  ['poorLegs', 'quality'],
  ['unknownLegs', 'quality'],
  ['queueStatistics', 'features'],
  ['queueCallsAbandoned', 'features'],
])('the way back from %s leads to the part that has it: %s', async (measure, view) => {
  renderHub(`${address}&measure=${measure}&back=engagement`);
  await screen.findByRole('grid');
  const back = document.querySelector<HTMLAnchorElement>('a.back');
  expect(new URL(back?.getAttribute('href') ?? '', 'http://hub.example').searchParams.get('view')).toBe(view);
});
