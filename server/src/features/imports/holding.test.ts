import * as customers from '@hub/contract/customers';
import type { OrgUuid } from '@hub/contract/ids';
import * as api from '@hub/contract/imports';
import { expect, test } from 'vitest';
import { countCallsOf, counted, csvOf, importDesk, leg, orgOf } from './test-support.ts';

const of = (name: string, org: string, over = {}) => leg(name, { 'Org UUID': orgOf(org), ...over });
const emptyOrg = '00000000-0000-0000-0000-000000000000' as OrgUuid;

test('rows of unknown organizations wait, and enter by themselves when a customer is created; rows of two files at once', async () => {
  const desk = await importDesk();
  const first = await desk.import(
    csvOf([of('a', 'new'), of('b', 'new', { Location: 'Varna', 'Start time': '2026-10-03T00:00:00.000Z' }), leg('k')]),
  );
  expect(first.counts).toEqual(counted({ read: 3, new: 1, held: 2 }));
  const second = await desk.import(
    csvOf([of('b', 'new', { 'Report time': '2026-11-30T00:00:00.000Z' }), of('c', 'new'), of('a', 'new')]),
  );
  expect(second.counts).toEqual(counted({ read: 3, held: 2, duplicate: 1 }));
  expect(await desk.held()).toMatchObject([
    {
      orgUuid: orgOf('new'),
      reason: 'unknown',
      rows: 4,
      firstStart: '2026-10-03T00:00:00.000Z',
      lastStart: '2026-11-20T09:00:00.000Z',
      locations: ['Sofia', 'Varna'],
      customer: null,
    },
  ]);
  expect((await desk.facts()).size).toBe(1);
  await desk.customer(orgOf('new'), { name: 'Newcomer' });
  expect(await desk.held()).toEqual([]); // its release is on its way
  await desk.drain();
  const { items } = await desk.admin.call(api.listImports, { query: { limit: 50 } });
  expect(items[0]).toMatchObject({
    source: 'release',
    state: 'committed',
    counts: counted({ read: 4, new: 3, duplicate: 1 }),
    feed: 'webex_call_history',
    fileName: 'Newcomer',
  });
  expect((await desk.facts()).size).toBe(4);
  expect(await desk.count('held_call_leg')).toBe(0);
  // The files again, after the release: known.
  expect((await desk.import(csvOf([of('a', 'new'), of('b', 'new'), of('c', 'new')]))).counts).toEqual(
    counted({ read: 3, duplicate: 3 }),
  );
});

test('linking a customer releases as well; a release that finds nothing leaves no trace', async () => {
  const desk = await importDesk();
  const { id } = await desk.admin.call(customers.createCustomer, { body: { name: 'Unlinked', country: 'BG' } });
  await desk.import(csvOf([of('l', 'linked')]));
  await desk.admin.call(customers.linkCustomer, {
    params: { customerId: id },
    body: { orgUuid: orgOf('linked'), expectedRegion: 'eu' },
  });
  await desk.customer(orgOf('nobody sent'));
  await desk.drain();
  expect((await desk.facts()).size).toBe(1);
  const { items } = await desk.admin.call(api.listImports, { query: { limit: 50 } });
  expect(items.map((item) => item.source)).toEqual(['release', 'upload']);
});

test('a newer version that is held hides nothing: it replaces when it enters', async () => {
  const desk = await importDesk();
  await desk.import(csvOf([leg('moved')]));
  const newer = of('moved', 'other', { 'Report time': '2026-11-29T00:00:00.000Z' });
  const batch = await desk.import(csvOf([newer]));
  expect(batch.counts).toEqual(counted({ read: 1, held: 1 }));
  expect(await countCallsOf(desk, '2026-11-01', '2026-11-30')).toBe(1);
  expect((await desk.import(csvOf([newer, leg('moved')]))).counts).toEqual(counted({ read: 2, duplicate: 2 }));
  await desk.customer(orgOf('other'));
  await desk.drain();
  const { items } = await desk.admin.call(api.listImports, { query: { limit: 1 } });
  expect(items[0]?.counts).toEqual(counted({ read: 1, replaced: 1 }));
  expect([...(await desk.facts()).values()]).toEqual(['2026-11-29 00:00:00.000']);
  expect(await countCallsOf(desk, '2026-11-01', '2026-11-30')).toBe(1);
});

test('an organization of another region is held with its customer’s name, and stays in the region it was sent to', async () => {
  const desk = await importDesk();
  await desk.customer(orgOf('american'), { name: 'Boston Tea', country: 'US' });
  await desk.drain();
  const batch = await desk.import(csvOf([of('us', 'american')]));
  expect(batch.counts).toEqual(counted({ read: 1, held: 1 }));
  expect(await desk.held()).toMatchObject([
    { region: 'eu', reason: 'other_region', rows: 1, customer: { name: 'Boston Tea', region: 'us' } },
  ]);
  expect((await desk.admin.call(api.listHeldOrganizations, { query: { region: 'us' } })).items).toEqual([]);
  expect((await desk.facts()).size).toBe(0);
});

test('rows without a readable Org UUID are held as such, and can be discarded', async () => {
  const desk = await importDesk({ orgs: [] });
  const batch = await desk.import(
    csvOf([leg('u1', { 'Org UUID': 'Acme' }), leg('u2', { 'Org UUID': '' }), of('u3', 'x')]),
  );
  expect(batch).toMatchObject({ counts: counted({ read: 3, held: 3 }), emptied: [{ column: 'Org UUID', count: 1 }] });
  expect((await desk.held()).map(({ orgUuid, reason, rows }) => ({ orgUuid, reason, rows }))).toEqual([
    { orgUuid: null, reason: 'unreadable', rows: 2 },
    { orgUuid: orgOf('x'), reason: 'unknown', rows: 1 },
  ]);
  const discard = { params: { region: 'eu' as const, orgUuid: emptyOrg } };
  expect(await desk.readOnly.refusal(api.discardHeldRows, discard)).toMatchObject({ code: 'permission_denied' });
  expect(await desk.admin.call(api.discardHeldRows, discard)).toEqual({ rows: 2 });
  expect(await desk.admin.refusal(api.discardHeldRows, discard)).toMatchObject({ code: 'held_not_found' });
  expect((await desk.held()).map((item) => item.orgUuid)).toEqual([orgOf('x')]);
  expect(await desk.hub.auditOf(emptyOrg)).toMatchObject([
    { action: 'imports.discard_held', before: { region: 'eu', rows: 2 } },
  ]);
  // Discarded is gone for good, and not forbidden: the file again holds them again.
  expect((await desk.import(csvOf([leg('u1', { 'Org UUID': 'Acme' })]))).counts).toEqual(counted({ read: 1, held: 1 }));
});

test('some hundred unknown organizations, some held already: counted, listed, and released one by one', async () => {
  const desk = await importDesk({ orgs: [] });
  const rows = Array.from({ length: 1200 }, (_, index) => of(`h${index}`, `many ${index % 400}`));
  expect((await desk.import(csvOf(rows.slice(0, 700)))).counts).toEqual(counted({ read: 700, held: 700 }));
  // All of this file is unknown too, and part of it is held already: nothing else is in the stage.
  expect((await desk.import(csvOf(rows))).counts).toEqual(counted({ read: 1200, held: 500, duplicate: 700 }));
  expect((await desk.import(csvOf(rows))).counts).toEqual(counted({ read: 1200, duplicate: 1200 }));
  const held = await desk.held();
  expect(held).toHaveLength(400);
  expect(held.reduce((sum, item) => sum + item.rows, 0)).toBe(1200);
  await desk.customer(orgOf('many 7'));
  expect((await desk.import(csvOf([...rows, leg('one more', { 'Org UUID': orgOf('many 7') })]))).counts).toEqual(
    counted({ read: 1201, new: 1, duplicate: 1200 }),
  );
  expect((await desk.facts()).size).toBe(4);
  expect(await desk.count('held_call_leg')).toBe(1197);
});

test('more than a thousand organizations: a page at a time, with true totals, and every one is found and can be discarded', async () => {
  const desk = await importDesk({ orgs: [] });
  const name = (index: number) => `reseller ${index}`;
  // The first has two rows; the last stands in a place of its own.
  await desk.import(
    csvOf([
      of('twice', name(0)),
      ...Array.from({ length: 1203 }, (_, index) =>
        of(`r${index}`, name(index), index === 1202 ? { Location: 'Велико Търново' } : {}),
      ),
    ]),
  );
  const list = (query: { q?: string; reason?: api.HeldReason; after?: string; limit?: number }) =>
    desk.admin.call(api.listHeldOrganizations, { query: { region: 'eu', ...query } });
  const first = await list({ limit: 10 });
  expect(first.total).toEqual({ organizations: 1203, rows: 1204 });
  expect(first.items.map((item) => item.rows)).toEqual([2, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  const all = await desk.held();
  expect(new Set(all.map((item) => item.orgUuid)).size).toBe(1203);
  expect(all.slice(0, 10)).toEqual(first.items);

  const found = await list({ q: 'велико' });
  expect(found).toMatchObject({ items: [{ orgUuid: orgOf(name(1202)) }], next: null, total: { organizations: 1 } });
  const byId = await list({ q: orgOf(name(7)).slice(4, 20).toUpperCase() });
  expect(byId.items.map((item) => item.orgUuid)).toEqual([orgOf(name(7))]);
  expect((await list({ q: "%'" })).total).toEqual({ organizations: 0, rows: 0 });

  await desk.customer(orgOf(name(3)), { name: 'American', country: 'US' });
  const elsewhere = await list({ reason: 'other_region' });
  expect(elsewhere.items.map((item) => item.customer?.name)).toEqual(['American']);
  expect((await list({ reason: 'unknown' })).total).toEqual({ organizations: 1202, rows: 1203 });

  const discard = (as: typeof desk.admin, body: Parameters<typeof as.call<typeof api.discardHeldOrganizations>>[1]) =>
    as.call(api.discardHeldOrganizations, body);
  const named = {
    organizations: [0, 3].map((index) => ({ region: 'eu' as const, orgUuid: orgOf(name(index)) as OrgUuid })),
  };
  expect(await desk.readOnly.refusal(api.discardHeldOrganizations, { body: named })).toMatchObject({
    code: 'permission_denied',
  });
  expect(await discard(desk.admin, { body: named })).toEqual({ organizations: 2, rows: 3, unavailable: [] });
  expect(await discard(desk.admin, { body: named })).toEqual({ organizations: 0, rows: 0, unavailable: [] });
  const [audited] = await desk.hub.auditOf(orgOf(name(3)));
  expect(audited).toMatchObject({ action: 'imports.discard_held', before: { region: 'eu', rows: 1 } });
  expect(audited).toMatchObject({ customer_id: elsewhere.items[0]?.customer?.id });
  expect(await discard(desk.admin, { body: { organizations: 'matching', q: 'велико' } })).toMatchObject({ rows: 1 });
  expect(await discard(desk.admin, { body: { organizations: 'matching' } })).toMatchObject({
    organizations: 1200,
    rows: 1200,
  });
  expect(await desk.held()).toEqual([]);
  expect(await desk.count('held_call_leg')).toBe(0);
  expect(await desk.hub.auditOf(orgOf(name(1000)))).toHaveLength(1);
});

test('two partners with the same organization: neither learns of the other, and rows never mix', async () => {
  const one = await importDesk({ orgs: ['shared'] });
  const two = await importDesk({ orgs: [], hub: one.hub });
  const rows = [of('p1', 'shared'), of('p2', 'shared')];
  await one.import(csvOf(rows));
  const batch = await two.import(csvOf(rows));
  expect(batch).toMatchObject({ counts: counted({ read: 2, held: 2 }) });
  expect(batch.notes.map((note) => note.code)).not.toContain('same_file');
  expect(await two.held()).toMatchObject([{ orgUuid: orgOf('shared'), reason: 'unknown', customer: null }]);
  expect(await one.held()).toEqual([]);
  expect(
    await two.admin.refusal(api.getImport, {
      params: { importId: (await one.admin.call(api.listImports, { query: { limit: 1 } })).items[0]?.id as never },
    }),
  ).toMatchObject({ code: 'import_not_found' });
  await two.customer(orgOf('shared'));
  await two.drain();
  // A later version of one partner replaces nothing of the other's.
  await two.import(csvOf([of('p1', 'shared', { 'Report time': '2026-11-30T00:00:00.000Z' })]));
  expect([...(await one.facts()).values()]).toEqual(['2026-11-20 09:02:00.000', '2026-11-20 09:02:00.000']);
  expect([...(await two.facts()).values()].sort()).toEqual(['2026-11-20 09:02:00.000', '2026-11-30 00:00:00.000']);
  expect(await countCallsOf(one, '2026-11-01', '2026-11-30')).toBe(2);
  expect(await countCallsOf(two, '2026-11-01', '2026-11-30')).toBe(2);
});
