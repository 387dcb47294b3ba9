import type { GivenOf } from '@hub/contract/endpoint';
import { listCustomers } from '@hub/contract/customers';
import { listImports, undoImport } from '@hub/contract/imports';
import {
  getLicenseTrend,
  getSubscriptionAnalytics,
  listSubscriptionRows,
  type SubscriptionRow,
} from '@hub/contract/subscription-analytics';
import { changeSubscription, createSubscription, type Subscription } from '@hub/contract/subscriptions';
import { startTrial } from '@hub/contract/trials';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf, type Desk, type Fields, importDesk, orgOf } from './features/imports/test-support.ts';
import { bringOwnSnapshots, recordNights } from './features/subscription-analytics/index.ts';

const slowly = { timeout: 240_000 };
const day = 86_400_000;
const today = '2026-12-01';
const plus = (from: string, days: number): string => new Date(Date.parse(from) + days * day).toISOString().slice(0, 10);

type Line = GivenOf<typeof createSubscription>['body']['lines'][number];
const meetings = (assigned: number | null, ordered = 100): Line => ({ product: 'meetings', ordered, assigned });

async function sell(desk: Desk, lines: Line[], reference = 'Sub-1'): Promise<Subscription> {
  const { items } = await desk.admin.call(listCustomers, { query: {} });
  const customerId = items.find(({ orgUuid }) => orgUuid === orgOf('known'))?.id ?? '';
  return desk.admin.call(createSubscription, {
    params: { customerId },
    body: {
      reference,
      startsOn: '2026-11-20',
      endsOn: '2028-01-01',
      termMonths: 12,
      autoRenews: false,
      paymentState: 'current',
      setupState: 'provisioned',
      setupNote: null,
      lines,
    },
  });
}

const change = async (desk: Desk, before: Subscription, over: Partial<Subscription>): Promise<Subscription> => {
  const { id, customerId: _, ...terms } = before;
  return desk.admin.call(changeSubscription, { params: { subscriptionId: id }, body: { ...terms, ...over } });
};

async function bring(desk: Desk): Promise<void> {
  await bringOwnSnapshots(desk.ctx(), 'eu');
  await desk.drain();
}

/** Days later, and still signed in. */
async function goOn(desk: Desk, days: number): Promise<void> {
  desk.hub.clock.advance(days * day);
  await desk.hub.asOwner(
    'update session set expires_at = expires_at + $1 * interval $$1 day$$, last_used_at = last_used_at + $1 * interval $$1 day$$',
    [days],
  );
}

const tell = (desk: Desk, rows: Fields[], name = 'licenses.csv') =>
  desk.import(
    csvOf(
      rows.map((row) => ({ Date: today, 'Org UUID': orgOf('known'), 'Subscription ID': 'Sub-1', ...row })),
      { columns: ['Date', 'Org UUID', 'Subscription ID', 'Product', 'Site URL', 'Ordered', 'Assigned', 'Used 7d'] },
    ),
    name,
  );
const sites = (assigned: number, used: number | '' = '', date = today): Fields[] =>
  ['a', 'b'].map((site) => ({
    Date: date,
    Product: 'Webex Meetings Suite',
    'Site URL': site,
    Ordered: '50',
    Assigned: String(assigned / 2),
    'Used 7d': used === '' ? '' : String(used / 2),
  }));

async function lines(desk: Desk): Promise<SubscriptionRow[]> {
  const query = { region: 'eu', section: 'recently_added', product: 'meetings' } as const;
  return (await desk.admin.call(listSubscriptionRows, { query })).rows;
}
async function held(desk: Desk) {
  const [row] = await lines(desk);
  return [row?.total, row?.assigned, row?.used];
}
const own = async (desk: Desk) =>
  (await desk.admin.call(listImports, { query: { source: 'own' } })).items.map(({ state, counts }) => [
    state,
    counts?.new ?? 0,
  ]);

test(
  'what is assigned here is the day’s snapshot, marked in the ledger; what says nothing of it is none',
  slowly,
  async () => {
    const desk = await importDesk();
    const sold = await sell(desk, [meetings(40)]);
    expect(await held(desk)).toEqual([100, null, null]);
    await bring(desk);
    expect(await held(desk)).toEqual([100, 40, null]);
    expect(await own(desk)).toEqual([['committed', 1]]);
    const late = await change(desk, sold, { paymentState: 'past_due' });
    await bring(desk);
    expect(await own(desk)).toHaveLength(1);
    const fewer = await change(desk, late, { lines: [meetings(30, 90)] });
    await bring(desk);
    expect(await held(desk)).toEqual([90, 30, null]);
    await change(desk, fewer, { lines: [meetings(null, 90)] });
    await bring(desk);
    expect(await held(desk)).toEqual([90, null, null]);
    expect(await own(desk)).toHaveLength(3);
  },
);

test('a trial’s as well', slowly, async () => {
  const desk = await importDesk();
  const { items } = await desk.admin.call(listCustomers, { query: {} });
  const customerId = items.find(({ orgUuid }) => orgUuid === orgOf('known'))?.id ?? '';
  await desk.admin.call(startTrial, {
    params: { customerId },
    body: { reference: 'Trial-1', startsOn: today, endsOn: plus(today, 30), lines: [meetings(7, 25)] },
  });
  await bring(desk);
  expect(await held(desk)).toEqual([25, 7, null]);
});

test(
  'with a provider beside: the later one tells, whatever it calls the line; use stays what the provider told',
  slowly,
  async () => {
    const desk = await importDesk();
    const sold = await sell(desk, [meetings(null)]);
    await tell(desk, sites(40, 20, plus(today, -1)), 'yesterday.csv');
    expect(await held(desk)).toEqual([100, 40, 20]);
    await change(desk, sold, { lines: [meetings(64)] });
    await bring(desk);
    expect(await held(desk)).toEqual([100, 64, 20]);
    // One that comes late tells of its own day only.
    await tell(desk, sites(44, 22, plus(today, -2)), 'late.csv');
    expect(await held(desk)).toEqual([100, 64, 20]);
    const later = await tell(desk, sites(50, 30), 'later.csv');
    expect(await held(desk)).toEqual([100, 50, 30]);
    await desk.admin.call(undoImport, { params: { importId: later.id } });
    await desk.drain();
    expect(await held(desk)).toEqual([100, 64, 20]);
  },
);

test('trend and nights follow, also where the day is over by then', slowly, async () => {
  const desk = await importDesk();
  const sold = await sell(desk, [meetings(null)]);
  await tell(desk, sites(40, 20), 'today.csv');
  await recordNights(desk.ctx(), 'eu');
  const point = async () => {
    const query = { region: 'eu', product: 'meetings', weeks: 8, bucket: 'day' } as const;
    const { points } = await desk.admin.call(getLicenseTrend, { query });
    return points.find(({ from }) => from === today);
  };
  const night = async () => {
    const { header } = await desk.admin.call(getSubscriptionAnalytics, {
      query: { region: 'eu', product: 'meetings' },
    });
    return header.find(({ key }) => key === 'overLicenseLimit')?.history.find((one) => one.day === today)?.value;
  };
  expect(await point()).toMatchObject({ assigned: 40 });
  await change(desk, sold, { lines: [meetings(120)] });
  // The queue is told of it after midnight only.
  await goOn(desk, 1);
  await recordNights(desk.ctx(), 'eu');
  expect(await night()).toBe(0);
  await bring(desk);
  await recordNights(desk.ctx(), 'eu');
  expect(await point()).toMatchObject({ assigned: 120, available: 0 });
  expect(await night()).toBe(1);
});

test(
  'what nobody else tells of goes on from week to week, until somebody does or the line has gone',
  slowly,
  async () => {
    const desk = await importDesk();
    const sold = await sell(desk, [meetings(40)]);
    await bring(desk);
    for (let week = 0; week < 3; week += 1) {
      await goOn(desk, 6);
      await bring(desk);
      expect(await held(desk)).toEqual([100, 40, null]);
      await goOn(desk, 1);
      expect(await held(desk)).toEqual([100, null, null]);
      await bring(desk);
      expect(await held(desk)).toEqual([100, 40, null]);
    }
    await tell(desk, sites(10, 5, plus(today, 21)), 'provider.csv');
    await goOn(desk, 7);
    await bring(desk);
    expect(await held(desk)).toEqual([100, null, null]);
    await change(desk, sold, { lines: [meetings(41)] });
    await bring(desk);
    await change(desk, { ...sold, version: sold.version + 1 }, { lines: [] });
    await goOn(desk, 7);
    await bring(desk);
    expect((await own(desk)).length).toBe(5);
  },
);

const event = fc.record({
  days: fc.nat({ max: 4 }),
  isOwn: fc.boolean(),
  late: fc.nat({ max: 3 }),
  names: fc.constantFrom<readonly string[]>(['Webex Meetings'], ['Webex Meetings Suite', 'Webex Meetings Pro']),
  assigned: fc.integer({ min: 1, max: 90 }),
});

test('whoever told last of a line is believed, in any order of days and imports', slowly, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 2, maxLength: 7 }), async (events) => {
      const desk = await importDesk();
      let sold = await sell(desk, [meetings(null)]);
      let now = today;
      const told: { key: string; day: string; names: readonly string[]; isOwn: boolean; assigned: number }[] = [];
      for (const [at, { days, isOwn, late, names, assigned }] of events.entries()) {
        await goOn(desk, days);
        now = plus(now, days);
        const of = isOwn ? now : plus(now, -late);
        if (isOwn) {
          if (sold.lines[0]?.assigned === assigned) continue;
          sold = await change(desk, sold, { lines: [meetings(assigned)] });
          await bring(desk);
        } else
          await tell(
            desk,
            names.map((Product) => ({ Date: of, Product, Ordered: '50', Assigned: String(assigned) })),
            `${at}.csv`,
          );
        told.push({ key: `${of} ${at}`, day: of, names: isOwn ? ['own'] : names, isOwn, assigned });
        const recent = told.filter((one) => one.day > plus(now, -7)).toSorted((a, b) => (a.key < b.key ? -1 : 1));
        const newest = recent.at(-1);
        const lastOwn = recent.findLast((one) => one.isOwn);
        const byName = new Map<string, number>();
        for (const one of recent)
          if (!one.isOwn && (lastOwn === undefined || one.key > lastOwn.key))
            for (const name of one.names) byName.set(name, one.assigned);
        const naive =
          newest?.isOwn === true ? newest.assigned : [...byName.values()].reduce((sum, value) => sum + value, 0);
        expect((await held(desk))[1]).toBe(naive);
        const query = { region: 'eu', product: 'meetings', weeks: 8, bucket: 'day' } as const;
        const { points } = await desk.admin.call(getLicenseTrend, { query });
        expect(points.at(-1)?.assigned).toBe(naive);
      }
    }),
    { numRuns: 6 },
  );
});
