import {
  type CallingUsageMeasure,
  callingUsageMeasures,
  type CallingUsageRow,
  type EndpointType,
  getCallingUsage,
  getCallingUsageByRegion,
} from '@hub/contract/calling-usage';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LegRecord, legRecord } from '../../testing/leg-record.ts';
import type { TestClient } from '../../testing/test-client.ts';
import {
  inRange,
  latestVersions,
  type OracleRow,
  type OtherFeeds,
  oracleRows,
  oracleTotals,
} from '../../testing/usage-oracle.ts';
import { buildsRollups } from '../imports/index.ts';
import { type MediaRecord, mediaCsv, type QueueRecord, queueCsv } from '../../testing/report-records.ts';
import { type LinkedCustomer, usageHub } from '../../testing/usage-hub.ts';

// Days are UTC whatever the zone of the machine; here midnight is half a day off.
process.env['TZ'] = 'Pacific/Auckland';

const measures = Object.keys(callingUsageMeasures) as CallingUsageMeasure[];
/** Whole days add up to their range for these; calls may span midnight, and minutes are rounded. */
const additive = [
  'callLegs',
  'poorLegs',
  'audioLegs',
  'videoLegs',
  'deskPhoneLegs',
  'roomDeviceLegs',
  'otherDeviceLegs',
] as const;

const endpoints: [Pick<LegRecord, 'client_type' | 'sub_client_type' | 'os_type' | 'model'>, EndpointType][] = [
  [{ client_type: 'WXC_CLIENT', sub_client_type: '', os_type: 'macOS', model: '' }, 'desktop_app'],
  [{ client_type: 'WXC_CLIENT', sub_client_type: 'MOBILE_NETWORK', os_type: 'NA', model: 'NA' }, 'mobile_app'],
  [{ client_type: 'WXC_DEVICE', sub_client_type: '', os_type: 'NA', model: '8851-3PCC' }, 'desk_phone'],
  [{ client_type: 'WXC_DEVICE', sub_client_type: '', os_type: '', model: 'Room Kit' }, 'room_device'],
  [{ client_type: 'WXC_DEVICE', sub_client_type: '', os_type: '', model: 'DBS-210' }, 'dect_or_ata'],
  [{ client_type: 'SIP', sub_client_type: '', os_type: '', model: 'Generic' }, 'third_party'],
  [{ client_type: 'WXC_THIRD_PARTY', sub_client_type: '', os_type: '', model: '' }, 'third_party'],
  [{ client_type: '', sub_client_type: '', os_type: '', model: '' }, 'unknown'],
];
const endpointOf = (leg: LegRecord): EndpointType =>
  endpoints.find(([entry]) => entry.client_type === leg.client_type && entry.model === leg.model)![1];

const hostile = [
  "O'Brien",
  '100%',
  'a_b',
  'back\\slash',
  '{q:String}',
  '@region.call_leg',
  '(.*)[',
  "') OR 1=1 --",
  '🏢',
  '""',
];
const locations = [
  'Sofia',
  'SOFIA 2',
  '',
  'NA',
  'two\nlines',
  '=SUM(A1)',
  ' Room 9',
  ...hostile.map((text) => `${text} site`),
];
/** Every run has five days of its own, some at the turn of a month. */
const daysOf = (run: number): string[] =>
  [0, 1, 2, 3, 4].map((day) => new Date(Date.UTC(2026, 9, 29 - 5 * run + day)).toISOString().slice(0, 10));
const times = ['00:00:00.000', '00:00:00.001', '11:59:59.500', '12:00:00.000', '23:59:59.999'];
const someUuid = (kind: string, most: number): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: most }).map((n) => `${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`);
const day = fc.nat({ max: 4 });

const leg = fc.record({
  leg: fc.nat({ max: 60 }), // few, so that some come twice
  customer: fc.nat({ max: 4 }),
  start: fc.tuple(day, fc.constantFrom(...times)),
  location: fc.constantFrom(...locations),
  user_type: fc.constantFrom(
    'User',
    'User',
    'Place',
    'VirtualLine',
    'HuntGroup',
    'AutomatedAttendantVideo',
    'CallCenterStandard',
    'CallCenterPremium',
    'VoiceMailGroup',
    'user',
    '',
  ), // prettier-ignore
  direction: fc.constantFrom('ORIGINATING', 'ORIGINATING', 'TERMINATING', 'TERMINATING', 'NA'),
  correlation_id: fc.oneof(fc.constantFrom('', 'NA', 'not-a-uuid'), someUuid('0000c0de', 4)),
  user_uuid: fc.oneof(fc.constant(''), someUuid('00005e50', 3)),
  call_id: fc.constantFrom('', 'NA', 'SSE1@10.0.0.1', 'SSE2@10.0.0.1', 'na'),
  endpoint: fc.constantFrom(...endpoints),
  answered: fc.constantFrom('true', 'false', 'NA', '', 'maybe'),
  duration: fc.oneof(fc.constantFrom(0, 29, 30, 31, 59, 90), fc.nat({ max: 10_000 })),
});
type GeneratedLeg = typeof leg extends fc.Arbitrary<infer Value> ? Value : never;

const measured = (limit: number) => fc.constantFrom(null, 0, limit - 0.5, limit, limit + 0.25);
const media = fc.record({
  customer: fc.nat({ max: 3 }), // the last one of the region has none of it, unless it has legs alone
  start: fc.tuple(day, fc.constantFrom(...times)),
  location: fc.constantFrom(...locations, 'Media alone'),
  correlation_id: fc.oneof(fc.constant(''), someUuid('0000c0de', 4)),
  user_uuid: someUuid('00005e50', 3),
  jitter: measured(150),
  latency: measured(400),
  loss: measured(5),
  videoSeconds: fc.constantFrom(0, 0, 12.5, 29.5, 3600),
  videoJitter: measured(150),
});
type GeneratedMedia = typeof media extends fc.Arbitrary<infer Value> ? Value : never;

const few = fc.nat({ max: 5 });
const queue = fc.record({
  customer: fc.nat({ max: 2 }),
  location: fc.constantFrom(...locations, 'Queue alone'),
  timedOut: few,
  overflowed: few,
  transferred: few,
  abandoned: few,
});
/** A report: its rows, and the days that it was given. */
const queueReport = fc.record({ days: fc.tuple(day, day), rows: fc.array(queue, { minLength: 1, maxLength: 12 }) });
type GeneratedQueues = typeof queueReport extends fc.Arbitrary<infer Value> ? Value : never;

const question = fc.record({
  policy: fc.constantFrom('documented', 'any_threshold' as const),
  range: fc.tuple(day, day).map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a])),
  q: fc.option(fc.constantFrom('sofia', ' site ', 'two\nlines', 'CUSTOMER 1', '%', '_', 'no such', ...hostile), {
    nil: undefined,
  }),
  customer: fc.option(fc.nat({ max: 4 }), { nil: undefined }),
  sort: fc.constantFrom('customerName', 'orgUuid', 'location', ...measures),
  limit: fc.integer({ min: 5, max: 30 }),
});
type Question = typeof question extends fc.Arbitrary<infer Value> ? Value : never;

interface Run {
  number: number;
  days: string[];
  customers: LinkedCustomer[];
}

const recordOf = ({ leg, start, customer, endpoint, ...fields }: GeneratedLeg, index: number, run: Run): LegRecord =>
  legRecord({
    ...fields,
    ...endpoint[0],
    report_id: `${String(run.number).padStart(8, '0')}-001e-4000-8000-${String(leg).padStart(12, '0')}`,
    report_time: `2026-11-20T10:00:00.${String(index).padStart(3, '0')}Z`,
    org_uuid: run.customers[customer]!.orgUuid,
    start_time: `${run.days[start[0]]}T${start[1]}Z`,
  });
const mediaOf = ({ customer, start, ...fields }: GeneratedMedia, index: number, run: Run): MediaRecord => ({
  ...fields,
  org_uuid: run.customers[customer]!.orgUuid,
  start_time: `${run.days[start[0]]}T${start[1]}Z`,
  call_id: index % 3 === 0 ? 'SSE1@10.0.0.1' : `media ${run.number} ${index}`,
});
/** A row is one of organization, user, call and start: the later one in the file counts. */
const differentMedia = (rows: readonly MediaRecord[]): MediaRecord[] => [
  ...new Map(rows.map((row) => [[row.org_uuid, row.user_uuid, row.call_id, row.start_time].join(), row])).values(),
];
const queuesOf = ({ days: [a, b], rows }: GeneratedQueues, run: Run, report: number): QueueRecord[] =>
  rows.map(({ customer, ...fields }, index) => ({
    ...fields,
    org_uuid: run.customers[customer]!.orgUuid,
    queue: `Queue ${run.number} ${report} ${index}`,
    from: run.days[Math.min(a, b)]!,
    to: run.days[Math.max(a, b)]!,
  }));

/** What the import makes of fields that cannot be read: nothing. */
const asStored = (record: LegRecord): LegRecord => ({
  ...record,
  correlation_id: record.correlation_id === 'not-a-uuid' ? '' : record.correlation_id,
});

const textOf = (row: Pick<OracleRow, 'orgUuid' | 'location' | 'cells'>): string =>
  JSON.stringify([row.orgUuid, row.location, measures.map((measure) => row.cells[measure])]);
const sorted = (texts: readonly string[]): string[] => [...texts].sort();
const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

async function allPages(as: TestClient, query: Omit<Parameters<typeof ask>[1], 'after'>): Promise<CallingUsageRow[]> {
  const rows: CallingUsageRow[] = [];
  for (let after: string | undefined; ; ) {
    const { items, next } = await ask(as, { ...query, after });
    rows.push(...items);
    if (next === null) return rows;
    expect(items).toHaveLength(query.limit!);
    after = next;
  }
}

interface Asked {
  region?: 'us' | 'eu';
  from: string;
  to: string;
  q?: string | undefined;
  policy?: Question['policy'];
  customerId?: LinkedCustomer['id'] | undefined;
  sort?: Question['sort'];
  order?: 'asc' | 'desc';
  limit?: number;
  after?: string | undefined;
}
const ask = (as: TestClient, { region = 'us', ...query }: Asked) =>
  as.call(getCallingUsage, { query: { region, ...query } });

test('the table, its totals and those of the regions are what a naive count of the records gives', {
  timeout: 240_000,
}, async () => {
  const { hub, load, loadFile, customer } = await usageHub();
  const { admin } = await hub.partner();
  const ever = { legs: new Set<string>(), media: new Set<string>(), queues: new Set<string>() };
  const names = ['Customer 1', 'customer 10', "Customer's 2", '=cmd|A1'];
  const customers: LinkedCustomer[] = [];
  for (const name of names) customers.push(await customer(admin, name, 'us'));
  customers.push(await customer(admin, 'Customer 1', 'eu'));
  let runs = 0;
  const isEuropean = (record: LegRecord): boolean => record.org_uuid === customers[4]!.orgUuid;

  const files = fc.tuple(
    fc.array(leg, { minLength: 200, maxLength: 300 }),
    fc.array(leg, { minLength: 10, maxLength: 40 }),
  );
  const others = fc.record({
    media: fc.array(media, { minLength: 20, maxLength: 60 }),
    reports: fc.array(queueReport, { minLength: 2, maxLength: 3 }),
  });
  const questions = fc.array(question, { minLength: 5, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(files, others, questions, async ([first, second], other, asked) => {
      const run: Run = { number: runs, days: daysOf(runs), customers };
      runs += 1;
      const records = [...first, ...second].map((entry, index) => recordOf(entry, index, run));
      // The second file brings later versions of some legs, and twins inside a file stand in any order.
      for (const file of [records.slice(0, first.length).toReversed(), records.slice(first.length)]) {
        const parts = [
          ['us', file.filter((record) => !isEuropean(record))],
          ['eu', file.filter(isEuropean)],
        ] as const;
        await Promise.all(parts.filter(([, own]) => own.length > 0).map(([region, own]) => load(admin, region, own)));
      }
      const legs = {
        us: latestVersions(records.filter((record) => !isEuropean(record))).map(asStored),
        eu: latestVersions(records.filter(isEuropean)).map(asStored),
      };
      const rows = differentMedia(other.media.map((row, index) => mediaOf(row, index, run)));
      await loadFile(admin, 'us', mediaCsv(rows));
      const queues = other.reports.map((report, number) => queuesOf(report, run, number));
      for (const report of queues)
        await loadFile(admin, 'us', queueCsv(report), { from: report[0]!.from, to: report[0]!.to });
      for (const { org_uuid } of records) ever.legs.add(org_uuid);
      for (const { org_uuid } of rows) ever.media.add(org_uuid);
      for (const { org_uuid } of queues.flat()) ever.queues.add(org_uuid);
      const feeds = {
        media: rows,
        queues: queues.flat(),
        withLegs: ever.legs,
        withMedia: ever.media,
        withQueues: ever.queues,
      };
      for (const one of asked) await expectAsCounted(admin, run, legs, feeds, one);
      // And the same where the rollups are built.
      await buildsRollups(hub.installation)('us', () => false);
      for (const one of asked.slice(0, 2)) await expectAsCounted(admin, run, legs, feeds, one);
    }),
    { numRuns: 2 },
  );
});

async function expectAsCounted(
  admin: TestClient,
  { days, customers }: Run,
  legs: { us: LegRecord[]; eu: LegRecord[] },
  feeds: Omit<OtherFeeds, 'policy'>,
  { range: [first, last], q, customer, sort, limit, policy }: Question,
): Promise<void> {
  const range = { from: days[first]!, to: days[last]! };
  const nameOf = new Map<string, string>(customers.map(({ orgUuid, name }) => [orgUuid, name]));
  const expected = {
    us: oracleRows(inRange(legs.us, range), endpointOf, {
      ...feeds,
      policy,
      media: inRange(feeds.media, range),
      queues: feeds.queues.filter(({ from, to }) => from >= range.from && to <= range.to),
    }),
    eu: oracleRows(inRange(legs.eu, range), endpointOf),
  };
  const customerId = customer === undefined ? undefined : customers[customer]!.id;
  const matches = (row: OracleRow): boolean =>
    (customerId === undefined || row.orgUuid === customers[customer!]!.orgUuid) &&
    [nameOf.get(row.orgUuid)!, row.location].some((text) => fold(text).includes(fold(q ?? '').trim()));
  const rows = expected.us.filter(matches);

  // Rows and totals.
  const filter = { ...range, q, customerId, policy };
  const whole = await ask(admin, { ...filter, sort, order: 'asc', limit: 1000 });
  expect(sorted(whole.items.map(textOf))).toEqual(sorted(rows.map(textOf)));
  expect(whole).toMatchObject({
    totals: oracleTotals(rows),
    rows: rows.length,
    customers: new Set(rows.map((row) => row.orgUuid)).size,
    rowsUnfiltered: expected.us.length,
    next: null,
  });

  // A total order in both directions, and pages that join to it.
  for (const order of ['asc', 'desc'] as const) {
    const { items } = order === 'asc' ? whole : await ask(admin, { ...filter, sort, order, limit: 1000 });
    expectSorted(items, sort, order);
    expect((await allPages(admin, { ...filter, sort, order, limit })).map(textOf)).toEqual(items.map(textOf));
  }

  // Filters commute: both at once give what the one leaves of the other.
  const byQ = await ask(admin, { ...range, q, policy, limit: 1000 });
  const byCustomer = await ask(admin, { ...range, customerId, policy, limit: 1000 });
  const ofCustomer = new Set(byCustomer.items.map(textOf));
  expect(sorted(byQ.items.map(textOf).filter((text) => ofCustomer.has(text)))).toEqual(sorted(whole.items.map(textOf)));

  // Days sum to their range.
  const single = days.slice(first, last + 1);
  const daily = await Promise.all(single.map((date) => ask(admin, { ...filter, from: date, to: date, limit: 1000 })));
  for (const measure of additive) {
    const sum = daily.reduce((total, answer) => total + (answer.totals[measure] ?? 0), 0);
    expect(sum).toBe(whole.totals[measure] ?? 0);
  }

  // Regions.
  const regions = await admin.call(getCallingUsageByRegion, { query: { ...range, policy } });
  expect(regions.totals).toEqual(oracleTotals([...expected.us, ...expected.eu]));
  expect(regions.items.map(({ region, cells, customers: count }) => ({ region, cells, count }))).toEqual(
    (['us', 'ca', 'eu', 'uae'] as const).map((region) => {
      const own = region === 'us' || region === 'eu' ? expected[region] : [];
      return { region, cells: oracleTotals(own), count: new Set(own.map((row) => row.orgUuid)).size };
    }),
  );
}

function expectSorted(rows: readonly CallingUsageRow[], sort: Question['sort'], order: 'asc' | 'desc'): void {
  const sign = order === 'asc' ? 1 : -1;
  const { compare } = new Intl.Collator('und', { numeric: true });
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (!before) continue;
    if (sort === 'customerName' || sort === 'location')
      expect(sign * compare(before[sort], row[sort])).toBeLessThanOrEqual(0);
    else if (sort === 'orgUuid') expect(sign * compare(before.orgUuid, row.orgUuid)).toBeLessThanOrEqual(0);
    // Empty cells come last in both directions.
    else if (row.cells[sort] !== null)
      expect(sign * ((before.cells[sort] ?? Infinity * sign) - row.cells[sort])).toBeLessThanOrEqual(0);
  }
}

test('the machine of this test is not in UTC', async () => {
  const { hub } = await usageHub();
  const [row] = await hub.installation.stores.get('us')!.ask<{ zone: string }>('SELECT timezone() AS zone');
  expect(row?.zone).toBe('Pacific/Auckland');
});

test('whole UTC days: the first and the last millisecond count, their neighbours do not', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { orgUuid } = await customer(admin, 'Edges', 'us');
  const starts = [
    '2026-11-01T23:59:59.999Z',
    '2026-11-02T00:00:00.000Z',
    '2026-11-02T23:59:59.999Z',
    '2026-11-03T00:00:00.000Z',
  ];
  await load(
    admin,
    'us',
    starts.map((start_time) => legRecord({ org_uuid: orgUuid, start_time })),
  );
  const legsOf = async (from: string, to: string): Promise<unknown> => (await ask(admin, { from, to })).totals.callLegs;
  expect(await legsOf('2026-11-02', '2026-11-02')).toBe(2);
  expect(await legsOf('2026-11-01', '2026-11-02')).toBe(3);
  expect(await legsOf('2026-11-01', '2026-11-03')).toBe(4);
  expect(await legsOf('2026-11-03', '2026-11-03')).toBe(1);
  // Days that no leg can lie in, also those beyond what the engine's dates hold.
  for (const [from, to] of [
    ['1000-01-01', '1000-01-02'],
    ['1969-12-01', '1970-01-31'],
    ['2149-06-01', '2149-07-01'],
    ['9999-12-01', '9999-12-31'],
  ] as const) {
    expect(await ask(admin, { from, to })).toMatchObject({ rows: 0, rowsUnfiltered: 0 });
  }
});

test('minutes are rounded half up once per cell, and totals from all seconds', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { orgUuid } = await customer(admin, 'Rounding', 'us');
  const abroad = await customer(admin, 'Rounding abroad', 'eu');
  const talk = (location: string, ...durations: number[]): LegRecord[] =>
    durations.map((duration) => legRecord({ org_uuid: orgUuid, location, duration }));
  await load(admin, 'us', [
    ...talk('A', 29),
    ...talk('B', 30),
    ...talk('C', 10, 10, 9), // 29 s together: no leg is rounded by itself
    ...talk('D', 45, 45),
    ...talk('E', 0),
    legRecord({ org_uuid: orgUuid, location: 'F', duration: 600, answered: 'false' }),
  ]);
  await load(admin, 'eu', [legRecord({ org_uuid: abroad.orgUuid, duration: 40 })]);
  const range = { from: '2026-11-01', to: '2026-11-30' };
  const { items, totals } = await ask(admin, { ...range, sort: 'location' });
  expect(items.map((row) => [row.location, row.cells.callMinutes])).toEqual([
    ['A', 0],
    ['B', 1],
    ['C', 0],
    ['D', 2], // 90 s
    ['E', 0],
    ['F', 0],
  ]);
  expect(totals.callMinutes).toBe(3); // 178 s
  const regions = await admin.call(getCallingUsageByRegion, { query: range });
  expect(regions.items.map(({ cells }) => cells.callMinutes)).toEqual([3, null, 1, null]);
  expect(regions.totals.callMinutes).toBe(4); // 218 s
});
