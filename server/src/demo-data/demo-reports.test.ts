import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedCode } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoReports, demoScenario, writeReports } from './index.ts';
import { rosterOf } from './roster.ts';

// A Wednesday: its week began on 2026-11-22, and the last complete one is 2026-11-15 to 2026-11-21.
const busy = demoScenario('busy-reseller', 'test', { madeOn: '2026-11-25' });
const last = { from: '2026-11-15', to: '2026-11-21' };

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-reports-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Fields = Record<string, string>;
type Range = { region: RegionCode; from: string; to: string };

/** RFC 4180 of one line; no field here holds a line break. */
const split = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );

let files = 0;
/** The texts of the files of these feeds, written in one go. */
async function textsOf(range: Range, feeds: readonly FeedCode[], scenario = busy): Promise<string[]> {
  const targets = feeds.map((feed) => ({
    path: join(folder, `${files++}.csv`),
    report: demoReports.find((entry) => entry.feed === feed)!.report,
  }));
  const written = await writeReports(scenario, range, targets);
  const texts: string[] = [];
  for (const [place, { path }] of targets.entries()) {
    const text = await readFile(path, 'utf8');
    expect(Buffer.byteLength(text)).toBe(written[place]!.bytes);
    expect(Math.max(0, text.split('\r\n').length - 2)).toBe(written[place]!.rows);
    texts.push(text);
  }
  return texts;
}

function rowsOf(text: string): Fields[] {
  const [head = '', ...lines] = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n');
  const names = split(head);
  return lines.map((line) => {
    const values = split(line);
    expect(values).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, place) => [name, values[place]!]));
  });
}

async function reportsOf(range: Range, feeds: readonly FeedCode[], scenario = busy): Promise<Fields[][]> {
  return (await textsOf(range, feeds, scenario)).map(rowsOf);
}

const allFeeds = demoReports.map(({ feed }) => feed);
const orgOf = (name: string): string => busy.customers.find((customer) => customer.name === name)!.orgUuid!;
const personTypes = ['User', 'Place', 'VirtualLine'];
const total = (rows: readonly Fields[], head: string): number => rows.reduce((sum, row) => sum + Number(row[head]), 0);
const isOf =
  (name: string) =>
  (row: Fields): boolean =>
    row['Org UUID'] === orgOf(name);

test('a seed always gives the same reports, written together or apart, whole or day by day', async () => {
  const range = { region: 'uae', ...last } as const;
  const together = await textsOf(range, allFeeds);
  const again = await textsOf(range, allFeeds, demoScenario('busy-reseller', 'test', { madeOn: '2026-11-25' }));
  expect(again).toEqual(together);
  const apart: string[] = [];
  for (const feed of allFeeds) apart.push(...(await textsOf(range, [feed])));
  expect(apart).toEqual(together);
  const start = await textsOf({ ...range, to: '2026-11-18' }, allFeeds);
  const end = await textsOf({ ...range, from: '2026-11-19' }, allFeeds);
  const body = (text: string): string => text.slice(text.indexOf('\r\n') + 2);
  expect(start.map((text, place) => text + body(end[place]!))).toEqual(together);
  expect(await textsOf(range, ['webex_media_quality'], demoScenario('busy-reseller', 'other'))).not.toEqual(
    together.slice(1, 2),
  );
});

test('media quality is told of most answered legs of people, under the ids of the leg', async () => {
  const [legs = [], media = []] = await reportsOf({ region: 'us', ...last }, [
    'webex_call_history',
    'webex_media_quality',
  ]);
  const byId = new Map(legs.map((leg) => [leg['Call ID'], leg]));
  for (const row of media) {
    const leg = byId.get(row['Call ID'])!;
    for (const name of ['Org UUID', 'Start time', 'Location', 'User', 'User UUID', 'Correlation ID'])
      expect(row[name]).toBe(leg[name]);
    expect(row['Call duration']).toBe(leg['Duration']);
    expect(row['Endpoint']).toBe(leg['Client type']);
    expect(personTypes).toContain(leg['User type']);
    expect(leg['Answered']).toBe('TRUE');
    expect(leg['Model']).not.toMatch(/^(ATA|DBS)/);
    expect(Number(row['Video duration'])).toBeLessThanOrEqual(Number(row['Call duration']));
  }
  expect(new Set(media.map((row) => row['Call ID'])).size).toBe(media.length);
  const withMedia = legs.filter(
    (leg) =>
      personTypes.includes(leg['User type']!) &&
      Number(leg['Duration']) > 0 &&
      !/^(ATA|DBS)/.test(leg['Model']!) &&
      leg['Sub client type'] !== 'MOBILE_NETWORK' &&
      leg['Org UUID'] !== orgOf('Lanternby Bay Resort'),
  );
  expect(media.length / withMedia.length).toBeGreaterThan(0.9);
  expect(media.length / withMedia.length).toBeLessThan(0.94);
  const withVideo = media.filter((row) => Number(row['Video duration']) > 0);
  expect(withVideo.length / media.length).toBeGreaterThan(0.02);
  expect(new Set(withVideo.map((row) => row['Call type']))).toEqual(new Set(['SIP_ENTERPRISE']));
  expect(media.filter((row) => ['', 'NA'].includes(row['Audio latency']!)).length / media.length).toBeGreaterThan(0.01);
});

const limits = { jitter: 150, 'packet loss': 5, latency: 400 };
const words = Object.keys(limits) as (keyof typeof limits)[];

/** By any-threshold of DOMAIN; undefined: unknown. */
function isPoor(row: Fields): boolean | undefined {
  const streams = ['Audio', ...(Number(row['Video duration']) > 0 ? ['Video'] : [])];
  const told = streams.flatMap((stream) =>
    words.map((word) => {
      const text = row[`${stream} ${word}`]!;
      return text === '' || text === 'NA' ? undefined : Number(text) >= limits[word];
    }),
  );
  if (told.includes(true)) return true;
  return told.includes(undefined) ? undefined : false;
}

function poorShare(rows: readonly Fields[]): { share: number; known: number } {
  const known = rows.map(isPoor).filter((poor) => poor !== undefined);
  return { share: known.filter(Boolean).length / known.length, known: known.length };
}

test('a few legs are poor: more of mobile apps and browsers, in a weak location, and in the week of an outage', async () => {
  const [media = []] = await reportsOf({ region: 'us', from: '2026-09-06', to: '2026-11-21' }, ['webex_media_quality']);
  const spike = { from: '2026-11-01', to: '2026-11-07' };
  const usual = media.filter((row) => !isOf('Opalund Transit')(row));
  expect(poorShare(usual).share).toBeGreaterThan(0.015);
  expect(poorShare(usual).share).toBeLessThan(0.05);
  const ofEndpoint = (test: (row: Fields) => boolean): number => poorShare(usual.filter(test)).share;
  const desk = ofEndpoint((row) => row['Endpoint'] === 'WXC_DEVICE');
  expect(ofEndpoint((row) => /ios|android/i.test(row['Device']!))).toBeGreaterThan(3 * desk);
  expect(ofEndpoint((row) => row['Device'] === 'Chrome')).toBeGreaterThan(2 * desk);
  // By documented a stream is poor only where all three are over.
  const isBad = (row: Fields): boolean => words.every((word) => Number(row[`Audio ${word}`]) >= limits[word]);
  expect(media.filter(isBad).length / media.length).toBeLessThan(0.005);

  const corvane = Object.values(Object.groupBy(media.filter(isOf('Corvane Analytics')), (row) => row['Location']!));
  const [weak = 0, strong = 0] = corvane.map((rows) => poorShare(rows!).share).toSorted((a, b) => b - a);
  expect(weak).toBeGreaterThan(2 * strong);

  const opalund = media.filter(isOf('Opalund Transit'));
  const weeks = Array.from({ length: 11 }, (_, week) =>
    poorShare(
      opalund.filter((row) => {
        const days = (Date.parse(row['Start time']!) - Date.parse('2026-09-06T00:00:00.000Z')) / 86_400_000;
        return Math.floor(days / 7) === week;
      }),
    ),
  );
  const outage = weeks[(Date.parse(spike.from) - Date.parse('2026-09-06')) / 604_800_000]!;
  const before = weeks
    .slice(0, 8)
    .map(({ share }) => share)
    .toSorted((a, b) => a - b);
  const median = (before[3]! + before[4]!) / 2;
  expect(outage.known).toBeGreaterThan(200);
  expect(outage.share).toBeGreaterThan(4 * median);
  expect(weeks.filter(({ share }) => share > 2 * median)).toEqual([outage]);
});

const services = [
  { feed: 'webex_call_queue_stats', type: /^CallCenter/, name: 'Call Queue', total: ['Total Calls'] },
  {
    feed: 'webex_auto_attendant_stats',
    type: /^AutomatedAttendant/,
    name: 'Auto Attendant',
    total: ['Total Calls'],
  },
  {
    feed: 'webex_hunt_group_stats',
    type: /^HuntGroup$/,
    name: 'Hunt Group',
    total: ['Calls Answered', 'Calls Abandoned'],
  },
] as const;

test.each(services)('$feed has as many calls as the legs, by service and day', async ({ feed, type, ...of }) => {
  const [legs = [], rows = []] = await reportsOf({ region: 'us', ...last }, ['webex_call_history', feed]);
  const expected = new Map<string, Set<string>>();
  for (const leg of legs) {
    if (!type.test(leg['User type']!) || leg['Org UUID'] === orgOf('Lanternby Bay Resort')) continue;
    const key = [leg['Org UUID'], leg['Start time']!.slice(0, 10), leg['Location'], leg['User']].join('|');
    expected.set(key, (expected.get(key) ?? new Set()).add(leg['Call ID']!));
  }
  const found = rows.map((row): [string, number] => [
    [row['Org UUID'], row['Date'], row['Location'], row[of.name]].join('|'),
    of.total.reduce((sum, head) => sum + Number(row[head]), 0),
  ]);
  expect(found.length).toBeGreaterThan(40);
  expect(new Map(found).size).toBe(found.length);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries([...expected].map(([key, calls]) => [key, calls.size])));
});

test('queues and their agents agree: every call has one outcome, and agents speak as long as their queues', async () => {
  const [queues = [], agents = []] = await reportsOf({ region: 'us', ...last }, [
    'webex_call_queue_stats',
    'webex_call_queue_agent_stats',
  ]);
  const outcomes = ['Answered Calls', 'Abandoned Calls', 'Calls Overflowed', 'Calls Timed Out', 'Calls Transferred'];
  for (const row of queues) {
    expect(outcomes.reduce((sum, head) => sum + Number(row[head]), 0)).toBe(Number(row['Total Calls']));
    expect(Number(row['Total Handle Time'])).toBe(Number(row['Total Talk Time']) + Number(row['Total Hold Time']));
    expect(Number(row['Avg No. of Agents Handling Calls'])).toBeLessThanOrEqual(
      Number(row['Avg No. of Agents Assigned']),
    );
  }
  for (const head of outcomes) expect(total(queues, head)).toBeGreaterThan(0);
  const key = (row: Fields): string => [row['Org UUID'], row['Date'], row['Location']].join('|');
  const agentsOf = Object.groupBy(agents, key);
  for (const row of queues) {
    const own = agentsOf[key(row)] ?? [];
    expect(total(own, 'Total answered calls')).toBe(Number(row['Answered Calls']));
    for (const head of ['Total Talk Time', 'Total Hold Time']) expect(total(own, head)).toBe(Number(row[head]));
    expect(new Set(own.map((agent) => agent['Agent name'])).size).toBe(own.length);
  }
  expect(total(agents, 'Bounced calls')).toBeGreaterThan(0);
});

test('two customers lose many queue calls, one of them most of all in the last complete week', async () => {
  const abandoned = async (region: RegionCode, name: string | undefined, range: { from: string; to: string }) => {
    const [queues = []] = await reportsOf({ region, ...range }, ['webex_call_queue_stats']);
    const rows = queues.filter((row) => (name === undefined ? !isOf('Brightmoor Care Line')(row) : isOf(name)(row)));
    return total(rows, 'Abandoned Calls') / total(rows, 'Total Calls');
  };
  const before = { from: '2026-11-08', to: '2026-11-14' };
  expect(await abandoned('us', undefined, last)).toBeLessThan(0.16);
  expect(await abandoned('eu', 'Vesperholt Klinikverbund gGmbH', last)).toBeGreaterThan(0.19);
  const usual = await abandoned('us', 'Brightmoor Care Line', before);
  expect(usual).toBeGreaterThan(0.2);
  expect(await abandoned('us', 'Brightmoor Care Line', last)).toBeGreaterThan(1.4 * usual);
});

test('a customer whose calls alone are brought is in no other report of calls, though it has a queue', async () => {
  // As an installation has it (demo-scenario-of.ts): whether a customer has a queue depends on the seed.
  const installed = demoScenario('busy-reseller', 'partner-hub', { madeOn: '2026-11-25' });
  const kelpstone = installed.customers.find(({ name }) => name === 'Kelpstone Utilities')!;
  const isKelpstone = (row: Fields): boolean => row['Org UUID'] === kelpstone.orgUuid;
  const feeds = demoReports.filter(({ pieces }) => pieces !== 'day').map(({ feed }) => feed);
  const [legs = [], ...others] = await reportsOf({ region: 'ca', ...last }, feeds, installed);
  const own = legs.filter(isKelpstone);
  expect(own.length).toBeGreaterThan(100);
  expect(own.some((leg) => leg['User type']!.startsWith('CallCenter'))).toBe(true);
  expect(others.map((rows) => rows.length > 0)).toEqual(feeds.slice(1).map(() => true));
  expect(others.flatMap((rows) => rows.filter(isKelpstone))).toEqual([]);
});

test('the inventory is that of the people, devices and locations in the calls', async () => {
  const [legs = [], numbers = [], devices = [], locations = []] = await reportsOf(
    { region: 'uae', from: '2026-11-24', to: '2026-11-24' },
    ['webex_call_history', 'webex_phone_numbers', 'webex_devices', 'webex_locations'],
  );
  const known = new Set(numbers.map((row) => row['User UUID']));
  const macs = new Set(devices.map((row) => row['MAC']!.replaceAll(':', '')));
  const places = new Set(locations.map((row) => `${row['Org UUID']}|${row['Location name']}`));
  expect(macs.size).toBe(devices.length);
  expect(places.size).toBe(locations.length);
  const owners = legs.filter((leg) => leg['User type'] !== 'LocalGateway');
  const phones = legs.filter((leg) => !['', 'NA'].includes(leg['Device Mac']!));
  expect(phones.length).toBeGreaterThan(100);
  expect(owners.filter((leg) => !known.has(leg['User UUID']))).toEqual([]);
  expect(phones.filter((leg) => !macs.has(leg['Device Mac']!))).toEqual([]);
  expect(legs.filter((leg) => !places.has(`${leg['Org UUID']}|${leg['Location']}`))).toEqual([]);
  const people = busy.customers
    .filter(({ region }) => region === 'uae')
    .flatMap((customer) => rosterOf({ ...customer, orgUuid: customer.orgUuid! }).sites)
    .reduce((sum, { people: here }) => sum + here.length, 0);
  expect(numbers.filter((row) => ['People', 'Workspace', 'Virtual Line'].includes(row['User type']!))).toHaveLength(
    people,
  );
});
