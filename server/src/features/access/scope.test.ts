import { assignCustomers } from '@hub/contract/administrators';
import { createCustomer, linkCustomer, listCustomers } from '@hub/contract/customers';
import { type OrgUuid, PersonId } from '@hub/contract/ids';
import * as imports from '@hub/contract/imports';
import { expect, test } from 'vitest';
import { madeUuid } from '../../testing/leg-record.ts';
import { testHub } from '../../testing/test-hub.ts';
import { inTenant, regionalScope } from './index.ts';

const uuid = (): OrgUuid => madeUuid() as OrgUuid;

async function partnerWithScope() {
  const hub = await testHub();
  const partner = await hub.partner();
  const pia = await hub.person(partner.partnerId, 'partner_admin');
  const make = (name: string, orgUuid?: OrgUuid) =>
    partner.admin.call(createCustomer, { body: { name, country: 'US', orgUuid } });
  const assign = (add: readonly { id: string }[], remove: readonly { id: string }[] = []) =>
    partner.admin.call(assignCustomers, {
      params: { personId: pia.personId },
      body: { add: add.map((customer) => customer.id), remove: remove.map((customer) => customer.id) },
    });
  const scopeKey = async () =>
    (
      await hub.asOwner<{ scope_key: string }>('select scope_key from membership where person_id = $1', [pia.personId])
    )[0]?.scope_key;
  return { hub, ...partner, pia, make, assign, scopeKey };
}

test('who creates a customer in a scope has it assigned, reads it back and may link it', async () => {
  const { hub, pia, admin } = await partnerWithScope();
  const mine = await pia.client.call(createCustomer, { body: { name: 'Mine', country: 'US' } });
  await pia.client.call(linkCustomer, { params: { customerId: mine.id }, body: { orgUuid: uuid() } });
  expect((await pia.client.call(listCustomers)).items.map((item) => item.name)).toEqual(['Mine']);
  expect((await admin.call(listCustomers)).items).toHaveLength(2);
  expect((await hub.auditOf(mine.id))[0]).toMatchObject({ after: { assignedTo: pia.personId } });
});

test('a customer out of scope is not there: not to be linked, and its name is told to nobody', async () => {
  const { pia, make } = await partnerWithScope();
  const orgUuid = uuid();
  const secret = await make('Secret customer', orgUuid);
  const unlinked = await make('Another');
  const params = { customerId: unlinked.id };
  expect(await pia.client.refusal(linkCustomer, { params, body: { orgUuid: uuid() } })).toMatchObject({
    code: 'customer_not_found',
  });
  for (const name of [secret.name, 'New']) {
    const refused = await pia.client.refusal(createCustomer, { body: { name, country: 'US', orgUuid } });
    expect(refused).toMatchObject({ code: 'customer_org_not_yours', data: {} });
  }
  const mine = await pia.client.call(createCustomer, { body: { name: 'Mine', country: 'US' } });
  expect(await pia.client.refusal(linkCustomer, { params: { customerId: mine.id }, body: { orgUuid } })).toMatchObject({
    code: 'customer_org_not_yours',
    data: {},
  });
});

test('imports are seen by whoever brought them, and by those who see everything', async () => {
  const { pia, admin } = await partnerWithScope();
  const query = { region: 'us', fileName: 'calls.csv' } as const;
  const theirs = await admin.upload(imports.uploadImport, { query, body: 'Start time\n' });
  const mine = await pia.client.upload(imports.uploadImport, { query, body: 'Start time\n' });
  const seen = await pia.client.call(imports.listImports);
  expect([seen.total, seen.items.map((item) => item.id)]).toEqual([1, [mine.id]]);
  expect((await admin.call(imports.listImports)).total).toBe(2);
  for (const endpoint of [imports.getImport, imports.cancelImport, imports.retryImport, imports.listRejectedRows])
    expect(await pia.client.refusal(endpoint, { params: { importId: theirs.id } })).toMatchObject({
      code: 'import_not_found',
    });
});

test('every change of what is assigned makes another list, whoever changes it, and nothing else does', async () => {
  const { hub, partnerId, pia, make, assign, scopeKey, admin } = await partnerWithScope();
  const keys = [await scopeKey()];
  const changes = async (work: () => Promise<unknown>): Promise<boolean> => {
    await work();
    const now = await scopeKey();
    const isNew = !keys.includes(now);
    keys.push(now);
    return isNew;
  };
  const [a, b] = [await make('A'), await make('B', uuid())];
  expect(await changes(() => make('Nobody’s', uuid()))).toBe(false);
  expect(await changes(() => assign([a, b]))).toBe(true);
  expect(await changes(() => assign([a]))).toBe(false);
  const orgUuid = uuid();
  expect(await changes(() => admin.call(linkCustomer, { params: { customerId: a.id }, body: { orgUuid } }))).toBe(true);
  expect(await changes(() => assign([], [b]))).toBe(true);
  expect(await changes(() => pia.client.call(createCustomer, { body: { name: 'C', country: 'US' } }))).toBe(true);
  // Another person in a scope of their own who links a shared customer.
  const piet = await hub.person(partnerId, 'partner_admin');
  const shared = await piet.client.call(createCustomer, { body: { name: 'Shared', country: 'US' } });
  expect(await changes(() => assign([shared]))).toBe(true);
  expect(
    await changes(() =>
      piet.client.call(linkCustomer, { params: { customerId: shared.id }, body: { orgUuid: uuid() } }),
    ),
  ).toBe(true);
  expect(await changes(() => hub.asOwner('delete from customer where id = $1', [a.id]))).toBe(true);
});

test('the scope of a region names the list under the key of now, written once', async () => {
  const { hub, partnerId, pia, make, assign } = await partnerWithScope();
  const actor = {
    kind: 'person',
    partnerId,
    personId: PersonId.parse(pia.personId),
    role: 'partner_admin',
    sessionId: null,
  } as const;
  const ctx = hub.ctx(partnerId, actor);
  const orgs = [uuid(), uuid()];
  const customers = [await make('A', orgs[0]), await make('B', orgs[1])];
  await assign(customers);
  const members = async () => {
    const { store, scope } = await regionalScope(ctx, 'us');
    const rows = await store.ask<{ org_uuid: string }>(
      'SELECT org_uuid FROM @region.scope_member WHERE scope_key = {key:UUID} ORDER BY org_uuid',
      { parameters: { key: scope.scopeKey ?? '' } },
    );
    return rows.map((row) => row.org_uuid);
  };
  const asked = await Promise.all([members(), members(), members()]);
  for (const list of asked) expect(list).toEqual([...orgs].sort());
  await assign([], customers.slice(0, 1));
  expect(await members()).toEqual(orgs.slice(1));
  expect(await inTenant(ctx, (tx) => tx.selectFrom('customer').select('name').execute())).toEqual([{ name: 'B' }]);
  expect(await inTenant(ctx, (tx) => tx.selectFrom('assignment').selectAll().execute())).toHaveLength(1);
});

test('nobody in a scope assigns anything to somebody else, or writes in somebody else’s name', async () => {
  const { hub, partnerId, pia, make } = await partnerWithScope();
  const actor = {
    kind: 'person',
    partnerId,
    personId: PersonId.parse(pia.personId),
    role: 'partner_admin',
    sessionId: null,
  } as const;
  const other = await hub.person(partnerId, 'partner_admin');
  const secret = await make('Secret');
  const ctx = hub.ctx(partnerId, actor);
  const planted = { partner_id: partnerId, person_id: other.personId, customer_id: secret.id };
  await expect(inTenant(ctx, (tx) => tx.insertInto('assignment').values(planted).execute())).rejects.toThrow(
    /row-level security/,
  );
  const renamed = await inTenant(ctx, (tx) =>
    tx.updateTable('customer').set({ name: 'Mine' }).where('id', '=', secret.id).executeTakeFirst(),
  );
  expect(renamed.numUpdatedRows).toBe(0n);
});
