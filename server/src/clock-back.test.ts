import * as api from '@hub/contract/imports';
import { expect, test } from 'vitest';
import { testHub } from './testing/test-hub.ts';
import { keepRetention } from './features/retention/keep-retention.ts';
import {
  cleanNow,
  counted,
  csvOf,
  type Desk,
  expectSum,
  importDesk,
  leg,
  orgOf,
  runWith,
  uuidOf,
} from './features/imports/test-support.ts';

const slow = 120_000;
const hour = 3_600_000;
const day = 24 * hour;
const now = '2026-12-01T10:00:00.000Z';

const deskAt = async (): Promise<Desk> => importDesk({ hub: await testHub({ now }) });
const reported = (name: string, at: string): string => csvOf([leg(name, { 'Report time': at })]);
const reportOf = async (desk: Desk, name: string): Promise<string | undefined> =>
  (await desk.facts()).get(uuidOf(`report ${name}`))?.slice(0, 16);
const undo = (desk: Desk, { id }: { id: api.ImportBatch['id'] }) =>
  desk.admin.call(api.undoImport, { params: { importId: id } });

const licenses = (assigned: number): string =>
  `date,org_id,subscription_id,product,ordered,assigned\n2026-11-20,${orgOf('known')},Sub-1,Webex Calling,20,${assigned}\n`;
const assignedNow = async (desk: Desk): Promise<unknown> =>
  desk.hub.installation.stores
    .get('eu')
    ?.ask(
      'SELECT assigned FROM @region.license_snapshot WHERE partner_id = {partner:UUID} AND replaced_by = 0 ORDER BY batch',
      { parameters: { partner: desk.partnerId } },
    );

test.each([
  ['an hour', hour],
  ['a day', day],
])(
  'between two imports the clock goes back by %s: the later report wins, else the later import, and each can be undone',
  { timeout: slow },
  async (_, back) => {
    const desk = await deskAt();
    const first = await desk.import(reported('a', '2026-11-20T10:00:00.000Z'), 'first.csv');
    await desk.import(licenses(7), 'licenses.csv');
    desk.hub.clock.advance(-back);
    // An older version of the call stays out, a newer one replaces it: what counts is what the records say.
    expect((await desk.import(reported('a', '2026-11-20T09:30:00.000Z'), 'older.csv')).counts).toEqual(
      counted({ read: 1, duplicate: 1 }),
    );
    const newer = await desk.import(reported('a', '2026-11-20T11:00:00.000Z'), 'newer.csv');
    expect(newer.counts).toEqual(counted({ read: 1, replaced: 1 }));
    expect(await reportOf(desk, 'a')).toBe('2026-11-20 11:00');
    // Of a feed without report times the later import counts, though its clock was earlier.
    const later = await desk.import(licenses(9), 'licenses.csv');
    expect(later.counts).toEqual(counted({ read: 1, replaced: 1 }));
    expect(Date.parse(later.createdAt)).toBeLessThan(Date.parse(first.createdAt));
    const { items } = await desk.admin.call(api.listImports, { query: {} });
    expect(items.map(({ fileName }) => fileName)).toEqual([
      'licenses.csv',
      'newer.csv',
      'older.csv',
      'licenses.csv',
      'first.csv',
    ]);
    await cleanNow(desk);
    expect(await assignedNow(desk)).toEqual([{ assigned: 9 }]);
    expect((await undo(desk, newer)).state).toBe('undone');
    expect((await undo(desk, later)).state).toBe('undone');
    await cleanNow(desk);
    expect(await reportOf(desk, 'a')).toBe('2026-11-20 10:00');
    expect(await assignedNow(desk)).toEqual([{ assigned: 7 }]);
  },
);

test.each([
  ['while its file is read', 'LOAD', hour],
  ['while its rows are published', 'ALTER TABLE', day],
])(
  '%s the clock goes back: the import is whole, and its time is not below zero',
  { timeout: slow },
  async (_, statement, back) => {
    const desk = await deskAt();
    const batch = await desk.queue(
      csvOf([leg('a'), leg('b', { 'Start time': 'never' }), leg('h', { 'Org UUID': orgOf('nobody') })]),
    );
    let isBack = false;
    await runWith(desk, batch, (sql) => {
      if (isBack || !sql.startsWith(statement)) return;
      isBack = true;
      desk.hub.clock.advance(-back);
    });
    expect(isBack).toBe(true);
    const ended = await desk.get(batch);
    expect(ended).toMatchObject({
      state: 'committed',
      counts: counted({ read: 3, new: 1, rejected: 1, held: 1 }),
      seconds: 0,
      rowsPerSecond: null,
    });
    expectSum(ended);
    expect((await desk.facts()).size).toBe(1);
    expect(await desk.spool()).toEqual([]);
    expect((await undo(desk, batch)).state).toBe('undone');
    expect((await desk.facts()).size).toBe(0);
  },
);

test('what was replaced goes after 30 days, and no clock that goes back then lets that import be undone', {
  timeout: slow,
}, async () => {
  const desk = await deskAt();
  await desk.import(reported('a', '2026-11-20T10:00:00.000Z'));
  const newer = await desk.import(reported('a', '2026-11-20T11:00:00.000Z'));
  await cleanNow(desk);
  desk.hub.clock.advance(31 * day);
  await cleanNow(desk);
  expect(await desk.count('call_leg')).toBe(1);
  desk.hub.clock.advance(-2 * day);
  const { hub, partnerId } = desk;
  const { client } = await hub.person(partnerId, 'partner_full');
  expect(await client.refusal(api.undoImport, { params: { importId: newer.id } })).toMatchObject({
    code: 'import_undo_expired',
  });
  expect(await reportOf(desk, 'a')).toBe('2026-11-20 11:00');
});

test('a night whose rows are gone is not begun again by a clock that goes back, and the next one comes once', {
  timeout: slow,
}, async () => {
  const desk = await deskAt();
  const night = (): Promise<void> => keepRetention(desk.ctx(), 'eu');
  const removals = async (): Promise<number> =>
    (await desk.hub.auditOf(desk.partnerId)).filter(({ action }) => action === 'retention.remove').length;
  await desk.hub.asOwner(
    `insert into retention_rule (partner_id, region, feed, days) values ($1, 'eu', 'webex_call_history', 30)
     on conflict (partner_id, region, feed) do update set days = 30`,
    [desk.partnerId],
  );
  await night(); // the first look: the next night is the first
  const at = (name: string, instant: string) =>
    leg(name, { 'Start time': instant, 'Answer time': instant, 'Release time': instant, 'Report time': instant });
  await desk.import(
    csvOf([
      at('gone', '2026-11-01T12:00:00.000Z'),
      at('next', '2026-11-02T12:00:00.000Z'),
      at('stays', '2026-11-20T12:00:00.000Z'),
    ]),
  );
  const left = async (): Promise<number> => (await desk.facts()).size;
  desk.hub.clock.advance(day);
  await night();
  expect([await left(), await removals()]).toEqual([2, 1]);
  desk.hub.clock.advance(-day);
  await night();
  desk.hub.clock.advance(-hour);
  await night();
  expect([await left(), await removals()]).toEqual([2, 1]);
  desk.hub.clock.advance(day + hour);
  await night();
  expect([await left(), await removals()]).toEqual([2, 1]);
  desk.hub.clock.advance(day);
  await night();
  await night();
  expect([await left(), await removals()]).toEqual([1, 2]);
});

test('a key that was used before the clock went back names the same import', { timeout: slow }, async () => {
  const desk = await deskAt();
  const send = async (): Promise<api.ImportBatch> => {
    const { text } = await desk.admin.raw({
      method: 'POST',
      url: '/api/imports?region=eu&fileName=calls.csv',
      headers: { 'content-type': 'application/octet-stream', 'idempotency-key': 'once' },
      body: csvOf([leg('a')]),
    });
    return JSON.parse(text) as api.ImportBatch;
  };
  const first = await send();
  desk.hub.clock.advance(-day);
  expect((await send()).id).toBe(first.id);
  await desk.drain();
  expect((await send()).id).toBe(first.id);
  expect((await desk.facts()).size).toBe(1);
});
