import * as api from '@hub/contract/customers';
import { getSession } from '@hub/contract/sessions';
import { expect, test } from 'vitest';
import { inTenant } from '../access/index.ts';
import { testHub } from '../../testing/test-hub.ts';
import { createCustomer, customerNames, findCustomersByOrg, getCustomer } from './index.ts';

const orgOf = (number: number): string => `aaaaaaaa-0000-4000-8000-${String(number).padStart(12, '0')}`;

test('a customer’s country decides its region; creating it is audited', async () => {
  const hub = await testHub();
  const { admin, partnerId, adminId } = await hub.partner();
  const created = await admin.call(api.createCustomer, {
    body: { name: ' Sofia Trams ', country: 'bg', externalId: 'C-17' },
  });
  expect(created).toMatchObject({
    name: 'Sofia Trams',
    country: 'BG',
    region: 'eu',
    kind: 'owned',
    orgUuid: null,
    externalId: 'C-17',
    createdAt: '2026-12-01T10:00:00.000Z',
  });
  expect(await hub.auditOf(created.id)).toMatchObject([
    { action: 'customers.create', partner_id: partnerId, actor_person_id: adminId, before: null, after: created },
  ]);
});

test('only countries that there are make a customer, whatever the case of their code', async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  for (const country of ['ZZ', 'XX', 'EU', 'UK', 'B', 'BGR', '', '한국'])
    expect(await admin.refusal(api.createCustomer, { body: { name: 'Nowhere', country } })).toMatchObject({
      status: 400,
      code: 'invalid_request',
    });
  for (const country of ['xk', 'GB'])
    expect(await admin.call(api.createCustomer, { body: { name: country, country } })).toMatchObject({ region: 'eu' });
});

test('a region that is not served, and one that the person did not expect, are refused', async () => {
  const hub = await testHub({ regions: ['us', 'eu'] });
  const { admin } = await hub.partner();
  const canadian = { name: 'Maple', country: 'CA' };
  expect(await admin.refusal(api.createCustomer, { body: canadian })).toMatchObject({
    code: 'region_not_served',
    data: { region: 'ca' },
  });
  const german = { name: 'Kontor', country: 'DE', expectedRegion: 'us' as const };
  expect(await admin.refusal(api.createCustomer, { body: german })).toMatchObject({
    status: 409,
    code: 'customer_region_mismatch',
    data: { customerRegion: 'eu', region: 'us' },
  });
});

test('an organization belongs to one customer of a partner, also when two are created at once', async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  const tries = Array.from({ length: 5 }, (_, index) =>
    admin.call(api.createCustomer, { body: { name: `Same ${index}`, country: 'US', orgUuid: orgOf(1) } }),
  );
  const results = await Promise.allSettled(tries);
  const created = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(created).toHaveLength(1);
  expect(
    await admin.refusal(api.createCustomer, { body: { name: 'Late', country: 'US', orgUuid: orgOf(1).toUpperCase() } }),
  ).toMatchObject({
    status: 409,
    code: 'customer_org_taken',
    data: { customerName: created[0]?.name },
  });
  const unlinked = await admin.call(api.createCustomer, { body: { name: 'Other', country: 'US' } });
  const link = { params: { customerId: unlinked.id }, body: { orgUuid: orgOf(1) } };
  expect(await admin.refusal(api.linkCustomer, link)).toMatchObject({
    code: 'customer_org_taken',
    data: { customerName: created[0]?.name },
  });
});

test('two partners may hold the same organization, and neither learns of the other', async () => {
  const hub = await testHub();
  const [one, two] = [await hub.partner(), await hub.partner()];
  const ofOne = await one.admin.call(api.createCustomer, {
    body: { name: 'Secret of one', country: 'US', orgUuid: orgOf(2) },
  });
  const ofTwo = await two.admin.call(api.createCustomer, { body: { name: 'Mine', country: 'US', orgUuid: orgOf(2) } });
  expect(ofTwo.orgUuid).toBe(ofOne.orgUuid);
  expect((await two.admin.call(api.listCustomers, { query: { filter: orgOf(2) } })).items).toMatchObject([ofTwo]);
  const foreign = { params: { customerId: ofOne.id }, body: { orgUuid: orgOf(3) } };
  const refusal = await two.admin.refusal(api.linkCustomer, foreign);
  expect(refusal).toMatchObject({ status: 404, code: 'customer_not_found', data: {} });
});

test('linking sets the organization once, in the region that was expected', async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  const customer = await admin.call(api.createCustomer, { body: { name: 'Linked later', country: 'FR' } });
  const link = (orgUuid: string, expectedRegion: 'eu' | 'us') => ({
    params: { customerId: customer.id },
    body: { orgUuid, expectedRegion },
  });
  expect(await admin.refusal(api.linkCustomer, link(orgOf(4), 'us'))).toMatchObject({
    code: 'customer_region_mismatch',
  });
  expect(await admin.call(api.linkCustomer, link(orgOf(4), 'eu'))).toEqual({ ...customer, orgUuid: orgOf(4) });
  expect(await admin.refusal(api.linkCustomer, link(orgOf(5), 'eu'))).toMatchObject({
    status: 409,
    code: 'customer_org_set',
  });
  expect((await hub.auditOf(customer.id)).map((row) => row.action)).toEqual(['customers.create', 'customers.link']);
});

test('the ID of rows without a readable organization cannot be given to a customer', async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  const nil = { name: 'Nobody', country: 'US', orgUuid: '00000000-0000-0000-0000-000000000000' };
  expect(await admin.refusal(api.createCustomer, { body: nil })).toMatchObject({
    status: 400,
    code: 'invalid_request',
  });
});

test('creating or linking queues the release of held rows in the same transaction; where that fails, nothing is created', async () => {
  const hub = await testHub();
  const { admin, partnerId } = await hub.partner();
  await admin.call(api.createCustomer, { body: { name: 'With rows', country: 'AE', orgUuid: orgOf(6) } });
  const queued = await hub.asOwner('select region, release_org_uuid from import_batch where partner_id = $1', [
    partnerId,
  ]);
  expect(queued).toEqual([{ region: 'uae', release_org_uuid: orgOf(6) }]);

  const failing = createCustomer(
    hub.ctx(partnerId),
    { name: 'Undone', country: 'US', orgUuid: orgOf(7) as never },
    {
      onLinked: () => Promise.reject(new Error('the queue is closed')),
    },
  );
  await expect(failing).rejects.toThrow('the queue is closed');
  expect(await hub.asOwner("select 1 from customer where name = 'Undone'")).toEqual([]);
  expect(
    await hub.asOwner("select 1 from audit_event where partner_id = $1 and after->>'name' = 'Undone'", [partnerId]),
  ).toEqual([]);
});

test('the list is paged by name and id: nothing twice, nothing left out, names alike included', async () => {
  const hub = await testHub();
  const { admin, partnerId, name } = await hub.partner();
  const names = ['Émile', 'apple', 'Zebra', 'Same', 'Same', 'Same', 'Ябълка', '한빛'];
  for (const each of names)
    await createCustomer(hub.ctx(partnerId), { name: each, country: 'US' }, { onLinked: async () => undefined });
  const seen: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await admin.call(api.listCustomers, {
      query: { sort: 'name', limit: 2, ...(after === undefined ? {} : { after }) },
    });
    seen.push(...page.items.map((item) => item.name));
    if (page.next === null) break;
    after = page.next;
  }
  expect(seen).toEqual(['apple', 'Émile', name, 'Same', 'Same', 'Same', 'Zebra', 'Ябълка', '한빛']);
});

test('a search takes every character as it is written', async () => {
  const hub = await testHub();
  const { admin, partnerId } = await hub.partner();
  const names = ['100% Voice', '100 Voice', 'under_score', 'underscore', 'back\\slash', "O'Hara; drop table customer"];
  for (const name of names)
    await createCustomer(hub.ctx(partnerId), { name, country: 'US' }, { onLinked: async () => undefined });
  await createCustomer(
    hub.ctx(partnerId),
    { name: 'By number', country: 'DE', externalId: 'K_9', orgUuid: orgOf(8) as never },
    { onLinked: async () => undefined },
  );
  const found = async (q: string) =>
    (await admin.call(api.listCustomers, { query: { filter: q, sort: 'name' } })).items.map((item) => item.name);
  expect(await found('100%')).toEqual(['100% Voice']);
  expect(await found('r_s')).toEqual(['under_score']);
  expect(await found(String.raw`"back\\"`)).toEqual(['back\\slash']);
  expect(await found(`"o'hara; DROP"`)).toEqual(["O'Hara; drop table customer"]);
  expect(await found('k_9')).toEqual(['By number']);
  expect(await found(orgOf(8).slice(0, 8))).toEqual(['By number']);
  expect(
    (await admin.call(api.listCustomers, { query: { filter: 'region:eu' } })).items.map((item) => item.name),
  ).toEqual(['By number']);
  const unlinked = await admin.call(api.listCustomers, { query: { filter: '-is:linked' } });
  expect(unlinked.items.map((item) => item.name)).not.toContain('By number');
});

test.each([
  ['garbage', 'garbage'],
  ['no JSON', Buffer.from('[').toString('base64url')],
  ['an object', Buffer.from('{"name":"a"}').toString('base64url')],
  ['an id that is none', Buffer.from(JSON.stringify(['a', "' or 1=1"])).toString('base64url')],
  ['a NUL', Buffer.from(JSON.stringify(['a\0', '01939ad0-0000-7000-8000-000000000000'])).toString('base64url')],
])('a page link that is %s is refused', async (_, after) => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  expect(await admin.refusal(api.listCustomers, { query: { after } })).toMatchObject({
    status: 400,
    code: 'cursor_invalid',
  });
});

test('read-only people read and write nothing', async () => {
  const hub = await testHub();
  const { readOnly, partnerId } = await hub.partner();
  expect((await readOnly.call(api.listCustomers)).items).toHaveLength(1);
  const refusal = await readOnly.refusal(api.createCustomer, { body: { name: 'No', country: 'US' } });
  expect(refusal).toMatchObject({ status: 403, code: 'permission_denied', data: { permission: 'customers.write' } });
  // The verb asks too, whoever calls it.
  const session = await readOnly.call(getSession);
  const actor = {
    kind: 'person',
    partnerId,
    personId: session.person.id,
    role: 'partner_read_only',
    sessionId: session.person.id as never,
  } as const;
  const direct = createCustomer(
    hub.ctx(partnerId, actor),
    { name: 'No', country: 'US' },
    { onLinked: async () => undefined },
  );
  await expect(direct).rejects.toMatchObject({ code: 'permission_denied' });
});

test('names of a region and customers of organizations, as other features ask for them', async () => {
  const hub = await testHub();
  const { partnerId, admin } = await hub.partner({ homeRegion: 'uae' });
  const american = await admin.call(api.createCustomer, {
    body: { name: 'American', country: 'US', orgUuid: orgOf(9) },
  });
  const french = await admin.call(api.createCustomer, { body: { name: 'French', country: 'FR', orgUuid: orgOf(10) } });
  const ctx = hub.ctx(partnerId);
  const many = [...Array.from({ length: 2500 }, (_, index) => orgOf(100_000 + index)), orgOf(9), orgOf(10)];
  expect(await inTenant(ctx, (tx) => findCustomersByOrg(tx, many))).toEqual(expect.arrayContaining([american, french]));
  expect(await inTenant(ctx, (tx) => findCustomersByOrg(tx, many, 'eu'))).toEqual([french]);
  expect(await inTenant(ctx, (tx) => customerNames(tx, 'us'))).toEqual([
    { id: american.id, name: 'American', orgUuid: orgOf(9) },
  ]);
  expect(await inTenant(ctx, (tx) => getCustomer(tx, french.id))).toEqual(french);
  const other = await hub.partner();
  await expect(inTenant(hub.ctx(other.partnerId), (tx) => getCustomer(tx, french.id))).rejects.toMatchObject({
    code: 'customer_not_found',
  });
});
