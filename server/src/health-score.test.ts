import { changeCallingPolicy } from '@hub/contract/calling-policy';
import {
  changeHealthPolicy,
  defaultHealthPolicy,
  getCustomerHealth,
  getHealthPolicy,
  getHealthTotals,
  listHealthScores,
  previewHealthScores,
} from '@hub/contract/health-score';
import type { CustomerId } from '@hub/contract/ids';
import { createToken } from '@hub/contract/tokens';
import { expect, test, vi } from 'vitest';
import { buildApp } from './app.ts';
import type { Ctx } from './features/access/index.ts';
import { csvOf, type Desk, importDesk, orgOf, uuidOf } from './features/imports/test-support.ts';
import { StoreFault } from './platform/regional-store/index.ts';
import { testClient } from './testing/test-client.ts';

/** How many customers each reading of the directory found. */
const readings = vi.hoisted((): number[] => []);
vi.mock(import('./features/health-score/health-facts-queries.ts'), async (original) => {
  const real = await original();
  return {
    ...real,
    findHealthCustomers: async (...asked: Parameters<typeof real.findHealthCustomers>) => {
      const found = await real.findHealthCustomers(...asked);
      readings.push(found.length);
      return found;
    },
  };
});

/** The desk's clock stands at 2026-12-01T10:00Z. */
const today = '2026-12-01';

async function idOf({ hub, partnerId }: Desk, customer: string): Promise<CustomerId> {
  const [found] = await hub.asOwner<{ id: string }>('select id from customer where partner_id = $1 and org_uuid = $2', [
    partnerId,
    orgOf(customer),
  ]);
  return found?.id as CustomerId;
}

async function sell(
  desk: Desk,
  customer: string,
  { payment = 'current', ordered = 100, overdue = 0 }: { payment?: string; ordered?: number; overdue?: number } = {},
): Promise<void> {
  const { hub, partnerId } = desk;
  const customerId = await idOf(desk, customer);
  const id = uuidOf(`${partnerId} ${customer}`);
  await hub.asOwner(
    `insert into subscription (id, partner_id, customer_id, reference, starts_on, ends_on, term_months, auto_renews, payment_state, payment_since,
       setup_state, setup_since, created_at) values ($1, $2, $3, $4, '2025-12-01', '2027-11-30', 12, false, $5, '2025-12-01', 'provisioned', '2025-12-01', now())`,
    [id, partnerId, customerId, `Sub-${customer}`, payment],
  );
  await hub.asOwner(
    'insert into license_line (partner_id, customer_id, subscription_id, product, ordered, assigned) values ($1, $2, $3, $4, $5, 3)',
    [partnerId, customerId, id, 'calling', ordered],
  );
  for (let at = 0; at < overdue; at += 1)
    await hub.asOwner(
      `insert into invoice_line (id, partner_id, customer_id, subscription_id, reference, product, quantity, period_from, period_to, amount, currency,
         state, created_at) values ($1, $2, $3, $4, $5, 'calling', 1, '2026-11-01', '2026-11-30', 1, 'EUR', 'overdue', now())`,
      [uuidOf(`${id} ${at}`), partnerId, customerId, id, `Inv-${at}`],
    );
}

const columns = ['Date', 'Org UUID', 'Subscription ID', 'Product', 'Ordered', 'Assigned', 'Used 7d'];
const snapshot = (customer: string, date: string, assigned: string, used: string) => ({
  Date: date,
  'Org UUID': orgOf(customer),
  'Subscription ID': `Sub-${customer}`,
  Product: 'Webex Calling',
  Ordered: '100',
  Assigned: assigned,
  'Used 7d': used,
});

async function filled(): Promise<Desk> {
  const desk = await importDesk({ orgs: ['well', 'falling', 'bare', 'owing'] });
  await sell(desk, 'well');
  await sell(desk, 'falling');
  await sell(desk, 'owing', { overdue: 2 });
  await desk.import(
    csvOf(
      [
        snapshot('well', '2026-11-30', '90', '90'),
        snapshot('well', '2026-11-02', '90', '80'),
        snapshot('falling', '2026-11-30', '110', '55'),
        snapshot('falling', '2026-11-02', '100', '100'),
        snapshot('falling', '2026-08-31', '100', '50'),
        snapshot('owing', '2026-11-30', '', '10'),
      ],
      { columns },
    ),
    'licenses.csv',
  );
  await desk.hub.asOwner('update customer set has_sign_ins = true, last_sign_in_on = $2 where id = $1', [
    await idOf(desk, 'well'),
    '2026-11-22',
  ]);
  return desk;
}

const healthOf = async (desk: Desk, customer: string) =>
  desk.admin.call(getCustomerHealth, { params: { customerId: await idOf(desk, customer) } });

test('each factor is told of its own facts; what is unknown is in no score, and none known is none', {
  timeout: 240_000,
}, async () => {
  const desk = await filled();
  const factorsOf = async (customer: string) => {
    const { score, known, counted, factors } = await healthOf(desk, customer);
    const points = Object.fromEntries(factors.map(({ factor, points: own }) => [factor, own]));
    return { score, of: [known, counted], ...points };
  };
  expect(await factorsOf('well')).toEqual({
    use: 100,
    trend: 100,
    quality: null,
    overage: 100,
    payment: 100,
    activity: 90,
    score: 99,
    of: [5, 6],
  });
  expect(await factorsOf('falling')).toEqual({
    use: 50,
    trend: 10,
    quality: null,
    overage: 50,
    payment: 100,
    activity: null,
    score: 49,
    of: [4, 6],
  });
  expect(await factorsOf('owing')).toMatchObject({ use: null, trend: null, payment: 60, score: 60, of: [1, 6] });
  expect(await factorsOf('bare')).toMatchObject({ payment: null, score: null, of: [0, 6] });

  const { items, withoutScore, count } = await desk.admin.call(listHealthScores, { query: { region: 'eu' } });
  expect(items.map(({ score }) => score)).toEqual([49, 60, 99, null]);
  expect([count, withoutScore]).toEqual([4, 1]);
  const paged: (number | null)[] = [];
  for (let after: string | undefined; ; ) {
    const page = await desk.admin.call(listHealthScores, {
      query: { region: 'eu', sort: 'score', order: 'desc', limit: 1, after },
    });
    paged.push(...page.items.map(({ score }) => score));
    if (page.next === null) break;
    after = page.next;
  }
  expect(paged).toEqual([99, 60, 49, null]);
});

test('weights are looked at before they are saved, are audited, and every score follows', {
  timeout: 240_000,
}, async () => {
  const desk = await filled();
  const other = await importDesk({ hub: desk.hub });
  const policy = { use: 0, trend: 0, quality: 0, overage: 0, payment: 100, activity: 0, trendWeeks: 13 } as const;
  const preview = await desk.admin.call(previewHealthScores, { query: { region: 'eu', ...policy } });
  const well = await idOf(desk, 'well');
  const owing = await idOf(desk, 'owing');
  expect(preview).toMatchObject({ now: 3, proposed: 3, moved: 3 });
  expect(preview.rows.find(({ customerId }) => customerId === owing)).toMatchObject({ placeBefore: 2, placeAfter: 1 });
  expect(preview.rows.find(({ customerId }) => customerId === well)).toBeDefined();
  expect(await desk.admin.call(getHealthPolicy)).toEqual(defaultHealthPolicy);

  expect(await desk.readOnly.refusal(changeHealthPolicy, { body: policy })).toMatchObject({ status: 403 });
  await desk.admin.call(changeHealthPolicy, { body: policy });
  const audited = await desk.hub.auditOf(desk.partnerId);
  expect(audited.filter(({ action }) => action === 'health_score.change_policy')).toHaveLength(1);
  expect((await healthOf(desk, 'falling')).score).toBe(100);
  expect((await healthOf(desk, 'falling')).counted).toBe(1);
  // 55 now against 50 thirteen weeks before.
  expect((await healthOf(desk, 'falling')).factors.find(({ factor }) => factor === 'trend')?.points).toBe(100);
  expect(await other.admin.call(getHealthPolicy)).toEqual(defaultHealthPolicy);
  const none = { ...policy, payment: 0 };
  expect(await desk.admin.refusal(changeHealthPolicy, { body: none })).toMatchObject({ status: 400 });
});

test('poor legs count by the partner’s policy, and nobody learns of them who may not see calling', {
  timeout: 240_000,
}, async () => {
  const desk = await importDesk({ orgs: ['known'] });
  await sell(desk, 'known');
  // Jitter alone is poor by one policy and not by the other. The week of the clock is not over; the one 5 weeks before is past.
  const rows = Array.from({ length: 40 }, (_, at) => ({
    'Start time': `${at < 20 ? '2026-11-24' : at < 30 ? '2026-11-30' : '2026-10-31'}T09:00:00Z`,
    'Org UUID': orgOf('known'),
    'User UUID': uuidOf('user'),
    'Call ID': `${desk.partnerId} ${at}`,
    Location: 'Sofia',
    Endpoint: 'WXC_CLIENT',
    Device: '',
    'Audio jitter': at < 1 || at >= 20 ? '400' : '10',
    'Audio latency': '10',
    'Audio packet loss': '0',
  }));
  await desk.import(csvOf(rows, { columns: Object.keys(rows[0] ?? {}) }), 'media.csv');
  const factorOf = async (client: Desk['admin']) => {
    const customerId = await idOf(desk, 'known');
    const { factors } = await client.call(getCustomerHealth, { params: { customerId } });
    return factors.find(({ factor }) => factor === 'quality');
  };
  const quality = (qualityPolicy: 'documented' | 'any_threshold') =>
    desk.admin.call(changeCallingPolicy, { body: { qualityPolicy, bands: { regularFrom: 5, heavyFrom: 25 } } });
  await quality('any_threshold');
  expect(await factorOf(desk.admin)).toEqual({ factor: 'quality', value: 5, points: 50 });
  await quality('documented');
  expect(await factorOf(desk.admin)).toEqual({ factor: 'quality', value: 0, points: 100 });
  const { secret } = await desk.admin.call(createToken, {
    body: { name: 'contracts only', scopes: ['customers.read', 'subscriptions.read'], days: 1 },
  });
  const blind = desk.hub.script(secret);
  expect(await factorOf(blind)).toBeUndefined();
  const { score, counted } = (await blind.call(listHealthScores, { query: { region: 'eu' } })).items[0] ?? {};
  expect([score, counted]).toEqual([100, 5]);
  const preview = { region: 'eu', ...defaultHealthPolicy, quality: 100 } as const;
  expect((await blind.call(previewHealthScores, { query: preview })).moved).toBe(0);
});

test('whoever sees some customers, another partner and a filter have their own customers only', {
  timeout: 240_000,
}, async () => {
  const desk = await filled();
  const other = await importDesk({ hub: desk.hub });
  const person = await desk.hub.person(desk.partnerId, 'partner_admin');
  const falling = await idOf(desk, 'falling');
  await desk.hub.asOwner('insert into assignment (partner_id, person_id, customer_id) values ($1, $2, $3)', [
    desk.partnerId,
    person.personId,
    falling,
  ]);
  const { items } = await person.client.call(listHealthScores, { query: { region: 'eu' } });
  expect(items.map(({ customerId, score }) => [customerId, score])).toEqual([[falling, 49]]);
  expect(
    await person.client.refusal(getCustomerHealth, { params: { customerId: await idOf(desk, 'well') } }),
  ).toMatchObject({ code: 'customer_not_found' });
  expect(await other.admin.refusal(getCustomerHealth, { params: { customerId: falling } })).toMatchObject({
    code: 'customer_not_found',
  });
  expect((await other.admin.call(listHealthScores, { query: { region: 'eu' } })).items).toMatchObject([
    { score: null },
  ]);
  const name = `Customer ${orgOf('well').slice(0, 8)}`;
  const named = await desk.admin.call(listHealthScores, { query: { region: 'eu', filter: `name:"${name}"` } });
  expect(named.items.map(({ customerName }) => customerName)).toEqual([name]);
  expect((await desk.admin.call(listHealthScores, { query: { region: 'us' } })).count).toBe(0);
  expect(named.today).toBe(today);
});

test('all regions are added up: those that answer, each named with its numbers, under the same filter', {
  timeout: 240_000,
}, async () => {
  const desk = await filled();
  const { admin, hub, partnerId } = desk;
  await hub.asOwner(`update customer set region = 'us' where id = $1`, [await idOf(desk, 'owing')]);
  const told = await admin.call(getHealthTotals, { query: {} });
  const eu = { customers: 3, withoutScore: 1, mean: (49 + 99) / 2, bands: [1, 0, 1] };
  expect(told.regions).toContainEqual({ region: 'eu', sums: eu });
  expect(told.regions).toContainEqual({
    region: 'us',
    sums: { customers: 1, withoutScore: 0, mean: 60, bands: [0, 1, 0] },
  });
  expect(told.totals).toEqual({ customers: 4, withoutScore: 1, mean: (49 + 60 + 99) / 3, bands: [1, 1, 1] });
  expect(told.today).toBe(today);
  const filter = `name:"Customer ${orgOf('well').slice(0, 8)}"`;
  const { totals } = await admin.call(getHealthTotals, { query: { filter } });
  expect(totals).toEqual({ customers: 1, withoutScore: 0, mean: 99, bands: [0, 0, 1] });
  const person = await hub.person(partnerId, 'partner_admin');
  expect((await person.client.call(getHealthTotals, { query: {} })).totals.customers).toBe(0);

  const { installation } = hub;
  const store = installation.stores.get('us');
  if (!store) throw new Error('The hub serves the US.');
  const broken = { ...store, ask: () => Promise.reject(StoreFault.unavailable('us', 'gone')) };
  const stores: Ctx['stores'] = new Map([...installation.stores, ['us', broken]]);
  const app = await buildApp({ ...installation, stores });
  const listen = () => Promise.reject(new Error('not needed'));
  const without = testClient({ app, listen, credentials: admin.credentials });
  const left = await without.call(getHealthTotals, { query: {} });
  expect(left.regions).toContainEqual({ region: 'us', sums: null });
  expect(left.totals).toEqual(eu);
});

test('the page of a customer reads that customer alone, however much is written between two looks', {
  timeout: 240_000,
}, async () => {
  const desk = await filled();
  const { items } = await desk.admin.call(listHealthScores, { query: { region: 'eu' } });
  readings.length = 0;
  for (const customer of ['well', 'falling', 'owing', 'bare']) {
    const customerId = await idOf(desk, customer);
    await desk.hub.asOwner('update customer set name = name where id = $1', [customerId]);
    const { score, factors } = await healthOf(desk, customer);
    const listed = items.find((row) => row.customerId === customerId);
    expect({ score, factors }).toEqual({ score: listed?.score, factors: listed?.factors });
  }
  expect(readings).toEqual([1, 1, 1, 1]);
});

test('the question of quality comes in parts for many organizations, whether or not contracts are recorded', {
  timeout: 240_000,
}, async () => {
  const desk = await importDesk();
  await desk.hub.asOwner(
    `insert into customer (id, partner_id, name, org_uuid, country, region, created_at, search_text, name_key)
     select gen_random_uuid(), $1, 'Customer ' || n, gen_random_uuid(), 'BG', 'eu', $2, 'customer ' || n, 'customer ' || n
     from generate_series(1, 10000) as n`,
    [desk.partnerId, desk.hub.clock.now()],
  );
  const store = desk.hub.installation.stores.get('eu');
  if (store === undefined) throw new Error('No store of eu.');
  const ask = vi.spyOn(store, 'ask');
  await desk.admin.call(listHealthScores, { query: { region: 'eu' } });
  const parts = ask.mock.calls.flatMap(([, options]) => {
    const { slice, slices } = options?.parameters ?? {};
    return slices === undefined ? [] : [`${String(slice)} of ${String(slices)}`];
  });
  ask.mockRestore();
  // Call legs and their quality, each in both parts.
  expect(parts).toEqual(['0 of 2', '0 of 2', '1 of 2', '1 of 2']);
});
