import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CustomerStatus } from '@hub/contract/customer-statuses';
import * as demoApi from '@hub/contract/demo';
import type { CustomerId, PartnerId } from '@hub/contract/ids';
import { type Product, productNames } from '@hub/contract/products';
import { getCustomerHealth } from '@hub/contract/health-score';
import { getReconciliation } from '@hub/contract/reconciliation';
import { getSubscriptionAnalytics, listSubscriptionRows } from '@hub/contract/subscription-analytics';
import * as sessions from '@hub/contract/sessions';
import { createToken } from '@hub/contract/tokens';
import { expect, test } from 'vitest';
import { testHub, type TestHub } from '../../testing/test-hub.ts';
import { feeds, listImports, spoolPath, startImportRunner } from '../imports/index.ts';
import { listPartners } from '../sessions/index.ts';
import { removeDemo, startDemo } from './index.ts';

const day = 86_400_000;
// One small region: some 30 customers.
const regions = ['uae'] as const;

async function loadedDemo(): Promise<{ hub: TestHub; partnerId: PartnerId; password: string; email: string }> {
  const hub = await testHub({ regions, isAlone: true });
  const runner = await startImportRunner(hub.installation);
  const demo = await startDemo(hub.installation, { isWanted: true, wakeImports: () => runner.wake() });
  await demo.done;
  await runner.stop();
  const [partner] = await listPartners(hub.publicCtx());
  return { hub, partnerId: partner!.id, ...demo.signIn! };
}

const stateOf = async (hub: TestHub): Promise<unknown> =>
  (await hub.asOwner('select demo_state from partner'))[0]?.['demo_state'];

async function legs(
  hub: TestHub,
  partner: PartnerId,
): Promise<{ legs: number; first: string; last: string; days: number }> {
  const [row] = await hub.installation.stores
    .get('uae')!
    .ask<{ legs: number; first: string; last: string; days: number }>(
      'SELECT count() AS legs, toString(min(toDate(start_time))) AS first, toString(max(toDate(start_time))) AS last, uniqExact(toDate(start_time)) AS days FROM @region.call_leg WHERE partner_id = {partner:UUID}',
      { parameters: { partner } },
    );
  return row!;
}

const rowsIn = async (hub: TestHub, table: string): Promise<number> => {
  const [row] = await hub.installation.stores
    .get('uae')!
    .ask<{ n: number }>(`SELECT count() AS n FROM @region.${table}`, {});
  return row!.n;
};

/** Media rows are of answered legs, and queue statistics of the calls in the legs, of every queue and day. */
async function expectAgreement(hub: TestHub, partner: PartnerId): Promise<void> {
  const store = hub.installation.stores.get('uae')!;
  const ask = <Row>(sql: string): Promise<Row[]> => store.ask<Row>(sql, { parameters: { partner } });
  const [media] = await ask<{ n: number; strays: number }>(
    `SELECT count() AS n, countIf(l.report_id = toUUID('00000000-0000-0000-0000-000000000000')) AS strays FROM @region.media_quality m
     LEFT JOIN (SELECT * FROM @region.call_leg WHERE partner_id = {partner:UUID} AND is_person AND answered) l
       ON m.org_uuid = l.org_uuid AND m.user_uuid = l.user_uuid AND m.call_id = l.call_id AND m.start_time = l.start_time
     WHERE m.partner_id = {partner:UUID}`,
  );
  expect(media!.n).toBeGreaterThan(10_000);
  expect(media!.strays).toBe(0);
  const stats = await ask(
    `SELECT org_uuid, toString(period_from) AS day, location, call_queue, total_calls AS calls FROM @region.call_queue_stat
     WHERE partner_id = {partner:UUID} ORDER BY ALL`,
  );
  expect(stats.length).toBeGreaterThan(50);
  expect(
    await ask(
      `SELECT org_uuid, toString(day) AS day, location, user AS call_queue, uniqExact(call_id) AS calls FROM @region.call_leg
       WHERE partner_id = {partner:UUID} AND startsWith(user_type, 'CallCenter') GROUP BY ALL ORDER BY ALL`,
    ),
  ).toEqual(stats);
}

/** The newest snapshot says of each license line what the directory says. */
async function expectLicensesAgree(hub: TestHub, partnerId: PartnerId): Promise<void> {
  const store = hub.installation.stores.get('uae')!;
  const facts = await store.ask<{ subscription: string; product: string; ordered: number; assigned: number | null }>(
    `SELECT subscription, product, ordered, assigned FROM @region.license_snapshot
     WHERE partner_id = {partner:UUID} AND period_from = '2026-11-30'`,
    { parameters: { partner: partnerId } },
  );
  const [stored] = await store.ask<{ days: number; silent: number }>(
    `SELECT uniqExact(period_from) AS days, countIf(used_7d IS NULL) AS silent
     FROM @region.license_snapshot WHERE partner_id = {partner:UUID}`,
    { parameters: { partner: partnerId } },
  );
  expect(stored).toMatchObject({ days: 79 }); // from 2026-09-13 to 2026-11-30
  expect(stored?.silent).toBeGreaterThan(0);
  const lines = await hub.asOwner<{ reference: string; product: Product; ordered: number; assigned: number | null }>(
    `select coalesce(s.reference, t.reference) as reference, l.product, l.ordered, l.assigned
     from license_line l join customer c on c.id = l.customer_id
     left join subscription s on s.id = l.subscription_id left join trial t on t.id = l.trial_id
     where c.org_uuid is not null and coalesce(s.starts_on, t.starts_on) <= '2026-11-30'
       and coalesce(s.ends_on, t.ends_on, '2026-11-30') >= '2026-11-30'`,
  );
  const sorted = (all: readonly unknown[]): string[] => all.map((one) => JSON.stringify(one)).toSorted();
  expect(lines.length).toBeGreaterThan(20);
  expect(sorted(facts)).toEqual(
    sorted(
      lines.map(({ reference, product, ordered, assigned }) => ({
        subscription: reference,
        product: productNames[product],
        ordered,
        assigned,
      })),
    ),
  );
}

interface ByHand {
  header: Record<string, number>;
  sections: Record<string, number | null>;
  findings: { finding: string; lines: number; money: number }[];
  rows: Record<string, { total: number; assigned: number | null; used: number | null; days: number }>;
  owing: { id: CustomerId; payment: number } | null;
}

/**
 * What subscription analytics has to say of the demo, worked out from the tables as somebody would with paper: one statement over contracts, the newest
 * snapshots, orders and invoices. In the demo every end is of the running term, every period one calendar month, and the newest snapshot yesterday's.
 */
async function workedOut(hub: TestHub, product: Product): Promise<ByHand> {
  const store = hub.installation.stores.get('uae')!;
  const snapshots = await store.ask(
    `SELECT toString(org_uuid) AS org, subscription, product, ordered, assigned, used_7d AS used FROM @region.license_snapshot
     WHERE period_from = '2026-11-30' AND replaced_by = 0`,
  );
  const people = await store.ask(
    `SELECT toString(org_uuid) AS org, uniqExactIf(user_uuid, user_type IN ('User', 'Place', 'VirtualLine')
         AND toDate(start_time) BETWEEN '2026-11-25' AND '2026-12-01') AS people
     FROM @region.call_leg WHERE replaced_by = 0 GROUP BY org_uuid`,
  );
  const [told] = await hub.asOwner<{ told: ByHand }>(
    `with day as (select date '2026-12-01' as d),
    snap as (select * from jsonb_to_recordset($1::jsonb) as s(org uuid, subscription text, product text, ordered int, assigned int, used int)),
    people as (select * from jsonb_to_recordset($2::jsonb) as p(org uuid, people int)),
    names as (select * from jsonb_each_text($3::jsonb) as n(code, name)),
    contract as (
      select s.id, s.customer_id, s.reference, coalesce((select min(o.ordered_on) from order_line o where o.subscription_id = s.id
          and o.kind = 'new' and o.state not in ('failed', 'canceled') and o.ordered_on <= d), s.starts_on) as added, s.starts_on, s.ends_on, s.auto_renews, true as is_sub
        from subscription s, day
      union all select t.id, t.customer_id, t.reference, t.starts_on, t.starts_on, t.ends_on, false, false from trial t),
    running as (select k.*, c.org_uuid, k.ends_on - d as days from contract k join customer c on c.id = k.customer_id, day
      where c.kind = 'owned' and k.starts_on <= d and (k.auto_renews or k.ends_on is null or k.ends_on >= d)),
    line as (
      select r.*, l.product, coalesce(s.ordered, l.ordered) as t, s.assigned as a, s.used as told, s.subscription is not null as has_snapshot,
        count(*) filter (where l.product = 'calling') over (partition by r.org_uuid) as callings
      from running r join license_line l on l.subscription_id = r.id or l.trial_id = r.id join names n on n.code = l.product
        left join snap s on s.org = r.org_uuid and s.subscription = r.reference and s.product = n.name),
    used as (select line.*, case when told is not null then told
        when product = 'calling' and callings = 1 and has_snapshot then p.people end as u,
        case when t >= 500 then 4 when t >= 100 then 3 when t >= 25 then 2 else 1 end as band
      from line left join people p on p.org = line.org_uuid),
    peer as (select product, band, count(*) as n, percentile_cont(0.25) within group (order by 100.0 * a / t) as q
      from used where a is not null and t > 0 group by product, band),
    judged as (select used.*, coalesce(a is not null and t > 0 and (select d from day) - added >= 30
        and case when n - 1 >= 8 then 100.0 * a / t <= q and 100.0 * a / t < 60 else 100.0 * a / t < 50 end, false) as is_low
      from used left join peer using (product, band)),
    counted as (select distinct customer_id from judged where product in ('calling', 'meetings')),
    own as (select * from judged where product = $4),
    recent as (select distinct customer_id from own, day where d - added between 0 and 90),
    billed as (
      select j.*, i.quantity, i.amount from judged j left join invoice_line i on i.subscription_id = j.id and i.product = j.product
        and i.period_from = '2026-11-01' and i.period_to = '2026-11-30' and i.state <> 'void' where j.is_sub),
    found as (
      select case when coalesce(quantity, 0) = 0 then 'bought_not_billed' when quantity > t then 'billed_more' when quantity < t then 'billed_less'
          when a > quantity then 'assigned_beyond_billed' else 'agreement' end as finding,
        round(amount / quantity * (quantity - case when quantity = t and a > quantity then a else t end), 2) as money from billed)
    select jsonb_build_object(
      'header', jsonb_build_object(
        'totalCustomers', (select count(*) from counted),
        'nearingExpiration', (select count(distinct customer_id) from running join counted using (customer_id) where not auto_renews and days between 0 and 90),
        'nearingRenewal', (select count(distinct customer_id) from running join counted using (customer_id) where auto_renews and days between 0 and 90),
        'lowLicenseAssignment', (select count(distinct customer_id) from judged where is_low and product in ('calling', 'meetings')),
        'overLicenseLimit', (select count(distinct customer_id) from judged where a > t and product in ('calling', 'meetings'))),
      'sections', (select jsonb_build_object(
        'newCustomers', (select count(*) from recent),
        'newLicenses', (select coalesce(sum(t), 0) from own join recent using (customer_id)),
        'expiringCustomers', count(distinct customer_id) filter (where not auto_renews and days between 0 and 90),
        'expiringAssignment', 100.0 * sum(a) filter (where not auto_renews and days between 0 and 90 and a is not null)
          / sum(t) filter (where not auto_renews and days between 0 and 90 and a is not null),
        'renewingCustomers', count(distinct customer_id) filter (where auto_renews and days between 0 and 90),
        'renewingUsage', 100.0 * sum(u) filter (where auto_renews and days between 0 and 90 and u is not null)
          / sum(t) filter (where auto_renews and days between 0 and 90 and u is not null),
        'lowCustomers', count(distinct customer_id) filter (where is_low),
        'lowUnassigned', coalesce(sum(greatest(t - a, 0)) filter (where is_low), 0),
        'overCustomers', count(distinct customer_id) filter (where a > t),
        'overLicenses', coalesce(sum(greatest(a - t, 0)), 0)) from own),
      'findings', (select jsonb_agg(f) from (select finding, count(*) as lines, coalesce(sum(money), 0) as money from found group by finding) f),
      'rows', (select coalesce(jsonb_object_agg(reference, jsonb_build_object('total', t, 'assigned', a, 'used', u, 'days', days)), '{}')
        from own where not auto_renews and days between 0 and 90),
      'owing', (select jsonb_build_object('id', s.customer_id, 'payment', min(case s.payment_state when 'suspended' then 0 when 'past_due' then 30 end))
        from subscription s join running r on r.id = s.id where s.payment_state <> 'current' group by s.customer_id order by s.customer_id limit 1)
    ) as told`,
    [JSON.stringify(snapshots), JSON.stringify(people), JSON.stringify(productNames), product],
  );
  return told!.told;
}

async function expectWorkedOut(hub: TestHub, { email, password }: { email: string; password: string }): Promise<void> {
  const person = hub.stranger();
  await person.call(sessions.signIn, { body: { email, password } });
  for (const product of ['calling', 'meetings'] as const) {
    const byHand = await workedOut(hub, product);
    const query = { region: 'uae', product } as const;
    const page = await person.call(getSubscriptionAnalytics, { query });
    expect(Object.fromEntries(page.header.map(({ key, value }) => [key, value]))).toEqual(byHand.header);
    const cards = new Map<string, number | null>(
      Object.values(page.sections).flatMap((cardsOf) => cardsOf.map(({ key, value }) => [key, value])),
    );
    // A quotient of the engine and one of PostgreSQL differ far behind the point.
    const rounded = (value: number | null | undefined) => (typeof value === 'number' ? value.toFixed(9) : value);
    const told = Object.keys(byHand.sections).map((key) => [key, rounded(cards.get(key))]);
    expect(told).toEqual(Object.entries(byHand.sections).map(([key, value]) => [key, rounded(value)]));
    const { rows } = await person.call(listSubscriptionRows, { query: { ...query, section: 'expiring', limit: 1000 } });
    expect(
      Object.fromEntries(
        rows.map(({ reference, total, assigned, used, daysUntilEnd }) => [
          reference,
          { total, assigned, used, days: daysUntilEnd },
        ]),
      ),
    ).toEqual(byHand.rows);
    if (product === 'meetings') continue;
    expect(rows.length).toBeGreaterThan(1);
    const { findings } = await person.call(getReconciliation, { query: { region: 'uae' } });
    const found = findings.flatMap(({ finding, lines, money }) =>
      lines === 0 ? [] : [{ finding, lines, money: Number(money[0]?.amount ?? 0) }],
    );
    const byName = (a: { finding: string }, b: { finding: string }): number => (a.finding < b.finding ? -1 : 1);
    expect(found.toSorted(byName)).toEqual(byHand.findings.toSorted(byName));
    expect(found.length).toBeGreaterThan(1);
    const { id, payment } = byHand.owing!;
    const health = await person.call(getCustomerHealth, { params: { customerId: id } });
    expect(health.factors.find(({ factor }) => factor === 'payment')?.points).toBe(payment);
    // Of the score itself: the mean by 30, 20, 15, 10, 15 and 10 of what is known.
    const weights: Record<string, number> = { use: 30, trend: 20, quality: 15, overage: 10, payment: 15, activity: 10 };
    const known = health.factors.filter(({ points }) => points !== null);
    const whole = known.reduce((sum, { factor }) => sum + weights[factor]!, 0);
    expect(health.score).toBe(
      Math.round(known.reduce((sum, one) => sum + one.points! * weights[one.factor]!, 0) / whole),
    );
  }
}

test('the demo is loaded, continued, and removed without a trace of its calls', { timeout: 400_000 }, async () => {
  const { hub, partnerId, email, password } = await loadedDemo();
  expect(await stateOf(hub)).toBe('loaded');
  const loaded = await legs(hub, partnerId);
  expect(loaded).toMatchObject({ last: '2026-11-30' });
  expect(loaded.first).toBe('2026-09-13'); // eleven complete weeks before that of 2026-12-01
  const { items } = await listImports(hub.ctx(partnerId), { limit: 200 });
  expect(items.every(({ state, source }) => state === 'committed' && source === 'demo')).toBe(true);
  for (const { counts } of items) {
    expect(counts).toMatchObject({ duplicate: 0, replaced: 0, rejected: 0 });
    expect(counts!.new + counts!.held).toBe(counts!.read);
  }
  // Every feed, each row of its files in its table.
  for (const { code, table } of feeds) {
    const brought = items.filter(({ feed }) => feed === code);
    expect([code, brought.reduce((sum, { counts }) => sum + counts!.new, 0)]).toEqual([code, await rowsIn(hub, table)]);
    expect(brought.every(({ emptied }) => emptied.length === 0)).toBe(true);
  }
  expect(
    items.filter(({ feed }) => feed === 'webex_call_history').reduce((sum, { counts }) => sum + counts!.new, 0),
  ).toBe(loaded.legs);
  await expectAgreement(hub, partnerId);
  await expectLicensesAgree(hub, partnerId);
  await expectWorkedOut(hub, { email, password });

  // Every status is to be seen, also in the smallest region; most customers simply have a subscription.
  const statuses = await hub.asOwner<{ status: string; n: number }>(
    'select status, count(*)::int as n from customer_status group by status',
  );
  const counted = Object.fromEntries(statuses.map(({ status, n }) => [status, n]));
  expect(Object.keys(counted).toSorted()).toEqual([...CustomerStatus.options].toSorted());
  const [{ plain, renewing } = { plain: 0, renewing: 0 }] = await hub.asOwner<{ plain: number; renewing: number }>(
    `select count(*) filter (where status_rank = 7)::int as plain,
       count(*) filter (where next->>'verb' = 'renews' and next_on < '2026-12-31')::int as renewing from customer`,
  );
  expect(plain).toBeGreaterThan(12);
  expect(renewing).toBeGreaterThan(0);
  expect(
    await hub.asOwner(`select 1 from customer left join customer_due on customer_due.customer_id = customer.id
      where customer_due.due_on = '-infinity' or customer.name_key = ''`),
  ).toEqual([]);
  // What was ordered and invoiced is of the customer whose subscription it is; each state is to be seen.
  const [ledger] = await hub.asOwner<{ orders: number; strays: number; states: string[] }>(
    `select (select count(*)::int from order_line) as orders, count(*) filter (where s.customer_id <> l.customer_id)::int as strays,
       array_agg(distinct l.state order by l.state) as states
     from invoice_line l join subscription s on s.id = l.subscription_id`,
  );
  expect(ledger).toMatchObject({ strays: 0, states: ['open', 'overdue', 'paid'] });
  expect(ledger?.orders).toBeGreaterThan(10);
  // Somebody works on renewals: several stages, owners and notes, each of a term that is near.
  const [work] = await hub.asOwner<{ stages: number; owners: number; notes: number; far: number; rest: number }>(
    `select count(distinct w.stage)::int as stages, count(distinct w.owner_id)::int as owners,
       count(*) filter (where w.note <> '')::int as notes, count(*) filter (where abs(w.term_ends_on - date '2026-12-01') > 90)::int as far,
       (select count(*)::int from subscription) - count(*)::int as rest
     from renewal_work w`,
  );
  expect(work).toMatchObject({ owners: 2, far: 0 });
  expect(work?.stages).toBeGreaterThanOrEqual(3);
  expect(work?.notes).toBeGreaterThanOrEqual(3);
  expect(work?.rest).toBeGreaterThan(0);
  // What customers had before the day of loading stands in their history since then.
  const [stretches] = await hub.asOwner<{
    dated: number;
    off: number;
  }>(`select count(*) filter (where h.began_on < h.noted_on)::int as dated,
      count(*) filter (where h.began_on <> s.since)::int as off
    from customer_status_history h join customer_status s on s.customer_id = h.customer_id and s.status = h.status
    where s.status <> 'no_recent_activity'`);
  expect(stretches?.dated).toBeGreaterThan(20);
  expect(stretches?.off).toBe(0);
  const collections = async (): Promise<number[]> =>
    Promise.all(
      ['tag', 'customer_group', 'saved_view', 'saved_view_choice'].map(
        async (table) => (await hub.asOwner(`select 1 from ${table}`)).length,
      ),
    );
  const [tags = 0, ...rest] = await collections();
  expect(tags).toBeGreaterThan(3);
  expect(rest).toEqual([3, 3, 6]);

  // Three days later: only what is new comes.
  hub.clock.advance(3 * day);
  const runner = await startImportRunner(hub.installation);
  const options = { isWanted: true, wakeImports: () => runner.wake() };
  const later = await startDemo(hub.installation, options);
  expect(later).toMatchObject({ isLoading: false, signIn: { email, password } });
  await later.done;
  expect(await legs(hub, partnerId)).toMatchObject({ first: loaded.first, last: '2026-12-03' });
  const { items: after } = await listImports(hub.ctx(partnerId), { limit: 200 });
  expect(after.length).toBeGreaterThan(items.length);
  const added = after.slice(0, after.length - items.length);
  expect(new Set(added.map(({ fileName }) => fileName.slice(-28)))).toEqual(new Set(['2026-12-01-to-2026-12-03.csv']));
  expect(new Set(added.map(({ feed }) => feed)).size).toBe(added.length);
  expect(added.map(({ feed }) => feed)).toEqual(
    expect.arrayContaining(['webex_call_history', 'webex_media_quality', 'webex_call_queue_stats']),
  );
  const unwanted = await startDemo(hub.installation, { ...options, isWanted: false });
  await unwanted.done;
  await runner.stop();

  // The administrator who was told signs in, and starts empty.
  const visitor = hub.stranger();
  const session = await visitor.call(sessions.signIn, { body: { email, password } });
  expect(session).toMatchObject({ demo: 'loaded', role: 'partner_full', hasCallLegs: true });
  const { secret } = await visitor.call(createToken, {
    body: { name: 'start empty', scopes: ['demo.remove'], days: 1 },
  });
  await hub.script(secret).call(demoApi.removeDemo);
  expect(await stateOf(hub)).toBe('none');
  // Nobody invented stays behind with the password that was printed.
  expect(await hub.asOwner('select email from membership join person on person.id = person_id')).toEqual([{ email }]);
  expect(await legs(hub, partnerId)).toMatchObject({ legs: 0 });
  for (const table of [...feeds.flatMap((feed) => [feed.table, feed.held]), 'rejected_row', 'superseded', 'place']) {
    expect(
      await hub.installation.stores
        .get('uae')!
        .ask(`SELECT 1 FROM @region.${table} WHERE partner_id = '${partnerId}' LIMIT 1`),
    ).toEqual([]);
  }
  expect(await hub.asOwner('select kind from customer')).toEqual([{ kind: 'own' }]);
  expect(await hub.asOwner('select 1 from order_line union all select 1 from invoice_line')).toEqual([]);
  expect(await collections()).toEqual([0, 0, 0, 0]);
  expect(await hub.asOwner('select 1 from import_batch')).toEqual([]);
  expect(await readdir(dirname(spoolPath(hub.installation.dataDir, 'uae', 'x')))).toEqual([]);
  expect(await hub.asOwner('select email from person')).toHaveLength(3);
  expect((await hub.auditOf(partnerId)).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['demo.load', 'demo.loaded', 'demo.remove', 'demo.removed']),
  );
  await expect(removeDemo(hub.ctx(partnerId))).rejects.toMatchObject({ code: 'demo_absent' });

  // It does not come back by itself.
  const restarted = await startDemo(hub.installation, options);
  await restarted.done;
  expect(restarted.signIn).toBeUndefined();
  expect(await hub.asOwner('select 1 from import_batch')).toEqual([]);
});

test('a load and a removal that a crash interrupted are ended by the next start', { timeout: 400_000 }, async () => {
  const hub = await testHub({ regions, isAlone: true });
  const options = { isWanted: true, wakeImports: () => undefined };
  const first = await startDemo(hub.installation, options);
  await first.stop(); // as at a shutdown: nothing imported yet, perhaps some files queued
  expect(await stateOf(hub)).toBe('loading');
  const [partner] = await listPartners(hub.publicCtx());
  const ctx = hub.ctx(partner!.id);
  await expect(removeDemo(ctx)).rejects.toMatchObject({ code: 'demo_busy' });

  const runner = await startImportRunner(hub.installation);
  const second = await startDemo(hub.installation, { ...options, wakeImports: () => runner.wake() });
  expect(second.isLoading).toBe(true);
  expect(second.signIn).toEqual(first.signIn);
  await second.done;
  await runner.stop();
  expect(await stateOf(hub)).toBe('loaded');
  const { items } = await listImports(ctx, { limit: 200 });
  expect(items.map(({ fileName }) => fileName).filter((name, place, all) => all.indexOf(name) !== place)).toEqual([]);

  // The directory's part is done, the region's is not; meanwhile somebody imported.
  await hub.asOwner("update partner set demo_state = 'removing'");
  await hub.asOwner('delete from import_batch where number <> (select max(number) from import_batch)');
  const kept = items[0]!; // of the last pass: media quality
  expect(kept.feed).toBe('webex_media_quality');
  const third = await startDemo(hub.installation, options);
  await third.done;
  expect(await stateOf(hub)).toBe('none');
  expect(kept.counts!.new).toBeGreaterThan(1000);
  for (const { code, table } of feeds)
    expect([table, await rowsIn(hub, table)]).toEqual([table, code === kept.feed ? kept.counts!.new : 0]);
});

test('the endpoint asks for the right, and says what is absent', async () => {
  const hub = await testHub({ regions });
  const { admin, readOnly } = await hub.partner();
  expect(await readOnly.refusal(demoApi.removeDemo)).toMatchObject({ code: 'permission_denied' });
  expect(await admin.refusal(demoApi.removeDemo)).toMatchObject({ code: 'demo_absent' });
});
