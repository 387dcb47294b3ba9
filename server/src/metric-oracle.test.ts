import { changeCallingPolicy } from '@hub/contract/calling-policy';
import type { CallFeature } from '@hub/contract/calling-usage';
import { type LegMeasure, listCallLegs } from '@hub/contract/calling-usage';
import { askMetrics, type MetricKey, type MetricRow, type MetricValue } from '@hub/contract/metrics';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf, type Desk, type Fields, importDesk, leg, orgOf, uuidOf } from './features/imports/test-support.ts';

// Features, queues, licenses and what is worst, counted one by one. Legs, users and media: metrics.test.ts.

const slowly = { timeout: 240_000 };
const customers = ['known', 'other'];
const firstDay = '2026-10-18'; // a Sunday
const days = 21;
const plus = (day: string, more: number): string =>
  new Date(Date.parse(day) + more * 86_400_000).toISOString().slice(0, 10);
const lastDay = plus(firstDay, days - 1);
const sunday = (day: string): string => plus(day, -new Date(`${day}T00:00:00Z`).getUTCDay());
const localDay = (at: string, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(at),
  );

type Bucket = 'whole' | 'day' | 'week';
interface Asked {
  from: string;
  to: string;
  bucket: Bucket;
  zone: string;
}

function bucketOf(day: string, { from, to, bucket }: Asked): string | undefined {
  if (day < from || day > to) return undefined;
  if (bucket === 'whole') return from;
  return bucket === 'day' ? day : sunday(day);
}

const close = (value: MetricValue | undefined): unknown =>
  typeof value === 'number' ? Number(value.toFixed(6)) : value;
const rounded = (values: Record<string, readonly MetricValue[] | undefined>): unknown =>
  Object.fromEntries(Object.entries(values).map(([key, of]) => [key, of?.map(close)]));

const anyDay = fc.nat({ max: days - 1 }).map((day) => plus(firstDay, day));
const range = fc.oneof(
  fc.tuple(anyDay, anyDay).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })),
  fc.constantFrom(
    { from: firstDay, to: lastDay },
    { from: plus(firstDay, 7), to: plus(firstDay, 13) }, // one whole week: the clocks of Sofia go back on its first day
  ),
);
const bucket = fc.constantFrom<Bucket>('whole', 'day', 'week');
const place = { customer: fc.constantFrom(...customers), location: fc.constantFrom('Sofia', 'Plovdiv', '') };

interface FeatureLeg {
  customer: string;
  location: string;
  at: string;
  type: string;
  direction: string;
  reason: string;
  recording: string;
  callId: string;
}

const isNothing = (text: string): boolean => ['', 'NA', 'na'].includes(text);
/** DOMAIN 6.4 and its decisions, a leg at a time. */
const used: Record<CallFeature | 'autoAttendantCalls' | 'queueCalls' | 'huntGroupCalls', (leg: FeatureLeg) => boolean> =
  {
    autoAttendantCalls: ({ type, direction }) =>
      direction === 'TERMINATING' && ['AutomatedAttendant', 'AutomatedAttendantVideo'].includes(type),
    queueCalls: ({ type, direction }) => direction === 'TERMINATING' && type.startsWith('CallCenter'),
    huntGroupCalls: ({ type, direction }) => direction === 'TERMINATING' && type === 'HuntGroup',
    forwardedCalls: ({ reason }) => reason.startsWith('CallForward'),
    transferredCalls: ({ reason }) => reason === 'ConsultativeTransfer',
    voicemailCalls: ({ type }) => type.startsWith('VoiceMail'),
    recordedCalls: ({ reason, recording }) => reason === 'CallRecording' || !isNothing(recording),
    pickupCalls: ({ reason }) => /^(Directed)?CallPickup$/.test(reason),
    parkedCalls: ({ reason }) => /^CallPark(Retrieve)?$/.test(reason),
    executiveCalls: ({ reason }) => reason.startsWith('Executive'),
    bargeInCalls: ({ reason }) => reason === 'BargeIn',
    singleNumberReachCalls: ({ type, reason }) =>
      type === 'BroadworksAnywhere' || ['AnywhereLocation', 'AnywherePortal'].includes(reason),
  };
const features = Object.keys(used) as (keyof typeof used & MetricKey & LegMeasure)[];

const someFeatureLeg: fc.Arbitrary<FeatureLeg> = fc.record({
  ...place,
  at: fc
    .tuple(anyDay, fc.constantFrom('00:00:00.000', '03:29:59.999', '10:00:00.000', '20:59:59.999', '23:59:59.999'))
    .map(([day, time]) => `${day}T${time}Z`),
  type: fc.constantFrom(
    'User',
    'HuntGroup',
    'AutomatedAttendant',
    'AutomatedAttendantVideo',
    'CallCenterStandard',
    'CallCenterPremium',
    'VoiceMailRetrieval',
    'BroadworksAnywhere',
  ),
  direction: fc.constantFrom('ORIGINATING', 'TERMINATING'),
  reason: fc.constantFrom(
    '',
    'NA',
    'CallForwardBusy',
    'CallForwardAlways',
    'ConsultativeTransfer',
    'CallRecording',
    'CallPickup',
    'DirectedCallPickup',
    'CallPark',
    'CallParkRetrieve',
    'ExecutiveForward',
    'BargeIn',
    'AnywherePortal',
    'Deflection',
  ),
  recording: fc.constantFrom('', 'NA', 'na', 'successful'),
  callId: fc.constantFrom('', 'NA', 'one', 'two', 'three'),
});

const featureRecord = (each: FeatureLeg, at: number): Fields =>
  leg(`f${at}`, {
    'Start time': each.at,
    'Org UUID': orgOf(each.customer),
    Location: each.location,
    'User type': each.type,
    Direction: each.direction,
    'Related reason': each.reason,
    'Call Recording Result': each.recording,
    'Call ID': each.callId,
  });

/** Different Call IDs by customer and location; a leg without one counts by itself. */
const callsOf = (legs: readonly (FeatureLeg & { index: number })[]): number =>
  new Set(
    legs.map(({ customer, location, callId, index }) =>
      JSON.stringify([customer, location, isNothing(callId) ? index : callId]),
    ),
  ).size;

/** Everything has begun on the first day, so that nothing is unknown. */
const plainLegs = (): FeatureLeg[] =>
  customers.map((customer) => ({
    customer,
    location: 'Sofia',
    at: `${plus(firstDay, -2)}T10:00:00.000Z`,
    type: 'User',
    direction: 'ORIGINATING',
    reason: '',
    recording: '',
    callId: '',
  }));

async function idOf(desk: Desk, customer: string): Promise<string> {
  const [row] = await desk.hub.asOwner<{ id: string }>(
    'select id from customer where partner_id = $1 and org_uuid = $2',
    [desk.partnerId, orgOf(customer)],
  );
  return row?.id ?? '';
}

test(
  'each feature counts what a naive count does, by bucket, zone and place; behind its number lie exactly its legs',
  slowly,
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someFeatureLeg, { minLength: 20, maxLength: 80 }),
        fc.array(
          fc.record({
            days: range,
            bucket,
            zone: fc.constantFrom('UTC', 'Europe/Sofia', 'America/St_Johns'),
            hasQueues: fc.boolean(),
          }),
          { minLength: 3, maxLength: 3 },
        ),
        async (random, questions) => {
          const desk = await importDesk({ orgs: customers });
          const legs = [...plainLegs(), ...random].map((each, index) => ({ ...each, index }));
          await desk.import(csvOf(legs.map(featureRecord)));
          const withQueues = new Set(
            legs.filter(({ type }) => type.startsWith('CallCenter')).map(({ customer }) => customer),
          );
          for (const { days: span, hasQueues, ...rest } of questions) {
            const asked: Asked = { ...span, ...rest };
            const inside = legs.filter(({ customer }) => !hasQueues || withQueues.has(customer));
            const dayOf = ({ at }: FeatureLeg): string => localDay(at, asked.zone);
            const expected = (some: typeof legs, buckets: readonly string[]) =>
              Object.fromEntries(
                features.map((key) => [
                  key,
                  buckets.map((each) =>
                    callsOf(some.filter((one) => used[key](one) && bucketOf(dayOf(one), asked) === each)),
                  ),
                ]),
              );
            const query = { region: 'eu', ...asked, ...(hasQueues ? { hasQueues: 'true' } : {}) } as const;
            const told = { query: { ...query, metrics: features.join(), by: 'location' as const, limit: 1000 } };
            const answer = await desk.admin.call(askMetrics, told);
            // Of nobody nothing is known.
            const isNobody = hasQueues && withQueues.size === 0;
            const nothing = Object.fromEntries(features.map((key) => [key, answer.buckets.map(() => null)]));
            expect(answer.totals).toEqual(isNobody ? nothing : expected(inside, answer.buckets));
            for (const row of answer.rows)
              expect(row.values).toEqual(
                expected(
                  inside.filter(
                    ({ customer, location }) => orgOf(customer) === row.orgUuid && location === row.location,
                  ),
                  answer.buckets,
                ),
              );
            const { bucket: _, ...spanOnly } = query;
            for (const measure of features) {
              const page = await desk.admin.call(listCallLegs, { query: { ...spanOnly, measure, limit: 500 } });
              const counted = inside.filter(
                (one) => used[measure](one) && bucketOf(dayOf(one), { ...asked, bucket: 'whole' }),
              );
              expect(page.items.map(({ reportId }) => String(reportId)).sort()).toEqual(
                counted.map(({ index }) => uuidOf(`report f${index}`)).sort(),
              );
              expect([page.legs, page.value]).toEqual([counted.length, callsOf(counted)]);
            }
          }
        },
      ),
      { numRuns: 3, endOnFailure: true },
    );
  },
);

interface QueueRow {
  customer: string;
  location: string;
  queue: string;
  day: string;
  total: number;
  answered: number;
  abandoned: number;
  overflowed: number;
  timedOut: number;
  transferred: number;
  wait: number | null;
  abandonedTime: number | null;
  assigned: number | null;
  handling: number | null;
}

const calls = fc.nat({ max: 30 });
const maybe = fc.option(fc.nat({ max: 500 }), { freq: 4 });
const someQueueRow: fc.Arbitrary<QueueRow> = fc.record({
  ...place,
  queue: fc.constantFrom('Sales', 'Help'),
  day: anyDay,
  total: calls,
  answered: calls,
  abandoned: calls,
  overflowed: calls,
  timedOut: calls,
  transferred: calls,
  wait: maybe,
  abandonedTime: maybe,
  assigned: fc.option(fc.nat({ max: 9 }), { freq: 3 }),
  handling: fc.option(fc.nat({ max: 9 }), { freq: 3 }),
});

const textOf = (value: number | null): string => (value === null ? '' : String(value));
const queueRecord = (row: QueueRow): Fields => ({
  'Org UUID': orgOf(row.customer),
  Date: row.day,
  Location: row.location,
  'Call Queue': row.queue,
  'Total Calls': String(row.total),
  'Answered Calls': String(row.answered),
  'Abandoned Calls': String(row.abandoned),
  'Calls Overflowed': String(row.overflowed),
  'Calls Timed Out': String(row.timedOut),
  'Calls Transferred': String(row.transferred),
  'Total Wait Time': textOf(row.wait),
  'Total Abandoned Time': textOf(row.abandonedTime),
  'Avg No. of Agents Assigned': textOf(row.assigned),
  'Avg No. of Agents Handling Calls': textOf(row.handling),
});

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const ratio = (above: number, below: number): number | null => (below === 0 ? null : above / below);
const queueOf = ({ customer, location, queue }: QueueRow): string => JSON.stringify([customer, location, queue]);
const agents =
  (of: 'assigned' | 'handling') =>
  (rows: readonly QueueRow[]): number | null => {
    const means = [...Map.groupBy(rows, queueOf).values()].flatMap((own) => {
      const known = own.flatMap((row) => row[of] ?? []);
      return known.length === 0 ? [] : [sum(known) / known.length];
    });
    return means.length === 0 ? null : sum(means);
  };
/** DOMAIN 1.5, with the decisions on what is divided by. */
const queueNumbers: Partial<Record<MetricKey, (rows: readonly QueueRow[]) => number | null>> = {
  queues: (rows) => new Set(rows.map(queueOf)).size,
  queueTotalCalls: (rows) => sum(rows.map(({ total }) => total)),
  queueAnswered: (rows) => sum(rows.map(({ answered }) => answered)),
  queueAbandoned: (rows) => sum(rows.map(({ abandoned }) => abandoned)),
  queueOverflowed: (rows) => sum(rows.map(({ overflowed }) => overflowed)),
  queueTimedOut: (rows) => sum(rows.map(({ timedOut }) => timedOut)),
  queueTransferred: (rows) => sum(rows.map(({ transferred }) => transferred)),
  queueAnsweredShare: (rows) =>
    ratio(100 * sum(rows.map(({ answered }) => answered)), sum(rows.map(({ total }) => total))),
  queueAbandonedShare: (rows) =>
    ratio(100 * sum(rows.map(({ abandoned }) => abandoned)), sum(rows.map(({ total }) => total))),
  queueAnswerTime: (rows) => {
    const timed = rows.filter(({ wait }) => wait !== null);
    return ratio(
      sum(timed.map(({ wait }) => wait ?? 0)),
      sum(timed.map(({ answered, overflowed }) => answered + overflowed)),
    );
  },
  queueAbandonTime: (rows) => {
    const timed = rows.filter(({ abandonedTime }) => abandonedTime !== null);
    return ratio(
      sum(timed.map(({ abandonedTime }) => abandonedTime ?? 0)),
      sum(timed.map(({ abandoned }) => abandoned)),
    );
  },
  agentsAssigned: agents('assigned'),
  agentsHandling: agents('handling'),
};

test(
  'each number of queues is what a naive count of the statistics gives, by queue, place, customer and bucket',
  slowly,
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someQueueRow, { minLength: 1, maxLength: 60 }),
        fc.array(fc.record({ days: range, bucket, by: fc.constantFrom('customer', 'location', 'queue' as const) }), {
          minLength: 5,
          maxLength: 5,
        }),
        async (random, questions) => {
          const desk = await importDesk({ orgs: customers });
          const begun = customers.map((customer): QueueRow => {
            const none = { total: 0, answered: 0, abandoned: 0, overflowed: 0, timedOut: 0, transferred: 0 };
            const unknown = { wait: null, abandonedTime: null, assigned: null, handling: null };
            return { customer, location: 'Sofia', queue: 'Sales', day: plus(firstDay, -2), ...none, ...unknown };
          });
          // One row a queue and day: another would be a later version of it.
          const rows = [...new Map([...begun, ...random].map((row) => [`${queueOf(row)} ${row.day}`, row])).values()];
          await desk.import(
            csvOf(rows.map(queueRecord), { columns: Object.keys(queueRecord(rows[0] as QueueRow)) }),
            'queues.csv',
          );
          for (const { days: span, bucket: step, by } of questions) {
            const asked: Asked = { ...span, bucket: step, zone: 'UTC' };
            const metrics = Object.keys(queueNumbers) as MetricKey[];
            const whole = [...metrics, 'queueAbandonedShareMean'].join();
            const [answer, { totals }] = await Promise.all([
              desk.admin.call(askMetrics, {
                query: { region: 'eu', ...asked, by, metrics: metrics.join(), limit: 1000 },
              }),
              desk.admin.call(askMetrics, { query: { region: 'eu', ...asked, metrics: whole } }),
            ]);
            const inBucket = (some: readonly QueueRow[], each: string) =>
              some.filter(({ day }) => bucketOf(day, asked) === each);
            const expected = (some: readonly QueueRow[]) =>
              Object.fromEntries(
                metrics.map((key) => [
                  key,
                  answer.buckets.map((each) => queueNumbers[key]?.(inBucket(some, each)) ?? null),
                ]),
              );
            const mean = answer.buckets.map((each) => {
              const shares = customers.flatMap((customer) => {
                const own = inBucket(rows, each).filter((row) => row.customer === customer);
                return queueNumbers.queueAbandonedShare?.(own) ?? [];
              });
              return shares.length === 0 ? null : sum(shares) / shares.length;
            });
            expect(rounded(totals)).toEqual(rounded({ ...expected(rows), queueAbandonedShareMean: mean }));
            const ofRow = ({ orgUuid, name, location }: MetricRow) =>
              rows.filter(
                (row) =>
                  orgOf(row.customer) === orgUuid &&
                  (by === 'customer' || row.location === location) &&
                  (by !== 'queue' || row.queue === name),
              );
            for (const row of answer.rows) expect(rounded(row.values)).toEqual(rounded(expected(ofRow(row))));
            const inside = rows.filter(({ day }) => bucketOf(day, asked) !== undefined);
            const keyOf = (row: QueueRow): string =>
              JSON.stringify([row.customer, by === 'customer' ? '' : row.location, by === 'queue' ? row.queue : '']);
            expect(answer.rows).toHaveLength(new Set(inside.map(keyOf)).size);
          }
        },
      ),
      { numRuns: 5, endOnFailure: true },
    );
  },
);

interface Snapshot {
  customer: string;
  day: string;
  subscription: string;
  product: string;
  assigned: number;
}

const someSnapshot: fc.Arbitrary<Snapshot> = fc.record({
  customer: fc.constantFrom(...customers),
  day: anyDay,
  subscription: fc.constantFrom('Sub-1', 'Sub-2'),
  product: fc.constantFrom(
    'Webex Calling - Professional',
    'Webex Calling - Workspaces',
    'Webex Meetings',
    'Cisco Calling Plan',
  ),
  assigned: fc.nat({ max: 12 }),
});
const isOfCalling = ({ product }: Snapshot): boolean => product.startsWith('Webex Calling');

test('assigned licenses, their share in use and users without use are what a naive count gives', slowly, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someSnapshot, { minLength: 1, maxLength: 40 }),
      fc.array(fc.record({ customer: place.customer, day: anyDay, user: fc.nat({ max: 8 }) }), { maxLength: 30 }),
      async (random, calling) => {
        const desk = await importDesk({ orgs: customers });
        const snapshots = [
          ...new Map(
            random.map((one) => [JSON.stringify([one.customer, one.day, one.subscription, one.product]), one]),
          ).values(),
        ];
        const records = snapshots.map(
          ({ customer, day, subscription, product, assigned }): Fields => ({
            Date: day,
            'Org UUID': orgOf(customer),
            'Subscription ID': subscription,
            Product: product,
            Ordered: '20',
            Assigned: String(assigned),
          }),
        );
        await desk.import(csvOf(records, { columns: Object.keys(records[0] ?? {}) }), 'licenses.csv');
        const legs = [...customers.map((customer) => ({ customer, day: plus(firstDay, -2), user: 0 })), ...calling];
        await desk.import(
          csvOf(
            legs.map(({ customer, day, user }, at) =>
              leg(`l${at}`, {
                'Start time': `${day}T10:00:00Z`,
                'Org UUID': orgOf(customer),
                'User UUID': uuidOf(`${customer} ${user}`),
              }),
            ),
          ),
        );
        const asked: Asked = { from: firstDay, to: lastDay, bucket: 'week', zone: 'UTC' };
        const metrics = 'assignedLicenses,activeUsers,activeShare,usersNone';
        const { buckets, rows, totals } = await desk.admin.call(askMetrics, {
          query: { region: 'eu', ...asked, by: 'customer', metrics },
        });
        const assignedOf = (customer: string, week: string): number | null => {
          const own = snapshots.filter(
            (one) => one.customer === customer && isOfCalling(one) && one.day >= week && one.day <= plus(week, 6),
          );
          const lines = Map.groupBy(own, ({ subscription, product }) => `${subscription} ${product}`);
          const latest = [...lines.values()].map(
            (of) => of.toSorted((a, b) => (a.day < b.day ? 1 : -1))[0]?.assigned ?? 0,
          );
          return latest.length === 0 ? null : sum(latest);
        };
        const usersOf = (customer: string, week: string): number =>
          new Set(legs.filter((one) => one.customer === customer && sunday(one.day) === week).map(({ user }) => user))
            .size;
        const expected = (some: readonly string[]) => {
          const perWeek = buckets.map((week) => {
            const known = some.flatMap((customer) => {
              const assigned = assignedOf(customer, week);
              return assigned === null ? [] : [{ assigned, users: usersOf(customer, week) }];
            });
            const assigned = sum(known.map((one) => one.assigned));
            return {
              assignedLicenses: known.length === 0 ? null : assigned,
              activeUsers: sum(some.map((customer) => usersOf(customer, week))),
              activeShare: ratio(100 * sum(known.map(({ users }) => users)), assigned),
              usersNone: known.length === 0 ? null : sum(known.map((one) => Math.max(0, one.assigned - one.users))),
            };
          });
          return Object.fromEntries(
            (['assignedLicenses', 'activeUsers', 'activeShare', 'usersNone'] as const).map((key) => [
              key,
              perWeek.map((each) => each[key]),
            ]),
          );
        };
        expect(rounded(totals)).toEqual(rounded(expected(customers)));
        for (const { orgUuid, values } of rows)
          expect(rounded(values)).toEqual(
            rounded(expected(customers.filter((customer) => orgOf(customer) === orgUuid))),
          );
      },
    ),
    { numRuns: 6, endOnFailure: true },
  );
});

interface MediaRow {
  customer: string;
  location: string;
  day: string;
  device: string;
  jitter: number;
}

const devices: Record<string, Fields> = {
  desktop_app: { Endpoint: 'WXC_CLIENT', Device: '' },
  desk_phone: { Endpoint: 'WXC_DEVICE', Device: '8851-3PCC' },
  room_device: { Endpoint: 'WXC_DEVICE', Device: 'Room Kit' },
};

test(
  'the worst endpoint type and location are those of a naive look, and rows by endpoint type add up',
  slowly,
  async () => {
    const someMedia: fc.Arbitrary<MediaRow> = fc.record({
      ...place,
      day: anyDay,
      device: fc.constantFrom(...Object.keys(devices)),
      jitter: fc.constantFrom(10, 10, 400),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(someMedia, { minLength: 1, maxLength: 60 }), async (rows) => {
        const desk = await importDesk({ orgs: customers });
        const records = rows.map(
          ({ customer, location, day, device, jitter }, at): Fields => ({
            'Start time': `${day}T09:00:00Z`,
            'Org UUID': orgOf(customer),
            'User UUID': uuidOf('user'),
            'Call ID': `w${at}`,
            Location: location,
            ...devices[device],
            'Audio jitter': String(jitter),
            'Audio latency': '10',
            'Audio packet loss': '0',
          }),
        );
        await desk.import(csvOf(records, { columns: Object.keys(records[0] ?? {}) }), 'media.csv');
        const query = { region: 'eu', from: firstDay, to: lastDay, policy: 'any_threshold' } as const;
        const { rows: told } = await desk.admin.call(askMetrics, {
          query: { ...query, by: 'customer', metrics: 'worstEndpointType,worstLocation' },
        });
        /** Highest share of poor legs, of those with any; then more legs, then the word. */
        const worst = (some: readonly MediaRow[], wordOf: (row: MediaRow) => string): string | null =>
          [...Map.groupBy(some, wordOf)]
            .map(([word, own]) => ({ word, poor: own.filter(({ jitter }) => jitter > 150).length, all: own.length }))
            .filter(({ poor }) => poor > 0)
            .toSorted((a, b) => b.poor / b.all - a.poor / a.all || b.all - a.all || (a.word < b.word ? -1 : 1))[0]
            ?.word ?? null;
        for (const { orgUuid, values } of told) {
          const own = rows.filter(({ customer }) => orgOf(customer) === orgUuid);
          expect(values).toEqual({
            worstEndpointType: [worst(own, ({ device }) => device)],
            worstLocation: [worst(own, ({ location }) => location)],
          });
        }
        const types = await desk.admin.call(askMetrics, {
          query: { ...query, by: 'endpointType', metrics: 'knownLegs,poorLegs' },
        });
        expect(new Map(types.rows.map(({ endpointType, values }) => [String(endpointType), values]))).toEqual(
          new Map(
            [...Map.groupBy(rows, ({ device }) => device)].map(([device, own]) => [
              device,
              { knownLegs: [own.length], poorLegs: [own.filter(({ jitter }) => jitter > 150).length] },
            ]),
          ),
        );
      }),
      { numRuns: 8, endOnFailure: true },
    );
  },
);

const additive: MetricKey[] = [
  'callLegs',
  'mediaLegs',
  'goodLegs',
  'poorLegs',
  'unknownLegs',
  'audioLegs',
  'videoLegs',
];
const judged: MetricKey[] = ['knownLegs', 'goodLegs', 'poorLegs', 'unknownLegs', 'poorShare', 'usersAffected'];
const unjudged: MetricKey[] = [
  'activeUsers',
  'calls',
  'callLegs',
  'callMinutes',
  'minutesPerActiveUser',
  'usersLight',
  'usersRegular',
  'usersHeavy',
  'mediaLegs',
  'videoMinutes',
  'audioLegs',
  'videoLegs',
  'averageJitter',
  'averageLatency',
  'averagePacketLoss',
];

/** Three customers with legs and media at all hours of three weeks. */
async function filledDesk(): Promise<Desk> {
  const names = ['alder', 'birch', 'cedar'];
  const desk = await importDesk({ orgs: [] });
  for (const name of names) await desk.customer(orgOf(name), { name });
  const legs: Fields[] = [];
  const media: Fields[] = [];
  for (const [at, name] of names.entries())
    for (let n = 0; n < 60; n += 1) {
      const day = plus(firstDay, (n * (at + 3)) % days);
      const start = `${day}T${String((n * 7) % 24).padStart(2, '0')}:59:59.999Z`;
      const person = uuidOf(`${name} ${n % (4 + at)}`);
      legs.push(
        leg(`${name} ${n}`, {
          'Start time': start,
          'Org UUID': orgOf(name),
          'User UUID': person,
          Location: n % 2 === 0 ? 'Sofia' : 'Varna',
          Duration: String(31 * n),
          Direction: n % 3 === 0 ? 'TERMINATING' : 'ORIGINATING',
          'Correlation ID': uuidOf(`session ${name} ${n % 20}`),
        }),
      );
      media.push({
        'Start time': start,
        'Org UUID': orgOf(name),
        'User UUID': person,
        'Call ID': `${name} ${n}`,
        Location: n % 2 === 0 ? 'Sofia' : 'Varna',
        'Audio jitter': n % 5 === 0 ? '' : String((n * 37) % 300),
        'Audio latency': n % 5 === 0 ? '' : String((n * 91) % 700),
        'Audio packet loss': n % 7 === 0 ? '' : String((n % 12) / 2),
        'Video duration': n % 4 === 0 ? '30' : '0',
      });
    }
  await desk.import(csvOf(legs));
  await desk.import(csvOf(media, { columns: Object.keys(media[0] ?? {}) }), 'media.csv');
  return desk;
}

test(
  'days add up to the week, filters commute, a scope restricts before anything is added up, and a policy changes only what it judges',
  slowly,
  async () => {
    const desk = await filledDesk();
    const week = { region: 'eu', from: plus(firstDay, 7), to: plus(firstDay, 13) } as const;
    const ask = (over: object, metrics: readonly MetricKey[], as = desk.admin) =>
      as.call(askMetrics, { query: { ...week, metrics: metrics.join(), ...over } });

    for (const zone of ['UTC', 'Europe/Sofia', 'America/St_Johns']) {
      const [whole, daily] = [
        await ask({ zone, bucket: 'week' }, additive),
        await ask({ zone, bucket: 'day' }, additive),
      ];
      expect(daily.buckets).toHaveLength(7);
      for (const key of additive) {
        expect(sum((daily.totals[key] ?? []).map(Number))).toBe(whole.totals[key]?.[0]);
        expect(whole.totals[key]?.[0]).toBeGreaterThan(0);
      }
    }

    const all = [...new Set([...unjudged, ...judged])];
    const one = await ask({ filter: 'name:alder' }, all);
    expect(await ask({ filter: '-name:birch -name:cedar' }, all)).toEqual(one);
    expect(await ask({ filter: '-name:cedar -name:birch' }, all)).toEqual(one);
    const alder = await idOf(desk, 'alder');
    expect((await ask({ customerId: alder }, all)).totals).toEqual(one.totals);
    // A filter and a place, either first.
    const places = await ask({ filter: 'name:alder', by: 'location' }, additive);
    for (const { location, values } of places.rows)
      expect((await ask({ customerId: alder, location }, additive)).totals).toEqual(values);

    const pia = await desk.hub.person(desk.partnerId, 'partner_admin');
    await desk.hub.asOwner(
      'insert into assignment (partner_id, person_id, customer_id) select partner_id, $2, id from customer where partner_id = $1 and org_uuid = any($3)',
      [desk.partnerId, pia.personId, ['alder', 'cedar'].map(orgOf)],
    );
    const two = await ask({ filter: '-name:birch', by: 'customer' }, all);
    const mine = await ask({ by: 'customer' }, all, pia.client);
    expect({ rows: mine.rows, totals: mine.totals }).toEqual({ rows: two.rows, totals: two.totals });
    expect(mine.rows).toHaveLength(2);

    const [documented, any] = [await ask({ policy: 'documented' }, all), await ask({ policy: 'any_threshold' }, all)];
    for (const key of unjudged) expect(any.totals[key]).toEqual(documented.totals[key]);
    for (const key of judged) expect(any.totals[key]).not.toEqual(documented.totals[key]);
    // The partner's own policy is the same as naming it.
    const bands = { regularFrom: 5, heavyFrom: 25 };
    await desk.admin.call(changeCallingPolicy, { body: { qualityPolicy: 'any_threshold', bands } });
    expect((await ask({}, all)).totals).toEqual(any.totals);
  },
);

test(
  'a leg across midnight is of the day on which it starts; a customer that joins in mid-week has its days from then on, and averages divide by the whole week',
  slowly,
  async () => {
    const desk = await importDesk({ orgs: ['known', 'joined'] });
    const at = (name: string, start: string, over: Fields = {}): Fields => leg(name, { 'Start time': start, ...over });
    const joined = { 'Org UUID': orgOf('joined') };
    await desk.import(
      csvOf([
        at('a', '2026-11-15T10:00:00.000Z'),
        at('b', '2026-11-16T23:59:59.999Z', { Duration: '7200', 'Release time': '2026-11-17T02:00:00.000Z' }),
        at('c', '2026-11-18T09:00:00.000Z', joined),
        at('d', '2026-11-18T23:30:00.000Z', { ...joined, Duration: '3600', 'User UUID': uuidOf('second') }),
        at('e', '2026-11-20T09:00:00.000Z', joined),
      ]),
    );
    const week = { region: 'eu', from: '2026-11-15', to: '2026-11-21' } as const;
    const ask = (over: object) =>
      desk.admin.call(askMetrics, {
        query: { ...week, metrics: 'callLegs,callMinutes', by: 'customer', ...over } as never,
      });
    const of = ({ rows }: Awaited<ReturnType<typeof ask>>, name: string) =>
      rows.find(({ orgUuid }) => orgUuid === orgOf(name))?.values;
    const daily = await ask({ bucket: 'day' });
    expect(of(daily, 'known')).toEqual({ callLegs: [1, 1, 0, 0, 0, 0, 0], callMinutes: [1, 120, 0, 0, 0, 0, 0] });
    expect(of(daily, 'joined')).toEqual({ callLegs: [0, 0, 0, 2, 0, 1, 0], callMinutes: [0, 0, 0, 61, 0, 1, 0] });
    // In Sofia the leg of 23:30 is of the next day.
    expect(of(await ask({ bucket: 'day', zone: 'Europe/Sofia' }), 'joined')?.callLegs).toEqual([0, 0, 0, 1, 1, 1, 0]);
    const whole = await ask({
      bucket: 'week',
      metrics: 'callLegs,activeUsers,highestDailyActiveUsers,averageDailyActiveUsers',
    });
    expect(of(whole, 'joined')).toEqual({
      callLegs: [3],
      activeUsers: [2],
      highestDailyActiveUsers: [2],
      averageDailyActiveUsers: [3 / 7],
    });
    // Asked alone, nothing is known of the days before its first leg.
    const alone = await ask({ bucket: 'day', customerId: await idOf(desk, 'joined') });
    expect(alone.totals.callLegs).toEqual([null, null, null, 2, 0, 1, 0]);
    // What is remembered of a question is of the data as they were, and of whoever may see them.
    const nobody = await desk.hub.person(desk.partnerId, 'partner_admin');
    const query = { ...week, metrics: 'callLegs', by: 'customer', bucket: 'day' } as const;
    expect((await nobody.client.call(askMetrics, { query })).rows).toEqual([]);
    await desk.import(csvOf([at('f', '2026-11-21T09:00:00.000Z')]));
    expect(of(await ask({ bucket: 'day' }), 'known')?.callLegs).toEqual([1, 1, 0, 0, 0, 0, 1]);
  },
);
