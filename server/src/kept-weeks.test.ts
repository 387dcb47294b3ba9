import { askMetrics, type MetricKey } from '@hub/contract/metrics';
import { expect, test } from 'vitest';
import { inTenant } from './features/access/index.ts';
import { buildsRollups, noteRemoval } from './features/imports/index.ts';
import { csvOf, type Desk, importDesk, leg, orgOf } from './features/imports/test-support.ts';
import { keepMetricWeeks } from './features/metrics/index.ts';

const metrics: readonly MetricKey[] = [
  'callLegs',
  'activeUsers',
  'usersLight',
  'callMinutes',
  'calls',
  'forwardedCalls',
  'huntGroupCalls',
];
const weeks = { from: '2026-10-04', to: '2026-10-31', bucket: 'week', zone: 'UTC' } as const;
const on = (day: string, name: string, more = {}) => leg(name, { 'Start time': `${day}T09:00:00.000Z`, ...more });

const storeOf = (desk: Desk) => {
  const store = desk.hub.installation.stores.get('eu');
  if (!store) throw new Error('No store of eu.');
  return store;
};

async function answers(desk: Desk) {
  const { rows, totals } = await desk.admin.call(askMetrics, {
    query: { region: 'eu', ...weeks, by: 'customer', metrics: metrics.join(',') },
  });
  return { rows, totals };
}

async function filledDesk(): Promise<Desk> {
  const desk = await importDesk({ orgs: ['known', 'other'] });
  await desk.import(
    csvOf([
      on('2026-10-05', 'a'),
      on('2026-10-06', 'b', { 'Related reason': 'CallForwardAlways' }),
      on('2026-10-07', 'c', { 'Org UUID': orgOf('other'), 'User type': 'HuntGroup', Direction: 'TERMINATING' }),
      on('2026-10-20', 'd'),
      on('2026-10-21', 'e', { 'Org UUID': orgOf('other') }),
    ]),
  );
  await buildsRollups(desk.hub.installation)('eu', () => false);
  return desk;
}

const keep = (desk: Desk): Promise<boolean> => keepMetricWeeks(desk.ctx(), 'eu', { until: '2026-10-31' });
const forget = (desk: Desk): Promise<void> =>
  inTenant(desk.ctx(), (tx) => noteRemoval(tx, desk.partnerId, desk.region));
const slowly = { timeout: 120_000 };

test('weeks that are kept answer as if they were counted', slowly, async () => {
  const desk = await filledDesk();
  const counted = await answers(desk);
  expect(counted.totals.callLegs).toEqual([2, 0, 2, 0]);
  expect(counted.totals.forwardedCalls).toEqual([1, 0, 0, 0]);
  await forget(desk);
  expect(await keep(desk)).toBe(true);
  expect(await answers(desk)).toEqual(counted);
  expect(await keep(desk)).toBe(true);
});

test('an import counts the weeks anew that it touches, and no others', slowly, async () => {
  const desk = await filledDesk();
  await keep(desk);
  // Nobody does this: it shows which weeks are told from what was kept.
  await storeOf(desk).run(
    `ALTER TABLE @region.metric_week UPDATE counts = arrayMap(count -> count + 1000, counts) WHERE source = 'legs' SETTINGS mutations_sync = 2`,
  );
  await desk.import(csvOf([on('2026-10-22', 'f')]));
  const told = await answers(desk);
  expect(told.totals.callLegs).toEqual([1002, 0, 3, 0]);
  await desk.import(csvOf([on('2026-10-08', 'g')]));
  expect((await answers(desk)).totals.callLegs).toEqual([3, 0, 3, 0]);
  expect(await keep(desk)).toBe(true);
  expect((await answers(desk)).totals.callLegs).toEqual([3, 0, 3, 0]);
});

test('keeping goes on where it broke off, and what is not kept yet is counted', slowly, async () => {
  const desk = await filledDesk();
  const counted = await answers(desk);
  for (const atMost of [1, 4]) {
    await forget(desk);
    let looks = 0;
    expect(await keepMetricWeeks(desk.ctx(), 'eu', { until: '2026-10-31', isOver: () => looks++ >= atMost })).toBe(
      false,
    );
    expect(await answers(desk)).toEqual(counted);
  }
  await keep(desk);
  expect(await desk.count('metric_week')).toBeGreaterThan(0);
});
