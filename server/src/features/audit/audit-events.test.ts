import { assignCustomers, changeAdministratorRole, removeAdministrator } from '@hub/contract/administrators';
import * as api from '@hub/contract/audit';
import { createCustomer } from '@hub/contract/customers';
import { createToken, revokeToken } from '@hub/contract/tokens';
import { expect, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { testHub } from '../../testing/test-hub.ts';

const all = async (as: TestClient, query = {}) => (await as.call(api.listAuditEvents, { query })).items;

test('who did what to what, by name, latest first, with what it was before and after', async () => {
  const hub = await testHub();
  const { admin, adminId, partnerId } = await hub.partner();
  const { personId } = await hub.person(partnerId, 'partner_admin');
  const acme = await admin.call(createCustomer, { body: { name: 'Acme', country: 'US' } });
  hub.clock.advance(1000);
  const { token, secret } = await admin.call(createToken, {
    body: { name: 'nightly', scopes: ['customers.write'], days: 1 },
  });
  await hub.script(secret).call(createCustomer, { body: { name: 'By script', country: 'US' } });
  hub.clock.advance(1000);
  await admin.call(changeAdministratorRole, { params: { personId }, body: { role: 'help_desk_basic' } });
  await admin.call(revokeToken, { params: { tokenId: token.id } });
  hub.clock.advance(1000);
  await admin.call(removeAdministrator, { params: { personId } });
  const events = await all(admin);
  expect(events.map((event) => event.action)).toEqual([
    'administrators.remove',
    'tokens.revoke',
    'administrators.change_role',
    'customers.create',
    'tokens.create',
    'customers.create',
  ]);
  const [removed, , changed, scripted, made, created] = events;
  expect(created).toMatchObject({
    actor: { kind: 'person', personId: adminId, name: expect.stringContaining('Ada') as string, token: null },
    target: { kind: 'customer', id: acme.id, name: 'Acme' },
    onBehalfOf: { customerId: acme.id, name: 'Acme' },
    before: null,
    after: { name: 'Acme' },
  });
  expect(scripted?.actor.token).toBe('nightly'); // also once it is revoked
  expect(made?.target).toEqual({ kind: 'token', id: token.id, name: 'nightly' });
  expect(changed).toMatchObject({ before: { role: 'partner_admin' }, after: { role: 'help_desk_basic' } });
  expect(changed?.target.name).toMatch(/^Pia/); // whoever left is still named
  expect(removed?.target.name).toMatch(/^Pia/);
});

test('what concerns one customer: the acts on it, and those of nobody else’s customers', async () => {
  const hub = await testHub();
  const [{ admin, partnerId }, other] = [await hub.partner(), await hub.partner()];
  const { personId } = await hub.person(partnerId, 'partner_admin');
  const acme = await admin.call(createCustomer, { body: { name: 'Acme', country: 'US' } });
  await admin.call(createCustomer, { body: { name: 'Bolt', country: 'US' } });
  await admin.call(assignCustomers, { params: { personId }, body: { add: [acme.id], remove: [] } });
  const events = await all(admin, { customerId: acme.id });
  expect(events.length).toBeGreaterThan(0);
  for (const event of events) expect([event.onBehalfOf?.customerId, event.target.id]).toContain(acme.id);
  expect(events.map(({ action }) => action)).toContain('customers.create');
  expect(await all(other.admin, { customerId: acme.id })).toEqual([]);
});

test('filters and search narrow, pages follow each other without gap or overlap', async () => {
  const hub = await testHub({ now: '2026-12-01T23:59:59.000Z' });
  const { admin, readOnly, adminId } = await hub.partner();
  for (let made = 0; made < 7; made += 1) {
    await admin.call(createCustomer, { body: { name: `Customer ${made} 100%`, country: 'US' } });
    if (made === 3) hub.clock.advance(1000);
  }
  const everything = await all(admin);
  expect(everything).toHaveLength(7);
  const paged = [];
  for (let after: string | undefined; ; ) {
    const page = await admin.call(api.listAuditEvents, { query: { limit: 3, after } });
    paged.push(...page.items);
    expect(page.actions).toEqual(['customers.create']);
    if (page.next === null) break;
    after = page.next;
  }
  expect(paged).toEqual(everything);
  const count = async (query: object) => (await all(admin, query)).length;
  expect(await count({ from: '2026-12-01', to: '2026-12-01' })).toBe(4);
  expect(await count({ from: '2026-12-02' })).toBe(3);
  expect(await count({ q: 'customer 3' })).toBe(1);
  expect(await count({ q: '100%' })).toBe(7);
  expect(await count({ q: 'customer_3' })).toBe(0);
  expect(await count({ q: 'ada' })).toBe(7);
  expect(await count({ q: everything[0]?.trackingId })).toBe(1);
  expect(await count({ targetKind: 'customer', targetId: everything[0]?.target.id })).toBe(1);
  expect(await count({ action: 'customers.create', personId: adminId })).toBe(7);
  expect(await count({ action: 'customers' })).toBe(0);
  for (const [query, code] of [
    [{ from: '2026-12-02', to: '2026-12-01' }, 'range_invalid'],
    [{ after: 'nonsense' }, 'cursor_invalid'],
  ] as const)
    expect(await readOnly.refusal(api.listAuditEvents, { query })).toMatchObject({ code });
});

test('in a scope one sees the own acts and those on assigned customers; another partner’s log is never seen', async () => {
  const hub = await testHub();
  const { admin, partnerId } = await hub.partner();
  const other = await hub.partner();
  await other.admin.call(createCustomer, { body: { name: 'Foreign', country: 'US' } });
  const { client, personId } = await hub.person(partnerId, 'partner_admin');
  const [a] = [
    await admin.call(createCustomer, { body: { name: 'Assigned', country: 'US' } }),
    await admin.call(createCustomer, { body: { name: 'Secret', country: 'US' } }),
  ];
  await admin.call(assignCustomers, { params: { personId }, body: { add: [a.id] } });
  await client.call(createCustomer, { body: { name: 'Mine', country: 'US' } });
  const page = await client.call(api.listAuditEvents, { query: {} });
  expect(page.items.map((event) => event.target.name)).toEqual(['Mine', 'Assigned']);
  expect(page.actions).toEqual(['customers.create']);
  expect(await all(client, { q: 'secret' })).toEqual([]);
  expect((await all(admin)).map((event) => event.action)).toContain('administrators.assign');
  expect(JSON.stringify(await all(admin))).not.toContain('Foreign');
  const csv = await client.download(api.exportAuditEvents, { query: {} });
  expect(csv.text).not.toContain('Secret');
});

test('the export holds all rows, runs nothing in a spreadsheet, and is not for the help desk', async () => {
  const hub = await testHub();
  const { admin, readOnly, partnerId } = await hub.partner();
  const { client: helpDesk } = await hub.person(partnerId, 'help_desk_advanced');
  await admin.call(createCustomer, { body: { name: '=cmd|calc', country: 'US' } });
  await hub.asOwner(
    `insert into audit_event (id, partner_id, at, actor_kind, action, target_kind, target_id, tracking_id)
     select gen_random_uuid(), $1, $2::timestamptz - n * interval '1 second', 'system', 'things.count', 'thing', n::text, 't' from generate_series(1, 2300) n`,
    [partnerId, hub.clock.now()],
  );
  const { text, fileName } = await readOnly.download(api.exportAuditEvents, { query: {} });
  const lines = text.trim().split('\r\n');
  expect([lines.length, fileName]).toEqual([2302, 'Audit log_2026-12-01.csv']);
  expect(lines[0]).toMatch(/^\uFEFF?Time \(UTC\),/);
  expect(lines[1]).toContain(",'=cmd|calc,");
  expect(new Set(lines).size).toBe(2302);
  const filtered = await admin.download(api.exportAuditEvents, { query: { targetId: '17' } });
  expect(filtered.text.trim().split('\r\n')).toHaveLength(2);
  expect(await helpDesk.refusal(api.exportAuditEvents, { query: {} })).toMatchObject({ code: 'permission_denied' });
  expect(await all(helpDesk, { limit: 5 })).toHaveLength(5);
});
