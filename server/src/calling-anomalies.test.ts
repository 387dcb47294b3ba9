import { assignCustomers } from '@hub/contract/administrators';
import { getCallingAnomalies } from '@hub/contract/calling-anomalies';
import type { CallingAnomaly } from '@hub/contract/calling-anomaly';
import { weekOfUse } from '@hub/contract/calling-anomaly-rules';
import { changeCallingPolicy, type QualityPolicy } from '@hub/contract/calling-policy';
import { countCustomers, createCustomer, getCustomer, listCustomers, mergeCustomer } from '@hub/contract/customers';
import { undoImport } from '@hub/contract/imports';
import type { ImportBatch } from '@hub/contract/imports';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { watchesAnomalies } from './features/calling-anomalies/index.ts';
import { buildsRollups } from './features/imports/index.ts';
import { csvOf, type Desk, type Fields, importDesk, leg, orgOf, uuidOf } from './features/imports/test-support.ts';

// Weeks are those of UTC whatever the zone of the machine.
process.env['TZ'] = 'Pacific/Auckland';

const from = '2026-08-02'; // a Sunday, 17 weeks before the one of today
const lastWeek = '2026-11-22';
const dayAt = (day: number): string =>
  new Date(Date.parse(`${from}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10);
const bands = { regularFrom: 5, heavyFrom: 25 };

/** Legs of each of the days, and media legs of each of the weeks: good, poor by every threshold, poor by one, unknown. */
interface Calling {
  legs: number[];
  media: [good: number, poor: number, partly: number, unknown: number][];
}

function legsOf(customer: string, { legs }: Calling, round = 0): Fields[] {
  return legs.flatMap((count, day) =>
    Array.from({ length: count }, (_, at) =>
      leg(`${customer} ${round} ${day} ${at}`, {
        'Start time': `${dayAt(day)}T${at % 2 === 0 ? '00:00:00.000' : '23:59:59.999'}Z`,
        'Org UUID': orgOf(customer),
        'User UUID': uuidOf(`${customer} user ${at % 3}`),
      }),
    ),
  );
}

function mediaOf(customer: string, { media }: Calling): Fields[] {
  const measured = [
    ['10', '50', '0.1'],
    ['151', '401', '5.1'],
    ['10', '50', '5.1'],
    ['', '', ''],
  ];
  return media.flatMap((counts, week) =>
    counts.flatMap((count, kind) =>
      Array.from({ length: count }, (_, at) => ({
        'Start time': `${dayAt(7 * week + ((kind + at) % 7))}T12:00:00.000Z`,
        'Org UUID': orgOf(customer),
        'User UUID': uuidOf(`${customer} user ${at % 3}`),
        User: 'Ada Byron',
        Location: 'Sofia',
        'Call ID': `media ${customer} ${week} ${kind} ${at}`,
        'Audio jitter': measured[kind]?.[0] ?? '',
        'Audio latency': measured[kind]?.[1] ?? '',
        'Audio packet loss': measured[kind]?.[2] ?? '',
      })),
    ),
  );
}

const importMedia = async (desk: Desk, rows: Fields[]): Promise<ImportBatch | undefined> => {
  const [first] = rows;
  return first && desk.import(csvOf(rows, { columns: Object.keys(first) }), 'media.csv');
};
const importLegs = (desk: Desk, rows: Fields[]): Promise<ImportBatch> => desk.import(csvOf(rows));

async function look(desk: Desk): Promise<void> {
  const never = (): boolean => false;
  await buildsRollups(desk.hub.installation)(desk.region, never);
  await watchesAnomalies(desk.hub.installation, { looksEvery: 0 })(desk.region, never);
}

async function told(desk: Desk): Promise<Record<string, CallingAnomaly[]>> {
  // Sessions end where a test lets weeks pass.
  const { client } = await desk.hub.person(desk.partnerId, 'partner_full');
  const { items } = await client.call(listCustomers, { query: { filter: '-managed:own' } });
  return Object.fromEntries(items.map(({ orgUuid, anomalies }) => [String(orgUuid), anomalies ?? []]));
}
const kindsOf = async (desk: Desk, customer = 'known'): Promise<string[]> =>
  ((await told(desk))[orgOf(customer)] ?? []).map(({ kind }) => kind);

const workday = [0, 14, 14, 14, 14, 14, 0];
const steady: Calling = {
  legs: Array.from({ length: 17 }, () => workday).flat(),
  media: Array.from({ length: 17 }, () => [196, 4, 0, 0]),
};
/** The last week has nothing of the one and five times of the other. */
const anomalous: Calling = {
  legs: [...steady.legs.slice(0, 112), 0, 1, 1, 1, 1, 1, 0],
  media: [...steady.media.slice(0, 16), [180, 20, 0, 0]],
};

test('both are told in the list with their numbers, and go with the import that brought them', {
  timeout: 240_000,
}, async () => {
  const desk = await importDesk({ orgs: ['known', 'other'] });
  const [before, after] = [
    legsOf('known', { ...steady, legs: steady.legs.slice(0, 112) }),
    legsOf('known', anomalous).slice(steady.legs.slice(0, 112).reduce((sum, n) => sum + n, 0)),
  ];
  await importLegs(desk, [...before, ...legsOf('other', steady)]);
  await look(desk);
  // The region's calls have come as far as the last Friday, those of this customer have not: it may have stopped.
  expect(await told(desk)).toMatchObject({
    [orgOf('known')]: [{ kind: 'falling_use', legs: 0 }],
    [orgOf('other')]: [],
  });
  await importLegs(desk, after);
  const media = await importMedia(desk, [...mediaOf('known', anomalous), ...mediaOf('other', steady)]);
  await look(desk);
  const spike = {
    kind: 'quality_spike',
    since: lastWeek,
    week: lastWeek,
    poorShare: 10,
    limit: 4,
    knownLegs: 200,
    policy: 'documented',
  };
  const fall = {
    kind: 'falling_use',
    since: lastWeek,
    week: lastWeek,
    legs: 5,
    usualLegs: 70,
    lowDays: 5,
    usedDays: 5,
  };
  expect(await told(desk)).toEqual({ [orgOf('known')]: [spike, fall], [orgOf('other')]: [] });
  const { items } = await desk.admin.call(listCustomers, { query: { filter: 'anomaly:quality-spike' } });
  expect(items.map(({ orgUuid }) => orgUuid)).toEqual([orgOf('known')]);
  expect(await desk.admin.call(countCustomers, { query: { filter: '-anomaly:none' } })).toMatchObject({ matching: 1 });
  expect(await desk.admin.call(countCustomers, { query: { filter: 'anomaly:none -managed:own' } })).toMatchObject({
    matching: 1,
  });
  const [customer] = items;
  if (!customer || !media) throw new Error('There is no such customer.');
  const params = { customerId: customer.id };
  expect((await desk.admin.call(getCustomer, { params })).anomalies).toEqual([spike, fall]);
  expect(await desk.admin.call(getCallingAnomalies, { params })).toMatchObject({
    quality: { poorShare: 10, limit: 4, knownLegs: 200, isSpike: true },
    use: {
      legs: 5,
      isFalling: true,
      usual: { legs: 70, days: [{}, { legs: 1, usual: 14, isLow: true }, {}, {}, {}, {}, {}] },
    },
    anomalies: [spike, fall],
  });
  await desk.admin.call(undoImport, { params: { importId: media.id } });
  await desk.drain();
  await look(desk);
  expect(await kindsOf(desk)).toEqual(['falling_use']);
});

test('another policy, and another week, tell others', { timeout: 240_000 }, async () => {
  const desk = await importDesk();
  // Poor by one threshold in the last week only; by every threshold never.
  await importMedia(desk, mediaOf('known', { legs: [], media: [...steady.media.slice(0, 16), [100, 4, 96, 0]] }));
  await look(desk);
  expect(await kindsOf(desk)).toEqual([]);
  await desk.admin.call(changeCallingPolicy, { body: { qualityPolicy: 'any_threshold', bands } });
  await look(desk);
  expect((await told(desk))[orgOf('known')]).toMatchObject([{ poorShare: 50, limit: 4, policy: 'any_threshold' }]);
  // A week later nothing has come: the week is judged that has. Two weeks later it says nothing of today.
  desk.hub.clock.set('2026-12-07T00:00:00.000Z');
  await look(desk);
  expect((await told(desk))[orgOf('known')]).toMatchObject([{ week: lastWeek }]);
  desk.hub.clock.set('2026-12-12T23:59:59.000Z');
  await look(desk);
  expect(await kindsOf(desk)).toEqual(['quality_spike']);
  desk.hub.clock.set('2026-12-13T00:00:00.000Z');
  await look(desk);
  expect(await kindsOf(desk)).toEqual([]);
});

test('since the first of the weeks in a row', { timeout: 240_000 }, async () => {
  const desk = await importDesk();
  const worse = [180, 20, 0, 0] as [number, number, number, number];
  await importMedia(desk, mediaOf('known', { legs: [], media: [...steady.media.slice(0, 14), worse, worse, worse] }));
  await look(desk);
  expect((await told(desk))[orgOf('known')]).toMatchObject([{ since: '2026-11-08', week: lastWeek }]);
});

test('who may not see calling analytics is told of none, and cannot ask for them; a scope holds', {
  timeout: 240_000,
}, async () => {
  const desk = await importDesk({ orgs: ['known', 'other'] });
  await importLegs(desk, [...legsOf('known', anomalous), ...legsOf('other', anomalous)]);
  await look(desk);
  const helpDesk = await desk.hub.person(desk.partnerId, 'help_desk_advanced');
  const { items } = await helpDesk.client.call(listCustomers, { query: { filter: '-managed:own' } });
  expect(items.map(({ anomalies }) => anomalies)).toEqual([null, null]);
  for (const filter of ['anomaly:falling-use', '-(anomaly:none acme)'])
    expect(await helpDesk.client.refusal(listCustomers, { query: { filter } })).toMatchObject({
      code: 'permission_denied',
      data: { permission: 'calling_usage.read' },
    });
  const pia = await desk.hub.person(desk.partnerId, 'partner_admin');
  const [known, other] = ['known', 'other'].map((name) => items.find(({ orgUuid }) => orgUuid === orgOf(name)));
  if (!known || !other) throw new Error('There are no such customers.');
  await desk.admin.call(assignCustomers, { params: { personId: pia.personId }, body: { add: [known.id], remove: [] } });
  const seen = await pia.client.call(listCustomers, { query: { filter: 'anomaly:falling-use' } });
  expect(seen.items.map(({ id }) => id)).toEqual([known.id]);
  const mine = await pia.client.call(getCallingAnomalies, { params: { customerId: known.id } });
  expect(mine.anomalies).toMatchObject([{ kind: 'falling_use' }]);
  expect(await pia.client.refusal(getCallingAnomalies, { params: { customerId: other.id } })).toMatchObject({
    code: 'customer_not_found',
  });
});

test('what is told goes to whom the organization goes', { timeout: 240_000 }, async () => {
  const desk = await importDesk();
  await importLegs(desk, legsOf('known', anomalous));
  await look(desk);
  const { items } = await desk.admin.call(listCustomers, { query: { filter: '-managed:own' } });
  const [gone] = items;
  const kept = await desk.admin.call(createCustomer, { body: { name: 'Kept', country: 'BG' } });
  if (!gone) throw new Error('There is no customer.');
  await desk.admin.call(mergeCustomer, {
    params: { customerId: kept.id },
    body: { otherCustomerId: gone.id },
  });
  await look(desk);
  const { items: after } = await desk.admin.call(listCustomers, { query: { filter: '-managed:own' } });
  expect(after.map(({ id, anomalies }) => [id, anomalies?.map(({ kind }) => kind)])).toEqual([
    [kept.id, ['falling_use']],
  ]);
});

const policies = ['documented', 'any_threshold'] as const;
const customers = ['known', 'other', 'third'];
const someWeek = fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 14 }), fc.nat({ max: 14 }));
const someCalling: fc.Arbitrary<Calling> = fc
  .record({
    base: fc.constantFrom(0, 6, 15),
    noise: fc.array(fc.nat({ max: 3 }), { minLength: 119, maxLength: 119 }),
    ends: fc.tuple(fc.constantFrom(1, 1, 0.4), fc.constantFrom(1, 0.4, 0.1, 0)),
    weeks: fc.array(someWeek, { minLength: 17, maxLength: 17 }),
    worse: fc.constantFrom(0, 0, 25),
    starts: fc.constantFrom(0, 0, 60, 90),
  })
  .map(({ base, noise, ends, weeks, worse, starts }) => ({
    legs: noise.map((more, day) => {
      const factor = day >= 112 ? ends[1] : day >= 105 ? ends[0] : 1;
      return day < starts || day % 7 === 0 ? 0 : Math.round((base + more) * factor);
    }),
    media: weeks.map(([isFull, poor, partly], week) => [
      isFull === 1 ? 185 : 0,
      poor + (week > 14 ? worse : 0),
      partly,
      1,
    ]),
  }));

// Hides every fall.
const lastWeeks = steady.legs.map((legs, day) => (day < 105 ? 0 : 2 * legs));

/** Told from the calling as it was made, by the words of the rules. */
function expectedOf(
  { legs, media }: Calling,
  policy: QualityPolicy,
  judged: { legs: number; media: number },
): unknown[] {
  const poorOf = (week: number): number =>
    (media[week]?.[1] ?? 0) + (policy === 'any_threshold' ? (media[week]?.[2] ?? 0) : 0);
  const knownOf = (week: number): number => (media[week] ?? []).slice(0, 3).reduce((sum, n) => sum + n, 0);
  const shareOf = (week: number): number | null => (knownOf(week) === 0 ? null : (100 * poorOf(week)) / knownOf(week));
  const isSpike = (week: number): boolean => {
    const before = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((back) => (week < back ? [] : (shareOf(week - back) ?? [])));
    const sorted = before.toSorted((a, b) => a - b);
    const half = sorted.length >> 1;
    const middle = sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
    return before.length > 0 && knownOf(week) >= 200 && (shareOf(week) ?? 0) > 2 * middle;
  };
  const since = (week: number, is: (week: number) => boolean): string => {
    let first = week;
    while (first > 0 && week - first < 7 && is(first - 1)) first -= 1;
    return dayAt(7 * first);
  };
  const isFall = (week: number): boolean => weekOfUse(legs, week)?.isFalling === true;
  return [
    ...(isSpike(judged.media)
      ? [{ kind: 'quality_spike', since: since(judged.media, isSpike), poorShare: shareOf(judged.media) }]
      : []),
    ...(isFall(judged.legs) ? [{ kind: 'falling_use', since: since(judged.legs, isFall) }] : []),
  ];
}

test('what is stored is what a naive computation of the same records tells, from rollups and after an undone import', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someCalling, { minLength: 3, maxLength: 3 }),
      fc.constantFrom(...policies),
      fc.boolean(),
      async (callings, policy, isUndone) => {
        const desk = await importDesk({ orgs: customers });
        await desk.admin.call(changeCallingPolicy, { body: { qualityPolicy: policy, bands } });
        // Steady calls of a fourth organization, so that the feeds have come to the end.
        await desk.customer(orgOf('steady'));
        await importLegs(desk, [
          ...legsOf('steady', steady),
          ...callings.flatMap((calling, at) => legsOf(customers[at] ?? '', calling)),
        ]);
        await importMedia(desk, [
          ...mediaOf('steady', steady),
          ...callings.flatMap((calling, at) => mediaOf(customers[at] ?? '', calling)),
        ]);
        if (isUndone) {
          await look(desk);
          // Hides every fall while it counts.
          const more = await importLegs(
            desk,
            customers.flatMap((customer) => legsOf(customer, { ...steady, legs: lastWeeks }, 1)),
          );
          await look(desk);
          await desk.admin.call(undoImport, { params: { importId: more.id } });
          await desk.drain();
        }
        await look(desk);
        const stored = await told(desk);
        for (const [at, customer] of customers.entries()) {
          const calling = callings[at];
          if (calling === undefined) throw new Error('Nobody called.');
          expect(stored[orgOf(customer)]).toMatchObject(expectedOf(calling, policy, { legs: 16, media: 16 }));
        }
      },
    ),
    { numRuns: 4 },
  );
});
