import {
  getCallingUsage,
  getCallingUsageByRegion,
  exportCallingUsage,
  listCallLegs,
} from '@hub/contract/calling-usage';
import { createCustomer, linkCustomer } from '@hub/contract/customers';
import { removeDemo } from '@hub/contract/demo';
import type { OrgUuid } from '@hub/contract/ids';
import { expect, test } from 'vitest';
import { buildApp } from '../../app.ts';
import { type RegionalStore, StoreFault } from '../../platform/regional-store/index.ts';
import { legRecord, madeUuid } from '../../testing/leg-record.ts';
import { type TestClient, testClient } from '../../testing/test-client.ts';
import { testHub } from '../../testing/test-hub.ts';
import { usageHub } from '../../testing/usage-hub.ts';
import type { Installation } from '../access/index.ts';

const range = { from: '2026-11-01', to: '2026-11-30' };
const inUs = { region: 'us', ...range } as const;
const usage = (as: TestClient, change: { from?: string; to?: string } = {}) =>
  as.call(getCallingUsage, { query: { ...inUs, ...change } });

test('a range ends on or after its start, and spans 92 days at most, a list of legs 400', async () => {
  const { hub } = await usageHub();
  const { admin } = await hub.partner();
  const backwards = { from: '2026-11-02', to: '2026-11-01' };
  const tooLong = { from: '2026-08-01', to: '2026-11-01' }; // 93 days
  const longest = { from: '2026-08-02', to: '2026-11-01' };
  const ofLegs = { from: '2025-09-27', to: '2026-11-01' }; // 401 days
  for (const [endpoint, range, maximumDays] of [
    [getCallingUsage, tooLong, 92],
    [exportCallingUsage, tooLong, 92],
    [listCallLegs, ofLegs, 400],
  ] as const) {
    expect(await admin.refusal(endpoint, { query: { region: 'us', ...backwards } })).toMatchObject({
      status: 400,
      code: 'range_invalid',
    });
    expect(await admin.refusal(endpoint, { query: { region: 'us', ...range } })).toMatchObject({
      code: 'range_too_long',
      data: { maximumDays },
    });
    const noDate = { region: 'us', from: '2026-02-29', to: '2026-03-01' } as const;
    expect(await admin.refusal(endpoint, { query: noDate })).toMatchObject({ code: 'invalid_request' });
  }
  expect(await admin.refusal(getCallingUsageByRegion, { query: backwards })).toMatchObject({ code: 'range_invalid' });
  expect(await admin.refusal(getCallingUsageByRegion, { query: tooLong })).toMatchObject({ code: 'range_too_long' });
  expect(await usage(admin, longest)).toMatchObject({ rows: 0 });
});

test('a region that this installation does not serve is refused by name', async () => {
  const hub = await testHub({ regions: ['us', 'eu'] });
  const { admin } = await hub.partner();
  for (const endpoint of [getCallingUsage, exportCallingUsage, listCallLegs] as const) {
    const refusal = await admin.refusal(endpoint, { query: { ...inUs, region: 'uae' } });
    expect(refusal).toMatchObject({ status: 400, code: 'region_not_served', data: { region: 'uae' } });
  }
  const { items } = await admin.call(getCallingUsageByRegion, { query: range });
  expect(items.map(({ region }) => region)).toEqual(['us', 'eu']);
});

/** The same hub and the same person, but the regional stores are these. */
async function withStores(
  as: TestClient,
  installation: Installation,
  stores: Installation['stores'],
): Promise<TestClient> {
  const app = await buildApp({ ...installation, stores });
  return testClient({ app, listen: () => Promise.reject(new Error('not needed')), credentials: as.credentials });
}

const failing = (store: RegionalStore, fault: () => Error): RegionalStore => ({
  ...store,
  ask: () => Promise.reject(fault()),
});

test('a region whose store fails is named beside the others, and asked alone is unavailable', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const [us, eu] = [await customer(admin, 'Here', 'us'), await customer(admin, 'There', 'eu')];
  await load(admin, 'us', [legRecord({ org_uuid: us.orgUuid })]);
  await load(admin, 'eu', [legRecord({ org_uuid: eu.orgUuid }), legRecord({ org_uuid: eu.orgUuid })]);
  // What was asked while all was well does not hide that it is not.
  expect((await admin.call(getCallingUsageByRegion, { query: range })).totals).toMatchObject({ callLegs: 3 });

  const { stores } = hub.installation;
  const euStore = stores.get('eu')!;
  const broken = failing(euStore, () => StoreFault.of('eu', new Error('Code: 999. The disk is gone at /secret/path')));
  const as = await withStores(admin, hub.installation, new Map([...stores, ['eu', broken]]));
  const { items, totals } = await as.call(getCallingUsageByRegion, { query: range });
  expect(items.map(({ region, hasAnswered, customers }) => [region, hasAnswered, customers])).toEqual([
    ['us', true, 1],
    ['ca', true, 0],
    ['eu', false, 0],
    ['uae', true, 0],
  ]);
  expect(items[2]).toMatchObject({ dataAsOf: null, cells: { callLegs: null } });
  expect(totals).toMatchObject({ callLegs: 1 });
  for (const endpoint of [getCallingUsage, exportCallingUsage, listCallLegs] as const) {
    const refusal = await as.refusal(endpoint, { query: { ...inUs, region: 'eu' } });
    expect(refusal).toMatchObject({ status: 503, code: 'region_unavailable', data: { region: 'eu' } });
    expect(JSON.stringify(refusal)).not.toContain('secret');
  }
  // It answers again as soon as it can.
  expect(await admin.call(getCallingUsage, { query: { ...inUs, region: 'eu' } })).toMatchObject({ rows: 1 });

  const slow = failing(euStore, () => StoreFault.of('eu', new Error('Code: 159. DB::Exception: Timeout exceeded')));
  const asSlow = await withStores(admin, hub.installation, new Map([...stores, ['eu', slow]]));
  expect(await asSlow.refusal(getCallingUsage, { query: { ...inUs, region: 'eu' } })).toMatchObject({
    code: 'question_too_slow',
  });
});

test('a fault that is not the store’s is no region’s silence', async () => {
  const { hub } = await usageHub();
  const { admin } = await hub.partner();
  const { stores } = hub.installation;
  const buggy = failing(stores.get('eu')!, () => new TypeError('a mistake of ours'));
  const as = await withStores(admin, hub.installation, new Map([...stores, ['eu', buggy]]));
  expect(await as.refusal(getCallingUsageByRegion, { query: range })).toMatchObject({ status: 500, code: 'internal' });
});

test('a failed question is not remembered', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { orgUuid } = await customer(admin, 'Once more', 'us');
  await load(admin, 'us', [legRecord({ org_uuid: orgUuid })]);
  const store = hub.installation.stores.get('us')!;
  let asked = 0;
  const stumbling: RegionalStore = {
    ...store,
    ask: (sql, options) => {
      asked += 1;
      return asked === 1 ? Promise.reject(StoreFault.of('us', new Error('Code: 210.'))) : store.ask(sql, options);
    },
  };
  const as = await withStores(admin, hub.installation, new Map([['us', stumbling]]));
  expect(await as.refusal(getCallingUsage, { query: inUs })).toMatchObject({ code: 'region_unavailable' });
  expect(await usage(as)).toMatchObject({ rows: 1 });
  // A good answer is: the next page, another order and a filter ask the store nothing.
  const before = asked;
  await as.call(getCallingUsage, { query: { ...inUs, sort: 'calls', order: 'desc', q: 'more' } });
  expect(asked).toBe(before);
});

test('every import shows in the next answer, and nobody sees another partner’s', async () => {
  const { hub, load, customer } = await usageHub();
  const [{ admin }, other] = [await hub.partner(), await hub.partner()];
  expect(await usage(admin)).toMatchObject({ rows: 0, dataAsOf: null, totals: { callLegs: null } });
  const mine = await customer(admin, 'Shared', 'us');
  const record = legRecord({ org_uuid: mine.orgUuid, duration: 60 });
  await load(admin, 'us', [record]);
  expect(await usage(admin)).toMatchObject({
    rows: 1,
    totals: { callLegs: 1, callMinutes: 1 },
    dataAsOf: '2026-12-01T10:00:00.000Z',
  });

  // The same organization at another partner: their own numbers.
  expect(await usage(other.admin)).toMatchObject({ rows: 0, rowsUnfiltered: 0, dataAsOf: null });
  await other.admin.call(createCustomer, { body: { name: 'Theirs', country: 'US', orgUuid: mine.orgUuid } });
  await load(other.admin, 'us', [record, legRecord({ org_uuid: mine.orgUuid })]);
  expect(await usage(other.admin)).toMatchObject({ rows: 1, totals: { callLegs: 2 } });

  // Another leg, then a later version of the first one.
  await load(admin, 'us', [legRecord({ org_uuid: mine.orgUuid, location: 'Plovdiv' })]);
  expect(await usage(admin)).toMatchObject({ rows: 2, totals: { callLegs: 2, callMinutes: 2 } });
  await load(admin, 'us', [{ ...record, duration: 600, report_time: '2026-11-30T23:30:00.000Z' }]);
  expect(await usage(admin)).toMatchObject({ rows: 2, totals: { callLegs: 2, callMinutes: 11 } });
  expect(await usage(other.admin)).toMatchObject({ rows: 1, totals: { callLegs: 2, callMinutes: 2 } });

  // The same file again changes nothing.
  await load(admin, 'us', [record]);
  expect(await usage(admin)).toMatchObject({ rows: 2, totals: { callLegs: 2, callMinutes: 11 } });
});

test('a customer has a row only where the range holds a leg, under its name of today', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { id, orgUuid } = await customer(admin, 'Old name', 'us');
  await customer(admin, 'Never calls', 'us');
  await load(admin, 'us', [legRecord({ org_uuid: orgUuid, user_type: 'VoiceMailGroup' })]);
  const row = {
    customerId: id,
    customerName: 'Old name',
    cells: { calls: 0, callLegs: 0, callMinutes: 0, queueCalls: 0 },
  };
  expect(await usage(admin)).toMatchObject({ items: [row], customers: 1, rowsUnfiltered: 1 });
  expect(await usage(admin, { to: '2026-11-01' })).toMatchObject({ items: [], customers: 0, rowsUnfiltered: 0 });
  await hub.asOwner('update customer set name = $1 where id = $2', ['New name', id]);
  expect(await usage(admin)).toMatchObject({ items: [{ ...row, customerName: 'New name' }] });
});

test('a customer that is linked later brings the rows that waited for it', async () => {
  const { hub, load, settle } = await usageHub();
  const { admin } = await hub.partner();
  const orgUuid = madeUuid() as OrgUuid;
  const { id } = await admin.call(createCustomer, { body: { name: 'Late', country: 'US' } });
  await load(admin, 'us', [legRecord({ org_uuid: orgUuid }), legRecord({ org_uuid: orgUuid, location: 'Varna' })]);
  expect(await usage(admin)).toMatchObject({
    rows: 0,
    dataAsOf: null,
    missingFeeds: ['call_history', 'media_quality', 'call_queue_stats'],
  });
  const ofNobody = await admin.call(listCallLegs, { query: { ...inUs, customerId: id, measure: 'callLegs' } });
  expect(ofNobody).toEqual({ items: [], next: null, legs: 0, value: null, policy: 'documented', policyVersion: 1 });
  await admin.call(linkCustomer, { params: { customerId: id }, body: { orgUuid } });
  await settle(admin);
  expect(await usage(admin)).toMatchObject({
    rows: 2,
    customers: 1,
    missingFeeds: ['media_quality', 'call_queue_stats'],
  });
});

test('call history is missing only where nothing at all has been loaded', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { orgUuid } = await customer(admin, 'Feeds', 'us');
  expect((await usage(admin)).missingFeeds).toEqual(['call_history', 'media_quality', 'call_queue_stats']);
  const { number } = await load(admin, 'us', [legRecord({ org_uuid: orgUuid })]);
  expect((await usage(admin, { to: '2026-11-01' })).missingFeeds).toEqual(['media_quality', 'call_queue_stats']);
  const inEurope = await admin.call(getCallingUsage, { query: { ...inUs, region: 'eu' } });
  expect(inEurope.missingFeeds).toEqual(['call_history', 'media_quality', 'call_queue_stats']);
  const outside = { from: inUs.from, to: '2026-11-01' };
  expect(await admin.call(getCallingUsageByRegion, { query: outside })).toMatchObject({
    missingFeeds: ['media_quality', 'call_queue_stats'],
  });
  // Rows whose import has not been committed are not loaded yet.
  await hub.asOwner("update import_batch set state = 'running' where number = $1", [number]);
  expect(await usage(admin)).toMatchObject({
    rows: 0,
    missingFeeds: ['call_history', 'media_quality', 'call_queue_stats'],
  });
  expect(await admin.call(getCallingUsageByRegion, { query: outside })).toMatchObject({
    missingFeeds: ['call_history', 'media_quality', 'call_queue_stats'],
  });
  await hub.asOwner("update import_batch set state = 'committed' where number = $1", [number]);
  expect(await usage(admin)).toMatchObject({ rows: 1 });
});

test('what was removed is gone from the next answer', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin, partnerId } = await hub.partner();
  const { orgUuid } = await customer(admin, 'Demo', 'us');
  const record = legRecord({ org_uuid: orgUuid });
  await load(admin, 'us', [record]);
  expect(await usage(admin)).toMatchObject({ rows: 1 });
  await hub.asOwner("update partner set demo_state = 'loaded' where id = $1", [partnerId]);
  await admin.call(removeDemo);
  const nothing = { rows: 0, rowsUnfiltered: 0, dataAsOf: null, totals: { callLegs: null } };
  expect(await usage(admin)).toMatchObject({
    ...nothing,
    missingFeeds: ['call_history', 'media_quality', 'call_queue_stats'],
  });
  expect(await admin.call(listCallLegs, { query: inUs })).toMatchObject({ legs: 0 });
  // The same organization anew: nothing of before comes back with it.
  await admin.call(createCustomer, { body: { name: 'Real', country: 'US', orgUuid } });
  await load(admin, 'us', [{ ...record, duration: 120 }]);
  expect(await usage(admin)).toMatchObject({ rows: 1, items: [{ customerName: 'Real', cells: { callMinutes: 2 } }] });
});

test('a cursor belongs to its order; one that was made up is refused', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  // As long as names get: the cursor carries them.
  const { orgUuid } = await customer(admin, '界'.repeat(200), 'us');
  const locations = ['A', 'B'].map((end) => '🏢'.repeat(249) + end);
  await load(
    admin,
    'us',
    locations.map((location) => legRecord({ org_uuid: orgUuid, location })),
  );
  const first = await admin.call(getCallingUsage, { query: { ...inUs, limit: 1 } });
  const query = { ...inUs, limit: 1, after: first.next! };
  expect((await admin.call(getCallingUsage, { query })).items.map(({ location }) => location)).toEqual([locations[1]]);
  const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  for (const change of [
    { order: 'desc' as const },
    { sort: 'calls' as const },
    { after: 'x' },
    { after: encoded(null) },
    { after: encoded(['customerName', 'asc', null, 'Name', 'no uuid', 'Sofia']) },
    { after: encoded(['customerName', 'asc', {}, 'Name', orgUuid, 'Sofia']) },
  ]) {
    expect(await admin.refusal(getCallingUsage, { query: { ...query, ...change } })).toMatchObject({
      status: 400,
      code: 'cursor_invalid',
    });
  }
});

test('pages go on where they stood when an import came between them', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { orgUuid } = await customer(admin, 'Between', 'us');
  const at = (...locations: string[]) => locations.map((location) => legRecord({ org_uuid: orgUuid, location }));
  await load(admin, 'us', at('B', 'D', 'F'));
  const first = await admin.call(getCallingUsage, { query: { ...inUs, limit: 2 } });
  await load(admin, 'us', at('A', 'C', 'E'));
  const second = await admin.call(getCallingUsage, { query: { ...inUs, limit: 9, after: first.next! } });
  expect([...first.items, ...second.items].map(({ location }) => location)).toEqual(['B', 'D', 'E', 'F']);
});
