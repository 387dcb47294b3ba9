import { createCustomer } from '@hub/contract/customers';
import { expect, test } from 'vitest';
import { testHub } from './testing/test-hub.ts';

test('a year that no database knows is refused as such, wherever a date may stand', async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  const { id } = await admin.call(createCustomer, { body: { name: 'Acme', country: 'US' } });
  for (const url of [
    '/api/audit-events?from=0000-01-01',
    '/api/audit-events/export?from=0000-01-01',
    '/api/calling-usage?region=us&from=0000-01-01&to=0000-01-02',
    '/api/customers?filter=created%3E%3D0000-01-01',
  ])
    expect([url, (await admin.raw({ method: 'GET', url })).status]).toEqual([url, 400]);
  const signIn = await admin.raw({
    method: 'PUT',
    url: `/api/customers/${id}/last-sign-in`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ on: '0000-01-01' }),
  });
  expect(signIn.status).toBe(400);
  expect((await admin.raw({ method: 'GET', url: '/api/audit-events?to=9999-12-31' })).status).toBe(200);
});
