import * as imports from '@hub/contract/imports';
import * as api from '@hub/contract/retention';
import { changeStatusPolicy } from '@hub/contract/status-policy';
import { explainEmpty, getCustomerFreshness } from '@hub/contract/freshness';
import { listCustomers } from '@hub/contract/customers';
import { getCallingUsage } from '@hub/contract/calling-usage';
import { expect, test } from 'vitest';
import { type RegionalStore, StoreFault } from './platform/regional-store/index.ts';
import { until } from './testing/spawn-hub.ts';
import { type TestHub, testHub } from './testing/test-hub.ts';
import { startImportRunner } from './features/imports/index.ts';
import {
  cleanNow,
  counted,
  csvOf,
  type Desk,
  importDesk,
  leg,
  orgOf,
  storeWith,
  uuidOf,
} from './features/imports/test-support.ts';
import { keepRetention, keepsRetention } from './features/retention/keep-retention.ts';

const now = '2026-12-01T10:00:00.000Z';
const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
const legOn = (name: string, at: string, over = {}) =>
  leg(name, { 'Start time': at, 'Answer time': at, 'Release time': at, 'Report time': at, ...over });
const keep = (desk: Desk, days: number | null, over: Partial<api.RetentionChange> = {}) =>
  desk.admin.call(api.changeRetention, {
    body: { rules: [{ region: desk.region, feed: 'webex_call_history', days, ...over }] },
  });
const night = (desk: Desk, stores = desk.hub.installation.stores): Promise<void> =>
  keepRetention({ ...desk.ctx(), stores }, desk.region);
const removals = async (desk: Desk) =>
  (await desk.hub.auditOf(desk.partnerId))
    .filter(({ action }) => action === 'retention.remove')
    .map(({ after }) => after as unknown as { region: string; feeds: Record<string, object> });
const names = async (desk: Desk, all: readonly string[]): Promise<string[]> => {
  const facts = await desk.facts();
  return all.filter((name) => facts.has(uuidOf(`report ${name}`)));
};
/** Days go by, and everybody stays signed in. */
async function pass(hub: TestHub, days = 1): Promise<void> {
  hub.clock.advance(days * 86_400_000);
  await hub.asOwner("update session set last_used_at = $1, expires_at = $1::timestamptz + interval '1 day'", [
    hub.clock.now(),
  ]);
}
const hubAt = (at = now): Promise<TestHub> => testHub({ now: at });

test('whole UTC days go, by the calendar of the partner’s zone: not a row more or less', {
  timeout: 120_000,
}, async () => {
  // 10:00 UTC on 1 December: already the 2nd in Kiritimati, still the 1st in New York.
  for (const [timeZone, today] of [
    ['UTC', '2026-12-02'],
    ['Pacific/Kiritimati', '2026-12-03'],
    ['America/New_York', '2026-12-02'],
  ] as const) {
    const desk = await importDesk({ hub: await hubAt() });
    await desk.admin.call(changeStatusPolicy, { body: { timeZone, expiresSoonDays: 14, inactiveDays: 90 } });
    await keep(desk, 40);
    await night(desk);
    const first = addDays(today, -40);
    const at: Record<string, string> = {
      last: `${addDays(first, -1)}T23:59:59.999Z`,
      first: `${first}T00:00:00.000Z`,
      heldLast: `${addDays(first, -1)}T12:00:00.000Z`,
      heldFirst: `${first}T12:00:00.000Z`,
    };
    const batch = await desk.import(
      csvOf([
        legOn('last', at['last'] ?? ''),
        legOn('first', at['first'] ?? ''),
        legOn('heldLast', at['heldLast'] ?? '', { 'Org UUID': orgOf('unknown') }),
        legOn('heldFirst', at['heldFirst'] ?? '', { 'Org UUID': orgOf('unknown') }),
      ]),
    );
    expect(batch.counts).toEqual(counted({ read: 4, new: 2, held: 2 }));
    await night(desk);
    expect(await names(desk, ['last', 'first'])).toEqual(['last', 'first']); // not before the night
    await pass(desk.hub);
    await night(desk);
    expect([timeZone, ...(await names(desk, ['last', 'first']))]).toEqual([timeZone, 'first']);
    expect((await desk.held()).map(({ rows, firstStart }) => [rows, firstStart])).toEqual([[1, at['heldFirst']]]);
    expect(await removals(desk)).toEqual([
      { region: 'eu', feeds: { webex_call_history: { firstDay: first, stored: 1, held: 1, rejected: 0 } } },
    ]);
    expect(await desk.get(batch)).toMatchObject({ state: 'committed', counts: batch.counts });
  }
});

const stat = (day: string, to: string, queue: string): { body: string; given: object } => ({
  body: `Call Queue,Location,Total Calls,Abandoned Calls\n${queue},Sofia,3,1\n`,
  given: { orgUuid: orgOf('known'), from: day, to },
});

test('each feed and region by its own limit; other partners, and rejected rows of younger imports, stay', {
  timeout: 180_000,
}, async () => {
  const hub = await hubAt();
  const desk = await importDesk({ hub });
  const other = await importDesk({ hub });
  const us = await importDesk({ hub, region: 'us' });
  const old = '2026-09-01T10:00:00.000Z';
  const file = csvOf([legOn('a', old), legOn('b', '2026-11-30T10:00:00.000Z'), legOn('bad', 'no time')]);
  for (const each of [desk, other, us]) {
    await night(each);
    expect((await each.import(file)).counts).toEqual(counted({ read: 3, new: 2, rejected: 1 }));
  }
  // A period goes when its last day is beyond the limit.
  for (const [from, to, queue] of [
    ['2026-08-01', '2026-08-31', 'Old'],
    ['2026-10-15', '2026-11-02', 'Across'],
  ] as const) {
    const { body, given } = stat(from, to, queue);
    expect((await desk.import(body, 'queues.csv', given)).counts).toEqual(counted({ read: 1, new: 1 }));
  }
  await keep(desk, 30);
  await keep(desk, 30, { feed: 'webex_call_queue_stats' });
  await keep(desk, 30, { region: 'us' });
  await pass(hub);
  for (const each of [desk, other, us]) await night(each);
  expect(await names(desk, ['a', 'b'])).toEqual(['b']);
  expect(await names(other, ['a', 'b'])).toEqual(['a', 'b']);
  expect(await names(us, ['a', 'b'])).toEqual(['a', 'b']);
  expect([await desk.count('call_queue_stat'), await desk.count('rejected_row')]).toEqual([1, 1]);
  expect(await removals(desk)).toEqual([
    {
      region: 'eu',
      feeds: {
        webex_call_history: { firstDay: '2026-11-02', stored: 1, held: 0, rejected: 0 },
        webex_call_queue_stats: { firstDay: '2026-11-02', stored: 1, held: 0, rejected: 0 },
      },
    },
  ]);
  // Rejected rows have no day that could be trusted: that of their import counts.
  await pass(hub, 30);
  await night(desk);
  await night(other);
  expect([await desk.count('rejected_row'), await other.count('rejected_row')]).toEqual([0, 1]);
  expect((await removals(desk)).at(-1)?.feeds['webex_call_history']).toMatchObject({ stored: 1, rejected: 1 });
  await keep(desk, null);
  await desk.import(csvOf([legOn('ancient', '2020-01-01T00:00:00.000Z')]));
  await pass(hub, 400);
  await night(desk);
  expect(await names(desk, ['ancient'])).toEqual(['ancient']);
});

test('usage, freshness and why something is empty follow at once; a late import says what will become of it', {
  timeout: 120_000,
}, async () => {
  const desk = await importDesk({ hub: await hubAt() });
  const { region } = desk;
  await night(desk);
  await keep(desk, 60);
  const batch = await desk.import(
    csvOf([
      legOn('a', '2026-09-01T10:00:00.000Z'),
      legOn('b', '2026-11-30T10:00:00.000Z'),
      legOn('held', '2026-09-02T10:00:00.000Z', { 'Org UUID': orgOf('unknown') }),
    ]),
  );
  expect(batch.notes).toEqual([{ code: 'beyond_kept', data: { rows: 2, days: 60 } }]);
  const usage = async () =>
    (await desk.admin.call(getCallingUsage, { query: { region, from: '2026-09-01', to: '2026-11-30' } })).totals
      .callLegs;
  const [customer] = (await desk.admin.call(listCustomers, { query: { limit: 10 } })).items.filter(
    ({ orgUuid }) => orgUuid === orgOf('known'),
  );
  const fresh = async () =>
    (
      await desk.admin.call(getCustomerFreshness, { params: { customerId: customer?.id as never }, query: {} })
    ).feeds.map(({ firstDay }) => firstDay);
  const why = async (from: string, to: string) =>
    (await desk.admin.call(explainEmpty, { query: { region, from, to } })).reasons;
  expect([await usage(), await fresh()]).toEqual([2, ['2026-09-01']]);
  expect(await why('2026-09-05', '2026-09-06')).toMatchObject([{ code: 'gap' }, { code: 'held' }]);
  await pass(desk.hub);
  await night(desk);
  expect([await usage(), await fresh()]).toEqual([1, ['2026-11-30']]);
  expect(await why('2026-09-01', '2026-09-02')).toEqual([{ code: 'beyond_kept', days: 60, firstDay: '2026-10-03' }]);
  expect(await why('2026-10-03', '2026-10-04')).toEqual([{ code: 'begins_later', firstDay: '2026-11-30' }]);
  // What was removed is news again, and goes again.
  expect((await desk.import(csvOf([legOn('a', '2026-09-01T10:00:00.000Z')]))).counts).toEqual(
    counted({ read: 1, new: 1 }),
  );
  await pass(desk.hub);
  await night(desk);
  expect([await names(desk, ['a', 'b']), await desk.held()]).toEqual([['b'], []]);
});

test('undoing an import of which rows were removed takes the rest, and brings back what is within the limit', {
  timeout: 120_000,
}, async () => {
  for (const isMarked of [false, true]) {
    const desk = await importDesk({ hub: await hubAt() });
    await night(desk);
    await keep(desk, 60);
    const [old, young] = ['2026-10-02T10:00:00.000Z', '2026-11-20T10:00:00.000Z'];
    const later = { 'Report time': '2026-11-30T10:00:00.000Z' };
    await desk.import(csvOf([legOn('old', old), legOn('young', young)]));
    const second = await desk.import(
      csvOf([legOn('old', old, later), legOn('young', young, later), legOn('new', old)]),
    );
    expect(second.counts).toEqual(counted({ read: 3, new: 1, replaced: 2 }));
    if (isMarked) await cleanNow(desk);
    await pass(desk.hub);
    await night(desk);
    expect([await names(desk, ['old', 'young', 'new']), await desk.count('call_leg')]).toEqual([['young'], 2]);
    if (!isMarked) await cleanNow(desk);
    await desk.admin.call(imports.undoImport, { params: { importId: second.id } });
    expect(await names(desk, ['old', 'young', 'new'])).toEqual(['young']);
    await cleanNow(desk);
    expect(await desk.facts()).toEqual(new Map([[uuidOf('report young'), '2026-11-20 10:00:00.000']]));
    expect(await desk.count('call_leg')).toBe(1);
  }
});

test('a night that breaks off is finished with the numbers of its plan; one that is over is not done again', {
  timeout: 120_000,
}, async () => {
  const desk = await importDesk({ hub: await hubAt() });
  await night(desk);
  await keep(desk, 30);
  await desk.import(
    csvOf([
      legOn('a', '2026-09-01T10:00:00.000Z'),
      legOn('h', '2026-09-01T10:00:00.000Z', { 'Org UUID': orgOf('unknown') }),
    ]),
  );
  await pass(desk.hub);
  const store = desk.hub.installation.stores.get('eu') as RegionalStore;
  for (const table of ['call_leg', 'held_call_leg']) {
    const failing = storeWith(store, (sql) => {
      if (sql.includes(`ALTER TABLE @region.${table} DELETE`)) throw StoreFault.unavailable('eu', 'away', undefined);
    });
    await expect(night(desk, new Map([['eu', failing]]))).rejects.toThrow('does not answer');
    expect(await removals(desk)).toEqual([]);
  }
  await pass(desk.hub);
  const told = {
    region: 'eu',
    feeds: { webex_call_history: { firstDay: '2026-11-02', stored: 1, held: 1, rejected: 0 } },
  };
  for (let round = 0; round < 3; round++) {
    await night(desk);
    expect(await removals(desk)).toEqual([told]);
  }
  expect([await desk.count('call_leg'), await desk.count('held_call_leg')]).toEqual([0, 0]);
});

test('the queue does it each night, of several workers one; a region that is away is caught up and holds up no other', {
  timeout: 180_000,
}, async () => {
  const hub = await testHub({ now, isAlone: true });
  const eu = await importDesk({ hub });
  const us = await importDesk({ hub, region: 'us' });
  for (const desk of [eu, us]) {
    await night(desk);
    await keep(desk, 30, { region: desk.region });
    await desk.import(csvOf([legOn('a', '2026-09-01T10:00:00.000Z')]));
  }
  await pass(hub);
  let isAway = true;
  const store = hub.installation.stores.get('us') as RegionalStore;
  const flaky = storeWith({ ...store, isAvailable: () => !isAway }, () => {
    if (isAway) throw StoreFault.unavailable('us', 'away', undefined);
  });
  const installation = {
    ...hub.installation,
    stores: new Map(hub.installation.stores).set('us', flaky),
  };
  const runners = await Promise.all(
    [1, 2].map(() => startImportRunner(installation, { isAlone: false, chores: [keepsRetention(installation)] })),
  );
  try {
    await until(async () => (await removals(eu)).length > 0);
    expect([await eu.count('call_leg'), await us.count('call_leg')]).toEqual([0, 1]);
    isAway = false;
    await until(async () => (await removals(us)).length > 0);
    expect(await us.count('call_leg')).toBe(0);
    hub.clock.advance(3_600_000);
    expect([(await removals(eu)).length, (await removals(us)).length]).toEqual([1, 1]);
  } finally {
    for (const runner of runners) await runner.stop();
  }
});

test('limits are read by everybody, changed by full administrators, looked at before, and kept in the log', {
  timeout: 120_000,
}, async () => {
  const desk = await importDesk({ hub: await hubAt() });
  const { admin, readOnly, partnerId, hub } = desk;
  const usual = await readOnly.call(api.getRetention, {});
  expect(usual.beginsOn).toBeNull();
  expect(usual.rules).toContainEqual({
    region: 'eu',
    feed: 'webex_call_history',
    days: 400,
    usualDays: 400,
    firstDay: '2025-10-27',
  });
  const rules = [{ region: 'eu' as const, feed: 'webex_call_history' as const, days: 30 }];
  const denied = await readOnly.refusal(api.changeRetention, { body: { rules } });
  expect(denied).toMatchObject({ code: 'permission_denied' });
  for (const days of [29, 3651, 31.5])
    expect(
      await admin.refusal(api.changeRetention, {
        body: { rules: [{ region: 'eu', feed: 'webex_call_history', days }] },
      }),
    ).toMatchObject({ code: 'invalid_request' });
  await desk.import(csvOf([legOn('a', '2026-10-31T10:00:00.000Z'), legOn('b', '2026-11-01T10:00:00.000Z')]));
  const preview = (region: 'eu' | 'us' = 'eu') =>
    admin.call(api.previewRetention, { body: { rules: rules.map((rule) => ({ ...rule, region })) } });
  expect(await preview()).toEqual({
    removes: [{ region: 'eu', feed: 'webex_call_history', rows: 1, firstDay: '2026-11-01' }],
    unavailable: [],
  });
  expect(await preview('us')).toEqual({ removes: [], unavailable: [] });
  expect((await admin.call(api.getRetention, {})).rules).toEqual(usual.rules);

  // Who was there before the limits has a month, or until they are looked at.
  await hub.asOwner("update identity.partner set retention_begins_on = '2026-12-20' where id = $1", [partnerId]);
  await hub.asOwner('update retention_night set done_on = $2 where partner_id = $1', [partnerId, '2026-11-01']);
  await night(desk);
  await hub.asOwner("insert into retention_rule values ($1, 'eu', 'webex_call_history', 30)", [partnerId]);
  await pass(hub);
  await night(desk);
  expect(await desk.count('call_leg')).toBe(2);
  expect((await readOnly.call(api.getRetention, {})).beginsOn).toBe('2026-12-20');
  const changed = await admin.call(api.changeRetention, { body: { rules: [{ ...rules[0]!, days: 31 }] } });
  expect(changed.beginsOn).toBeNull();
  await night(desk);
  expect(await desk.count('call_leg')).toBe(1);
  const [event] = (await hub.auditOf(partnerId)).filter(({ action }) => action === 'retention.change');
  expect(event).toMatchObject({
    before: { eu: { webex_call_history: 30 } },
    after: { eu: { webex_call_history: 31 } },
    actor_person_id: desk.adminId,
  });
});
