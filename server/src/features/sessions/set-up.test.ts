import * as api from '@hub/contract/sessions';
import { expect, test } from 'vitest';
import type { Refused } from '../../testing/test-client.ts';
import { testHub } from '../../testing/test-hub.ts';
import { createPerson, listPartners } from './index.ts';

const firstRun = {
  partnerName: 'Brightwave',
  homeRegion: 'uae',
  name: 'Ada Byron',
  email: 'Ada@Example.com',
  password: 'correct horse battery',
  language: 'bg',
} as const;

test('the first run makes partner, administrator and own organization, and signs in; it works once', async () => {
  const hub = await testHub({ isAlone: true });
  const browser = hub.stranger();
  expect(await browser.call(api.getSetup)).toEqual({
    isNeeded: true,
    regions: ['us', 'ca', 'eu', 'uae'],
    hasSession: false,
  });
  const session = await browser.call(api.setUp, { body: firstRun });
  expect(session).toMatchObject({
    person: { name: 'Ada Byron', email: 'ada@example.com', language: 'bg' },
    partner: { name: 'Brightwave', homeRegion: 'uae' },
    role: 'partner_full',
  });
  expect(await browser.call(api.getSession)).toEqual(session);
  expect(await hub.asOwner('select name, kind, country, region, org_uuid from customer')).toEqual([
    { name: 'Brightwave', kind: 'own', country: 'AE', region: 'uae', org_uuid: null },
  ]);
  expect(await hub.auditOf(session.partner.id)).toMatchObject([
    { action: 'sessions.set_up', actor_person_id: session.person.id },
  ]);
  expect(await browser.call(api.getSetup)).toMatchObject({ isNeeded: false, hasSession: true });
  expect(await hub.stranger().refusal(api.setUp, { body: firstRun })).toMatchObject({
    status: 409,
    code: 'setup_done',
  });
});

test('of many first runs at once exactly one wins and the others leave nothing', async () => {
  const hub = await testHub({ isAlone: true });
  const runs = Array.from({ length: 6 }, (_, index) =>
    hub
      .stranger()
      .call(api.setUp, { body: { ...firstRun, email: `ada-${index}@example.com`, partnerName: `Partner ${index}` } }),
  );
  const results = await Promise.allSettled(runs);
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Refused] : []));
  expect(new Set(refused.map((refusal) => refusal.problem.code))).toEqual(new Set(['setup_done']));
  const tables = ['partner', 'person', 'membership', 'session', 'customer', 'audit_event'];
  const counts = await Promise.all(
    tables.map(async (table) => [table, (await hub.asOwner(`select 1 from ${table}`)).length]),
  );
  expect(counts).toEqual(tables.map((table) => [table, 1]));
});

test('a weak password, a region that is not served, and another site’s page are refused', async () => {
  const hub = await testHub({ isAlone: true, regions: ['us', 'eu'] });
  const browser = hub.stranger();
  expect(
    await browser.refusal(api.setUp, { body: { ...firstRun, homeRegion: 'eu', password: 'brief' } }),
  ).toMatchObject({ code: 'password_too_weak' });
  expect(await browser.refusal(api.setUp, { body: firstRun })).toMatchObject({
    code: 'region_not_served',
    data: { region: 'uae' },
  });
  const elsewhere = await browser.raw({
    method: 'POST',
    url: '/api/setup',
    headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
    body: JSON.stringify({ ...firstRun, homeRegion: 'eu' }),
  });
  expect(JSON.parse(elsewhere.text)).toMatchObject({ status: 403, code: 'csrf_failed' });
  expect(await hub.asOwner('select 1 from partner')).toEqual([]);
});

test('the operator creates the first partner on the command line; then the page asks for no set-up', async () => {
  const hub = await testHub({ isAlone: true });
  const partner = { name: 'Northlight', homeRegion: 'ca' } as const;
  const person = {
    email: 'root@example.com',
    name: 'Root',
    password: firstRun.password,
    role: 'partner_full',
  } as const;
  const { outcome, partnerId } = await createPerson(hub.publicCtx(), { ...person, partner });
  expect(outcome).toBe('created');
  expect(await listPartners(hub.publicCtx())).toEqual([{ id: partnerId, ...partner }]);
  expect(await hub.stranger().call(api.getSetup)).toMatchObject({ isNeeded: false });
  expect(await hub.asOwner('select country, kind from customer')).toEqual([{ country: 'CA', kind: 'own' }]);
});
