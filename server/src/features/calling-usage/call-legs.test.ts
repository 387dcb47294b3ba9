import {
  type CallingUsageMeasure,
  callingUsageMeasures,
  type CallLeg,
  getCallingUsage,
  getCallLeg,
  type LegMeasure,
  legsOfCustomersMaximum,
  listCallLegs,
} from '@hub/contract/calling-usage';
import type { ReportId } from '@hub/contract/ids';
import { askMetrics } from '@hub/contract/metrics';
import { expect, test } from 'vitest';
import { type MediaRecord, mediaCsv } from '../../testing/report-records.ts';
import { type LegRecord, legRecord } from '../../testing/leg-record.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { oracleRows } from '../../testing/usage-oracle.ts';
import { usageHub } from '../../testing/usage-hub.ts';
import { callHistoryColumns } from '../imports/index.ts';

const measures = Object.keys(callingUsageMeasures) as CallingUsageMeasure[];
const range = { from: '2026-11-01', to: '2026-11-30' };
const inUs = { region: 'us', ...range } as const;

/** A small table in which every measure has something to leave out. */
function smallTable(orgUuid: string, location: string): LegRecord[] {
  const leg = (change: Partial<LegRecord>): LegRecord => legRecord({ org_uuid: orgUuid, location, ...change });
  const device = (model: string): Partial<LegRecord> => ({ client_type: 'WXC_DEVICE', os_type: 'NA', model });
  const service = (user_type: string, call_id: string): LegRecord =>
    leg({ user_type, call_id, direction: 'TERMINATING', client_type: '', os_type: '' });
  const session = '0000c0de-0000-4000-8000-000000000001';
  return [
    leg({ correlation_id: session, start_time: '2026-11-30T23:59:59.999Z', duration: 29 }),
    leg({ correlation_id: session, start_time: '2026-11-01T00:00:00.000Z', duration: 61 }),
    leg({ correlation_id: '', answered: 'false', duration: 600 }),
    leg({ direction: 'TERMINATING', user_type: 'Place', ...device('Room Kit') }),
    leg({ direction: 'TERMINATING', user_type: 'VirtualLine', ...device('8851-3PCC') }),
    leg({ direction: 'TERMINATING', client_type: 'SIP', os_type: '', answered: 'NA' }),
    leg({ direction: 'TERMINATING', ...device('DBS-210') }),
    service('HuntGroup', 'SSE1'),
    service('HuntGroup', 'SSE1'),
    service('HuntGroup', 'NA'),
    service('AutomatedAttendantVideo', ''),
    service('CallCenterStandard', 'SSE2'),
    service('CallCenterPremium', 'SSE2'),
    leg({ user_type: 'HuntGroup', direction: 'ORIGINATING' }),
    leg({ user_type: 'VoiceMailGroup', direction: 'TERMINATING' }),
  ];
}

const endpointOf = (leg: LegRecord) =>
  leg.client_type === 'SIP'
    ? 'third_party'
    : leg.model === 'Room Kit'
      ? 'room_device'
      : leg.model === '8851-3PCC'
        ? 'desk_phone'
        : 'unknown';

async function allLegs(
  as: TestClient,
  query: Omit<NonNullable<Parameters<typeof pageOf>[1]>, 'after'>,
): Promise<CallLeg[]> {
  const legs: CallLeg[] = [];
  for (let after: string | undefined; ; ) {
    const { items, next } = await pageOf(as, { ...query, after });
    legs.push(...items);
    if (next === null) return legs;
    expect(items).toHaveLength(query.limit!);
    after = next;
  }
}

interface Asked {
  customerId?: CallLeg['customerId'];
  location?: string;
  measure?: LegMeasure;
  user?: string;
  endpointType?: CallLeg['endpointType'];
  policy?: 'documented' | 'any_threshold';
  queue?: string;
  filter?: string;
  hasQueues?: 'true';
  zone?: string;
  q?: string;
  limit?: number;
  after?: string | undefined;
}
const pageOf = (as: TestClient, query: Asked) => as.call(listCallLegs, { query: { ...inUs, ...query } });
const ids = (legs: readonly { reportId: string }[]): string[] => legs.map(({ reportId }) => reportId).sort();

test('behind every cell lie exactly the legs that it counts', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const [one, two] = [await customer(admin, 'One', 'us'), await customer(admin, 'Two', 'us')];
  const records = [
    ...smallTable(one.orgUuid, "O'Brien {q:String} \\ 100%"),
    ...smallTable(one.orgUuid, ''),
    ...smallTable(two.orgUuid, 'NA'),
  ];
  await load(admin, 'us', [
    ...records,
    legRecord({ org_uuid: one.orgUuid, start_time: '2026-12-01T00:00:00.000Z' }),
    legRecord({ org_uuid: one.orgUuid, start_time: '2026-10-31T23:59:59.999Z' }),
  ]);
  const { items } = await admin.call(getCallingUsage, { query: inUs });
  expect(items.map(({ customerName, location }) => [customerName, location])).toEqual([
    ['One', ''],
    ['One', "O'Brien {q:String} \\ 100%"],
    ['Two', ''],
  ]);
  const expected = oracleRows(records, endpointOf);
  for (const { customerId, orgUuid, location, cells } of items) {
    const row = expected.find((other) => other.orgUuid === orgUuid && other.location === location)!;
    expect(cells).toEqual(row.cells);
    for (const measure of measures) {
      const answer = await pageOf(admin, { customerId, location, measure, limit: 500 });
      const behind = row.behind[measure];
      expect(answer).toMatchObject({ value: cells[measure], legs: behind.length, next: null });
      expect(ids(answer.items)).toEqual(ids(behind.map((leg) => ({ reportId: leg.report_id }))));
    }
  }
  // The cells of this table, so that the oracle cannot be wrong in the same way as the SQL.
  expect(items[0]?.cells).toEqual({
    calls: 2,
    callLegs: 7,
    poorLegs: null,
    callMinutes: 5, // 29 + 61 + 3 × 60 s = 270 s
    videoMinutes: null,
    audioLegs: null,
    videoLegs: null,
    deskPhoneLegs: 1,
    roomDeviceLegs: 1,
    otherDeviceLegs: 1,
    huntGroupCalls: 2,
    autoAttendantCalls: 1,
    queueCalls: 1,
    queueCallsTimedOut: null,
    queueCallsOverflowed: null,
    queueCallsTransferred: null,
    queueCallsAbandoned: null,
  });
  // Without a location: the whole customer. Without a measure: all its legs, of services too.
  expect(await pageOf(admin, { customerId: one.id, measure: 'callMinutes' })).toMatchObject({ value: 9 }); // 540 s
  expect(await pageOf(admin, { customerId: one.id, limit: 500 })).toMatchObject({ legs: 30, value: null });
  expect(await pageOf(admin, { measure: 'callLegs' })).toMatchObject({ legs: 21, value: 21 });
});

test('behind a number of media quality lie the legs of its user with its Correlation ID or Call ID', async () => {
  const { hub, load, loadFile, customer } = await usageHub();
  const { admin } = await hub.partner();
  const [{ id, orgUuid }, other] = [await customer(admin, 'Media', 'us'), await customer(admin, 'Other', 'us')];
  const [bySession, byCall, ofOther] = [
    legRecord({ org_uuid: orgUuid }),
    legRecord({ org_uuid: orgUuid }),
    legRecord({ org_uuid: other.orgUuid }),
  ];
  await load(admin, 'us', [bySession, byCall, ofOther, legRecord({ org_uuid: orgUuid })]);
  const poor = { jitter: 200, latency: 80, loss: 0, videoSeconds: 0, videoJitter: null, location: 'Sofia' };
  const row = (change: Partial<MediaRecord>): MediaRecord => ({
    ...poor,
    org_uuid: orgUuid,
    user_uuid: bySession.user_uuid,
    start_time: '2026-11-02T09:30:00.000Z',
    call_id: '',
    correlation_id: '',
    ...change,
  });
  await loadFile(
    admin,
    'us',
    mediaCsv([
      row({ correlation_id: bySession.correlation_id, call_id: 'another' }),
      row({ call_id: byCall.call_id, videoSeconds: 90, videoJitter: 3 }),
      row({ call_id: 'without a leg' }),
      row({ org_uuid: other.orgUuid, correlation_id: bySession.correlation_id }), // the session of another customer
    ]),
  );
  const ask = (policy: 'documented' | 'any_threshold', measure: CallingUsageMeasure) =>
    admin.call(listCallLegs, { query: { ...inUs, customerId: id, measure, policy } });
  const answer = await ask('any_threshold', 'poorLegs');
  expect(answer).toMatchObject({ value: 3, legs: 2, policy: 'any_threshold', policyVersion: 1 });
  expect(ids(answer.items)).toEqual([bySession.report_id, byCall.report_id].sort());
  expect(await ask('documented', 'poorLegs')).toMatchObject({ value: 0, legs: 0, policy: 'documented' });
  expect(await ask('documented', 'videoMinutes')).toMatchObject({ value: 2, legs: 1 });
  expect(await ask('documented', 'audioLegs')).toMatchObject({ value: 3, legs: 2 });
  // The same customer at another location has none of them.
  expect(await pageOf(admin, { customerId: id, location: 'Varna', measure: 'audioLegs' })).toMatchObject({
    value: null,
    legs: 0,
  });
});

test('legs of one user, and of one endpoint type: of the leg, or of the media report where that is counted', async () => {
  const { hub, load, loadFile, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { id, orgUuid } = await customer(admin, 'Narrow', 'us');
  const phone = { client_type: 'WXC_DEVICE', os_type: 'NA', model: '8851-3PCC' };
  const [onPhone, onApp] = [
    legRecord({ org_uuid: orgUuid, ...phone }),
    legRecord({ org_uuid: orgUuid, user_uuid: 'dddddddd-0000-4000-8000-0000000000aa', user: 'Other' }),
  ];
  await load(admin, 'us', [onPhone, onApp]);
  const media = (leg: LegRecord, jitter: number): MediaRecord => ({
    jitter,
    latency: 80,
    loss: 0,
    videoSeconds: 0,
    videoJitter: null,
    location: 'Sofia',
    call_id: '',
    org_uuid: orgUuid,
    user_uuid: leg.user_uuid,
    start_time: leg.start_time,
    correlation_id: leg.correlation_id,
  });
  await loadFile(admin, 'us', mediaCsv([media(onPhone, 200), media(onApp, 10)]));
  const ask = (query: Asked) => pageOf(admin, { customerId: id, ...query });
  const users = await admin.call(askMetrics, { query: { ...inUs, customerId: id, by: 'user', metrics: 'callLegs' } });
  expect(users.rows).toHaveLength(2);
  for (const { name, userKey } of users.rows) {
    const { items, value } = await ask({ user: userKey ?? '', measure: 'callLegs' });
    expect(items.map(({ user }) => user)).toEqual([name]);
    expect(value).toBeNull(); // the number is of everybody
  }
  expect(ids((await ask({ endpointType: 'desk_phone' })).items)).toEqual([onPhone.report_id]);
  expect(await ask({ endpointType: 'gateway', measure: 'callLegs' })).toMatchObject({ legs: 0, value: null });
  // What the media report calls the endpoint, whatever the leg says.
  const { items } = await ask({ endpointType: 'unknown', measure: 'mediaLegs' });
  expect(ids(items)).toEqual([onPhone.report_id, onApp.report_id].sort());
  expect(await ask({ endpointType: 'desk_phone', measure: 'mediaLegs' })).toMatchObject({ legs: 0 });
  const known = await ask({ measure: 'knownLegs', policy: 'any_threshold' });
  expect(ids(known.items)).toEqual([onPhone.report_id, onApp.report_id].sort());
  expect(await ask({ user: '99999999999999999999' })).toMatchObject({ legs: 0 }); // above 64 bits
});

test('legs of one queue, of the customers that a filter leaves, of those with Call Queue, and of the days of a zone', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const [alder, birch, cedar] = [
    await customer(admin, 'Alder', 'us'),
    await customer(admin, 'Birch', 'us'),
    await customer(admin, 'Cedar', 'us'),
  ];
  const service = { user_type: 'CallCenterStandard', direction: 'TERMINATING' };
  const queued = (user: string, org_uuid: string): LegRecord => legRecord({ org_uuid, user, ...service });
  const [sales, help, ofBirch] = [
    queued("Sales {x:String} ' 100%", alder.orgUuid),
    queued('Help', alder.orgUuid),
    queued('Help', birch.orgUuid),
  ];
  const agent = legRecord({ org_uuid: alder.orgUuid, user: 'Help' }); // a person who is called as the queue is
  const late = legRecord({ org_uuid: cedar.orgUuid, start_time: '2026-11-30T23:30:00.000Z' });
  await load(admin, 'us', [sales, help, ofBirch, agent, late]);
  const found = async (query: Asked) => ids((await pageOf(admin, { limit: 100, ...query })).items);
  const idsOf = (...legs: LegRecord[]) => legs.map(({ report_id }) => report_id).sort();
  expect(await found({ queue: sales.user })).toEqual(idsOf(sales));
  expect(await found({ queue: 'Help' })).toEqual(idsOf(help, ofBirch));
  expect(await found({ queue: 'Help', customerId: birch.id, measure: 'queueStatistics' })).toEqual(idsOf(ofBirch));
  expect(await pageOf(admin, { queue: 'Help', measure: 'queueCalls' })).toMatchObject({ legs: 2, value: 2 });
  // One of three is named as it is, two of them by the one that is left out.
  expect(await found({ filter: 'name:cedar' })).toEqual(idsOf(late));
  expect(await found({ filter: '-name:cedar' })).toEqual(idsOf(sales, help, ofBirch, agent));
  expect(await found({ filter: 'name:nobody' })).toEqual([]);
  expect(await found({ filter: ' ' })).toHaveLength(5);
  expect(await found({ filter: 'name:birch', customerId: alder.id })).toEqual([]);
  expect(await found({ hasQueues: 'true' })).toEqual(idsOf(sales, help, ofBirch, agent));
  expect(await found({ hasQueues: 'true', measure: 'callLegs' })).toEqual(idsOf(agent));
  expect(await found({ measure: 'callLegs', filter: 'name:alder' })).toEqual(idsOf(agent));
  expect(await pageOf(admin, { measure: 'callLegs', filter: 'name:alder' })).toMatchObject({ legs: 1, value: null });
  // In Sofia the leg of 23:30 is of December.
  expect(await found({ zone: 'Europe/Sofia' })).toEqual(idsOf(sales, help, ofBirch, agent));
  const december = { ...inUs, from: '2026-12-01', to: '2026-12-01', zone: 'Europe/Sofia' } as const;
  expect(ids((await admin.call(listCallLegs, { query: december })).items)).toEqual(idsOf(late));
  expect(await admin.refusal(listCallLegs, { query: { ...inUs, filter: 'status:' } })).toMatchObject({
    code: 'filter_invalid',
  });
  expect(await admin.refusal(listCallLegs, { query: { ...inUs, zone: '+02:00' } })).toMatchObject({ status: 400 });
});

test('behind numbers of media that a policy judges good, or cannot judge, lie their legs', async () => {
  const { hub, load, loadFile, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { id, orgUuid } = await customer(admin, 'Judged', 'us');
  const [good, unknown, poor] = [
    legRecord({ org_uuid: orgUuid }),
    legRecord({ org_uuid: orgUuid }),
    legRecord({ org_uuid: orgUuid, start_time: '2026-11-30T23:30:00.000Z' }),
  ];
  await load(admin, 'us', [good, unknown, poor]);
  const row = (leg: LegRecord, jitter: number | null): MediaRecord => ({
    jitter,
    latency: jitter === null ? null : 10,
    loss: jitter === null ? null : 0,
    videoSeconds: 0,
    videoJitter: null,
    location: 'Sofia',
    call_id: '',
    org_uuid: orgUuid,
    user_uuid: leg.user_uuid,
    start_time: leg.start_time,
    correlation_id: leg.correlation_id,
  });
  await loadFile(admin, 'us', mediaCsv([row(good, 10), row(unknown, null), row(poor, 400)]));
  const found = async (measure: LegMeasure, over: Asked = {}) =>
    ids((await pageOf(admin, { customerId: id, policy: 'any_threshold', measure, ...over })).items);
  expect(await found('goodLegs')).toEqual([good.report_id]);
  expect(await found('unknownLegs')).toEqual([unknown.report_id]);
  expect(await found('poorLegs')).toEqual([poor.report_id]);
  expect(await found('poorLegs', { zone: 'Europe/Sofia' })).toEqual([]); // of December there
  expect(await found('mediaLegs', { zone: 'America/New_York' })).toHaveLength(3);
  expect(await found('poorLegs', { filter: 'name:judged' })).toEqual([poor.report_id]);
});

test('a filter that leaves, and leaves out, more customers than can be named is refused with its number', async () => {
  const { hub } = await usageHub();
  const { admin, partnerId } = await hub.partner();
  await hub.asOwner(
    `insert into customer (id, partner_id, name, org_uuid, country, region, created_at, search_text, name_key)
     select gen_random_uuid(), $1, name, gen_random_uuid(), 'US', 'us', now(), lower(name), lower(name)
     from (select case when n % 2 = 0 then 'Even ' else 'Odd ' end || n as name from generate_series(1, $2::int) as n) as made`,
    [partnerId, 2 * legsOfCustomersMaximum + 2],
  );
  expect(await admin.refusal(listCallLegs, { query: { ...inUs, filter: 'name:even' } })).toMatchObject({
    code: 'filter_too_wide',
    data: { customers: legsOfCustomersMaximum + 1, limit: legsOfCustomersMaximum },
  });
  // What leaves few, or leaves few out, is answered.
  expect(await pageOf(admin, { filter: 'name:"Even 42"' })).toMatchObject({ legs: 0 });
  expect(await pageOf(admin, { filter: '-name:"Even 42"' })).toMatchObject({ legs: 0 });
});

test('legs come newest first, and pages join to the whole without a gap', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { id, orgUuid } = await customer(admin, 'Pages', 'us');
  // Many in one millisecond: the Report ID decides there.
  await load(
    admin,
    'us',
    Array.from({ length: 23 }, (_, n) =>
      legRecord({ org_uuid: orgUuid, start_time: `2026-11-0${1 + (n % 3)}T10:00:00.${n % 2}00Z` }),
    ),
  );
  const whole = await pageOf(admin, { customerId: id, limit: 500 });
  expect(whole.items).toHaveLength(23);
  const starts = whole.items.map(({ startTime }) => startTime);
  expect(starts).toEqual(starts.toSorted().toReversed());
  for (const limit of [1, 2, 5, 22, 23, 24])
    expect(await allLegs(admin, { customerId: id, limit })).toEqual(whole.items);
});

test('legs of a year are told page by page, the newest first, also across its steps and in another zone', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { orgUuid } = await customer(admin, 'Year', 'us');
  const starts = [
    '2025-12-31T23:30:00.000Z', // the new year of Sofia
    ...['2026-01-02', '2026-03-31', '2026-04-01', '2026-09-29', '2026-11-02', '2026-11-15', '2026-11-16'].flatMap(
      (day) => [`${day}T00:00:00.000Z`, `${day}T23:59:59.999Z`],
    ),
    '2026-11-22T12:00:00.000Z',
  ];
  await load(
    admin,
    'us',
    starts.map((start_time) => legRecord({ org_uuid: orgUuid, start_time })),
  );
  const year = { region: 'us', from: '2026-01-01', to: '2026-11-22', zone: 'Europe/Sofia' } as const;
  const newest = starts.toReversed();
  for (const limit of [1, 3, 100]) {
    const told: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await admin.call(listCallLegs, { query: { ...year, limit, after } });
      expect(page.legs).toBe(starts.length);
      told.push(...page.items.map(({ startTime }) => startTime));
      if (page.next === null) break;
      after = page.next;
    }
    expect(told).toEqual(newest);
  }
});

test('what is searched for stays text', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { orgUuid } = await customer(admin, 'Search', 'us');
  const users = ["O'Brien", '100%', 'a_b', 'back\\slash', '{q:String}', "') OR 1=1 --", '(.*)', '🏢 Zoë', 'ДАНАИЛ'];
  await load(
    admin,
    'us',
    users.map((user) => legRecord({ org_uuid: orgUuid, user })),
  );
  for (const user of users) {
    const { items, legs } = await pageOf(admin, { q: ` ${user.toLowerCase()} ` });
    expect([legs, ...items.map((leg) => leg.user)]).toEqual([1, user]);
  }
  expect(await pageOf(admin, { q: '%' })).toMatchObject({ legs: 1 });
  expect(await pageOf(admin, { q: '+3592123' })).toMatchObject({ legs: users.length });
  expect(await pageOf(admin, { q: 'nobody' })).toMatchObject({ legs: 0, items: [] });
});

test('a made-up cursor is refused and reaches no store', async () => {
  const { hub } = await usageHub();
  const { admin } = await hub.partner();
  const id = '0000001e-0000-4000-8000-000000000001';
  for (const after of [
    '',
    '~',
    'x~y',
    `2026-13-45T25:61:61.000Z~${id}`,
    `2026-01-01T::::::::::::Z~${id}`,
    `2026-01-01T00:00:00.000Z~${'-'.repeat(36)}`,
    `2026-01-01T00:00:00.000Z~${id}~x`,
  ]) {
    expect(await admin.refusal(listCallLegs, { query: { ...inUs, after } })).toMatchObject({ code: 'cursor_invalid' });
  }
});

test('one leg comes with all 83 fields of its record, and says what was emptied', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { id, orgUuid } = await customer(admin, 'Fields', 'us');
  const record = legRecord({
    org_uuid: orgUuid,
    correlation_id: 'unreadable',
    location: 'NA',
    answered: 'perhaps',
    duration: 75,
  });
  const { number } = await load(admin, 'us', [record]);
  const reportId = record.report_id as ReportId;
  const asked = { params: { reportId }, query: { region: 'us', startDate: '2026-11-02' } } as const;
  const { leg, fields, ...source } = await admin.call(getCallLeg, asked);
  expect(source).toEqual({ importNumber: number, importFileName: 'legs.csv' });
  expect(leg).toEqual({
    reportId,
    customerId: id,
    customerName: 'Fields',
    startTime: '2026-11-02T09:30:00.000Z',
    location: '',
    user: 'Ada Petrova',
    userType: 'User',
    direction: 'ORIGINATING',
    callingNumber: '+35921234567',
    calledNumber: '+35929876543',
    isAnswered: false,
    durationSeconds: 75,
    endpointType: 'desktop_app',
    callOutcome: 'Success',
  });
  expect(fields.map(({ column }) => column)).toEqual(callHistoryColumns.map(({ header }) => header));
  expect(fields).toHaveLength(83);
  expect(fields.filter(({ isEmptied }) => isEmptied)).toEqual([
    { column: 'Correlation ID', value: '', isEmptied: true },
    { column: 'Answered', value: '', isEmptied: true },
  ]);
  const filled = Object.fromEntries(
    fields.filter(({ value }) => value !== '').map(({ column, value }) => [column, value]),
  );
  expect(filled).toEqual({
    'Start time': '2026-11-02T09:30:00.000Z',
    Duration: '75',
    'Calling number': '+35921234567',
    'Called number': '+35929876543',
    User: 'Ada Petrova',
    Direction: 'ORIGINATING',
    'Client type': 'WXC_CLIENT',
    'OS type': 'Windows',
    'User type': 'User',
    'Call ID': record.call_id,
    'User UUID': record.user_uuid,
    'Org UUID': orgUuid,
    'Report ID': reportId,
    'Call outcome': 'Success',
    'Report time': '2026-11-30T23:00:00.000Z',
  });
  // The same leg asked for in capitals, on another day, under an unknown id, by somebody else.
  const capitals = { ...asked, params: { reportId: reportId.toUpperCase() as ReportId } };
  expect((await admin.call(getCallLeg, capitals)).leg).toEqual(leg);
  const stranger = (await hub.partner()).admin;
  const otherDay = { ...asked, query: { region: 'us', startDate: '2026-11-03' } } as const;
  const unknown = { ...asked, params: { reportId: '99999999-9999-4999-8999-999999999999' as ReportId } };
  for (const [as, given] of [
    [admin, otherDay],
    [admin, unknown],
    [stranger, asked],
  ] as const) {
    expect(await as.refusal(getCallLeg, given)).toMatchObject({ status: 404, code: 'not_found', data: {} });
  }
});

test('another partner’s customer is as unknown as one that does not exist', async () => {
  const { hub, load, customer } = await usageHub();
  const [{ admin }, stranger] = [await hub.partner(), await hub.partner()];
  const mine = await customer(admin, 'Secret name', 'us');
  await load(admin, 'us', [legRecord({ org_uuid: mine.orgUuid, location: 'Secret place' })]);
  const foreign = await stranger.admin.refusal(listCallLegs, { query: { ...inUs, customerId: mine.id } });
  const absent = await stranger.admin.refusal(listCallLegs, {
    query: { ...inUs, customerId: hub.clock.id() },
  });
  expect(foreign).toMatchObject({ status: 404, code: 'customer_not_found', data: {} });
  expect({ ...foreign, trackingId: '' }).toEqual({ ...absent, trackingId: '' });
  expect(await pageOf(stranger.admin, { location: 'Secret place' })).toMatchObject({ legs: 0, items: [] });
  const usage = await stranger.admin.call(getCallingUsage, { query: { ...inUs, customerId: mine.id } });
  expect(usage).toMatchObject({
    items: [],
    rows: 0,
    rowsUnfiltered: 0,
    missingFeeds: ['call_history', 'media_quality', 'call_queue_stats'],
  });
});
