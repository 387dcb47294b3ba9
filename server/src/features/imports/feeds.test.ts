import { assignCustomers } from '@hub/contract/administrators';
import { getCallingUsage } from '@hub/contract/calling-usage';
import { listCustomers } from '@hub/contract/customers';
import * as api from '@hub/contract/imports';
import type { OrgUuid } from '@hub/contract/ids';
import { getSession } from '@hub/contract/sessions';
import { beforeAll, expect, test } from 'vitest';
import { clusterSchema } from '../../platform/regional-store/cluster-schema.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { normalHeader } from './call-history-columns.ts';
import { feeds } from './feeds/all-feeds.ts';
import { lenientOf, recordColumns } from './feeds/feed.ts';
import {
  cleanNow,
  counted,
  csvOf,
  type Desk,
  expectSum,
  type Fields,
  importDesk,
  leg,
  orgOf,
  runWith,
  uuidOf,
} from './test-support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await importDesk();
});

const storeOf = ({ hub }: Desk): RegionalStore => hub.installation.stores.get('eu') as RegionalStore;

/** What counts of a table, in the order of its columns. */
async function rowsOf<Row>(own: Desk, table: string, columns: string, order: string): Promise<Row[]> {
  return storeOf(own).ask<Row>(
    `SELECT ${columns} FROM @region.${table} WHERE partner_id = {partner:UUID} AND replaced_by = 0
     AND (record_id, batch) NOT IN (SELECT report_id, old_batch FROM @region.superseded WHERE partner_id = {partner:UUID}) ORDER BY ${order}`,
    { parameters: { partner: own.partnerId } },
  );
}

/** A CSV of records that all have the columns of the first. */
const sheet = (records: readonly (Fields | string)[], columns = Object.keys(records[0] as Fields)): string =>
  csvOf(records, { columns });

const media = (call: string, over: Fields = {}): Fields => ({
  'Start time': '2026-11-20T09:00:00.000Z',
  'Org UUID': orgOf('known'),
  'User UUID': uuidOf('user'),
  Email: 'Ada@Example.com',
  Location: 'Sofia',
  'Call ID': call,
  'Call duration': '60',
  'Video duration': '0',
  'Audio jitter': '12.5',
  'Audio packet loss': '0.4',
  'Audio latency': '80',
  'Video jitter': 'NA',
  ...over,
});

const queue = (name: string, over: Fields = {}): Fields => ({
  'Call Queue': name,
  Location: 'Sofia',
  'Phone NO.': '+359 2 111',
  Extension: '4001',
  'Total Hold Time': '0:01:30',
  'Avg Hold Time': '00:00:03',
  'Total Talk Time': '26:10:00',
  'Answered Calls': '30',
  '% Answered Calls': '75%',
  'Abandoned Calls': '10',
  '% Abandoned Calls': '25.00 %',
  'Total Calls': '40',
  'Calls Overflowed': '2',
  'Calls Timed Out': '1',
  'Calls Transferred': '0',
  'Avg No. of Agents Assigned': '3.5',
  ...over,
});

const november = { orgUuid: orgOf('known') as OrgUuid, from: '2026-11-01', to: '2026-11-30' };

test('numbers are read with commas and separators of thousands where they are clear, and emptied where they are not', async () => {
  const own = await importDesk();
  const counts: [text: string, calls: number | null][] = [
    ['1200', 1200],
    ['1,200', 1200],
    ['1 200', 1200],
    ['1\u202f200', 1200],
    ['1’200', 1200],
    ['1,200,300', 1_200_300],
    ['1.200.300', 1_200_300],
    ['1.200', null],
    ['12,00', null],
    ['1,2000', null],
    ['0,200', null],
    ['1,200.0', null],
    ['4,294,967,296', null],
  ];
  const percents: [text: string, percent: number | null][] = [
    ['12,5', 12.5],
    ['99,123 %', 99.123],
    ['100,000%', 100],
    ['1,200', 1.2],
    ['100,5', null],
  ];
  const rows = counts.map(([calls], index) => {
    const [percent] = percents[index % percents.length] as [string, number | null];
    return queue(`queue ${index}`, { 'Total Calls': calls, '% Answered Calls': percent });
  });
  const batch = await own.import(sheet(rows), 'q.csv', november);
  expect(batch.counts).toEqual(counted({ read: counts.length, new: counts.length }));
  const stored = await rowsOf<{ calls: number | null; percent: number | null }>(
    own,
    'call_queue_stat',
    'total_calls AS calls, answered_percent AS percent',
    "toUInt32(extract(call_queue, '[0-9]+'))",
  );
  expect(stored.map(({ calls }, index) => [counts[index]?.[0], calls])).toEqual(counts);
  expect(stored.map(({ percent }) => percent)).toEqual(
    counts.map((_, index) => percents[index % percents.length]?.[1] ?? null),
  );
  expect(batch.emptied).toEqual([
    { column: '% Answered Calls', count: 2 },
    { column: 'Total Calls', count: 6 },
  ]);
});

test('each feed has its tables, with its columns and no others, and its cluster form', async () => {
  const schema = await clusterSchema({ cluster: 'hub', database: 'hub_eu' });
  for (const feed of feeds) {
    const heads = feed.columns.flatMap(({ header, aliases = [] }) => [header, ...aliases].map(normalHeader));
    expect([feed.code, heads.filter((head, index) => heads.indexOf(head) !== index)]).toEqual([feed.code, []]);
    expect(lenientOf(feed).length).toBeLessThanOrEqual(feed.code === 'webex_call_history' ? 16 : 32);
    for (const table of [feed.table, feed.held]) {
      const stored = await storeOf(desk).ask<{ name: string }>(
        "SELECT name FROM system.columns WHERE database = {database:String} AND table = {table:String} AND default_kind = ''",
        { parameters: { database: storeOf(desk).database, table } },
      );
      expect([table, stored.map(({ name }) => name).sort()]).toEqual([
        table,
        ['partner_id', 'batch', 'emptied', ...recordColumns(feed)].sort(),
      ]);
      expect(schema).toContain(`ENGINE = Distributed(hub, hub_eu, ${table}_local`);
    }
  }
});

test('media quality: other names, units and order of its columns are understood', async () => {
  const own = await importDesk();
  const batch = await own.import(
    [
      'Audio Latency (s);call quality;USER NAME;Audio Packet Loss (%);Start  Time;Duration(mins);video duration;Codec;Org ID;Location;Jitter (ms);Mystery',
      `0.12;Good;Ada;0.5%;2026-11-20 09:00:00;1.5;0:02:03;OPUS;${orgOf('known')};Sofia;7;x`,
      `;;Ada;;2026-11-20 10:00:00;;;;${orgOf('known')};NA;;`,
    ].join('\r\n'),
    'media.csv',
  );
  expect(batch).toMatchObject({
    state: 'committed',
    feed: 'webex_media_quality',
    counts: counted({ read: 2, new: 2 }),
    emptied: [],
    covers: { from: '2026-11-20T09:00:00.000Z', to: '2026-11-20T10:00:00.000Z' },
    orgUuid: null,
    period: null,
  });
  expect(batch.notes.map(({ code }) => code)).toEqual(['semicolons', 'columns_absent', 'columns_ignored']);
  expect(batch.notes.at(-1)?.data).toEqual({ columns: 'Mystery' });
  const columns =
    'user, location, audio_latency, audio_packet_loss, audio_jitter, video_jitter, duration, video_duration, audio_codec, reported_quality';
  expect(await rowsOf(own, 'media_quality', columns, 'start_time')).toEqual([
    {
      user: 'Ada',
      location: 'Sofia',
      audio_latency: 120,
      audio_packet_loss: 0.5,
      audio_jitter: 7,
      video_jitter: null,
      duration: 90,
      video_duration: 123,
      audio_codec: 'OPUS',
      reported_quality: 'Good',
    },
    {
      user: 'Ada',
      location: 'NA',
      audio_latency: null,
      audio_packet_loss: null,
      audio_jitter: null,
      video_jitter: null,
      duration: null,
      video_duration: null,
      audio_codec: '',
      reported_quality: '',
    },
  ]);
});

test('media quality: each hostile row is rejected with its reason or stored without what is unreadable', async () => {
  const own = await importDesk();
  const columns = Object.keys(media(''));
  const batch = await own.import(
    sheet([
      media('fine'),
      media('no time', { 'Start time': '' }),
      media('american', { 'Start time': '11/20/2026 09:00' }),
      media('early', { 'Start time': '1999-12-31T23:59:59.000Z' }),
      media('late', { 'Start time': '2027-01-01T00:00:00.000Z' }),
      'only,three,fields',
      `${columns.map(() => 'x').join(',')},more`,
      media('long', { Location: 'x'.repeat(501) }),
      media('odd', {
        'Audio jitter': '-3',
        'Audio latency': '1e400',
        'Audio packet loss': '100.01',
        'Call duration': '1:2:3:4',
        'Video duration': '00:61',
        'User UUID': 'ada',
        'Org UUID': 'acme',
      }),
    ]),
  );
  expectSum(batch);
  expect(batch.counts).toEqual(counted({ read: 9, new: 1, rejected: 7, held: 1 }));
  expect((await own.rejected(batch)).map(({ row, column, reason }) => [row, column, reason])).toEqual([
    [2, 'Start time', 'time_required'],
    [3, 'Start time', 'not_a_time'],
    [4, 'Start time', 'time_before'],
    [5, 'Start time', 'time_after'],
    [6, null, 'column_count'],
    [7, null, 'column_count'],
    [8, 'Location', 'too_long'],
  ]);
  expect(batch.emptied.map(({ column }) => column)).toEqual([
    'Org UUID',
    'User UUID',
    'Call duration',
    'Video duration',
    'Audio jitter',
    'Audio packet loss',
    'Audio latency',
  ]);
});

test('media quality: an open quote in a narrow file costs its line and not the rest', async () => {
  const own = await importDesk();
  const good = Array.from({ length: 30 }, (_, index) => media(`good ${index}`));
  const text = sheet([...good.slice(0, 3), '"2026-11-20T09:00:00.000Z,open', ...good.slice(3)]);
  const batch = await own.import(text);
  expectSum(batch);
  expect(batch.counts).toEqual(counted({ read: 31, new: 30, rejected: 1 }));
  expect(await own.rejected(batch)).toMatchObject([{ row: 4, line: 5, reason: 'quote_not_closed' }]);
});

test('a row is known by organization, user, call and start: again is a duplicate, changed is a later version', async () => {
  const own = await importDesk();
  const file = sheet([media('a'), media('b'), media('a', { Email: 'other@example.com', 'User UUID': '' })]);
  expect((await own.import(file)).counts).toEqual(counted({ read: 3, new: 3 }));
  expect((await own.import(file)).counts).toEqual(counted({ read: 3, duplicate: 3 }));
  const changed = await own.import(sheet([media('a', { 'Audio jitter': '99' }), media('b'), media('c')]));
  expect(changed.counts).toEqual(counted({ read: 3, new: 1, replaced: 1, duplicate: 1 }));
  const seen = async (): Promise<unknown> =>
    rowsOf(own, 'media_quality', 'call_id, email, audio_jitter', 'call_id, email');
  const versions = [
    { call_id: 'a', email: 'Ada@Example.com', audio_jitter: 99 },
    { call_id: 'a', email: 'other@example.com', audio_jitter: 12.5 },
    { call_id: 'b', email: 'Ada@Example.com', audio_jitter: 12.5 },
    { call_id: 'c', email: 'Ada@Example.com', audio_jitter: 12.5 },
  ];
  expect(await seen()).toEqual(versions);
  // Before the old version is gone, the one before it comes once more: it was imported last, so it counts again.
  expect((await own.import(sheet([media('a')]))).counts).toEqual(counted({ read: 1, replaced: 1 }));
  expect((await own.import(sheet([media('a')]))).counts).toEqual(counted({ read: 1, duplicate: 1 }));
  expect((await own.import(sheet([media('a', { 'Audio jitter': '99' })]))).counts).toEqual(
    counted({ read: 1, replaced: 1 }),
  );
  expect(await own.count('media_quality')).toBe(7);
  await cleanNow(own);
  expect([await own.count('media_quality'), await own.count('superseded')]).toEqual([7, 0]);
  expect(await seen()).toEqual(versions);
});

test('a row that stands twice in a file counts once, whatever the order', async () => {
  const rows = [media('twin', { 'Audio jitter': '1' }), media('twin', { 'Audio jitter': '2' }), media('twin')];
  const found = [];
  for (const records of [rows, rows.toReversed()]) {
    const own = await importDesk();
    expect((await own.import(sheet(records))).counts).toEqual(counted({ read: 3, new: 1, duplicate: 2 }));
    found.push(await rowsOf(own, 'media_quality', 'audio_jitter', 'call_id'));
  }
  expect(found[0]).toEqual(found[1]);
});

test('rows of an unknown organization wait, of every feed; its customer lets all of them in, one import a feed', async () => {
  const own = await importDesk({ orgs: [] });
  const org = orgOf('later');
  expect((await own.import(csvOf([leg('h', { 'Org UUID': org })]))).counts).toMatchObject({ held: 1 });
  const old = sheet([media('m', { 'Org UUID': org }), media('n', { 'Org UUID': org, Location: 'Varna' })]);
  expect((await own.import(old)).counts).toEqual(counted({ read: 2, held: 2 }));
  expect((await own.import(old)).counts).toEqual(counted({ read: 2, duplicate: 2 }));
  const newer = sheet([media('m', { 'Org UUID': org, 'Audio jitter': '77' })]);
  expect((await own.import(newer)).counts).toEqual(counted({ read: 1, held: 1 }));
  expect((await own.import(sheet([queue('Sales')]), 'q.csv', { ...november, orgUuid: org })).counts).toEqual(
    counted({ read: 1, held: 1 }),
  );
  expect(await own.held()).toMatchObject([
    { orgUuid: org, rows: 5, firstStart: '2026-11-01T00:00:00.000Z', lastStart: '2026-11-30T00:00:00.000Z' },
  ]);
  const [entry] = await own.held();
  expect([...(entry?.locations ?? [])].sort()).toEqual(['Sofia', 'Varna']);
  const search = { query: { region: 'eu' as const, q: 'varna', limit: 10 } };
  expect((await own.admin.call(api.listHeldOrganizations, search)).total).toEqual({ organizations: 1, rows: 5 });

  await own.customer(org);
  await own.drain();
  const { items } = await own.admin.call(api.listImports, { query: { limit: 10 } });
  const released = items.filter(({ source }) => source === 'release').map(({ feed, counts }) => ({ feed, counts }));
  expect(released.toReversed()).toEqual([
    { feed: 'webex_call_history', counts: counted({ read: 1, new: 1 }) },
    { feed: 'webex_media_quality', counts: counted({ read: 3, new: 2, duplicate: 1 }) },
    { feed: 'webex_call_queue_stats', counts: counted({ read: 1, new: 1 }) },
  ]);
  expect(await own.held()).toEqual([]);
  expect(await rowsOf(own, 'media_quality', 'call_id, audio_jitter', 'call_id')).toEqual([
    { call_id: 'm', audio_jitter: 77 },
    { call_id: 'n', audio_jitter: 12.5 },
  ]);
  for (const table of ['held_call_leg', 'held_media_quality', 'held_call_queue_stat'])
    expect([table, await own.count(table)]).toEqual([table, 0]);
});

test('discarding what an organization has waiting takes the rows of every feed', async () => {
  const own = await importDesk();
  const org = orgOf('nobody');
  await own.import(csvOf([leg('h', { 'Org UUID': org })]));
  await own.import(sheet([media('m', { 'Org UUID': org }), media('o', { 'Org UUID': orgOf('other') })]));
  const params = { region: 'eu' as const, orgUuid: org as OrgUuid };
  expect(await own.admin.call(api.discardHeldRows, { params })).toEqual({ rows: 2 });
  expect((await own.held()).map(({ orgUuid, rows }) => [orgUuid, rows])).toEqual([[orgOf('other'), 1]]);
  expect([await own.count('held_call_leg'), await own.count('held_media_quality')]).toEqual([0, 1]);
});

test('a file that names no organization asks for its customer, and goes on with the file that is kept', async () => {
  const own = await importDesk();
  const { 'Org UUID': _, ...record } = media('a');
  const asked = await own.import(sheet([record]), 'media of somebody.csv');
  expect(asked).toMatchObject({
    state: 'failed',
    feed: 'webex_media_quality',
    failure: { code: 'import_needs_customer', data: { fileName: 'media of somebody.csv' } },
  });
  expect(await own.spool()).toHaveLength(1);
  const params = { importId: asked.id };
  // Without an answer it asks again.
  await own.admin.call(api.retryImport, { params });
  await own.drain();
  expect(await own.get(asked)).toMatchObject({ state: 'failed', failure: { code: 'import_needs_customer' } });
  expect(await own.readOnly.refusal(api.retryImport, { params })).toMatchObject({ code: 'permission_denied' });
  await own.admin.call(api.retryImport, { params, body: { orgUuid: orgOf('known') } });
  await own.drain();
  expect(await own.get(asked)).toMatchObject({
    state: 'committed',
    counts: counted({ read: 1, new: 1 }),
    orgUuid: orgOf('known'),
  });
  expect(await own.spool()).toEqual([]);
  expect(await rowsOf(own, 'media_quality', 'org_uuid', 'org_uuid')).toEqual([{ org_uuid: orgOf('known') }]);
});

test('who does not have the answer gives the import up, and its file goes', async () => {
  const own = await importDesk();
  const asked = await own.import(sheet([queue('Sales')]));
  const params = { importId: asked.id };
  expect(await own.spool()).toHaveLength(1);
  expect(await own.readOnly.refusal(api.cancelImport, { params })).toMatchObject({ code: 'permission_denied' });
  expect(await own.admin.call(api.cancelImport, { params })).toMatchObject({
    state: 'canceled',
    failure: asked.failure,
  });
  expect(await own.spool()).toEqual([]);
  expect(await own.admin.refusal(api.cancelImport, { params })).toMatchObject({ code: 'import_not_cancelable' });
  expect(await own.admin.refusal(api.retryImport, { params })).toMatchObject({ code: 'import_not_retryable' });
});

test('queue statistics ask for customer and period, and are stored as that period', async () => {
  const own = await importDesk();
  const file = sheet([queue('Sales'), queue('Support', { 'Total Calls': 'many', Location: '' })]);
  expect(await own.import(file)).toMatchObject({
    state: 'failed',
    failure: { code: 'import_needs_customer_and_period' },
  });
  expect(await own.import(file, 'q.csv', { from: '2026-11-01' })).toMatchObject({
    failure: { code: 'import_needs_customer' },
    period: { from: '2026-11-01', to: '2026-11-01' },
  });
  const half = await own.import(file, 'q.csv', { orgUuid: november.orgUuid });
  expect(half).toMatchObject({ failure: { code: 'import_needs_period' } });
  const reversed = { from: '2026-11-30', to: '2026-11-01' };
  expect(await own.admin.refusal(api.retryImport, { params: { importId: half.id }, body: reversed })).toMatchObject({
    code: 'range_invalid',
  });
  await expect(own.queue(file, 'q.csv', { ...november, ...reversed })).rejects.toMatchObject({
    problem: { code: 'range_invalid' },
  });
  await expect(own.queue(file, 'q.csv', { ...november, to: '2027-11-30' })).rejects.toMatchObject({
    problem: { code: 'range_in_future' },
  });
  const { from, to } = november;
  await own.admin.call(api.retryImport, { params: { importId: half.id }, body: { from, to } });
  await own.drain();
  expect(await own.get(half)).toMatchObject({
    state: 'committed',
    feed: 'webex_call_queue_stats',
    counts: counted({ read: 2, new: 2 }),
    emptied: [{ column: 'Total Calls', count: 1 }],
    covers: { from: '2026-11-01T00:00:00.000Z', to: '2026-11-30T00:00:00.000Z' },
    orgUuid: november.orgUuid,
    period: { from, to },
  });
  const columns =
    'call_queue, location, toString(period_from) AS first, toString(period_to) AS last, total_hold_seconds, average_hold_seconds, total_talk_seconds, total_wait_seconds, answered_percent, abandoned_percent, total_calls, timed_out_calls, average_agents_assigned';
  expect(await rowsOf(own, 'call_queue_stat', columns, 'call_queue')).toMatchObject([
    {
      call_queue: 'Sales',
      first: from,
      last: to,
      total_hold_seconds: 90,
      average_hold_seconds: 3,
      total_talk_seconds: 94_200,
      total_wait_seconds: null,
      answered_percent: 75,
      abandoned_percent: 25,
      total_calls: 40,
      timed_out_calls: 1,
      average_agents_assigned: 3.5,
    },
    { call_queue: 'Support', location: '', total_calls: null },
  ]);
});

test('the same customer, period and queue again is a duplicate or the newer report; another period is another row', async () => {
  const own = await importDesk();
  const file = sheet([queue('Sales'), queue('Support'), queue('Sales', { Location: 'Varna' })]);
  expect((await own.import(file, 'q.csv', november)).counts).toEqual(counted({ read: 3, new: 3 }));
  expect((await own.import(file, 'q.csv', november)).counts).toEqual(counted({ read: 3, duplicate: 3 }));
  const later = sheet([queue('SALES', { 'Total Calls': '41' }), queue('Support'), queue('New')]);
  expect((await own.import(later, 'q.csv', november)).counts).toEqual(
    counted({ read: 3, new: 1, replaced: 1, duplicate: 1 }),
  );
  const week = { ...november, to: '2026-11-07' };
  expect((await own.import(file, 'q.csv', week)).counts).toEqual(counted({ read: 3, new: 3 }));
  expect(await rowsOf(own, 'call_queue_stat', 'count() AS n, sum(total_calls) AS calls', 'n')).toEqual([
    { n: 7, calls: 281 },
  ]);
});

test('a file that names organization and day in its rows asks nothing', async () => {
  const own = await importDesk();
  const of = (date: string, name: string): Fields => ({ Date: date, 'Org UUID': orgOf('known'), ...queue(name) });
  const batch = await own.import(
    sheet([of('2026-11-02', 'Sales'), of('2026-11-03', 'Sales'), of('2026-02-30', 'Sales'), of('', 'Sales')]),
  );
  expect(batch).toMatchObject({
    counts: counted({ read: 4, new: 2, rejected: 2 }),
    covers: { from: '2026-11-02T00:00:00.000Z', to: '2026-11-03T00:00:00.000Z' },
  });
  expect((await own.rejected(batch)).map(({ column, reason }) => [column, reason])).toEqual([
    ['Date', 'not_a_time'],
    ['Date', 'time_required'],
  ]);
});

test('times of statistics: seconds, clock times and minutes are read alike, and nothing else is', async () => {
  const own = await importDesk();
  const texts: [text: string, seconds: number | null][] = [
    ['0', 0],
    ['90', 90],
    ['1.5', 1.5],
    ['0:00', 0],
    ['1:30', 90],
    ['00:01:30', 90],
    ['26:00:00.5', 93_600.5],
    ['1:75', null],
    ['-5', null],
    ['1,5', 1.5],
    ['12,25', 12.25],
    ['0,125', 0.125],
    ['1234,567', 1234.567],
    ['1.200', 1.2],
    ['1,200', null],
    ['1,200.5', 1200.5],
    ['1.200,5', 1200.5],
    ['1 200', 1200],
    ['1\u00a0200,5', 1200.5],
    ["1'200.5", 1200.5],
    ['1,200,300', 1_200_300],
    ['1.200.300', 1_200_300],
    ['1,20,300', null],
    ['12,00.5', null],
    ['1,5,', null],
    ['1e3', null],
    ['∞', null],
    ['12 s', null],
    [':30', null],
    ['1::2', null],
    ['99999999999999999999', null],
    ['0x1F', null],
    ['NaN', null],
    ['NA', null],
    ['', null],
  ];
  const record = (text: string, index: number): Fields => ({
    'Hunt Group': `group ${index}`,
    Location: 'Sofia',
    'Total Talk Mins': text,
    'Total Wait Time': text,
    'Calls Answered': '1',
  });
  const batch = await own.import(sheet(texts.map(([text], index) => record(text, index))), 'h.csv', november);
  expect(batch.counts).toEqual(counted({ read: texts.length, new: texts.length }));
  const blank = ['NA', ''];
  const lost = texts.filter(([text, seconds]) => seconds === null && !blank.includes(text)).length;
  expect(batch.emptied).toEqual([
    { column: 'Total Talk Time', count: lost },
    { column: 'Total Wait Time', count: lost },
  ]);
  const rows = await rowsOf<{ wait: number | null; talk: number | null }>(
    own,
    'hunt_group_stat',
    'total_wait_seconds AS wait, total_talk_seconds AS talk',
    "toUInt32(extract(hunt_group, '[0-9]+'))",
  );
  const isClock = (text: string): boolean => text.includes(':');
  expect(rows).toEqual(
    texts.map(([text, seconds]) => ({
      wait: seconds,
      talk: seconds === null || isClock(text) ? seconds : seconds * 60,
    })),
  );
});

const reports: [api.FeedCode, string, Fields, Fields][] = [
  [
    'webex_call_queue_agent_stats',
    'call_queue_agent_stat',
    {
      'Agent name': 'Ada Byron',
      'Call queue': 'Sales',
      Location: 'Sofia',
      'Total answered calls': '5',
      'Bounced calls': '1',
      'Total presented calls': '6',
      'Total talk time': '0:10:00',
      'Avg talk time': '0:02:00',
      'Total hold time': '0',
      'Avg hold time': '0',
      'Total handle time': '600',
      'Avg handle time': '120',
    },
    { 'Call queue': 'Support' },
  ],
  [
    'webex_auto_attendant_stats',
    'auto_attendant_stat',
    {
      'Auto Attendant': 'Main',
      'Ph.No./Extn.': '+359 2 112 / 4002',
      Location: 'Sofia',
      'Total Calls': '10',
      Answered: '8',
      Unanswered: '1',
      Busy: '1',
      Others: '0',
      '% Answered': '80',
      'Total Duration': '0:20:00',
      'Total AA Talktime': '0:10:00',
    },
    { 'Auto Attendant': 'Night' },
  ],
  [
    'webex_hunt_group_stats',
    'hunt_group_stat',
    {
      'Hunt Group': 'Front desk',
      Location: 'Sofia',
      'Phone No': '+359 2 113',
      Extension: '4003',
      'Total Talk Mins': '12.5',
      'Avg Talk Mins': '1.25',
      'Total Handle Mins': '13',
      'Avg Handle Mins': '1.3',
      'Total Wait Mins': '2',
      'Avg Wait Mins': '0.2',
      'Total Abandoned Mins': '1',
      'Avg Abandoned Mins': '0.5',
      'Calls Answered': '10',
      '% Calls Answered': '83.3',
      'Calls Abandoned': '2',
      '% Calls Abandoned': '16.7',
      'Avg No. of Agents Handling Calls': '2',
    },
    { Location: 'Varna' },
  ],
  [
    'webex_phone_numbers',
    'phone_number',
    {
      Location: 'Sofia',
      Country: 'BG',
      'Phone number': '+35921110000',
      Extension: '',
      Active: 'True',
      'User type': 'People',
      'Number type': 'Primary',
      Email: 'ada@example.com',
      'User UUID': uuidOf('user'),
      'Last known': '',
    },
    { 'Phone number': '', Extension: '4004' },
  ],
  [
    'webex_devices',
    'device',
    {
      'Customer org ID': orgOf('known'),
      'Location name': 'Sofia',
      Product: 'Cisco 8851',
      MAC: '0011223344AA',
      Firmware: '12.0.4',
      'Phone number': '+35921110000',
      Extension: '4005',
      'User ID': 'ada@example.com',
      'User UUID': uuidOf('user'),
    },
    { MAC: '0011223344AB' },
  ],
  [
    'webex_locations',
    'location',
    {
      'Location Name': 'Sofia',
      'Announcement Language': 'bg_bg',
      'Time Zone': 'Europe/Sofia',
      'Address Line 1': '1 Tsar Osvoboditel Blvd',
      'Address Line 2': '',
      'City/Town': 'Sofia',
      'State/Province': '',
      'ZIP/Postal Code': '1000',
      Country: 'BG',
      'Main number': '+35921110000',
    },
    { 'Location Name': 'Varna' },
  ],
  [
    'license_snapshots',
    'license_snapshot',
    {
      org_id: orgOf('known'),
      Product: 'Webex Calling Professional',
      SUBSCRIPTION_ID: 'Sub-4711',
      Ordered: '120',
      Assigned: '98',
      used_7d: '60',
      used_90d: '90',
    },
    { Product: 'Webex Meetings' },
  ],
];

test.each(reports)(
  '%s: recognized, stored whole, the same again changes nothing',
  async (code, table, record, other) => {
    const own = await importDesk();
    const file = sheet([record, { ...record, ...other }]);
    const batch = await own.import(file, 'report.csv', november);
    expect(batch).toMatchObject({ feed: code, counts: counted({ read: 2, new: 2 }), emptied: [] });
    expect(batch.notes.filter((note) => note.code === 'columns_ignored')).toEqual([]);
    expect((await own.import(file, 'report.csv', november)).counts).toEqual(counted({ read: 2, duplicate: 2 }));
    expect(await own.count(table)).toBe(2);
  },
);

test('rows without the name of what they are about are rejected', async () => {
  const batch = await desk.import(sheet([queue(''), queue('NA'), queue('Sales of rejected')]), 'q.csv', november);
  expect(batch.counts).toEqual(counted({ read: 3, new: 1, rejected: 2 }));
  expect(await desk.rejected(batch)).toMatchObject([
    { column: 'Call Queue', reason: 'value_required' },
    { column: 'Call Queue', reason: 'value_required' },
  ]);
});

test.each([
  ['a column left out', { 'Abandoned Calls': undefined }, 'import_columns_missing', 'Abandoned Calls'],
  ['a column twice', { 'call queue ': 'x' }, 'import_columns_twice', 'Call Queue'],
])('a report of queues with %s is told by its columns', async (_, change, code, columns) => {
  const record = Object.fromEntries(
    Object.entries({ ...queue('Sales'), ...change }).filter(([, value]) => value !== undefined),
  ) as Fields;
  expect(await desk.import(sheet([record]), 'q.csv', november)).toMatchObject({ failure: { code, data: { columns } } });
});

test('what broke off while statistics were published is erased, and the next try imports them once', async () => {
  const own = await importDesk();
  const batch = await own.queue(sheet([queue('Sales'), queue('Support')]), 'q.csv', november);
  await runWith(own, batch, (sql) => {
    if (sql.includes('INTO @region.place')) throw new Error('the engine fell over');
  });
  expect(await own.get(batch)).toMatchObject({ state: 'failed', failure: { code: 'import_engine_failed' } });
  expect(await own.count('call_queue_stat')).toBe(0);
  await own.admin.call(api.retryImport, { params: { importId: batch.id } });
  await own.drain();
  expect((await own.get(batch)).counts).toEqual(counted({ read: 2, new: 2 }));
  expect(await own.count('call_queue_stat')).toBe(2);
  expect(await own.count('place')).toBe(1);
});

test('the usage table has a row for a media row and a queue row alone; what a feed never had is empty', async () => {
  const own = await importDesk();
  const question = { query: { region: 'eu' as const, from: '2026-11-01', to: '2026-11-30' } };
  await own.import(sheet([media('a')]));
  const usage = await own.admin.call(getCallingUsage, question);
  expect(usage).toMatchObject({ missingFeeds: ['call_history', 'call_queue_stats'], rows: 1 });
  expect(usage.items[0]?.cells).toMatchObject({ callLegs: null, audioLegs: 1, poorLegs: 0, queueCallsTimedOut: null });
  expect(await own.admin.call(getSession)).toMatchObject({ hasCallLegs: false });
  await own.import(sheet([queue('Sales', { Location: 'Varna' })]), 'q.csv', november);
  await own.import(csvOf([leg('one')]));
  const all = await own.admin.call(getCallingUsage, question);
  expect(all).toMatchObject({ missingFeeds: [], rows: 2 });
  expect(
    all.items.map(({ location, cells }) => [location, cells.callLegs, cells.audioLegs, cells.queueCallsTimedOut]),
  ).toEqual([
    ['Sofia', 1, 1, 0],
    ['Varna', 0, 0, 1],
  ]);
  expect(await own.admin.call(getSession)).toMatchObject({ hasCallLegs: true });
  // Those of another partner know nothing of it.
  const other = await importDesk({ hub: own.hub, orgs: [] });
  expect(await other.admin.call(getCallingUsage, question)).toMatchObject({
    rows: 0,
    missingFeeds: ['call_history', 'media_quality', 'call_queue_stats'],
  });
});

test('somebody who sees assigned customers brings statistics of those alone; of others they wait', async () => {
  const own = await importDesk();
  const pia = await own.hub.person(own.partnerId, 'partner_admin');
  const query = { region: 'eu' as const, fileName: 'q.csv', ...november };
  const { id } = await pia.client.upload(api.uploadImport, { query, body: sheet([queue('Sales')]) });
  await own.drain();
  expect((await own.get({ id })).counts).toEqual(counted({ read: 1, held: 1 }));
  expect((await own.held()).map(({ reason, rows }) => ({ reason, rows }))).toEqual([
    { reason: 'not_assigned', rows: 1 },
  ]);
  const [customer] = (await own.admin.call(listCustomers, { query: { filter: 'has:organization' } })).items;
  await own.admin.call(assignCustomers, {
    params: { personId: pia.personId },
    body: { add: customer ? [customer.id] : [] },
  });
  await own.drain();
  expect(await own.held()).toEqual([]);
  expect(await rowsOf(own, 'call_queue_stat', 'call_queue', 'call_queue')).toEqual([{ call_queue: 'Sales' }]);
});
