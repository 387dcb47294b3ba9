import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CustomerStatus } from '@hub/contract/customer-statuses';
import * as demoApi from '@hub/contract/demo';
import type { PartnerId } from '@hub/contract/ids';
import { type Product, productNames } from '@hub/contract/products';
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
