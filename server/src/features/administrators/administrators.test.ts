import * as api from '@hub/contract/administrators';
import { createCustomer, listCustomers } from '@hub/contract/customers';
import { type CustomerId, PersonId } from '@hub/contract/ids';
import { getImport, uploadImport } from '@hub/contract/imports';
import { Role } from '@hub/contract/permissions';
import { getSession, signIn } from '@hub/contract/sessions';
import { createToken } from '@hub/contract/tokens';
import { expect, test } from 'vitest';
import { testHub } from '../../testing/test-hub.ts';

const password = 'a horse of another colour';
const dayMilliseconds = 86_400_000;
const mailOf = (hub: Awaited<ReturnType<typeof testHub>>): string => `ivo-${hub.clock.id()}@example.com`;

test.each(Role.options)('an invitation makes a new person a member as %s, once', async (role) => {
  const hub = await testHub();
  const { admin, partnerId, name } = await hub.partner();
  const email = mailOf(hub);
  const { secret, invitation, isSent } = await admin.call(api.inviteAdministrator, { body: { email, role } });
  expect([isSent, invitation.isExpired]).toEqual([false, false]);
  const browser = hub.stranger();
  expect(await browser.call(api.readInvitation, { body: { secret } })).toEqual({
    partnerName: name,
    email,
    role,
    hasAccount: false,
  });
  expect(await browser.refusal(api.acceptInvitation, { body: { secret, password } })).toMatchObject({
    code: 'name_needed',
  });
  expect(
    await browser.refusal(api.acceptInvitation, { body: { secret, password: 'short', name: 'Ivo' } }),
  ).toMatchObject({ code: 'password_too_weak' });
  const session = await browser.call(api.acceptInvitation, { body: { secret, password, name: 'Ivo', language: 'bg' } });
  expect(session).toMatchObject({ role, partner: { id: partnerId }, person: { name: 'Ivo', email, language: 'bg' } });
  await browser.call(getSession);
  const used = { status: 410, code: 'invitation_invalid' };
  expect(await hub.stranger().refusal(api.readInvitation, { body: { secret } })).toMatchObject(used);
  expect(await hub.stranger().refusal(api.acceptInvitation, { body: { secret, password, name: 'Eve' } })).toMatchObject(
    used,
  );
  expect(await admin.call(api.listAdministrators)).toMatchObject({ invitations: [] });
  expect(await hub.auditOf(session.person.id)).toMatchObject([
    { action: 'administrators.join', actor_person_id: session.person.id, after: { role, outcome: 'created' } },
  ]);
  const kept = await hub.asOwner<{ secret_hash: Buffer }>('select secret_hash from invitation where id = $1', [
    invitation.id,
  ]);
  expect(kept[0]?.secret_hash).toHaveLength(32);
});

test('an invitation ends by time, by another one, by renewal and by withdrawal', async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  const email = mailOf(hub);
  const invite = () => admin.call(api.inviteAdministrator, { body: { email, role: 'partner_admin' } });
  const isOpen = async (secret: string) =>
    (
      await hub.stranger().raw({
        method: 'POST',
        url: api.readInvitation.path,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ secret }),
      })
    ).status === 200;
  const first = await invite();
  const second = await invite();
  expect([await isOpen(first.secret), await isOpen(second.secret)]).toEqual([false, true]);
  const params = { invitationId: second.invitation.id };
  const renewed = await admin.call(api.renewInvitation, { params });
  expect([await isOpen(second.secret), await isOpen(renewed.secret)]).toEqual([false, true]);
  hub.clock.advance(7 * dayMilliseconds);
  expect(await isOpen(renewed.secret)).toBe(false);
  const { admin: again, partnerId } = await hub.partner();
  const other = await again.call(api.inviteAdministrator, { body: { email, role: 'partner_admin' } });
  expect(await isOpen(other.secret)).toBe(true);
  await again.call(api.withdrawInvitation, { params: { invitationId: other.invitation.id } });
  expect(await isOpen(other.secret)).toBe(false);
  expect(await again.refusal(api.withdrawInvitation, { params })).toMatchObject({ code: 'invitation_not_found' });
  expect(await hub.asOwner('select 1 from invitation where partner_id = $1', [partnerId])).toEqual([]);
});

test('who has an account joins with its password, throttled as the sign-in is, and switches between partners', async () => {
  const hub = await testHub();
  const [one, two] = [await hub.partner({ name: 'Alpha' }), await hub.partner({ name: 'Beta' })];
  const email = mailOf(hub);
  const join = { email, role: 'partner_read_only' } as const;
  const { secret } = await one.admin.call(api.inviteAdministrator, { body: join });
  await hub.stranger().call(api.acceptInvitation, { body: { secret, password, name: 'Ivo' } });
  expect(await one.admin.refusal(api.inviteAdministrator, { body: join })).toMatchObject({
    code: 'administrator_exists',
  });
  const invited = await two.admin.call(api.inviteAdministrator, { body: { email, role: 'help_desk_basic' } });
  const browser = hub.stranger();
  expect(await browser.call(api.readInvitation, { body: { secret: invited.secret } })).toMatchObject({
    hasAccount: true,
  });
  const accept = (guess: string) =>
    browser.refusal(api.acceptInvitation, { body: { secret: invited.secret, password: guess } });
  for (let guess = 0; guess < 5; guess += 1) expect(await accept('a guess')).toMatchObject({ code: 'sign_in_failed' });
  expect(await accept(password)).toMatchObject({ code: 'sign_in_throttled' });
  hub.clock.advance(31_000);
  const session = await browser.call(api.acceptInvitation, { body: { secret: invited.secret, password } });
  expect(session).toMatchObject({ role: 'help_desk_basic', partner: { name: 'Beta' } });
  expect(session.partners.map((partner) => partner.name)).toEqual(['Alpha', 'Beta']);

  const before = { ...browser.credentials };
  const switched = await browser.call(api.switchPartner, { body: { partnerId: one.partnerId } });
  expect(switched).toMatchObject({ role: 'partner_read_only', partner: { name: 'Alpha' } });
  expect(browser.credentials.cookie).not.toBe(before.cookie);
  const old = await hub
    .stranger()
    .raw({ method: 'GET', url: '/api/session', headers: { cookie: String(before.cookie) } });
  expect(old.status).toBe(401);
  const foreign = await hub.partner();
  expect(await browser.refusal(api.switchPartner, { body: { partnerId: foreign.partnerId } })).toMatchObject({
    code: 'partner_not_found',
  });
  expect(await browser.call(getSession)).toMatchObject({ partner: { name: 'Alpha' } });
});

test('the last full administrator stays, also when two remove each other at once', async () => {
  const hub = await testHub();
  const { admin, adminId, partnerId } = await hub.partner();
  const params = { personId: adminId };
  expect(await admin.refusal(api.removeAdministrator, { params })).toMatchObject({ code: 'last_full_administrator' });
  expect(
    await admin.refusal(api.changeAdministratorRole, { params, body: { role: 'partner_read_only' } }),
  ).toMatchObject({ code: 'last_full_administrator' });
  for (let round = 0; round < 5; round += 1) {
    const { admin: ada, adminId: adaId, partnerId: id } = await hub.partner();
    const { client: eve, personId: eveId } = await hub.person(id, 'partner_full');
    await Promise.allSettled([
      ada.call(api.removeAdministrator, { params: { personId: eveId } }),
      eve.call(api.changeAdministratorRole, { params: { personId: adaId }, body: { role: 'help_desk_basic' } }),
    ]);
    const full = await hub.asOwner("select 1 from membership where partner_id = $1 and role = 'partner_full'", [id]);
    expect(full).toHaveLength(1);
  }
  const { personId } = await hub.person(partnerId, 'partner_full');
  await admin.call(api.changeAdministratorRole, { params: { personId }, body: { role: 'partner_admin' } });
  expect(await hub.auditOf(personId)).toMatchObject([
    { action: 'administrators.change_role', before: { role: 'partner_full' }, after: { role: 'partner_admin' } },
  ]);
});

test('a role counts from the next request on', async () => {
  const hub = await testHub();
  const { admin, partnerId } = await hub.partner();
  const { client, personId } = await hub.person(partnerId, 'partner_full');
  await client.call(createCustomer, { body: { name: 'Mine', country: 'US' } });
  await admin.call(api.changeAdministratorRole, { params: { personId }, body: { role: 'help_desk_basic' } });
  expect(await client.refusal(createCustomer, { body: { name: 'More', country: 'US' } })).toMatchObject({
    code: 'permission_denied',
  });
  expect((await client.call(getSession)).permissions).toEqual(['customers.read', 'views.write', 'audit.read']);
});

test('removing takes sessions, tokens, invitations, assignments and waiting imports along; the account stays', async () => {
  const hub = await testHub();
  const { admin, partnerId } = await hub.partner();
  const elsewhere = await hub.partner();
  const { client, personId, email } = await hub.person(partnerId, 'partner_full');
  await hub.asOwner('insert into membership (person_id, partner_id, role, created_at) values ($1, $2, $3, $4)', [
    personId,
    elsewhere.partnerId,
    'partner_full',
    hub.clock.now(),
  ]);
  const { secret } = await client.call(createToken, { body: { name: 'script', scopes: ['customers.read'], days: 1 } });
  const script = hub.script(secret);
  await script.call(listCustomers);
  const friend = await client.call(api.inviteAdministrator, { body: { email: mailOf(hub), role: 'partner_full' } });
  const { id: importId } = await client.upload(uploadImport, {
    query: { region: 'us', fileName: 'calls.csv' },
    body: 'Start time\n',
  });
  const { secret: ofAdmin } = await admin.call(createToken, {
    body: { name: 'leavers', scopes: ['administrators.write'], days: 1 },
  });
  await hub.script(ofAdmin).call(api.removeAdministrator, { params: { personId } });
  expect(await client.refusal(listCustomers)).toMatchObject({ code: 'session_expired' });
  expect(await script.refusal(listCustomers)).toMatchObject({ code: 'token_invalid' });
  expect(await hub.stranger().refusal(api.readInvitation, { body: { secret: friend.secret } })).toMatchObject({
    code: 'invitation_invalid',
  });
  expect(await admin.call(getImport, { params: { importId } })).toMatchObject({ state: 'canceled' });
  expect(await hub.auditOf(importId)).toMatchObject([{ action: 'imports.queue' }, { action: 'imports.cancel' }]);
  const events = await hub.auditOf(personId);
  expect(events.at(-1)).toMatchObject({
    action: 'administrators.remove',
    before: { email, role: 'partner_full' },
    after: { endedSessions: 1, endedTokens: 1, endedInvitations: [friend.invitation.id], canceledImports: 1 },
  });
  const left = await hub.asOwner('select partner_id from membership where person_id = $1', [personId]);
  expect(left).toEqual([{ partner_id: elsewhere.partnerId }]);
  expect(await admin.refusal(api.removeAdministrator, { params: { personId } })).toMatchObject({
    code: 'administrator_not_found',
  });
});

test('customers are assigned and taken away, listed assigned ones first, and of no other partner', async () => {
  const hub = await testHub();
  const { admin, partnerId } = await hub.partner();
  const other = await hub.partner();
  const { personId, client } = await hub.person(partnerId, 'partner_admin');
  const make = async (as: typeof admin, name: string) =>
    (await as.call(createCustomer, { body: { name, country: 'US' } })).id;
  const [b, c] = [await make(admin, 'B'), await make(admin, 'C')];
  const foreign = await make(other.admin, 'Foreign');
  const change = (add: CustomerId[], remove: CustomerId[] = []) =>
    admin.call(api.assignCustomers, { params: { personId }, body: { add, remove } });
  const seen = async () => (await client.call(listCustomers)).items.map((customer) => customer.name);
  expect(await seen()).toEqual([]);
  expect(await change([c])).toMatchObject({ customers: 1, role: 'partner_admin' });
  expect(await seen()).toEqual(['C']);
  const list = await admin.call(api.listAssignableCustomers, { params: { personId } });
  expect(list.items.slice(0, 2)).toMatchObject([
    { name: 'C', isAssigned: true },
    { name: 'B', isAssigned: false },
  ]);
  expect([list.total, list.assigned]).toEqual([3, 1]); // the partner's own organization is one
  const found = await admin.call(api.listAssignableCustomers, { params: { personId }, query: { q: 'b' } });
  expect([found.items.map((item) => item.name), found.total, found.assigned]).toEqual([['B'], 1, 1]);
  await change([b, c], [c]);
  expect(await seen()).toEqual(['B']);
  expect(await admin.refusal(api.assignCustomers, { params: { personId }, body: { add: [foreign] } })).toMatchObject({
    code: 'customer_not_found',
  });
  expect(
    await admin.refusal(api.assignCustomers, {
      params: { personId: PersonId.parse(other.adminId) },
      body: { add: [b] },
    }),
  ).toMatchObject({ code: 'administrator_not_found' });
  expect((await hub.auditOf(personId)).map((event) => [event.action, event.before, event.after])).toEqual([
    ['administrators.assign', { customers: 0, removed: [] }, { customers: 1, added: [c] }],
    ['administrators.assign', { customers: 1, removed: [c] }, { customers: 1, added: [b] }],
  ]);
});

test('of one invitation taken by two at once, one enters', async () => {
  const hub = await testHub();
  const { admin, partnerId } = await hub.partner();
  const { secret } = await admin.call(api.inviteAdministrator, {
    body: { email: mailOf(hub), role: 'partner_read_only' },
  });
  const browsers = [hub.stranger(), hub.stranger(), hub.stranger()];
  const outcomes = await Promise.allSettled(
    browsers.map((browser) => browser.call(api.acceptInvitation, { body: { secret, password, name: 'Ivo' } })),
  );
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  expect(await hub.asOwner('select 1 from membership where partner_id = $1', [partnerId])).toHaveLength(3);
  const person = (await admin.call(api.listAdministrators)).items.find((item) => item.name === 'Ivo');
  expect(person?.lastUsedAt).toBe(hub.clock.now().toISOString());
  expect(await hub.stranger().call(signIn, { body: { email: person?.email ?? '', password } })).toMatchObject({
    role: 'partner_read_only',
  });
});

test('who was removed or lost their role while a request was under way invites and changes nobody', async () => {
  const hub = await testHub();
  const { partnerId, admin } = await hub.partner();
  const late = await hub.person(partnerId, 'partner_full');
  const sessionId = null;
  const actor = { kind: 'person', partnerId, personId: late.personId, role: 'partner_full', sessionId } as const;
  const ctx = hub.ctx(partnerId, actor); // the request came in while they still were
  const other = await hub.person(partnerId, 'partner_admin');
  const { inviteAdministrator: invite } = await import('./invite-administrator.ts');
  const { changeAdministratorRole: change } = await import('./change-administrator-role.ts');
  await admin.call(api.changeAdministratorRole, { params: late, body: { role: 'partner_read_only' } });
  await expect(invite(ctx, { email: 'door@example.net', role: 'partner_full' })).rejects.toMatchObject({
    code: 'permission_denied',
  });
  await admin.call(api.removeAdministrator, { params: late });
  await expect(invite(ctx, { email: 'door@example.net', role: 'partner_full' })).rejects.toMatchObject({
    code: 'session_expired',
  });
  await expect(change(ctx, { personId: other.personId, role: 'partner_full' })).rejects.toMatchObject({
    code: 'session_expired',
  });
  expect((await admin.call(api.listAdministrators)).invitations).toEqual([]);
});
