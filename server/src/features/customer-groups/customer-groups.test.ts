import { assignCustomers, assignGroups } from '@hub/contract/administrators';
import * as api from '@hub/contract/customer-groups';
import { createCustomer, listCustomerFacet, listCustomers } from '@hub/contract/customers';
import type { CustomerId, GroupId } from '@hub/contract/ids';
import { expect, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { testHub } from '../../testing/test-hub.ts';

async function partnerWithCustomers(names: string[]) {
  const hub = await testHub();
  const partner = await hub.partner();
  const customers: CustomerId[] = [];
  for (const name of names)
    customers.push((await partner.admin.call(createCustomer, { body: { name, country: 'US' } })).id);
  return { hub, ...partner, customers };
}

const create = (client: TestClient, name: string, filter?: string) =>
  client.call(api.createCustomerGroup, { body: { name, ...(filter === undefined ? {} : { filter }) } });
const members = (client: TestClient, groupId: GroupId, add: CustomerId[], remove: CustomerId[] = []) =>
  client.call(api.setGroupMembers, { params: { groupId }, body: { add, remove } });

test('customers are added to a group and taken out of it, once each, and counted as far as one sees them', async () => {
  const { hub, admin, partnerId, customers } = await partnerWithCustomers(['One', 'Two', 'Three']);
  const [one, two, three] = customers as [CustomerId, CustomerId, CustomerId];
  const group = await create(admin, 'Key accounts');
  expect(group).toMatchObject({ name: 'Key accounts', filter: null, customers: 0, version: 1 });
  expect(await members(admin, group.id, [one, one, two])).toMatchObject({ customers: 2, version: 1 });
  expect(await members(admin, group.id, [two, three], [one])).toMatchObject({ customers: 2 });
  const found = await admin.call(listCustomers, { query: { filter: 'group:"key accounts"', sort: 'name' } });
  expect(found.items.map(({ name }) => name)).toEqual(['Three', 'Two']);
  const pia = await hub.person(partnerId, 'partner_admin');
  await admin.call(assignCustomers, { params: { personId: pia.personId }, body: { add: [two] } });
  expect((await pia.client.call(api.listCustomerGroups)).items).toMatchObject([{ name: 'Key accounts', customers: 1 }]);
  const events = (await hub.auditOf(group.id)).map(({ action, before, after }) => ({ action, before, after }));
  expect(events.map(({ action }) => action)).toEqual(['groups.create', 'groups.assign', 'groups.assign']);
  expect(events[2]).toMatchObject({
    before: { customers: 2, removed: [one] },
    after: { customers: 2, added: [three] },
  });
  await members(admin, group.id, [three], [one]); // as it is already
  expect(await hub.auditOf(group.id)).toHaveLength(3);
});

test('a group by a filter is asked anew each time and takes nobody by hand', async () => {
  const { admin, customers } = await partnerWithCustomers(['North one', 'North two', 'South']);
  const group = await create(admin, 'North', 'north');
  expect(group).toMatchObject({ customers: 2, filter: 'north' });
  await admin.call(createCustomer, { body: { name: 'North three', country: 'US' } });
  expect((await admin.call(api.listCustomerGroups)).items[0]).toMatchObject({ customers: 3 });
  const byHand = { params: { groupId: group.id }, body: { add: customers, remove: [] } };
  expect(await admin.refusal(api.setGroupMembers, byHand)).toMatchObject({ code: 'group_by_filter' });
  for (const filter of ['status:nothing', '(north'])
    expect(await admin.refusal(api.createCustomerGroup, { body: { name: 'Broken', filter } })).toMatchObject({
      status: 400,
      code: 'filter_invalid',
    });
  expect(
    await admin.refusal(api.createCustomerGroup, { body: { name: 'Long', filter: 'x'.repeat(10_000) } }),
  ).toMatchObject({ code: 'filter_too_long', data: { length: 10_000 } });
});

test('of two who change a group the second is told; with a filter the customers of before are out', async () => {
  const { hub, admin, customers } = await partnerWithCustomers(['One', 'Two']);
  const { id: groupId } = await create(admin, 'Group');
  await members(admin, groupId, customers);
  const change = (version: number, filter: string | null) => ({
    params: { groupId },
    body: { name: 'Group', description: '\u202Echanged', filter, version },
  });
  expect(await admin.call(api.changeCustomerGroup, change(1, 'one'))).toMatchObject({ version: 2, customers: 1 });
  expect(await admin.refusal(api.changeCustomerGroup, change(1, null))).toMatchObject({ code: 'changed_meanwhile' });
  expect(await admin.call(api.changeCustomerGroup, change(2, null))).toMatchObject({ version: 3, customers: 0 });
  expect((await hub.auditOf(groupId)).at(-2)).toMatchObject({
    action: 'groups.change',
    before: { filter: null, customers: 2 },
    after: { filter: 'one', description: 'changed' },
  });
  const done = await Promise.allSettled(
    [3, 3, 3].map((version) => admin.call(api.changeCustomerGroup, change(version, ''))),
  );
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a name is there once whatever its case, also for two at the same moment', async () => {
  const { admin } = await partnerWithCustomers([]);
  const done = await Promise.allSettled(['Gold', 'GOLD', 'gold', 'Gold '].map((name) => create(admin, name)));
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const other = await create(admin, 'Silver');
  const body = { name: 'gOLD', description: '', filter: null, version: 1 };
  expect(await admin.refusal(api.changeCustomerGroup, { params: { groupId: other.id }, body })).toMatchObject({
    code: 'group_name_taken',
  });
});

test('a group that another’s filter names is neither removed nor renamed, and none holds itself', async () => {
  const { hub, admin } = await partnerWithCustomers(['North']);
  const inner = await create(admin, 'Inner', 'north');
  const outer = await create(admin, 'Outer', 'acme OR -(group:INNER)');
  const remove = { params: { groupId: inner.id } };
  expect(await admin.refusal(api.removeCustomerGroup, remove)).toMatchObject({
    code: 'group_in_use',
    data: { name: 'Outer' },
  });
  const change = (name: string, filter: string | null, version = 1) => ({
    params: { groupId: inner.id },
    body: { name, description: '', filter, version },
  });
  expect(await admin.refusal(api.changeCustomerGroup, change('Renamed', 'north'))).toMatchObject({
    code: 'group_in_use',
  });
  expect(await admin.refusal(api.changeCustomerGroup, change('Inner', 'group:Outer'))).toMatchObject({
    code: 'group_within_itself',
    data: { name: 'Outer' },
  });
  expect(await admin.refusal(api.changeCustomerGroup, change('inner', 'x group:inner'))).toMatchObject({
    code: 'group_within_itself',
  });
  expect(
    await admin.refusal(api.createCustomerGroup, { body: { name: 'Self', filter: 'group:none,self' } }),
  ).toMatchObject({ code: 'group_within_itself' });
  await admin.call(api.changeCustomerGroup, change('INNER', 'north'));
  await admin.call(api.removeCustomerGroup, { params: { groupId: outer.id } });
  await admin.call(api.removeCustomerGroup, remove);
  expect((await admin.call(api.listCustomerGroups)).items).toEqual([]);
  expect((await hub.auditOf(inner.id)).at(-1)).toMatchObject({ action: 'groups.remove', before: { filter: 'north' } });
});

test('only full administrators write groups, of their own partner and with its customers', async () => {
  const { hub, admin, partnerId, readOnly, customers } = await partnerWithCustomers(['One']);
  const group = await create(admin, 'Group');
  const pia = await hub.person(partnerId, 'partner_admin');
  const add = { params: { groupId: group.id }, body: { add: customers, remove: [] } };
  for (const client of [readOnly, pia.client]) {
    expect(await client.refusal(api.setGroupMembers, add)).toMatchObject({ code: 'permission_denied' });
  }
  const other = await hub.partner();
  expect(await other.admin.refusal(api.setGroupMembers, add)).toMatchObject({ code: 'group_not_found' });
  const theirs = await create(other.admin, 'Group');
  expect(
    await other.admin.refusal(api.setGroupMembers, {
      params: { groupId: theirs.id },
      body: { add: customers, remove: [] },
    }),
  ).toMatchObject({ code: 'customer_not_found' });
  expect(await other.admin.refusal(api.removeCustomerGroup, { params: { groupId: group.id } })).toMatchObject({
    code: 'group_not_found',
  });
});

test('in a scope a group is told by one of one’s own customers, and no filter that names customers', async () => {
  const { hub, admin, partnerId, customers } = await partnerWithCustomers(['Kestrow Staffing', 'Mine']);
  const [, mine] = customers as [CustomerId, CustomerId];
  const pia = await hub.person(partnerId, 'partner_admin');
  await admin.call(assignCustomers, { params: { personId: pia.personId }, body: { add: [mine] } });
  await create(admin, 'Kestrow', 'name="Kestrow Staffing"');
  await create(admin, 'But Kestrow', '-name:kestrow');
  await create(admin, 'Not in Kestrow', 'region:us AND NOT group:kestrow');
  await create(admin, 'In the US', 'country:US');
  await create(admin, 'Within', 'group:"in the us"');
  await create(admin, 'Empty');
  const { items } = await pia.client.call(api.listCustomerGroups);
  expect(items.map(({ name, filter, isByFilter, customers: n }) => [name, filter, isByFilter, n])).toEqual([
    ['But Kestrow', null, true, 1],
    ['In the US', 'country:US', true, 1],
    ['Not in Kestrow', null, true, 1],
    ['Within', 'group:"in the us"', true, 1],
  ]);
  const facet = await pia.client.call(listCustomerFacet, { params: { field: 'group' }, query: { filter: '' } });
  expect(facet.items.map(({ value }) => value)).toEqual(['But Kestrow', 'In the US', 'Not in Kestrow', 'Within']);
  expect((await admin.call(api.listCustomerGroups)).items).toHaveLength(6);
  expect((await admin.call(api.listCustomerGroups)).items[1]).toMatchObject({ filter: null, isByFilter: false });
  const all = await admin.call(listCustomerFacet, { params: { field: 'group' }, query: { filter: '' } });
  expect(all.items).toHaveLength(6);
});

test('a group through which an administrator has customers is not removed, and they keep their customers', async () => {
  const { hub, admin, partnerId, customers } = await partnerWithCustomers(['One']);
  const group = await create(admin, 'North sea');
  await members(admin, group.id, customers);
  const pia = await hub.person(partnerId, 'partner_admin');
  const assign = (groupIds: GroupId[]) =>
    admin.call(assignGroups, { params: { personId: pia.personId }, body: { groupIds } });
  await assign([group.id]);
  const remove = { params: { groupId: group.id } };
  expect(await admin.refusal(api.removeCustomerGroup, remove)).toMatchObject({
    status: 409,
    code: 'group_is_scope',
    data: { name: 'North sea' },
  });
  expect((await pia.client.call(listCustomers)).items).toHaveLength(1);
  await assign([]);
  await admin.call(api.removeCustomerGroup, remove);
  expect((await admin.call(api.listCustomerGroups)).items).toEqual([]);
});
