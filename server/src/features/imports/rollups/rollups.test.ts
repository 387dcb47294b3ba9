import { expect, test } from 'vitest';
import { callHistory } from '../feeds/call-history.ts';
import { csvOf, type Desk, importDesk, leg, orgOf } from '../test-support.ts';
import { checkRollups } from './check-rollups.ts';
import { buildsRollups } from './build-rollups.ts';
import { areRollupsBuilt, rebuildRollups, removeRolledUpBefore } from './rollup-queries.ts';

const slowly = { timeout: 120_000 };

const hour = (at: number): string => `2026-11-20T${String(at).padStart(2, '0')}:00:00.000Z`;
const later = { 'Report time': '2026-11-21T09:00:00.000Z' };

/** Two users, one of them without a UUID, with a leg that a later file replaces, and one that another import will replace. */
async function filledDesk(): Promise<Desk> {
  const desk = await importDesk({ orgs: ['known', 'other'] });
  const nobody = { 'User UUID': '', User: 'Front desk', 'User number': '+35921234567' };
  await desk.import(
    csvOf([
      leg('a', { 'Start time': hour(1) }),
      leg('b', { 'Start time': hour(2), ...nobody }),
      leg('c', { 'Start time': hour(3), Answered: 'false', Duration: '0' }),
      leg('d', { 'Start time': hour(4), 'Org UUID': orgOf('other') }),
      leg('e', { 'User type': 'HuntGroup' }),
    ]),
  );
  await desk.import(csvOf([leg('a', { ...later, Duration: '90', 'Start time': '2026-11-19T23:59:59.000Z' })]));
  return desk;
}

const storeOf = (desk: Desk) => {
  const store = desk.hub.installation.stores.get('eu');
  if (!store) throw new Error('No store of eu.');
  return store;
};

/** What counts, by day: users and legs and seconds. */
async function sumsOf(desk: Desk): Promise<unknown> {
  return storeOf(desk).ask(
    `SELECT toString(day) AS day, toString(org_uuid) AS org, uniqExactIf(user_key, of_user > 0) AS users, sum(of_user) AS legs, sum(of_seconds) AS seconds FROM (
       SELECT day, org_uuid, user_key, sum(legs) AS of_user, sum(seconds) AS of_seconds FROM @region.leg_rollup
       WHERE partner_id = {partner:UUID} GROUP BY day, org_uuid, user_key) GROUP BY day, org_uuid HAVING legs != 0 ORDER BY day, org`,
    { parameters: { partner: desk.partnerId } },
  );
}

test('a replaced version is taken away on its own day, and added on the day of the later one', slowly, async () => {
  const desk = await filledDesk();
  const known = [
    { day: '2026-11-19', org: orgOf('known'), users: 1, legs: 1, seconds: 90 },
    { day: '2026-11-20', org: orgOf('known'), users: 2, legs: 2, seconds: 60 },
    { day: '2026-11-20', org: orgOf('other'), users: 1, legs: 1, seconds: 60 },
  ];
  const byOrg = (rows: unknown): unknown[] =>
    (rows as typeof known).toSorted((a, b) => (a.day + a.org < b.day + b.org ? -1 : 1));
  expect(byOrg(await sumsOf(desk))).toEqual(byOrg(known));
});

test('the check finds sums that are not those of the facts, and building anew mends them', slowly, async () => {
  const desk = await filledDesk();
  const store = storeOf(desk);
  const legs = async () => (await checkRollups(desk.ctx(), 'eu')).find(({ rollup }) => rollup === 'leg_rollup');
  await rebuildRollups(store, desk.partnerId);
  expect(await legs()).toMatchObject({ isBuilt: true, groups: 0, rows: 5 });
  await store.run(
    'ALTER TABLE @region.leg_rollup UPDATE seconds = seconds + 1 WHERE partner_id = {partner:UUID} AND org_uuid = {org:UUID} SETTINGS mutations_sync = 2',
    { parameters: { partner: desk.partnerId, org: orgOf('other') } },
  );
  expect(await legs()).toMatchObject({ groups: 1, organizations: 1, firstDay: '2026-11-20', lastDay: '2026-11-20' });
  await rebuildRollups(store, desk.partnerId);
  expect(await legs()).toMatchObject({ isBuilt: true, groups: 0 });
});

test('rollups of before this release are built between two imports, once', slowly, async () => {
  const desk = await filledDesk();
  const store = storeOf(desk);
  for (const table of ['leg_rollup', 'rollup_state'])
    await store.run(
      `ALTER TABLE @region.${table} DELETE WHERE partner_id = {partner:UUID} SETTINGS mutations_sync = 2`,
      {
        parameters: { partner: desk.partnerId },
      },
    );
  expect(await areRollupsBuilt(store, desk.partnerId)).toBe(false);
  await buildsRollups(desk.hub.installation)('eu', () => false);
  expect(await areRollupsBuilt(store, desk.partnerId)).toBe(true);
  expect(await desk.count('leg_rollup')).toBe(5);
  expect(await checkRollups(desk.ctx(), 'eu')).toMatchObject(
    ['leg_rollup', 'leg_week_rollup', 'feature_rollup', 'media_rollup', 'media_week_rollup', 'poor_rollup'].map(
      (rollup) => ({ rollup, isBuilt: true, groups: 0 }),
    ),
  );
});

test(
  'a week that loses its first days keeps the rest, whatever was replaced in it and wherever it broke off',
  slowly,
  async () => {
    const desk = await filledDesk();
    const store = storeOf(desk);
    const checks = () => checkRollups(desk.ctx(), 'eu');
    await rebuildRollups(store, desk.partnerId);
    await store.run(
      "ALTER TABLE @region.call_leg DELETE WHERE partner_id = {partner:UUID} AND day < '2026-11-20' SETTINGS mutations_sync = 2",
      { parameters: { partner: desk.partnerId } },
    );
    const isWrong = (await checks()).filter(({ groups }) => groups > 0).map(({ rollup }) => rollup);
    expect(isWrong).toEqual(['leg_rollup', 'leg_week_rollup']);
    const removed = () => removeRolledUpBefore(store, desk.partnerId, { feed: callHistory, firstDay: '2026-11-20' });
    await removed();
    expect((await checks()).filter(({ isBuilt, groups }) => !isBuilt || groups > 0)).toEqual([]);
    expect(await desk.count('leg_week_rollup')).toBeGreaterThan(0);
    await removed();
    expect((await checks()).filter(({ isBuilt, groups }) => !isBuilt || groups > 0)).toEqual([]);
  },
);
