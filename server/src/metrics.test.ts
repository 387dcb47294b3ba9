import { type CallingPolicy, changeCallingPolicy, type QualityPolicy } from '@hub/contract/calling-policy';
import { askMetrics, type MetricKey, type MetricValue } from '@hub/contract/metrics';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildsRollups } from './features/imports/index.ts';
import { csvOf, type Desk, type Fields, importDesk, leg, orgOf, uuidOf } from './features/imports/test-support.ts';

// Days are UTC whatever the zone of the machine; here midnight is half a day off.
process.env['TZ'] = 'Pacific/Auckland';

const customers = ['known', 'other'];
const first = Date.parse('2026-10-20T00:00:00Z'); // the clocks of Sofia go back on the 25th
const hours = 24 * 14;

interface Leg {
  customer: string;
  at: number;
  user: string;
  location: string;
  answered: boolean;
  duration: number;
  direction: string;
  session: string;
}

interface Media {
  customer: string;
  at: number;
  user: string;
  location: string;
  jitter: number | null;
  latency: number | null;
  loss: number | null;
  videoSeconds: number;
  videoJitter: number | null;
}

const place = { customer: fc.constantFrom(...customers), location: fc.constantFrom('Sofia', 'Plovdiv', '') };
const time = fc
  .tuple(fc.nat({ max: hours - 1 }), fc.constantFrom(0, 1, 1_800_000, 3_599_999))
  .map(([hour, rest]) => first + hour * 3_600_000 + rest);
const someLeg: fc.Arbitrary<Leg> = fc.record({
  ...place,
  at: time,
  user: fc.constantFrom('a', 'b', 'c'),
  answered: fc.boolean(),
  duration: fc.constantFrom(0, 29, 30, 31, 90, 3601),
  direction: fc.constantFrom('ORIGINATING', 'TERMINATING'),
  session: fc.constantFrom('s1', 's2', 's3'),
});
const measured = (limit: number) => fc.constantFrom(null, 0, limit - 0.5, limit, limit + 0.25);
const someMedia: fc.Arbitrary<Media> = fc.record({
  ...place,
  at: time,
  user: fc.constantFrom('a', 'b', 'c'),
  jitter: measured(150),
  latency: measured(400),
  loss: measured(5),
  videoSeconds: fc.constantFrom(0, 0, 12.5),
  videoJitter: measured(150),
});

const utc = (at: number): string => new Date(at).toISOString();
const recordOf = (each: Leg, index: number): Fields =>
  leg(`m${index}`, {
    'Start time': utc(each.at),
    'Org UUID': orgOf(each.customer),
    'User UUID': uuidOf(`${each.customer} ${each.user}`),
    User: each.user,
    Location: each.location,
    Answered: String(each.answered),
    Duration: String(each.duration),
    Direction: each.direction,
    'Correlation ID': uuidOf(each.session),
  });
const mediaOf = (each: Media, index: number): Fields => ({
  'Start time': utc(each.at),
  'Org UUID': orgOf(each.customer),
  'User UUID': uuidOf(`${each.customer} ${each.user}`),
  User: each.user,
  Location: each.location,
  'Call ID': `media ${index}`,
  'Audio jitter': textOf(each.jitter),
  'Audio latency': textOf(each.latency),
  'Audio packet loss': textOf(each.loss),
  'Video duration': String(each.videoSeconds),
  'Video jitter': textOf(each.videoJitter),
  'Video latency': '',
  'Video packet loss': '',
});
const textOf = (value: number | null): string => (value === null ? '' : String(value));

/** Decisions of DOMAIN, a stream at a time. */
function streamQuality(policy: QualityPolicy, values: (number | null)[]): 'good' | 'poor' | 'unknown' {
  const limits = [150, 400, 5];
  const isAll = values.every((value) => value !== null);
  if (policy === 'documented') {
    if (values.some((value, at) => value !== null && value <= (limits[at] ?? 0))) return 'good';
    return isAll ? 'poor' : 'unknown';
  }
  if (values.some((value, at) => value !== null && value >= (limits[at] ?? 0))) return 'poor';
  return isAll ? 'good' : 'unknown';
}

function qualityOf(policy: QualityPolicy, row: Media): 'good' | 'poor' | 'unknown' {
  const streams = [streamQuality(policy, [row.jitter, row.latency, row.loss])];
  if (row.videoSeconds > 0) streams.push(streamQuality(policy, [row.videoJitter, null, null]));
  const [all, any] = policy === 'documented' ? (['poor', 'good'] as const) : (['good', 'poor'] as const);
  if (streams.every((stream) => stream === all)) return all;
  return streams.includes(any) ? any : 'unknown';
}

interface Asked {
  from: string;
  to: string;
  bucket: 'whole' | 'hour' | 'day' | 'week';
  zone: string;
}

const localDay = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
const plus = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
const sunday = (day: string): string => plus(day, -new Date(`${day}T00:00:00Z`).getUTCDay());

/** The label of the bucket in which an instant is; undefined outside of the range. */
function bucketOf(at: number, { from, to, bucket, zone }: Asked): string | undefined {
  const day = localDay(at, zone);
  if (day < from || day > to) return undefined;
  if (bucket === 'whole') return from;
  if (bucket === 'day') return day;
  if (bucket === 'week') return sunday(day);
  // Zones may be half an hour off, and so is their midnight.
  const half = new Intl.DateTimeFormat('en', { timeZone: zone, minute: '2-digit' }).format(
    Math.floor(at / 3_600_000) * 3_600_000,
  );
  const off = Number(half) * 60_000;
  return utc(Math.floor((at - off) / 3_600_000) * 3_600_000 + off);
}

interface Facts {
  legs: Leg[];
  media: Media[];
}

const keyOf = (at: number): string => utc(at).slice(0, 10);
const distinct = (words: string[]): number => new Set(words).size;
const bands: CallingPolicy['bands'] = { regularFrom: 3, heavyFrom: 5 };
const counting = (users: Map<string, Leg[]>, is: (legs: number) => boolean): number =>
  [...users.values()].filter((of) => is(of.length)).length;

/** The metrics of some customers in a bucket, counted one by one. */
const naive: Partial<Record<MetricKey, (facts: Facts, policy: QualityPolicy, days: number) => number | null>> = {
  callLegs: ({ legs }) => legs.length,
  callMinutes: ({ legs }) => Math.floor((secondsOf(legs) + 30) / 60),
  activeUsers: ({ legs }) => usersOf(legs).size,
  calls: ({ legs }) =>
    distinct(
      legs
        .filter(({ direction }) => direction === 'ORIGINATING')
        .map((each) => `${each.customer} ${each.user} ${each.session}`),
    ),
  minutesPerActiveUser: ({ legs }) => (legs.length === 0 ? null : secondsOf(legs) / 60 / usersOf(legs).size),
  usersLight: ({ legs }) => counting(usersOf(legs), (n) => n < bands.regularFrom),
  usersRegular: ({ legs }) => counting(usersOf(legs), (n) => n >= bands.regularFrom && n < bands.heavyFrom),
  usersHeavy: ({ legs }) => counting(usersOf(legs), (n) => n >= bands.heavyFrom),
  mediaLegs: ({ media }) => media.length,
  poorLegs: ({ media }, policy) => media.filter((row) => qualityOf(policy, row) === 'poor').length,
  goodLegs: ({ media }, policy) => media.filter((row) => qualityOf(policy, row) === 'good').length,
  unknownLegs: ({ media }, policy) => media.filter((row) => qualityOf(policy, row) === 'unknown').length,
  poorShare: ({ media }, policy) => {
    const judged = media.filter((row) => qualityOf(policy, row) !== 'unknown');
    return judged.length === 0
      ? null
      : (100 * judged.filter((row) => qualityOf(policy, row) === 'poor').length) / judged.length;
  },
  knownLegs: ({ media }, policy) => media.filter((row) => qualityOf(policy, row) !== 'unknown').length,
  audioLegs: ({ media }) =>
    media.filter(({ jitter, latency, loss }) => [jitter, latency, loss].some((value) => value !== null)).length,
  videoLegs: ({ media }) => media.filter(({ videoSeconds }) => videoSeconds > 0).length,
  averageJitter: ({ media }) => mean(media.flatMap(({ jitter }) => (jitter === null ? [] : [jitter]))),
  averageLatency: ({ media }) => mean(media.flatMap(({ latency }) => (latency === null ? [] : [latency]))),
  averagePacketLoss: ({ media }) => mean(media.flatMap(({ loss }) => (loss === null ? [] : [loss]))),
  videoMinutes: ({ media }) => Math.floor((media.reduce((sum, { videoSeconds }) => sum + videoSeconds, 0) + 30) / 60),
  usersAffected: ({ media }, policy) =>
    distinct(
      media.filter((row) => qualityOf(policy, row) === 'poor').map(({ customer, user }) => `${customer} ${user}`),
    ),
};
const secondsOf = (legs: Leg[]): number => legs.reduce((sum, each) => sum + (each.answered ? each.duration : 0), 0);
const usersOf = (legs: Leg[]): Map<string, Leg[]> => Map.groupBy(legs, ({ customer, user }) => `${customer} ${user}`);
const mean = (values: number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of UTC days only. */
const daily: Partial<Record<MetricKey, (perDay: number[]) => number>> = {
  highestDailyActiveUsers: (perDay) => Math.max(0, ...perDay),
  averageDailyActiveUsers: (perDay) => perDay.reduce((sum, users) => sum + users, 0) / perDay.length,
};

const metricsOf = (isUtc: boolean): MetricKey[] => [
  ...(Object.keys(naive) as MetricKey[]),
  ...(isUtc ? (Object.keys(daily) as MetricKey[]) : []),
];

function expectedOf(
  facts: Facts,
  asked: Asked,
  buckets: string[],
  policy: QualityPolicy,
  known: { legs: boolean; media: boolean },
  /** Of everybody. */
  all: Facts,
) {
  const isUtc = asked.zone === 'UTC' && asked.bucket !== 'hour';
  const legs = Map.groupBy(facts.legs, ({ at }) => bucketOf(at, asked));
  const media = Map.groupBy(facts.media, ({ at }) => bucketOf(at, asked));
  const hasBegun = { legs: begunBy(all.legs, asked), media: begunBy(all.media, asked) };
  const ofMedia = new Set<MetricKey>([
    'mediaLegs',
    'poorLegs',
    'goodLegs',
    'unknownLegs',
    'poorShare',
    'knownLegs',
    'audioLegs',
    'videoLegs',
    'averageJitter',
    'averageLatency',
    'averagePacketLoss',
    'videoMinutes',
    'usersAffected',
  ]);
  return Object.fromEntries(
    metricsOf(isUtc).map((key) => [
      key,
      buckets.map((bucket): MetricValue => {
        const feed = ofMedia.has(key) ? 'media' : 'legs';
        if (!known[feed] || !hasBegun[feed](bucket)) return null;
        const inside = { legs: legs.get(bucket) ?? [], media: media.get(bucket) ?? [] };
        const byDay = daily[key];
        if (byDay === undefined) return naive[key]?.(inside, policy, 0) ?? null;
        const days = daysOf(asked, bucket);
        return byDay(days.map((day) => usersOf(inside.legs.filter(({ at }) => keyOf(at) === day)).size));
      }),
    ]),
  );
}

/** Whether a bucket ends after the first UTC day of some rows has begun: of those before, nothing is known. */
function begunBy(rows: readonly { at: number }[], asked: Asked): (bucket: string) => boolean {
  const begins = Date.parse(keyOf(Math.min(...rows.map(({ at }) => at), Date.parse('2030-01-01'))));
  if (asked.bucket === 'whole') return () => localDay(begins, asked.zone) <= asked.to;
  const first = bucketOf(begins, { ...asked, from: '0000', to: '9999' }) ?? '';
  return (bucket) => bucket >= first;
}

function daysOf(asked: Asked, bucket: string): string[] {
  const days: string[] = [];
  for (let day = asked.from; day <= asked.to; day = plus(day, 1))
    if (bucketOf(Date.parse(`${day}T12:00:00Z`), asked) === bucket) days.push(day);
  return days;
}

const close = (value: MetricValue | undefined): unknown =>
  typeof value === 'number' ? Number(value.toFixed(6)) : value;
const rounded = (values: Record<string, readonly MetricValue[] | undefined>): unknown =>
  Object.fromEntries(Object.entries(values).map(([key, of]) => [key, of?.map(close)]));

const day = fc.nat({ max: 13 }).map((days) => plus('2026-10-20', days));
const question = fc.record({
  days: fc.oneof(
    { weight: 3, arbitrary: fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })) },
    { weight: 1, arbitrary: fc.constant({ from: '2026-10-25', to: '2026-10-31' }) }, // Sunday to Saturday
  ),
  bucket: fc.constantFrom('whole', 'day', 'week', 'hour' as const),
  zone: fc.constantFrom('UTC', 'UTC', 'Europe/Sofia', 'America/St_Johns'),
  policy: fc.constantFrom('documented', 'any_threshold' as const),
  isCut: fc.boolean(), // out of the answer to a longer question
});

async function fill(desk: Desk, { legs, media }: Facts): Promise<void> {
  if (legs.length > 0) await desk.import(csvOf(legs.map(recordOf)));
  const rows = media.map(mediaOf);
  const [some] = rows;
  if (some) await desk.import(csvOf(rows, { columns: Object.keys(some) }), 'media.csv');
}

test('every metric is what a naive count of the same rows gives, from rollups and from facts, by bucket, zone and policy', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someLeg, { maxLength: 40 }),
      fc.array(someMedia, { maxLength: 25 }),
      fc.array(question, { minLength: 5, maxLength: 5 }),
      async (legs, media, questions) => {
        const desk = await importDesk({ orgs: customers });
        await desk.admin.call(changeCallingPolicy, { body: { qualityPolicy: 'documented', bands } });
        await fill(desk, { legs, media });
        const knownOf = (is: (customer: string) => boolean) => ({
          legs: legs.some(({ customer }) => is(customer)),
          media: media.some(({ customer }) => is(customer)),
        });
        for (const isRolledUp of [false, true]) {
          if (isRolledUp) await buildsRollups(desk.hub.installation)('eu', () => false);
          for (const { days, policy, isCut, ...shape } of questions) {
            const asked = { ...days, ...shape };
            const isUtc = asked.zone === 'UTC' && asked.bucket !== 'hour';
            const metrics = metricsOf(isUtc).join(',');
            if (isCut && shape.bucket !== 'hour') {
              const longer = {
                from: plus(days.from, -9),
                to: plus(days.to, 9),
                bucket: shape.bucket,
                zone: shape.zone,
              };
              await desk.admin.call(askMetrics, { query: { region: 'eu', ...longer, metrics } });
            }
            const answer = await desk.admin.call(askMetrics, {
              query: { region: 'eu', ...asked, policy, by: 'customer', metrics },
            });
            expect(rounded(answer.totals)).toEqual(
              rounded(
                expectedOf(
                  { legs, media },
                  asked,
                  answer.buckets,
                  policy,
                  knownOf(() => true),
                  { legs, media },
                ),
              ),
            );
            for (const row of answer.rows) {
              const mine = <Row extends { customer: string }>(rows: Row[]): Row[] =>
                rows.filter(({ customer }) => orgOf(customer) === row.orgUuid);
              expect(rounded(row.values)).toEqual(
                rounded(
                  expectedOf(
                    { legs: mine(legs), media: mine(media) },
                    asked,
                    answer.buckets,
                    policy,
                    knownOf((customer) => orgOf(customer) === row.orgUuid),
                    { legs, media },
                  ),
                ),
              );
            }
            const inside = [...legs, ...media].filter(({ at }) => bucketOf(at, asked) !== undefined);
            expect(answer.rows.map(({ orgUuid }) => String(orgUuid)).sort()).toEqual(
              [...new Set(inside.map(({ customer }) => orgOf(customer)))].sort(),
            );
          }
        }
      },
    ),
    { numRuns: 6 },
  );
});
