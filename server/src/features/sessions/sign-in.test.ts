import type { PartnerId } from '@hub/contract/ids';
import * as api from '@hub/contract/sessions';
import { expect, test } from 'vitest';
import { type TestHub, testHub } from '../../testing/test-hub.ts';
import { createPerson } from './index.ts';

const password = 'correct horse battery';
const hours = 3_600_000;
let made = 0;

async function person(hub: TestHub, partnerId: PartnerId): Promise<{ email: string; personId: string }> {
  made += 1;
  const email = `grace-${made}@example.com`;
  const { personId } = await createPerson(hub.publicCtx(), {
    email,
    name: 'Grace',
    password,
    role: 'partner_full',
    partner: { id: partnerId },
  });
  return { email, personId };
}

test('the right password opens a session, audited in the partner', async () => {
  const hub = await testHub();
  const { partnerId, name } = await hub.partner({ homeRegion: 'eu' });
  const { email, personId } = await person(hub, partnerId);
  const browser = hub.stranger();
  const session = await browser.call(api.signIn, { body: { email: email.toUpperCase(), password } });
  expect(session).toMatchObject({
    person: { id: personId, name: 'Grace', email, language: null },
    partner: { id: partnerId, name, homeRegion: 'eu' },
    partners: [{ id: partnerId, name }],
    role: 'partner_full',
    regions: ['us', 'ca', 'eu', 'uae'],
    today: '2026-12-01',
    hasCallLegs: false,
    demo: 'none',
  });
  expect(await browser.call(api.getSession)).toEqual(session);
  expect((await hub.auditOf(personId)).map((row) => [row.action, row.actor_kind])).toEqual([
    ['sessions.create_person', 'operator'],
    ['sessions.sign_in', 'person'],
  ]);
});

test('a wrong password and an unknown e-mail are refused alike, without a session', async () => {
  const hub = await testHub();
  const { partnerId } = await hub.partner();
  const { email } = await person(hub, partnerId);
  const browser = hub.stranger();
  const wrong = await browser.refusal(api.signIn, { body: { email, password: 'not this one, no' } });
  const unknown = await browser.refusal(api.signIn, { body: { email: 'nobody@example.com', password } });
  expect(wrong).toMatchObject({ status: 401, code: 'sign_in_failed', data: {} });
  expect({ ...unknown, trackingId: '' }).toEqual({ ...wrong, trackingId: '' });
  expect(browser.credentials).toEqual({});
  expect(hub.logged.map((line) => line['msg'])).toContain('sign-in failed');
  expect(JSON.stringify(hub.logged)).not.toContain(email);
});

test('the cookie is out of reach of scripts and of other sites, and the table holds no token', async () => {
  const hub = await testHub();
  const { partnerId } = await hub.partner();
  const { email } = await person(hub, partnerId);
  const reply = await hub.app.inject({ method: 'POST', url: '/api/session', payload: { email, password } });
  const cookie = String(reply.headers['set-cookie']);
  expect(cookie).toMatch(/^hub_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/);
  const token = /=([\w-]+)/.exec(cookie)?.[1] ?? '';
  expect(
    await hub.asOwner(
      "select 1 from session where encode(token_hash, 'escape') like '%' || $1 || '%' or csrf_token = $1",
      [token],
    ),
  ).toEqual([]);
});

test('signing in again ends the session that the browser had', async () => {
  const hub = await testHub();
  const { partnerId } = await hub.partner();
  const { email } = await person(hub, partnerId);
  const browser = hub.stranger();
  await browser.call(api.signIn, { body: { email, password } });
  const planted = hub.stranger();
  Object.assign(planted.credentials, browser.credentials);
  await browser.call(api.signIn, { body: { email, password } });
  expect(await planted.refusal(api.getSession)).toMatchObject({ code: 'session_expired' });
  expect((await browser.call(api.listSessions)).items).toHaveLength(1);
});

test('five failures make the account wait, also with the right password; the wait doubles and passes', async () => {
  const hub = await testHub({ isAlone: true });
  const { partnerId } = await hub.partner();
  const { email } = await person(hub, partnerId);
  const browser = hub.stranger();
  const wrong = { body: { email, password: 'not this one, no' } };
  for (let attempt = 1; attempt <= 5; attempt += 1)
    expect(await browser.refusal(api.signIn, wrong)).toMatchObject({ code: 'sign_in_failed' });
  const right = { body: { email, password } };
  expect(await browser.refusal(api.signIn, right)).toMatchObject({
    status: 429,
    code: 'sign_in_throttled',
    data: { seconds: 30 },
  });
  hub.clock.advance(30_000);
  expect(await browser.refusal(api.signIn, wrong)).toMatchObject({ code: 'sign_in_failed' });
  expect(await browser.refusal(api.signIn, right)).toMatchObject({ code: 'sign_in_throttled', data: { seconds: 60 } });
  hub.clock.advance(60_000);
  await browser.call(api.signIn, right);
  expect(
    await hub.asOwner("select at from sign_in_failure where key = sha256(convert_to('account:' || $1, 'UTF8'))", [
      email,
    ]),
  ).toEqual([]);
});

test('a hundred guesses at once count as a hundred', async () => {
  const hub = await testHub({ isAlone: true });
  const { partnerId } = await hub.partner();
  const { email } = await person(hub, partnerId);
  const guesses = Array.from({ length: 100 }, (_, index) =>
    hub.stranger().refusal(api.signIn, { body: { email, password: `guess number ${index}` } }),
  );
  const codes = (await Promise.all(guesses)).map((problem) => problem.code);
  expect(codes.filter((code) => code === 'sign_in_failed')).toHaveLength(5);
  expect(codes.filter((code) => code === 'sign_in_throttled')).toHaveLength(95);
});

test('twenty failures make the address wait, whatever the accounts, and old ones are pruned', async () => {
  const hub = await testHub({ isAlone: true });
  const browser = hub.stranger();
  const guess = (index: number) =>
    browser.refusal(api.signIn, { body: { email: `guess-${index}@example.com`, password } });
  for (let index = 1; index <= 20; index += 1) expect(await guess(index)).toMatchObject({ code: 'sign_in_failed' });
  expect(await guess(21)).toMatchObject({ code: 'sign_in_throttled', data: { seconds: 900 } });
  hub.clock.advance(15 * 60_000);
  expect(await guess(22)).toMatchObject({ code: 'sign_in_failed' });
  expect(await hub.asOwner('select id from sign_in_failure')).toHaveLength(2);
});

test('a session lives while it is used, ends 12 hours after its last use, and its cookie is cleared', async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  for (let use = 1; use <= 3; use += 1) {
    hub.clock.advance(11 * hours);
    await admin.call(api.getSession);
  }
  hub.clock.advance(12 * hours);
  const reply = await admin.raw({ method: 'GET', url: '/api/session' });
  expect(JSON.parse(reply.text)).toMatchObject({ status: 401, code: 'session_expired' });
  expect(String(reply.headers['set-cookie'])).toMatch(/^hub_session=; .*Expires=Thu, 01 Jan 1970/);
  expect(await admin.refusal(api.getSession)).toMatchObject({ code: 'not_signed_in' });
});

test('a session ends after 7 days however busy it is', async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  for (let use = 1; use <= 15; use += 1) {
    hub.clock.advance(11 * hours);
    await admin.call(api.getSession);
  }
  expect((await admin.call(api.listSessions)).items[0]?.expiresAt).toBe('2026-12-08T10:00:00.000Z');
  hub.clock.advance(3 * hours);
  expect(await admin.refusal(api.getSession)).toMatchObject({ code: 'session_expired' });
});

test('the last use is written at most once a minute', async () => {
  const hub = await testHub();
  const { admin, adminId } = await hub.partner();
  const lastUse = async () =>
    (await hub.asOwner<{ last_used_at: Date }>('select last_used_at from session where person_id = $1', [adminId]))[0]
      ?.last_used_at;
  const before = await lastUse();
  hub.clock.advance(59_000);
  await admin.call(api.getSession);
  expect(await lastUse()).toEqual(before);
  hub.clock.advance(1_000);
  await admin.call(api.getSession);
  expect(await lastUse()).toEqual(hub.clock.now());
});

test('signing out ends this session, signing out everywhere all of them', async () => {
  const hub = await testHub();
  const { partnerId } = await hub.partner();
  const { email, personId } = await person(hub, partnerId);
  const [one, two, three] = [hub.stranger(), hub.stranger(), hub.stranger()];
  for (const browser of [one, two, three]) await browser.call(api.signIn, { body: { email, password } });
  await one.call(api.signOut);
  expect(one.credentials.cookie).toBeUndefined();
  expect((await two.call(api.listSessions)).items.filter((item) => item.isThis)).toHaveLength(1);
  expect((await two.call(api.listSessions)).items).toHaveLength(2);
  await two.call(api.signOutEverywhere);
  expect(await three.refusal(api.getSession)).toMatchObject({ code: 'session_expired' });
  expect((await hub.auditOf(personId)).map((row) => row.action).slice(-2)).toEqual([
    'sessions.sign_out',
    'sessions.sign_out_everywhere',
  ]);
});

test('whoever leaves the partner is signed out, whoever changes role has the new one at once', async () => {
  const hub = await testHub();
  const { admin, adminId } = await hub.partner();
  await hub.asOwner("update membership set role = 'partner_read_only' where person_id = $1", [adminId]);
  expect(await admin.call(api.getSession)).toMatchObject({ role: 'partner_read_only' });
  await hub.asOwner('delete from membership where person_id = $1', [adminId]);
  expect(await admin.refusal(api.getSession)).toMatchObject({ code: 'session_expired' });
});

test('name and language are the person’s to change; what is not named stays', async () => {
  const hub = await testHub();
  const { admin, adminId } = await hub.partner();
  await admin.call(api.changeProfile, { body: { language: 'ko' } });
  await admin.call(api.changeProfile, { body: { name: 'Ада' } });
  expect((await admin.call(api.getSession)).person).toMatchObject({ name: 'Ада', language: 'ko' });
  expect((await hub.auditOf(adminId)).at(-1)).toMatchObject({
    action: 'sessions.change_profile',
    after: { name: 'Ада', language: 'ko' },
  });
});
