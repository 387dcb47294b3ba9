import { listCustomers } from '@hub/contract/customers';
import { getSetup } from '@hub/contract/sessions';
import { expect, test } from 'vitest';
import { testHub } from '../../testing/test-hub.ts';

test('a caller who asks too much waits, and nobody else does', async () => {
  const hub = await testHub({ limits: { perCaller: 5, perAddress: 1000 } });
  const { admin, readOnly } = await hub.partner();
  for (let time = 0; time < 5; time++) await admin.call(listCustomers, { query: {} });
  const refused = await admin.raw({ method: 'GET', url: '/api/customers' });
  expect(refused.status).toBe(429);
  expect(JSON.parse(refused.text)).toMatchObject({ code: 'rate_limited', status: 429 });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(refused.headers['x-ratelimit-limit']).toBe('5');
  await readOnly.call(listCustomers, { query: {} });
});

test('whoever shows another token each time stays one address', async () => {
  const hub = await testHub({ limits: { perCaller: 1000, perAddress: 8 } });
  const client = hub.stranger();
  const statuses = [];
  for (let time = 0; time < 10; time++) {
    const headers = { authorization: `Bearer hub_${time}` };
    statuses.push((await client.raw({ method: 'GET', url: '/api/customers', headers })).status);
  }
  expect(statuses.slice(0, 8)).not.toContain(429);
  expect(statuses.slice(8)).toEqual([429, 429]);
});

test('a path that is spelled otherwise counts as well, and its answer is kept by nobody', async () => {
  const hub = await testHub({ limits: { perCaller: 1000, perAddress: 4 } });
  const { admin } = await hub.partner();
  const replies = [];
  for (const url of ['/%61pi/customers', '/a%70i/customers', '/%61pi/customers', '/api/customers', '/%61pi/customers'])
    replies.push(await admin.raw({ method: 'GET', url }));
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429]);
  expect(replies[0]?.headers['cache-control']).toBe('no-store');
});

test('pages and health are not counted', async () => {
  const hub = await testHub({ limits: { perCaller: 1, perAddress: 1 } });
  const client = hub.stranger();
  await client.call(getSetup);
  for (let time = 0; time < 3; time++) expect((await client.raw({ method: 'GET', url: '/healthz' })).status).toBe(200);
});
