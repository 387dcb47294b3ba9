import { assignCustomers } from '@hub/contract/administrators';
import { listAuditEvents } from '@hub/contract/audit';
import * as api from '@hub/contract/customers';
import type { CustomerId } from '@hub/contract/ids';
import { expect, test } from 'vitest';
import { madeUuid } from '../../testing/leg-record.ts';
import { testHub } from '../../testing/test-hub.ts';

const noContact = { name: '', email: '', phone: '' };

async function withCustomer(facts: Partial<Parameters<typeof factsOf>[0]> = {}) {
  const hub = await testHub();
  const partner = await hub.partner();
  const customer = await partner.admin.call(api.createCustomer, { body: factsOf(facts) });
  return { hub, ...partner, customer, params: { customerId: customer.id } };
}
const factsOf = (facts: {
  name?: string;
  country?: string;
  orgUuid?: string;
  domain?: string;
  externalId?: string;
}) => ({ name: 'Acme', country: 'US', ...facts });

test('a customer is changed by whoever saw its newest version; the other is told so and nothing is lost', async () => {
  const { hub, admin, customer, params } = await withCustomer({ domain: 'Acme.Example', externalId: 'C-1' });
  const facts = {
    name: 'Acme Söhne',
    externalId: '',
    domain: 'acme.test',
    kind: 'external' as const,
    contact: { name: 'Ada', email: 'ada@acme.test', phone: '+359 2' },
  };
  const changed = await admin.call(api.changeCustomer, { params, body: { ...facts, version: customer.version } });
  expect(changed).toEqual({ ...customer, ...facts, externalId: null, version: customer.version + 1 });
  expect(
    await admin.refusal(api.changeCustomer, { params, body: { ...facts, name: 'Mine', version: customer.version } }),
  ).toMatchObject({ status: 409, code: 'changed_meanwhile' });
  expect(await admin.call(api.getCustomer, { params })).toMatchObject({
    ...changed,
    statuses: [],
    today: '2026-12-01',
  });
  const found = async (filter: string) =>
    (await admin.call(api.listCustomers, { query: { filter } })).items.map(({ name }) => name);
  expect(await found('sohne')).toEqual(['Acme Söhne']);
  expect(await found('acme.example')).toEqual([]);
  expect((await hub.auditOf(customer.id)).map(({ action, before, after }) => [action, before, after])).toEqual([
    ['customers.create', null, customer],
    ['customers.change', customer, changed],
  ]);
});

test('the help desk is told no phone number, in the list, on the page and in the audit log', async () => {
  const { hub, admin, partnerId, customer, params } = await withCustomer();
  const contact = { name: 'Ada', email: 'ada@acme.test', phone: '+359 2 555 0100' };
  const { name, version } = customer;
  await admin.call(api.changeCustomer, {
    params,
    body: { name, kind: 'owned', externalId: '', domain: '', contact, version },
  });
  const { client: helpDesk } = await hub.person(partnerId, 'help_desk_advanced');
  for (const client of [admin, helpDesk]) {
    const told = [
      await client.call(api.getCustomer, { params }),
      (await client.call(api.listCustomers, { query: {} })).items,
      (await client.call(listAuditEvents, { query: {} })).items,
    ].map((reply) => JSON.stringify(reply));
    expect(told.map((text) => text.includes(contact.email))).toEqual([true, true, true]);
    expect(told.map((text) => text.includes(contact.phone))).toEqual(Array(3).fill(client === admin));
  }
});

test('the own organization is not changed', async () => {
  const { admin } = await withCustomer();
  const [own] = (await admin.call(api.listCustomers, { query: { filter: 'managed:own' } })).items;
  const params = { customerId: own?.id as CustomerId };
  const body = { name: 'x', externalId: '', domain: '', kind: 'owned' as const, contact: noContact, version: 1 };
  expect(await admin.refusal(api.changeCustomer, { params, body })).toMatchObject({ code: 'customer_own' });
});

test('of sign-ins the latest is kept, and statuses follow', async () => {
  const { admin, params, hub, customer } = await withCustomer();
  const record = (on: string | null) => admin.call(api.recordSignIn, { params, body: { on } });
  expect((await admin.call(api.getCustomer, { params })).lastSignIn).toEqual({ isKnown: false, on: null });
  expect(await record(null)).toEqual({ isKnown: true, on: null });
  expect(await record('2026-11-20')).toEqual({ isKnown: true, on: '2026-11-20' });
  expect(await record('2026-11-01')).toEqual({ isKnown: true, on: '2026-11-20' });
  expect(await record(null)).toEqual({ isKnown: true, on: '2026-11-20' });
  expect(await admin.refusal(api.recordSignIn, { params, body: { on: '2026-12-03' } })).toMatchObject({
    code: 'invalid_request',
  });
  expect((await hub.auditOf(customer.id)).filter(({ action }) => action === 'customers.sign_in')).toHaveLength(2);
  await hub.asOwner("update customer set created_at = '2025-01-01', last_sign_in_on = null where id = $1", [
    customer.id,
  ]);
  await record('2026-01-01');
  expect((await admin.call(api.getCustomer, { params })).statuses).toMatchObject([{ status: 'no_recent_activity' }]);
});

test('a merge moves everything, keeps what the kept one has, and leaves nothing of the other', async () => {
  const { hub, admin, partnerId, customer: kept } = await withCustomer({ domain: 'kept.test' });
  const orgUuid = madeUuid();
  const gone = await admin.call(api.createCustomer, {
    body: factsOf({ name: 'Acme (2)', orgUuid, domain: 'gone.test', externalId: 'X' }),
  });
  const pia = await hub.person(partnerId, 'partner_admin');
  await hub.asOwner('insert into assignment (partner_id, person_id, customer_id) values ($1, $2, $3)', [
    partnerId,
    pia.personId,
    gone.id,
  ]);
  const [subscription, trial, group] = [madeUuid(), madeUuid(), madeUuid()];
  await hub.asOwner(
    `insert into subscription (id, partner_id, customer_id, reference, starts_on, ends_on, auto_renews, payment_state, payment_since, setup_state, setup_since, created_at)
     values ($1, $2, $3, 'Sub-1', '2026-01-01', '2026-12-05', false, 'current', '2026-01-01', 'provisioned', '2026-01-01', now())`,
    [subscription, partnerId, gone.id],
  );
  await hub.asOwner(
    `insert into trial (id, partner_id, customer_id, reference, starts_on, ends_on, created_at) values ($1, $2, $3, 'T-1', '2026-11-01', '2026-12-31', now())`,
    [trial, partnerId, gone.id],
  );
  await hub.asOwner(
    'insert into license_line (partner_id, customer_id, subscription_id, product, ordered, assigned) values ($1, $2, $3, $4, 10, 4)',
    [partnerId, gone.id, subscription, 'calling'],
  );
  await hub.asOwner(
    "insert into customer_status_history (partner_id, customer_id, status, began_on, noted_on) values ($1, $2, 'subscription', '2026-01-01', '2026-01-01')",
    [partnerId, gone.id],
  );
  await hub.asOwner(
    "insert into customer_group (id, partner_id, name, name_key, created_at) values ($1, $2, 'G', 'g', now())",
    [group, partnerId],
  );
  await hub.asOwner('insert into customer_group_member (partner_id, group_id, customer_id) values ($1, $2, $3)', [
    partnerId,
    group,
    gone.id,
  ]);
  const tag = async (name: string, holders: readonly string[]) => {
    const id = madeUuid();
    await hub.asOwner(
      "insert into tag (id, partner_id, kind, name, name_key, color, created_at) values ($1, $2, 'customer', $3, $3, 'red', now())",
      [id, partnerId, name],
    );
    await hub.asOwner('insert into customer_tag (partner_id, customer_id, tag_id) select $1, unnest($2::uuid[]), $3', [
      partnerId,
      holders,
      id,
    ]);
  };
  for (const name of ['a', 'b', 'c']) await tag(name, [kept.id]);
  await tag('d', [kept.id, gone.id]);
  for (const name of ['e', 'f', 'g']) await tag(name, [gone.id]);

  const params = { customerId: kept.id };
  const asked = { params, query: { otherCustomerId: gone.id } };
  const preview = await admin.call(api.previewMerge, asked);
  expect(preview).toMatchObject({ tagsLeft: ['f', 'g'], groups: ['G'], administrators: 1 });
  expect(preview.administratorNames).toHaveLength(1);
  // In a scope others are counted, not named; a customer of somebody else is not there.
  const tom = await hub.person(partnerId, 'partner_admin');
  expect(await tom.client.refusal(api.previewMerge, asked)).toMatchObject({ code: 'customer_not_found' });
  const assigned = { params: { personId: tom.personId }, body: { add: [kept.id, gone.id] } };
  await admin.call(assignCustomers, assigned);
  expect(await tom.client.call(api.previewMerge, asked)).toEqual({
    tagsLeft: ['f', 'g'],
    groups: ['G'],
    administrators: 1,
    administratorNames: null,
  });
  const merged = await admin.call(api.mergeCustomer, { params, body: { otherCustomerId: gone.id } });
  expect(merged).toMatchObject({
    id: kept.id,
    name: 'Acme',
    orgUuid,
    domain: 'kept.test',
    externalId: 'X',
    version: kept.version + 1,
    tagsLeft: ['f', 'g'],
  });
  const row = await pia.client.call(api.getCustomer, { params }); // handed on to whom the other was assigned
  expect(row.statuses.map(({ status }) => status)).toEqual(['expires_soon', 'trial', 'subscription']);
  expect(row.tags.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(row).toMatchObject({
    licenses: { ordered: 10, assigned: 4, unassigned: 6, over: 0 },
    next: { on: '2026-12-05', reference: 'Sub-1' },
  });
  expect(await admin.call(api.countCustomers, { query: { filter: 'group:g subscription:sub-1' } })).toMatchObject({
    matching: 1,
    all: 2,
  });
  expect(await admin.refusal(api.getCustomer, { params: { customerId: gone.id } })).toMatchObject({
    code: 'customer_not_found',
  });
  // Tags without a holder went along.
  expect(await hub.asOwner('select name from tag where partner_id = $1 order by name', [partnerId])).toEqual(
    ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name })),
  );
  const history = await hub.asOwner<{ ended: boolean }>(
    "select ended_on is not null as ended from customer_status_history where customer_id = $1 and status = 'subscription' order by began_on",
    [kept.id],
  );
  expect(history).toEqual([{ ended: false }]); // what went on goes on in one stretch
  expect((await hub.auditOf(gone.id)).at(-1)).toMatchObject({ action: 'customers.merged', after: { into: kept.id } });
});

test('what cannot be merged is refused and stays', async () => {
  const { hub, admin, customer, partnerId } = await withCustomer({ orgUuid: madeUuid() });
  const make = (facts: Parameters<typeof factsOf>[0]) => admin.call(api.createCustomer, { body: factsOf(facts) });
  const refusal = async (otherCustomerId: CustomerId) =>
    admin.refusal(api.mergeCustomer, { params: { customerId: customer.id }, body: { otherCustomerId } });
  expect(await refusal(customer.id)).toMatchObject({ code: 'customers_not_mergeable', data: { because: 'same' } });
  expect(await refusal((await make({ orgUuid: madeUuid() })).id)).toMatchObject({
    code: 'customers_not_mergeable',
    data: { because: 'both_linked' },
  });
  expect(await refusal((await make({ country: 'BG' })).id)).toMatchObject({ code: 'customer_region_mismatch' });
  const [own] = (await admin.call(api.listCustomers, { query: { filter: 'managed:own' } })).items;
  expect(await refusal(own?.id as CustomerId)).toMatchObject({ code: 'customer_own' });
  const foreign = await (await hub.partner()).admin.call(api.createCustomer, { body: factsOf({}) });
  expect(await refusal(foreign.id)).toMatchObject({ code: 'customer_not_found' });
  expect(await hub.asOwner('select 1 from customer where partner_id = $1', [partnerId])).toHaveLength(4);
});
