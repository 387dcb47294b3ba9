import { createCustomer, listCustomers } from '@hub/contract/customers';
import { changeAdministratorRole } from '@hub/contract/administrators';
import { listImports } from '@hub/contract/imports';
import { getSession, signOutEverywhere } from '@hub/contract/sessions';
import * as api from '@hub/contract/tokens';
import { expect, test } from 'vitest';
import { testHub } from '../../testing/test-hub.ts';
import { createTokenFor } from './index.ts';

const body = { name: 'nightly', scopes: ['customers.read' as const], days: 30 };

test('a token acts as its person within its scopes, and is named in the audit log', async () => {
  const hub = await testHub();
  const { admin, adminId } = await hub.partner();
  const scopes = ['customers.read', 'customers.write'] as const;
  const { token, secret } = await admin.call(api.createToken, { body: { ...body, scopes: [...scopes] } });
  expect(secret).toMatch(/^hub_[\w-]{43}$/);
  expect(secret.startsWith(token.prefix)).toBe(true);
  const script = hub.script(secret);
  expect(await script.call(getSession)).toMatchObject({
    person: { id: adminId },
    permissions: scopes,
    csrfToken: '',
  });
  const customer = await script.call(createCustomer, { body: { name: 'By script', country: 'US' } });
  expect(await hub.auditOf(customer.id)).toMatchObject([{ actor_person_id: adminId, token_id: token.id }]);
  expect(await script.refusal(listImports)).toMatchObject({
    code: 'token_scope_missing',
    data: { permission: 'imports.read' },
  });
  const kept = await hub.asOwner<{ row: string }>('select access_token::text as row from access_token where id = $1', [
    token.id,
  ]);
  expect(kept[0]?.row).not.toContain(secret.slice(10));
  expect(await hub.auditOf(token.id)).toMatchObject([{ action: 'tokens.create', after: { name: 'nightly' } }]);
  expect(JSON.stringify(await hub.auditOf(token.id))).not.toContain(secret);
  expect(JSON.stringify(hub.logged)).not.toContain(secret);
});

test('the cookie beside a token is not looked at, and a token elsewhere than in the header is none', async () => {
  const hub = await testHub();
  const { admin, readOnly } = await hub.partner();
  const { secret } = await readOnly.call(api.createToken, { body });
  const both = { cookie: String(admin.credentials.cookie), authorization: `Bearer ${secret}` };
  const session = await hub.stranger().raw({ method: 'GET', url: '/api/session', headers: both });
  expect(JSON.parse(session.text)).toMatchObject({ role: 'partner_read_only' });
  for (const wrong of ['hub_guess', '', `${secret}x`, secret.replace('hub_', '')]) {
    const headers = { ...both, authorization: `Bearer ${wrong}` };
    const reply = await hub.stranger().raw({ method: 'GET', url: '/api/session', headers });
    expect([reply.status, (JSON.parse(reply.text) as { code: string }).code]).toEqual([401, 'token_invalid']);
  }
  for (const name of ['token', 'access_token', 'authorization'])
    expect((await hub.stranger().raw({ method: 'GET', url: `/api/session?${name}=${secret}` })).status).toBe(401);
});

test('it ends by expiry, by revocation, and with the right of its person', async () => {
  const hub = await testHub();
  const { admin, partnerId } = await hub.partner();
  const { client, personId } = await hub.person(partnerId, 'partner_admin');
  const made = await client.call(api.createToken, { body: { ...body, scopes: ['customers.write', 'customers.read'] } });
  const script = hub.script(made.secret);
  await script.call(createCustomer, { body: { name: 'One', country: 'US' } });
  await admin.call(changeAdministratorRole, { params: { personId }, body: { role: 'help_desk_basic' } });
  expect(await script.refusal(createCustomer, { body: { name: 'Two', country: 'US' } })).toMatchObject({
    code: 'permission_denied',
  });
  await script.call(listCustomers);
  await client.call(api.revokeToken, { params: { tokenId: made.token.id } });
  expect(await script.refusal(listCustomers)).toMatchObject({ code: 'token_invalid' });
  expect(await client.refusal(api.revokeToken, { params: { tokenId: made.token.id } })).toMatchObject({
    code: 'token_not_found',
  });
  const short = await client.call(api.createToken, { body: { ...body, days: 1 } });
  hub.clock.advance(86_400_000);
  expect(await hub.script(short.secret).refusal(listCustomers)).toMatchObject({ code: 'token_invalid' });
});

test('scopes beyond the own role are refused, so is another person’s token, and the fifty-first', async () => {
  const hub = await testHub();
  const { admin, readOnly, readOnlyId, partnerId } = await hub.partner();
  expect(
    await readOnly.refusal(api.createToken, { body: { ...body, scopes: ['customers.read', 'customers.write'] } }),
  ).toMatchObject({ code: 'permission_denied', data: { permission: 'customers.write' } });
  const { token } = await readOnly.call(api.createToken, { body });
  expect(await admin.refusal(api.revokeToken, { params: { tokenId: token.id } })).toMatchObject({
    code: 'token_not_found',
  });
  await hub.asOwner(
    `insert into access_token (id, token_hash, prefix, name, scopes, person_id, partner_id, created_at, expires_at)
     select gen_random_uuid(), sha256((n || $4)::bytea), 'hub_', 'n', '{}', $1, $2, $3, $3 from generate_series(1, 49) n`,
    [readOnlyId, partnerId, hub.clock.now(), readOnlyId],
  );
  expect(await readOnly.refusal(api.createToken, { body })).toMatchObject({ code: 'token_limit', data: { limit: 50 } });
  expect((await readOnly.call(api.listTokens)).items).toHaveLength(50);
  expect((await admin.call(api.listTokens)).items).toEqual([]);
});

test('the last use is written at most once a minute', async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  const { secret } = await admin.call(api.createToken, { body });
  const script = hub.script(secret);
  const used = async () => (await admin.call(api.listTokens)).items[0]?.lastUsedAt;
  expect(await used()).toBeNull();
  await script.call(listCustomers);
  const first = hub.clock.now().toISOString();
  hub.clock.advance(59_000);
  await script.call(listCustomers);
  expect(await used()).toBe(first);
  hub.clock.advance(1000);
  await script.call(listCustomers);
  expect(await used()).toBe(hub.clock.now().toISOString());
});

test('the operator makes one for a member of a partner, within their role', async () => {
  const hub = await testHub();
  const { partnerId } = await hub.partner();
  const { email } = await hub.person(partnerId, 'help_desk_basic');
  const { secret } = await createTokenFor(hub.publicCtx(), { ...body, email, partnerId });
  await hub.script(secret).call(listCustomers);
  await expect(
    createTokenFor(hub.publicCtx(), { ...body, scopes: ['call_legs.read'], email, partnerId }),
  ).rejects.toMatchObject({ code: 'permission_denied' });
  const other = await hub.partner();
  await expect(createTokenFor(hub.publicCtx(), { ...body, email, partnerId: other.partnerId })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('signing out everywhere ends the tokens too', async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  const { secret } = await admin.call(api.createToken, { body });
  const script = hub.script(secret);
  await script.call(listCustomers);
  await admin.call(signOutEverywhere);
  expect(await script.refusal(listCustomers)).toMatchObject({ code: 'token_invalid' });
});
