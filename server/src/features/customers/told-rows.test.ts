import { listAuditEvents } from '@hub/contract/audit';
import {
  changeCustomerGroup,
  createCustomerGroup,
  listCustomerGroups,
  removeCustomerGroup,
} from '@hub/contract/customer-groups';
import * as api from '@hub/contract/customers';
import type { CustomerId } from '@hub/contract/ids';
import { changeSavedView, countSavedViews, createSavedView } from '@hub/contract/saved-views';
import { createSubscription, type SubscriptionTerms } from '@hub/contract/subscriptions';
import { startTrial } from '@hub/contract/trials';
import { beforeAll, describe, expect, test } from 'vitest';
import { mintToken } from '../../testing/sweep-world.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { type TestHub, type TestPartner, testHub } from '../../testing/test-hub.ts';

// Whoever may not see subscriptions is told what a customer's statuses are and why, without IDs of contracts and numbers of licenses.

const today = '2026-12-01';
let hub: TestHub;
let partner: TestPartner;
let customerId: CustomerId;
let desk: TestClient;
let script: TestClient;
let grouper: TestClient;
let scriptOfAdmin: TestClient;

const terms = (over: Partial<SubscriptionTerms>): SubscriptionTerms => ({
  reference: 'Sub-hush-1',
  startsOn: '2026-01-01',
  endsOn: '2026-12-09',
  termMonths: 12,
  autoRenews: false,
  paymentState: 'past_due',
  setupState: 'error',
  setupNote: 'Carrier of Sub-hush-1 refused',
  lines: [{ product: 'calling', ordered: 4711471, assigned: 4714714 }],
  ...over,
});

beforeAll(async () => {
  hub = await testHub({ now: `${today}T10:00:00.000Z` });
  partner = await hub.partner();
  const { admin, partnerId } = partner;
  ({ id: customerId } = await admin.call(api.createCustomer, { body: { name: 'Harborlight', country: 'US' } }));
  const params = { customerId };
  await admin.call(createSubscription, { params, body: terms({}) });
  await admin.call(createSubscription, {
    params,
    body: terms({ reference: 'Sub-hush-2', endsOn: '2026-12-20', setupState: 'pending_setup', lines: [] }),
  });
  const lines = [{ product: 'meetings' as const, ordered: 4799479, assigned: null }];
  const body = { reference: 'Trial-hush', startsOn: today, endsOn: '2027-01-31', lines };
  await admin.call(startTrial, { params, body });
  desk = (await hub.person(partnerId, 'help_desk_advanced')).client;
  const reader = await hub.person(partnerId, 'partner_full');
  const scopes = ['customers.read', 'customers.export', 'audit.read', 'audit.export'] as const;
  script = hub.script((await mintToken(hub, reader.personId, partnerId, { scopes })).secret);
  const all = [...scopes, 'subscriptions.read'] as const;
  const groups = ['customers.read', 'groups.write'] as const;
  grouper = hub.script((await mintToken(hub, reader.personId, partnerId, { scopes: groups })).secret);
  scriptOfAdmin = hub.script((await mintToken(hub, reader.personId, partnerId, { scopes: all })).secret);
});

const secret = /hush|4711471|4714714|4799479|Carrier|"over":3243/i;
const filtered = (client: TestClient, filter: string) => client.call(api.listCustomers, { query: { filter } });

test('the statuses, since when and why are told to everybody', async () => {
  const told = await desk.call(api.getCustomer, { params: { customerId } });
  const known = await partner.readOnly.call(api.getCustomer, { params: { customerId } });
  const shape = ({ statuses, failedSetup }: typeof told) => [
    statuses.map(({ status, since, reasons }) => [status, since, reasons.map(({ code }) => code)]),
    failedSetup?.reasons.map(({ code, state, since }) => [code, state, since]),
  ];
  expect(shape(told)).toEqual(shape(known));
  expect(known.failedSetup).toEqual({
    since: today, // nobody said when it failed: since it was recorded
    reasons: [
      {
        code: 'setup_failed',
        of: { kind: 'subscription', reference: 'Sub-hush-1' },
        state: 'error',
        note: 'Carrier of Sub-hush-1 refused',
        since: today,
      },
    ],
  });
  expect(known.licenses).toEqual({ ordered: 9510950, assigned: 4714714, unassigned: 0, over: 3243 });
  expect(told.licenses).toBeNull();
  expect(told.next).toEqual({ on: '2026-12-09', verb: 'ends', reference: null });
  expect(told.products).toEqual(['calling', 'meetings']);
});

test('no ID of a contract and no number of licenses, in the list, on the page, in exports and in the log', async () => {
  const query = {};
  for (const [client, isTold] of [
    [partner.admin, true],
    [partner.readOnly, true],
    [scriptOfAdmin, true],
    [desk, false],
    [script, false],
  ] as const) {
    const texts = [
      JSON.stringify(await client.call(api.getCustomer, { params: { customerId } })),
      JSON.stringify(await client.call(api.listCustomers, { query })),
      JSON.stringify(await client.call(listAuditEvents, { query })),
      ...(client === desk ? [] : [(await client.download(api.exportCustomersCsv, { query })).text]),
    ];
    expect(texts.map((text) => secret.test(text))).toEqual(texts.map(() => isTold));
  }
  // What was done to whom is told all the same.
  const { items } = await desk.call(listAuditEvents, { query: { action: 'subscriptions.create' } });
  expect(items.map(({ target, onBehalfOf }) => [target.name, onBehalfOf?.name])).toEqual([
    [null, 'Harborlight'],
    [null, 'Harborlight'],
  ]);
  expect((await desk.call(listAuditEvents, { query: { q: 'Sub-hush' } })).items).toEqual([]);
  expect((await partner.admin.call(listAuditEvents, { query: { q: 'Sub-hush' } })).items).toHaveLength(2);
});

describe('nothing of it is found out by asking', () => {
  test('a text finds no ID of a contract, and all else', async () => {
    const found = async (client: TestClient, filter: string) => (await filtered(client, filter)).items.length;
    for (const text of ['Sub-hush-1', 'trial-hu', 'ush']) {
      expect([text, await found(partner.admin, text)]).toEqual([text, 1]);
      expect([text, await found(desk, text), await found(script, text)]).toEqual([text, 0, 0]);
      expect([text, await found(desk, `-${text} harbor`)]).toEqual([text, 1]);
    }
    expect(await found(desk, 'harborl')).toBe(1);
  });

  test('a filter or an order by it is refused, on each way', async () => {
    const denied = { status: 403, code: 'permission_denied', data: { permission: 'subscriptions.read' } };
    const filters = ['subscription:Sub', '-(licenses.over>0)', 'harbor OR licenses.ordered=9510950', 'has:assignments'];
    for (const filter of filters) {
      expect(await desk.refusal(api.listCustomers, { query: { filter } })).toMatchObject(denied);
      expect(await desk.refusal(api.countCustomers, { query: { filter } })).toMatchObject(denied);
      const facet = { params: { field: 'status' as const }, query: { filter } };
      expect(await desk.refusal(api.listCustomerFacet, facet)).toMatchObject(denied);
      expect((await filtered(partner.readOnly, filter)).items.length).toBeGreaterThanOrEqual(0);
    }
    for (const sort of ['licenses', 'unassigned'] as const) {
      expect(await desk.refusal(api.listCustomers, { query: { sort } })).toMatchObject(denied);
      const missing = { ...denied, code: 'token_scope_missing' };
      expect(await script.refusal(api.exportCustomersCsv, { query: { sort } })).toMatchObject(missing);
      const chosen = { body: { customerIds: [customerId], sort, order: 'asc' as const } };
      expect(await script.refusal(api.exportChosenCustomersCsv, chosen)).toMatchObject(missing);
      const steps = { body: { format: 'csv' as const, selection: { customerIds: [customerId] }, sort } };
      expect(await script.refusal(api.exportCustomersInSteps, steps)).toMatchObject(missing);
    }
  });

  test('who is in a group is so for everybody; a shared view by it cannot be counted, and spoils no other', async () => {
    await partner.admin.call(createCustomerGroup, { body: { name: 'Over', filter: 'licenses.over>0 Sub-hush-1' } });
    expect((await filtered(desk, 'group:Over')).items.map(({ name }) => name)).toEqual(['Harborlight']);
    for (const client of [desk, script, partner.readOnly])
      expect((await client.call(listCustomerGroups)).items).toMatchObject([{ name: 'Over', customers: 1 }]);
    const missing = { status: 403, code: 'token_scope_missing' };
    const probe = { name: 'Probe', filter: 'licenses.over>1000' };
    expect(await grouper.refusal(createCustomerGroup, { body: probe })).toMatchObject(missing);
    const { id: groupId, version } = await grouper.call(createCustomerGroup, {
      body: { name: 'Probe', filter: 'harbor' },
    });
    const change = { params: { groupId }, body: { ...probe, description: '', version } };
    expect(await grouper.refusal(changeCustomerGroup, change)).toMatchObject(missing);
    await grouper.call(removeCustomerGroup, { params: { groupId } });
    const view = { sort: 'name', order: 'asc', isPinned: true } as const;
    const over = { ...view, name: 'A', filter: 'licenses.over>0', isShared: true };
    const { id: viewId } = await partner.admin.call(createSavedView, { body: over });
    await desk.call(changeSavedView, { params: { viewId }, body: { isPinned: true } });
    await desk.call(createSavedView, { body: { ...view, name: 'B', filter: 'harbor', isShared: false } });
    expect((await desk.call(countSavedViews)).items.map(({ customers }) => customers)).toEqual([null, 1]);
  });
});

test('a failed setup is found by filter, and comes before who has less to do', async () => {
  const { admin } = partner;
  const steady = await admin.call(api.createCustomer, { body: { name: 'Steady', country: 'US' } });
  const good: Partial<SubscriptionTerms> = {
    paymentState: 'current',
    setupState: 'provisioned',
    setupNote: null,
    lines: [],
    endsOn: null,
  };
  await admin.call(createSubscription, {
    params: { customerId: steady.id },
    body: terms({ ...good, reference: 'S-1' }),
  });
  const failed = await admin.call(api.createCustomer, { body: { name: 'Zeal', country: 'US' } });
  const toCome: Partial<SubscriptionTerms> = {
    ...good,
    startsOn: '2027-01-01',
    setupState: 'provisioned_with_errors',
    reference: 'S-2',
  };
  await admin.call(createSubscription, { params: { customerId: failed.id }, body: terms(toCome) });
  const names = async (filter: string) => (await filtered(desk, filter)).items.map(({ name }) => name);
  expect(await names('has:setup-errors')).toEqual(['Harborlight', 'Zeal']);
  expect(await names('-has:setup-errors managed:partner')).toEqual(['Steady']);
  expect(await names('managed:partner')).toEqual(['Harborlight', 'Zeal', 'Steady']);
  expect(await names('status:none managed:partner')).toEqual(['Zeal']);
  expect(await names('status:none,subscription managed:partner')).toEqual(['Harborlight', 'Zeal', 'Steady']);
  expect(await names('status:ready-for-order-setup')).toEqual(['Harborlight']);
  const csv = (await partner.admin.download(api.exportCustomersCsv, { query: { filter: 'zeal' } })).text;
  expect(csv).toContain('S-2: Provisioned with errors');
});
