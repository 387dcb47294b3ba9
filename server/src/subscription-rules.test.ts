import type { GivenOf } from '@hub/contract/endpoint';
import { assignCustomers } from '@hub/contract/administrators';
import { getCustomer, listCustomers } from '@hub/contract/customers';
import { undoImport } from '@hub/contract/imports';
import { changeLowAssignmentRule, defaultLowAssignmentRule, getLowAssignmentRule } from '@hub/contract/low-assignment';
import {
  exportSubscriptionRows,
  getLicenseTrend,
  getSubscriptionAnalytics,
  listCountedCustomers,
  listSubscriptionRows,
  listTrendMoves,
  previewLowAssignment,
} from '@hub/contract/subscription-analytics';
import { changeSubscription, createSubscription, listSubscriptions } from '@hub/contract/subscriptions';
import { expect, test } from 'vitest';
import { csvOf, type Desk, type Fields, importDesk, leg, orgOf } from './features/imports/test-support.ts';
import { recordNights, storeLicenseDays } from './features/subscription-analytics/index.ts';

const slowly = { timeout: 120_000 };
const today = '2026-12-01';
const plus = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

type Terms = GivenOf<typeof createSubscription>['body'];

async function sell(desk: Desk, customer: string, reference: string, over: Partial<Terms> = {}): Promise<void> {
  const { items } = await desk.admin.call(listCustomers, { query: {} });
  const customerId = items.find(({ orgUuid }) => orgUuid === orgOf(customer))?.id ?? '';
  await desk.admin.call(createSubscription, {
    params: { customerId },
    body: {
      reference,
      startsOn: '2026-01-01',
      endsOn: plus(today, 400),
      termMonths: 12,
      autoRenews: false,
      paymentState: 'current',
      setupState: 'provisioned',
      setupNote: null,
      lines: [{ product: 'meetings', ordered: 100, assigned: null }],
      ...over,
    },
  });
}

const snapshot = (customer: string, reference: string, over: Fields = {}): Fields => ({
  Date: today,
  'Org UUID': orgOf(customer),
  'Subscription ID': reference,
  Product: 'Webex Meetings',
  Ordered: '100',
  Assigned: '40',
  'Used 7d': '20',
  'Used 90d': '30',
  ...over,
});
const licenses = (rows: Fields[]): string => csvOf(rows, { columns: Object.keys(rows[0] ?? {}) });

type Page = GivenOf<typeof getSubscriptionAnalytics>['query'];
async function cards(desk: Desk, over: Partial<Page> = {}): Promise<Record<string, number | null>> {
  const page = await desk.admin.call(getSubscriptionAnalytics, { query: { region: 'eu', ...over } });
  return Object.fromEntries(
    [...page.header, ...Object.values(page.sections).flat()].map(({ key, value }) => [key, value]),
  );
}
type Rows = GivenOf<typeof listSubscriptionRows>['query'];
const rowsOf = async (desk: Desk, over: Partial<Rows> & Pick<Rows, 'section'>) =>
  (await desk.admin.call(listSubscriptionRows, { query: { region: 'eu', ...over } })).rows;

test(
  'auto-renew switched off yesterday: what renewed expires from now on, and the night before still says renewal',
  slowly,
  async () => {
    const desk = await importDesk({ orgs: ['known'] });
    await desk.hub.asOwner(`update partner set time_zone = 'Asia/Tokyo' where id = $1`, [desk.partnerId]);
    await sell(desk, 'known', 'Sub-1', { endsOn: plus(today, 90), autoRenews: true });
    await recordNights(desk.ctx(), 'eu');
    expect(await cards(desk)).toMatchObject({ nearingExpiration: 0, nearingRenewal: 1, renewingCustomers: 1 });
    desk.hub.clock.advance(6 * 3_600_000); // the next day in Tokyo
    const { items } = await desk.admin.call(listCustomers, { query: {} });
    const customerId = items.find(({ orgUuid }) => orgUuid === orgOf('known'))?.id ?? '';
    const listed = await desk.admin.call(listSubscriptions, { params: { customerId } });
    const [sold] = listed.items;
    if (!sold) throw new Error('Nothing was sold.');
    const { id, customerId: _of, tags: _tags, ...terms } = sold;
    await recordNights(desk.ctx(), 'eu');
    await desk.admin.call(changeSubscription, {
      params: { subscriptionId: id },
      body: { ...terms, autoRenews: false },
    });
    // A late snapshot of that day: what it tells is told anew, and the contract stays as it was that night.
    await desk.import(licenses([snapshot('known', 'Sub-1', { Assigned: '120' })]), 'late.csv');
    await recordNights(desk.ctx(), 'eu');
    expect(await cards(desk)).toMatchObject({ nearingExpiration: 1, nearingRenewal: 0, expiringCustomers: 1 });
    const page = await desk.admin.call(getSubscriptionAnalytics, { query: { region: 'eu' } });
    const nightOf = (key: string) =>
      page.header.find((card) => card.key === key)?.history.find(({ day }) => day === today);
    expect(nightOf('nearingRenewal')).toEqual({ day: today, value: 1, isBackfilled: false });
    expect(nightOf('overLicenseLimit')).toEqual({ day: today, value: 1, isBackfilled: false });
  },
);

test(
  'a trial that was converted inside the window counts its customer once, and the ended trial is no row',
  slowly,
  async () => {
    const desk = await importDesk({ orgs: ['known'] });
    await sell(desk, 'known', 'Sub-1', { startsOn: plus(today, -50) });
    const { items } = await desk.admin.call(listCustomers, { query: {} });
    await desk.hub.asOwner(
      `insert into trial (id, partner_id, customer_id, reference, starts_on, ends_on, created_at) values (gen_random_uuid(), $1, $2, 'Trial-1', $3, $4, now())`,
      [desk.partnerId, items.find(({ orgUuid }) => orgUuid === orgOf('known'))?.id, plus(today, -80), plus(today, -51)],
    );
    expect(await cards(desk)).toMatchObject({ newCustomers: 1, newLicenses: 100 });
    expect((await rowsOf(desk, { section: 'recently_added' })).map(({ reference }) => reference)).toEqual(['Sub-1']);
  },
);

test('the window holds both of its ends, in the days of the partner’s zone', slowly, async () => {
  const desk = await importDesk({ orgs: ['known'] });
  for (const [at, days] of [-1, 0, 90, 91].entries())
    await sell(desk, 'known', `Sub-${at}`, { endsOn: plus(today, days) });
  const references = async (): Promise<string[]> =>
    (await rowsOf(desk, { section: 'expiring' })).map(({ reference, daysUntilEnd }) => `${reference} ${daysUntilEnd}`);
  expect(await references()).toEqual(['Sub-1 0', 'Sub-2 90']);
  // It is 10:00 in UTC, and the next day already on Kiritimati.
  await desk.hub.asOwner(`update partner set time_zone = 'Pacific/Kiritimati' where id = $1`, [desk.partnerId]);
  expect(await references()).toEqual(['Sub-2 89', 'Sub-3 90']);
});

test('unknown is empty, never 0: without a snapshot, without use, with zero licenses', slowly, async () => {
  const desk = await importDesk({ orgs: ['known'] });
  const line = { product: 'meetings', ordered: 7, assigned: 5 } as const;
  await sell(desk, 'known', 'Sub-1', { endsOn: plus(today, 10), lines: [line] });
  expect(await cards(desk)).toMatchObject({
    lowLicenseAssignment: null,
    overLicenseLimit: null,
    expiringCustomers: 1,
    expiringAssignment: null,
    expiringUsage: null,
    overLicenses: null,
  });
  const [silent] = await rowsOf(desk, { section: 'expiring' });
  expect(silent).toMatchObject({ total: 7, isTotalFromSnapshot: false, assigned: null, used: null, available: null });
  await desk.import(
    licenses([snapshot('known', 'Sub-1', { Ordered: '0', Assigned: '3', 'Used 7d': '', 'Used 90d': '' })]),
    'a.csv',
  );
  const [told] = await rowsOf(desk, { section: 'expiring' });
  expect(told).toMatchObject({
    total: 0,
    isTotalFromSnapshot: true,
    assigned: 3,
    used: null,
    available: 0,
    over: 3,
    assignedShare: null,
    peers: null,
    lastThreeMonthsUsage: null,
  });
  expect(await cards(desk)).toMatchObject({
    overLicenseLimit: 1,
    overLicenses: 3,
    overAverage: 3,
    expiringAssignment: null,
  });
});

test(
  'a late snapshot changes the day that it tells of and those that it stands for; undoing its import takes that back',
  slowly,
  async () => {
    const desk = await importDesk({ orgs: ['known', 'other'] });
    await sell(desk, 'known', 'Sub-1');
    await desk.import(licenses([snapshot('known', 'Sub-1')]), 'today.csv');
    const trend = async () => {
      const { points } = await desk.admin.call(getLicenseTrend, { query: { region: 'eu', bucket: 'day', weeks: '8' } });
      const asked = points.slice(-10).map(({ assigned }) => assigned);
      // What is stored of the days says the same.
      await storeLicenseDays(desk.ctx(), 'eu');
      const again = await desk.admin.call(getLicenseTrend, { query: { region: 'eu', bucket: 'day', weeks: '8' } });
      expect(again.points).toEqual(points);
      return asked;
    };
    const gap = new Array<null>(9).fill(null);
    expect(await trend()).toEqual([...gap, 40]);
    const late = await desk.import(
      licenses([snapshot('known', 'Sub-1', { Date: plus(today, -8), Assigned: '10' })]),
      'late.csv',
    );
    // Eight days ago and the six after it; then nothing is known for a day.
    expect(await trend()).toEqual([null, 10, 10, 10, 10, 10, 10, 10, null, 40]);
    const moved = await desk.admin.call(listTrendMoves, {
      query: { region: 'eu', bucket: 'day', from: plus(today, -8) },
    });
    expect(moved).toMatchObject({
      count: 1,
      items: [{ before: { assigned: null }, after: { assigned: 10 }, change: { assigned: null } }],
    });
    await desk.admin.call(undoImport, { params: { importId: late.id } });
    expect(await trend()).toEqual([...gap, 40]);
  },
);

test('use of Calling is counted from call legs where the feed has none, and marked so', slowly, async () => {
  const desk = await importDesk({ orgs: ['known'] });
  const calling = (Assigned: string, over: Fields = {}): Fields =>
    snapshot('known', 'Sub-1', {
      Product: 'Webex Calling Professional',
      Assigned,
      'Used 7d': '',
      'Used 90d': '',
      ...over,
    });
  await sell(desk, 'known', 'Sub-1', {
    endsOn: plus(today, 5),
    lines: [{ product: 'calling', ordered: 100, assigned: null }],
  });
  await desk.import(licenses([calling('40')]), 'a.csv');
  const row = async () => (await rowsOf(desk, { section: 'expiring', product: 'calling' }))[0];
  expect(await row()).toMatchObject({ used: null, usedFrom: null });
  const at = (days: number, user: string): Fields =>
    leg(`${days} ${user}`, { 'Start time': `${plus(today, -days)}T23:59:59.000Z`, 'User UUID': orgOf(user) });
  await desk.import(csvOf([at(6, 'a'), at(6, 'b'), at(7, 'c'), at(89, 'd'), at(90, 'e')]));
  expect(await row()).toMatchObject({
    used: 2,
    usedFrom: 'call_legs',
    weeklyUsageChange: 1,
    lastThreeMonthsUsage: 4,
    lastThreeMonthsFrom: 'call_legs',
  });
});

test(
  'low assignment: the lowest quarter of eight peers and below 60 %, ties in; the rule is the partner’s to tune, after a look at whom it flags',
  slowly,
  async () => {
    const names = Array.from({ length: 9 }, (_, at) => `c${at}`);
    const desk = await importDesk({ orgs: names });
    for (const name of names) await sell(desk, name, `Sub-${name}`);
    const assigned = [30, 30, 30, 70, 80, 90, 90, 90, 90];
    await desk.import(
      licenses(names.map((name, at) => snapshot(name, `Sub-${name}`, { Assigned: String(assigned[at]) }))),
      'a.csv',
    );
    const low = await rowsOf(desk, { section: 'low_assignment' });
    expect(low.map(({ reference }) => reference).sort()).toEqual(['Sub-c0', 'Sub-c1', 'Sub-c2']);
    expect(low[0]?.peers).toEqual({ from: 100, to: 499, count: 8, median: 80, limit: 30, by: 'peers', isLow: true });
    expect(await cards(desk)).toMatchObject({
      lowCustomers: 3,
      lowAssignment: 30,
      lowUnassigned: 210,
      lowLicenseAssignment: 3,
    });

    const rule = { ...defaultLowAssignmentRule, minimumPeers: 9, fallbackBelowPercent: 75 };
    const { sizeBands, ...asked } = rule;
    const preview = await desk.readOnly.call(previewLowAssignment, {
      query: { region: 'eu', ...asked, sizeBands: sizeBands.join(',') },
    });
    expect({ now: preview.now, proposed: preview.proposed }).toEqual({
      now: { lines: 3, customers: 3 },
      proposed: { lines: 4, customers: 4 },
    });
    expect(preview.rows.map(({ reference, change }) => `${reference} ${change}`)[0]).toBe('Sub-c3 comes');
    await expect(desk.readOnly.call(changeLowAssignmentRule, { body: rule })).rejects.toMatchObject({
      problem: { code: 'permission_denied' },
    });
    await desk.admin.call(changeLowAssignmentRule, { body: rule });
    await desk.admin.call(changeLowAssignmentRule, { body: rule });
    expect(await desk.readOnly.call(getLowAssignmentRule, {})).toEqual(rule);
    expect(
      (await desk.hub.auditOf(desk.partnerId)).filter(({ action }) => action.includes('change_rule')),
    ).toHaveLength(1);
    expect(await cards(desk)).toMatchObject({ lowCustomers: 4 });
  },
);

test(
  'customers held as an external administrator, and what others of the partner are assigned, are in no number',
  slowly,
  async () => {
    const desk = await importDesk({ orgs: ['mine', 'external', 'hers'] });
    for (const name of ['mine', 'external', 'hers']) await sell(desk, name, `Sub-${name}`);
    await desk.import(licenses(['mine', 'external', 'hers'].map((name) => snapshot(name, `Sub-${name}`))), 'a.csv');
    await desk.hub.asOwner(`update customer set kind = 'external' where partner_id = $1 and org_uuid = $2`, [
      desk.partnerId,
      orgOf('external'),
    ]);
    const ordered = async (as: Desk['admin']): Promise<unknown> => {
      const page = await as.call(getSubscriptionAnalytics, { query: { region: 'eu' } });
      const { points } = await as.call(getLicenseTrend, { query: { region: 'eu', weeks: '8' } });
      return [page.header[0]?.value, points.at(-1)?.ordered, page.header[0]?.history.length];
    };
    await recordNights(desk.ctx(), 'eu');
    expect(await ordered(desk.admin)).toEqual([2, 200, 92]);
    const { client, personId } = await desk.hub.person(desk.partnerId, 'partner_admin');
    expect(await ordered(client)).toEqual([0, null, 0]);
    const { items } = await desk.admin.call(listCustomers, { query: {} });
    const mine = items.find(({ orgUuid }) => orgUuid === orgOf('mine'))?.id ?? '';
    await desk.admin.call(assignCustomers, { params: { personId }, body: { add: [mine], remove: [] } });
    expect(await ordered(client)).toEqual([1, 100, 0]);
    const { client: helper } = await desk.hub.person(desk.partnerId, 'help_desk_advanced');
    await expect(helper.call(getSubscriptionAnalytics, { query: { region: 'eu' } })).rejects.toMatchObject({
      problem: { code: 'permission_denied' },
    });
    await expect(client.call(getCustomer, { params: { customerId: mine } })).resolves.toMatchObject({ id: mine });
  },
);

test(
  'tables are sorted, filtered, grouped and paged; a card leads to its customers, and the CSV has every row',
  slowly,
  async () => {
    const desk = await importDesk({ orgs: ['a', 'b'] });
    for (const [at, customer] of ['a', 'b', 'a', 'b', 'a'].entries())
      await sell(desk, customer, `Sub-${at}`, {
        endsOn: plus(today, 10 + at),
        lines: [
          { product: 'meetings', ordered: 10 * (at + 1), assigned: null },
          { product: 'call_on_webex', ordered: 5, assigned: null },
        ],
      });
    await desk.import(
      licenses(
        [0, 1, 2].map((at) =>
          snapshot(at === 1 ? 'b' : 'a', `Sub-${at}`, { Ordered: String(10 * (at + 1)), Assigned: '10' }),
        ),
      ),
      'a.csv',
    );
    const ask = (over: Partial<Rows>) =>
      desk.admin.call(listSubscriptionRows, { query: { region: 'eu', section: 'expiring', ...over } });
    const paged: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await ask({ sort: 'available', order: 'desc', limit: '2', after });
      paged.push(...page.rows.map(({ reference }) => reference));
      if (page.next === null) break;
      after = page.next;
    }
    // Rows that know no assignment come last.
    expect(paged.slice(0, 3)).toEqual(['Sub-2', 'Sub-1', 'Sub-0']);
    expect(paged.slice(3).sort()).toEqual(['Sub-3', 'Sub-4']);
    const { next } = await ask({ limit: '2' });
    await expect(ask({ sort: 'total', after: next ?? '' })).rejects.toMatchObject({
      problem: { code: 'cursor_invalid' },
    });
    const grouped = await ask({ group: 'customer', limit: '4' });
    expect(grouped.groups.map(({ sums }) => sums).sort((a, b) => b.rows - a.rows)).toMatchObject([
      { rows: 3, customers: 1, total: 90, assigned: 20, assignedShare: 50, used: 40 },
      { rows: 2, customers: 1, total: 60, assigned: 10, assignedShare: 50, used: 20 },
    ]);
    expect((await ask({ q: 'sub-3' })).sums).toMatchObject({ rows: 1, assigned: null, assignedShare: null });
    expect((await ask({ kind: 'trial' })).rows).toEqual([]);
    expect((await ask({ filter: 'product:calling' })).rows).toEqual([]);
    const behind = await desk.admin.call(listCountedCustomers, {
      query: { region: 'eu', kpi: 'nearingExpiration', limit: '1' },
    });
    expect({ count: behind.count, shown: behind.items.length }).toEqual({ count: 2, shown: 1 });
    expect(behind.items[0]?.lines[0]).toMatchObject({ product: null, autoRenews: false });
    const { text } = await desk.admin.raw({
      method: 'GET',
      url: '/api/subscription-analytics/export.csv?region=eu&section=expiring&product=call_on_webex',
    });
    const [head, ...lines] = text.trim().split('\r\n');
    expect(head).toBe(
      'Customer,Subscription ID,Kind,Product,Expires on,Days until expiration,Total licenses,Used licenses,Use counted from,Assigned licenses,Available licenses,Snapshot,Last 3 months usage',
    );
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain(',Sub-0,subscription,Call on Webex,2026-12-11,10,5,,,,,,');
    expect(exportSubscriptionRows.path).toBe('/api/subscription-analytics/export.csv');
  },
);

test('all regions are added up before anything is divided', slowly, async () => {
  const desk = await importDesk({ orgs: ['known'] });
  await sell(desk, 'known', 'Sub-1', { endsOn: plus(today, 5) });
  await desk.import(licenses([snapshot('known', 'Sub-1', { Assigned: '100' })]), 'eu.csv');
  const us = await importDesk({ orgs: [], region: 'us', hub: desk.hub });
  void us;
  const all = await desk.admin.call(getSubscriptionAnalytics, { query: {} });
  expect(all.regions.every(({ hasAnswered }) => hasAnswered)).toBe(true);
  expect(all.regions.length).toBeGreaterThan(1);
  expect(all.header[0]?.value).toBe(1);
  const trend = await desk.admin.call(getLicenseTrend, { query: { weeks: '8' } });
  expect(trend.points.at(-1)).toMatchObject({ assigned: 100, assignedShare: 100, lines: 1 });
});
