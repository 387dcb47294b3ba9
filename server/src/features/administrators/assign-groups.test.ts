import * as api from '@hub/contract/administrators';
import { createCustomer, listCustomers } from '@hub/contract/customers';
import { type CustomerId, GroupId, PersonId } from '@hub/contract/ids';
import { expect, test } from 'vitest';
import { type TestHub, testHub } from '../../testing/test-hub.ts';

/** Past the verbs of groups, which have tests of their own. */
async function group(hub: TestHub, partnerId: string, name: string, filter: string | null = null): Promise<GroupId> {
  const id = GroupId.parse(hub.clock.id());
  await hub.asOwner(
    'insert into customer_group (id, partner_id, name, name_key, filter, created_at) values ($1, $2, $3, lower($3), $4, now())',
    [id, partnerId, name, filter],
  );
  return id;
}

async function setUp() {
  const hub = await testHub();
  const { admin, partnerId } = await hub.partner();
  const { personId, client } = await hub.person(partnerId, 'partner_admin');
  const make = async (name: string) => (await admin.call(createCustomer, { body: { name, country: 'US' } })).id;
  const [a, b, c] = [await make('A'), await make('B'), await make('C')];
  const put = (groupId: GroupId, ids: CustomerId[]) =>
    hub.asOwner(
      'insert into customer_group_member (partner_id, group_id, customer_id) select $1, $2, unnest($3::uuid[])',
      [partnerId, groupId, ids],
    );
  const take = (groupId: GroupId, ids: CustomerId[]) =>
    hub.asOwner('delete from customer_group_member where group_id = $1 and customer_id = any($2::uuid[])', [
      groupId,
      ids,
    ]);
  const assign = (groupIds: GroupId[]) => admin.call(api.assignGroups, { params: { personId }, body: { groupIds } });
  const seen = async () => (await client.call(listCustomers)).items.map(({ name }) => name).toSorted();
  return { hub, admin, partnerId, personId, client, a, b, c, put, take, assign, seen };
}

test('who has a group has its customers, for as long as they are in it', async () => {
  const { hub, partnerId, personId, a, b, c, put, take, assign, seen } = await setUp();
  const [north, south] = [await group(hub, partnerId, 'North'), await group(hub, partnerId, 'South')];
  await put(north, [a, b]);
  expect(await seen()).toEqual([]);
  expect(await assign([north, south])).toMatchObject({
    customers: 2,
    groups: [
      { id: north, name: 'North' },
      { id: south, name: 'South' },
    ],
  });
  expect(await seen()).toEqual(['A', 'B']);
  await put(south, [b, c]);
  expect(await seen()).toEqual(['A', 'B', 'C']);
  await take(north, [a, b]);
  expect(await seen()).toEqual(['B', 'C']); // B is still in the other one
  await hub.asOwner('delete from customer_group where id = $1', [south]);
  expect(await seen()).toEqual([]);
  expect(await assign([])).toMatchObject({ customers: 0, groups: [] });
  expect((await hub.auditOf(personId)).map(({ action, after }) => [action, after])).toMatchObject([
    ['administrators.assign_groups', { customers: 2 }],
    ['administrators.assign_groups', { groups: [] }],
  ]);
});

test('a customer that is assigned by itself outlives the group, and one through a group the single assignment', async () => {
  const { hub, admin, partnerId, personId, a, b, put, assign, seen } = await setUp();
  const north = await group(hub, partnerId, 'North');
  await put(north, [a, b]);
  await assign([north]);
  const change = (add: CustomerId[], remove: CustomerId[] = []) =>
    admin.call(api.assignCustomers, { params: { personId }, body: { add, remove } });
  expect(await change([a])).toMatchObject({ customers: 2 });
  const listed = (await admin.call(api.listAssignableCustomers, { params: { personId } })).items;
  expect(listed.map(({ name, isAssigned, throughGroups }) => [name, isAssigned, throughGroups]).slice(0, 3)).toEqual([
    ['A', true, ['North']],
    ['B', false, ['North']],
    ['C', false, []],
  ]);
  await assign([]);
  expect(await seen()).toEqual(['A']);
  await assign([north]);
  await change([], [a]);
  expect(await seen()).toEqual(['A', 'B']);
  await assign([]);
  expect(await seen()).toEqual([]);
});

test('a group by filter, one of another partner and a foreign administrator are refused', async () => {
  const { hub, admin, partnerId, personId, assign, client } = await setUp();
  const other = await hub.partner();
  const filtered = await group(hub, partnerId, 'By filter', 'status:trial');
  const foreign = await group(hub, other.partnerId, 'Foreign');
  const refusal = (groupIds: GroupId[], who = personId) =>
    admin.refusal(api.assignGroups, { params: { personId: who }, body: { groupIds } });
  expect(await refusal([filtered])).toMatchObject({ code: 'group_by_filter' });
  expect(await refusal([foreign])).toMatchObject({ code: 'group_not_found' });
  expect(await refusal([], PersonId.parse(other.adminId))).toMatchObject({ code: 'administrator_not_found' });
  expect(await client.refusal(api.assignGroups, { params: { personId }, body: { groupIds: [] } })).toMatchObject({
    code: 'permission_denied',
  });
  expect(await assign([])).toMatchObject({ groups: [] });
});

test('a new list of organizations counts for the regions, too', async () => {
  const { hub, partnerId, personId, a, put, take, assign } = await setUp();
  const north = await group(hub, partnerId, 'North');
  const key = async () =>
    (await hub.asOwner<{ scope_key: string }>('select scope_key from membership where person_id = $1', [personId]))[0]
      ?.scope_key;
  const keys = [await key()];
  await put(north, [a]);
  await assign([north]);
  keys.push(await key());
  await take(north, [a]);
  keys.push(await key());
  expect(new Set(keys).size).toBe(3);
});
