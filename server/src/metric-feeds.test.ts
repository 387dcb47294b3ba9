import type { GivenOf } from '@hub/contract/endpoint';
import { askMetrics, askMetricsByRegion, exportMetrics, exportMetricsByRegion, MetricKey } from '@hub/contract/metrics';
import { uploadImport } from '@hub/contract/imports';
import { createSubscription } from '@hub/contract/subscriptions';
import { expect, test, vi } from 'vitest';
import { StoreFault } from './platform/regional-store/index.ts';
import { csvOf, type Desk, type Fields, importDesk, leg, orgOf, uuidOf } from './features/imports/test-support.ts';

const slowly = { timeout: 120_000 };

const week = { region: 'eu', from: '2026-11-15', to: '2026-11-21', bucket: 'week' } as const;
const weeks = { ...week, from: '2026-11-08' } as const;
type Asked = GivenOf<typeof askMetrics>['query'];
const ask = (desk: Desk, over: Partial<Asked> & { metrics: string }) =>
  desk.admin.call(askMetrics, { query: { ...weeks, ...over } });

const queueDay = (customer: string, day: string, over: Fields = {}): Fields => ({
  'Org UUID': orgOf(customer),
  Date: day,
  Location: 'Sofia',
  'Call Queue': 'Sales',
  'Total Wait Time': '300',
  'Total Abandoned Time': '40',
  'Answered Calls': '8',
  'Abandoned Calls': '2',
  'Total Calls': '12',
  'Calls Overflowed': '2',
  'Calls Timed Out': '0',
  'Calls Transferred': '1',
  'Avg No. of Agents Assigned': '3',
  'Avg No. of Agents Handling Calls': '1.5',
  ...over,
});
const queueFile = (rows: Fields[]): string => csvOf(rows, { columns: Object.keys(rows[0] ?? {}) });
const queueMetrics: MetricKey[] = [
  'queues',
  'queueTotalCalls',
  'queueAnsweredShare',
  'queueAbandonedShare',
  'queueAnswerTime',
  'queueAbandonTime',
  'agentsAssigned',
];

test(
  'queue numbers are pooled over queues and days; a report of several days is in the bucket that holds it, and in no shorter one',
  slowly,
  async () => {
    const desk = await importDesk({ orgs: ['known', 'other'] });
    await desk.import(
      queueFile([
        queueDay('known', '2026-11-16'),
        queueDay('known', '2026-11-17', {
          'Answered Calls': '4',
          'Abandoned Calls': '6',
          'Total Wait Time': '60',
          'Total Calls': '12',
        }),
        queueDay('known', '2026-11-17', {
          'Call Queue': 'Help',
          'Avg No. of Agents Assigned': '5',
          'Total Wait Time': '',
        }),
      ]),
      'queues.csv',
    );
    const { Date: _day, ...noDay } = queueDay('other', '');
    await desk.import(queueFile([noDay]), 'period.csv', { from: '2026-11-15', to: '2026-11-21' });
    const metrics = [...queueMetrics, 'queueAbandonedShareMean'].join(',');
    const { totals } = await ask(desk, { ...week, metrics });
    // known: 36 calls, 10 abandoned; other: 12 calls, 2 abandoned. Waits of three rows: 660 s over 10 + 6 + 10 calls.
    expect(totals).toEqual({
      queues: [3],
      queueTotalCalls: [48],
      queueAnsweredShare: [(100 * 28) / 48],
      queueAbandonedShare: [(100 * 12) / 48],
      queueAnswerTime: [660 / 26],
      queueAbandonTime: [160 / 12],
      agentsAssigned: [3 + 5 + 3],
      queueAbandonedShareMean: [((100 * 10) / 36 + (100 * 2) / 12) / 2],
    });
    const daily = await ask(desk, {
      ...week,
      bucket: 'day',
      by: 'queue',
      sort: 'queueTotalCalls',
      order: 'desc',
      metrics: 'queueTotalCalls',
    });
    expect(daily.rows.map(({ name, values }) => [name, values.queueTotalCalls])).toEqual([
      ['Help', [0, 0, 12, 0, 0, 0, 0]],
      ['Sales', [0, 12, 12, 0, 0, 0, 0]],
    ]);
  },
);

test(
  'features count different calls by customer and location, and only of who has queues where that is asked',
  slowly,
  async () => {
    const desk = await importDesk({ orgs: ['known', 'other'] });
    const service = { 'User type': 'CallCenterStandard', Direction: 'TERMINATING', 'Call ID': 'same' };
    await desk.import(
      csvOf([
        leg('q1', service),
        leg('q2', service),
        leg('q3', { ...service, Location: 'Plovdiv' }),
        leg('f1', { 'Related reason': 'CallForwardBusy' }),
        leg('f2', { 'Related reason': 'CallForwardAlways', 'Org UUID': orgOf('other') }),
        leg('t', { 'Related reason': 'ConsultativeTransfer', 'Call Recording Result': 'successful' }),
        leg('n', { 'Call Recording Result': 'NA' }),
      ]),
    );
    const metrics = 'queueCalls,forwardedCalls,transferredCalls,recordedCalls,bargeInCalls';
    expect((await ask(desk, { ...week, metrics })).totals).toEqual({
      queueCalls: [2],
      forwardedCalls: [2],
      transferredCalls: [1],
      recordedCalls: [1],
      bargeInCalls: [0],
    });
    expect((await ask(desk, { ...week, hasQueues: 'true', metrics })).totals.forwardedCalls).toEqual([1]);
    const places = await ask(desk, { ...week, by: 'location', metrics: 'queueCalls,callLegs', sort: 'name' });
    expect(places.rows.map(({ name, orgUuid, values }) => [name, orgUuid, values.queueCalls, values.callLegs])).toEqual(
      [
        ['Plovdiv', orgOf('known'), [1], [0]],
        ['Sofia', orgOf('known'), [1], [3]],
        ['Sofia', orgOf('other'), [0], [1]],
      ].toSorted((a, b) => (String(a[0]) + String(a[1]) < String(b[0]) + String(b[1]) ? -1 : 1)),
    );
  },
);

const snapshot = (day: string, assigned: string, over: Fields = {}): Fields => ({
  Date: day,
  'Org UUID': orgOf('known'),
  'Subscription ID': 'Sub-1',
  Product: 'Webex Calling - Professional',
  Ordered: '20',
  Assigned: assigned,
  ...over,
});

test(
  'assigned licenses are of the week’s last snapshot, or of today’s contracts for the weeks just gone; who is not known has no share',
  slowly,
  async () => {
    const desk = await importDesk({ orgs: ['known', 'other', 'third'] });
    const rows = [
      snapshot('2026-11-09', '7'),
      snapshot('2026-11-13', '9'),
      snapshot('2026-11-13', '100', { Product: 'Call on Webex' }),
      snapshot('2026-11-13', '50', { Product: 'Webex Meetings' }),
    ];
    await desk.import(csvOf(rows, { columns: Object.keys(rows[0] ?? {}) }), 'licenses.csv');
    await desk.import(
      csvOf([
        leg('a', { 'Start time': '2026-11-10T09:00:00Z' }),
        leg('b', { 'User UUID': uuidOf('second'), 'Start time': '2026-11-10T09:00:00Z' }),
        leg('c', { 'Org UUID': orgOf('third') }),
      ]),
    );
    const other = await desk.hub.asOwner<{ id: string }>(
      'select id from customer where partner_id = $1 and org_uuid = $2',
      [desk.partnerId, orgOf('other')],
    );
    await desk.admin.call(createSubscription, {
      params: { customerId: other[0]?.id as never },
      body: {
        reference: 'Sub-2',
        startsOn: '2026-01-01',
        endsOn: '2027-01-01',
        termMonths: 12,
        autoRenews: true,
        paymentState: 'current',
        setupState: 'provisioned',
        setupNote: null,
        lines: [{ product: 'calling', ordered: 10, assigned: 4 }],
      },
    });
    const metrics = 'assignedLicenses,activeUsers,activeShare,usersNone';
    const { rows: customers, totals } = await ask(desk, {
      from: '2026-11-08',
      to: '2026-11-28',
      by: 'customer',
      metrics,
    });
    const of = (name: string) => customers.find(({ orgUuid }) => orgUuid === orgOf(name))?.values;
    expect(of('known')).toEqual({
      assignedLicenses: [9, null, null],
      activeUsers: [2, 0, 0],
      activeShare: [(100 * 2) / 9, null, null],
      usersNone: [7, null, null],
    });
    // No call records at all: what is assigned is known, use is not.
    expect(of('other')).toEqual({
      assignedLicenses: [null, 4, 4],
      activeUsers: [null, null, null],
      activeShare: [null, null, null],
      usersNone: [null, null, null],
    });
    expect(of('third')).toEqual({
      assignedLicenses: [null, null, null],
      activeUsers: [0, 1, 0],
      activeShare: [null, null, null],
      usersNone: [null, null, null],
    });
    expect(totals).toEqual({
      assignedLicenses: [9, 4, 4],
      activeUsers: [2, 1, 0],
      activeShare: [(100 * 2) / 9, null, null],
      usersNone: [7, null, null],
    });
    // Who bought Calling has a row, also where neither licenses nor calls are known; who bought something else has none.
    for (const [name, product] of [
      ['bought', 'calling'],
      ['meeting', 'meetings'],
    ] as const) {
      const { id } = await desk.customer(orgOf(name));
      await desk.admin.call(createSubscription, {
        params: { customerId: id },
        body: {
          reference: `Sub-${name}`,
          startsOn: '2026-01-01',
          endsOn: '2027-01-01',
          termMonths: 12,
          autoRenews: true,
          paymentState: 'current',
          setupState: 'provisioned',
          setupNote: null,
          lines: [{ product, ordered: 10, assigned: null }],
        },
      });
    }
    const again = await ask(desk, { from: '2026-11-08', to: '2026-11-28', by: 'customer', metrics });
    expect(again.totals).toEqual(totals);
    const unknown = [null, null, null];
    expect(again.rows.find(({ orgUuid }) => orgUuid === orgOf('bought'))?.values).toEqual({
      assignedLicenses: unknown,
      activeUsers: unknown,
      activeShare: unknown,
      usersNone: unknown,
    });
    expect(again.rows).toHaveLength(customers.length + 1);
    const { regions } = await desk.admin.call(askMetricsByRegion, {
      query: { from: '2026-11-08', to: '2026-11-28', bucket: 'week', metrics },
    });
    expect(regions.find(({ region }) => region === 'eu')?.customers).toBe(again.rows.length);
    const token = await desk.hub.person(desk.partnerId, 'partner_full');
    expect((await token.client.call(askMetrics, { query: { ...weeks, metrics } })).totals.assignedLicenses).toEqual([
      9, 4,
    ]);
  },
);

const mediaRow = (name: string, over: Fields = {}): Fields => ({
  'Start time': '2026-11-17T09:00:00Z',
  'Org UUID': orgOf('known'),
  'User UUID': uuidOf('user'),
  'Call ID': name,
  Location: 'Sofia',
  Endpoint: 'WXC_CLIENT',
  Device: '',
  'Audio jitter': '10',
  'Audio latency': '10',
  'Audio packet loss': '0',
  ...over,
});

test(
  'the worst endpoint type and location are those of the highest share of poor legs; types are one row for all customers',
  slowly,
  async () => {
    const desk = await importDesk({ orgs: ['known', 'other'] });
    const poor = { 'Audio jitter': '400' };
    const phone = { Endpoint: 'WXC_DEVICE', Device: '8851-3PCC' };
    const rows = [
      mediaRow('1', poor),
      mediaRow('2'),
      mediaRow('3', { ...phone, ...poor, Location: 'Plovdiv' }),
      mediaRow('4', { Location: 'Plovdiv' }),
      mediaRow('5', { Location: 'Plovdiv' }),
      mediaRow('6', { ...phone, 'Org UUID': orgOf('other') }),
    ];
    await desk.import(csvOf(rows, { columns: Object.keys(rows[0] ?? {}) }), 'media.csv');
    const asked = { ...week, policy: 'any_threshold' } as const;
    const { rows: customers } = await ask(desk, {
      ...asked,
      by: 'customer',
      sort: 'poorShare',
      order: 'desc',
      metrics: 'poorShare,worstEndpointType,worstLocation,usersAffected',
    });
    expect(customers.map(({ values }) => values)).toEqual([
      { poorShare: [40], worstEndpointType: ['desk_phone'], worstLocation: ['Sofia'], usersAffected: [1] },
      { poorShare: [0], worstEndpointType: [null], worstLocation: [null], usersAffected: [0] },
    ]);
    const types = await ask(desk, { ...asked, by: 'endpointType', sort: 'name', metrics: 'knownLegs,poorLegs' });
    expect(types.rows.map(({ endpointType, customerId, values }) => [endpointType, customerId, values])).toEqual([
      ['desk_phone', null, { knownLegs: [2], poorLegs: [1] }],
      ['desktop_app', null, { knownLegs: [4], poorLegs: [1] }],
    ]);
    const filter = `Customer ${orgOf('known').slice(0, 8)}`;
    const some = await ask(desk, { ...asked, filter, by: 'endpointType', metrics: 'knownLegs,poorLegs' });
    expect(some.rows.map(({ endpointType, values }) => [endpointType, values])).toEqual([
      ['desk_phone', { knownLegs: [1], poorLegs: [1] }],
      ['desktop_app', { knownLegs: [4], poorLegs: [1] }],
    ]);
    expect((await ask(desk, { ...week, policy: 'documented', metrics: 'poorLegs' })).totals).toEqual({ poorLegs: [0] });
  },
);

test('what a question compares with is what the same question says of those days', slowly, async () => {
  const desk = await importDesk({ orgs: ['known', 'other', 'gone'] });
  const of = (customer: string, day: string, count: number): Fields[] =>
    Array.from({ length: count }, (_, at) =>
      leg(`${customer} ${day} ${at}`, { 'Org UUID': orgOf(customer), 'Start time': `${day}T09:00:00Z` }),
    );
  await desk.import(
    csvOf([
      ...of('known', '2026-10-20', 7),
      ...of('known', '2026-11-10', 2),
      ...of('known', '2026-11-17', 5),
      ...of('other', '2026-11-18', 3),
      ...of('gone', '2026-10-21', 4),
    ]),
  );
  const metrics = 'callLegs,minutesPerActiveUser';
  const by = { by: 'customer', metrics } as const;
  const compared = await ask(desk, { ...by, comparison: 'previous' });
  expect(compared).toMatchObject({
    comparedWith: { from: '2026-11-08', to: '2026-11-14' },
    totals: { callLegs: [2, 8] },
    totalsBefore: { callLegs: 2 },
  });
  const before = await ask(desk, { ...by, from: '2026-10-18', to: '2026-10-24' });
  const month = await ask(desk, { ...by, comparison: 'weeks_before', weeksBefore: '4' });
  expect(month.comparedWith).toEqual({ from: '2026-10-18', to: '2026-10-24' });
  expect(month.totalsBefore).toEqual({
    callLegs: before.totals.callLegs?.[0],
    minutesPerActiveUser: before.totals.minutesPerActiveUser?.[0],
  });
  const legsOf = ({ rows }: typeof month) =>
    rows.map((row) => Number(row.before?.callLegs)).toSorted((one, other) => one - other);
  expect(month.totalsBefore?.callLegs).toBe(11);
  // Who has no leg before is told of with 0, as in a bucket of the question; who has none in it has no row.
  expect(legsOf(month)).toEqual([0, 7]);
  expect(legsOf(compared)).toEqual([0, 2]);
  const sorted = await ask(desk, {
    ...by,
    sort: 'callLegs',
    sortBy: 'change',
    comparison: 'weeks_before',
    weeksBefore: '4',
  });
  expect(sorted.rows.map((row) => row.values.callLegs?.at(-1))).toEqual([5, 3]);
  expect((await ask(desk, by)).rows.map((row) => row.before)).toEqual([null, null]);
  const regions = await desk.admin.call(askMetricsByRegion, {
    query: { from: weeks.from, to: weeks.to, bucket: 'week', metrics, comparison: 'weeks_before', weeksBefore: '4' },
  });
  expect(regions.totalsBefore).toEqual(month.totalsBefore);
  expect(regions.regions.find(({ region }) => region === 'eu')?.before).toEqual(month.totalsBefore);
  const { text } = await desk.admin.download(exportMetrics, {
    query: { ...weeks, ...by, metrics: 'callLegs', comparison: 'weeks_before', weeksBefore: '4', sort: 'callLegs' },
  });
  const lines = text.trim().split(/\r?\n/);
  expect(lines[0]?.endsWith('From,Call legs,Call legs (2026-10-18 to 2026-10-24)')).toBe(true);
  expect(lines.slice(1).map((line) => line.split(',').slice(-2).join())).toEqual(['0,', '3,0', '2,', '5,7']);
});

test('pages follow each other in every order, by value and by change; what has none comes last', slowly, async () => {
  const names = Array.from({ length: 7 }, (_, at) => `c${at}`);
  const desk = await importDesk({ orgs: names });
  const legs = names.flatMap((name, at) => [
    ...Array.from({ length: at }, (_, n) => leg(`${name} ${n}`, { 'Org UUID': orgOf(name) })),
    ...Array.from({ length: 3 }, (_, n) =>
      leg(`${name} before ${n}`, { 'Org UUID': orgOf(name), 'Start time': '2026-11-10T09:00:00Z' }),
    ),
  ]);
  await desk.import(csvOf(legs));
  for (const sortBy of ['last', 'change'] as const)
    for (const order of ['asc', 'desc'] as const) {
      const found: (number | null)[] = [];
      for (let after: string | undefined; ; ) {
        const page = await ask(desk, {
          by: 'customer',
          sort: 'callLegs',
          sortBy,
          order,
          metrics: 'callLegs',
          limit: 2,
          after,
        });
        expect(page.count).toBe(7);
        found.push(...page.rows.map(({ values }) => values.callLegs?.at(-1) as number));
        if (page.next === null) break;
        after = page.next;
      }
      expect(found).toEqual(order === 'asc' ? [0, 1, 2, 3, 4, 5, 6] : [6, 5, 4, 3, 2, 1, 0]);
    }
  const other = await ask(desk, { by: 'customer', sort: 'callLegs', metrics: 'callLegs', limit: 2 });
  await expect(
    ask(desk, { by: 'customer', sort: 'name', metrics: 'callLegs', after: other.next ?? '' }),
  ).rejects.toMatchObject({ problem: { code: 'cursor_invalid' } });
});

test('what cannot be answered is refused with a sentence', slowly, async () => {
  const desk = await importDesk();
  const refusals: [Parameters<typeof ask>[1], string][] = [
    [{ metrics: 'callLegs', by: 'user' }, 'customer_needed'],
    [{ metrics: 'queues', by: 'endpointType' }, 'metric_not_by'],
    [{ metrics: 'queues', zone: 'Asia/Seoul' }, 'metric_needs_days'],
    [{ metrics: 'callLegs,nothing' }, 'invalid_request'],
  ];
  for (const [over, code] of refusals) await expect(ask(desk, over)).rejects.toMatchObject({ problem: { code } });
});

test('all regions add up sums and divide last; the CSV has the numbers of the screen', slowly, async () => {
  const desk = await importDesk({ orgs: ['known'] });
  await desk.import(csvOf([leg('a'), leg('b', { 'User UUID': uuidOf('second') })]));
  const metrics = 'callLegs,minutesPerActiveUser';
  const all = await desk.admin.call(askMetricsByRegion, {
    query: { from: week.from, to: week.to, bucket: 'week', metrics },
  });
  expect(all.totals).toEqual({ callLegs: [2], minutesPerActiveUser: [1] });
  expect(all.regions.find(({ region }) => region === 'eu')).toMatchObject({
    hasAnswered: true,
    values: { callLegs: [2] },
  });
  const { text } = await desk.admin.download(exportMetrics, { query: { ...weeks, by: 'customer', metrics } });
  const [, ...lines] = text.trim().split(/\r?\n/);
  expect(lines.map((line) => line.split(',').slice(-3))).toEqual([
    ['2026-11-08', '', ''], // before anything was imported
    ['2026-11-15', '2', '1'],
  ]);
  const regions = await desk.admin.download(exportMetricsByRegion, {
    query: { from: week.from, to: week.to, bucket: 'week', metrics },
  });
  expect(regions.text.trim().split(/\r?\n/)).toEqual([
    'Region,Answered,Customers,From,Call legs,Minutes per active user',
    ...all.regions.map(({ region, customers, values }) =>
      [
        region.toUpperCase(),
        'yes',
        customers,
        week.from,
        values.callLegs?.[0] ?? '',
        values.minutesPerActiveUser?.[0] ?? '',
      ].join(),
    ),
  ]);
});

test(
  'all regions: one that is down and one that is slow are named and left out, and nobody waits longer for them',
  slowly,
  async () => {
    const desk = await importDesk({ orgs: ['known'] });
    await desk.customer(orgOf('western'), { country: 'US', name: 'Western Rivers' });
    await desk.import(csvOf([leg('a'), leg('b')]));
    await desk.admin.upload(uploadImport, {
      query: { region: 'us', fileName: 'west.csv' },
      body: csvOf([leg('c', { 'Org UUID': orgOf('western') })]),
    });
    await desk.drain();
    const { stores } = desk.hub.installation;
    const [eu, ca] = [stores.get('eu'), stores.get('ca')];
    if (!eu || !ca) throw new Error('There are no such stores.');
    vi.spyOn(eu, 'ask').mockImplementation(() => new Promise(() => undefined)); // never
    vi.spyOn(ca, 'ask').mockImplementation(() => Promise.reject(StoreFault.of('ca', new Error('Code: 999. Gone.'))));
    const query = { from: week.from, to: week.to, bucket: 'week', metrics: 'callLegs,activeUsers' } as const;
    const all = await desk.admin.call(askMetricsByRegion, { query });
    const { text } = await desk.admin.download(exportMetricsByRegion, { query });
    vi.restoreAllMocks();
    expect(all.regions.map(({ region, hasAnswered, values }) => [region, hasAnswered, values.callLegs?.[0]])).toEqual([
      ['us', true, 1],
      ['ca', false, undefined],
      ['eu', false, undefined],
      ['uae', true, null],
    ]);
    expect(all.totals).toEqual({ callLegs: [1], activeUsers: [1] });
    expect(text.split(/\r?\n/).filter((line) => line.includes(',no,'))).toHaveLength(2);
  },
);

test('of weeks before a feed began nothing is known; weeks without calls after that are 0', slowly, async () => {
  const desk = await importDesk({ orgs: ['known', 'other'] });
  await desk.import(
    csvOf([
      leg('a', { 'Start time': '2026-11-03T10:00:00Z' }),
      leg('b', { 'Start time': '2026-11-17T10:00:00Z', 'Org UUID': orgOf('other') }),
    ]),
  );
  const asked = { from: '2026-10-18', metrics: 'callLegs,activeUsers,highestDailyActiveUsers,mediaLegs' } as const;
  const { totals } = await ask(desk, asked);
  expect(totals).toEqual({
    callLegs: [null, null, 1, 0, 1],
    activeUsers: [null, null, 1, 0, 1],
    highestDailyActiveUsers: [null, null, 1, 0, 1],
    mediaLegs: [null, null, null, null, null],
  });
  // Of one customer those of its own feeds; among others it is 0 where the others have calls.
  const { rows } = await ask(desk, { ...asked, by: 'customer', sort: 'callLegs', metrics: 'callLegs' });
  const other = rows.find(({ orgUuid }) => orgUuid === orgOf('other'));
  expect(other?.values.callLegs).toEqual([null, null, 0, 0, 1]);
  const alone = await ask(desk, { ...asked, customerId: String(other?.customerId), metrics: 'callLegs' });
  expect(alone.totals.callLegs).toEqual([null, null, null, null, 1]);
  const all = await desk.admin.call(askMetricsByRegion, {
    query: { from: '2026-10-18', to: week.to, bucket: 'week', metrics: 'callLegs' },
  });
  expect(all.totals.callLegs).toEqual([null, null, 1, 0, 1]);
});

test(
  'a user of media reports without a UUID is the one user of that name, and nobody where two have it',
  slowly,
  async () => {
    const desk = await importDesk({ orgs: ['known'] });
    const named = (name: string, person: string): Fields => ({ 'User UUID': uuidOf(person), User: name });
    await desk.import(
      csvOf([leg('a', named('Ann', 'ann')), leg('b', named('Bo', 'bo')), leg('c', named('Bo', 'other bo'))]),
    );
    const noUuid = (name: string): Fields => ({ 'User UUID': '', User: name, Email: `${name}@known.example` });
    const rows = [mediaRow('1', noUuid('ann')), mediaRow('2', named('Ann', 'ann')), mediaRow('3', noUuid('Bo'))];
    await desk.import(csvOf(rows, { columns: Object.keys(rows[0] ?? {}) }), 'media.csv');
    const customers = await ask(desk, { ...week, by: 'customer', metrics: 'callLegs' });
    const customerId = String(customers.rows[0]?.customerId);
    const users = await ask(desk, { ...week, by: 'user', customerId, metrics: 'callLegs,mediaLegs', sort: 'name' });
    expect(users.rows.map(({ name, userKey, values }) => [name, userKey !== null, values])).toEqual([
      ['Ann', true, { callLegs: [1], mediaLegs: [2] }],
      ['Bo', true, { callLegs: [1], mediaLegs: [0] }],
      ['Bo', true, { callLegs: [1], mediaLegs: [0] }],
      ['Bo', false, { callLegs: [0], mediaLegs: [1] }],
    ]);
  },
);

test(
  'all regions: a region is asked of its own customers alone and gives back sums; no row, name or identifier of a customer leaves it',
  slowly,
  async () => {
    const desk = await importDesk({ orgs: ['known'] });
    await desk.customer(orgOf('western'), { country: 'US', name: 'Western Rivers' });
    const legOf = (customer: string, name: string): Fields =>
      leg(name, {
        'Org UUID': orgOf(customer),
        'User UUID': uuidOf(`user of ${customer}`),
        User: `Person of ${customer}`,
        'User number': `+1555${customer.length}0001`,
        Location: `Site of ${customer}`,
      });
    await desk.import(csvOf([legOf('known', 'a'), legOf('known', 'b')]));
    await desk.admin.upload(uploadImport, {
      query: { region: 'us', fileName: 'west.csv' },
      body: csvOf([legOf('western', 'c')]),
    });
    await desk.drain();
    const heard = new Map<string, { asked: string; answered: string }[]>();
    for (const [region, store] of desk.hub.installation.stores) {
      const ask = store.ask.bind(store);
      vi.spyOn(store, 'ask').mockImplementation(async (sql, options) => {
        const rows = await ask(sql, options);
        const words = { asked: JSON.stringify([sql, options?.parameters]), answered: JSON.stringify(rows) };
        heard.set(region, [...(heard.get(region) ?? []), words]);
        return rows;
      });
    }
    const all = await desk.admin.call(askMetricsByRegion, {
      query: { from: week.from, to: week.to, bucket: 'week', metrics: MetricKey.options.join(',') },
    });
    vi.restoreAllMocks();
    expect(all.totals.callLegs).toEqual([3]);
    const secrets = (customer: string): string[] => [
      orgOf(customer),
      uuidOf(`user of ${customer}`),
      `Person of ${customer}`,
      `+1555${customer.length}0001`,
      `Site of ${customer}`,
    ];
    const told = JSON.stringify(all);
    for (const secret of [...secrets('known'), ...secrets('western'), 'Western Rivers'])
      expect(told).not.toContain(secret);
    for (const [region, own, other] of [
      ['eu', 'known', 'western'],
      ['us', 'western', 'known'],
    ] as const) {
      const words = heard.get(region) ?? [];
      expect(words.length).toBeGreaterThan(3);
      for (const { asked, answered } of words) {
        for (const secret of secrets(other)) expect(asked + answered).not.toContain(secret);
        // Of its own customers the sums by organization, and nothing of their people.
        const [, ...people] = secrets(own);
        for (const secret of people) expect(answered).not.toContain(secret);
      }
    }
  },
);
