import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type CallHistoryRange,
  callHistoryDays,
  callHistoryRecords,
  demoScenario,
  writeCallHistoryCsv,
} from './index.ts';
import { sampleCallHistoryCsv } from './sample-call-history.ts';

// Copied from the vendor's report, not from the generator.
const header =
  'Start time,Answer time,Duration,Calling number,Called number,User,Calling line ID,Called line ID,Correlation ID,Location,Inbound trunk,Outbound trunk,Route group,Direction,Call type,Client type,Client version,Sub client type,OS type,Device Mac,Model,Answered,International Country,Original reason,Related reason,Redirect reason,Site main number,Site timezone,User type,Call ID,Local SessionID,Remote SessionID,User UUID,Org UUID,Report ID,Department ID,Site UUID,Releasing party,Redirecting number,Transfer related call ID,Dialed digits,Authorization code,Call transfer time,User number,Local call ID,Remote call ID,Network call ID,Related call ID,Call outcome,Call outcome reason,Final local sessionID,Final remote sessionID,Answer Indicator,Ring duration,Release time,Report time,PSTN legal entity,PSTN vendor Org ID,PSTN vendor name,PSTN provider ID,Caller ID number,External caller ID number,Device owner UUID,Call Recording Platform Name,Call Recording Result,Call Recording Trigger,Redirecting party UUID,Public Calling IP Address,Public Called IP Address,Original called party UUID,Recall Type,Hold Duration,Auto Attendant Key Pressed,Queue Type,Answered Elsewhere,Route list calls overage,Caller Reputation Score,Caller Reputation Service Result,Caller Reputation Score Reason,Interaction ID,WxCC consult merge status,ELIN,Emergency number source';
const week = { from: '2026-11-09', to: '2026-11-15' };
const regions = ['us', 'ca', 'eu', 'uae'] as const;
const tiny = demoScenario('tiny', 'test');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-data-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
async function csvOf(range: CallHistoryRange, scenario = tiny): Promise<string> {
  const path = join(folder, `${files++}.csv`);
  const written = await writeCallHistoryCsv(path, scenario, range);
  const buffer = await readFile(path);
  expect(written.bytes).toBe(buffer.length);
  const text = buffer.toString('utf8');
  expect(parseCsv(text)).toHaveLength(written.rows + 1);
  return text;
}

/** RFC 4180 with CR LF and a byte order mark, nothing more lenient: throws where a quote stands inside a bare field. */
function parseCsv(text: string): string[][] {
  expect(text.startsWith('\uFEFF')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  field.lastIndex = 1;
  while (field.lastIndex < text.length) {
    const place = field.lastIndex;
    const found = field.exec(text);
    if (!found) throw new Error(`No field at character ${place}: ${text.slice(place, place + 80)}`);
    rows.at(-1)!.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === '\r\n' && field.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

type Leg = Record<string, string>;
function legsOf(text: string): Leg[] {
  const [head = [], ...rows] = parseCsv(text);
  return rows.map((row) => Object.fromEntries(head.map((name, place) => [name, row[place] ?? ''])));
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const body = (text: string): string => text.slice(text.indexOf('\r\n') + 2);

test('a seed always gives the same week, byte for byte', async () => {
  const first = await csvOf({ region: 'eu', ...week });
  const again = await csvOf({ region: 'eu', ...week }, demoScenario('tiny', 'test'));
  expect(again).toBe(first);
  // Changes only when the generator is changed on purpose: a demo that is continued then gets other legs for days it already has.
  expect(sha(first)).toBe('027dabf24e8d861aaf83b286f0cb3ccd999ce4b8f7734c4e6244a382eba59392');
  expect(await csvOf({ region: 'eu', ...week }, demoScenario('tiny', 'other seed'))).not.toBe(first);
});

test('a range may be split anywhere: each day depends on itself alone', async () => {
  for (const region of regions) {
    const whole = await csvOf({ region, ...week });
    const start = await csvOf({ region, from: week.from, to: '2026-11-12' });
    const end = await csvOf({ region, from: '2026-11-13', to: week.to });
    expect(start + body(end)).toBe(whole);
  }
  const afterwards = [...callHistoryRecords(tiny, { region: 'us', from: '2026-11-10', to: '2026-11-10' })];
  const fresh = [
    ...callHistoryRecords(demoScenario('tiny', 'test'), { region: 'us', from: '2026-11-10', to: '2026-11-10' }),
  ];
  expect(fresh).toEqual(afterwards);
});

test('every row has the 83 columns of the report, in its order', async () => {
  for (const region of regions) {
    const [head, ...rows] = parseCsv(await csvOf({ region, ...week }));
    expect(head!.join(',')).toBe(header);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([83]));
  }
});

test('Report IDs are unique over regions and days, and legs start on their day', async () => {
  const ids = new Set<string>();
  let legs = 0;
  for (const region of regions) {
    for (const { day, calls } of callHistoryDays(tiny, { region, ...week })) {
      for (const row of [...calls].flat()) {
        legs++;
        ids.add(row[34]!);
        expect(row[0]!.slice(0, 10)).toBe(day);
      }
    }
  }
  expect(ids.size).toBe(legs);
  expect(legs).toBeGreaterThan(200);
  expect(legs).toBeLessThan(900);
});

test('an ordinary call between two users makes two legs that point at each other', async () => {
  const legs = legsOf(await csvOf({ region: 'us', ...week }));
  const byCall = Object.groupBy(legs, (leg) => leg['Correlation ID']!);
  const pairs = Object.values(byCall).filter(
    (call) =>
      call!.length === 2 &&
      call!.every((leg) => leg['Call type'] === 'SIP_ENTERPRISE' && leg['User type'] !== 'VoiceMailRetrieval'),
  );
  expect(pairs.length).toBeGreaterThan(10);
  for (const [out, inward] of pairs as [Leg, Leg][]) {
    expect([out.Direction, inward.Direction]).toEqual(['ORIGINATING', 'TERMINATING']);
    expect(out['Local call ID']).toBe(inward['Remote call ID']);
    expect(inward['Local call ID']).toBe(out['Remote call ID']);
    expect(out['Local SessionID']).toBe(inward['Remote SessionID']);
    expect(out['Org UUID']).toBe(inward['Org UUID']);
    expect(out['User UUID']).not.toBe(inward['User UUID']);
    expect(out['Duration']).toBe(inward['Duration']);
  }
});

test('times, durations and answers of a leg agree, in the spellings of real files', async () => {
  const legs = (await Promise.all(regions.map((region) => csvOf({ region, ...week })))).flatMap(legsOf);
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
  for (const leg of legs) {
    const spaced = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/.test(leg['Release time']!);
    const release = Date.parse(spaced ? `${leg['Release time']!.replace(' ', 'T')}Z` : leg['Release time']!);
    expect(leg['Start time']).toMatch(instant);
    expect(leg['Report time']).toMatch(instant);
    expect(Date.parse(leg['Report time']!)).toBeGreaterThan(release);
    expect(release).toBeGreaterThanOrEqual(Date.parse(leg['Start time']!));
    const isAnswered = leg['Answered'] === 'TRUE';
    const talked = isAnswered ? Math.floor((release - Date.parse(leg['Answer time']!)) / 1000) : 0;
    expect(leg['Duration']).toBe(String(talked));
    expect(leg['Answer time'] !== '').toBe(isAnswered);
  }
  expect(legs.some((leg) => leg['Release time']!.includes(' '))).toBe(true);
  expect(legs.some((leg) => leg['Answered'] === 'FALSE')).toBe(true);
  expect(legs.some((leg) => leg['Queue Type'] === 'NA')).toBe(true);
  expect(legs.some((leg) => leg['Queue Type'] === '')).toBe(true);
});

test('the records carry the JSON spellings', () => {
  const records = [...callHistoryRecords(tiny, { region: 'us', ...week })];
  const [record] = records;
  expect(Object.keys(record!)).toHaveLength(83);
  expect(Object.keys(record!)).toEqual(
    expect.arrayContaining(['Device MAC', 'Answer indicator', 'PSTN Vendor Name', 'Call transfer Time']),
  );
  expect(new Set(records.map((each) => each['Answered']))).toEqual(new Set(['true', 'false']));
  expect(new Set(records.map((each) => typeof each['Duration']))).toEqual(new Set(['number']));
  expect(new Set(records.map((each) => typeof each['Ring duration']))).toEqual(new Set(['number', 'string']));
});

test('services hold the call under a Call ID of their own and offer it to agents', () => {
  const busy = demoScenario('busy-reseller', 'test');
  const records = [...callHistoryRecords(busy, { region: 'us', from: '2026-11-10', to: '2026-11-10' })];
  const kinds = new Set(records.map((record) => record['User type']));
  for (const kind of [
    'HuntGroup',
    'AutomatedAttendantVideo',
    'CallCenterStandard',
    'CallCenterPremium',
    'VoiceMailRetrieval',
    'Place',
    'VirtualLine',
  ]) {
    expect(kinds).toContain(kind);
  }
  const services = records.filter((record) => /^(HuntGroup|CallCenter)/.test(String(record['User type'])));
  expect(new Set(services.map((record) => record['Call ID'])).size).toBe(services.length);
  const offers = records.filter(
    (record) => record['Related reason'] === 'HuntGroup' || record['Related reason'] === 'CallQueue',
  );
  const serviceCalls = new Set(services.map((record) => record['Local call ID']));
  expect(offers.every((record) => serviceCalls.has(record['Related call ID']))).toBe(true);
  expect(offers.some((record) => record['Answered Elsewhere'] === 'Yes')).toBe(true);
  const endpoints = new Set(records.map((record) => record['Client type']));
  expect([...endpoints]).toEqual(
    expect.arrayContaining(['WXC_CLIENT', 'WXC_DEVICE', 'WXC_THIRD_PARTY', 'SIP', 'TEAMS_WXC_CLIENT', 'WXC_SIP_GW']),
  );
});

test('the sample file is small, whole, of the named organization, and the same every time', () => {
  const input = {
    orgUuid: '5a3f1c9e-0d4b-4c1a-9b57-2f6d8e7a1b03',
    customerName: 'Bluemarl Ceramics',
    day: '2026-11-20',
  };
  const text = sampleCallHistoryCsv(input);
  const legs = legsOf(text);
  expect(parseCsv(text)[0]!.join(',')).toBe(header);
  expect(legs.length).toBeGreaterThanOrEqual(20);
  expect(legs.length).toBeLessThan(27);
  expect(new Set(legs.map((leg) => leg['Org UUID']))).toEqual(new Set([input.orgUuid]));
  expect(new Set(legs.map((leg) => leg['Start time']!.slice(0, 10)))).toEqual(new Set([input.day]));
  expect(new Set(legs.map((leg) => leg['Report ID'])).size).toBe(legs.length);
  expect(sampleCallHistoryCsv(input)).toBe(text);
  expect(sampleCallHistoryCsv({ ...input, day: '2026-11-19' })).not.toBe(text);
});

test('a long file lets others have their turn', async () => {
  const busy = demoScenario('busy-reseller', 'test');
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const { rows } = await writeCallHistoryCsv(join(folder, 'long.csv'), busy, {
    region: 'eu',
    from: '2026-11-09',
    to: '2026-11-13',
  });
  clearInterval(timer);
  // About 100 rows are made between two turns; a machine that is busy otherwise lets some timers coincide.
  expect(turns).toBeGreaterThan(rows / 1000);
});
