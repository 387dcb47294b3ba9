import { createConnector, pauseConnector } from '@hub/contract/connectors';
import { listCustomers } from '@hub/contract/customers';
import { afterEach, expect, test } from 'vitest';
import { buildApp } from '../../app.ts';
import { madeUuid } from '../../testing/leg-record.ts';
import { testHub } from '../../testing/test-hub.ts';
import { readReadiness } from './readiness.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function get(hub: Awaited<ReturnType<typeof testHub>>, path: string, headers: Record<string, string> = {}) {
  const reply = await fetch(`${await hub.listen()}${path}`, { headers });
  return { status: reply.status, text: await reply.text() };
}

test('says that it lives, and whether it can work', async () => {
  const hub = await testHub({ isAlone: true });
  expect(await get(hub, '/healthz')).toEqual({ status: 200, text: '{"status":"up"}' });
  const ready = await get(hub, '/readyz');
  expect([ready.status, JSON.parse(ready.text)]).toEqual([
    200,
    { isReady: true, directory: 'up', regions: { us: 'up', ca: 'up', eu: 'up', uae: 'up' } },
  ]);
});

test('one region down leaves the rest ready; the directory down does not', async () => {
  const { installation } = await testHub();
  const eu = installation.stores.get('eu');
  if (eu === undefined) throw new Error('no eu');
  const failing = { ...eu, ask: () => Promise.reject(new Error('gone')) };
  const hanging = { ...eu, ask: () => new Promise<never>(() => undefined) };
  for (const store of [failing, hanging]) {
    const stores = new Map([...installation.stores, ['eu', store] as const]);
    expect(await readReadiness({ ...installation, stores })).toEqual({
      isReady: true,
      directory: 'up',
      regions: { us: 'up', ca: 'up', eu: 'down', uae: 'up' },
    });
  }
  const lost = await testHub({ isAlone: true });
  const app = await buildApp(lost.installation);
  closing.push(() => app.close());
  expect((await app.inject({ method: 'GET', url: '/readyz' })).statusCode).toBe(200);
  await lost.installation.directory.destroy();
  const reply = await app.inject({ method: 'GET', url: '/readyz' });
  expect([reply.statusCode, reply.json<{ directory: string }>().directory]).toEqual([503, 'down']);
});

test('metrics count answers by route and name nobody', async () => {
  const hub = await testHub({ isAlone: true });
  const { admin, name, partnerId, adminId } = await hub.partner({ name: 'Quiet partner' });
  await admin.call(listCustomers, { query: { filter: 'secret words' } });
  await hub.asOwner(
    `insert into import_batch (id, partner_id, region, source, file_name, file_bytes, state, created_at)
     values ($1, $2, 'eu', 'upload', 'secret.csv', 10, 'queued', $3)`,
    [hub.clock.id(), partnerId, hub.clock.now()],
  );
  const { status, text } = await get(hub, '/metrics');
  expect(status).toBe(200);
  expect(text).toMatch(/^hub_http_answers_total\{method="GET",route="\/api\/customers",status="200"\} 1$/m);
  expect(text).toMatch(/^hub_store_up\{store="uae"\} 1$/m);
  expect(text).toMatch(/^hub_imports\{region="eu",state="queued"\} 1$/m);
  for (const secret of [name, partnerId, adminId, 'secret']) expect(text).not.toContain(secret);
});

test('metrics tell how far connectors are behind, by ids alone', async () => {
  const hub = await testHub({ isAlone: true });
  const { admin, partnerId } = await hub.partner();
  const { id } = await admin.call(createConnector, {
    body: { name: 'Quiet connector', region: 'us', credential: { kind: 'token', accessToken: 'secret' } },
  });
  const orgUuid = madeUuid();
  await hub.asOwner(
    `insert into connector_organization (connector_id, partner_id, org_uuid, name, pulled_to) values ($1, $2, $3, 'Quiet organization', $4)`,
    [id, partnerId, orgUuid, new Date(hub.clock.now().getTime() - 90_000)],
  );
  const { text } = await get(hub, '/metrics');
  expect(text).toContain(`hub_connector_lag_seconds{connector="${id}",organization="${orgUuid}"} 90`);
  expect(text).toContain(`hub_connector_enabled{connector="${id}"} 1`);
  expect(text).toContain(`hub_connector_failing{connector="${id}"} 0`);
  expect(text).not.toMatch(/quiet|secret/i);
  await admin.call(pauseConnector, { params: { connectorId: id } });
  const paused = (await get(hub, '/metrics')).text;
  expect(paused).toContain(`hub_connector_enabled{connector="${id}"} 0`);
  expect(paused).not.toMatch(/^hub_connector_lag_seconds\{/m);
});

test('metrics are refused to whoever comes through a proxy, and open to the token alone where one is set', async () => {
  const hub = await testHub();
  expect((await get(hub, '/metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(403);
  const guarded = await testHub({ metricsToken: 'a-token-of-prometheus' });
  expect((await get(guarded, '/metrics')).status).toBe(403);
  expect((await get(guarded, '/metrics', { authorization: 'Bearer a-token-of-nobody' })).status).toBe(403);
  expect((await get(guarded, '/metrics', { authorization: 'Bearer a-token-of-prometheus' })).status).toBe(200);
});
