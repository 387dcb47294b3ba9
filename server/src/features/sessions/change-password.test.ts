import { PartnerId } from '@hub/contract/ids';
import * as api from '@hub/contract/sessions';
import { expect, test } from 'vitest';
import { HubError } from '../../platform/hub-error.ts';
import { testHub } from '../../testing/test-hub.ts';
import { createPerson, setPassword } from './index.ts';

const oldPassword = 'correct horse battery';
const newPassword = 'staple in the stable';
let made = 0;

async function signedInTwice() {
  const hub = await testHub();
  const { partnerId } = await hub.partner();
  made += 1;
  const email = `edsger-${made}@example.com`;
  const { personId } = await createPerson(hub.publicCtx(), {
    email,
    name: 'Edsger',
    password: oldPassword,
    role: 'partner_read_only',
    partner: { id: partnerId },
  });
  const [here, elsewhere] = [hub.stranger(), hub.stranger()];
  for (const browser of [here, elsewhere]) await browser.call(api.signIn, { body: { email, password: oldPassword } });
  return { hub, partnerId, email, personId, here, elsewhere };
}

test('a new password ends the other sessions and keeps this one', async () => {
  const { hub, email, personId, here, elsewhere } = await signedInTwice();
  await here.call(api.changePassword, { body: { currentPassword: oldPassword, newPassword } });
  expect(await elsewhere.refusal(api.getSession)).toMatchObject({ code: 'session_expired' });
  await here.call(api.getSession);
  expect(await hub.stranger().refusal(api.signIn, { body: { email, password: oldPassword } })).toMatchObject({
    code: 'sign_in_failed',
  });
  await hub.stranger().call(api.signIn, { body: { email, password: newPassword } });
  const entry = (await hub.auditOf(personId)).find((row) => row.action === 'sessions.change_password');
  expect(entry).toMatchObject({ after: { endedSessions: 1 } });
  expect(JSON.stringify(await hub.auditOf(personId))).not.toContain('argon2');
});

test('a wrong current password changes nothing and is throttled as sign-in is', async () => {
  const { here, elsewhere } = await signedInTwice();
  const wrong = { body: { currentPassword: 'not this one, no', newPassword } };
  for (let attempt = 1; attempt <= 5; attempt += 1)
    expect(await here.refusal(api.changePassword, wrong)).toMatchObject({ code: 'sign_in_failed' });
  expect(await here.refusal(api.changePassword, wrong)).toMatchObject({ code: 'sign_in_throttled' });
  await elsewhere.call(api.getSession);
});

test('a weak one is refused', async () => {
  const { here } = await signedInTwice();
  const weak = { body: { currentPassword: oldPassword, newPassword: 'Password1234!' } };
  expect(await here.refusal(api.changePassword, weak)).toMatchObject({
    status: 400,
    code: 'password_too_weak',
    data: { minimum: 12 },
  });
});

test('the operator sets a lost password: every session ends', async () => {
  const { hub, email, personId, here, elsewhere } = await signedInTwice();
  expect(await setPassword(hub.publicCtx(), { email, password: newPassword })).toEqual({ endedSessions: 2 });
  for (const browser of [here, elsewhere])
    expect(await browser.refusal(api.getSession)).toMatchObject({ code: 'session_expired' });
  await hub.stranger().call(api.signIn, { body: { email, password: newPassword } });
  expect((await hub.auditOf(personId)).map((row) => [row.action, row.actor_kind])).toContainEqual([
    'sessions.set_password',
    'operator',
  ]);
  await expect(
    setPassword(hub.publicCtx(), { email: 'nobody@example.com', password: newPassword }),
  ).rejects.toMatchObject({ code: 'not_found' });
});

test('an e-mail is one person, who may belong to several partners and signs in to the first by name', async () => {
  const { hub, partnerId, email, personId, here } = await signedInTwice();
  const other = await hub.partner({ name: 'Aardvark Telecom' });
  const again = {
    email: email.toUpperCase(),
    name: 'Another name',
    password: newPassword,
    role: 'partner_full',
  } as const;
  expect(await createPerson(hub.publicCtx(), { ...again, partner: { id: other.partnerId } })).toMatchObject({
    outcome: 'joined',
    personId,
  });
  expect(await createPerson(hub.publicCtx(), { ...again, partner: { id: other.partnerId } })).toMatchObject({
    outcome: 'member_already',
    personId,
  });
  // Somebody else may have made the account.
  expect(await here.refusal(api.getSession)).toMatchObject({ code: 'session_expired' });
  expect(await hub.stranger().refusal(api.signIn, { body: { email, password: oldPassword } })).toMatchObject({
    code: 'sign_in_failed',
  });
  const session = await hub.stranger().call(api.signIn, { body: { email, password: newPassword } });
  expect(session).toMatchObject({ partner: { id: other.partnerId }, role: 'partner_full', person: { name: 'Edsger' } });
  expect(session.partners.map((partner) => partner.id).sort()).toEqual([partnerId, other.partnerId].sort());
});

test('an unknown partner is refused and leaves no person behind', async () => {
  const hub = await testHub();
  const email = 'lost@example.com';
  const unknown = PartnerId.parse('00000000-0000-7000-8000-000000000000');
  const adding = createPerson(hub.publicCtx(), {
    email,
    name: 'Lost',
    password: newPassword,
    role: 'partner_full',
    partner: { id: unknown },
  });
  await expect(adding).rejects.toThrow(HubError);
  expect(await hub.asOwner('select id from person where email = $1', [email])).toEqual([]);
});
