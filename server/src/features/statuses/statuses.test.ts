import { assignCustomers } from '@hub/contract/administrators';
import { createCustomer, type Customer, listStatusHistory } from '@hub/contract/customers';
import type { CustomerId } from '@hub/contract/ids';
import * as policies from '@hub/contract/status-policy';
import {
  changeSubscription,
  createSubscription,
  removeSubscription,
  type SubscriptionTerms,
} from '@hub/contract/subscriptions';
import { expect, test } from 'vitest';
import { until } from '../../testing/spawn-hub.ts';
import { type TestHub, type TestPartner, testHub } from '../../testing/test-hub.ts';
import {
  changeSubscription as changeKnownSubscription,
  createSubscription as recordSubscription,
} from '../subscriptions/index.ts';
import { dateIn } from './date-in.ts';
import { listStatusHistory as tellHistory } from './list-status-history.ts';
import { refreshDueCustomers } from './refresh-due-customers.ts';
import { startStatusRunner } from './status-runner.ts';

const usual = { timeZone: 'UTC', expiresSoonDays: 14, inactiveDays: 90 };
let made = 0;

const newCustomer = (partner: TestPartner): Promise<Customer> =>
  partner.admin.call(createCustomer, { body: { name: `Customer ${(made += 1)}`, country: 'US' } });

const terms = (over: Partial<SubscriptionTerms>): SubscriptionTerms => ({
  reference: `Sub-${(made += 1)}`,
  startsOn: '2026-01-01',
  endsOn: '2027-12-31',
  termMonths: 12,
  autoRenews: false,
  paymentState: 'current',
  setupState: 'provisioned',
  setupNote: null,
  lines: [],
  ...over,
});
const subscribe = (partner: TestPartner, { id }: { id: CustomerId }, over: Partial<SubscriptionTerms> = {}) =>
  partner.admin.call(createSubscription, { params: { customerId: id }, body: terms(over) });

const statusesOf = async (hub: TestHub, { id }: { id: string }): Promise<string[]> =>
  (
    await hub.asOwner<{ status: string }>('select status from customer_status where customer_id = $1 order by 1', [id])
  ).map(({ status }) => status);

const step = (hub: TestHub, { partnerId }: TestPartner): Promise<number> =>
  refreshDueCustomers(hub.ctx(partnerId, { kind: 'system', partnerId }));

const historyOf = async (partner: TestPartner, { id: customerId }: { id: CustomerId }) =>
  (await partner.readOnly.call(listStatusHistory, { params: { customerId } })).items.map(
    ({ status, beganOn, endedOn }) => `${status} ${beganOn}..${endedOn ?? ''}`,
  );

test('the calendar date is that of the zone', () => {
  const at = new Date('2026-03-29T00:30:00.000Z');
  expect(['UTC', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Seoul'].map((zone) => dateIn(zone, at))).toEqual([
    '2026-03-29',
    '2026-03-28',
    '2026-03-29',
    '2026-03-29',
  ]);
  expect(dateIn('Pacific/Kiritimati', new Date('2026-12-31T10:00:00.000Z'))).toBe('2027-01-01');
});

test('the windows and the zone are the partner’s, and a change of them is audited', async () => {
  const hub = await testHub();
  const partner = await hub.partner();
  const other = await hub.partner();
  expect(await partner.readOnly.call(policies.getStatusPolicy)).toEqual(usual);
  const wider = { timeZone: 'Europe/Sofia', expiresSoonDays: 60, inactiveDays: 30 };
  expect(await partner.admin.call(policies.changeStatusPolicy, { body: wider })).toEqual(wider);
  expect(await partner.admin.call(policies.changeStatusPolicy, { body: wider })).toEqual(wider);
  expect(await other.admin.call(policies.getStatusPolicy)).toEqual(usual);
  const events = (await hub.auditOf(partner.partnerId)).filter(({ action }) => action === 'statuses.change_policy');
  expect(events).toMatchObject([{ target_kind: 'partner', before: usual, after: wider }]);
  for (const body of [
    { ...wider, timeZone: 'Mars/Olympus' },
    { ...wider, timeZone: '+05:30' },
    { ...wider, expiresSoonDays: 0 },
    { ...wider, inactiveDays: 731 },
  ])
    expect(await partner.admin.refusal(policies.changeStatusPolicy, { body })).toMatchObject({
      code: 'invalid_request',
    });
  for (const role of ['partner_admin', 'partner_read_only', 'help_desk_advanced'] as const) {
    const { client } = await hub.person(partner.partnerId, role);
    expect(await client.call(policies.getStatusPolicy)).toEqual(wider);
    expect(await client.refusal(policies.changeStatusPolicy, { body: usual })).toMatchObject({
      code: 'permission_denied',
    });
  }
});

test('two walks at once look at everybody who is due once', async () => {
  const hub = await testHub();
  const partner = await hub.partner();
  await hub.asOwner(
    `insert into tenant.customer (id, partner_id, name, country, region, created_at)
     select gen_random_uuid(), $1, 'Customer ' || n, 'US', 'us', now() from generate_series(1, 6000) n`,
    [partner.partnerId],
  );
  await hub.asOwner(
    `insert into tenant.customer_due (customer_id, partner_id, due_on) select id, partner_id, '2026-01-01' from tenant.customer
     where partner_id = $1 on conflict (customer_id) do update set due_on = excluded.due_on`,
    [partner.partnerId],
  );
  const everybody = await hub.asOwner('select 1 from tenant.customer where partner_id = $1', [partner.partnerId]);
  expect(await step(hub, partner)).toBe(everybody.length);
  expect(await step(hub, partner)).toBe(0);
});

test('after a change of the windows every customer is looked at once, whatever the day', async () => {
  const hub = await testHub({ now: '2026-12-01T10:00:00.000Z' });
  const [partner, other] = [await hub.partner(), await hub.partner()];
  const [customer, foreign] = [await newCustomer(partner), await newCustomer(other)];
  await subscribe(partner, customer, { endsOn: '2027-01-10' });
  await subscribe(other, foreign, { endsOn: '2027-01-10' });
  for (const one of [partner, other]) expect(await step(hub, one)).toBe(1); // the partner's own organization
  await partner.admin.call(policies.changeStatusPolicy, { body: { ...usual, expiresSoonDays: 60 } });
  expect(await statusesOf(hub, customer)).toEqual(['subscription']);
  expect(await step(hub, partner)).toBe(2);
  expect(await statusesOf(hub, customer)).toEqual(['expires_soon', 'subscription']);
  expect(await step(hub, partner)).toBe(0);
  expect(await step(hub, other)).toBe(0);
  expect(await statusesOf(hub, foreign)).toEqual(['subscription']);
});

test('a write that derived by the windows of before is looked at again', async () => {
  const hub = await testHub({ now: '2026-12-01T10:00:00.000Z' });
  const partner = await hub.partner();
  const customer = await newCustomer(partner);
  await Promise.all([
    ...Array.from({ length: 6 }, () => subscribe(partner, customer, { endsOn: '2027-01-10' })),
    partner.admin.call(policies.changeStatusPolicy, { body: { ...usual, expiresSoonDays: 60 } }),
    subscribe(partner, await newCustomer(partner), { endsOn: '2027-01-10' }),
  ]);
  await step(hub, partner);
  const [row] = await hub.asOwner<{ customers: number }>(
    "select count(*) as customers from customer_status where partner_id = $1 and status = 'expires_soon'",
    [partner.partnerId],
  );
  expect(row?.customers).toBe(2);
});

test('customers that were there before are derived at the first look', async () => {
  const hub = await testHub({ now: '2026-12-01T10:00:00.000Z' });
  const partner = await hub.partner();
  const customer = await newCustomer(partner);
  await subscribe(partner, customer, { endsOn: '2026-11-01' });
  await hub.asOwner("update customer set search_text = '', name_key = '', status_rank = 8 where id = $1", [
    customer.id,
  ]);
  await hub.asOwner("insert into customer_due (customer_id, partner_id, due_on) values ($1, $2, '-infinity')", [
    customer.id,
    partner.partnerId,
  ]);
  await hub.asOwner('delete from customer_status where customer_id = $1', [customer.id]);
  expect(await step(hub, partner)).toBe(2); // and the partner's own organization
  expect(await statusesOf(hub, customer)).toEqual(['expired']);
  const [row] = await hub.asOwner('select status_rank, name_key from customer where id = $1', [customer.id]);
  expect(row).toEqual({ status_rank: 2, name_key: customer.name.toLowerCase() });
});

test('history tells what came and went by the day; a slip of the hand leaves nothing, and nothing is audited', async () => {
  const hub = await testHub({ now: '2026-12-01T10:00:00.000Z' });
  const partner = await hub.partner();
  const customer = await newCustomer(partner);
  await subscribe(partner, customer, { endsOn: '2026-12-16' });
  const slip = await subscribe(partner, customer, { endsOn: '2026-12-03' });
  await partner.admin.call(removeSubscription, { params: { subscriptionId: slip.id } });
  expect(await historyOf(partner, customer)).toEqual(['subscription 2026-01-01..']);
  const audited = await hub.asOwner('select id from audit_event where partner_id = $1', [partner.partnerId]);
  for (const day of ['2026-12-02', '2026-12-17']) {
    hub.clock.set(`${day}T00:00:00.000Z`);
    await step(hub, partner);
    expect(await step(hub, partner)).toBe(0);
  }
  hub.clock.set('2026-12-01T20:00:00.000Z'); // the session of whoever reads lives on
  expect(await historyOf(partner, customer)).toEqual([
    'expired 2026-12-17..',
    'expires_soon 2026-12-02..2026-12-17',
    'subscription 2026-01-01..2026-12-17',
  ]);
  expect(await hub.asOwner('select id from audit_event where partner_id = $1', [partner.partnerId])).toEqual(audited);
});

test('a zone whose day begins later makes no stretch end before it began, and none lie over another', async () => {
  const hub = await testHub({ now: '2026-12-01T23:30:00.000Z' });
  const partner = await hub.partner();
  await partner.admin.call(policies.changeStatusPolicy, { body: { ...usual, timeZone: 'Pacific/Kiritimati' } });
  const customer = await newCustomer(partner);
  await subscribe(partner, customer, { endsOn: '2026-12-01' });
  expect(await historyOf(partner, customer)).toEqual(['expired 2026-12-02..']);
  await partner.admin.call(policies.changeStatusPolicy, { body: { ...usual, timeZone: 'America/New_York' } });
  await step(hub, partner);
  expect(await historyOf(partner, customer)).toEqual(['expires_soon 2026-11-17..', 'subscription 2026-01-01..']);
});

test('what is recorded tells of the days before it; what was known before begins when it is noted', async () => {
  const hub = await testHub({ now: '2026-12-01T10:00:00.000Z' });
  const partner = await hub.partner();
  const [customer, ended, moved] = [await newCustomer(partner), await newCustomer(partner), await newCustomer(partner)];
  const ctx = hub.ctx(partner.partnerId); // a session would not live so long
  const record = ({ id: customerId }: Customer, over: Partial<SubscriptionTerms>) =>
    recordSubscription(ctx, { customerId, ...terms(over) });
  const told = async ({ id: customerId }: Customer) =>
    (await tellHistory(ctx, { customerId })).items.map(
      ({ status, beganOn, endedOn }) => `${status} ${beganOn}..${endedOn ?? ''}`,
    );
  // In whatever order they come in.
  await record(customer, { startsOn: '2026-06-01' });
  await record(customer, { startsOn: '2026-03-01', endsOn: '2026-12-10', setupState: 'pending_setup' });
  const began = ['expires_soon 2026-11-26..', 'ready_for_order_setup 2026-03-01..', 'subscription 2026-03-01..'];
  expect(await told(customer)).toEqual(began);
  await record(ended, { endsOn: '2026-09-30', paymentState: 'past_due' });
  expect(await told(ended)).toEqual(['suspended 2026-12-01..', 'expired 2026-10-01..']);
  const { id, version, customerId: _, ...known } = await record(moved, { startsOn: '2026-05-01' });
  // An end that is moved is no news of November: until today nobody would have said that it expires soon.
  hub.clock.set('2026-12-08T10:00:00.000Z');
  await changeKnownSubscription(ctx, { subscriptionId: id, ...known, version, endsOn: '2026-12-12' });
  expect(await told(moved)).toEqual(['expires_soon 2026-12-08..', 'subscription 2026-05-01..']);
  // What comes back does not reach into what was noted before.
  hub.clock.set('2026-12-14T10:00:00.000Z');
  await step(hub, partner);
  expect(await told(moved)).toContain('subscription 2026-05-01..2026-12-14');
  hub.clock.set('2026-12-16T10:00:00.000Z');
  await record(moved, { startsOn: '2026-02-01' });
  expect(await told(moved)).toContain('subscription 2026-12-14..');
  // Of what was noted on an earlier day the beginning stays.
  await record(customer, { startsOn: '2026-01-01' });
  expect(await told(customer)).toContain('subscription 2026-03-01..');
});

test('what was noted and went on one day stays as far as the facts date it; a slip leaves nothing', async () => {
  const hub = await testHub({ now: '2026-12-01T10:00:00.000Z' });
  const partner = await hub.partner();
  const ended = { startsOn: '2025-01-01', endsOn: '2026-09-30' };
  for (const [startsOn, until] of [
    ['2026-12-01', '2026-12-01'],
    ['2026-11-10', '2026-11-10'],
    ['2026-12-20', '2026-12-01'],
    ['2026-09-01', null],
  ] as const) {
    const customer = await newCustomer(partner);
    await subscribe(partner, customer, ended);
    expect(await historyOf(partner, customer)).toEqual(['expired 2026-10-01..']);
    const next = await subscribe(partner, customer, { startsOn });
    const told = (await historyOf(partner, customer)).filter((line) => line.startsWith('expired'));
    expect(told).toEqual(until === null ? [] : [`expired 2026-10-01..${until}`]);
    // The second was the slip: the first goes on having ended.
    await partner.admin.call(removeSubscription, { params: { subscriptionId: next.id } });
    expect(await historyOf(partner, customer)).toEqual(['expired 2026-10-01..']);
  }
  const customer = await newCustomer(partner);
  const { id: subscriptionId, customerId: _, ...wrong } = await subscribe(partner, customer, ended);
  const right = { ...wrong, endsOn: '2027-09-30' };
  await partner.admin.call(changeSubscription, { params: { subscriptionId }, body: right });
  expect(await historyOf(partner, customer)).toEqual(['subscription 2025-01-01..']);
  // An end that is put right after the next contract was recorded takes with it what it told.
  const other = await newCustomer(partner);
  const { id, customerId: __, ...slip } = await subscribe(partner, other, ended);
  await subscribe(partner, other, { startsOn: '2026-12-01' });
  expect(await historyOf(partner, other)).toContain('expired 2026-10-01..2026-12-01');
  const body = { ...slip, endsOn: '2026-12-24' };
  await partner.admin.call(changeSubscription, { params: { subscriptionId: id }, body });
  expect((await historyOf(partner, other)).filter((line) => line.startsWith('expired'))).toEqual([]);
});

test('a status holds since its first day, whichever state it follows from', async () => {
  const hub = await testHub({ now: '2026-12-01T10:00:00.000Z' });
  const partner = await hub.partner();
  const customer = await newCustomer(partner);
  const ctx = hub.ctx(partner.partnerId); // a session would not live so long
  const given = terms({ paymentState: 'past_due', setupState: 'pending_setup' });
  const { id, version } = await recordSubscription(ctx, { customerId: customer.id, ...given });
  hub.clock.set('2026-12-12T10:00:00.000Z');
  const other = { ...given, paymentState: 'suspended', setupState: 'provisioning' } as const;
  await changeKnownSubscription(ctx, { subscriptionId: id, ...other, version });
  const stored = await hub.asOwner(
    "select status, since, reasons->0->>'state' as state from customer_status where customer_id = $1 order by status",
    [customer.id],
  );
  expect(stored).toEqual([
    { status: 'ready_for_order_setup', since: '2026-01-01', state: 'provisioning' },
    { status: 'subscription', since: '2026-01-01', state: null },
    { status: 'suspended', since: '2026-12-01', state: 'suspended' },
  ]);
  const history = (await tellHistory(ctx, { customerId: customer.id })).items;
  expect(history.map(({ status, beganOn, endedOn }) => `${status} ${beganOn}..${endedOn ?? ''}`).sort()).toEqual([
    'ready_for_order_setup 2026-01-01..',
    'subscription 2026-01-01..',
    'suspended 2026-12-01..',
  ]);
});

test('history is told to whoever sees the customer', async () => {
  const hub = await testHub();
  const partner = await hub.partner();
  const [inside, outside] = [await newCustomer(partner), await newCustomer(partner)];
  const narrow = await hub.person(partner.partnerId, 'partner_admin');
  await partner.admin.call(assignCustomers, { params: { personId: narrow.personId }, body: { add: [inside.id] } });
  const desk = await hub.person(partner.partnerId, 'help_desk_basic');
  const foreign = await hub.partner();
  const asked = ({ id: customerId }: Customer) => ({ params: { customerId } });
  expect(await narrow.client.call(listStatusHistory, asked(inside))).toEqual({ items: [] });
  expect(await desk.client.call(listStatusHistory, asked(outside))).toEqual({ items: [] });
  for (const as of [narrow.client, foreign.admin])
    expect(await as.refusal(listStatusHistory, asked(outside))).toMatchObject({ code: 'customer_not_found' });
});

test('the runner looks at midnight of each zone and after a change of policy, in one process at a time, and outlives its database', {
  timeout: 60_000,
}, async () => {
  const hub = await testHub({ now: '2026-12-01T21:59:00.000Z', isAlone: true });
  const [here, there] = [await hub.partner(), await hub.partner()];
  await there.admin.call(policies.changeStatusPolicy, { body: { ...usual, timeZone: 'Europe/Sofia' } });
  const [ours, theirs] = [await newCustomer(here), await newCustomer(there)];
  await subscribe(here, ours, { endsOn: '2026-12-01' });
  await subscribe(there, theirs, { endsOn: '2026-12-01' });
  const running = ['expires_soon', 'subscription'];
  const runners = [1, 2].map(() => startStatusRunner(hub.installation, { pollsEvery: 20 }));
  try {
    await until(async () => JSON.stringify(await statusesOf(hub, theirs)) === JSON.stringify(running));
    hub.clock.set('2026-12-01T22:00:00.000Z'); // midnight in Sofia
    await until(async () => (await statusesOf(hub, theirs)).join() === 'expired');
    expect(await statusesOf(hub, ours)).toEqual(running);
    const holders = await hub.asOwner(
      'select pid from pg_locks where classid = 4801273 and database = (select oid from pg_database where datname = current_database())',
    );
    expect(holders).toHaveLength(1);
    // What no other process tells of: a partner that this machine cannot reckon with stands in nobody's way.
    await hub.asOwner("update partner set time_zone = 'Mars/Olympus' where id = $1", [there.partnerId]);
    await hub.asOwner(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename <> current_user',
    );
    hub.clock.set('2026-12-02T00:00:00.000Z');
    await until(async () => (await statusesOf(hub, ours)).join() === 'expired');
    await until(() => Promise.resolve(hub.logged.some(({ partnerId }) => partnerId === there.partnerId)));
    await hub.asOwner('update partner set status_policy_version = status_policy_version + 1, expires_soon_days = 90');
    await until(async () => {
      const [row] = await hub.asOwner(
        'select status_policy_applied = status_policy_version as is_done from partner where id = $1',
        [here.partnerId],
      );
      return row?.['is_done'] === true;
    });
  } finally {
    await Promise.all(runners.map((runner) => runner.stop()));
  }
  expect(
    await hub.asOwner(
      'select pid from pg_locks where classid = 4801273 and database = (select oid from pg_database where datname = current_database())',
    ),
  ).toEqual([]);
});

test('what an older rule has stored is derived anew once after a release with other rules', async () => {
  const hub = await testHub();
  const partner = await hub.partner();
  const customer = await newCustomer(partner);
  await subscribe(partner, customer, { startsOn: '2026-02-03', paymentState: 'suspended' });
  const since = async () =>
    (
      await hub.asOwner<{ since: string }>('select since::text from customer_status where customer_id = $1', [
        customer.id,
      ])
    ).map((row) => row.since);
  const right = await since();
  const spoil = () =>
    hub.asOwner("update customer_status set since = '2020-01-01' where customer_id = $1", [customer.id]);
  await step(hub, partner);
  await spoil();
  expect(await step(hub, partner)).toBe(0);
  expect(await since()).toEqual(right.map(() => '2020-01-01'));
  await hub.asOwner('update partner set status_rules_applied = 0 where id = $1', [partner.partnerId]);
  expect(await step(hub, partner)).toBe(2); // the partner's own organization, too
  expect(await since()).toEqual(right);
  await spoil();
  expect(await step(hub, partner)).toBe(0);
  // One that a newer release has looked at is left to that.
  await hub.asOwner('update partner set status_rules_applied = 99 where id = $1', [partner.partnerId]);
  expect(await step(hub, partner)).toBe(0);
});
