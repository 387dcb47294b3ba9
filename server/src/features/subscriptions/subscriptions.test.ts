import { assignCustomers } from '@hub/contract/administrators';
import { createCustomer } from '@hub/contract/customers';
import type { Customer } from '@hub/contract/customers';
import type { SubscriptionId } from '@hub/contract/ids';
import * as api from '@hub/contract/subscriptions';
import { startTrial } from '@hub/contract/trials';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { type TestHub, type TestPartner, testHub } from '../../testing/test-hub.ts';
import { changeSubscription } from './change-subscription.ts';
import { countedLines, sincesOf } from './contract-rules.ts';

const today = '2026-12-01';
let hub: TestHub;
let partner: TestPartner;

beforeAll(async () => {
  hub = await testHub({ now: `${today}T10:00:00.000Z` });
  partner = await hub.partner();
});

let made = 0;
const newCustomer = (as: TestClient = partner.admin): Promise<Customer> =>
  as.call(createCustomer, { body: { name: `Customer ${(made += 1)}`, country: 'US' } });

const terms = (over: Partial<api.SubscriptionTerms> = {}): api.SubscriptionTerms => ({
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

const statusesOf = async ({ id }: { id: string }): Promise<string[]> =>
  (
    await hub.asOwner<{ status: string; since: string }>(
      'select status, since from customer_status where customer_id = $1 order by 1',
      [id],
    )
  ).map(({ status, since }) => `${status} since ${since}`);

const create = (customer: Customer, body: api.SubscriptionTerms, as = partner.admin): Promise<api.Subscription> =>
  as.call(api.createSubscription, { params: { customerId: customer.id }, body });
const listed = async (customer: Customer): Promise<api.Subscription[]> => {
  const { items } = await partner.readOnly.call(api.listSubscriptions, { params: { customerId: customer.id } });
  return items.map(({ tags, ...item }) => {
    expect(tags).toEqual([]); // nobody has given one
    return item;
  });
};

test('a subscription is recorded, audited, and tells of its customer at once', async () => {
  const customer = await newCustomer();
  const given = terms({
    reference: '  Sub\u200b-new\u202e  ',
    setupState: 'pending_setup',
    paymentState: 'past_due',
    lines: [
      { product: 'meetings', ordered: 5, assigned: null },
      { product: 'calling', ordered: 10, assigned: 13 },
    ],
  });
  const subscription = await create(customer, given);
  expect(subscription).toEqual({
    ...given,
    reference: 'Sub-new',
    lines: [given.lines[1], given.lines[0]],
    id: subscription.id,
    customerId: customer.id,
    version: 1,
  });
  expect(await listed(customer)).toEqual([subscription]);
  expect(await statusesOf(customer)).toEqual([
    `license_overage since ${today}`,
    'ready_for_order_setup since 2026-01-01',
    'subscription since 2026-01-01',
    `suspended since ${today}`,
  ]);
  const [event, ...others] = await hub.auditOf(subscription.id);
  expect(others).toEqual([]);
  expect(event).toMatchObject({
    action: 'subscriptions.create',
    target_kind: 'subscription',
    customer_id: customer.id,
    actor_person_id: partner.adminId,
    before: null,
    after: subscription,
  });
});

test('a change counts the version, keeps since when a state holds, and is audited with both', async () => {
  const customer = await newCustomer();
  const given = terms({ paymentState: 'past_due', lines: [{ product: 'calling', ordered: 10, assigned: 11 }] });
  const before = await create(customer, given);
  hub.clock.set('2026-12-05T10:00:00.000Z');
  onTestFinished(() => hub.clock.set(`${today}T10:00:00.000Z`));
  const change = (body: api.SubscriptionTerms & { version: number }): Promise<api.Subscription> =>
    changeSubscription(hub.ctx(partner.partnerId), { subscriptionId: before.id, ...body });
  const after = await change({
    ...given,
    lines: [{ product: 'calling', ordered: 10, assigned: 12 }],
    setupState: 'updating',
    version: 1,
  });
  expect(after).toMatchObject({ version: 2, setupState: 'updating', lines: [{ assigned: 12 }] });
  expect(await statusesOf(customer)).toEqual([
    `license_overage since ${today}`,
    'ready_for_order_setup since 2026-12-05',
    'subscription since 2026-01-01',
    `suspended since ${today}`,
  ]);
  await change({ ...given, paymentState: 'suspended', lines: [], version: 2 });
  expect(await statusesOf(customer)).toEqual(['subscription since 2026-01-01', 'suspended since 2026-12-01']);
  await change({ ...given, paymentState: 'suspended', version: 3 });
  expect(await statusesOf(customer)).toContain('license_overage since 2026-12-05');
  const events = await hub.auditOf(before.id);
  expect(events.map(({ action }) => action)).toEqual([
    'subscriptions.create',
    'subscriptions.change',
    'subscriptions.change',
    'subscriptions.change',
  ]);
  expect(events[1]).toMatchObject({ before, after, customer_id: customer.id });
});

test('of two who edit at once the second is refused and loses nothing', async () => {
  const customer = await newCustomer();
  const given = terms();
  const { id } = await create(customer, given);
  const other = await hub.person(partner.partnerId, 'partner_full');
  const results = await Promise.allSettled(
    [partner.admin, other.client].map((as, place) =>
      as.call(api.changeSubscription, {
        params: { subscriptionId: id },
        body: { ...given, termMonths: 24 + place, version: 1 },
      }),
    ),
  );
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [now] = await listed(customer);
  expect(now?.version).toBe(2);
  const refused = await partner.admin.refusal(api.changeSubscription, {
    params: { subscriptionId: id },
    body: { ...given, version: 1 },
  });
  expect(refused).toMatchObject({ code: 'changed_meanwhile', status: 409 });
  expect(await listed(customer)).toEqual([now]);
  expect(await hub.auditOf(id)).toHaveLength(2);
});

test('subscriptions of one customer that are recorded in the same moment wait for each other and are all there', async () => {
  const customer = await newCustomer();
  await Promise.all(Array.from({ length: 8 }, () => create(customer, terms({ endsOn: '2026-12-05' }))));
  expect(await listed(customer)).toHaveLength(8);
  const [status] = await hub.asOwner<{ reasons: unknown[] }>(
    "select reasons from customer_status where customer_id = $1 and status = 'expires_soon'",
    [customer.id],
  );
  expect(status?.reasons).toHaveLength(8);
});

test('a reference names one subscription or trial of the partner', async () => {
  const [first, second] = [await newCustomer(), await newCustomer()];
  const given = terms();
  const subscription = await create(first, given);
  const taken = { code: 'contract_reference_taken', data: { reference: given.reference, customerName: first.name } };
  const refusal = (as: TestClient) =>
    as.refusal(api.createSubscription, { params: { customerId: second.id }, body: given });
  expect(await refusal(partner.admin)).toMatchObject(taken);
  const body = {
    startsOn: today,
    endsOn: '2026-12-31',
    lines: [{ product: 'calling' as const, ordered: 1, assigned: null }],
    reference: given.reference,
  };
  expect(await partner.admin.refusal(startTrial, { params: { customerId: second.id }, body })).toMatchObject(taken);
  const trial = { ...body, reference: `Trial-${(made += 1)}` };
  await partner.admin.call(startTrial, { params: { customerId: second.id }, body: trial });
  expect(
    await partner.admin.refusal(api.changeSubscription, {
      params: { subscriptionId: subscription.id },
      body: { ...given, reference: trial.reference, version: 1 },
    }),
  ).toMatchObject({ code: 'contract_reference_taken', data: { customerName: second.name } });
  // Somebody whose scope does not hold the other customer learns nothing of it.
  const narrow = await hub.person(partner.partnerId, 'partner_admin');
  await partner.admin.call(assignCustomers, { params: { personId: narrow.personId }, body: { add: [second.id] } });
  const told = await refusal(narrow.client);
  expect(told).toMatchObject({ code: 'contract_reference_not_yours', data: { reference: given.reference } });
  expect(JSON.stringify(told)).not.toContain(first.name);
  // A reference that was given up is free, and another partner has its own.
  await partner.admin.call(api.changeSubscription, {
    params: { subscriptionId: subscription.id },
    body: { ...given, reference: `${given.reference}-b`, version: 1 },
  });
  const freed = await create(second, given);
  await partner.admin.call(api.removeSubscription, { params: { subscriptionId: freed.id } });
  await create(first, given);
  const foreign = await hub.partner();
  await create(await newCustomer(foreign.admin), given, foreign.admin);
});

test('what was recorded by mistake goes; what has ended is kept', async () => {
  const customer = await newCustomer();
  const mistake = await create(customer, terms({ lines: [{ product: 'calling', ordered: 1, assigned: 1 }] }));
  const ended = await create(customer, terms({ endsOn: '2026-11-30' }));
  const renewing = await create(customer, terms({ endsOn: '2026-11-30', autoRenews: true }));
  const remove = { params: { subscriptionId: ended.id } };
  expect(await partner.admin.refusal(api.removeSubscription, remove)).toMatchObject({
    code: 'contract_ended',
    data: { reference: ended.reference },
  });
  for (const { id } of [mistake, renewing])
    await partner.admin.call(api.removeSubscription, { params: { subscriptionId: id } });
  expect(await listed(customer)).toEqual([ended]);
  expect(await statusesOf(customer)).toEqual([`expired since ${today}`]);
  expect(await hub.asOwner('select 1 from license_line where customer_id = $1', [customer.id])).toEqual([]);
  expect((await hub.auditOf(mistake.id))[1]).toMatchObject({
    action: 'subscriptions.remove',
    before: mistake,
    after: null,
    customer_id: customer.id,
  });
});

test('each sees and writes what their role and scope hold', async () => {
  const [inside, outside] = [await newCustomer(), await newCustomer()];
  const own = await create(inside, terms());
  const hidden = await create(outside, terms());
  const narrow = await hub.person(partner.partnerId, 'partner_admin');
  await partner.admin.call(assignCustomers, { params: { personId: narrow.personId }, body: { add: [inside.id] } });
  const foreign = await hub.partner();
  for (const as of [narrow.client, foreign.admin]) {
    const params = { subscriptionId: hidden.id };
    const gone = { code: 'subscription_not_found', status: 404 };
    expect(await as.refusal(api.changeSubscription, { params, body: { ...terms(), version: 1 } })).toMatchObject(gone);
    expect(await as.refusal(api.removeSubscription, { params })).toMatchObject(gone);
    const asked = { params: { customerId: outside.id } };
    expect(await as.refusal(api.listSubscriptions, asked)).toMatchObject({ code: 'customer_not_found' });
    expect(await as.refusal(api.createSubscription, { ...asked, body: terms() })).toMatchObject({
      code: 'customer_not_found',
    });
  }
  const change = { params: { subscriptionId: own.id }, body: { ...terms(), version: 1 } };
  expect(await narrow.client.call(api.changeSubscription, change)).toMatchObject({ version: 2 });
  expect(await partner.readOnly.refusal(api.changeSubscription, change)).toMatchObject({ code: 'permission_denied' });
  for (const role of ['help_desk_basic', 'help_desk_advanced'] as const) {
    const { client } = await hub.person(partner.partnerId, role);
    const asked = { params: { customerId: inside.id } };
    expect(await client.refusal(api.listSubscriptions, asked)).toMatchObject({ code: 'permission_denied' });
    expect(await client.refusal(api.createSubscription, { ...asked, body: terms() })).toMatchObject({
      code: 'permission_denied',
    });
  }
  const nobody = '01939ad0-0000-7000-8000-000000000001' as SubscriptionId;
  expect(await partner.admin.refusal(api.removeSubscription, { params: { subscriptionId: nobody } })).toMatchObject({
    code: 'subscription_not_found',
  });
});

test.each<[string, Partial<api.SubscriptionTerms>]>([
  ['ends before it starts', { startsOn: '2026-05-02', endsOn: '2026-05-01' }],
  ['starts in a year that was mistyped', { startsOn: '0000-01-01' }],
  ['ends in a year that was mistyped', { endsOn: '9999-12-31' }],
  ['names no day', { startsOn: '2026-02-30' }],
  ['has no reference that can be seen', { reference: ' \u200b\u202e ' }],
  ['has a reference of 5,000 characters', { reference: 'x'.repeat(5000) }],
  [
    'names a product twice',
    { lines: [1, 2].map((ordered) => ({ product: 'calling' as const, ordered, assigned: null })) },
  ],
  ['counts below zero', { lines: [{ product: 'calling', ordered: -1, assigned: null }] }],
])('a subscription that %s is not valid', async (_, over) => {
  const customer = await newCustomer();
  const body = terms(over);
  expect(
    await partner.admin.refusal(api.createSubscription, { params: { customerId: customer.id }, body }),
  ).toMatchObject({ code: 'invalid_request' });
  expect(await listed(customer)).toEqual([]);
});

test('a line forgets since when it was over once it is not', () => {
  const line = (assigned: number | null) => ({ product: 'calling' as const, ordered: 10, assigned });
  const over = countedLines([line(11)], [], '2026-05-01');
  expect(over).toEqual([{ ...line(11), overSince: '2026-05-01' }]);
  expect(countedLines([line(30)], over, '2026-05-09')).toEqual([{ ...line(30), overSince: '2026-05-01' }]);
  for (const assigned of [10, 0, null]) {
    const under = countedLines([line(assigned)], over, '2026-05-09');
    expect(under).toEqual([{ ...line(assigned), overSince: null }]);
    expect(countedLines([line(11)], under, '2026-06-01')).toEqual([{ ...line(11), overSince: '2026-06-01' }]);
  }
});

test('a state holds since it was first this one', () => {
  const states = { startsOn: '2026-03-01', paymentState: 'current', setupState: 'pending_setup' } as const;
  const sinces = sincesOf(states, undefined, '2026-05-01');
  expect(sinces).toEqual({ paymentSince: '2026-05-01', setupSince: '2026-03-01' });
  expect(sincesOf({ ...states, startsOn: '2026-06-01' }, undefined, '2026-05-01').setupSince).toBe('2026-05-01');
  const before = { ...states, ...sinces };
  expect(sincesOf({ ...states, setupState: 'provisioned' }, before, '2026-05-09')).toEqual({
    paymentSince: '2026-05-01',
    setupSince: '2026-05-09',
  });
});

test('what follows from a state goes on while another state says the same', () => {
  const states = { startsOn: '2026-03-01', paymentState: 'past_due', setupState: 'pending_setup' } as const;
  const before = { ...states, paymentSince: '2026-04-20', setupSince: '2026-03-01' };
  for (const setupState of ['provisioning', 'updating', 'pending_rpl_review'] as const)
    expect(sincesOf({ ...states, setupState, paymentState: 'suspended' }, before, '2026-05-09')).toEqual({
      paymentSince: '2026-04-20',
      setupSince: '2026-03-01',
    });
  const failed = { ...before, setupState: 'error', setupSince: '2026-05-02' } as const;
  const since = (setupState: api.SubscriptionTerms['setupState'], known: typeof before | typeof failed) =>
    sincesOf({ ...states, setupState }, known, '2026-05-09').setupSince;
  expect(since('provisioned_with_errors', failed)).toBe('2026-05-02');
  expect([since('pending_setup', failed), since('error', before)]).toEqual(['2026-05-09', '2026-05-09']);
  expect(sincesOf({ ...states, paymentState: 'current' }, before, '2026-05-09').paymentSince).toBe('2026-05-09');
});

test('a setup that failed before it was recorded has failed since nobody knows when: it counts from the record', () => {
  for (const setupState of ['error', 'provisioned_with_errors'] as const) {
    const states = { startsOn: '2026-01-01', paymentState: 'current', setupState } as const;
    expect(sincesOf(states, undefined, '2026-05-01').setupSince).toBe('2026-05-01');
  }
});
