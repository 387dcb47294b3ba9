import { undoImport } from '@hub/contract/imports';
import { getSubscriptionAnalytics, listSubscriptionRows } from '@hub/contract/subscription-analytics';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { inTenant } from './features/access/index.ts';
import { noteRemoval } from './features/imports/index.ts';
import type { Gone } from './features/imports/removal-queries.ts';
import { csvOf, type Desk, importDesk, leg, orgOf, uuidOf } from './features/imports/test-support.ts';
import { contractBook } from './features/subscription-analytics/contract-book.ts';
import { heldNow } from './features/subscription-analytics/held-today.ts';
import { keepsSubscriptionsReady } from './features/subscription-analytics/index.ts';
import { keptStates } from './features/subscription-analytics/kept-states.ts';
import {
  findLineStates,
  findUseByWeek,
  lineKey,
  type LineStates,
} from './features/subscription-analytics/license-state-queries.ts';
import { sparklineWeeks } from './features/subscription-analytics/license-import-queries.ts';
import { linesOfDay } from './features/subscription-analytics/lines-of-day.ts';
import { pageOfLines, sortLines } from './features/subscription-analytics/row-order.ts';
import { type RegionLines, regionLines } from './features/subscription-analytics/region-lines.ts';
import { findHeld, heldParts } from './features/subscription-analytics/trend-queries.ts';
import { weeklyUse } from './features/subscription-analytics/use-over-time.ts';
import { snapshotColumns } from './testing/report-records.ts';

const slowly = { timeout: 240_000 };
const customers = ['a', 'b', 'c'];
const firstDay = '2026-12-01';
const plus = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const figure = fc.constantFrom('', '0', '3', '10', '12');
const someRow = fc.record({
  customer: fc.constantFrom(...customers),
  subscription: fc.constantFrom('1', '2'),
  product: fc.constantFrom('Webex Calling', 'Webex Meetings Suite', 'Webex Meetings', 'Webinars', 'Unheard of'),
  site: fc.constantFrom('', '', '', 'one.example.com'),
  ago: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 15 }), fc.constantFrom(6, 7, 13, 14, 60, -1)),
  figures: fc.tuple(fc.constantFrom('10', '25'), figure, figure, figure),
});
type Row = typeof someRow extends fc.Arbitrary<infer One> ? One : never;
type Step =
  | { kind: 'rows'; rows: Row[] }
  | { kind: 'undo'; at: number }
  | { kind: 'legs'; customer: string; user: string; ago: number }
  | { kind: 'ordered'; customer: string; ordered: number }
  | { kind: 'removal' }
  | { kind: 'days'; count: number }
  | { kind: 'gone'; customer: string }
  | { kind: 'kept'; ago: number }
  | { kind: 'rename'; customer: string; name: string };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constant('rows' as const),
      rows: fc.array(someRow, { minLength: 1, maxLength: 8 }),
    }),
    weight: 8,
  },
  { arbitrary: fc.record({ kind: fc.constant('undo' as const), at: fc.nat({ max: 5 }) }), weight: 1 },
  {
    arbitrary: fc.record({
      kind: fc.constant('legs' as const),
      customer: fc.constantFrom(...customers),
      user: fc.constantFrom('u', 'v'),
      ago: fc.nat({ max: 14 }),
    }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('ordered' as const),
      customer: fc.constantFrom(...customers),
      ordered: fc.constantFrom(1, 30),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: fc.constant('removal' as const) }), weight: 1 },
  {
    arbitrary: fc.record({ kind: fc.constant('days' as const), count: fc.constantFrom(1, 1, 1, 2, 6, 7, 15) }),
    weight: 4,
  },
  {
    arbitrary: fc.record({ kind: fc.constant('gone' as const), customer: fc.constantFrom(...customers) }),
    weight: 1,
  },
  { arbitrary: fc.record({ kind: fc.constant('kept' as const), ago: fc.constantFrom(3, 12, 13, 14, 30) }), weight: 1 },
  {
    arbitrary: fc.record({
      kind: fc.constant('rename' as const),
      customer: fc.constantFrom(...customers),
      name: fc.constantFrom('Zeta', 'Alpha'),
    }),
    weight: 1,
  },
);

const csv = (rows: readonly Row[], today = firstDay): string => {
  const byKey = new Map(
    rows.map((row) => [[row.customer, row.subscription, row.product, row.site, row.ago].join(), row] as const),
  );
  return csvOf(
    [...byKey.values()].map(({ customer, subscription, product, site, ago, figures }) => ({
      Date: plus(today, -ago),
      'Org UUID': orgOf(customer),
      'Subscription ID': `Sub-${customer}-${subscription}`,
      Product: product,
      'Site URL': site,
      Ordered: figures[0],
      Assigned: figures[1],
      'Used 7d': figures[2],
      'Used 90d': figures[3],
    })),
    { columns: snapshotColumns },
  );
};

async function sell(desk: Desk): Promise<void> {
  const { partnerId, hub } = desk;
  for (const name of customers) {
    const [customer] = await hub.asOwner<{ id: string }>(
      'select id from customer where partner_id = $1 and org_uuid = $2',
      [partnerId, orgOf(name)],
    );
    for (const number of ['1', '2']) {
      const id = uuidOf(`${partnerId} ${name} ${number}`);
      await hub.asOwner(
        `insert into subscription (id, partner_id, customer_id, reference, starts_on, ends_on, term_months, auto_renews, payment_state, payment_since,
           setup_state, setup_since, created_at) values ($1, $2, $3, $4, '2026-10-01', '2027-02-01', 12, $5, 'current', '2026-10-01', 'provisioned', '2026-10-01', now())`,
        [id, partnerId, customer?.id, `Sub-${name}-${number}`, number === '1'],
      );
      for (const product of ['calling', 'meetings', 'webinars'].slice(Number(number) - 1))
        await hub.asOwner(
          'insert into license_line (partner_id, customer_id, subscription_id, product, ordered) values ($1, $2, $3, $4, 20)',
          [partnerId, customer?.id, id, product],
        );
    }
  }
}

async function take(desk: Desk, one: Step, imports: { id: string }[], at: number): Promise<void> {
  const { partnerId, hub } = desk;
  const today = hub.clock.now().toISOString().slice(0, 10);
  if (one.kind === 'rows') imports.push(await desk.import(csv(one.rows, today), `licenses ${at}.csv`));
  else if (one.kind === 'days') await goOn(desk, one.count);
  else if (one.kind === 'gone') await lose(desk, 'org_uuid = {org:UUID}', { orgUuid: orgOf(one.customer) });
  else if (one.kind === 'kept')
    await lose(desk, 'period_to < {before:Date}', { licensesBefore: plus(today, -one.ago) });
  else if (one.kind === 'removal') await inTenant(desk.ctx(), (tx) => noteRemoval(tx, { partnerId, region: 'eu' }, {}));
  else if (one.kind === 'rename')
    await hub.asOwner('update customer set name = $3 where partner_id = $1 and org_uuid = $2', [
      partnerId,
      orgOf(one.customer),
      one.name,
    ]);
  else if (one.kind === 'ordered')
    await hub.asOwner('update license_line set ordered = $3 where partner_id = $1 and subscription_id = $2', [
      partnerId,
      uuidOf(`${partnerId} ${one.customer} 1`),
      one.ordered,
    ]);
  else if (one.kind === 'legs')
    await desk.import(
      csvOf([
        leg(`${partnerId} ${at}`, {
          'Org UUID': orgOf(one.customer),
          'User UUID': uuidOf(`${one.customer} ${one.user}`),
          'Start time': `${plus(today, -one.ago)}T09:00:00.000Z`,
        }),
      ]),
    );
  else if (one.kind === 'undo') {
    const [batch] = imports.splice(one.at % Math.max(1, imports.length), 1);
    if (batch) await desk.admin.call(undoImport, { params: { importId: batch.id } }).catch(() => undefined);
    await desk.drain();
  }
}

/** Whoever is signed in stays so. */
async function goOn({ hub, partnerId }: Desk, days: number): Promise<void> {
  hub.clock.advance(days * 86_400_000);
  await hub.asOwner(
    `update session set last_used_at = $2::timestamptz, expires_at = $2::timestamptz + interval '1 day' where partner_id = $1`,
    [partnerId, hub.clock.now()],
  );
}

/** Rows of snapshots go beside the imports. */
async function lose(desk: Desk, which: string, gone: Gone): Promise<void> {
  const { hub, partnerId } = desk;
  const store = hub.installation.stores.get('eu');
  await store?.run(`DELETE FROM @region.license_snapshot WHERE partner_id = {partner:UUID} AND ${which}`, {
    parameters: { partner: partnerId, org: gone.orgUuid ?? orgOf(''), before: gone.licensesBefore ?? firstDay },
  });
  await inTenant(desk.ctx(), (tx) => noteRemoval(tx, { partnerId, region: 'eu' }, gone));
}

const inOrder = (states: LineStates) =>
  [...states]
    .map(
      ([org, own]) =>
        [
          org,
          own.toSorted((a, b) => (`${a.product} ${a.subscription}` < `${b.product} ${b.subscription}` ? -1 : 1)),
        ] as const,
    )
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

/** What is kept in memory is what is told anew. */
async function expectKept(desk: Desk): Promise<void> {
  const ctx = desk.ctx();
  const answer: RegionLines = await regionLines(ctx, 'eu', undefined);
  const { question } = answer;
  const states = await keptStates(ctx, question, question.imports);
  const fresh = await findLineStates(question);
  expect(inOrder(states)).toEqual(inOrder(fresh));
  const anew = await linesOfDay(ctx, question, { book: await contractBook(ctx, 'eu', answer.day), states: fresh });
  const byKey = (lines: RegionLines['lines']) => lines.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  expect(byKey(answer.lines)).toEqual(byKey(anew.lines));
  expect(answer.contracts.length).toBe(anew.contracts.length);
  await expectLastPoint(ctx, answer, fresh);
  await expectWeeks(ctx, answer);
}

type Ctx = ReturnType<Desk['ctx']>;

async function expectLastPoint(ctx: Ctx, { question, day }: RegionLines, states: LineStates): Promise<void> {
  const asked = await findHeld({ ...question, ends: [day] }, []);
  for (const product of ['calling', 'meetings', 'webinars'] as const) {
    const row = asked.find(({ code }) => code === product);
    const held = await heldNow(question, { states, others: [], product, now: ctx.clock.now() });
    expect(held && heldParts.map((part) => held[part])).toEqual(row && heldParts.map((part) => row[part]));
  }
}

async function expectWeeks(ctx: Ctx, { question, lines }: RegionLines): Promise<void> {
  const told = await weeklyUse(ctx, question, lines);
  const asked = await findUseByWeek(question, { weeks: sparklineWeeks, orgs: customers.map(orgOf) });
  for (const line of lines) {
    if (line.usedFrom === 'call_legs') continue;
    const { customer, reference } = line.contract;
    const empty = new Array<null>(sparklineWeeks).fill(null);
    expect(told.get(line.key)).toEqual(asked.get(lineKey(customer.orgUuid ?? '', reference, line.product)) ?? empty);
  }
}

const ofOneLine = (ago: number, assigned: '0' | '3' | '10'): Step => ({
  kind: 'rows',
  rows: [
    {
      customer: 'a',
      subscription: '1',
      product: 'Webex Calling',
      site: '',
      ago,
      figures: ['10', assigned, assigned, ''],
    },
  ],
});
/** The newest day of each week tells, whichever comes last; a day that comes again is corrected. */
const daysInAnyOrder = [
  ofOneLine(1, '3'),
  ofOneLine(4, '10'),
  ofOneLine(8, '3'),
  ofOneLine(12, '10'),
  ofOneLine(0, '0'),
  ofOneLine(0, '10'),
  ofOneLine(7, '0'),
];
/** Days go on under what is kept: a snapshot becomes one of the week before, and then of none. */
const dayByDay: Step[] = Array.from({ length: 15 }, (_, at): Step[] => [
  { kind: 'days', count: 1 },
  ...(at % 2 === 0 ? [ofOneLine(0, at % 4 === 0 ? '3' : '10')] : []),
]).flat();
const rowsOfBoth = (ago: number): Step => ({
  kind: 'rows',
  rows: ['a', 'b'].map((customer, at) => ({
    customer,
    subscription: '1' as const,
    product: 'Webex Calling' as const,
    site: '' as const,
    ago,
    figures: ['10', at === 0 ? '3' : '10', '3', ''],
  })),
});
/** Snapshots of days to come count when these come, and what goes is told of nobody any more. */
const comingAndGoing: Step[] = [
  rowsOfBoth(-1),
  rowsOfBoth(8),
  { kind: 'days', count: 1 },
  { kind: 'undo', at: 0 },
  rowsOfBoth(0),
  { kind: 'kept', ago: 3 },
  { kind: 'gone', customer: 'a' },
  { kind: 'kept', ago: 14 },
  { kind: 'days', count: 6 },
];

test(
  'whatever comes, goes or changes in any order, what is kept in memory is what would be told anew',
  slowly,
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 7 }), async (steps) => {
        const desk = await importDesk({ orgs: customers });
        await sell(desk);
        const imports: { id: string }[] = [];
        await expectKept(desk);
        for (const [at, one] of steps.entries()) {
          await take(desk, one, imports, at);
          await expectKept(desk);
        }
        desk.hub.clock.set(`${firstDay}T10:00:00.000Z`);
        await desk.hub.asOwner('delete from session where partner_id = $1', [desk.partnerId]);
      }),
      { numRuns: 8, examples: [[daysInAnyOrder], [dayByDay], [comingAndGoing]] },
    );
  },
);

test('one page after the other has every line once, in the order of all of them', slowly, async () => {
  const desk = await importDesk({ orgs: customers });
  await sell(desk);
  await fc.assert(
    fc.asyncProperty(
      fc.array(someRow, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('none', 'customer', 'kind', 'band', 'end'),
      fc.constantFrom('assignedShare', 'customer', 'used', 'peerMedian', 'daysUntilExpiration'),
      fc.constantFrom('asc', 'desc'),
      async (rows, limit, group, sort, order) => {
        await desk.import(csv(rows), 'licenses.csv');
        const { lines, rule } = await regionLines(desk.ctx(), 'eu', undefined);
        const ordering = { section: 'expiring', group, sort, order, rule, months: undefined } as const;
        const shown: string[] = [];
        for (let after: string | undefined; ; ) {
          const { page, next } = pageOfLines(lines, ordering, { after, limit });
          shown.push(...page.map(({ key }) => key));
          if (next === null) break;
          after = next;
        }
        expect(shown).toEqual(sortLines(lines, ordering).map(({ key }) => key));
      },
    ),
    { numRuns: 15 },
  );
});

test('who sees some customers only is told of these, whatever others were told before', slowly, async () => {
  const desk = await importDesk({ orgs: customers });
  await sell(desk);
  const row = (customer: string): Row => ({
    customer,
    subscription: '1',
    product: 'Webex Calling',
    site: '',
    ago: 0,
    figures: ['10', '3', '3', '3'],
  });
  await desk.import(csv(customers.map(row)), 'first.csv');
  const { client: seller } = await desk.hub.person(desk.partnerId, 'partner_admin');
  const rowsOf = async (who: Pick<Desk['admin'], 'call'>): Promise<number> => {
    const query = { region: 'eu', product: 'calling' } as const;
    await who.call(getSubscriptionAnalytics, { query });
    return (await who.call(listSubscriptionRows, { query: { ...query, section: 'recently_added' } })).sums.rows;
  };
  expect([await rowsOf(desk.admin), await rowsOf(seller)]).toEqual([3, 0]);
  await desk.import(csv([{ ...row('a'), figures: ['10', '12', '3', '3'] }]), 'second.csv');
  expect([await rowsOf(seller), await rowsOf(desk.admin)]).toEqual([0, 3]);
});

test('of whom somebody is signed in, today is told as soon as snapshots came: whoever asks then asks the region nothing of it', async () => {
  const desk = await importDesk({ orgs: customers });
  await sell(desk);
  const store = desk.hub.installation.stores.get('eu');
  if (!store) throw new Error('There is no store.');
  const asked = vi.spyOn(store, 'ask');
  const states = (): number => asked.mock.calls.filter(([text]) => text.includes('AS days_before')).length;
  const row = { customer: 'a', subscription: '1', product: 'Webex Calling', site: '', ago: 0 } as const;
  await desk.import(csv([{ ...row, figures: ['10', '3', '3', '3'] }]), 'first.csv');
  await keepsSubscriptionsReady(desk.hub.installation)('eu', () => false);
  expect(states()).toBe(1);
  const query = { region: 'eu', product: 'calling' } as const;
  const { lines } = await desk.admin.call(getSubscriptionAnalytics, { query });
  expect([lines.withoutSnapshot, states()]).toEqual([lines.all - 1, 1]);
});

test('a day later, after an import was undone and after rows of a customer or of old days went, few are told anew', async () => {
  const desk = await importDesk({ orgs: customers });
  const { partnerId, hub } = desk;
  await sell(desk);
  const store = hub.installation.stores.get('eu');
  if (!store) throw new Error('There is no store.');
  const row = (customer: string, assigned: '3' | '10' | '12', ago: number): Row => ({
    customer,
    subscription: '1',
    product: 'Webex Calling',
    site: '',
    ago,
    figures: ['10', assigned, '3', '3'],
  });
  await desk.import(csv([...customers.map((name) => row(name, '3', 0)), row('b', '10', 6)]), 'all.csv');
  const one = await desk.import(csv([row('a', '12', 0)]), 'one.csv');
  const asked = vi.spyOn(store, 'ask');
  /** How many questions there were of everybody's states, and of some organizations'. */
  const told = async (): Promise<[all: number, few: number]> => {
    asked.mockClear();
    await regionLines(desk.ctx(), 'eu', undefined);
    const states = asked.mock.calls.map(([text]) => text).filter((text) => text.includes('AS days_before'));
    const few = states.filter((text) => text.includes('IN {orgs:Array(UUID)}'));
    return [states.length - few.length, few.length];
  };
  const noted = (gone: Gone): Promise<void> =>
    inTenant(desk.ctx(), (tx) => noteRemoval(tx, { partnerId, region: 'eu' }, gone));
  expect(await told()).toEqual([1, 0]);
  await desk.admin.call(undoImport, { params: { importId: one.id } });
  expect(await told()).toEqual([0, 1]);
  await expectKept(desk);
  await noted({ orgUuid: orgOf('a') });
  expect(await told()).toEqual([0, 1]);
  await noted({ licensesBefore: plus(firstDay, -13) });
  expect(await told()).toEqual([0, 0]);
  await goOn(desk, 1);
  expect(await told()).toEqual([0, 0]);
  await expectKept(desk);
  await noted({ licensesBefore: plus(firstDay, -11) });
  expect(await told()).toEqual([1, 0]);
  await noted({});
  expect(await told()).toEqual([1, 0]);
  hub.clock.set(`${firstDay}T10:00:00.000Z`);
});
