import { assignCustomers } from '@hub/contract/administrators';
import { createCustomerGroup } from '@hub/contract/customer-groups';
import { createCustomer } from '@hub/contract/customers';
import type { ViewId } from '@hub/contract/ids';
import * as api from '@hub/contract/saved-views';
import { expect, test } from 'vitest';
import { mintToken } from '../../testing/sweep-world.ts';
import { testHub } from '../../testing/test-hub.ts';

const view = (
  name: string,
  more: Partial<Record<'isShared' | 'isPinned' | 'isDefault', boolean>> = {},
  filter = '',
) => ({
  body: { name, filter, sort: 'name' as const, order: 'asc' as const, isShared: false, ...more },
});
const change = (viewId: ViewId, body: Record<string, unknown>) => ({ params: { viewId }, body });

test('a view of one’s own is one’s own: seen, changed and removed by nobody else, and not audited', async () => {
  const { hub, admin, readOnly, partnerId } = await world();
  const mine = await readOnly.call(api.createSavedView, view('Mine', {}, 'status:suspended'));
  expect(mine).toMatchObject({ isMine: true, isShared: false, isPinned: true, isDefault: false, sort: 'name' });
  expect((await admin.call(api.listSavedViews)).items).toEqual([]);
  for (const body of [{ name: 'Taken' }, { isPinned: false }, {}])
    expect(await admin.refusal(api.changeSavedView, change(mine.id, body))).toMatchObject({ code: 'view_not_found' });
  expect(await admin.refusal(api.removeSavedView, { params: { viewId: mine.id } })).toMatchObject({
    code: 'view_not_found',
  });
  expect(await readOnly.call(api.changeSavedView, change(mine.id, { name: 'Ours', order: 'desc' }))).toMatchObject({
    name: 'Ours',
    order: 'desc',
    filter: 'status:suspended',
    isPinned: true,
  });
  const other = await hub.partner();
  expect(await other.admin.refusal(api.changeSavedView, change(mine.id, {}))).toMatchObject({ code: 'view_not_found' });
  await readOnly.call(api.removeSavedView, { params: { viewId: mine.id } });
  expect(await hub.auditOf(mine.id)).toEqual([]);
  expect((await readOnly.call(api.listSavedViews)).items).toEqual([]);
  expect(await hub.asOwner('select * from saved_view where partner_id = $1', [partnerId])).toHaveLength(1);
});

test('sharing needs its right and is audited; others pin it and make it their default, and change nothing else', async () => {
  const { hub, admin, readOnly } = await world();
  expect(await readOnly.refusal(api.createSavedView, view('Shared', { isShared: true }))).toMatchObject({
    code: 'permission_denied',
    data: { permission: 'views.share' },
  });
  const shared = await admin.call(api.createSavedView, view('Shared', { isShared: true, isPinned: false }));
  expect((await readOnly.call(api.listSavedViews)).items).toMatchObject([
    { id: shared.id, isMine: false, isPinned: false, isDefault: false },
  ]);
  expect(
    await readOnly.call(api.changeSavedView, change(shared.id, { isPinned: true, isDefault: true })),
  ).toMatchObject({ isPinned: true, isDefault: true });
  expect((await admin.call(api.listSavedViews)).items).toMatchObject([{ isPinned: false, isDefault: false }]);
  for (const body of [{ name: 'Other' }, { isShared: false }, { filter: 'x' }])
    expect(await readOnly.refusal(api.changeSavedView, change(shared.id, body))).toMatchObject({
      code: 'view_not_found',
    });
  expect(await readOnly.refusal(api.removeSavedView, { params: { viewId: shared.id } })).toMatchObject({
    code: 'view_not_found',
  });
  await admin.call(api.changeSavedView, change(shared.id, { isShared: false }));
  expect((await readOnly.call(api.listSavedViews)).items).toEqual([]);
  await admin.call(api.changeSavedView, change(shared.id, { isShared: true }));
  // What others chose of it ended with the sharing.
  expect((await readOnly.call(api.listSavedViews)).items).toMatchObject([{ isPinned: false, isDefault: false }]);
  await admin.call(api.removeSavedView, { params: { viewId: shared.id } });
  expect((await hub.auditOf(shared.id)).map(({ action }) => action)).toEqual([
    'views.share',
    'views.unshare',
    'views.share',
    'views.remove',
  ]);
});

test('of each person’s views one name is there once and one is the default, also for two at the same moment', async () => {
  const { admin, readOnly } = await world();
  const names = await Promise.allSettled(['A', 'a', 'A '].map((name) => admin.call(api.createSavedView, view(name))));
  expect(names.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await admin.refusal(api.createSavedView, view('a'))).toMatchObject({ code: 'view_name_taken' });
  await readOnly.call(api.createSavedView, view('A'));
  const views = await Promise.all(['B', 'C', 'D'].map((name) => admin.call(api.createSavedView, view(name))));
  await Promise.all(views.map(({ id }) => admin.call(api.changeSavedView, change(id, { isDefault: true }))));
  const { items } = await admin.call(api.listSavedViews);
  expect(items.map(({ name }) => name)).toEqual([expect.stringMatching(/^a$/i), 'B', 'C', 'D']);
  expect(items.filter(({ isDefault }) => isDefault)).toHaveLength(1);
  const [b, c] = views;
  if (!b || !c) throw new Error('No views.');
  expect(await admin.refusal(api.changeSavedView, change(b.id, { name: 'c' }))).toMatchObject({
    code: 'view_name_taken',
    data: { name: 'C' },
  });
  expect(await admin.call(api.changeSavedView, change(b.id, { name: 'b' }))).toMatchObject({ name: 'b' });
});

test('pinned views are counted in the scope of whoever asks; a filter that does not read any more counts as null', async () => {
  const { hub, admin, partnerId } = await world();
  const customers = [];
  const places = { 'North one': 'MX', 'North two': 'MX', South: 'US' };
  for (const [name, country] of Object.entries(places))
    customers.push(await admin.call(createCustomer, { body: { name, country } }));
  const pia = await hub.person(partnerId, 'partner_admin');
  await admin.call(assignCustomers, {
    params: { personId: pia.personId },
    body: { add: customers.slice(0, 1).map(({ id }) => id) },
  });
  const north = await admin.call(api.createSavedView, view('North', { isShared: true }, 'country:MX'));
  const broken = await admin.call(api.createSavedView, view('Old'));
  await admin.call(api.createSavedView, view('Not pinned', { isPinned: false }));
  await hub.asOwner("update saved_view set filter = 'gone:yes' where id = $1", [broken.id]);
  expect((await admin.call(api.countSavedViews)).items).toEqual([
    { id: north.id, customers: 2 },
    { id: broken.id, customers: null },
  ]);
  // Its owner may still rename it.
  await admin.call(api.changeSavedView, change(broken.id, { name: 'Older' }));
  expect((await pia.client.call(api.countSavedViews)).items).toEqual([]);
  await pia.client.call(api.changeSavedView, change(north.id, { isPinned: true }));
  expect((await pia.client.call(api.countSavedViews)).items).toEqual([{ id: north.id, customers: 1 }]);
});

test('undoing a removal brings back the same view with the pins and defaults of everybody', async () => {
  const { hub, admin, readOnly, partnerId } = await world();
  const shared = await admin.call(api.createSavedView, view('Shared', { isShared: true, isPinned: true }));
  const params = { viewId: shared.id };
  await readOnly.call(api.changeSavedView, change(shared.id, { isPinned: true, isDefault: true }));
  expect(await admin.refusal(api.restoreSavedView, { params })).toMatchObject({ code: 'view_not_found' });
  await admin.call(api.removeSavedView, { params });
  expect((await readOnly.call(api.listSavedViews)).items).toEqual([]);
  expect((await readOnly.call(api.countSavedViews)).items).toEqual([]);
  for (const [client, endpoint] of [
    [readOnly, api.restoreSavedView],
    [admin, api.removeSavedView],
  ] as const)
    expect(await client.refusal(endpoint, { params })).toMatchObject({ code: 'view_not_found' });
  // Its name is free meanwhile.
  const other = await admin.call(api.createSavedView, view('shared'));
  expect(await admin.refusal(api.restoreSavedView, { params })).toMatchObject({ code: 'view_name_taken' });
  await admin.call(api.removeSavedView, { params: { viewId: other.id } });
  expect(await admin.call(api.restoreSavedView, { params })).toEqual(shared);
  expect((await readOnly.call(api.listSavedViews)).items).toMatchObject([
    { id: shared.id, isPinned: true, isDefault: true },
  ]);
  expect((await hub.auditOf(shared.id)).map(({ action }) => action)).toEqual([
    'views.share',
    'views.remove',
    'views.share',
  ]);
  // A day later it is too late, and what is left of it goes with the next one.
  await admin.call(api.removeSavedView, { params });
  await hub.asOwner("update saved_view set removed_at = removed_at - interval '25 hours' where id = $1", [shared.id]);
  expect(await admin.refusal(api.restoreSavedView, { params })).toMatchObject({ code: 'view_not_found' });
  const last = await admin.call(api.createSavedView, view('Last'));
  await admin.call(api.removeSavedView, { params: { viewId: last.id } });
  const left = await hub.asOwner<{ id: string }>('select id from saved_view where partner_id = $1', [partnerId]);
  expect(left.map(({ id }) => id)).not.toContain(shared.id);
});

test('in a scope a shared view that names customers is not there; one’s own are', async () => {
  const { hub, admin, partnerId } = await world();
  const hidden = await admin.call(createCustomer, { body: { name: 'Kestrow Staffing', country: 'US' } });
  const mine = await admin.call(createCustomer, { body: { name: 'Mine', country: 'US' } });
  const pia = await hub.person(partnerId, 'partner_admin');
  await admin.call(assignCustomers, { params: { personId: pia.personId }, body: { add: [mine.id] } });
  await admin.call(createCustomerGroup, { body: { name: 'Kestrow', filter: 'kestrow' } });
  await admin.call(createCustomerGroup, { body: { name: 'America', filter: 'region:us' } });
  const shared = [];
  for (const filter of ['kestrow', 'org:e77d', `NOT id:${hidden.id}`, 'status:none or domain:kestrow.example'])
    shared.push(await admin.call(api.createSavedView, view(filter, { isShared: true }, filter)));
  for (const filter of ['external:K-1', 'subscription:S-1', 'group:kestrow'])
    shared.push(await admin.call(api.createSavedView, view(filter, { isShared: true }, filter)));
  for (const filter of ['group:america', 'region:us ends<30d', 'has:domain'])
    await admin.call(api.createSavedView, view(filter, { isShared: true }, filter));
  await pia.client.call(api.createSavedView, view('Own', {}, 'mine'));
  expect((await pia.client.call(api.listSavedViews)).items.map(({ name }) => name).toSorted()).toEqual([
    'Own',
    'group:america',
    'has:domain',
    'region:us ends<30d',
  ]);
  for (const { id } of shared)
    expect(await pia.client.refusal(api.changeSavedView, change(id, { isPinned: true }))).toMatchObject({
      code: 'view_not_found',
    });
  expect((await admin.call(api.listSavedViews)).items).toHaveLength(10);
});

test('a filter that cannot be read is not stored', async () => {
  const { admin } = await world();
  expect(await admin.refusal(api.createSavedView, view('Broken', {}, 'status:'))).toMatchObject({
    code: 'filter_invalid',
  });
  const { id } = await admin.call(api.createSavedView, view('Good'));
  expect(await admin.refusal(api.changeSavedView, change(id, { filter: '((' }))).toMatchObject({
    code: 'filter_invalid',
  });
  expect(await admin.refusal(api.changeSavedView, change(id, { filter: 'x'.repeat(5000) }))).toMatchObject({
    code: 'filter_too_long',
  });
});

async function world() {
  const hub = await testHub();
  return { hub, ...(await hub.partner()) };
}

test('a token that only reads customers sees views and writes none; one with the right keeps its person’s', async () => {
  const { hub, partnerId } = await world();
  const desk = await hub.person(partnerId, 'help_desk_basic');
  const [reads, keeps] = [
    await mintToken(hub, desk.personId, partnerId, { scopes: ['customers.read'] }),
    await mintToken(hub, desk.personId, partnerId, { scopes: ['customers.read', 'views.write'] }),
  ].map(({ secret }) => hub.script(secret));
  if (!reads || !keeps) throw new Error('No tokens.');
  const { id } = await desk.client.call(api.createSavedView, view('Desk'));
  const params = { viewId: id };
  const missing = { status: 403, code: 'token_scope_missing', data: { permission: 'views.write' } };
  expect(await reads.refusal(api.createSavedView, view('By script'))).toMatchObject(missing);
  expect(await reads.refusal(api.changeSavedView, change(id, { isPinned: false }))).toMatchObject(missing);
  expect(await reads.refusal(api.removeSavedView, { params })).toMatchObject(missing);
  expect(await reads.refusal(api.restoreSavedView, { params })).toMatchObject(missing);
  expect((await reads.call(api.listSavedViews)).items.map(({ name }) => name)).toEqual(['Desk']);
  await keeps.call(api.createSavedView, view('By script'));
  expect((await desk.client.call(api.listSavedViews)).items.map(({ name }) => name)).toEqual(['By script', 'Desk']);
});

test('what one may not ask is kept by nobody as their own, and opens first for nobody', async () => {
  const { hub, admin, partnerId } = await world();
  const { client: desk, personId } = await hub.person(partnerId, 'help_desk_basic');
  const denied = { status: 403, code: 'permission_denied', data: { permission: 'subscriptions.read' } };
  const byOver = view('Over', { isDefault: true }, 'licenses.over>0');
  const bySort = { body: { ...view('By licenses').body, sort: 'licenses' as const } };
  expect(await desk.refusal(api.createSavedView, byOver)).toMatchObject(denied);
  expect(await desk.refusal(api.createSavedView, bySort)).toMatchObject(denied);
  const { id } = await desk.call(api.createSavedView, view('Mine', { isDefault: true }));
  for (const body of [{ filter: 'subscription:Sub' }, { sort: 'unassigned' }])
    expect(await desk.refusal(api.changeSavedView, change(id, body))).toMatchObject(denied);
  const shared = await admin.call(api.createSavedView, view('Shared', { isShared: true }, 'licenses.over>0'));
  expect(await desk.refusal(api.changeSavedView, change(shared.id, { isDefault: true }))).toMatchObject(denied);
  expect((await desk.call(api.listSavedViews)).items).toMatchObject([
    { name: 'Mine', filter: '', sort: 'name', isDefault: true },
    { name: 'Shared', isDefault: false },
  ]);
  // Chosen before the sharer made it ask more.
  await admin.call(api.changeSavedView, change(shared.id, { filter: 'status:none' }));
  expect(await desk.call(api.changeSavedView, change(shared.id, { isDefault: true }))).toMatchObject({
    isDefault: true,
  });
  await admin.call(api.changeSavedView, change(shared.id, { filter: 'licenses.over>0' }));
  const defaults = async () =>
    (await desk.call(api.listSavedViews)).items.filter(({ isDefault }) => isDefault).map(({ name }) => name);
  expect(await defaults()).toEqual([]);
  // With the right it is theirs again.
  await hub.asOwner("update membership set role = 'partner_full' where person_id = $1", [personId]);
  expect(await defaults()).toEqual(['Shared']);
});

test('a token that may write views and not read them is not told one by the answer', async () => {
  const { hub, partnerId } = await world();
  const desk = await hub.person(partnerId, 'help_desk_basic');
  const { secret } = await mintToken(hub, desk.personId, partnerId, { scopes: ['views.write'] });
  const writes = hub.script(secret);
  const { id } = await desk.client.call(api.createSavedView, view('Desk', {}, 'status:none'));
  const params = { viewId: id };
  const unread = { status: 403, code: 'token_scope_missing', data: { permission: 'customers.read' } };
  for (const body of [{}, { isPinned: false }, { name: 'Renamed' }])
    expect(await writes.refusal(api.changeSavedView, change(id, body))).toMatchObject(unread);
  expect((await desk.client.call(api.listSavedViews)).items).toMatchObject([{ name: 'Desk', isPinned: true }]);
  await writes.call(api.removeSavedView, { params });
  expect(await writes.refusal(api.restoreSavedView, { params })).toMatchObject(unread);
  expect((await desk.client.call(api.listSavedViews)).items).toEqual([]);
  // What it brings itself it is told.
  expect(await writes.call(api.createSavedView, view('By script'))).toMatchObject({ name: 'By script' });
});
